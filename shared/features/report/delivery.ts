import type { HalfDay } from '../../kernel/dates.ts';

/** A session of the programme that counts for attendance. */
export interface PlannedSession {
  readonly halfDay: HalfDay;
  /** Its length; null where neither the programme nor the course says it. */
  readonly minutes: number | null;
}

/** The sessions and minutes held, of those that were planned. `held` and `minutesHeld` are null as long as nobody was marked: then nothing is known of it. */
export interface DeliveryFigures {
  readonly planned: number;
  readonly held: number | null;
  /** Of the sessions whose length is known; null where none is. */
  readonly minutesPlanned: number | null;
  readonly minutesHeld: number | null;
  /** How many of the sessions planned have a length. */
  readonly timed: number;
}

/** Counts the sessions and minutes that were planned, and those of the half-days that were held: those with a mark of somebody. */
export function deliveryFigures(sessions: readonly PlannedSession[], held: readonly HalfDay[]): DeliveryFigures {
  const there = new Set(held);
  const minutesOf = (list: readonly PlannedSession[]): number => list.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
  const done = sessions.filter(({ halfDay }) => there.has(halfDay));
  const timed = sessions.filter(({ minutes }) => minutes !== null).length;
  const isKnown = there.size > 0;
  return {
    planned: sessions.length,
    held: isKnown ? done.length : null,
    minutesPlanned: timed === 0 ? null : minutesOf(sessions),
    minutesHeld: timed === 0 || !isKnown ? null : minutesOf(done),
    timed,
  };
}

/** The minutes from one time of day to a later one (`HH:MM`); null where one is missing or the end is not later. */
export function minutesBetween(start: string | null, end: string | null): number | null {
  const [from, to] = [start, end]
    .map((hour) => /^(\d{2}):(\d{2})$/.exec(hour ?? ''))
    .map((parts) => (parts ? Number(parts[1]) * 60 + Number(parts[2]) : NaN));
  const minutes = to! - from!;
  return minutes > 0 ? minutes : null;
}
