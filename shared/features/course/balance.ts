import type { Half } from '../../kernel/dates.ts';
import type { LaidOutSession } from './rules.ts';

const HALVES: readonly Half[] = ['AM', 'PM'];

/** Longer than this, in minutes, a half-day is too full. */
export const FULL_HALF_DAY = 240;

/** A half-day of a length of a course, with the minutes of its sessions. */
export interface HalfDayLoad {
  readonly day: number;
  readonly half: Half;
  readonly minutes: number;
  readonly sessions: number;
  readonly isOver: boolean;
}

/** The minutes that the sessions of a course take of each half-day of a length. */
export interface Balance {
  readonly halfDays: readonly HalfDayLoad[];
  /** How many sessions are no part of this length, or stand on a day beyond its last one. */
  readonly outside: number;
}

/** Returns the minutes of each half-day of a length of `days` days, in their order. */
export function balanceOf(sessions: readonly (LaidOutSession & { readonly minutes: number })[], days: number): Balance {
  const inside = sessions.flatMap(({ layouts, minutes }) => {
    const place = layouts[days];
    return place && place.day <= days ? [{ ...place, minutes }] : [];
  });
  const halfDays = Array.from({ length: days }, (_, index) => index + 1).flatMap((day) =>
    HALVES.map((half) => {
      const own = inside.filter((one) => one.day === day && one.half === half);
      const minutes = own.reduce((sum, one) => sum + one.minutes, 0);
      return { day, half, minutes, sessions: own.length, isOver: minutes > FULL_HALF_DAY };
    }),
  );
  return { halfDays, outside: sessions.length - inside.length };
}

/** Returns the lengths in days that a course has, the shortest first. */
export function lengthsOf({ days, variants }: { readonly days: number; readonly variants: readonly number[] }): number[] {
  return [...new Set([...variants, days])].sort((a, b) => a - b);
}
