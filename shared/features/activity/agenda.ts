import { addDays, splitHalfDay, type Day, type Half, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { keysAfter } from '../../kernel/order.ts';
import type { LocalisedText } from '../../kernel/text.ts';

/** A session of a course where a layout puts it: `day` 1, 2 ... */
export interface PlacedSession {
  readonly id: Id;
  readonly title: LocalisedText;
  readonly minutes: number;
  readonly day: number;
  readonly half: Half;
}

/** An agenda item to be made from a session. */
export interface PlannedItem {
  readonly sessionId: Id;
  readonly title: LocalisedText;
  readonly placement: readonly [HalfDay, string];
  readonly start: string;
  readonly end: string;
}

/** The minutes of an agenda item where nobody said. */
export const USUAL_MINUTES = 90;
const FIRST_MINUTE: Readonly<Record<Half, number>> = { AM: 9 * 60, PM: 14 * 60 };

/** The agenda that a course's sessions, in their order, make from `start` on: from 09:00 and 14:00, one after the other. */
export function agendaOf(sessions: readonly PlacedSession[], start: Day): PlannedItem[] {
  const halfDays = new Map<HalfDay, PlacedSession[]>();
  for (const session of sessions) {
    const halfDay = `${addDays(start, session.day - 1)}-${session.half}`;
    const before = halfDays.get(halfDay);
    if (before) before.push(session);
    else halfDays.set(halfDay, [session]);
  }
  return [...halfDays].flatMap(([halfDay, placed]) => {
    const keys = keysAfter(null, placed.length);
    const times = timesOf(
      halfDay,
      placed.map(({ minutes }) => minutes),
    );
    return placed.map(({ id, title }, index) => ({ sessionId: id, title, placement: [halfDay, keys[index]!] as const, ...times[index]! }));
  });
}

/** Start and end (`HH:MM`) of items that follow each other in a half-day. */
export function timesOf(halfDay: HalfDay, minutes: readonly number[]): { readonly start: string; readonly end: string }[] {
  let now = FIRST_MINUTE[splitHalfDay(halfDay).half];
  return minutes.map((length) => {
    const start = clockText(now);
    now += length;
    return { start, end: clockText(now) };
  });
}

/** The minutes between two times of a day; the usual length where they say nothing. */
export function minutesOf(start: string | null, end: string | null): number {
  const length = minuteOf(end) - minuteOf(start);
  return length > 0 ? length : USUAL_MINUTES;
}

/** The length of a session that somebody adds by hand and has not timed. */
const ADDED_MINUTES = 60;

/** Start and end of a session that is added to a half-day: it begins where the last one ends, else when the half-day does. `ends`: of its sessions. */
export function timesOfAdded(halfDay: HalfDay, ends: readonly string[]): { readonly start: string; readonly end: string } {
  const minutes = ends.map(minuteOf).filter((minute) => !Number.isNaN(minute));
  const start = minutes.length > 0 ? Math.max(...minutes) : FIRST_MINUTE[splitHalfDay(halfDay).half];
  return { start: clockText(start), end: clockText(start + ADDED_MINUTES) };
}

/** The session of a day that runs at a time (`HH:MM`), else the first that has not begun, else the last one; `runs`: whether it has begun. */
export function sessionAt<I extends { readonly start: string; readonly end: string }>(
  items: readonly I[],
  time: string,
): { readonly item: I; readonly runs: boolean } | undefined {
  const item = items.find(({ end }) => end > time) ?? items.at(-1);
  return item && { item, runs: item.start <= time };
}

function minuteOf(clock: string | null): number {
  const match = /^(\d{2}):(\d{2})$/.exec(clock ?? '');
  return match ? 60 * Number(match[1]) + Number(match[2]) : Number.NaN;
}

function clockText(minute: number): string {
  const within = Math.min(minute, 24 * 60 - 1);
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}
