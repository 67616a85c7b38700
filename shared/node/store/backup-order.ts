/**
 * The order of backups and which of them stay, decided without a clock: those of laptops in the field fall back by years, and the times of files change when they
 * are copied. Pure.
 */

/** The header of a backup, in its own table `meta`. */
export interface BackupHeader {
  /** Higher than that of every backup made of this store before; 0: an earlier program made it and numbered none. */
  readonly number: number;
  /** What the clock said, milliseconds: for showing, and for telling one working day from the next. */
  readonly at: number;
  /** The newest feed number of the store then. */
  readonly feed: number;
}

/** The number of working days that keep a backup each. */
export const DAYS_KEPT = 7;
/** The number of newest backups that stay whatever day they are said to be of: a clock that begins at the same date each morning makes one day of all. */
export const NEWEST_KEPT = 3;
/** The number of change-sets after the last backup at which one is due though the clock says that it is the same day. */
export const WORK_UNTIL_DUE = 100;

/** Sorts backups, the newest first: by their number; those without one by what the clock said, after all that have one. */
export function newestFirst<B extends Pick<BackupHeader, 'number' | 'at'>>(backups: readonly B[]): B[] {
  return [...backups].sort((a, b) => b.number - a.number || b.at - a.at);
}

/** Whether a backup is due: the clock names another day than the newest one does, or went back since, or much was written. `newest` null: there is none. */
export function isDue(newest: BackupHeader | null, now: number, feed: number): boolean {
  return newest === null || dayOf(now) !== dayOf(newest.at) || now < newest.at || Math.abs(feed - newest.feed) >= WORK_UNTIL_DUE;
}

/**
 * Returns the backups that may be removed, given all of them: every one but the newest `NEWEST_KEPT` and the last one of each of the last `days` working days.
 * A working day is what followed one upon the other with one date and a clock that did not go back.
 */
export function superfluous<B extends Pick<BackupHeader, 'number' | 'at'>>(backups: readonly B[], days: number = DAYS_KEPT): B[] {
  const ordered = newestFirst(backups);
  const kept = new Set(ordered.slice(0, Math.min(NEWEST_KEPT, days)));
  let seen = 0;
  for (const [place, backup] of ordered.entries()) {
    const after = ordered[place - 1];
    const sameDay = after !== undefined && dayOf(after.at) === dayOf(backup.at) && after.at >= backup.at;
    if (sameDay) continue;
    if (++seen > days) break;
    kept.add(backup);
  }
  return ordered.filter((backup) => !kept.has(backup));
}

function dayOf(at: number): string {
  return Number.isFinite(at) && Math.abs(at) <= LATEST ? new Date(at).toISOString().slice(0, 10) : '';
}

/** The last instant that a date can name. */
const LATEST = 8.64e15;
