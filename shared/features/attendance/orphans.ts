import type { Day, HalfDay } from '../../kernel/dates.ts';
import { addDays, dayCount, splitHalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';

export const ORPHAN_REASONS = ['halfDayGone', 'personRemoved', 'workshopRemoved'] as const;
/** The reasons why a mark waits for a person's decision. */
export type OrphanReason = (typeof ORPHAN_REASONS)[number];

/** A mark that says something (not *not yet taken*), with whether a removal of its workshop or of its person had seen it. */
export interface StandingMark {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly seenByWorkshopRemoval: boolean;
  readonly seenByPersonRemoval: boolean;
}

/** The half-days and people of a workshop that have cells in its sheet. */
export interface Places {
  readonly halfDays: ReadonlySet<HalfDay>;
  /** Everybody on the list, those removed and still in sight included. */
  readonly listed: ReadonlySet<Id>;
  /** Of all people that are known here, those who were removed. */
  readonly removed: ReadonlySet<Id>;
  /** The workshop itself was removed. */
  readonly workshopRemoved: boolean;
}

/**
 * Why a mark must be asked about; null where it stands in its cell and nothing is asked, or where it went with a person or a workshop that was removed by
 * somebody who had seen it. No mark falls between: what no removal had seen is either in a cell or has a reason.
 */
export function orphanReason(mark: StandingMark, places: Places): OrphanReason | null {
  if (places.workshopRemoved && !mark.seenByWorkshopRemoval) return 'workshopRemoved';
  if (places.removed.has(mark.personId) && !mark.seenByPersonRemoval) return 'personRemoved';
  if (!places.listed.has(mark.personId)) return places.removed.has(mark.personId) ? null : 'personRemoved';
  return places.halfDays.has(mark.halfDay) ? null : 'halfDayGone';
}

/** Whether a mark has a cell in the sheet, where it is shown and counted. */
export function hasCell(mark: Pick<StandingMark, 'personId' | 'halfDay'>, places: Pick<Places, 'halfDays' | 'listed'>): boolean {
  return places.listed.has(mark.personId) && places.halfDays.has(mark.halfDay);
}

/**
 * The half-day of today's dates that a half-day of earlier dates became: the second day's morning stays the second day's morning. `earlier`: first days
 * that the workshop had before, the newest first. Null where none of them leads to a half-day for which attendance is taken.
 */
export function movedHalfDay(halfDay: HalfDay, earlier: readonly Day[], start: Day, halfDays: ReadonlySet<HalfDay>): HalfDay | null {
  const { day, half } = splitHalfDay(halfDay);
  for (const before of earlier) {
    if (before === start || day < before) continue;
    const moved = `${addDays(start, dayCount(before, day) - 1)}-${half}`;
    if (halfDays.has(moved)) return moved;
  }
  return null;
}
