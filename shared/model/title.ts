import type { Language, LocalisedText } from '../kernel/text.ts';
import { LANGUAGES } from '../kernel/text.ts';

/** A text per language as contracts have it: a language without one is left out. */
export type Texts = { readonly [L in Language]?: string };

/** A title as people give it: a proper name in the workshop's own words, or a text per language. */
export type Title = string | Texts;

/** The two columns that hold a title in a projection: `name`, and `title` as JSON text {"fr": ...}. */
export interface TitleColumns {
  readonly name: string | null;
  readonly title: string | null;
}

/** The title in the form it was given: `name` where it has one, else the text per language. */
export function titleOf(row: TitleColumns): Title {
  if (row.name) return row.name;
  const texts = textsOf(row.title);
  return Object.keys(texts).length === 0 ? '' : texts;
}

/**
 * The field values of a title (for `writesOf`), blanking what an earlier title of the other form, or in a language
 * no longer given, left behind; `before`: the row as it is, when there is one.
 */
export function titleValues(title: Title, before?: TitleColumns): { readonly name?: string; readonly title?: LocalisedText } {
  const old = textsOf(before?.title ?? null);
  const blank: Record<string, string> = {};
  for (const language of LANGUAGES) if (old[language] !== undefined) blank[language] = '';
  if (typeof title === 'string')
    return {
      name: title,
      ...(Object.keys(blank).length > 0 && { title: blank }),
    };
  return { ...(before?.name && { name: '' }), title: { ...blank, ...title } };
}

/** The languages of a localised column that have a text. */
export function textsOf(column: string | null): Texts {
  const all = JSON.parse(column ?? '{}') as Texts;
  return Object.fromEntries(Object.entries(all).filter(([, text]) => typeof text === 'string' && text !== ''));
}

/** Every register that a title may be kept in: writing one form of it blanks the other. */
export const TITLE_REGISTERS: readonly string[] = ['name', ...LANGUAGES.map((language) => `title@${language}`)];

/** The registers of a title as it was given: its one name, or one for each language that it has. */
export function titleFields(title: Title): string[] {
  if (typeof title === 'string') return ['name'];
  return LANGUAGES.filter((language) => title[language] !== undefined).map((language) => `title@${language}`);
}
