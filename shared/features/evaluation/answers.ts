import { fold } from '../../kernel/text.ts';
import type { LocalisedText } from '../../kernel/text.ts';
import { LONGEST_ANSWER } from '../../model/evaluation.ts';
import type { FormKind } from '../../model/vocabularies.ts';

/** One question of a form. */
export interface FormItem {
  readonly id: string;
  readonly type: 'choice' | 'scale' | 'open';
  readonly text: LocalisedText;
  readonly options: Readonly<Record<string, LocalisedText>>;
  /** What it asks about, where its questionnaire says so. */
  readonly topic?: LocalisedText;
}

/** A questionnaire as the rules need it; `key`: the right letters of a test. */
export interface Questionnaire {
  readonly kind: FormKind;
  readonly anonymous: boolean;
  readonly items: readonly FormItem[];
  readonly key: Readonly<Record<string, string>>;
}

/** The answers of a sheet, by item id: letter, scale value or words; a blank is left out. */
export type Answers = Readonly<Record<string, string>>;

export const SCALE = ['1', '2', '3', '4', '5'] as const;

/** The codes with which an answer is not taken; a code for a rejected row. */
export type AnswerFault = 'answer.letterUnknown' | 'answer.scaleUnknown' | 'answer.tooLong';

/**
 * An answer as it is kept: the option's letter in lower case (`B`, `b)` and `b` are one), 1 to 5 of a scale, or words;
 * '' for a blank. The fault otherwise: an answer is never guessed.
 */
export function normalAnswer(item: FormItem, text: string): { readonly answer: string } | { readonly fault: AnswerFault } {
  const trimmed = text.trim();
  if (trimmed === '') return { answer: '' };
  if (item.type === 'open') return trimmed.length > LONGEST_ANSWER ? { fault: 'answer.tooLong' } : { answer: trimmed };
  if (item.type === 'choice') {
    const letter = fold(trimmed).replace(/[).]$/, '');
    return Object.hasOwn(item.options, letter) ? { answer: letter } : { fault: 'answer.letterUnknown' };
  }
  const value = trimmed.replace(/[.,]0+$/, '');
  return (SCALE as readonly string[]).includes(value) ? { answer: value } : { fault: 'answer.scaleUnknown' };
}

/** All answers of a sheet as they are kept, blanks left out; else the first item that is unknown or not answered in its own terms. */
export function normalAnswers(
  form: Questionnaire,
  given: Answers,
): { readonly answers: Answers } | { readonly item: string; readonly fault: AnswerFault | 'item.unknown' } {
  const items = new Map(form.items.map((item) => [item.id, item]));
  for (const id of Object.keys(given)) if (!items.has(id)) return { item: id, fault: 'item.unknown' };
  const answers: Record<string, string> = {};
  for (const item of form.items) {
    const read = normalAnswer(item, given[item.id] ?? '');
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

/** How many items of a test are right; a blank is wrong. */
export function rightAnswers(key: Readonly<Record<string, string>>, answers: Answers): number {
  return Object.entries(key).filter(([item, letter]) => answers[item] === letter).length;
}
