import { isDay, type Day } from '../../../../shared/kernel/dates.ts';

/** Reads a day as people type it, day first: 12/7/2021, 12.7.21, 12-07-2021; or 2021-07-12. Null when it is none. */
export function readDay(text: string): Day | null {
  if (isDay(text.trim())) return text.trim();
  const parts = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})\s*$/.exec(text);
  if (!parts) return null;
  const [, day, month, year] = parts;
  const whole = `${year!.length === 2 ? `20${year}` : year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isDay(whole) ? whole : null;
}
