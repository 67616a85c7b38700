import { isDay, type Day } from './dates.ts';

/** Whether a text names a time zone (IANA: `Africa/Dakar`) that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    // A bare offset is no place, and not every machine takes one.
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * The instant at which clocks of a zone show a time of a day, in milliseconds. Of an hour that comes twice in the autumn the first; one that is left out in the spring is an hour later. Null for
 * what is no day or time.
 */
export function instantIn(zone: string, day: Day, clock: string): number | null {
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  if (!isDay(day) || !time) return null;
  const wall = Date.parse(`${day}T${clock}:00Z`);
  // The offset before and after whatever change there is within a day.
  const before = wall - offsetAt(zone, wall - DAY_MS);
  const after = wall - offsetAt(zone, wall + DAY_MS);
  const shows = (instant: number): boolean => instant + offsetAt(zone, instant) === wall;
  return shows(before) ? before : shows(after) ? after : before;
}

/** Returns the time on the clocks of a zone at an instant: the day, and `HH:MM`. */
export function wallTime(zone: string, instant: number): { readonly day: Day; readonly clock: string } {
  const text = new Date(instant + offsetAt(zone, instant)).toISOString();
  return { day: text.slice(0, 10), clock: text.slice(11, 16) };
}

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** By how much clocks of a zone are ahead of universal time at an instant, in milliseconds. */
function offsetAt(zone: string, instant: number): number {
  const known = formats.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      second: '2-digit',
    });
  if (!known) formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
  return shown - Math.floor(instant / 1_000) * 1_000;
}
