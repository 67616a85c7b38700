import type { Head, ValueId } from '../../sync/types.ts';

/** The mark of one record of a person in a half-day. */
export interface LinkedMark {
  /** Its status values, the one shown first at index 0. */
  readonly heads: readonly Head[];
  /** Values of the person's other records over which its status was decided. */
  readonly settles: readonly ValueId[];
}

/**
 * The status values that the one cell of a person of several records holds, the one shown first at index 0: all that stand in their marks, but those over which somebody decided
 * in another of them, and *not yet taken* where another one says something. What differs among them is a conflict, as in any cell.
 */
export function linkedHeads(marks: readonly LinkedMark[]): Head[] {
  const settled = new Set(marks.flatMap(({ settles }) => settles));
  const standing = marks.flatMap(({ heads }) => heads).filter(({ id }) => !settled.has(id));
  const said = standing.filter(({ value }) => value !== 'notTaken');
  return (said.length > 0 ? said : standing).sort(shownFirst);
}

/** As values of one register are shown, see `shared/sync/register.ts`; where its order goes by the place in a change-set, by the value's id. */
function shownFirst(a: Head, b: Head): number {
  if (a.erased !== b.erased) return a.erased ? 1 : -1;
  if (a.tq !== b.tq) return b.tq - a.tq;
  if (a.t !== b.t) return b.t - a.t;
  return a.id < b.id ? 1 : -1;
}
