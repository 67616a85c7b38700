import { splitHalfDay, type HalfDay } from '../../../kernel/dates.ts';
import { fold } from '../../../kernel/text.ts';
import type { Mark } from '../../../model/vocabularies.ts';
import { NOON, type AgendaSession } from './occasions.ts';

/** A time that somebody joined until they left, in minutes of the day; null: not known. */
export interface Stay {
  readonly from: number | null;
  readonly to: number | null;
  /** How long altogether, where the file says so. */
  readonly minutes: number | null;
  /** The file itself says how late, and that was more than the rule allows. */
  readonly late?: boolean;
}

/** The rule by which times become a status; shown with the answer, and changeable. */
export interface StayRule {
  /** Whoever was there for a smaller part of the half-day, in percent, was absent. */
  readonly least: number;
  /** Who came or left so many minutes off was late, or left early. */
  readonly grace: number;
}

/** Whether nothing is said of a stay: somebody is listed and has no times. */
export function isBlankStay({ from, to, minutes }: Stay): boolean {
  return from === null && to === null && minutes === null;
}

export const STAY_RULE: StayRule = { least: 50, grace: 15 };

const DAY_END = 24 * 60;
/** A stay that reaches over noon by no more is of one half-day; in minutes. */
const LEAST_STAY = 30;

/** The minutes of the day that a text says: `09:05`, `9h05`, `3/2/2026, 9:05:12 AM`; null where it says none. */
export function timeOfText(text: string): number | null {
  const second = secondOfText(text);
  return second === null ? null : Math.floor(second / 60);
}

/** The seconds of the day that a text says; null where it says none. */
export function secondOfText(text: string): number | null {
  const found = /(?:^|[\sT,])([01]?\d|2[0-3])\s?[:hH]\s?([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s?([ap])?\.?\s?(m)?\b/iu.exec(text);
  if (!found) return null;
  const [hour, half] = [Number(found[1]), found[4]?.toLowerCase()];
  const full = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour;
  return (full * 60 + Number(found[2])) * 60 + Number(found[3] ?? 0);
}

/** The minutes that a duration says: `95`, `1h 35m`, `01:35:00`, `0 days 01:35:00.0`, `PT1H35M`, `1 h 35 min 10 s`; `heading` tells hours from minutes. Null where it says none. */
export function minutesOfText(text: string, heading: string): number | null {
  const folded = fold(text)
    .replace(/^0 days? (?=\d)/u, '')
    .replace(/^pt(?=\d)/u, '');
  if (/^\d+([.,]\d+)?$/.test(folded)) {
    const number = Number(folded.replace(',', '.'));
    return /\b(hours?|heures?|horas?|hrs?)\b/u.test(fold(heading)) ? number * 60 : number;
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(folded);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const parts =
    /^(?:(\d+)\s*(?:h|hrs?|hours?|heures?|horas?)\.?,?\s*)?(?:(\d+)\s*(?:m|min|mins|mn|minutes?|minutos?)?\.?,?\s*)?(?:(\d+)\s*(?:s|sec|secs|seg|seconds?|secondes?|segundos?)\.?)?$/u.exec(
      folded,
    );
  if (!parts || (parts[1] === undefined && parts[2] === undefined && parts[3] === undefined)) return null;
  return Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0) + Number(parts[3] ?? 0) / 60;
}

/**
 * The first and the last minute of a half-day: of its sessions, else of those who were there, between nine hours of the clock. `stays`: one of each person, from
 * when they first came until they last left. Whoever opens a meeting early or closes it late says nothing of when it began: a quarter had come, and a quarter was still there.
 */
export function spanOf(
  halfDay: HalfDay,
  sessions: readonly AgendaSession[],
  stays: readonly Stay[],
): { readonly start: number; readonly end: number } {
  const { half } = splitHalfDay(halfDay);
  const planned = sessions
    .filter((session) => session.halfDay === halfDay)
    .flatMap(({ start, end }) => [timeOfText(start), timeOfText(end)]);
  const times = planned.filter((time) => time !== null);
  if (times.length > 1) return { start: Math.min(...times), end: Math.max(...times) };
  const within = (time: number | null): time is number => time !== null && (half === 'AM' ? time <= NOON : time >= NOON - 30);
  const joined = firstQuarter(stays.map(({ from }) => from).filter(within));
  const left = lastQuarter(stays.map(({ to }) => to).filter(within));
  // Who stays over lunch says nothing of when the morning ended: it ended between noon and one, the afternoon began between one and two.
  const isWhole = stays.some(({ from, to }) => from !== null && to !== null && from < NOON && to > NOON + 60);
  if (half === 'AM') return { start: Math.min(joined ?? NOON, NOON), end: Math.max(left ?? 0, isWhole ? 12 * 60 : 0) || NOON };
  return { start: Math.min(joined ?? DAY_END, isWhole ? 14 * 60 : DAY_END), end: Math.max(left ?? NOON, NOON) };
}

/** Returns the longest stay in minutes that a quarter of them reached. */
export function longestUsual(minutes: readonly number[]): number {
  return lastQuarter(minutes) ?? 0;
}

function firstQuarter(times: readonly number[]): number | undefined {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 4)];
}

function lastQuarter(times: readonly number[]): number | undefined {
  return [...times].sort((a, b) => b - a)[Math.floor((times.length - 1) / 4)];
}

/** The status that somebody's stays in a half-day make. */
export function statusOfStays(
  stays: readonly Stay[],
  { start, end }: { readonly start: number; readonly end: number },
  rule: StayRule,
): Mark {
  const timed = stays.filter(({ from }) => from !== null);
  if (timed.length === 0) {
    const [minutes, whole] = [Math.max(...stays.map((stay) => stay.minutes ?? 0)), end - start];
    return whole > 0 && minutes * 100 < rule.least * whole ? 'absent' : 'present';
  }
  const parts = timed.map(({ from, to, minutes }) => ({ from: from!, to: to ?? (minutes === null ? end : from! + minutes) }));
  if (minutesWithin(parts, start, end) * 100 < rule.least * (end - start)) return 'absent';
  if (stays.some(({ late }) => late === true) || Math.min(...parts.map(({ from }) => from)) > start + rule.grace) return 'late';
  return Math.max(...parts.map(({ to }) => to)) < end - rule.grace ? 'leftEarly' : 'present';
}

function minutesWithin(parts: readonly { readonly from: number; readonly to: number }[], start: number, end: number): number {
  let [sum, until] = [0, start];
  for (const { from, to } of [...parts].sort((a, b) => a.from - b.from)) {
    const [begin, finish] = [Math.max(from, until), Math.min(to, end)];
    if (finish > begin) sum += finish - begin;
    until = Math.max(until, finish);
  }
  return sum;
}

/** Of the half-days of one day, those that a stay lies in: a few minutes over the end of one are none of the next. */
export function halvesStayed({ from, to }: Stay, halfDays: readonly HalfDay[]): HalfDay[] {
  if (from === null) return [...halfDays];
  const inHalf = (halfDay: HalfDay): number =>
    splitHalfDay(halfDay).half === 'AM' ? Math.min(to ?? from, NOON) - from : (to ?? from) - Math.max(from, NOON);
  const long = halfDays.filter((halfDay) => inHalf(halfDay) > LEAST_STAY);
  return long.length > 0 ? long : halfDays.filter((halfDay) => (splitHalfDay(halfDay).half === 'AM') === from < NOON - LEAST_STAY);
}
