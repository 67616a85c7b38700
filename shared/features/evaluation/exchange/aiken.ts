import {
  BLANK,
  QUESTION_LIMITS,
  writeEach,
  type Question,
  type QuestionRejection,
  type ReadQuestions,
  type WrittenQuestions,
} from './question.ts';

/** Aiken: one right answer of several, each on its line. */

const OPTION = /^([A-Z])[).]\s*(.*)$/;
const ANSWER = /^ANSWER:\s*(.*)$/;

/** Returns the questions of an Aiken file. A question that does not end is reported where it begins, and the next one is read. */
export function readAiken(text: string): ReadQuestions {
  const questions: (Question & { line: number })[] = [];
  const rejected: { line: number; code: QuestionRejection }[] = [];
  if (text.length > QUESTION_LIMITS.file) return { questions, rejected: [{ line: 1, code: 'tooLong' }], lost: [] };
  let open: { line: number; texts: string[]; options: { letter: string; text: string }[] } | null = null;
  const abandon = (): void => {
    if (open) rejected.push({ line: open.line, code: 'answer' });
    open = null;
  };
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((written, index) => {
      const [said, line] = [written.trim(), index + 1];
      if (said === '') return;
      const [option, answer] = [OPTION.exec(said), ANSWER.exec(said)?.[1]?.trim()];
      if (answer !== undefined) {
        const read = open && questions.length < QUESTION_LIMITS.questions ? questionOf(open, answer) : open ? 'tooMany' : 'syntax';
        if (typeof read === 'string') rejected.push({ line: open?.line ?? line, code: read });
        else questions.push({ ...read, line: open!.line });
        open = null;
      } else if (option) {
        if (open) open.options.push({ letter: option[1]!, text: option[2]! });
        else open = { line, texts: [], options: [{ letter: option[1]!, text: option[2]! }] };
      } else {
        if (open && open.options.length > 0) abandon();
        open = { line: open?.line ?? line, texts: [...(open?.texts ?? []), said], options: [] };
      }
    });
  abandon();
  return { questions, rejected, lost: [] };
}

/** The questions as Aiken, and what of them it does not carry: it knows one right answer and nothing beside it. */
export function writeAiken(questions: readonly Question[]): WrittenQuestions {
  return writeEach(questions, aikenOf, readAiken);
}

type Open = Readonly<{ texts: readonly string[]; options: readonly { readonly letter: string; readonly text: string }[] }>;

function questionOf({ texts, options }: Open, answer: string): Question | QuestionRejection {
  if (texts.length === 0) return 'syntax';
  if (options.length < 2) return 'options';
  const right = options.findIndex(({ letter }) => letter === answer);
  if (right < 0) return 'answer';
  const told = options.map(({ text }, place) => ({ text, share: place === right ? 100 : 0, explanation: '' }));
  return { ...BLANK, kind: 'one', text: texts.join('\n'), options: told };
}

function aikenOf({ kind, text, options }: Question): string | null {
  const right = options.flatMap(({ share }, place) => (share === 100 ? [place] : []));
  if (kind !== 'one' || right.length !== 1 || options.length < 2 || options.length > 26) return null;
  const letter = (place: number) => String.fromCharCode(65 + place);
  const line = (said: string) => said.trim().replace(/\s*[\r\n]\s*/g, ' ');
  const lines = [text.trim(), ...options.map((option, place) => `${letter(place)}) ${line(option.text)}`), `ANSWER: ${letter(right[0]!)}`];
  return `${lines.join('\n')}\n\n`;
}
