import type { Id } from '../../../kernel/ids.ts';
import type { WrittenSheet } from '../../../kernel/table.ts';
import { LANGUAGES, type Language } from '../../../kernel/text.ts';
import type { ValueId } from '../../../sync/types.ts';
import { termLine, termsIn } from '../glossary.ts';
import type { ValueOf } from '../upstream.ts';
import { asCell, isSameCell, registerOf, shown, textOf, textsOfPart, TEXT_FIELDS, type TextPart } from './texts.ts';

/** The words of a workbook of texts, in the language that it is written in. */
export interface TextsWords {
  readonly sheet: string;
  heading(column: 'part' | 'field' | 'changed' | 'terms'): string;
  language(language: Language): string;
  /** The name of a part: *Course*, *Module 1*, *1.2*. */
  part(part: TextPart, number: string): string;
  field(type: TextPart['type'], field: string): string;
  list(items: readonly string[]): string;
  /** Said where a text cannot be read here; it is never taken back. */
  readonly notReadable: string;
}

/** The headings of what nobody reads: the part, the field, and for each language the values that stood in its cell. They are what a sheet is read by. */
export const KEYS = { part: 'itinera.part', field: 'itinera.field', base: (language: Language) => `itinera.base.${language}` } as const;

/** Stands where a text has so many values that no cell holds their ids. */
export const MANY = '*';
/** Stands for a text that was never written. */
export const NONE = '-';
const MOST_IDS = 60;

/** The sheet of the texts of a course with the values that stood in each cell. `published`: what was published last, by part; null where nothing was. */
export function textsSheet(
  parts: readonly TextPart[],
  published: ReadonlyMap<Id, TextPart> | null,
  valueOf: ValueOf,
  words: TextsWords,
): { readonly sheet: WrittenSheet; readonly cells: number } {
  const headings = [
    ...[words.heading('part'), words.heading('field'), words.heading('changed')],
    ...LANGUAGES.map((language) => `${words.language(language)} (${language})`),
    ...[words.heading('terms'), KEYS.part, KEYS.field],
    ...LANGUAGES.map(KEYS.base),
  ];
  let cells = 0;
  const live = parts.filter((part) => part.live);
  const numbers = numbersOf(live);
  const rows = live.flatMap((part) =>
    TEXT_FIELDS[part.type].map((field) => {
      const texts = LANGUAGES.map((language) => textOf(shown(part.heads[registerOf(field, language)], valueOf)));
      cells += texts.filter((text) => text !== '').length;
      const changed = published === null ? [] : changedSince(part, published.get(part.id), field, valueOf).map(words.language);
      return [
        ...[words.part(part, numbers.get(part.id) ?? ''), words.field(part.type, field), changed.length === 0 ? '' : words.list(changed)],
        ...texts.map((text) => (text === null ? words.notReadable : asCell(text))),
        termsIn(texts.flatMap((text) => text ?? []))
          .map(termLine)
          .join('\n'),
        ...[part.id, field],
        ...LANGUAGES.map((language) => baseCell(part.heads[registerOf(field, language)])),
      ];
    }),
  );
  const hidden = headings.flatMap((heading, column) => (heading.startsWith('itinera.') ? [column] : []));
  return { sheet: { name: words.sheet, headings, rows, hidden, wraps: true }, cells };
}

/** Returns the number of each module (`1`) and session (`1.2`) by its id, in their order; '' of the course. */
export function numbersOf(parts: readonly Pick<TextPart, 'type' | 'id'>[]): ReadonlyMap<Id, string> {
  let [module, session] = [0, 0];
  return new Map(
    parts.map(({ type, id }) => {
      if (type === 'course') return [id, ''];
      if (type === 'module') {
        session = 0;
        return [id, String(++module)];
      }
      return [id, `${module}.${++session}`];
    }),
  );
}

/** The ids of the values that stood in a cell; null where the cell does not say. */
export function idsIn(cell: string): ValueId[] | null {
  const text = cell.trim();
  if (text === NONE) return [];
  const ids = text.split(/\s+/);
  return ids.every((id) => /^[0-9a-f]{64}:\d{1,6}$/.test(id)) ? ids : null;
}

function baseCell(heads: readonly ValueId[] | undefined): string {
  if (heads === undefined || heads.length === 0) return NONE;
  return heads.length > MOST_IDS ? MANY : heads.join(' ');
}

/** The languages in which a text is another one than was published. */
function changedSince(part: TextPart, before: TextPart | undefined, field: string, valueOf: ValueOf): Language[] {
  const then = new Map(
    before === undefined ? [] : textsOfPart(before, valueOf).map((one) => [registerOf(one.field, one.language), one.text]),
  );
  return LANGUAGES.filter((language) => {
    const register = registerOf(field, language);
    const now = textOf(shown(part.heads[register], valueOf));
    return now !== null && !isSameCell(now, then.get(register) ?? '');
  });
}
