import { fold } from '../../kernel/text.ts';
import { LEFT_OUT_OF_NAMES } from './small-words.ts';

/** The parts of a name as a row or a record has them; `wholeName`: undivided, its words in any order. */
export interface NameParts {
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly wholeName?: string | undefined;
}

/** A name made ready for comparing. */
export interface ComparedName {
  /** Words without case, accents and marks; particles left out. */
  readonly family: readonly string[];
  readonly given: readonly string[];
  /** Nothing says which of the words are the family name; all stand in `family`. */
  readonly undivided: boolean;
  /** Family name first. */
  readonly words: readonly string[];
  /** Two names share one of these where their words are the same in any order, or run together the same in either order of the two parts. */
  readonly equalKeys: readonly string[];
}

/**
 * The relations of two names, the nearest first. `equal`: only marks, case, accents, blanks or particles differ, or the order of an undivided name. `turned`:
 * the same words, divided or ordered otherwise. `close`: one has a name more. `initials`: one has letters for names. `similar`: spelt otherwise, sounding
 * alike. `part`: only the family or only the given name is the same. `other`: nothing of this.
 */
export type NameRelation = 'equal' | 'turned' | 'close' | 'initials' | 'similar' | 'part' | 'other';

// Longer names are compared by their first words; what a comparison costs stays bounded.
const MOST_WORDS = 8;

/** The words of a name without case, accents, apostrophes, hyphens and signs that nobody sees. */
export function nameWords(text: string): string[] {
  // An acute accent standing alone is an apostrophe; decomposed it would leave a blank.
  const words = fold(text.replace(/\p{Cf}+/gu, '').replace(/\u00B4/g, "'")).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, MOST_WORDS);
}

/** Makes a name ready for comparing; null where it has no word. */
export function comparedName({ familyName = '', givenName = '', wholeName = '' }: NameParts): ComparedName | null {
  const divided = familyName !== '' && givenName !== '';
  const family = withoutParticles(nameWords(divided ? familyName : familyName || givenName || wholeName));
  if (family.length === 0) return null;
  const given = divided ? withoutParticles(nameWords(givenName)) : [];
  const words = [...family, ...given];
  const [first, last] = [family.join(''), given.join('')];
  const equalKeys = [...new Set([`=${first}${last}`, `=${last}${first}`, `~${[...words].sort().join(' ')}`])];
  return { family, given, undivided: familyName === '', words, equalKeys };
}

/** Equal for names that sound alike: doubled letters, vowels and what is seldom heard are left out. */
export function soundKey(name: ComparedName): string {
  return name.words.map(sound).sort().join(' ');
}

/** How two names go together. */
export function nameRelation(one: ComparedName, other: ComparedName): NameRelation {
  if (one.equalKeys.some((key) => other.equalKeys.includes(key))) return equalOrTurned(one, other);
  const matched = matchedWords(one, other);
  if (matched !== null) return matched;
  if (soundsAlike(one, other)) return 'similar';
  return sharesPart(one, other) ? 'part' : 'other';
}

function equalOrTurned(one: ComparedName, other: ComparedName): NameRelation {
  if (one.undivided || other.undivided || one.given.length === 0 || other.given.length === 0) return 'equal';
  // *Marie DIOP | Awa* beside *Marie | DIOP Awa* is another cut; *Moussa | Traore* beside *Traore | Moussa* may be two people.
  return one.words.join('') === other.words.join('') ? 'equal' : 'turned';
}

/** `close` or `initials` where every word of the shorter name stands in the longer one and both parts of the name are among them. */
function matchedWords(one: ComparedName, other: ComparedName): 'close' | 'initials' | null {
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  if (short.words.length < 2) return shortName(short, long);
  const free = [...long.words];
  const isGiven = longGiven(long);
  let initials = false;
  let [family, given] = [false, false];
  for (const word of [...short.words].sort((a, b) => b.length - a.length)) {
    const at = matchAt(word, free);
    if (at < 0) return null;
    const [found] = free.splice(at, 1);
    if (found !== word) initials = true;
    if (isGiven === null) continue;
    if (isGiven.has(found!)) given = true;
    else family = true;
  }
  // Two given names and no family name tell nobody.
  if (isGiven !== null && !(family && given)) return null;
  if (!short.undivided && !long.undivided && !familiesMeet(short, long)) return null;
  return initials ? 'initials' : 'close';
}

/** A name of one word is near a longer one only where it is the whole family name and no given name is known. */
function shortName(short: ComparedName, long: ComparedName): 'close' | null {
  const [word] = short.family;
  return !long.undivided && long.given.length > 0 && (long.family.join('') === word || (short.undivided && long.given.join('') === word))
    ? 'close'
    : null;
}

function longGiven(long: ComparedName): ReadonlySet<string> | null {
  return long.undivided || long.given.length === 0 ? null : new Set(long.given);
}

function familiesMeet(one: ComparedName, other: ComparedName): boolean {
  return one.family.join('') === other.family.join('') || one.family.some((word) => word.length > 1 && other.family.includes(word));
}

function matchAt(word: string, free: readonly string[]): number {
  const exact = free.indexOf(word);
  if (exact >= 0) return exact;
  return free.findIndex((other) => (isInitial(word) && other.startsWith(word)) || (isInitial(other) && word.startsWith(other)));
}

function isInitial(word: string): boolean {
  return /^\p{L}$/u.test(word);
}

function soundsAlike(one: ComparedName, other: ComparedName): boolean {
  return one.words.length === other.words.length && soundKey(one) === soundKey(other);
}

/** A code is no word: of P100 and P110 the second is somebody else. */
const HAS_DIGIT = /\p{N}/u;

function sound(word: string): string {
  if (word.length < 4 || HAS_DIGIT.test(word)) return word;
  const heard = word.replaceAll('ph', 'f').replaceAll('ou', 'u').replaceAll('w', 'u');
  return (
    heard[0]! +
    heard
      .slice(1)
      .replace(/[aeiouyh]/g, '')
      .replace(/(.)\1+/gu, '$1')
  );
}

function sharesPart(one: ComparedName, other: ComparedName): boolean {
  if (one.undivided || other.undivided) return one.words.some((word) => word.length > 1 && other.words.includes(word));
  const given = one.given.join('');
  return one.family.join('') === other.family.join('') || (given !== '' && given === other.given.join(''));
}

function withoutParticles(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !LEFT_OUT_OF_NAMES.has(word));
  return kept.length > 0 ? kept : words;
}
