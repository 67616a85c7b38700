import type { Id } from '../../kernel/ids.ts';

/** Whether an activity that is said to be a part of another one would be a part of itself, however far. `wholeOf`: what an activity is a part of. */
export function isPartOfItself(id: Id, partOf: Id, wholeOf: (id: Id) => Id | null): boolean {
  const met = new Set<Id>();
  // What two laptops wrote apart may lead in a circle already.
  for (let at: Id | null = partOf; at !== null && !met.has(at); at = wholeOf(at)) {
    if (at === id) return true;
    met.add(at);
  }
  return false;
}
