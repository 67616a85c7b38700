import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';

/** Names one cell of the grid. */
export function cellKey(personId: Id, halfDay: HalfDay): string {
  return `${personId} ${halfDay}`;
}

/** The two halves of a cell's key. */
export function splitCellKey(key: string): { readonly personId: Id; readonly halfDay: HalfDay } {
  const space = key.indexOf(' ');
  return { personId: key.slice(0, space), halfDay: key.slice(space + 1) };
}
