import { addDays, dayCount, isDay, type Day } from '../../kernel/dates.ts';
import type { DatePoint, SaidDate } from './said-date.ts';

/** A month of a year. */
export interface YearMonth {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/** Where a line stands: the months of its heading, the year in which they are read. */
export interface Section {
  /** The months that the nearest heading names; null where there is none, or no year for it. */
  readonly from: YearMonth | null;
  readonly to: YearMonth | null;
  /** The year of a line that names none, where the months do not tell. */
  readonly year: number | null;
}

export type DateFault = 'noSuchDay' | 'endBeforeStart' | 'outsideSection' | 'noYear' | 'otherWeekday';

export interface ResolvedDate {
  readonly start: Day;
  readonly end: Day;
}

/** Ends in two years where none is said are at most so far apart: `December-February`, and no `5 August - 2 July`. */
const ACROSS_YEARS_DAYS = 183;

/** The days of a date that stands in a section, or why they are not sure; nothing is put right. */
export function resolveDate(said: SaidDate, section: Section): ResolvedDate | { readonly faults: readonly DateFault[] } {
  const years = yearsOf(said, section);
  if (years === null) return { faults: ['noYear'] };
  const start = firstDay(said.from, years.from);
  const end = lastDay(said.to, years.to);
  if (start === null || end === null) return { faults: ['noSuchDay'] };
  const faults: DateFault[] = [];
  if (end < start) faults.push('endBeforeStart');
  if (isOtherWeekday(said.from, start) || (said.to.week === null && isOtherWeekday(said.to, end))) faults.push('otherWeekday');
  if (end >= start && isOutside(start, end, section)) faults.push('outsideSection');
  return faults.length > 0 ? { faults } : { start, end };
}

/** The years of both ends: said, or those in which the section's months lie. */
function yearsOf({ from, to }: SaidDate, section: Section): { from: number; to: number } | null {
  if (from.year !== null && to.year !== null) return { from: from.year, to: to.year };
  if (to.year !== null) return { from: crosses(from, to.year - 1, to, to.year) ? to.year - 1 : to.year, to: to.year };
  if (from.year !== null) return { from: from.year, to: crosses(from, from.year, to, from.year + 1) ? from.year + 1 : from.year };
  const near = nearYear(from.month!, section);
  if (near === null) return null;
  if (!crosses(from, near, to, near + 1)) return { from: near, to: near };
  // *20 December - 5 January* under the heading of January began in the year before.
  const endsHere = section.from !== null && section.from.month === to.month && section.from.month !== from.month;
  return endsHere ? { from: section.from.year - 1, to: section.from.year } : { from: near, to: near + 1 };
}

/** Whether two ends without a year of their own lie in two years one after the other. */
function crosses(from: DatePoint, fromYear: number, to: DatePoint, toYear: number): boolean {
  if (to.month! >= from.month!) return false;
  const [start, end] = [firstDay(from, fromYear), lastDay(to, toYear)];
  return start !== null && end !== null && dayCount(start, end) <= ACROSS_YEARS_DAYS;
}

/** The year of a month as the section has it: that in which the month is among its own, or nearest to them. */
function nearYear(month: number, { from, to, year }: Section): number | null {
  if (from === null || to === null) return year;
  const count = ({ year: of, month: inYear }: YearMonth): number => of * 12 + inYear;
  const distance = (candidate: number): number => {
    const at = count({ year: candidate, month });
    return Math.max(count(from) - at, at - count(to), 0);
  };
  return [from.year, to.year, from.year - 1, to.year + 1].reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

function firstDay({ day, month, week }: DatePoint, year: number): Day | null {
  return week !== null && week !== 0 ? weekOf(year, month!, week).first : existing(year, month!, day ?? 1);
}

function lastDay({ day, month, week }: DatePoint, year: number): Day | null {
  if (week === 0) {
    const first = existing(year, month!, day!);
    return first && addDays(first, 6);
  }
  if (week !== null) return weekOf(year, month!, week).last;
  return day === null ? lastOf(year, month!) : existing(year, month!, day);
}

/** The days of a month's first, second, third, fourth and last week, counted from its first and from its last day. */
function weekOf(year: number, month: number, week: number): { first: Day; last: Day } {
  const first = week === -1 ? addDays(lastOf(year, month), -6) : textOf(year, month, (week - 1) * 7 + 1);
  return { first, last: addDays(first, 6) };
}

function lastOf(year: number, month: number): Day {
  return addDays(month === 12 ? textOf(year + 1, 1, 1) : textOf(year, month + 1, 1), -1);
}

function existing(year: number, month: number, day: number): Day | null {
  const text = textOf(year, month, day);
  return isDay(text) ? text : null;
}

function textOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isOtherWeekday({ weekday, day }: DatePoint, on: Day): boolean {
  return weekday !== null && day !== null && (new Date(`${on}T00:00:00Z`).getUTCDay() || 7) !== weekday;
}

function isOutside(start: Day, end: Day, { from, to }: Section): boolean {
  return from !== null && to !== null && (end < textOf(from.year, from.month, 1) || start > lastOf(to.year, to.month));
}
