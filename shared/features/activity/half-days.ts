import type { Day, HalfDay } from '../../kernel/dates.ts';
import { halfDaysBetween, splitHalfDay } from '../../kernel/dates.ts';
import { isOn } from '../../kernel/weekends.ts';

/** An agenda item as far as attendance is concerned. */
export interface CountedItem {
  readonly halfDay: HalfDay;
  /** Whether attendance is taken for it. */
  readonly counts: boolean;
}

/**
 * The half-days of a workshop for which attendance is taken: morning and afternoon of every day from `start` to `end`,
 * but those whose agenda items are all marked as not counting (a visit, a free afternoon). A half-day with nothing on the
 * agenda counts: a workshop without an agenda still has its sheet. Dates that contradict each other, or reach further than a workshop may last, have none:
 * they can come from two laptops that moved it apart.
 */
export function halfDaysOf(start: Day, end: Day, items: readonly CountedItem[]): HalfDay[] {
  const planned = new Set(items.map((item) => item.halfDay));
  const counted = new Set(items.filter((item) => item.counts).map((item) => item.halfDay));
  return halfDaysBetween(start, end).filter((halfDay) => !planned.has(halfDay) || counted.has(halfDay));
}

/**
 * Of a workshop's half-days, those on which one expects something to be held: with an agenda, where a session counts; without one, on days that are not free
 * (`free`: days of the week), or on all where every day is.
 */
export function expectedHalfDays(halfDays: readonly HalfDay[], items: readonly CountedItem[], free: readonly number[]): HalfDay[] {
  const counted = new Set(items.filter((item) => item.counts).map((item) => item.halfDay));
  if (counted.size > 0) return halfDays.filter((halfDay) => counted.has(halfDay));
  const working = halfDays.filter((halfDay) => !isOn(splitHalfDay(halfDay).day, free));
  return working.length > 0 ? working : [...halfDays];
}
