import type { Id } from '../../../kernel/ids.ts';
import { fold } from '../../../kernel/text.ts';
import type { ListedPerson } from '../rules.ts';

/** The person that a cell names, or why it names none. */
export type NamedPerson = { readonly id: Id } | { readonly fault: 'person.unknown' | 'person.ambiguous' };

/**
 * Finds people of a workshop by the list's own id, in any case, else by their id here. `ambiguous`: two of them share the list's id,
 * and neither is guessed.
 */
export function personFinder(people: readonly ListedPerson[]): (text: string) => NamedPerson {
  const byKey = new Map<string, NamedPerson>();
  for (const { id, ref } of people) {
    for (const key of new Set([id, fold(ref)])) {
      if (key !== '') byKey.set(key, byKey.has(key) ? { fault: 'person.ambiguous' } : { id });
    }
  }
  return (text) => byKey.get(fold(text)) ?? { fault: 'person.unknown' };
}
