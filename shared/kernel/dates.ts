/** A calendar day, `YYYY-MM-DD`; no time zone: a workshop's day is the day in the room. */
export type Day = string;
export type Half = 'AM' | 'PM';
/** `YYYY-MM-DD-AM` or `YYYY-MM-DD-PM`. */
export type HalfDay = string;

export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
export const HALF_DAY_PATTERN = /^\d{4}-\d{2}-\d{2}-(AM|PM)$/;

/** Whether a text is a day that exists in the calendar. */
export function isDay(text: string): boolean {
  if (!DAY_PATTERN.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The number of days of a month, 1 to 12, in the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day on this machine's clock where it stands: a workshop's today is the day in the room, in every process and at every hour. */
export function dayInRoom(now: number): Day {
  const date = new Date(now);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Hours by which the clocks of rooms are behind and ahead of universal time, at most. */
const BEHIND = 12;
const AHEAD = 14;

/**
 * The first and the last day that it is at this moment anywhere: for a process that serves rooms in many time zones. What is under way in its room is so on one
 * of them.
 */
export function daysInRooms(now: number): { readonly first: Day; readonly last: Day } {
  const dayAt = (hours: number): Day => new Date(now + hours * 3_600_000).toISOString().slice(0, 10);
  return { first: dayAt(-BEHIND), last: dayAt(AHEAD) };
}

/** `day` moved by `count` days. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Days from `start` to `end`, both included; 1 when they are equal, 0 or less when `end` is before `start`. */
export function dayCount(start: Day, end: Day): number {
  return Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000) + 1;
}

/** The longest that a workshop may last, in days. */
export const LONGEST_DAYS = 366;

/** Whether a workshop may last from one day to another, both included. */
export function isSpan(start: Day, end: Day): boolean {
  if (!isDay(start) || !isDay(end)) return false;
  const days = dayCount(start, end);
  return days >= 1 && days <= LONGEST_DAYS;
}

/**
 * Every day from `start` to `end`, in order. None where a workshop cannot last so: two laptops may have moved its ends apart, and an old record, or somebody who is still
 * typing, may name ten thousand years.
 */
export function daysBetween(start: Day, end: Day): Day[] {
  return isSpan(start, end) ? Array.from({ length: dayCount(start, end) }, (_, index) => addDays(start, index)) : [];
}

/** Every half-day from `start` to `end`, in order: AM then PM; none where `daysBetween` has no day. */
export function halfDaysBetween(start: Day, end: Day): HalfDay[] {
  return daysBetween(start, end).flatMap((day): HalfDay[] => [`${day}-AM`, `${day}-PM`]);
}

/** The day and the half of a half-day. */
export function splitHalfDay(halfDay: HalfDay): { readonly day: Day; readonly half: Half } {
  return { day: halfDay.slice(0, 10), half: halfDay.endsWith('AM') ? 'AM' : 'PM' };
}
