import type { Day } from '../kernel/dates.ts';
import { VERSION } from '../kernel/version.ts';
import type { ResultOf } from './call.ts';
import type { DesktopContract } from './desktop.ts';

/** What *Today* showed, or will show, on days, by the engine that closed last: `activity.today` of each. */
export type LastDays = Readonly<Record<Day, ResultOf<DesktopContract['activity.today']>>>;

/** Its file in the data folder; written when the engine closes, taken away when one opens, so that whatever it says has not changed since. */
export const LAST_DAYS_FILE = 'last-days.json';

/** More than twenty workshops with their programmes never come to. */
export const LARGEST_LAST_DAYS = 1 << 20;

/** Days as text; `readLastDays` of the same version reads it. */
export function lastDaysText(days: LastDays): string {
  return JSON.stringify({ version: VERSION, days });
}

/** The days of a text; none where another version wrote it, or nobody. What it shows stands for a moment, until the engine's own answer. */
export function readLastDays(text: string): LastDays {
  try {
    const { version, days } = JSON.parse(text) as { version?: unknown; days?: unknown };
    return version === VERSION && typeof days === 'object' && days !== null ? (days as LastDays) : {};
  } catch {
    return {};
  }
}
