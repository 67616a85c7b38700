import { isDay, type Day } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';

/** The fields that place an activity in the calendar. */
export interface Placed {
  readonly id: Id;
  /** '' where no date is known. */
  readonly start: string;
  readonly end: string;
  /** `2021-07`: the month under which an inventory lists it. */
  readonly listedUnder: string | null;
  /** The entry of the calendar in whose place a workshop stands. */
  readonly entryId: Id | null;
  readonly sample: boolean;
  readonly archived: boolean;
}

/** Returns the activities of a calendar, the earliest first: what a workshop was opened from gives way to it, and invented data is none of anybody's. Without a date they stand behind their month. */
export function inCalendar<A extends Placed>(activities: readonly A[]): A[] {
  const opened = new Set(activities.flatMap(({ entryId }) => entryId ?? []));
  return activities
    .filter(({ id, sample }) => !sample && !opened.has(id))
    .sort((a, b) => compare(placeOf(a), placeOf(b)) || compare(a.id, b.id));
}

/** Returns those that touch a period; of those without a date, the ones that are listed under one of its months. */
export function touching<A extends Placed>(activities: readonly A[], from: Day, to: Day): A[] {
  return activities.filter(({ start, end, listedUnder }) =>
    isDay(start)
      ? start <= to && (isDay(end) && end >= start ? end : start) >= from
      : listedUnder !== null && isWithin(listedUnder, from, to),
  );
}

function isWithin(month: string, from: Day, to: Day): boolean {
  return month >= from.slice(0, 7) && month <= to.slice(0, 7);
}

function placeOf({ start, end, listedUnder }: Placed): string {
  return isDay(start) ? `${start} ${end}` : `${listedUnder ?? '9999-99'}-99`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
