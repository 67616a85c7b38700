import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { LARGEST_LAST_DAYS, LAST_DAYS_FILE, readLastDays, type LastDays } from '../../shared/contract/last-days.ts';

/** Reads what the engine left when it closed; to be called before it opens again. None where there is no such file, or one that it would not have written. */
export function lastDays(data: string): LastDays {
  const file = path.join(data, LAST_DAYS_FILE);
  try {
    return statSync(file).size <= LARGEST_LAST_DAYS ? readLastDays(readFileSync(file, 'utf8')) : {};
  } catch {
    return {};
  }
}
