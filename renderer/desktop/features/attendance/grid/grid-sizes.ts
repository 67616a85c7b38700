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

/** `grid-template-columns` of the half-days. */
export function gridTemplate(halfDays: readonly HalfDay[], open: HalfDay | null): string {
  return halfDays.map((halfDay) => `${halfDay === open ? COLUMN.open : COLUMN.closed}px`).join(' ');
}

/** Where a column begins, counted from the end of the names. */
export function leftOf(halfDays: readonly HalfDay[], open: HalfDay | null, column: number): number {
  const before = open === null ? -1 : halfDays.indexOf(open);
  return column * COLUMN.closed + (before >= 0 && before < column ? COLUMN.open - COLUMN.closed : 0);
}
