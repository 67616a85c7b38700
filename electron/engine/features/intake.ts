import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { intakeContract } from '../../../shared/features/intake/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { ENTITIES } from '../../../shared/model/entities.ts';
import { isErasable } from '../../../shared/model/entity.ts';
import { fieldOf } from '../../../shared/model/judge.ts';
import { answersSpace, peopleSpace } from '../../../shared/model/spaces.ts';
import { deletion, deletionSeen } from '../../../shared/node/store/deletion.ts';
import type { CommitRequest, Reader } from '../../../shared/node/store/store.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { DELETED } from '../../../shared/sync/merge.ts';
import type { WrittenValue } from '../../../shared/sync/register.ts';
import type { FieldWrite, Hash, SpaceId, ValueId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { importOf, importsOf, markUndone, type RememberedImport } from '../import-log.ts';
import { instant } from '../sync/review/conflicts.ts';
import { activityRow } from './activity/activity-rows.ts';
import { endsOf } from './removals.ts';

/** The calls about imports that were made, of whatever kind, over a store. */
export function intakeHandlers(context: EngineContext): Handlers<typeof intakeContract> {
  const { store } = context;
  const { reader } = store;
  return {
    'intake.list': ({ activityId }) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      const open = importsOf(context, activityId).filter((one) => !one.undone && isHere(reader, one));
      return ok(
        open.flatMap(({ importId, kind, file, at, records }) =>
          kind === 'change' ? [] : [{ importId, kind, file, at: instant(at), records }],
        ),
      );
    },

    'intake.undo': ({ importId }) => {
      const one = importOf(context, importId);
      if (!one || !isHere(reader, one)) return refuse('intake.unknown');
      if (one.undone) return refuse('intake.undone');
      const undoing = undoingOf(context, one);
      store.transaction(() => {
        const writes = undoing.flatMap((each) => each.writes.map((write) => ({ space: each.record.space, write })));
        for (const round of rounds(writes)) store.commit(bySpace(round));
        // A removal names all that stands there, what was just put back included.
        const hanging = endsOf(reader, [peopleSpace(one.activityId), answersSpace(one.activityId)]);
        const removed = undoing.filter(({ removes }) => removes).map(({ record }) => record);
        store.commit(
          bySpace(removed.flatMap((record) => removalOf(reader, record, hanging).map((write) => ({ space: record.space, write })))),
        );
        markUndone(context, one);
      });
      const left = undoing.flatMap(({ record, left: why }) => (why === null ? [] : [{ id: record.id, why, ...namedBy(reader, record) }]));
      return ok({ undone: undoing.length - left.length, left });
    },
  };
}

/** The values that an import wrote to one record. */
interface WrittenRecord {
  readonly space: SpaceId;
  readonly type: string;
  readonly id: Id;
  /** Effective ones. */
  readonly own: readonly WrittenValue[];
  /** What others, or this laptop before and after, wrote to it. */
  readonly others: readonly WrittenValue[];
}

interface Undoing {
  readonly record: WrittenRecord;
  readonly writes: readonly FieldWrite[];
  /** The record goes as a whole. */
  readonly removes: boolean;
  readonly left: 'changed' | 'marked' | null;
}

interface PlacedWrite {
  readonly space: SpaceId;
  readonly write: FieldWrite;
}

/** Writes to one register follow each other, so that values stand beside each other again that did so before. */
function rounds(writes: readonly PlacedWrite[]): PlacedWrite[][] {
  const times = new Map<string, number>();
  const found: PlacedWrite[][] = [];
  for (const placed of writes) {
    const register = `${placed.write.entityType} ${placed.write.entityId} ${placed.write.field}`;
    const round = times.get(register) ?? 0;
    times.set(register, round + 1);
    (found[round] ??= []).push(placed);
  }
  return found;
}

function bySpace(writes: readonly PlacedWrite[]): CommitRequest[] {
  const spaces = [...new Set(writes.map(({ space }) => space))];
  return spaces.map((space) => ({ space, writes: writes.flatMap((placed) => (placed.space === space ? [placed.write] : [])) }));
}

function removalOf(reader: Reader, { type, id }: WrittenRecord, hanging: readonly ValueId[]): FieldWrite[] {
  return type === 'participant' ? deletionSeen(reader, type, id, undefined, hanging) : deletion(reader, type, id);
}

function isHere(reader: Reader, { changeSets }: RememberedImport): boolean {
  const here = reader.get<{ n: number }>(
    'select count(*) as n from change_set where hash in (select value from json_each(?))',
    JSON.stringify(changeSets),
  );
  return here?.n === changeSets.length;
}

function undoingOf({ store: { reader }, hasher }: EngineContext, { changeSets }: RememberedImport): Undoing[] {
  const rows = reader.all<{ feed: number; body: Uint8Array }>(
    'select feed, body from change_set where hash in (select value from json_each(?)) order by feed',
    JSON.stringify(changeSets),
  );
  const last = rows.at(-1)!.feed;
  const own = new Set<Hash>(changeSets);
  const records = new Map<string, { readonly space: SpaceId; readonly type: string; readonly id: Id }>();
  for (const { body } of rows) {
    const decoded = decodeChangeSet(body, hasher);
    if (!decoded.ok) throw new Error(`a change-set of the log cannot be read: ${decoded.refusal.code}`);
    const { header, ops } = decoded.value;
    for (const { entityType, entityId } of ops)
      records.set(`${entityType} ${entityId}`, { space: header.space, type: entityType, id: entityId });
  }
  return [...records.values()].map((record) => {
    const values = reader.effective(record.type, record.id);
    const [mine, others] = [values.filter(({ hash }) => own.has(hash)), values.filter(({ hash }) => !own.has(hash))];
    return undo({ ...record, own: mine, others }, reader, last);
  });
}

/** `last`: place of the import's last change-set in this laptop's log; what came later, it had not seen. */
function undo(record: WrittenRecord, reader: Reader, last: number): Undoing {
  const leave = (left: 'changed' | 'marked', writes: readonly FieldWrite[] = []): Undoing => ({ record, writes, removes: false, left });
  const { id, own } = record;
  // Refused, or erased since: nothing of it is brought back.
  if (own.length === 0 || own.some(({ erased }) => erased)) return leave('changed');
  // A record is made with the workshop that it belongs to.
  const isNew = own.some(({ field }) => field === 'activityId') && own.every(({ supersedes }) => supersedes.length === 0);
  const cameBack = own.some(({ field, value }) => field === DELETED && value === false);
  const isLive = reader.get(`select 1 from "${record.type}" where id = ? and live = 1`, id) !== undefined;
  if (!isLive) return isNew || cameBack ? { record, writes: [], removes: false, left: null } : leave('changed');
  if (isNew || cameBack) {
    const wroteSince = record.others.some(({ hash }) => isAfter(reader, hash, last));
    if (wroteSince || (isNew && record.others.length > 0)) return leave('changed');
    if (hangsSomething(reader, id, last)) return leave('marked');
    const fields = isNew ? [] : own.filter(({ field }) => field !== DELETED).flatMap((value) => before(record, value) ?? []);
    return { record, writes: fields, removes: true, left: null };
  }
  const undone = own.map((value) => (isHead(reader, record, value) ? before(record, value) : null));
  const writes = undone.flatMap((one) => one ?? []);
  return undone.includes(null) ? leave('changed', writes) : { record, writes, removes: false, left: null };
}

/** Whether a value is all that its register holds. */
function isHead(reader: Reader, { type, id }: WrittenRecord, value: WrittenValue): boolean {
  const heads = reader.heads(type, id, value.field);
  return heads.length === 1 && heads[0]!.id === value.id;
}

/** The writes that put back what a value replaced, both where two stood beside each other; null where that is erased. */
function before({ type, id, others }: WrittenRecord, { id: own, field, supersedes }: WrittenValue): FieldWrite[] | null {
  const replaced = others.filter((value) => value.field === field && supersedes.includes(value.id));
  if (replaced.some(({ erased }) => erased)) return null;
  const [definition] = ENTITIES.filter((entity) => entity.type === type);
  const known = definition && fieldOf(definition, field);
  const erasable = known !== undefined && isErasable(known);
  const values = replaced.length === 0 ? [null] : replaced.map(({ value }) => value);
  return values.map((value) => ({ entityType: type, entityId: id, field, value, supersedes: [own], ...(erasable && { erasable }) }));
}

function isAfter(reader: Reader, hash: Hash, last: number): boolean {
  return reader.get('select 1 from change_set where hash = ? and feed > ?', hash, last) !== undefined;
}

/** Whether marks, sheets or other records about a person came after the import. */
function hangsSomething(reader: Reader, id: Id, after: number): boolean {
  return ENTITIES.filter(({ fields }) => 'personId' in fields).some(
    ({ type }) =>
      reader.get(
        `select 1 from "${type}" as about join written on written.entity = about.id and written.type = ? where about.personId = ? and written.feed > ? limit 1`,
        ...[type, id, after],
      ) !== undefined,
  );
}

/** The person that a record is, or is about. */
function namedBy(reader: Reader, { type, id }: WrittenRecord): { readonly personId: Id | null; readonly name: string } {
  const about = ENTITIES.some((entity) => entity.type === type && 'personId' in entity.fields);
  const personId =
    type === 'participant'
      ? id
      : about
        ? (reader.get<{ personId: Id | null }>(`select personId from "${type}" where id = ?`, id)?.personId ?? null)
        : null;
  const person =
    personId === null
      ? undefined
      : reader.get<{ familyName: string | null; givenName: string | null }>(
          'select familyName, givenName from participant where id = ?',
          personId,
        );
  return { personId, name: [person?.familyName, person?.givenName].filter(Boolean).join(' ') };
}
