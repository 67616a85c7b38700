import type { HalfDay } from '../../../../../shared/kernel/dates.ts';

/** The grid's measures in pixels; AttendanceGrid.module.css has the same. Targets are at least 44. */
export const ROW = 45;
export const HEAD = 40;
export const TOTALS = 40;
export const NAMES = 264;
export const COLUMN = { closed: 48, open: 316 } as const;

/** How many characters of a name a row holds in small type, and from how many on it is set in that. */
export const NAME_ROOM = 66;
export const LONG_NAME = 40;

/** `grid-template-columns` of the half-days, and of the room behind the last one. */
export function gridTemplate(halfDays: readonly HalfDay[], open: HalfDay | null, behind: number): string {
  const columns = halfDays.map((halfDay) => `${halfDay === open ? COLUMN.open : COLUMN.closed}px`);
  return [...columns, ...(behind > 0 ? [`${behind}px`] : [])].join(' ');
}

/** Where a column begins, counted from the end of the names. */
export function leftOf(halfDays: readonly HalfDay[], open: HalfDay | null, column: number): number {
  const before = open === null ? -1 : halfDays.indexOf(open);
  return column * COLUMN.closed + (before >= 0 && before < column ? COLUMN.open - COLUMN.closed : 0);
}

/**
 * How far the grid is scrolled sideways for a column to stand clear of the names, whose end leaves `room`; `at`: how far it is now. Where it moves on it ends at the edge
 * of a half-day: none is seen in part at the start of the rows, where it would be taken for another.
 */
export function scrolledTo(
  halfDays: readonly HalfDay[],
  open: HalfDay | null,
  column: number,
  { at, room }: { readonly at: number; readonly room: number },
): number {
  const left = leftOf(halfDays, open, column);
  const least = left + (halfDays[column] === open ? COLUMN.open : COLUMN.closed) - room;
  if (left < at) return left;
  if (least <= at) return at;
  const edge = halfDays.map((_, index) => leftOf(halfDays, open, index)).find((one) => one >= least);
  return Math.min(edge ?? left, left);
}

/** The room behind the last half-day that lets the grid be scrolled as far as the edge at which that one stands clear. */
export function roomBehind(halfDays: readonly HalfDay[], open: HalfDay | null, room: number): number {
  const width = leftOf(halfDays, open, halfDays.length);
  if (room <= 0 || width <= room) return 0;
  return scrolledTo(halfDays, open, halfDays.length - 1, { at: 0, room }) - (width - room);
}
