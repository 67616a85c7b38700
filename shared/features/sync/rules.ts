import type { ClockTrust } from '../../sync/types.ts';

/** The milliseconds by which two clocks may differ and still be called equal; a slow link alone may take most of it. */
export const CLOCK_TOLERANCE = 120_000;
/** A clock that was compared longer ago than this is no longer trusted: batteries of laptops in cupboards run down. */
const CLOCK_COMPARED_FOR = 30 * 86_400_000;

/** A comparison of this laptop's clock with the repository's. */
export interface ClockComparison {
  /** This laptop's clock when it was compared. */
  readonly at: number;
  /** How far the repository's clock was ahead, in milliseconds. */
  readonly offset: number;
}

/** Returns the trust in the clock of a write made at `now`: 2 where it was lately compared with the repository's and agreed. */
export function clockTrust(comparison: ClockComparison | undefined, now: number): ClockTrust {
  if (!comparison || Math.abs(comparison.offset) > CLOCK_TOLERANCE) return 0;
  const age = now - comparison.at;
  return age >= 0 && age <= CLOCK_COMPARED_FOR ? 2 : 0;
}

/**
 * When a value was received, where that is to be said beside when its writer's clock says that it was written, because that clock is in doubt: it was never
 * compared with another, or it says that the value was written after it was received. Null otherwise, and where it is not known.
 */
export function recordedBeside(value: { readonly t: string; readonly tq: ClockTrust; readonly receivedAt: string | null }): string | null {
  if (value.receivedAt === null) return null;
  const isAhead = value.t > value.receivedAt && isAnotherMoment(value.t, value.receivedAt);
  return value.tq === 0 || isAhead ? value.receivedAt : null;
}

const ONE_MOMENT = 5 * 60_000;

/** Whether two times, as text, are too far apart to be said as one. */
export function isAnotherMoment(a: string, b: string): boolean {
  return !(Math.abs(Date.parse(a) - Date.parse(b)) <= ONE_MOMENT);
}

/** Compares the repository's clock with ours, from one request: its time is taken to be of the middle of the round trip. */
export function compareClocks(sentAt: number, receivedAt: number, repositoryTime: number): ClockComparison {
  return { at: receivedAt, offset: Math.round(repositoryTime - (sentAt + receivedAt) / 2) };
}

const FIRST_RETRY = 15_000;
const LAST_RETRY = 10 * 60_000;
/** How long a laptop whose work is all delivered waits before it asks for others' work. */
const QUIET = 5 * 60_000;
/** How long it waits after a change, so that a run of taps travels together. */
const SETTLED = 20_000;

/** The facts that the time of the next automatic run rests on. */
export interface AutomaticState {
  /** Automatic runs that failed for want of a network, in a row. */
  readonly failures: number;
  /** Something waits to be sent. */
  readonly waiting: boolean;
  /** From 0 to 1: spreads the laptops of one room. */
  readonly jitter: number;
}

/** Milliseconds until the next automatic run: soon where work waits, rarely where nothing does, ever later while there is no network. */
export function nextAutomaticRun(state: AutomaticState): number {
  const spread = 0.8 + 0.4 * state.jitter;
  if (state.failures > 0) return Math.round(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(state.failures - 1, 10)) * spread);
  return Math.round((state.waiting ? SETTLED : QUIET) * spread);
}

/** The number of runs kept in the history. */
export const HISTORY_LENGTH = 200;
