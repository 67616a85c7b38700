import { FIXED_OPTIONS } from '../form/fixed-options.ts';
import { isDay } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import { LONGEST_ANSWER } from '../../model/evaluation.ts';
import type { AnswerFault, FormItem } from './answers.ts';

/** An answer as it is kept in a sheet, and what it says. A sheet keeps one text an item: the form of each type is here and nowhere else. */

/** The meaning of an answer. */
export type Given =
  | { readonly is: 'option'; readonly option: string }
  | { readonly is: 'options'; readonly options: readonly string[] }
  | { readonly is: 'rows'; readonly rows: Readonly<Record<string, string>> }
  | { readonly is: 'order'; readonly order: readonly string[] }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'day'; readonly day: string }
  | { readonly is: 'words'; readonly words: string };

/** The part of an item by which its answers are written and read. */
export type AnswerTerms = Pick<FormItem, 'type' | 'options' | 'rows'>;

export const SCALE = ['1', '2', '3', '4', '5'] as const;

/** Returns what a kept answer says; null where it is none of this item's, as where an option was taken out since. */
export function decodeAnswer(item: AnswerTerms, answer: string): Given | null {
  const options = Object.keys(item.options);
  switch (item.type) {
    case 'choice':
    case 'trueFalse':
    case 'consent':
      return options.includes(answer) ? { is: 'option', option: answer } : null;
    case 'scale':
      return (SCALE as readonly string[]).includes(answer) ? { is: 'option', option: answer } : null;
    case 'several':
    case 'ranking': {
      const named = answer.split(',');
      if (new Set(named).size !== named.length || named.some((one) => !options.includes(one))) return null;
      return item.type === 'ranking' ? { is: 'order', order: named } : { is: 'options', options: named };
    }
    case 'matrix': {
      const rows = answer.split(',').map((cell) => cell.split(':') as [string, string?]);
      const isOne = ([row, option]: readonly [string, string?]): boolean =>
        Object.hasOwn(item.rows ?? {}, row) && option !== undefined && options.includes(option);
      return rows.every(isOne) && new Set(rows.map(([row]) => row)).size === rows.length
        ? { is: 'rows', rows: Object.fromEntries(rows) as Record<string, string> }
        : null;
    }
    case 'number':
      return NUMBER.test(answer) ? { is: 'number', number: Number(answer) } : null;
    case 'date':
      return isDay(answer) ? { is: 'day', day: answer } : null;
    case 'open':
      return { is: 'words', words: answer };
  }
}

/** The text in which a sheet keeps what was answered: options and rows in the item's own order, so that one answer has one text. */
export function encodeAnswer(item: Pick<AnswerTerms, 'options' | 'rows'>, given: Given): string {
  const inOrder = Object.keys(item.options);
  switch (given.is) {
    case 'option':
      return given.option;
    case 'options':
      return inOrder.filter((option) => given.options.includes(option)).join(',');
    case 'order':
      return given.order.join(',');
    case 'rows':
      return Object.keys(item.rows ?? {})
        .flatMap((row) => (given.rows[row] === undefined ? [] : [`${row}:${given.rows[row]}`]))
        .join(',');
    case 'number':
      return decimal(given.number);
    case 'day':
      return given.day;
    case 'words':
      return given.words;
  }
}

/**
 * Returns an answer as it is kept, of what somebody typed: an option by its letter in either case (`B`, `b)`), several of them in any order (`c, a`), a row of a matrix with its option
 * (`1: b`), a number with a comma or a point, a day as `2026-03-02`; '' for a blank. The fault otherwise: an answer is never guessed.
 */
export function parseAnswer(item: FormItem, text: string): { readonly answer: string } | { readonly fault: AnswerFault } {
  const trimmed = text.trim();
  if (trimmed === '') return { answer: '' };
  if (trimmed.length > LONGEST_ANSWER) return { fault: 'answer.tooLong' };
  const read = decodeAnswer(item, typed(item, trimmed));
  return read === null ? { fault: FAULTS[item.type] ?? 'answer.letterUnknown' } : { answer: encodeAnswer(item, read) };
}

const FAULTS: Readonly<Partial<Record<FormItem['type'], AnswerFault>>> = {
  scale: 'answer.scaleUnknown',
  number: 'answer.numberUnknown',
  date: 'answer.dayUnknown',
};

/** The canonical form of what somebody typed, where there is one. */
function typed(item: FormItem, text: string): string {
  const nameOf = (one: string): string => optionNamed(Object.keys(item.options), one);
  switch (item.type) {
    case 'choice':
    case 'trueFalse':
    case 'consent':
      return nameOf(WORDS[fold(text)]?.[item.type] ?? optionSaying(item.type, text) ?? text);
    case 'several':
    case 'ranking':
      return text
        .split(/[,;>\s]+/u)
        .filter((one) => one !== '')
        .map(nameOf)
        .join(',');
    case 'matrix':
      return text
        .split(/[,;\n]+/u)
        .map((cell) => cell.split(/[:=]/u))
        .map((cell) => (cell.length === 2 ? `${optionNamed(Object.keys(item.rows ?? {}), cell[0]!)}:${nameOf(cell[1]!)}` : cell.join(':')))
        .join(',');
    case 'scale':
      return text.replace(/[.,]0+$/u, '');
    case 'number':
      return plainNumber(text);
    case 'date':
    case 'open':
      return text;
  }
}

/** Words that say one of two in the four languages. */
const WORDS: Readonly<Record<string, Readonly<Partial<Record<FormItem['type'], string>>>>> = Object.fromEntries(
  (
    [
      ['true t vrai v verdadero verdadeiro', { trueFalse: 'true' }],
      ['false f faux falso', { trueFalse: 'false' }],
      ['yes y oui si sim', { consent: 'yes' }],
      ['no n non nao', { consent: 'no' }],
    ] as const
  ).flatMap(([words, said]) => words.split(' ').map((word) => [word, said])),
);

/** The option of a type that always has the same ones which says this in one of the languages; undefined where none does. */
function optionSaying(type: FormItem['type'], text: string): string | undefined {
  const options = Object.entries(FIXED_OPTIONS[type] ?? {});
  return options.find(([, texts]) => Object.values(texts).some((one) => fold(one) === fold(text)))?.[0];
}

function optionNamed(options: readonly string[], text: string): string {
  const said = fold(text).replace(/[).]$/u, '');
  return options.find((option) => option === text.trim()) ?? options.find((option) => fold(option) === said) ?? text.trim();
}

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

/** A number with a point and without the blanks of thousands; a text that is none stays as it is. */
function plainNumber(text: string): string {
  const bare = text.replace(/[\s\u00A0\u202F']/gu, '').replace(',', '.');
  // Thousands to some, a decimal to others.
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return text;
  if (!/^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(bare)) return text;
  return decimal(Number(bare));
}

function decimal(number: number): string {
  if (Number.isInteger(number)) return String(number === 0 ? 0 : number);
  return number.toFixed(9).replace(/\.?0+$/u, '');
}
