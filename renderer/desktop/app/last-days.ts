import type { LastDays } from '../../../shared/contract/last-days.ts';
import type { Day } from '../../../shared/kernel/dates.ts';

// Of the engine that closed last. What this one answers takes its place, and it is not looked at again.
let known: LastDays = {};

/** Asks the shell for what *Today* showed when the engine last closed. */
export async function recallLastDays(): Promise<void> {
  known = await window.shell.lastDays().catch(() => ({}));
}

/** Returns what *Today* showed of a day; undefined where nothing is known, or the engine has spoken. */
export function lastDay(day: Day): LastDays[Day] | undefined {
  return Object.hasOwn(known, day) ? known[day] : undefined;
}

/** Forgets it: the engine has spoken. */
export function forgetLastDays(): void {
  known = {};
}
