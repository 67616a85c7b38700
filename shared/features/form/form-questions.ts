import { textIn, type Language } from '../../kernel/text.ts';
import type { Texts } from '../../model/title.ts';
import type { AnswerKey } from '../evaluation/scoring.ts';
import { BLANK, type Question, type QuestionKind, type QuestionOption } from '../evaluation/exchange/question.ts';
import type { ItemType } from '../../model/vocabularies.ts';
import { codeOfItem, type FormPart } from './form-parts.ts';
import { OPTION_IDS, ROW_IDS, type GivenItem, type GivenOption } from './item-values.ts';

/** The kinds of questions of other tools, by the types of items. */
const KINDS: Readonly<Record<ItemType, QuestionKind>> = {
  ...{ choice: 'one', several: 'several', trueFalse: 'trueFalse', scale: 'scale', matrix: 'matrix' },
  ...{ number: 'number', date: 'date', open: 'text', ranking: 'ranking', consent: 'consent' },
};
const TYPES = Object.fromEntries(Object.entries(KINDS).map(([type, kind]) => [kind, type])) as Readonly<Record<QuestionKind, ItemType>>;
/** The steps of a scale. */
const STEPS = ['1', '2', '3', '4', '5'];
const PERCENT = 100;

/** Returns an item of a questionnaire as a question in one language; of a text that is missing there it has another language's. */
export function questionOf(part: FormPart, language: Language): Question {
  const say = (text: Texts): string => textIn(text, language);
  const { type, key, points } = part;
  return {
    ...BLANK,
    ...{
      kind: KINDS[type],
      name: part.code === codeOfItem(part.id) ? '' : part.code,
      text: say(part.text),
      topic: say(part.topic),
      points,
      explanation: say(part.explanation),
    },
    options: optionsOf(part, say),
    rows: part.rows.map(({ id, text }) => ({ text: say(text), right: placeOf(part, key?.rows?.[id]) })),
    right: type === 'trueFalse' ? (key?.shares?.['true'] === 1 ? true : key?.shares?.['false'] === 1 ? false : null) : null,
    numbers:
      type === 'number' && key?.value !== undefined
        ? [{ value: Number(key.value), tolerance: key.tolerance ?? 0, share: PERCENT, explanation: '' }]
        : [],
  };
}

function optionsOf(part: FormPart, say: (text: Texts) => string): QuestionOption[] {
  const { type, key, options } = part;
  const option = (text: string, share: number): QuestionOption => ({ text, share, explanation: '' });
  if (type === 'scale') return STEPS.map((step) => option(step, 0));
  if (type === 'open') return (key?.texts ?? []).map((text) => option(text, PERCENT));
  if (type === 'trueFalse' || type === 'number' || type === 'date' || type === 'consent') return [];
  const order = type === 'ranking' ? (key?.order ?? []) : [];
  const standing = order.length > 0 ? order.flatMap((id) => options.find((one) => one.id === id) ?? []) : options;
  // A third is written with as many digits as other tools write.
  return standing.map(({ id, text }) => option(say(text), Math.round((key?.shares?.[id] ?? 0) * PERCENT * 1e5) / 1e5));
}

function placeOf({ options }: FormPart, id: string | undefined): number | null {
  const place = options.findIndex((option) => option.id === id);
  return place < 0 ? null : place;
}

/** An item as a question of another tool says it, and what of that has no place in one. */
export interface TakenQuestion {
  readonly item: GivenItem & { readonly type: ItemType };
  /** `feedback`: words that stand with one answer alone; `answers`: further accepted answers. */
  readonly lost: readonly ('feedback' | 'answers')[];
}

/** Returns the item that a question becomes, its texts in one language. */
export function itemOf(question: Question, language: Language): TakenQuestion {
  const said = (text: string): Readonly<Partial<Record<Language, string>>> => (text.trim() === '' ? {} : { [language]: text.trim() });
  const type = TYPES[question.kind];
  const { key, dropsAnswers } = keyOf(question);
  const hasFeedback = [...question.options, ...question.numbers].some(({ explanation }) => explanation.trim() !== '');
  return {
    item: {
      ...{ type, text: said(question.text), points: question.points, topic: said(question.topic), explanation: said(question.explanation) },
      options: givenOptions(question, said),
      rows: question.rows.map(({ text }) => ({ text: said(text) })),
      ...(key !== null && { key }),
    },
    lost: [...(hasFeedback ? (['feedback'] as const) : []), ...(dropsAnswers ? (['answers'] as const) : [])],
  };
}

function givenOptions({ kind, options }: Question, said: (text: string) => GivenOption['text']): GivenOption[] {
  switch (kind) {
    case 'one':
    case 'several':
      return options.map(({ text, share }) => ({ text: said(text), right: share / PERCENT }));
    case 'matrix':
      return options.map(({ text }) => ({ text: said(text) }));
    case 'ranking':
      // What is to be ranked is not shown in its right order.
      return byText(options).map(({ text }) => ({ text: said(text) }));
    default:
      return [];
  }
}

/** Returns what is to be ranked in an order that says nothing of the right one: that of its texts. */
function byText(options: readonly QuestionOption[]): readonly QuestionOption[] {
  return options.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** The right answer of a question, where its options do not say it; null where there is none. `dropsAnswers`: further ones have no place. */
function keyOf({ kind, options, rows, right, numbers }: Question): { readonly key: AnswerKey | null; readonly dropsAnswers: boolean } {
  const kept = (key: AnswerKey | null, dropsAnswers = false) => ({ key, dropsAnswers });
  switch (kind) {
    case 'trueFalse':
      return kept(right === null ? null : { shares: { [String(right)]: 1 } });
    case 'matrix': {
      const keyed = rows.flatMap((row, at) => (row.right === null ? [] : [[ROW_IDS[at]!, OPTION_IDS[row.right]!] as const]));
      return kept(keyed.length > 0 ? { rows: Object.fromEntries(keyed) } : null);
    }
    case 'ranking':
      return kept({ order: options.map((option) => OPTION_IDS[byText(options).indexOf(option)]!) });
    case 'number': {
      const [whole] = numbers.filter(({ share }) => share === PERCENT);
      if (!whole) return kept(null, numbers.length > 0);
      return kept({ value: String(whole.value), ...(whole.tolerance > 0 && { tolerance: whole.tolerance }) }, numbers.length > 1);
    }
    case 'text': {
      const texts = options.filter(({ share }) => share === PERCENT).map(({ text }) => text.trim());
      return kept(texts.length > 0 ? { texts } : null, texts.length < options.length);
    }
    case 'one':
    case 'several':
    case 'scale':
    case 'date':
    case 'consent':
      return kept(null);
  }
}
