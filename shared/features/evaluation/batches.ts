import { isDay, type Day } from '../../kernel/dates.ts';

/** The least number of anonymous sheets of one form that leave this laptop at a time: fewer would tell by their order who answered what. */
export const SMALLEST_BATCH = 5;

/** The facts that decide whether the sheets of one form that wait in a workshop may be sealed. */
export interface WaitingBatch {
  /** The day in the room on which each was typed in; null where an earlier program kept none. */
  readonly days: readonly (Day | null)[];
  /** The workshop's last day, '' where it is not readable. */
  readonly end: Day;
  readonly today: Day;
  /** A person closes the form: what waits goes, however little. */
  readonly closing: boolean;
}

/**
 * Whether sheets that wait are sealed, all in one batch: five or more; any number once the form is closed, or once the workshop is over and a day went by since
 * the last was typed in, so that sheets typed one by one after it do not leave one by one.
 */
export function sealsNow({ days, end, today, closing }: WaitingBatch): boolean {
  if (days.length === 0) return false;
  if (closing || days.length >= SMALLEST_BATCH) return true;
  return isDay(end) && end < today && days.every((day) => day === null || day < today);
}
