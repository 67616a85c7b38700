import { addDays, isDay, type Day } from '../../kernel/dates.ts';
import { fold, LANGUAGES } from '../../kernel/text.ts';
import { touching } from './calendar-entries.ts';
import type { ToldActivity } from './calendar-words.ts';

/** The ways in which a calendar is looked at; a list has a year. */
export const CALENDAR_VIEWS = ['list', 'month', 'quarter', 'year'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

const MONTHS: Readonly<Record<CalendarView, number>> = { list: 12, month: 1, quarter: 3, year: 12 };

/** The period of a view in which a day lies. */
export function periodOf(view: CalendarView, day: Day): { readonly from: Day; readonly to: Day } {
  const months = MONTHS[view];
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / months) * months;
  const from = monthFrom(Number(day.slice(0, 4)), month);
  return { from, to: addDays(monthFrom(Number(day.slice(0, 4)), month + months), -1) };
}

/** The first day of the period that lies so many periods after that of a day. */
export function movedBy(view: CalendarView, day: Day, periods: number): Day {
  const { from } = periodOf(view, day);
  const moved = monthFrom(Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1 + periods * MONTHS[view]);
  return isDay(moved) ? moved : from;
}

/** The first day of a month, counted from January as 0 and over the ends of the year. */
function monthFrom(year: number, month: number): Day {
  const inYear = ((month % 12) + 12) % 12;
  return `${String(year + Math.floor(month / 12)).padStart(4, '0')}-${String(inYear + 1).padStart(2, '0')}-01`;
}

/** A month and what it has: what is known to the day or the week, and what is known of the month alone. */
export interface MonthOf<A> {
  /** Its first day. */
  readonly month: Day;
  readonly exact: readonly A[];
  readonly blurred: readonly A[];
}

/** The months of a period, each with what touches it. `A`: in the order of the calendar. */
export function monthsIn<A extends ToldActivity>(activities: readonly A[], from: Day, to: Day): MonthOf<A>[] {
  const months: MonthOf<A>[] = [];
  for (let month = periodOf('month', from).from; month <= to; month = movedBy('month', month, 1)) {
    const here = touching(activities, month, periodOf('month', month).to);
    months.push({ month, exact: here.filter(isExact), blurred: here.filter((one) => !isExact(one)) });
  }
  return months;
}

function isExact({ start, precision }: Pick<ToldActivity, 'start' | 'precision'>): boolean {
  return isDay(start) && (precision === 'day' || precision === 'week');
}

/** An activity in a week: its first column from 1 (Monday), its columns, the line that it has for itself. */
export interface Bar<A> {
  readonly activity: A;
  readonly column: number;
  readonly columns: number;
  readonly line: number;
  /** It began before the week, or ends after it. */
  readonly before: boolean;
  readonly after: boolean;
}

/** A week of a month, from Monday. */
export interface Week<A> {
  readonly days: readonly Day[];
  readonly bars: readonly Bar<A>[];
}

/** The weeks that touch a month, and what stands in each: no two bars of a line lie over each other. */
export function weeksOf<A extends ToldActivity>(activities: readonly A[], month: Day): Week<A>[] {
  const { from, to } = periodOf('month', month);
  const exact = activities.filter(isExact);
  const weeks: Week<A>[] = [];
  for (let monday = addDays(from, 1 - weekday(from)); monday <= to; monday = addDays(monday, 7)) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
    weeks.push({ days, bars: barsOf(touching(exact, monday, days[6]!), monday) });
  }
  return weeks;
}

function barsOf<A extends ToldActivity>(activities: readonly A[], monday: Day): Bar<A>[] {
  /** By line, the last column that is taken. */
  const taken: number[] = [];
  return activities.map((activity) => {
    const last = isDay(activity.end) && activity.end >= activity.start ? activity.end : activity.start;
    const sunday = addDays(monday, 6);
    const column = activity.start < monday ? 1 : weekday(activity.start);
    const end = last > sunday ? 7 : weekday(last);
    const free = taken.findIndex((until) => until < column);
    const line = free === -1 ? taken.length : free;
    taken[line] = end;
    return { activity, column, columns: end - column + 1, line: line + 1, before: activity.start < monday, after: last > sunday };
  });
}

function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The filters of a calendar; an empty text or null: nothing. */
export interface CalendarChoice {
  readonly text: string;
  readonly project: string | null;
  readonly kind: string | null;
}

/** Returns the activities that are wanted: every word of the text stands in what is written of them. */
export function wantedIn<A extends ToldActivity>(activities: readonly A[], { text, project, kind }: CalendarChoice): A[] {
  const words = fold(text).split(' ');
  return activities.filter((activity) => {
    if (project !== null && !activity.projects.includes(project)) return false;
    if (kind !== null && activity.kind !== kind) return false;
    const { title } = activity;
    const titles = typeof title === 'string' ? [title] : LANGUAGES.map((language) => title[language] ?? '');
    const written = fold([...titles, ...activity.projects, ...activity.partners, activity.place, activity.wording].join('\n'));
    return words.every((word) => written.includes(word));
  });
}

/** How many activities each project has, the most first; one of several projects counts for each. */
export function projectsOf(activities: readonly Pick<ToldActivity, 'projects'>[]): { readonly project: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const project of activities.flatMap(({ projects }) => projects)) counts.set(project, (counts.get(project) ?? 0) + 1);
  return [...counts].map(([project, count]) => ({ project, count })).sort((a, b) => b.count - a.count || (a.project < b.project ? -1 : 1));
}
