import { addDays, dayCount, daysBetween, type Day } from './dates.ts';

/** Days of the week that are free in a country, 0 is Sunday. From CLDR (supplemental week data); a test compares it with Intl. */
const USUAL: readonly number[] = [6, 0];
const FRIDAY_AND_SATURDAY: ReadonlySet<string> = new Set('BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE'.split(' '));
const OTHERS: ReadonlyMap<string, readonly number[]> = new Map([
  ['AF', [4, 5]],
  ['IR', [5]],
  ['IN', [0]],
  ['UG', [0]],
]);

/** The free days of the week that these countries share; Saturday and Sunday where they differ or none is named. */
export function weekendOf(countries: readonly string[]): readonly number[] {
  const weekends = countries.map(weekendIn);
  const [first] = weekends;
  return first && weekends.every((weekend) => weekend.join() === first.join()) ? first : USUAL;
}

function weekendIn(country: string): readonly number[] {
  return OTHERS.get(country) ?? (FRIDAY_AND_SATURDAY.has(country) ? [5, 6] : USUAL);
}

/** Whether a day falls on one of these days of the week (0 is Sunday). */
export function isOn(day: Day, weekdays: readonly number[]): boolean {
  return weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** The days from `start` to `end` that are free. */
export function freeDays(start: Day, end: Day, weekdays: readonly number[]): Day[] {
  return daysBetween(start, end).filter((day) => isOn(day, weekdays));
}

/** The last of `count` days from `start` on, of which those that are free do not count. */
export function lastWorkingDay(start: Day, count: number, weekdays: readonly number[]): Day {
  let day = start;
  for (let left = isOn(day, weekdays) ? count : count - 1; left > 0;) {
    day = addDays(day, 1);
    if (!isOn(day, weekdays)) left--;
  }
  return day;
}

/** The last day of a period that begins on `first` in place of `start`: it has as many days that are not free as before; as many days where it had no other. */
export function endOfMovedPeriod(start: Day, end: Day, first: Day, weekdays: readonly number[]): Day {
  const length = dayCount(start, end);
  const working = length - freeDays(start, end, weekdays).length;
  return working > 0 ? lastWorkingDay(first, working, weekdays) : addDays(first, length - 1);
}

/** The days from `start` to `end` on which sessions that need so many are laid: those that are not free; all where that is said (`weekends`), or where they would not do and nothing is said. */
export function sessionDays(
  needed: number,
  {
    start,
    end,
    free = [],
    weekends,
  }: { readonly start: Day; readonly end: Day; readonly free?: readonly number[]; readonly weekends?: boolean | undefined },
): Day[] {
  const days = daysBetween(start, end);
  const working = days.filter((day) => !isOn(day, free));
  const isEnough = working.length >= (weekends === false ? 1 : Math.min(needed, days.length));
  return weekends !== true && isEnough && working.length > 0 ? working : days;
}
