import { isPartOfItself } from '../../../../shared/features/activity/nesting.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { Seen } from '../../../../shared/model/field-writes.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import { activityRow, anyActivityRow, type ActivityRow } from './activity-rows.ts';

/** A workshop in sight, with its dates as text; what is cleared is empty. */
export type FoundActivity = ActivityRow & { readonly start: string; readonly end: string };

/** The activity that a call speaks of: a workshop, or an entry of the calendar. Refuses `activity.unknown`. */
export function foundActivity(reader: Reader, id: Id): Result<FoundActivity, 'activity.unknown'> {
  return found(anyActivityRow(reader, id));
}

/** The workshop that a call speaks of. Refuses `activity.unknown`. */
export function foundWorkshop(reader: Reader, id: Id): Result<FoundActivity, 'activity.unknown'> {
  return found(activityRow(reader, id));
}

function found(row: ActivityRow | undefined): Result<FoundActivity, 'activity.unknown'> {
  return row ? ok({ ...row, start: row.start ?? '', end: row.end ?? '' }) : refuse('activity.unknown');
}

/** Checks that an activity may be a part of another one (`partOf`; null: of none, undefined: nothing is said). `id`: null of a new one. */
export function checkPartOf(
  reader: Reader,
  id: Id | null,
  partOf: Id | null | undefined,
): Result<null, 'activity.partOfItself' | 'activity.unknown'> {
  if (partOf === null || partOf === undefined) return ok(null);
  if (!anyActivityRow(reader, partOf)) return refuse('activity.unknown');
  const wholeOf = (part: Id): Id | null => anyActivityRow(reader, part)?.partOf ?? null;
  return id !== null && isPartOfItself(id, partOf, wholeOf) ? refuse('activity.partOfItself') : ok(null);
}

/** Commits the writes of a call to one space and returns an empty answer. */
export function commitWrites(store: Store, space: string, writes: readonly FieldWrite[]): Result<Record<string, never>, never> {
  store.commit([{ space, writes }]);
  return ok({});
}

/** Returns what a screen showed of one item; nothing where it is not among those that the screen had. */
export function itemSeen(seenItems: Readonly<Record<Id, Seen>> | undefined, id: Id): Seen | undefined {
  return seenItems && (Object.hasOwn(seenItems, id) ? seenItems[id] : {});
}
