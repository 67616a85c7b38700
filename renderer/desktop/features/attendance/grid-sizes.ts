import type { HalfDay } from '../../../../shared/kernel/dates.ts';

/** The grid's measures in pixels; AttendanceGrid.module.css has the same. Targets are at least 44. */
export const ROW = 45;
export const HEAD = 48;
export const TOTALS = 48;
export const NAMES = 264;
export const COLUMN = { closed: 48, open: 316 } as const;

/** `grid-template-columns` of the half-days. */
export function gridTemplate(halfDays: readonly HalfDay[], open: HalfDay | null): string {
  return halfDays.map((halfDay) => `${halfDay === open ? COLUMN.open : COLUMN.closed}px`).join(' ');
}

/** Where a column begins, counted from the end of the names. */
export function leftOf(halfDays: readonly HalfDay[], open: HalfDay | null, column: number): number {
  const before = open === null ? -1 : halfDays.indexOf(open);
  return column * COLUMN.closed + (before >= 0 && before < column ? COLUMN.open - COLUMN.closed : 0);
}
