import { isDay, type Day } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import { MONTHS, WEEKDAYS } from '../attendance/sheets/calendar-words.ts';

/** The reading of a typed text: one day, or why it says none. */
export type TypedDay =
  | { readonly is: 'day'; readonly day: Day }
  /** A date of another day of the week than the one beside it. */
  | { readonly is: 'otherWeekday'; readonly day: Day }
  /** Digits that are one day read from the day and another one read from the year. */
  | { readonly is: 'several'; readonly days: readonly [Day, Day] }
  /** A date that no calendar has. */
  | { readonly is: 'impossible' }
  | { readonly is: 'none' };

const NONE: TypedDay = { is: 'none' };
const IMPOSSIBLE: TypedDay = { is: 'impossible' };
/** Words between the parts of a date, in four languages. */
const BETWEEN: ReadonlySet<string> = new Set(['de', 'del', 'of', 'the', 'le', 'el', 'o', 'on', 'dia']);

/**
 * Reads a day as people type it in four languages, the day before the month where both are numbers: 12/7/2021, 12.7.21, 12072021, 2021-07-12, *lundi 12 juillet 2021*, *July 12th, 2021*, *12 de jul.
 * de 2021*. A year of two digits is of this century.
 */
export function readTypedDay(text: string): TypedDay {
  const plain = fold(text);
  const [, head = '', rest = ''] = /^([\p{L}\d-]+)[.,\s]+(.*)$/u.exec(plain) ?? [];
  const weekdays = WEEKDAYS.get(head);
  // *mar* is Tuesday before a date, and March before a number.
  const beside = weekdays ? readDate(rest) : NONE;
  if (beside.is === 'none') return readDate(plain);
  if (beside.is !== 'day' || weekdays?.includes(new Date(`${beside.day}T12:00:00Z`).getUTCDay())) return beside;
  return { is: 'otherWeekday', day: beside.day };
}

function readDate(plain: string): TypedDay {
  const numbers = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(plain);
  if (numbers) return dayOf(numbers[3]!, numbers[2]!, numbers[1]!);
  const fromYear = /^(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})$/.exec(plain);
  if (fromYear) return dayOf(fromYear[1]!, fromYear[2]!, fromYear[3]!);
  return /^(\d{8}|\d{6})$/.test(plain) ? readDigits(plain) : readWords(plain);
}

/** 12072021, 120721 or 20210712, 210712. */
function readDigits(digits: string): TypedDay {
  const years = digits.length - 4;
  const fromDay = dayOf(digits.slice(4), digits.slice(2, 4), digits.slice(0, 2));
  const fromYear = dayOf(digits.slice(0, years), digits.slice(years, years + 2), digits.slice(years + 2));
  if (fromDay.is !== 'day') return fromYear;
  if (fromYear.is !== 'day' || fromYear.day === fromDay.day) return fromDay;
  return { is: 'several', days: [fromDay.day, fromYear.day] };
}

/** A month by its name with a day and a year. */
function readWords(plain: string): TypedDay {
  const words = plain.split(/[\s,.]+/).filter((word) => word !== '' && !BETWEEN.has(word));
  const month = words.find((word) => MONTHS.has(word));
  const numbers = words.filter((word) => word !== month).map((word) => /^(\d{4}|\d{1,2})(?:er|ere|e|st|nd|rd|th|o|a)?$/.exec(word)?.[1]);
  const [first, second] = numbers;
  if (month === undefined || numbers.length !== 2 || first === undefined || second === undefined) return NONE;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  return year.length === 1 || day.length > 2 ? NONE : dayOf(year, String(MONTHS.get(month)), day);
}

function dayOf(year: string, month: string, day: string): TypedDay {
  const whole = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(whole) && whole >= '1900' && whole < '2200' ? { is: 'day', day: whole } : IMPOSSIBLE;
}
