import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { MarkStore } from './mark-store.ts';

/** What stays of a workshop's sheet while another tab or page is looked at, in memory: its marks with what can be undone, and the half-day that was opened. */
interface KeptSheet {
  readonly marks: MarkStore;
  opened?: { readonly halfDay: HalfDay; readonly when: string };
}

const KEPT = 20;
const sheets = new Map<Id, KeptSheet>();

/** A workshop's marks: those that were kept, else new ones. */
export function keptMarks(activityId: Id, make: () => MarkStore): MarkStore {
  const known = sheets.get(activityId) ?? { marks: make() };
  sheets.delete(activityId);
  sheets.set(activityId, known);
  const [oldest] = sheets.keys();
  if (sheets.size > KEPT && oldest !== undefined) sheets.delete(oldest);
  return known.marks;
}

/** Keeps which half-day is open. `when`: the day and its half; in another one the half-day at hand opens again. */
export function keepOpened(activityId: Id, halfDay: HalfDay, when: string): void {
  const known = sheets.get(activityId);
  if (known) known.opened = { halfDay, when };
}

/** The half-day that was opened in this half of the day; undefined for none. */
export function openedBefore(activityId: Id, when: string): HalfDay | undefined {
  const opened = sheets.get(activityId)?.opened;
  return opened?.when === when ? opened.halfDay : undefined;
}
