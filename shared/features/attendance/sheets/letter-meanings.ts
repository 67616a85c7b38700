import type { SheetRow } from '../../../kernel/source.ts';
import type { Language } from '../../../kernel/text.ts';
import { MARKS, STATUSES, type Mark, type Status } from '../../../model/vocabularies.ts';
import { lettersOf, markOfLetter, type LetterSet } from '../letters.ts';
import { keyOf, statusOfPhrase, statusOfWord } from './status-words.ts';

/** The statuses that letters stand for on the sheets of institutions, beside Itinera's own, by language. */
const USUAL: Readonly<Record<Language, Readonly<Record<string, readonly Mark[]>>>> = {
  en: {
    P: ['present'],
    A: ['absent'],
    L: ['late'],
    T: ['late'],
    E: ['excused'],
    N: ['absent'],
    Y: ['present'],
    U: ['absent'],
    AE: ['excused'],
    EA: ['excused'],
    V: ['present'],
  },
  fr: {
    ...{
      P: ['present'],
      A: ['absent'],
      R: ['late'],
      E: ['excused'],
      J: ['excused'],
      D: ['leftEarly', 'excused'],
      O: ['present'],
      N: ['absent'],
      V: ['present'],
    },
    ...{
      AJ: ['excused'],
      AE: ['excused'],
      ABS: ['absent'],
      EXC: ['excused'],
      RET: ['late'],
      ANJ: ['absent'],
      AI: ['absent'],
      PR: ['present'],
      AB: ['absent'],
    },
  },
  es: {
    ...{
      P: ['present'],
      A: ['present', 'absent'],
      F: ['absent'],
      R: ['late', 'leftEarly'],
      T: ['late'],
      J: ['excused'],
      E: ['excused'],
      S: ['present'],
      N: ['absent'],
    },
    ...{ FJ: ['excused'], FI: ['absent'], AJ: ['excused'], PE: ['excused'], L: ['excused', 'late'], I: ['absent'], V: ['present'] },
  },
  pt: {
    ...{
      P: ['present'],
      F: ['absent'],
      A: ['late', 'absent'],
      J: ['excused'],
      R: ['late', 'leftEarly'],
      T: ['late'],
      E: ['excused'],
      S: ['present'],
      N: ['absent'],
    },
    ...{ FJ: ['excused'], FI: ['absent'], C: ['present', 'absent'], D: ['excused', 'leftEarly'], V: ['present'] },
  },
};

/** Signs that one sheet ticks with and another strikes out with. */
const TICKS: ReadonlySet<string> = new Set(['X', '1', '×', '+', '*']);
/** A cross is the contrary of a tick where one stands beside it, a box with a cross that of an empty box. */
const CROSSES: ReadonlySet<string> = new Set(['✖', '✕', '🗙', '🗴', '⨯', '☒']);
const CHECKS: readonly string[] = ['✓', '✔', '☑', '✅', '√', '🗸'];
const NOTHINGS: ReadonlySet<string> = new Set(['0', '-']);

/** A text that no word list knows; longer ones are remarks. */
const LONGEST_ASKED = 24;
/** More different ones than these are no letters of a sheet. */
const MOST_ASKED = 15;

/** A letter, sign or word of a sheet's cells, with how many cells have it. */
export interface LetterUse {
  /** As written, in capitals where it is a letter. */
  readonly letter: string;
  readonly cells: number;
}

/** The evidence of what letters mean, beside the letters themselves. */
export interface LetterEvidence {
  readonly languages: readonly Language[];
  /** Of the sheet, by letter. */
  readonly legend: ReadonlyMap<string, Mark>;
  /** What a person said now or before, by letter; '' leaves the cells out. */
  readonly said: Readonly<Record<string, string>>;
  /** The sheet is Itinera's own, in this language, and so are its letters; null where it is not. */
  readonly own: Language | null;
  /** The letters that were chosen for the workshop's sheet; null: none. */
  readonly workshop: LetterSet | null;
}

/** The meaning of a letter. Where nobody knows, `status` is null and `possible` are the statuses that it may be, the likeliest first. */
export interface LetterMeaning {
  readonly status: Status | null;
  readonly by: 'said' | 'legend' | 'word' | 'own' | 'workshop' | 'usual' | 'asked' | 'unknown';
  readonly possible: readonly Status[];
}

/** Returns the letter, sign or word by which a cell's meaning is asked: a letter in capitals, else the text folded. */
export function letterOf(cell: string): string {
  const key = keyOf(cell);
  const sign = key === '' ? cell.trim() : key;
  return /^[\p{L}\d]{1,3}$/u.test(sign) && statusOfWord(sign) === undefined
    ? sign.toUpperCase()
    : sign === 'x' || sign === '×'
      ? 'X'
      : sign;
}

/** Returns the meaning of each letter of a sheet. `uses`: all that stand in its cells of marks. */
export function letterMeanings(uses: readonly LetterUse[], evidence: LetterEvidence): ReadonlyMap<string, LetterMeaning> {
  const present = new Set(uses.map(({ letter }) => letter));
  const cells = uses.reduce((sum, use) => sum + use.cells, 0);
  const unknown = uses.filter(({ letter }) => statusOfWord(letter) === undefined);
  return new Map(
    uses.map((use) => {
      const meaning = meaningOf(use, { ...evidence, present, cells });
      const isRemark =
        use.letter.length > LONGEST_ASKED || (unknown.length > MOST_ASKED && meaning.by === 'asked' && use.letter.length > 3);
      return [use.letter, isRemark && meaning.status === null ? { ...meaning, by: 'unknown' } : meaning];
    }),
  );
}

interface LetterContext extends LetterEvidence {
  readonly present: ReadonlySet<string>;
  readonly cells: number;
}

function meaningOf({ letter, cells }: LetterUse, context: LetterContext): LetterMeaning {
  const said = context.said[letter] ?? context.said[letter.toUpperCase()] ?? context.said[letter.toLowerCase()];
  const is = (status: Status, by: LetterMeaning['by']): LetterMeaning => ({ status, by, possible: [status] });
  if (said !== undefined) {
    const status = STATUSES.find((one) => one === said) ?? (said === '' ? 'notTaken' : undefined);
    if (status) return is(status, 'said');
  }
  const legend = context.legend.get(letter);
  if (legend) return is(legend, 'legend');
  const word = statusOfWord(letter);
  if (word && (letter.length > 1 || !/\p{L}/u.test(letter))) return is(word, 'word');
  const ask = (...possible: readonly Status[]): LetterMeaning => ({ status: null, by: 'asked', possible: [...new Set(possible)] });
  const chosen = context.workshop && markOfLetter(context.workshop, letter);
  if (chosen) {
    // A sheet of before they were chosen, or of somebody who does not know them, means by it what is usual.
    const otherwise = meantBesides(letter, context);
    return otherwise.length === 0 || otherwise.includes(chosen) ? is(chosen, 'workshop') : ask(chosen, ...otherwise);
  }
  const own = context.own && markOfLetter(lettersOf(context.own), letter);
  if (own) return is(own, 'own');
  if (CROSSES.has(letter) && CHECKS.some((sign) => context.present.has(sign))) return is('absent', 'usual');
  if (letter === '☒' && context.present.has('☐')) return is('present', 'usual');
  if (CROSSES.has(letter)) return ask('present', 'absent');
  if (TICKS.has(letter)) return isTick(context.present, letter) ? is('present', 'usual') : ask('present', 'absent');
  if (letter === '0') return context.present.has('1') ? is('absent', 'usual') : ask('absent', 'notTaken');
  if (NOTHINGS.has(letter)) return hasAbsence(context.present) ? is('notTaken', 'usual') : ask('absent', 'notTaken');
  const usual = usualIn(letter, context.languages);
  if (usual.length === 0) return ask(...MARKS);
  const settled = usual.length === 1 ? usual[0]! : settledBy(letter, usual, context);
  // A room in which nearly everybody is absent and nobody present is more likely marked in another way.
  const isOdd = settled === 'absent' && letter === 'A' && !saysPresent(context.present) && cells * 2 > context.cells;
  return settled && !isOdd ? is(settled, 'usual') : ask(...usual, ...(isOdd ? (['present'] as const) : []));
}

/** Returns the meaning of a letter to whoever knows nothing of a workshop's own letters. */
function meantBesides(letter: string, { own, languages }: Pick<LetterContext, 'own' | 'languages'>): Mark[] {
  if (own === null) return [...new Set(languages.flatMap((language) => USUAL[language][letter] ?? []))];
  return [markOfLetter(lettersOf(own), letter)].filter((mark) => mark !== undefined);
}

/**
 * Returns the statuses that a letter stands for where these languages are spoken: on sheets, and on Itinera's; and on its English ones, which a sheet of theirs may have been made after: a French R is
 * *retard* to whoever wrote it by hand and *remote* to whoever had the English list.
 */
function usualIn(letter: string, languages: readonly Language[]): Mark[] {
  const ours = (language: Language) => [markOfLetter(lettersOf(language), letter)].filter((mark) => mark !== undefined);
  return [...new Set([...languages.flatMap((language) => USUAL[language][letter] ?? ours(language)), ...ours('en')])];
}

/** The letters beside it settle some: with P for those who came and no F for those who did not, a Spanish A is *ausente*. */
function settledBy(letter: string, usual: readonly Mark[], { present, languages }: LetterContext): Mark | null {
  if (letter !== 'A' || !usual.includes('absent') || !present.has('P') || present.has('F')) return null;
  return languages.includes('pt') ? null : 'absent';
}

/** An x is a tick where nothing else says *present*; beside P it may strike out. A one beside noughts is always one. */
function isTick(present: ReadonlySet<string>, letter: string): boolean {
  if (letter === '1' && present.has('0')) return true;
  return ![...present].some((other) => other !== letter && (other === 'P' || statusOfWord(other) === 'present'));
}

function hasAbsence(present: ReadonlySet<string>): boolean {
  return [...present].some((other) => ['A', 'F', '0'].includes(other) || statusOfWord(other) === 'absent');
}

function saysPresent(present: ReadonlySet<string>): boolean {
  return [...present].some((other) => other === 'P' || TICKS.has(other) || statusOfWord(other) === 'present');
}

const ENTRY = /(?:^|[\s,;:(/|•·])(["'«]?)([\p{L}✓✔✗✘√×]{1,3}|\d|[-+*])\1\s*(?:=|:|→|⇒|–|-)\s*(\p{L}[\p{L}'’ ()-]*)/gu;

/** The legend that texts give: `P = présent, R = retard`; empty where they give none. */
export function legendIn(texts: readonly string[]): ReadonlyMap<string, Mark> {
  const legend = new Map<string, Mark>();
  for (const text of texts) {
    for (const [, , letter, phrase] of text.matchAll(ENTRY)) {
      const status = statusOfPhrase(phrase!);
      if (status && !legend.has(letterOf(letter!))) legend.set(letterOf(letter!), status);
    }
  }
  return legend;
}

/** Legends that stand in cells beside each other, a letter and its meaning, as `P = présent`: two such rows and more are one. */
export function legendRows(rows: readonly SheetRow[]): string[] {
  const pairs = rows.flatMap(({ cells }) => {
    const [letter, phrase, ...others] = cells.filter((cell) => cell !== '');
    return letter !== undefined &&
      phrase !== undefined &&
      others.length === 0 &&
      /^(\p{L}{1,3}|[✓✔✗✘√×+*-])$/u.test(letter) &&
      statusOfWord(phrase) !== undefined
      ? [`${letter} = ${phrase}`]
      : [];
  });
  return pairs.length > 1 ? pairs : [];
}
