import { nameWords } from './names.ts';

export type Relation = 'same' | 'different' | 'unknown';

/** Words that tell nothing of which institution it is. */
const SMALL = new Set([
  'de',
  'da',
  'do',
  'dos',
  'das',
  'du',
  'des',
  'del',
  'd',
  'la',
  'le',
  'les',
  'l',
  'el',
  'los',
  'las',
  'of',
  'the',
  'for',
  'pour',
  'para',
  'et',
  'and',
  'y',
  'e',
  'a',
  'o',
  'en',
  'no',
  'na',
  'in',
  'au',
  'aux',
  'pres',
  'al',
]);

/**
 * Whether two texts name one institution: the same words, one with words more (*Cour d’appel* and *Cour d’appel de Bamako*), or one as the initials of the other (*TGI*).
 * *Parquet de Dakar* and *Parquet de Thiès* differ.
 */
export function institutionRelation(one: string, other: string): Relation {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  if (words.length === 0 || others.length === 0) return 'unknown';
  const [short, long] = words.length <= others.length ? [words, others] : [others, words];
  if (short.every((word) => long.includes(word))) return 'same';
  return initialsOf(long).startsWith(short.join('')) && short.length === 1 && short[0]!.length > 1 ? 'same' : 'different';
}

function wordsOf(text: string): string[] {
  return nameWords(text).filter((word) => !SMALL.has(word));
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => word[0]).join('');
}
