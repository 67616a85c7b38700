import type { Day, Half, HalfDay } from '../../kernel/dates.ts';
import { splitHalfDay } from '../../kernel/dates.ts';

/** From this hour on, a day's afternoon is the half-day at hand. */
const AFTERNOON = 13;

/**
 * The half-day that opens wide: the one at hand today; before the workshop the first; between two days or afterwards the
 * first that is not wholly taken, else the last. null without half-days. `isTaken`: everybody has a mark.
 */
export function openHalfDay(
  halfDays: readonly HalfDay[],
  today: Day,
  hour: number,
  isTaken: (halfDay: HalfDay) => boolean,
): HalfDay | null {
  const first = halfDays[0];
  if (first === undefined) return null;
  const ofToday = halfDays.filter((halfDay) => splitHalfDay(halfDay).day === today);
  const half = halfAt(hour);
  const atHand = ofToday.find((halfDay) => splitHalfDay(halfDay).half === half) ?? ofToday[0];
  if (atHand !== undefined) return atHand;
  if (today < splitHalfDay(first).day) return first;
  return halfDays.find((halfDay) => splitHalfDay(halfDay).day < today && !isTaken(halfDay)) ?? halfDays.at(-1) ?? null;
}

/** The half of a day that an hour is in. */
export function halfAt(hour: number): Half {
  return hour < AFTERNOON ? 'AM' : 'PM';
}

/** Before this hour a day's afternoon is still to come. */
const NOON = 12;

/** Whether a half-day has not begun yet. */
export function isAhead(halfDay: HalfDay, today: Day, hour: number): boolean {
  const { day, half } = splitHalfDay(halfDay);
  return day > today || (day === today && half === 'PM' && hour < NOON);
}
