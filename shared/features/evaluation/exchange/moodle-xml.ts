import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isShare, topicOf } from './gift.ts';
import {
  BLANK,
  QUESTION_LIMITS,
  textOfHtml,
  type Question,
  type QuestionOption,
  type QuestionRejection,
  type ReadQuestions,
} from './question.ts';

/** Reads Moodle's XML of questions. */

/** Texts stay texts (`001` is no 1), and what may stand several times is always a list. */
const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => LISTS.has(name),
});
const LISTS: ReadonlySet<string> = new Set(['question', 'answer', 'subquestion', 'file', 'tag']);

type Node = Readonly<Record<string, unknown>>;

/** Returns the questions of a Moodle XML file. A file that is no whole XML is not read at all, as what is missing of it cannot be told. */
export function readMoodleXml(text: string): ReadQuestions {
  const nothing = (line: number, code: QuestionRejection): ReadQuestions => ({ questions: [], rejected: [{ line, code }], lost: [] });
  if (text.length > QUESTION_LIMITS.file) return nothing(1, 'tooLong');
  // A document type brings entities, by which a small file may say a great deal.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return nothing(1, 'entities');
  // The parser itself takes what is not closed.
  const valid = XMLValidator.validate(text);
  if (valid !== true) return nothing(valid.err.line, 'xml');
  const found = questionsIn(text);
  if (found === null) return nothing(1, 'xml');
  const lines = linesOf(text);
  const questions: (Question & { line: number })[] = [];
  const rejected: { line: number; code: QuestionRejection }[] = [];
  const lost: { line: number; what: 'picture' }[] = [];
  let topic = '';
  found.forEach((node, place) => {
    const line = lines[place] ?? 1;
    if (node['@type'] === 'category') {
      // It speaks of the questions that follow.
      topic = topicOf(textIn(node['category']));
      return;
    }
    const read = questions.length < QUESTION_LIMITS.questions ? questionOf(node) : 'tooMany';
    if (typeof read === 'string') rejected.push({ line, code: read });
    else {
      questions.push({ ...read, topic, line });
      if (hasFiles(node)) lost.push({ line, what: 'picture' });
    }
  });
  return { questions, rejected, lost };
}

function questionsIn(text: string): Node[] | null {
  try {
    const { quiz } = PARSER.parse(text) as { readonly quiz?: unknown };
    if (quiz === undefined) return null;
    const questions = isNode(quiz) ? quiz['question'] : undefined;
    return Array.isArray(questions) ? questions.map((one: unknown) => (isNode(one) ? one : {})) : [];
  } catch {
    // Names that would reach into the program itself are refused by the parser.
    return null;
  }
}

/** The line of each question in its order; what stands in remarks and quoted texts is none. */
function linesOf(text: string): number[] {
  const lines: number[] = [];
  let [line, at] = [1, 0];
  for (const { 0: piece, index } of text.matchAll(/<!--|<!\[CDATA\[|<question[\s>]/g)) {
    if (index < at) continue;
    const end = piece === '<!--' ? text.indexOf('-->', index) : piece === '<![CDATA[' ? text.indexOf(']]>', index) : index;
    for (let from = at; (from = text.indexOf('\n', from)) >= 0 && from < index; from++) line++;
    if (piece.startsWith('<question')) lines.push(line);
    for (let from = index; (from = text.indexOf('\n', from)) >= 0 && from < end; from++) line++;
    at = end < 0 ? text.length : end;
  }
  return lines;
}

function questionOf(node: Node): Question | QuestionRejection {
  const points = Number(valueIn(node['defaultgrade']) || '1');
  const base = {
    ...BLANK,
    name: textIn(node['name']),
    text: textIn(node['questiontext']),
    explanation: textIn(node['generalfeedback']),
    points: Number.isFinite(points) ? points : 1,
  };
  const options = list(node['answer']).map(optionOf);
  if (options.some(({ share }) => !isShare(share))) return 'share';
  switch (node['@type']) {
    case 'multichoice':
      if (options.length < 2) return 'options';
      return { ...base, kind: /^\s*(?:false|0)\s*$/.test(valueIn(node['single'])) ? 'several' : 'one', options };
    case 'truefalse': {
      const right = options.find(({ share }) => share === 100)?.text.toLowerCase();
      if (right !== 'true' && right !== 'false') return 'answer';
      const isSaid = options.some(({ explanation }) => explanation !== '');
      return { ...base, kind: 'trueFalse', right: right === 'true', options: isSaid ? options : [] };
    }
    case 'shortanswer':
      return { ...base, kind: 'text', options };
    case 'essay':
      return { ...base, kind: 'text' };
    case 'numerical':
      return numberOf(base, node, options);
    case 'matching':
      return matrixOf(base, node);
    case 'ordering':
      if (options.length < 2) return 'options';
      return { ...base, kind: 'ranking', options: options.map((option) => ({ ...option, share: 0 })) };
    case 'description':
      return 'description';
    default:
      return 'type';
  }
}

function numberOf(base: Question, node: Node, options: readonly QuestionOption[]): Question | QuestionRejection {
  const numbers = list(node['answer']).map((answer, place) => {
    const { text, share, explanation } = options[place]!;
    return { value: numberIn(text), tolerance: numberIn(valueIn(answer['tolerance']) || '0'), share, explanation };
  });
  if (numbers.some(({ value, tolerance }) => !Number.isFinite(value) || !Number.isFinite(tolerance)))
    return options.some(({ text }) => /\d,\d/.test(text)) ? 'decimalComma' : 'answer';
  return { ...base, kind: 'number', numbers };
}

function matrixOf(base: Question, node: Node): Question {
  const pairs = list(node['subquestion']).map((one) => ({ text: textIn(one), answer: textIn(one['answer']) }));
  const texts = [...new Set(pairs.map(({ answer }) => answer))];
  const rows = pairs.filter(({ text }) => text !== '').map(({ text, answer }) => ({ text, right: texts.indexOf(answer) }));
  return { ...base, kind: 'matrix', rows, options: texts.map((text) => ({ text, share: 0, explanation: '' })) };
}

function optionOf(answer: Node): QuestionOption {
  return { text: textIn(answer), share: numberIn(valueIn(answer['@fraction']) || '0'), explanation: textIn(answer['feedback']) };
}

/** Nothing but digits, a sign and a point: *0x1F* and *1,5* are no numbers. */
function numberIn(text: string): number {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : NaN;
}

/** A text where it stands in a part of its own, with how it is written. */
function textIn(part: unknown): string {
  const node = Array.isArray(part) ? (part[0] as unknown) : part;
  if (!isNode(node)) return valueIn(node).trim();
  const text = valueIn(node['text'] ?? node);
  const format = node['@format'];
  if (format === 'plain_text' || format === 'markdown') return text;
  const isHtml = format === 'html' || /<\/?[a-z][^<>]{0,500}>|&(?:#\d+|[a-z]+);/i.test(text);
  return isHtml ? textOfHtml(text) : text.trim();
}

function valueIn(part: unknown): string {
  const one: unknown = Array.isArray(part) ? part[0] : part;
  if (typeof one === 'string') return one;
  return isNode(one) && typeof one['#text'] === 'string' ? one['#text'] : '';
}

function list(part: unknown): Node[] {
  return Array.isArray(part) ? part.map((one: unknown) => (isNode(one) ? one : { '#text': one })) : [];
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

function hasFiles(node: Node): boolean {
  return (
    ['questiontext', 'generalfeedback'].some((part) => isNode(node[part]) && Array.isArray(node[part]['file'])) || 'image_base64' in node
  );
}
