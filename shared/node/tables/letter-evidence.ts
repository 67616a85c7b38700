import { APOSTROPHES, BESIDE_WORDS, LATIN, ORDINALS, type LanguageLetters } from './encoding-letters.ts';

/** The cost of a letter that the language does not have, or a sign within a word. */
const FOREIGN = 6;
const SIGN = 8;
/** The cost of a code that stands for nothing. */
const NOTHING = 12;
const OTHER_LANGUAGE = 1;

const COST = new Map(LATIN.map(({ language, letters }) => [language, new Map([...letters].map((letter, rank) => [letter, 1 + rank / 4]))]));
const PAIRS = new Map(LATIN.map(({ language, pairs }) => [language, new Set(pairs)]));

/**
 * How badly words read, by the letters that results: 0 for none that is beyond ASCII, more for letters that no language of a word has, for signs and changes of case
 * within a word, for two scripts in one word, for codes that stand for nothing. Words are read in the language that most of them are in, or each in another.
 */
export function oddness(words: readonly string[]): number {
  const read = words.map(wordOddness);
  const whole = (language: string): number => sum(read.map((word) => word.common + (word.latin.get(language) ?? 0)));
  const main = LATIN.map(({ language }) => language).reduce((best, one) => (whole(one) < whole(best) ? one : best));
  return sum(read.map(({ common, latin }) => common + Math.min(latin.get(main) ?? 0, OTHER_LANGUAGE + Math.min(...latin.values()))));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

interface WordOddness {
  readonly common: number;
  /** By language of Latin script; the same for each where no letter is beyond ASCII. */
  readonly latin: ReadonlyMap<string, number>;
}

function wordOddness(word: string): WordOddness {
  const signs = [...word];
  let common = caseOddness(signs) + scriptOddness(word);
  for (const [at, sign] of signs.entries()) {
    if (sign < '\u0080' || LATIN_LETTER.test(sign)) {
      if (sign >= '\u0080') common += soundOddness(signs, at);
    } else common += signOddness(sign, signs[at - 1] ?? '', signs[at + 1] ?? '');
  }
  return { common, latin: new Map(LATIN.map((language) => [language.language, lettersOddness(signs, language)])) };
}

const LATIN_LETTER = /^(?![ªº])\p{Script=Latin}$/u;
const LETTER = /^\p{L}$/u;

function lettersOddness(signs: readonly string[], { language }: LanguageLetters): number {
  let total = 0;
  let before = '';
  for (const sign of signs) {
    const small = sign.toLowerCase() === 'i̇' ? 'ı' : sign.toLowerCase();
    const beyond = sign >= '\u0080' && LATIN_LETTER.test(sign);
    if (beyond) {
      total += COST.get(language)!.get(small) ?? FOREIGN;
      if (before !== '' && !PAIRS.get(language)!.has(before + small)) total += 2;
    }
    before = beyond ? small : '';
  }
  return total;
}

/** Words are small, capital, or begin with a capital; `Mc` and `De` in front are the least of exceptions. */
function caseOddness(signs: readonly string[]): number {
  let total = 0;
  let capitals = 0;
  let before: 'small' | 'capital' | '' = '';
  for (const sign of signs) {
    const small = sign.toLowerCase();
    const now = small === sign.toUpperCase() ? '' : sign === small ? 'small' : 'capital';
    if (now === 'capital' && before === 'small') total += 4;
    // A capital with an accent is hard to type: KONé.
    if (now === 'small' && before === 'capital' && capitals > 1) total += 2.5;
    capitals = now === 'capital' ? capitals + 1 : 0;
    before = now;
  }
  return total;
}

const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u, /\p{Script=Greek}/u];

function scriptOddness(word: string): number {
  const letters = word.replace(/[ªº]/g, '');
  return SIGN * Math.max(0, SCRIPTS.filter((script) => script.test(letters)).length - 1);
}

/** Vowels stand among consonants and consonants among vowels, more often than not. */
function soundOddness(signs: readonly string[], at: number): number {
  const [before, here, after] = [soundOf(signs[at - 1]), soundOf(signs[at]), soundOf(signs[at + 1])];
  if (here === 'consonant' && before === here && after === here) return 2;
  if (here === 'vowel' && before === here && after === here) return 1.5;
  return 0;
}

function soundOf(sign: string | undefined): 'vowel' | 'consonant' | '' {
  const base = (sign ?? '').normalize('NFD').charAt(0).toLowerCase();
  if (/[aeiouæøœıə]/.test(base)) return 'vowel';
  // R and y are either.
  return /[ry]/.test(base) || !LATIN_LETTER.test(base) ? '' : 'consonant';
}

function signOddness(sign: string, before: string, after: string): number {
  const within = LETTER.test(before) && LETTER.test(after);
  if (sign === '\ufffd' || /[\u0080-\u009f\uf8ff]/.test(sign)) return NOTHING;
  if (/\p{Script=Cyrillic}|\p{Script=Arabic}/u.test(sign)) return 0.25;
  // No list here is in another script: two bytes that happen to be one of its signs.
  if (/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/u.test(sign)) return NOTHING;
  if (LETTER.test(sign) && !ORDINALS.includes(sign)) return 2;
  if (APOSTROPHES.includes(sign)) return within ? 0.8 : 2.5;
  if (ORDINALS.includes(sign)) return /^[\dnN]$/.test(before) && !LETTER.test(after) ? 1.2 : SIGN;
  if (BESIDE_WORDS.includes(sign)) return within ? SIGN - 1 : 1.2;
  return SIGN + (/[\u2500-\u259f\u2200-\u22ff]/.test(sign) ? 1 : 0);
}
