import type { Id } from '../../kernel/ids.ts';

/** An activity as its place among others is told. */
export interface Placed {
  readonly id: Id;
  /** The activity that it is a part of; null: of none. */
  readonly partOf: Id | null;
  /** The entry of the calendar from which it was opened: what is a part of that one is a part of this one. */
  readonly entryId: Id | null;
}

/** Returns the activities that followed from one: its parts, and theirs, in the order in which they are given. It is none of them, even where two laptops wrote a circle. */
export function followersOf<A extends Placed>(activities: readonly A[], id: Id): A[] {
  const opened = new Map(activities.flatMap(({ id: workshop, entryId }) => (entryId === null ? [] : [[entryId, workshop] as const])));
  const standing = (one: Id): Id => opened.get(one) ?? one;
  const found = new Set([standing(id)]);
  // A part may be listed before what it is a part of.
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { id: part, partOf } of activities) if (partOf !== null && found.has(standing(partOf))) found.add(standing(part));
  }
  found.delete(standing(id));
  return activities.filter((one) => found.has(one.id));
}
