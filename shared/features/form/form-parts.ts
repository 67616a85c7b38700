import { byKey, keysAfter } from '../../kernel/order.ts';
import type { Id } from '../../kernel/ids.ts';
import { LANGUAGES, type Language } from '../../kernel/text.ts';
import type { Texts } from '../../model/title.ts';
import { FORM_KINDS, ITEM_TYPES, type FormKind, type ItemType } from '../../model/vocabularies.ts';
import type { FieldValue } from '../../sync/types.ts';
import type { AnswerKey } from '../evaluation/scoring.ts';
import { FIXED_OPTIONS } from './fixed-options.ts';

/** A questionnaire as its records say it: the items that came with the program, with what was written over them, and the items that were added, in their order. */

/** The values of a record by field; of a field with a register per language, by language. */
export type Values = Readonly<Record<string, FieldValue | undefined>>;

/** A record of an item. */
export interface ItemRecord {
  readonly id: Id;
  readonly live: boolean;
  readonly values: Values;
}

/** An option of an item, or a row of a matrix. */
export interface Option {
  readonly id: string;
  readonly text: Texts;
}

/** An item of a questionnaire where it stands. */
export interface FormPart {
  readonly id: Id;
  /** What its answers are kept under: the letter and number of an item that came with the program, else what follows from its id. */
  readonly code: string;
  readonly type: ItemType;
  readonly text: Texts;
  readonly options: readonly Option[];
  readonly rows: readonly Option[];
  readonly key: AnswerKey | null;
  readonly points: number;
  readonly topic: Texts;
  readonly explanation: Texts;
  readonly required: boolean;
  /** Its fractional key. */
  readonly place: string;
  readonly live: boolean;
}

/** How many items are drawn of a topic. */
export interface TopicDraw {
  readonly topic: string;
  readonly count: number;
}

export interface FormContent {
  readonly code: string;
  readonly kind: FormKind;
  readonly title: Texts;
  readonly anonymous: boolean;
  readonly passMark: number | null;
  readonly draws: readonly TopicDraw[];
  /** In their order, removed ones among them. */
  readonly parts: readonly FormPart[];
}

/** An item as it lies in the record of a questionnaire that came with the program. */
interface BundledItem {
  readonly id: string;
  readonly type: ItemType;
  readonly text: Texts;
  readonly options: Readonly<Record<string, Texts>>;
  readonly topic: Texts;
}

/** The code under which answers to an item are kept: short, and different for each item. */
export function codeOfItem(id: Id): string {
  return id.replaceAll('-', '').slice(0, 16);
}

/**
 * A questionnaire of its records. `idOf`: the id of the record that says what was changed of an item that came with the program, by that item's code. Null where its kind is none
 * that is known here.
 */
export function formContent(values: Values, records: readonly ItemRecord[], idOf: (code: string) => Id): FormContent | null {
  const kind = FORM_KINDS.find((one) => one === values['kind']);
  if (kind === undefined) return null;
  const bundled = bundledItems(values);
  const places = keysAfter(null, bundled.length);
  const written = new Map(records.map((record) => [record.id, record]));
  const right = recordIn(values['key']);
  const changed = bundled.map((item, at): FormPart => {
    const id = idOf(item.code);
    const record = written.get(id);
    written.delete(id);
    const letter = right[item.code];
    const key = typeof letter === 'string' ? { shares: { [letter]: 1 } } : null;
    return partOf(id, item.code, record, { ...item, key, place: places[at]! });
  });
  const added = [...written.values()]
    .filter(({ values: own }) => placeIn(own) !== undefined)
    .map((record) => partOf(record.id, codeOfItem(record.id), record, NOTHING));
  return {
    ...{ code: textOf(values['code']), kind, title: textsIn(values['title']), anonymous: values['anonymous'] === true },
    passMark: typeof values['passMark'] === 'number' ? values['passMark'] : null,
    draws: (Array.isArray(values['draws']) ? values['draws'] : []) as unknown as readonly TopicDraw[],
    parts: [...changed, ...added].sort((a, b) => byKey({ key: a.place, id: a.id }, { key: b.place, id: b.id })),
  };
}

/** Whether a questionnaire has items that came with the program. */
export function isBundled(values: Values): boolean {
  return bundledItems(values).length > 0;
}

/** The codes of the items that came with the program. */
export function bundledCodes(values: Values): string[] {
  return bundledItems(values).map(({ code }) => code);
}

interface Base {
  readonly type: ItemType;
  readonly text: Texts;
  readonly options: Readonly<Record<string, Texts>>;
  readonly topic: Texts;
  readonly key: AnswerKey | null;
  readonly place: string;
}

const NOTHING: Base = { type: 'choice', text: {}, options: {}, topic: {}, key: null, place: '' };

function partOf(id: Id, code: string, record: ItemRecord | undefined, base: Base): FormPart {
  const values = record?.values ?? {};
  const type = ITEM_TYPES.find((one) => one === values['type']) ?? base.type;
  return {
    ...{ id, code, type },
    text: over(base.text, values['text']),
    options: optionsOf(type, values, base.options),
    rows: type === 'matrix' ? listed(values['rows'], values['rowTexts'], {}) : [],
    key: (values['key'] as AnswerKey | null | undefined) ?? base.key,
    points: typeof values['points'] === 'number' ? values['points'] : 1,
    topic: over(base.topic, values['topic']),
    explanation: over({}, values['explanation']),
    required: values['required'] === true,
    place: placeIn(values) ?? base.place,
    live: record?.live ?? true,
  };
}

function optionsOf(type: ItemType, values: Values, base: Base['options']): readonly Option[] {
  const fixed = FIXED_OPTIONS[type];
  if (fixed) return Object.entries(fixed).map(([id, text]) => ({ id, text }));
  return WITH_OPTIONS.has(type) ? listed(values['options'], values['optionTexts'], base) : [];
}

/** The types whose options people write. */
export const WITH_OPTIONS: ReadonlySet<ItemType> = new Set(['choice', 'several', 'matrix', 'ranking']);

function listed(ids: FieldValue | undefined, texts: FieldValue | undefined, base: Base['options']): Option[] {
  const named = Array.isArray(ids) ? ids.map(String) : Object.keys(base);
  const said = recordIn(texts);
  return named.map((id) => ({
    id,
    text: over(base[id] ?? {}, Object.fromEntries(LANGUAGES.map((language) => [language, recordIn(said[language])[id]]))),
  }));
}

/** A text with what was written over it; '' says that there is none in a language. */
function over(base: Texts, said: FieldValue | undefined | Readonly<Record<string, unknown>>): Texts {
  const all = { ...base, ...withoutMissing(recordIn(said)) };
  return Object.fromEntries(
    LANGUAGES.flatMap((language: Language) => {
      const text = all[language];
      return typeof text === 'string' && text !== '' ? [[language, text]] : [];
    }),
  );
}

function withoutMissing(texts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string'));
}

function bundledItems(values: Values): (BundledItem & { readonly code: string })[] {
  const items = Array.isArray(values['items']) ? (values['items'] as readonly unknown[]) : [];
  return items.map((item) => {
    const { id, type, text, options, topic } = item as Partial<BundledItem>;
    return { id: id ?? '', code: id ?? '', type: type ?? 'open', text: text ?? {}, options: options ?? {}, topic: topic ?? {} };
  });
}

function placeIn(values: Values): string | undefined {
  const placement = values['placement'];
  return Array.isArray(placement) && typeof placement[1] === 'string' ? placement[1] : undefined;
}

function textsIn(value: FieldValue | undefined): Texts {
  return over({}, value);
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function recordIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
