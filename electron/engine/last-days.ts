import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LAST_DAYS_FILE, lastDaysText, type LastDays } from '../../shared/contract/last-days.ts';
import { addDays, dayInRoom, type Day } from '../../shared/kernel/dates.ts';

/** From Friday to Tuesday: who works on days of the week finds theirs. */
const DAYS_AHEAD = 4;

/** Writes what *Today* shows on this day and the next ones, so that the window has it before the store is open. A disk that has no room for it goes without. */
export function saveLastDays(folder: string, now: number, showing: (day: Day) => LastDays[Day]): void {
  try {
    const today = dayInRoom(now);
    const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, i) => addDays(today, i));
    writeFileSync(path.join(folder, LAST_DAYS_FILE), lastDaysText(Object.fromEntries(days.map((day) => [day, showing(day)]))));
  } catch {
    removeLastDays(folder);
  }
}

/** Deletes the file of the last days: from now on the store may change. */
export function removeLastDays(folder: string): void {
  rmSync(path.join(folder, LAST_DAYS_FILE), { force: true });
}
