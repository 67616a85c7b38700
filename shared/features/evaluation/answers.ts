import type { LocalisedText } from '../../kernel/text.ts';
import type { FormKind, ItemType } from '../../model/vocabularies.ts';
import { parseAnswer } from './answer-codec.ts';
import type { AnswerKey } from './scoring.ts';

/** One question of a form. */
export interface FormItem {
  readonly id: string;
  readonly type: ItemType;
  readonly text: LocalisedText;
  readonly options: Readonly<Record<string, LocalisedText>>;
  /** The rows of a matrix. */
  readonly rows?: Readonly<Record<string, LocalisedText>>;
  /** The right answer where it is more than one letter, which `key` of its questionnaire has. */
  readonly key?: AnswerKey;
  /** What it is worth; left out: 1. */
  readonly points?: number;
  /** What it asks about, where its questionnaire says so. */
  readonly topic?: LocalisedText;
}

/** A questionnaire as the rules need it; `key`: the right letters of a test. */
export interface Questionnaire {
  readonly kind: FormKind;
  readonly anonymous: boolean;
  readonly items: readonly FormItem[];
  readonly key: Readonly<Record<string, string>>;
  /** The share of the points with which a test is passed, in percent. */
  readonly passMark?: number | null;
}

/** The answers of a sheet, by item id, each as `encodeAnswer` has it; a blank is left out. */
export type Answers = Readonly<Record<string, string>>;

/** The codes with which an answer is not taken; a code for a rejected row. */
export type AnswerFault = 'answer.dayUnknown' | 'answer.letterUnknown' | 'answer.numberUnknown' | 'answer.scaleUnknown' | 'answer.tooLong';

/** All answers of a sheet as they are kept, blanks left out; else the first item that is unknown or not answered in its own terms. */
export function normalAnswers(
  form: Questionnaire,
  given: Answers,
): { readonly answers: Answers } | { readonly item: string; readonly fault: AnswerFault | 'item.unknown' } {
  const items = new Map(form.items.map((item) => [item.id, item]));
  for (const id of Object.keys(given)) if (!items.has(id)) return { item: id, fault: 'item.unknown' };
  const answers: Record<string, string> = {};
  for (const item of form.items) {
    const read = parseAnswer(item, given[item.id] ?? '');
    if ('fault' in read) return { item: item.id, fault: read.fault };
    if (read.answer !== '') answers[item.id] = read.answer;
  }
  return { answers };
}

/** Whether two sheets answer alike, item by item. */
export function sameAnswers(a: Answers, b: Answers): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}
