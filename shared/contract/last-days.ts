import type { Day } from '../kernel/dates.ts';
import { VERSION } from '../kernel/version.ts';
import type { ResultOf } from './call.ts';
import type { DesktopContract } from './desktop.ts';

/** The answers of `activity.today` for some days, kept by the engine that closed last, for the window to show at once. */
export type LastDays = Readonly<Record<Day, ResultOf<DesktopContract['activity.today']>>>;

/**
 * The name of the file of the last days in the data folder; written when the engine closes, removed when one opens, so that whatever it says has not changed
 * since.
 */
export const LAST_DAYS_FILE = 'last-days.json';

/** The largest file of last days that is read, in bytes: more than twenty workshops with their programmes never come to. */
export const LARGEST_LAST_DAYS = 1 << 20;

/** Serialises the last days; only `readLastDays` of the same version reads the text. */
export function lastDaysText(days: LastDays): string {
  return JSON.stringify({ version: VERSION, days });
}

/**
 * Parses what `lastDaysText` wrote; no days for a text that another version or another program wrote. What it shows stands for a moment, until the engine's own
 * answer.
 */
export function readLastDays(text: string): LastDays {
  try {
    const { version, days } = JSON.parse(text) as { version?: unknown; days?: unknown };
    return version === VERSION && typeof days === 'object' && days !== null ? (days as LastDays) : {};
  } catch {
    return {};
  }
}
