import { isDay, splitHalfDay, type Day, type Half, type HalfDay } from '../../../kernel/dates.ts';
import { fold } from '../../../kernel/text.ts';
import {
  DAY_WORDS,
  FILLERS,
  HALF_DAY_WORDS,
  HALF_LETTERS,
  HALVES,
  MONTHS,
  NUMBER_WORDS,
  SESSION_WORDS,
  WEAK_WEEKDAYS,
  WEEKDAYS,
} from './calendar-words.ts';

/** A session of the agenda that a sheet may head a column by. Times are `HH:MM`, '' where there is none. */
export interface AgendaSession {
  readonly titles: readonly string[];
  readonly halfDay: HalfDay;
  readonly start: string;
  readonly end: string;
}

/** The days and sessions of a workshop, which a heading can mean. */
export interface SheetCalendar {
  /** Half-days for which attendance is taken. */
  readonly halfDays: readonly HalfDay[];
  /** Of these, where something is expected: *day 2* is the second of their days. */
  readonly expected: readonly HalfDay[];
  /** Sessions that count, in order. */
  readonly sessions: readonly AgendaSession[];
}

/** The order of a date's numbers: whether the day or the month of `02/03/2026` comes first. */
export type DateOrder = 'dmy' | 'mdy';

/** The parts of a text that say when, before it is known which order its dates have. */
export interface Occasion {
  /** The dates it may name, in the order of reading; empty: it names none. */
  readonly dates: readonly { readonly day: Day; readonly order: DateOrder | null }[];
  /** A date is named, of the workshop or not. */
  readonly dated: boolean;
  /** `day 2`. */
  readonly dayNumber: number | null;
  readonly half: Half | null;
  /** The word or letter that says the half: `m`, `am`; '' where a time says it. */
  readonly halfWord: string;
  /** The second half-day, the third session. */
  readonly halfDayNumber: number | null;
  readonly sessionNumber: number | null;
  /** Minutes of the day at which it begins. */
  readonly time: number | null;
  /** Words that say nothing of when. */
  readonly rest: string;
}

/** The occasion of a blank: nothing is said of when. */
export const NOTHING_SAID: Occasion = {
  dates: [],
  dated: false,
  dayNumber: null,
  half: null,
  halfWord: '',
  halfDayNumber: null,
  sessionNumber: null,
  time: null,
  rest: '',
};

/** The minute of the day at which an afternoon begins, one o'clock, as on screen. */
export const NOON = 13 * 60;

/** Returns when something was, as a text says it; null where nothing in it does. `isWeek`: days of the week stand beside it, so that a word which is also something else is one. */
export function occasionOf(text: string, calendar: SheetCalendar, isWeek = false): Occasion | null {
  let rest = ` ${fold(text)
    .replaceAll('_', ' ')
    .replace(/\s*:\s*$/u, '')
    .replace(/[()[\]{}|]/g, ' ')} `;
  const bracketed = /[([]\s*(\p{L})\s*[)\]]/u.exec(fold(text))?.[1] ?? '';
  const cut = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found;
  };
  const days = new Set(calendar.halfDays.map((halfDay) => splitHalfDay(halfDay).day));
  const years = [...new Set([...days].map((day) => Number(day.slice(0, 4))))];
  const read: DateCandidates = { dates: [], dated: false };
  const isSpan = cut(SPAN) !== null;
  readFullDate(cut, read);
  if (isSpan || (read.dated && cut(FULL_DATE) !== null)) [read.dates, read.dated] = [[], false];
  const time = readTime(cut);
  const halfDayNumber = numberAfter(cut, HALF_DAY_WORDS);
  if (!read.dated && !isSpan) readNamedDate(cut, read, years);
  if (!read.dated && !isSpan) readShortDate(cut, read, years);
  const dayNumber = numberAfter(cut, DAY_WORDS) ?? numberAfter(cut, 'j|d', /^\s*$/u);
  const sessionNumber = numberAfter(cut, SESSION_WORDS) ?? numberAfter(cut, 's', /^\s*$/u);
  const half = readHalf(cut, bracketed, () => rest, read.dated || dayNumber !== null);
  readWeekday(cut, read, days, isWeek || half !== null || time !== null);
  const words = rest
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word) && !/^\d{1,2}(er|st|nd|rd|th|h)?$/.test(word));
  const said = read.dated || dayNumber !== null || half !== null || halfDayNumber !== null || sessionNumber !== null || time !== null;
  if (!said) return null;
  return {
    dates: read.dates.filter(({ day }) => days.has(day)),
    ...{ dated: read.dated, dayNumber, halfDayNumber, sessionNumber, time, rest: words.join(' ') },
    half: half?.half ?? (time === null ? null : time < NOON ? 'AM' : 'PM'),
    halfWord: half?.word ?? '',
  };
}

interface DateCandidates {
  dates: { day: Day; order: DateOrder | null }[];
  dated: boolean;
}

type Cut = (pattern: RegExp) => RegExpExecArray | null;

function add(read: DateCandidates, year: number, month: number, day: number, order: DateOrder | null = null): void {
  read.dated = true;
  const full = year < 100 ? 2000 + year : year;
  const text = `${String(full).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (isDay(text) && !read.dates.some((date) => date.day === text && date.order === order)) read.dates.push({ day: text, order });
}

function readFullDate(cut: Cut, read: DateCandidates): void {
  const iso =
    cut(/(?<!\d)(?<year>\d{4})([-/.\s])(?<month>\d{1,2})\2(?<day>\d{1,2})(?!\d)t?/u) ??
    cut(/(?<!\d)(?<year>20\d{2})(?<month>[01]\d)(?<day>[0-3]\d)(?!\d)/u);
  if (iso?.groups) return add(read, Number(iso.groups['year']), Number(iso.groups['month']), Number(iso.groups['day']));
  const local = cut(/(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?!\d)/u);
  if (local) readOrders(read, [Number(local[3])], Number(local[1]), Number(local[2]));
}

function readOrders(read: DateCandidates, years: readonly number[], first: number, second: number): void {
  read.dated = true;
  for (const year of years) {
    add(read, year, second, first, 'dmy');
    add(read, year, first, second, 'mdy');
  }
}

/** `2-3 mars`, `du 2 au 4 mars`, `2, 3 and 4 March`: more days than one, and so none. */
const FULL_DATE = /(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)/u;

const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|');

const SPAN = new RegExp(
  `(?<!\\d)\\d{1,2}(?:er|st|nd|rd|th|º)?\\s*(?:-|–|/|,|&|au|a|al|ao|to|et|and|y|e|until)\\s*(?:el|le|the)?\\s*\\d{1,2}(?:er|st|nd|rd|th|º)?\\s*(?:de |of )?(?:${MONTH})(?!\\p{L})|` +
    `(?<!\\p{L})(?:${MONTH})\\s+\\d{1,2}\\s*(?:-|–|&|to|and)\\s*\\d{1,2}(?!\\d)`,
  'u',
);

function readNamedDate(cut: Cut, read: DateCandidates, years: readonly number[]): void {
  const link = "(?:\\s*(?:de|of|d')\\s*|[\\s./-]*)";
  const under = cut(new RegExp(`(?<!\\p{L})(${MONTH})\\.?\\s+(\\d{4})\\s+(\\d{1,2})(?!\\d)`, 'u'));
  if (under) return add(read, Number(under[2]), MONTHS.get(under[1]!)!, Number(under[3]));
  const before = cut(
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?:er|st|nd|rd|th|º|°)?${link}(${MONTH})(?!\\p{L})\\.?(?:${link}(?:del?\\s+)?(\\d{4}|\\d{2})(?!\\d))?`,
      'u',
    ),
  );
  if (before) {
    each(read, before[3], years, MONTHS.get(before[2]!)!, Number(before[1]));
    // *3 Mar* is the third of March or a Tuesday.
    if (before[3] === undefined && WEEKDAYS.has(before[2]!)) addWeekdays(read, years, WEEKDAYS.get(before[2]!)!, Number(before[1]));
    return;
  }
  const after = cut(new RegExp(`(?<!\\p{L})(${MONTH})\\.?[\\s-]*(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s*(\\d{4}))?`, 'u'));
  if (after) {
    each(read, after[3], years, MONTHS.get(after[1]!)!, Number(after[2]));
    // *Mar. 3* is the third of March or a Tuesday.
    if (WEEKDAYS.has(after[1]!)) addWeekdays(read, years, WEEKDAYS.get(after[1]!)!, Number(after[2]));
  }
}

function each(read: DateCandidates, year: string | undefined, years: readonly number[], month: number, day: number): void {
  for (const one of year === undefined ? years : [Number(year)]) add(read, one, month, day);
  read.dated = true;
}

function readShortDate(cut: Cut, read: DateCandidates, years: readonly number[]): void {
  const short = cut(/(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?![\d/-])/u);
  if (short) readOrders(read, years, Number(short[1]), Number(short[2]));
}

/** Whether texts beside each other are days of the week: two and more that are nothing else. */
export function areWeekdays(texts: readonly string[]): boolean {
  return new Set(texts.filter(isWeekday).map(fold)).size > 1;
}

/** Whether a text is a day of the week and nothing else. */
export function isWeekday(text: string): boolean {
  return WEEKDAYS.has(fold(text).replace(/[.\s]+$/u, ''));
}

const WEEKDAY = [...WEEKDAYS.keys()].sort((a, b) => b.length - a.length).join('|');

function readWeekday(cut: Cut, read: DateCandidates, days: ReadonlySet<Day>, isSure: boolean): void {
  const found = cut(new RegExp(`(?<![\\p{L}\\d])(${WEEKDAY})(?![\\p{L}])\\.?(?:[\\s,-]*(\\d{1,2})(?!\\d))?`, 'u'));
  if (!found) return;
  const wanted = WEEKDAYS.get(found[1]!)!;
  const isDayOfWeek = ({ day }: { readonly day: Day }): boolean => wanted.includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  if (read.dated) {
    // A weekday decides between two readings of a date; against the only one it is a slip of the pen.
    const fitting = read.dates.filter(isDayOfWeek);
    if (fitting.length > 0) read.dates = fitting;
    return;
  }
  const number = found[2] === undefined ? numberBefore(cut, isDayOfWeek, days) : Number(found[2]);
  if (number === null && WEAK_WEEKDAYS.has(found[1]!) && !isSure) return;
  read.dated = true;
  for (const day of days)
    if ((number === null || Number(day.slice(8)) === number) && isDayOfWeek({ day })) read.dates.push({ day, order: null });
}

/** `3 Tue`: the number of a day that is one of the workshop's on that day of the week; null for any other number. */
function numberBefore(cut: Cut, isDayOfWeek: (date: { readonly day: Day }) => boolean, days: ReadonlySet<Day>): number | null {
  const number = Number(/^\s*0?(\d{1,2})\s*$/u.exec(cut(/^\s*\d{1,2}\s+$/u)?.[0] ?? '')?.[1] ?? 0);
  return [...days].some((day) => Number(day.slice(8)) === number && isDayOfWeek({ day })) ? number : null;
}

function addWeekdays(read: DateCandidates, years: readonly number[], weekdays: readonly number[], number: number): void {
  for (const year of years) {
    for (let month = 1; month <= 12; month++) {
      const day = `${year}-${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`;
      if (isDay(day) && weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay())) add(read, year, month, number);
    }
  }
}

function readTime(cut: Cut): number | null {
  const clock =
    /(?<![\d.])([01]?\d|2[0-3])\s?(?::|h|\.(?=[0-5]\d\s?[ap]m))\s?([0-5]\d)?(?::[0-5]\d)?(?:\.\d+)?z?(?!\d)\s?(am|pm|a\.\s?m\.?|p\.\s?m\.?)?(?!\p{L})/u;
  const bare = /(?<!\d)(1[0-2]|[1-9])()\s?(am|pm)(?!\p{L})/u;
  const first = cut(clock);
  if (!first) return null;
  const minutes = minutesOf(first);
  while (cut(clock) ?? cut(bare)) continue;
  return minutes;
}

function minutesOf([, hours, minutes, half]: RegExpExecArray): number {
  const hour = Number(hours);
  const shifted = half?.startsWith('p') && hour < 12 ? hour + 12 : half?.startsWith('a') && hour === 12 ? 0 : hour;
  return shifted * 60 + Number(minutes ?? 0);
}

/** `day 2`, `2nd day`, `day two`, *deuxième jour*. */
function numberAfter(cut: Cut, words: string, rest?: RegExp): number | null {
  const after = cut(new RegExp(`(?<![\\p{L}\\d])(?:${words})\\s?[-.:#]?\\s?(?:n°|no\\.?\\s|nº)?\\s?0?(\\d{1,2})(?![\\d/.:])`, 'u'));
  if (after) return Number(after[1]);
  if (rest) return null;
  const ordinal = [...NUMBER_WORDS.keys()].join('|');
  const worded =
    cut(new RegExp(`(?<!\\p{L})(?:${words})\\s+(${ordinal})(?!\\p{L})`, 'u')) ??
    cut(new RegExp(`(?<![\\p{L}\\d])(${ordinal}|\\d{1,2}(?:er|ere|e|eme|st|nd|rd|th|º|ª|a|o))\\s+(?:${words})(?!\\p{L})`, 'u'));
  return worded ? (NUMBER_WORDS.get(worded[1]!) ?? Number.parseInt(worded[1]!, 10)) : null;
}

function readHalf(
  cut: Cut,
  bracketed: string,
  rest: () => string,
  isDated: boolean,
): { readonly half: Half; readonly word: string } | null {
  for (const [pattern, half] of HALVES) {
    const found = cut(pattern);
    if (found) return { half, word: found[0].replace(/[^a-z]/g, '') };
  }
  const last = /(?<!\p{L})(\p{L})[\s.]*$/u.exec(rest())?.[1] ?? '';
  const letter = HALF_LETTERS[bracketed]
    ? bracketed
    : isDated ||
        /\d/.test(rest()) ||
        WEEKDAYS.has(
          rest()
            .trim()
            .split(/[\s.]+/)[0]!,
        )
      ? last
      : '';
  const half = HALF_LETTERS[letter];
  if (!half) return null;
  cut(new RegExp(`(?<!\\p{L})${letter}(?!\\p{L})`, 'u'));
  return { half, word: letter };
}

/** The half-days that an occasion means, or why none. */
export type OccasionMeaning =
  { readonly halfDays: readonly HalfDay[] } | { readonly fault: 'halfDay.unknown' | 'halfDay.ambiguous' | 'session.unknown' };

/** The context of a text: the day of its sheet or section, the order of dates, whether `M` and `AM` stand for morning and afternoon. */
export interface OccasionContext {
  readonly calendar: SheetCalendar;
  readonly order: DateOrder | null;
  readonly around: readonly HalfDay[] | null;
  readonly frenchHalves: boolean;
  /** *Day 26* is the twenty-sixth of the month, see `areDaysOfMonth`. */
  readonly daysOfMonth?: boolean;
}

/** Whether numbers of days are days of the month: there are higher ones than the workshop has days, and most of them are dates of it. */
export function areDaysOfMonth(occasions: readonly (Occasion | null)[], { halfDays, expected }: SheetCalendar): boolean {
  const numbers = occasions.flatMap((occasion) => occasion?.dayNumber ?? []);
  const dates = new Set(halfDays.map((halfDay) => Number(splitHalfDay(halfDay).day.slice(8))));
  const count = new Set(expected.map((halfDay) => splitHalfDay(halfDay).day)).size;
  return numbers.some((number) => number > count) && numbers.filter((number) => dates.has(number)).length * 2 > numbers.length;
}

/** The half-days that a text means: both of a day where it names no half. */
export function halfDaysMeant(
  occasion: Occasion,
  { calendar, order, around, frenchHalves, daysOfMonth = false }: OccasionContext,
): OccasionMeaning {
  const { halfDays, expected } = calendar;
  const half = frenchHalves && occasion.halfWord === 'am' ? 'PM' : occasion.half;
  const ofHalf = (among: readonly HalfDay[]): OccasionMeaning => {
    const meant = among.filter((halfDay) => half === null || splitHalfDay(halfDay).half === half);
    return meant.length > 0 ? { halfDays: meant } : { fault: 'halfDay.unknown' };
  };
  const ofDay = (day: Day): OccasionMeaning => ofHalf(halfDays.filter((halfDay) => splitHalfDay(halfDay).day === day));
  if (occasion.dated) {
    const dates = occasion.dates.filter((date) => order === null || date.order === null || date.order === order);
    const days = [...new Set(dates.map(({ day }) => day))];
    return days.length === 1 ? ofDay(days[0]!) : { fault: days.length === 0 ? 'halfDay.unknown' : 'halfDay.ambiguous' };
  }
  const days = [...new Set(expected.map((halfDay) => splitHalfDay(halfDay).day))];
  if (occasion.dayNumber !== null && daysOfMonth) {
    const dated = new Set(
      halfDays.map((halfDay) => splitHalfDay(halfDay).day).filter((day) => Number(day.slice(8)) === occasion.dayNumber),
    );
    return dated.size === 1 ? ofDay([...dated][0]!) : { fault: dated.size === 0 ? 'halfDay.unknown' : 'halfDay.ambiguous' };
  }
  if (occasion.dayNumber !== null) {
    const day = days[occasion.dayNumber - 1];
    return day === undefined ? { fault: 'halfDay.unknown' } : ofDay(day);
  }
  if (occasion.halfDayNumber !== null) {
    const numbered = expected[occasion.halfDayNumber - 1];
    return numbered === undefined ? { fault: 'halfDay.unknown' } : { halfDays: [numbered] };
  }
  if (around !== null && around.length > 0) return ofHalf(around);
  if (occasion.sessionNumber !== null) {
    const session = calendar.sessions[occasion.sessionNumber - 1]?.halfDay;
    return session === undefined ? { fault: 'session.unknown' } : { halfDays: [session] };
  }
  const all = [...new Set(halfDays.map((halfDay) => splitHalfDay(halfDay).day))];
  return all.length === 1 ? ofDay(all[0]!) : { fault: 'session.unknown' };
}

/** The half-day of the session of the agenda that a text names by its title; null where none is, or titles of several half-days are alike. */
export function halfDayOfSession(text: string, { sessions }: SheetCalendar): HalfDay | null {
  const wanted = plain(text);
  if (wanted.length < 4) return null;
  const named = (fits: (title: string) => boolean): ReadonlySet<HalfDay> =>
    new Set(
      sessions.filter(({ titles }) => titles.some((title) => plain(title) !== '' && fits(plain(title)))).map(({ halfDay }) => halfDay),
    );
  for (const fits of [
    (title: string) => title === wanted,
    (title: string) => title.length > 7 && wanted.includes(title),
    (title: string) => wanted.length > 7 && title.includes(wanted),
  ]) {
    const found = named(fits);
    if (found.size === 1) return [...found][0]!;
    if (found.size > 1) return null;
  }
  return null;
}

function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The order that all dates of a file have, where their days tell; null where both orders fit and differ. */
export function dateOrder(occasions: readonly Occasion[]): DateOrder | 'either' | null {
  const numeric = occasions.filter(({ dates }) => dates.some(({ order }) => order !== null));
  const dayIn = ({ dates }: Occasion, order: DateOrder): Day | undefined => dates.find((date) => date.order === order)?.day;
  const fitting = (['dmy', 'mdy'] as const).filter((order) => numeric.every((occasion) => dayIn(occasion, order) !== undefined));
  if (fitting.length === 2) return numeric.every((occasion) => dayIn(occasion, 'dmy') === dayIn(occasion, 'mdy')) ? 'either' : null;
  if (fitting.length === 1) return fitting[0]!;
  // Dates that are none of the workshop's do not decide.
  const count = (order: DateOrder): number => numeric.filter((occasion) => dayIn(occasion, order) !== undefined).length;
  return count('dmy') >= count('mdy') ? 'dmy' : 'mdy';
}
