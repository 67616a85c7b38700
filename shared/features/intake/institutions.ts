import { nameWords } from './names.ts';
import { SMALL_IN_INSTITUTIONS } from './small-words.ts';

export type Relation = 'same' | 'different' | 'unknown';

/**
 * Whether the words of two texts (`institutionWords`) name one institution: the same words, one with words more (*Cour d’appel* and *Cour d’appel de Bamako*), or one as the initials of the other (*TGI*).
 * *Parquet de Dakar* and *Parquet de Thiès* differ.
 */
export function institutionRelation(words: readonly string[], others: readonly string[]): Relation {
  if (words.length === 0 || others.length === 0) return 'unknown';
  const [short, long] = words.length <= others.length ? [words, others] : [others, words];
  if (short.every((word) => long.includes(word))) return 'same';
  return initialsOf(long).startsWith(short.join('')) && short.length === 1 && short[0]!.length > 1 ? 'same' : 'different';
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => word[0]).join('');
}

/** The words of an institution's name that tell it from others. */
export function institutionWords(text: string): string[] {
  return nameWords(text).filter((word) => !SMALL_IN_INSTITUTIONS.has(word));
}
