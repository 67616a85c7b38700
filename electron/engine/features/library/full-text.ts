import { fold } from '../../../../shared/kernel/text.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';

/** The most words of a search that count; more only narrow what is found already. */
const WORDS = 12;

/**
 * The ids of entities of these types whose text has every word of `text`, by its beginning and without accents: `traîn` finds
 * *Training*. null when `text` holds no word, and everything is meant.
 */
export function searchFullText(reader: Reader, text: string, types: readonly string[]): ReadonlySet<Id> | null {
  const words =
    fold(text)
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, WORDS) ?? [];
  if (words.length === 0) return null;
  const query = words.map((word) => `"${word}"*`).join(' ');
  const rows = reader.all<{ id: Id }>(
    `select s.id from search join searchable s on s.rowid = search.rowid where search match ? and s.type in (${types.map(() => '?').join(', ')})`,
    query,
    ...types,
  );
  return new Set(rows.map(({ id }) => id));
}
