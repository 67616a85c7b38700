import { fold, LANGUAGES } from '../../kernel/text.ts';
import { LONGEST_ANSWER } from '../../model/evaluation.ts';
import { saysNothing } from '../intake/nothing-said.ts';
import { isNoOpinion, polarity, scaleWord } from './answer-words.ts';
import type { AnswerFault, FormItem } from './answers.ts';
import { parseAnswer, SCALE } from './answer-codec.ts';

/** The habits of a file in writing answers, found over all of it. */
export interface AnswerHabits {
  /** 1 is its best. */
  readonly reversed: boolean;
  /** *Rather agree* stands beside *agree*: its scale is longer than ours, and such words name no step of ours. */
  readonly longScale: boolean;
  /** What a person said of words that the table of words does not know: folded, the step or ''. */
  readonly words: ReadonlyMap<string, string>;
  /** Numbers stand for the options in their order; null: nobody said so. */
  readonly numberedOptions: boolean | null;
  /** What a person said of a text that is no answer to an item, by `answerKey`. */
  readonly said: ReadonlyMap<string, string>;
}

export const PLAIN_HABITS: AnswerHabits = { reversed: false, longScale: false, words: new Map(), numberedOptions: null, said: new Map() };

/** Returns the key of the question which answer a text is to an item. */
export function answerKey(item: FormItem, text: string): string {
  return `answer ${item.id} ${fold(text)}`;
}

/** The outcome of reading an answer. `wordUnknown`, `optionNumbered`: one answer of a person settles it for the whole file. */
export type ReadAnswer = { readonly answer: string } | { readonly fault: AnswerFault | 'answer.wordUnknown' | 'answer.optionNumbered' };

/** Reads the answer that a cell holds, as it is kept; '' for a blank, *N/A* and *no opinion*. An answer is never guessed: what cannot be read is a fault. */
export function readAnswer(item: FormItem, text: string, habits: AnswerHabits = PLAIN_HABITS): ReadAnswer {
  const trimmed = text.trim();
  if (item.type === 'open') {
    if (NO_WORDS.test(trimmed)) return { answer: '' };
    return trimmed.length > LONGEST_ANSWER ? { fault: 'answer.tooLong' } : { answer: trimmed };
  }
  if (trimmed === '') return { answer: '' };
  const read = readTyped(item, trimmed, habits);
  const said = 'fault' in read ? habits.said.get(answerKey(item, trimmed)) : undefined;
  return said !== undefined && (said === '' || stepsOf(item).includes(said)) ? { answer: said } : read;
}

function readTyped(item: FormItem, text: string, habits: AnswerHabits): ReadAnswer {
  if (item.type === 'scale') return readStep(text, habits);
  if (isOneOption(item)) return readChoice(item, text, habits);
  return saysNothing(text) ? { answer: '' } : parseAnswer(item, text);
}

/** Whether an item is answered by one of its options, which a file may name by its letter, its number or its words. */
function isOneOption({ type }: FormItem): boolean {
  return type === 'choice' || type === 'trueFalse' || type === 'consent';
}

/** The answers that an item knows: the letters of its options, or the steps of the scale. */
export function stepsOf({ type, options }: FormItem): readonly string[] {
  return type === 'scale' ? SCALE : Object.keys(options);
}

/** Signs that say nothing, in a place where words are expected: *nothing* itself is an answer there. */
const NO_WORDS = /^(?:[-–—.…/_?*·•\s]*|n\s*\/\s*[ad]|s\s*\/\s*[or]|#n\/?a)$/iu;

/** A number and words beside it, in either order. */
interface Step {
  readonly number: string | null;
  readonly label: string;
}

/** Parses a step of a scale into its number and its words: `4`, `4,0`, `4/5`, `4 - Agree`, `Agree (4)`, `4 = …` and stars. */
export function stepOf(text: string): Step | null {
  const stars = /^[★⭐✦*]{1,5}[☆✩]*$/u.exec(text);
  if (stars) return { number: String([...text].filter((sign) => !/[☆✩]/u.test(sign)).length), label: '' };
  const before = /^[([]?\s*(-?\d{1,4})(?:[.,]0+)?\s*[)\]]?\s*(?:\/\s*5(?!\d))?\s*(?:[-–—=:.)]+\s*)?(?![\d.,])(.*)$/u.exec(text);
  if (before && /\d/.test(before[2]!.replace(FILLER_WORDS, ''))) return null;
  if (before) return { number: before[1]!, label: FILLERS.test(fold(before[2]!)) ? '' : before[2]!.replace(/^[(]|[)]$/g, '').trim() };
  const after = /^(\D+?)\s*[([:=–—-]\s*(\d{1,4})\s*[)\]]?$/u.exec(text);
  if (after) return { number: after[2]!, label: after[1]!.trim() };
  return /\d/.test(text) ? null : { number: null, label: text };
}

const FILLER_WORDS = /(?:sur|out of|of|de|em|en) 5/iu;
const FILLERS = /^(?:points?|pts|etoiles?|stars?|estrellas?|estrelas?|puntos|pontos|sur 5|out of 5|of 5|de 5|em 5|en 5|valores)?$/;

function readStep(text: string, habits: AnswerHabits): ReadAnswer {
  if (saysNothing(text) || isNoOpinion(text)) return { answer: '' };
  const step = stepOf(text);
  if (step === null) return { fault: 'answer.scaleUnknown' };
  const { number, label } = step;
  if (number !== null && !isStep(number)) return { fault: 'answer.scaleUnknown' };
  const word = label === '' ? null : scaleWord(label);
  if (word !== null && !(word.soft && habits.longScale)) {
    // The words say what was meant; a number that says another step of the same direction is another scale.
    if (number !== null && number !== (habits.reversed ? turned(word.value) : word.value)) return { fault: 'answer.scaleUnknown' };
    return { answer: word.value };
  }
  if (number !== null) return { answer: habits.reversed ? turned(number) : number };
  const said = habits.words.get(fold(label));
  return said === undefined ? { fault: 'answer.wordUnknown' } : { answer: said };
}

function isStep(number: string): boolean {
  return (SCALE as readonly string[]).includes(number);
}

function turned(number: string): string {
  return String(6 - Number(number));
}

function readChoice(item: FormItem, text: string, habits: AnswerHabits): ReadAnswer {
  const plain = parseAnswer(item, text);
  if ('answer' in plain) return plain;
  const options = optionsOf(item);
  const worded = options.get(keyOf(text));
  if (worded !== undefined) return worded === null ? plain : { answer: worded };
  const lettered = /^[([]?\s*([a-z])\s*[)\].:]?\s*(?:[-–—=]\s*)?(?:[)\].:–—=-]|\s)\s*(.+)$/iu.exec(text);
  if (lettered && Object.hasOwn(item.options, lettered[1]!.toLowerCase())) {
    const [letter, rest] = [lettered[1]!.toLowerCase(), options.get(keyOf(lettered[2]!))];
    const meant = rest === undefined ? begins(options, lettered[2]!) : rest;
    // A letter with the words of another option: the file has the options in another order.
    if (meant !== null) return meant === letter ? { answer: letter } : plain;
  }
  const single = /^[([]\s*([a-z])\s*[)\]]$/iu.exec(text)?.[1]?.toLowerCase();
  if (single !== undefined && Object.hasOwn(item.options, single)) return { answer: single };
  const numbered = /^\(?(\d{1,2})(?:[.,]0+)?[).]?$/.exec(text)?.[1];
  if (numbered !== undefined) {
    const letter = Object.keys(item.options).sort()[Number(numbered) - 1];
    if (letter === undefined || habits.numberedOptions === false) return plain;
    return habits.numberedOptions === true ? { answer: letter } : { fault: 'answer.optionNumbered' };
  }
  const begun = begins(options, text);
  if (begun !== null) return { answer: begun };
  return saysNothing(text) || isNoOpinion(text) ? { answer: '' } : plain;
}

/** The option of which a text is the beginning, as tools cut them; null where it may be two, or is too short to tell. */
function begins(options: ReadonlyMap<string, string | null>, text: string): string | null {
  const key = keyOf(text);
  if (key.length < 8) return null;
  const letters = new Set([...options].flatMap(([option, letter]) => (option.startsWith(key) ? [letter] : [])));
  return letters.size === 1 ? [...letters][0]! : null;
}

const optionsByItem = new WeakMap<FormItem, ReadonlyMap<string, string | null>>();

/** The options' wordings, to letters; null where two options bear one wording. */
function optionsOf(item: FormItem): ReadonlyMap<string, string | null> {
  const known = optionsByItem.get(item);
  if (known) return known;
  const options = new Map<string, string | null>();
  for (const [letter, text] of Object.entries(item.options)) {
    for (const language of LANGUAGES) {
      const key = keyOf(text[language] ?? '');
      if (key !== '') options.set(key, options.has(key) && options.get(key) !== letter ? null : letter);
    }
  }
  optionsByItem.set(item, options);
  return options;
}

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The direction of a file's scale: `both` where it says one thing here and the other there. */
export type Direction = 'best5' | 'best1' | 'both' | null;

/** Finds the direction by words beside numbers, in answers (`1 - Strongly agree`) and in legends (`1 = pas du tout d’accord`). */
export function directionOf(answers: Iterable<string>, legends: Iterable<string>): Direction {
  const said = new Set<'best5' | 'best1'>();
  const hear = (number: string, label: string): void => {
    const side = Math.sign(Number(number) - 3);
    const sense = polarity(label);
    if (isStep(number) && side !== 0 && sense !== 0) said.add(side === sense ? 'best5' : 'best1');
  };
  for (const text of answers) {
    const step = stepOf(text.trim());
    if (step && step.number !== null && step.label !== '') hear(step.number, step.label);
  }
  for (const text of legends) {
    for (const [, number, label] of text.matchAll(/(?<![\d.,])([1-5])\s*[=:–—-]\s*([^\d;,/|()[\]=]{3,40})/gu)) hear(number!, label!);
    for (const [, label, number] of text.matchAll(/([\p{L}’'\s-]{3,40}?)\s*[=(]\s*([1-5])(?![\d.,])/gu)) hear(number!, label!);
  }
  return said.size === 0 ? null : said.size === 2 ? 'both' : [...said][0]!;
}

/** Whether answers belong to a scale longer than ours: words are there that are steps of ours only on a scale without *agree* beside *rather agree*. */
export function isLongScale(answers: Iterable<string>): boolean {
  const plain = new Set<string>();
  const soft = new Set<string>();
  for (const text of answers) {
    const word = scaleWord(stepOf(text.trim())?.label ?? '');
    if (word) (word.soft ? soft : plain).add(word.value);
  }
  return ['2', '4'].some((value) => plain.has(value) && soft.has(value));
}
