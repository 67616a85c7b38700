import { halfAt } from '../../../../shared/features/attendance/half-day-at-hand.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { today } from '../../app/clock.ts';
import type { MarkStore } from './mark-store.ts';

// What stays of a workshop's sheet while another tab or page is looked at, in memory: its marks with what can be undone, and the half-day that was opened.

/** The engine's facts about a sheet beside its marks. */
interface SheetFacts {
  readonly halfDays: readonly HalfDay[];
  readonly gone: number;
}

/** A workshop's marks, and what was said last beside them: shown until the engine has answered again. */
interface KeptSheet {
  readonly marks: MarkStore;
  readonly said?: SheetFacts;
}

const KEPT = 20;
const sheets = new Map<Id, KeptSheet>();
const opened = new Map<Id, { readonly halfDay: HalfDay; readonly when: string }>();

/** A workshop's sheet: the one that was kept, else a new one. */
export function keptSheet(activityId: Id, make: () => MarkStore): KeptSheet {
  const known = sheets.get(activityId) ?? { marks: make() };
  sheets.delete(activityId);
  sheets.set(activityId, known);
  const [oldest] = sheets.keys();
  if (sheets.size > KEPT && oldest !== undefined) sheets.delete(oldest);
  return known;
}

/** Keeps what the engine said of a sheet that is kept. */
export function keepSaid(activityId: Id, said: SheetFacts): void {
  const known = sheets.get(activityId);
  if (known) sheets.set(activityId, { ...known, said });
}

/** Keeps which half-day is open, or is to be when the sheet is looked at. `when`: the day and its half; in another one the half-day at hand opens again. */
export function keepOpened(activityId: Id, halfDay: HalfDay, when: string): void {
  opened.set(activityId, { halfDay, when });
}

/** The half-day that was opened in this half of the day; undefined for none. */
export function openedBefore(activityId: Id, when: string): HalfDay | undefined {
  const known = opened.get(activityId);
  return known?.when === when ? known.halfDay : undefined;
}

/** The day and its half, as a half-day is written. */
export function momentOf(now: Date): string {
  return `${today(now)}-${halfAt(now.getHours())}`;
}
