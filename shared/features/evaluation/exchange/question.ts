/** A question as it goes out and comes in, in one language, whatever format carries it. */

export const QUESTION_KINDS = [
  ...['one', 'several', 'trueFalse', 'scale', 'matrix'],
  ...['number', 'date', 'text', 'ranking', 'consent'],
] as readonly QuestionKind[];
export type QuestionKind = 'one' | 'several' | 'trueFalse' | 'scale' | 'matrix' | 'number' | 'date' | 'text' | 'ranking' | 'consent';

/** A choice, or an accepted answer. */
export interface QuestionOption {
  readonly text: string;
  /** How much of the points it gives, in percent: 100 is right, 0 wrong, less takes away. */
  readonly share: number;
  readonly explanation: string;
}

export interface Question {
  readonly kind: QuestionKind;
  /** A short name by which it is found; '' where it has none. */
  readonly name: string;
  readonly text: string;
  /** The path of a topic, *Law/Powers*; '' of none. */
  readonly topic: string;
  readonly points: number;
  readonly explanation: string;
  /** Choices, steps of a scale, columns of a matrix, accepted answers of a text, and what is to be ranked, in the right order. */
  readonly options: readonly QuestionOption[];
  /** Rows of a matrix. `right`: the place of the right column; null where there is no key. */
  readonly rows: readonly { readonly text: string; readonly right: number | null }[];
  /** Of true / false; null where there is no key. */
  readonly right: boolean | null;
  /** Accepted numbers; none where there is no key. */
  readonly numbers: readonly { readonly value: number; readonly tolerance: number; readonly share: number; readonly explanation: string }[];
}

/** Why a question of a file was not taken. */
export const QUESTION_REJECTIONS = [
  ...['answer', 'decimalComma', 'description', 'entities', 'options', 'share'],
  ...['syntax', 'tooLong', 'tooMany', 'type', 'xml'],
] as readonly QuestionRejection[];
export type QuestionRejection =
  'answer' | 'decimalComma' | 'description' | 'entities' | 'options' | 'share' | 'syntax' | 'tooLong' | 'tooMany' | 'type' | 'xml';

/** The questions of a file, in its order, and those that were not taken, by the line at which they begin. */
export interface ReadQuestions {
  readonly questions: readonly (Question & { readonly line: number })[];
  readonly rejected: readonly { readonly line: number; readonly code: QuestionRejection }[];
  /** Parts of questions that were taken: a picture, say. */
  readonly lost: readonly { readonly line: number; readonly what: 'picture' }[];
}

/** The part of a question that a format does not carry; `question`: nothing of it. */
export type NotCarried = 'question' | keyof Question;

export interface WrittenQuestions {
  readonly text: string;
  /** How many questions were written. */
  readonly items: number;
  /** `item`: the place of a question, from 0. */
  readonly notCarried: readonly { readonly item: number; readonly why: NotCarried }[];
}

/** The largest file, in characters, the most questions of one, and the longest of them. */
export const QUESTION_LIMITS = { file: 10_000_000, questions: 20_000, question: 200_000 } as const;

export const BLANK: Question = {
  ...{ kind: 'text', name: '', text: '', topic: '', points: 1, explanation: '' },
  ...{ options: [], rows: [], right: null, numbers: [] },
};

/** Returns the fields in which a question that came back is not what went out. Blanks around a text are none of it. */
export function differences(out: Question, back: Question | undefined): NotCarried[] {
  if (back === undefined) return ['question'];
  return (Object.keys(BLANK) as (keyof Question)[]).filter((field) => said(out[field]) !== said(back[field]));
}

function said(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? inner.trim() : inner));
}

/** Writes questions one by one, and reads each back: what is not as it was is named. */
export function writeEach(
  questions: readonly Question[],
  write: (question: Question, before: Question | null) => string | null,
  read: (text: string) => ReadQuestions,
  [opening, closing]: readonly [string, string] = ['', ''],
): WrittenQuestions {
  const notCarried: { item: number; why: NotCarried }[] = [];
  const written: string[] = [];
  let before: Question | null = null;
  questions.forEach((question, item) => {
    const alone = write(question, null);
    const back = alone === null ? null : read(`${opening}${alone}${closing}`);
    // A text that reads like a question of its own, or like the end of one, would take others with it.
    const isAlone = back !== null && back.questions.length === 1 && back.rejected.length === 0;
    const faults = differences(question, isAlone ? back.questions[0] : undefined);
    notCarried.push(...faults.map((why) => ({ item, why })));
    if (alone === null || faults.includes('question')) return;
    written.push(write(question, before)!);
    before = question;
  });
  return { text: `${opening}${written.join('')}${closing}`, items: written.length, notCarried };
}

/** Returns a plain text as HTML says it. */
export function htmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Returns what HTML says as a plain text: its lines and paragraphs, without its looks. Linear in its length. */
export function textOfHtml(html: string): string {
  return html
    .replace(/[ \t]*[\r\n][ \t\r\n]*/g, ' ')
    .replace(/<br\s?\/?>|<\/(?:p|div|li|h[1-6]|tr)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (entity, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()]!;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : entity;
    })
    .trim();
}
