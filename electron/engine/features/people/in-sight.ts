import { hadSeen } from '../../../../shared/features/activity/removal.ts';
import type { RemovedYetWritten } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { DELETED, ERASED } from '../../../../shared/sync/merge.ts';
import type { Hash, ValueId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { chainsOf, placeOf, removalsOf, spacesOfWorkshop, toldOf, unseenIn, type RemovalRow } from '../removals.ts';

// A workshop or a person (or another record) that somebody removed while others wrote to it without having seen that stays in sight, flagged. Rows say it where the record itself
// was written (`flagged`); what was written to the records that hang on it is asked for here, and only for the few that were removed.

/** Workshops that were removed and are in sight all the same, each with what tells of it. */
export function workshopsInSight(reader: Reader): Map<Id, { readonly removed: RemovalRow; readonly written: RemovalRow }> {
  const found = new Map<Id, { readonly removed: RemovalRow; readonly written: RemovalRow }>();
  for (const { id } of reader.all<{ id: Id }>('select id from activity where live = 0 or flagged = 1')) {
    const told = workshopRemoval(reader, id);
    if (told) found.set(id, told);
  }
  return found;
}

/** The newest removal of a workshop and what was last written to it unseen by any; null where nobody removed it, or everything had been seen. */
function workshopRemoval(reader: Reader, id: Id): { readonly removed: RemovalRow; readonly written: RemovalRow } | null {
  const removals = removalsOf(reader, 'activity', id);
  const [newest] = removals;
  const [written] = newest ? unseenIn(reader, spacesOfWorkshop(id), removals) : [];
  return newest && written ? { removed: newest.by, written } : null;
}

/** Whether a workshop is on screen: not removed, or removed by somebody who had not seen what others wrote. */
export function isWorkshopInSight(reader: Reader, id: Id): boolean {
  const row = reader.get<{ live: number }>('select live from activity where id = ?', id);
  return row !== undefined && (row.live === 1 || workshopRemoval(reader, id) !== null);
}

/** Returns what people are told of a workshop that was removed and is in sight; null for any other. */
export function removedWorkshop(context: Pick<EngineContext, 'store' | 'settings'>, id: Id): RemovedYetWritten | null {
  const row = context.store.reader.get<{ live: number; flagged: number }>('select live, flagged from activity where id = ?', id);
  if (!row || (row.live === 1 && row.flagged === 0)) return null;
  const told = workshopRemoval(context.store.reader, id);
  return told && toldOf(context, told.removed, told.written);
}

/** A mark or a sheet of a removed person that no removal had seen. */
interface Unseen {
  readonly removed: RemovalRow;
  readonly written: RemovalRow;
}

/**
 * People of a workshop who were removed and are in sight all the same: somebody marked them, took in a sheet of theirs or changed their details without having
 * seen that. Each with the newest removal and what was last written unseen.
 */
export function peopleInSight(reader: Reader, activityId: Id): Map<Id, Unseen> {
  const found = new Map<Id, Unseen>();
  const removed = reader.all<{ id: Id }>('select id from participant where activityId = ? and (live = 0 or flagged = 1)', activityId);
  if (removed.length === 0) return found;
  const hanging = hangingOn(
    reader,
    activityId,
    removed.map(({ id }) => id),
  );
  for (const { id } of removed) {
    const unseen = unseenOf(reader, 'participant', id, hanging.get(id) ?? []);
    if (unseen) found.set(id, unseen);
  }
  return found;
}

/** Whether somebody is on a workshop's list: not removed, or removed by somebody who had not seen what others wrote of them. */
export function isPersonInSight(reader: Reader, activityId: Id, id: Id): boolean {
  const row = reader.get<{ live: number }>('select live from participant where id = ? and activityId = ?', id, activityId);
  return (
    row !== undefined && (row.live === 1 || unseenOf(reader, 'participant', id, hangingOn(reader, activityId, [id]).get(id) ?? []) !== null)
  );
}

/** Returns what people are told of those who were removed and are in sight. */
export function removedPeople(context: Pick<EngineContext, 'store' | 'settings'>, activityId: Id): Map<Id, RemovedYetWritten> {
  return new Map(
    [...peopleInSight(context.store.reader, activityId)].map(([id, { removed, written }]) => [id, toldOf(context, removed, written)]),
  );
}

/** Whether a removed record of another kind stays in sight, see `removedRecord`. */
export function isRecordInSight(reader: Reader, type: string, id: Id, hanging: readonly Hash[]): boolean {
  return unseenOf(reader, type, id, hanging) !== null;
}

/** Returns what people are told of any other record that was removed and written to unseen; `hanging`: the change-sets of what belongs to it. Null where it was not. */
export function removedRecord(
  context: Pick<EngineContext, 'store' | 'settings'>,
  type: string,
  id: Id,
  hanging: readonly Hash[] = [],
): RemovedYetWritten | null {
  const unseen = unseenOf(context.store.reader, type, id, hanging);
  return unseen && toldOf(context, unseen.removed, unseen.written);
}

function unseenOf(reader: Reader, type: string, id: Id, hanging: readonly Hash[]): Unseen | null {
  const removals = removalsOf(reader, type, id);
  const [newest] = removals;
  if (!newest) return null;
  const leadsTo = chainsOf(reader);
  const removing = reader.effective(type, id).filter(({ field, value }) => field === DELETED && value === true);
  const named = new Set(removing.flatMap(({ supersedes }) => supersedes));
  const own = reader
    .headsOfEntity(type, id)
    .filter(({ field, id: head, value }) => (field === DELETED ? value !== true : field !== ERASED && !named.has(head)))
    .flatMap(({ id: head }) => placeOf(reader, hashOf(head)) ?? []);
  const unseen = hanging.flatMap((hash) => placeOf(reader, hash) ?? []).filter((place) => !hadSeen(removals, place, leadsTo));
  const [written] = [...own, ...unseen].sort((a, b) => b.t - a.t || (a.hash < b.hash ? 1 : -1));
  return written ? { removed: newest.by, written } : null;
}

/** The change-sets that gave these people the marks and the sheets that they have. */
function hangingOn(reader: Reader, activityId: Id, people: readonly Id[]): Map<Id, Hash[]> {
  const hashes = new Map<Id, Hash[]>();
  const theirs = 'activityId = ? and live = 1 and personId in (select value from json_each(?))';
  for (const [type, field, condition] of [
    ['mark', 'status', `${theirs} and (status is null or status <> 'notTaken' or conflicts > 0)`],
    ['sheet', 'answers', theirs],
  ] as const) {
    const params = [activityId, JSON.stringify(people)];
    const heads = reader.headsWhere(type, field, condition, ...params);
    for (const { id, personId } of reader.all<{ id: Id; personId: Id }>(`select id, personId from ${type} where ${condition}`, ...params)) {
      const own = (heads.get(id) ?? []).filter(({ value }) => value !== 'notTaken').map((head) => hashOf(head.id));
      hashes.set(personId, [...(hashes.get(personId) ?? []), ...own]);
    }
  }
  return hashes;
}

/** The change-set of a value. */
export function hashOf(value: ValueId): Hash {
  return value.slice(0, value.indexOf(':'));
}
