import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Language } from '../../kernel/text.ts';
import { LANGUAGES } from '../../kernel/text.ts';
import type { ItemType } from '../../model/vocabularies.ts';
import type { FieldValue } from '../../sync/types.ts';
import type { AnswerKey } from '../evaluation/scoring.ts';
import { FIXED_OPTIONS } from './fixed-options.ts';
import { WITH_OPTIONS, type FormPart } from './form-parts.ts';

type TextsGiven = Readonly<Partial<Record<Language, string | undefined>>>;

/** An option or a row as somebody gives it. */
export interface GivenOption {
  readonly letter?: string | undefined;
  readonly text: TextsGiven;
  readonly right?: boolean | number | undefined;
}

/** The values that somebody gives of an item: all of a new one, or what is changed. */
export interface GivenItem {
  readonly type?: ItemType | undefined;
  readonly text?: TextsGiven | undefined;
  readonly options?: readonly GivenOption[] | undefined;
  readonly rows?: readonly GivenOption[] | undefined;
  readonly key?: AnswerKey | null | undefined;
  readonly points?: number | undefined;
  readonly topic?: TextsGiven | undefined;
  readonly explanation?: TextsGiven | undefined;
  readonly required?: boolean | undefined;
}

type ItemFault = 'form.keyUnfit' | 'form.optionTwice' | 'form.optionsMissing';

/**
 * The values that are written to an item for what somebody says of it. `before`: the item as it stands; null for a new one. `cleared`: what a text is written as that was taken out; '' where
 * a text that came with the program would show through otherwise. Refuses an id that two options have, a type that has options without any, and a key that does not fit the item.
 */
export function itemValues(
  given: GivenItem,
  before: FormPart | null,
  cleared: '' | null,
): Result<Readonly<Record<string, FieldValue | undefined>>, ItemFault> {
  const type = given.type ?? before?.type ?? 'choice';
  const options = given.options && named(given.options, before?.options.map(({ id }) => id) ?? [], OPTION_IDS);
  const rows = given.rows && named(given.rows, before?.rows.map(({ id }) => id) ?? [], ROW_IDS);
  for (const list of [options, rows]) if (list && new Set(list.map(({ id }) => id)).size < list.length) return refuse('form.optionTwice');
  const optionIds = Object.keys(FIXED_OPTIONS[type] ?? {});
  const standing = optionIds.length > 0 ? optionIds : (options ?? before?.options ?? []).map(({ id }) => id);
  const rowIds = (rows ?? before?.rows ?? []).map(({ id }) => id);
  if (WITH_OPTIONS.has(type) && standing.length === 0) return refuse('form.optionsMissing');
  if (type === 'matrix' && rowIds.length === 0) return refuse('form.optionsMissing');
  const key = keyGiven(given, options, type);
  if (key && !fits(key, type, standing, rowIds)) return refuse('form.keyUnfit');
  return ok({
    type: given.type,
    text: given.text && textsWritten(given.text, cleared),
    ...(options && WITH_OPTIONS.has(type) && { options: options.map(({ id }) => id), optionTexts: optionTexts(options, before?.options) }),
    ...(rows && type === 'matrix' && { rows: rows.map(({ id }) => id), rowTexts: optionTexts(rows, before?.rows) }),
    ...(key !== undefined && { key: key as FieldValue }),
    points: given.points,
    topic: given.topic && textsWritten(given.topic, cleared),
    explanation: given.explanation && textsWritten(given.explanation, cleared),
    required: given.required,
  });
}

/** The ids of options that name none, in their order: letters, then what follows the alphabet. */
export const OPTION_IDS: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz', ...Array.from({ length: 100 }, (_, at) => `o${at + 1}`)];
/** The ids of rows that name none. */
export const ROW_IDS: readonly string[] = Array.from({ length: 100 }, (_, at) => `r${at + 1}`);

interface NamedOption extends GivenOption {
  readonly id: string;
}

/** Options with ids: those that name no letter get the first ones that neither they nor the ones before had, so that an old answer never means a new option. */
function named(given: readonly GivenOption[], before: readonly string[], ids: readonly string[]): NamedOption[] {
  const used = new Set([...before, ...given.flatMap(({ letter }) => letter ?? [])]);
  const free = ids.filter((id) => !used.has(id));
  return given.map((option) => ({ ...option, id: option.letter ?? free.shift()! }));
}

function keyGiven(given: GivenItem, options: readonly NamedOption[] | undefined, type: ItemType): AnswerKey | null | undefined {
  if (given.key !== undefined) return given.key;
  const right = (options ?? []).flatMap(({ id, right: share }) =>
    share === undefined || share === false || share === 0 ? [] : [{ id, share }],
  );
  if (right.length === 0) return undefined;
  // Of several options that are right each is worth as much as the others; of one choice each is worth all.
  const plain = right.filter(({ share }) => share === true).length;
  const worth = type === 'several' ? Math.floor(1_000 / plain) / 1_000 : 1;
  return { shares: Object.fromEntries(right.map(({ id, share }) => [id, share === true ? worth : share])) };
}

/** Whether a key says something of an item of this type, with options and rows that it has. */
function fits(key: AnswerKey, type: ItemType, options: readonly string[], rows: readonly string[]): boolean {
  const areOptions = (ids: readonly string[]): boolean => ids.every((id) => options.includes(id));
  switch (type) {
    case 'choice':
    case 'several':
    case 'trueFalse':
    case 'consent':
      return key.shares !== undefined && areOptions(Object.keys(key.shares));
    case 'matrix':
      return key.rows !== undefined && areOptions(Object.values(key.rows)) && Object.keys(key.rows).every((row) => rows.includes(row));
    case 'ranking':
      return (
        key.order !== undefined &&
        key.order.length === options.length &&
        areOptions(key.order) &&
        new Set(key.order).size === options.length
      );
    case 'number':
      return key.value !== undefined && Number.isFinite(Number(key.value)) && key.value.trim() !== '';
    case 'date':
      return key.value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(key.value);
    case 'open':
      return key.texts !== undefined;
    case 'scale':
      return false;
  }
}

function textsWritten(texts: TextsGiven, cleared: '' | null): FieldValue {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) => (text === undefined ? [] : [[language, text === '' ? cleared : text]])),
  );
}

/** The texts of options by language: those of languages that nobody spoke of stay. */
function optionTexts(options: readonly NamedOption[], before: FormPart['options'] = []): FieldValue {
  const was = new Map(before.map(({ id, text }) => [id, text]));
  const said = LANGUAGES.filter((language) =>
    options.some(({ id, text }) => text[language] !== undefined || was.get(id)?.[language] !== undefined),
  );
  return Object.fromEntries(
    said.map((language) => [
      language,
      Object.fromEntries(
        options.flatMap(({ id, text }) => {
          const now = text[language] ?? was.get(id)?.[language];
          return now === undefined ? [] : [[id, now]];
        }),
      ),
    ]),
  );
}
