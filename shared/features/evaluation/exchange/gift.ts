import {
  parse,
  type GIFTQuestion,
  type Matching,
  type NumericalChoice,
  type NumericalFormat,
  type TextChoice,
  type TextFormat,
} from 'gift-pegjs';
import {
  BLANK,
  htmlOf,
  QUESTION_LIMITS,
  textOfHtml,
  writeEach,
  type Question,
  type QuestionOption,
  type QuestionRejection,
  type ReadQuestions,
  type WrittenQuestions,
} from './question.ts';

/** Moodle's GIFT: questions as text, divided by blank lines. */

/** Returns the questions of a GIFT file. Each is read by itself, so that one that cannot be read takes no other one with it. */
export function readGift(text: string): ReadQuestions {
  const questions: (Question & { line: number })[] = [];
  const rejected: { line: number; code: QuestionRejection }[] = [];
  if (text.length > QUESTION_LIMITS.file) return { questions, rejected: [{ line: 1, code: 'tooLong' }], lost: [] };
  let topic = '';
  for (const { line, lines } of blocksOf(text)) {
    const own = lines.filter((one) => {
      const category = /^\s*\$CATEGORY:(.*)$/.exec(one)?.[1];
      if (category !== undefined) topic = topicOf(category);
      return category === undefined;
    });
    if (own.length === 0) continue;
    const read = questions.length < QUESTION_LIMITS.questions ? readOne(own.join('\n')) : 'tooMany';
    if (typeof read === 'string') rejected.push({ line, code: read });
    else questions.push({ ...read, topic, line });
  }
  return { questions, rejected, lost: [] };
}

/** The questions as GIFT, and what of them it does not carry. */
export function writeGift(questions: readonly Question[]): WrittenQuestions {
  return writeEach(questions, giftOf, readGift);
}

/** The path of a topic without the place in Moodle where it hangs. */
export function topicOf(category: string): string {
  return category
    .trim()
    .replace(/^\$(?:course|module|system|cat\w*)\$(?:\/|$)/, '')
    .replace(/^top(?:\/|$)/, '')
    .trim();
}

interface Block {
  /** The line at which it begins, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let [line, lines]: [number, string[]] = [0, []];
  const end = (): void => {
    if (lines.length > 0) blocks.push({ line, lines });
    lines = [];
  };
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((one, index) => {
      if (one.trim() === '') return end();
      // Remarks stand between questions and before them.
      if (/^\s*\/\//.test(one)) return;
      if (lines.length === 0) line = index + 1;
      lines.push(one);
    });
  end();
  return blocks;
}

function readOne(text: string): Question | QuestionRejection {
  if (text.length > QUESTION_LIMITS.question) return 'tooLong';
  let parsed: GIFTQuestion[];
  try {
    parsed = parse(text);
  } catch {
    return /\{\s*#[^}]*\d,\d/.test(text) ? 'decimalComma' : 'syntax';
  }
  const [one] = parsed;
  if (!one || parsed.length > 1 || one.type === 'Category') return 'syntax';
  if (one.type === 'Description') return 'description';
  const base = { ...BLANK, name: one.title ?? '', text: plain(one.stem), explanation: plain(one.globalFeedback) };
  switch (one.type) {
    case 'TF':
      return { ...base, kind: 'trueFalse', right: one.isTrue, ...feedback(one.isTrue, one.trueFeedback, one.falseFeedback) };
    case 'Essay':
      return { ...base, kind: 'text' };
    case 'Short':
      return { ...base, kind: 'text', options: one.choices.map(optionOf) };
    case 'Matching':
      return { ...base, kind: 'matrix', ...matrixOf(one) };
    case 'Numerical': {
      const numbers = numbersOf(one.choices);
      return numbers === null ? 'answer' : { ...base, kind: 'number', numbers };
    }
    default: {
      const options = one.choices.map(optionOf);
      if (options.length < 2) return 'options';
      if (options.some(({ share }) => !isShare(share))) return 'share';
      const isSeveral = !one.choices.some(({ isCorrect }) => isCorrect) && options.some(({ share }) => share > 0);
      return { ...base, kind: isSeveral ? 'several' : 'one', options };
    }
  }
}

/** Whether a number can be a share of points in percent. */
export function isShare(share: number): boolean {
  return Number.isFinite(share) && share >= -100 && share <= 100;
}

/** Of true / false, what is said to whoever is wrong and to whoever is right, where anything is. */
function feedback(isTrue: boolean, ...said: (TextFormat | null)[]): Pick<Question, 'options'> {
  // In GIFT the first is said to who is wrong, the second to who is right.
  const [wrong, right] = said.map(plain) as [string, string];
  if (wrong === '' && right === '') return { options: [] };
  const option = (value: boolean): QuestionOption => ({
    text: String(value),
    share: value === isTrue ? 100 : 0,
    explanation: value === isTrue ? right : wrong,
  });
  return { options: [option(true), option(false)] };
}

function optionOf({ isCorrect, weight, text, feedback: said }: TextChoice): QuestionOption {
  return { text: plain(text), share: weight ?? (isCorrect ? 100 : 0), explanation: plain(said) };
}

function numbersOf(choices: NumericalChoice[] | NumericalFormat): Question['numbers'] | null {
  const each = Array.isArray(choices) ? choices : [{ isCorrect: true, weight: null, text: choices, feedback: null }];
  const numbers = each.map(({ isCorrect, weight, text, feedback: said }) => {
    const { number, range = 0, numberHigh, numberLow } = text;
    const isBetween = numberHigh !== undefined && numberLow !== undefined;
    const value = isBetween ? round((numberHigh + numberLow) / 2) : (number ?? NaN);
    const tolerance = isBetween ? round((numberHigh - numberLow) / 2) : range;
    return { value, tolerance, share: weight ?? (isCorrect ? 100 : 0), explanation: plain(said) };
  });
  return numbers.every(({ value, tolerance }) => Number.isFinite(value) && Number.isFinite(tolerance)) ? numbers : null;
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}

function matrixOf({ matchPairs }: Matching): Pick<Question, 'options' | 'rows'> {
  const texts = [...new Set(matchPairs.map(({ subanswer }) => subanswer.trim()))];
  const rows = matchPairs.map(({ subquestion, subanswer }) => ({ text: plain(subquestion), right: texts.indexOf(subanswer.trim()) }));
  return { options: texts.map((text) => ({ text, share: 0, explanation: '' })), rows: rows.filter(({ text }) => text !== '') };
}

function plain(said: TextFormat | null): string {
  if (said === null) return '';
  return said.format === 'html' ? textOfHtml(said.text) : said.text;
}

function giftOf(question: Question, before: Question | null): string | null {
  const answers = answersOf(question);
  if (answers === null) return null;
  const { topic, name, text, explanation } = question;
  const switched = topic === (before?.topic ?? '') ? '' : `$CATEGORY: $course$/${topic.replace(/\s+/g, ' ')}\n\n`;
  const said = explanation === '' ? '' : `\n####${written(explanation)}`;
  return `${switched}${name === '' ? '' : `::${escaped(name)}::`}${written(text)}{${answers}${said}}\n\n`;
}

function answersOf({ kind, options, rows, right, numbers }: Question): string | null {
  const lines = (each: readonly string[]) => each.map((line) => `\n\t${line}`).join('');
  switch (kind) {
    case 'trueFalse': {
      if (right === null) return null;
      const said = [!right, right].map((value) => options.find(({ text }) => text === String(value))?.explanation ?? '');
      const tail = said.every((text) => text === '') ? '' : `#${written(said[0]!)}#${written(said[1]!)}`;
      return `${right ? 'TRUE' : 'FALSE'}${tail}`;
    }
    case 'one':
    case 'scale':
      return lines(
        options.map((option) => `${option.share === 100 ? '=' : option.share === 0 ? '~' : `~%${option.share}%`}${ofOption(option)}`),
      );
    case 'several':
      return lines(options.map((option) => `~%${option.share}%${ofOption(option)}`));
    case 'text':
      return lines(options.map((option) => `=${option.share === 100 ? '' : `%${option.share}%`}${ofOption(option)}`));
    case 'number':
      if (numbers.length === 0) return null;
      return `#${lines(
        numbers.map(
          ({ value, tolerance, share, explanation }) =>
            `=${share === 100 ? '' : `%${share}%`}${value}:${tolerance}${explanation === '' ? '' : `#${written(explanation)}`}`,
        ),
      )}`;
    case 'matrix':
      if (rows.length < 2 || rows.some((row) => row.right === null || options[row.right] === undefined)) return null;
      return lines([
        ...rows.map((row) => `=${written(row.text)} -> ${escaped(options[row.right!]!.text)}`),
        ...options.filter((_, place) => rows.every((row) => row.right !== place)).map(({ text }) => `= -> ${escaped(text)}`),
      ]);
    default:
      return null;
  }
}

function ofOption({ text, explanation }: QuestionOption): string {
  return `${written(text)}${explanation === '' ? '' : `#${written(explanation)}`}`;
}

function escaped(text: string): string {
  return text
    .trim()
    .replace(/[\\~=#{}:]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n');
}

/** A text as GIFT writes it: an arrow cannot be escaped and is said in HTML, and what begins like a format, or a weight, is said to be none. */
function written(text: string): string {
  if (text.includes('->')) return `[html]${escaped(htmlOf(text.trim()))}`;
  return /^\s*[[%]/.test(text) ? `[plain]${escaped(text)}` : escaped(text);
}
