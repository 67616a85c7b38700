import { fold } from '../../kernel/text.ts';
import * as words from './date-words.ts';

/** One end of a date as it is written; null: not said. */
export interface DatePoint {
  readonly day: number | null;
  readonly month: number | null;
  readonly year: number | null;
  /** A week of the month, 1 to 4, -1 for its last one, 0 for the one that begins on `day`; null: no week is named. */
  readonly week: number | null;
  /** Monday 1 to Sunday 7, where one is named. */
  readonly weekday: number | null;
}

/** A date as it is written, before anything is known of its year. */
export interface SaidDate {
  readonly from: DatePoint;
  readonly to: DatePoint;
  readonly precision: 'day' | 'week' | 'month';
  /** It is still to be confirmed. */
  readonly toBeConfirmed: boolean;
}

/** The reading of a text that should say a date: the date, or only that it is to be confirmed. */
export type DateReading = SaidDate | 'toBeConfirmed';

const LONGEST = 120;

/**
 * Reads a text that is all of it a date, as inventories write them in four languages: `1-2 July`, `31 August - 2 September`, `July-August`, `first week of July`, `mid-July`, `3rd quarter 2022`,
 * `July 5, 2021 (TBC)`, `du 5 au 7 octobre`. Null where it is none, or says anything else.
 */
export function readDate(text: string): DateReading | null {
  if (text.length > LONGEST || text.trim() === '') return null;
  const folded = fold(text);
  const plain = folded.replace(words.TO_BE_CONFIRMED, ' ');
  const toBeConfirmed = plain !== folded;
  const tokens = tokensOf(plain);
  if (tokens === null) return null;
  if (toBeConfirmed && tokens.every(({ is }) => is === 'list' || is === 'range')) return 'toBeConfirmed';
  const points = pointsOf(phrasesOf(tokens));
  return points && joined(points, toBeConfirmed);
}

interface Token {
  readonly is: 'number' | 'month' | 'year' | 'range' | 'list' | 'week' | 'quarter' | 'halfYear' | 'part' | 'ordinal' | 'weekday' | 'whole';
  /** As a count, where it has one; both readings of `1st`, of which the words after it decide. */
  readonly value: number;
  readonly ordinal?: number | undefined;
  /** A day that is written as numbers alone. */
  readonly whole?: readonly [year: number, month: number, day: number];
}

const TOKEN =
  /(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4})|([qt])([1-4])(?!\p{L}|\d)|(\d+)(\.?[oa](?!\p{L})|st|nd|rd|th|er|ere|re|eme|e)?(?!\p{L})|\p{L}+(?:-feira)?|[-,;&+/]|\s+|./gu;
/** Says nothing where it stands about a date. */
const DECORATION = /^[\s.()[\]'":*_]+$/u;

/** The tokens of a folded text; null where a word is not of any date. */
function tokensOf(folded: string): Token[] | null {
  const tokens: Token[] = [];
  for (const found of folded.replace(/\b(mid|mi)-/gu, '$1 ').matchAll(TOKEN)) {
    const said = found[0];
    if (found[1]) tokens.push({ is: 'whole', value: 0, whole: [Number(found[1]), Number(found[2]), Number(found[3])] });
    else if (found[4]) tokens.push({ is: 'whole', value: 0, whole: [Number(found[6]), Number(found[5]), Number(found[4])] });
    else if (found[7]) tokens.push({ is: 'ordinal', value: Number(found[8]) }, { is: 'quarter', value: 0 });
    else if (found[9]) tokens.push(numberToken(found[9], said));
    else if (!DECORATION.test(said) && !isEmpty(said)) {
      const token = wordToken(said);
      if (token === null) return null;
      tokens.push(token);
    }
  }
  return tokens.some(({ value }) => Number.isNaN(value)) ? null : tokens;
}

function isEmpty(said: string): boolean {
  return words.EMPTY_WORDS.has(said);
}

function numberToken(digits: string, said: string): Token {
  const value = Number(digits);
  if (digits.length === 4) return { is: 'year', value: value >= 1900 && value < 2200 ? value : Number.NaN };
  return { is: 'number', value: digits.length <= 2 ? value : Number.NaN, ordinal: words.ORDINALS.get(said) };
}

function wordToken(said: string): Token | null {
  const month = words.MONTHS.get(said);
  if (month !== undefined) return { is: 'month', value: month };
  if (words.RANGE_WORDS.has(said)) return { is: 'range', value: 0 };
  if (said === '/' || words.LIST_WORDS.has(said)) return { is: 'list', value: 0 };
  if (words.WEEK_WORDS.has(said)) return { is: 'week', value: 0 };
  if (words.QUARTER_WORDS.has(said)) return { is: 'quarter', value: 0 };
  if (words.HALF_YEAR_WORDS.has(said)) return { is: 'halfYear', value: 0 };
  if (words.PART_WORDS.has(said)) return { is: 'part', value: 0 };
  const ordinal = words.ORDINALS.get(said);
  const weekday = words.WEEKDAYS.get(said);
  if (ordinal !== undefined) return { is: 'ordinal', value: ordinal, ordinal: weekday };
  return weekday === undefined ? null : { is: 'weekday', value: weekday };
}

/** A part of a date that is not cut further. `week`, `months`: ordinals from first to last; `after`: the week that begins on the day that follows. */
type Phrase =
  | Token
  | { readonly is: 'weeks'; readonly first: number; readonly last: number }
  | { readonly is: 'months'; readonly first: number; readonly last: number }
  | { readonly is: 'after' };

/** Joins ordinals with the weeks, quarters and halves that they count, and leaves out what only blurs a month. */
function phrasesOf(tokens: readonly Token[]): Phrase[] {
  const phrases: Phrase[] = [];
  let at = 0;
  while (at < tokens.length) {
    const counted = countedAt(tokens, at);
    const token = tokens[at]!;
    if (counted) {
      phrases.push(counted.phrase);
      at = counted.next;
    } else if (token.is === 'part') {
      // *mid to late July*
      const next = tokens[at + 1];
      const blurs = (next?.is === 'range' || next?.is === 'list') && tokens[at + 2]?.is === 'part';
      phrases.push(token);
      at += blurs ? 2 : 1;
    } else if (token.is === 'ordinal' && tokens[at + 1]?.is === 'part') at += 1;
    else if (token.is === 'number' && token.ordinal !== undefined && tokens[at + 1]?.is === 'part') at += 1;
    else {
      phrases.push(token.is === 'week' ? { is: 'after' } : token);
      at += 1;
    }
  }
  return phrases;
}

/** The weeks, the quarter or the half of a year that are counted from a token on. */
function countedAt(tokens: readonly Token[], start: number): { phrase: Phrase; next: number } | null {
  const ordinals: number[] = [];
  let at = start;
  for (;;) {
    const token = tokens[at];
    const ordinal = token?.is === 'ordinal' ? token.value : token?.is === 'number' ? (token.ordinal ?? Number.NaN) : Number.NaN;
    if (Number.isNaN(ordinal)) break;
    ordinals.push(ordinal);
    at += 1;
    const between = tokens[at]?.is;
    if (between !== 'range' && between !== 'list') break;
    at += 1;
  }
  const unit = tokens[at]?.is;
  const [first, last] = [ordinals[0], ordinals.at(-1)];
  if (first === undefined || last === undefined) return numberedQuarter(tokens, start);
  if (unit === 'week') return { phrase: { is: 'weeks', first, last }, next: at + 1 };
  if (unit === 'quarter' && first > 0 && last > 0) return { phrase: { is: 'months', first: first * 3 - 2, last: last * 3 }, next: at + 1 };
  const halfOfYear = unit === 'halfYear' || (unit === 'part' && tokens[at + 1]?.is === 'year');
  if (halfOfYear && first > 0 && last < 3) return { phrase: { is: 'months', first: first * 6 - 5, last: last * 6 }, next: at + 1 };
  return null;
}

/** *Quarter 4*. */
function numberedQuarter(tokens: readonly Token[], at: number): { phrase: Phrase; next: number } | null {
  const number = tokens[at + 1];
  if (tokens[at]?.is !== 'quarter' || number?.is !== 'number' || number.value < 1 || number.value > 4) return null;
  return { phrase: { is: 'months', first: number.value * 3 - 2, last: number.value * 3 }, next: at + 2 };
}

type Point = { -readonly [K in keyof DatePoint]: DatePoint[K] } & { until: { month: number | null; week: number | null }; after: boolean };

function newPoint(): Point {
  return { day: null, month: null, year: null, week: null, weekday: null, until: { month: null, week: null }, after: false };
}

/** The days or months that a date names, in the order in which it does; null where they do not make one. */
function pointsOf(phrases: readonly Phrase[]): Point[] | null {
  const points: Point[] = [];
  let point = newPoint();
  let said = false;
  for (const phrase of phrases) {
    if (phrase.is === 'range' || phrase.is === 'list') {
      if (said) points.push(point);
      else if (points.length > 0) return null;
      [point, said] = [newPoint(), false];
    } else {
      // *July 5-7, 2021*: a year behind a comma is that of the days before it.
      const last = points.at(-1);
      const target: Point = !said && phrase.is === 'year' && last && last.year === null ? last : point;
      if (!take(target, phrase)) return null;
      said = said || target === point;
    }
  }
  if (said) points.push(point);
  return points.length === 0 ? null : points;
}

/** Puts a phrase into a point; false where the point has said such a thing before. */
function take(point: Point, phrase: Phrase): boolean {
  const set = (name: 'day' | 'month' | 'year' | 'weekday', value: number): boolean => {
    if (point[name] !== null) return false;
    point[name] = value;
    return true;
  };
  switch (phrase.is) {
    case 'number':
      return set('day', phrase.value);
    case 'month':
    case 'year':
    case 'weekday':
      return set(phrase.is, phrase.value);
    case 'ordinal':
      return phrase.ordinal !== undefined && set('weekday', phrase.ordinal);
    case 'part':
      return true;
    case 'after':
      point.after = true;
      return true;
    case 'whole': {
      const [year, month, day] = phrase.whole!;
      return set('year', year) && set('month', month) && set('day', day);
    }
    case 'weeks':
      if (point.week !== null) return false;
      point.week = phrase.first;
      point.until.week = phrase.last;
      return true;
    case 'months':
      point.until.month = phrase.last;
      return set('month', phrase.first);
    default:
      return false;
  }
}

/** The first and the last of some points, each with the month and the year that another one says for it. */
function joined(points: readonly Point[], toBeConfirmed: boolean): SaidDate | null {
  borrowMonths(points);
  if (points.some(({ month }) => month === null)) return null;
  const [first, last] = [points[0]!, points.at(-1)!];
  if (points.some((point) => (point.after && point.day === null) || (point.week !== null && point.day !== null))) return null;
  const isWeek = points.some(({ week, after }) => week !== null || after);
  const isDay = points.every(({ day }) => day !== null);
  const to: DatePoint = {
    ...bare(last),
    month: last.until.month ?? last.month,
    ...(last.until.week !== null && { week: last.until.week }),
  };
  const precision = isWeek ? 'week' : isDay ? 'day' : 'month';
  return { from: bare(first), to, precision, toBeConfirmed };
}

function bare({ day, month, year, week, weekday, after }: Point): DatePoint {
  return { day, month, year, week: after ? 0 : week, weekday };
}

/** A month that a point does not say is that of the next one, else of the one before. Years stay unsaid: two ends may stand in two of them. */
function borrowMonths(points: readonly Point[]): void {
  for (let at = points.length - 2; at >= 0; at -= 1) points[at]!.month ??= points[at + 1]!.month;
  for (let at = 1; at < points.length; at += 1) points[at]!.month ??= points[at - 1]!.month;
}
