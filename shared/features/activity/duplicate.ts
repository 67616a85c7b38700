import { addDays, dayCount, isSpan, type Day, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { moveDays, type NewDates } from './move-days.ts';
import type { AgendaEntry, RescheduleRefusal } from './reschedule.ts';

/** The place of a session of a workshop in another workshop that is like it. */
export interface DuplicatedItem {
  /** The session that it is like. */
  readonly from: Id;
  readonly placement: readonly [HalfDay, string];
  readonly start: string | null;
  readonly end: string | null;
}

/**
 * The agenda of a workshop on other dates: what stood on its second day stands on the second day. Working days, and what stands beyond the new end, as `moveDays`
 * has them; attendance was taken for none of it. The workshop itself is not touched.
 */
export function duplicateAgenda(
  now: { readonly start: Day; readonly end: Day; readonly items: readonly AgendaEntry[] },
  to: NewDates,
): Result<DuplicatedItem[], RescheduleRefusal> {
  const placed = moveDays({ ...now, marked: [] }, to);
  if (!placed.ok) return placed;
  const moved = new Map(placed.value.moved.map((item) => [item.id, item]));
  const dropped = new Set(placed.value.deleted);
  return ok(
    now.items
      .filter(({ id }) => !dropped.has(id))
      .map(({ id, halfDay, key, start, end }) => {
        const { placement, ...times } = moved.get(id) ?? { placement: [halfDay, key] as const, start, end };
        return { from: id, placement, start: times.start, end: times.end };
      }),
  );
}

/** Dates that are proposed for a workshop like this one: as long, on the same days of the week, the first that are after it and not before a day. */
export function datesAfter(
  { start, end }: { readonly start: Day; readonly end: Day },
  day: Day,
): { readonly start: Day; readonly end: Day } {
  if (!isSpan(start, end)) return { start: day, end: day };
  const length = dayCount(start, end) - 1;
  const earliest = day > end ? day : addDays(end, 1);
  const weeks = Math.ceil((dayCount(start, earliest) - 1) / 7);
  const first = addDays(start, 7 * weeks);
  return { start: first, end: addDays(first, length) };
}
