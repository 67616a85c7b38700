import { LONGEST_DAYS, dayCount, halfDaysBetween, splitHalfDay, type Day, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { AgendaEntry } from './reschedule.ts';

/** The change that brings a half-day back into the sheet: other dates, or an item of the agenda that counts again. */
export interface BroughtBack {
  readonly start?: Day;
  readonly end?: Day;
  readonly counts?: Id;
}

/**
 * The smallest change of the plan after which attendance is taken for a half-day again: the workshop begins or ends on its day, or the first item of that
 * half-day counts. Nothing moves and nothing is left out, so no other half-day is lost. Empty where it is there already. Refuses `activity.dates`.
 */
export function bringBack(
  now: { readonly start: Day; readonly end: Day; readonly items: readonly AgendaEntry[] },
  halfDay: HalfDay,
): Result<BroughtBack, 'activity.dates'> {
  const { day } = splitHalfDay(halfDay);
  const start = day < now.start ? day : now.start;
  const end = day > now.end ? day : now.end;
  const days = dayCount(start, end);
  if (days < 1 || days > LONGEST_DAYS) return refuse('activity.dates', { days: LONGEST_DAYS });
  const planned = now.items.filter((item) => item.halfDay === halfDay);
  const [first] = planned;
  const silent = first !== undefined && planned.every(({ counts }) => !counts);
  return ok({ ...(start !== now.start && { start }), ...(end !== now.end && { end }), ...(silent && { counts: first.id }) });
}

/** The items of an agenda that stand on no half-day of the workshop's dates: a colleague moved the dates while they were added or moved elsewhere. */
export function outsideDates(start: Day, end: Day, items: readonly Pick<AgendaEntry, 'id' | 'halfDay'>[]): Set<Id> {
  const within = new Set(halfDaysBetween(start, end));
  return new Set(items.filter(({ halfDay }) => !within.has(halfDay)).map(({ id }) => id));
}
