import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { ENTITIES, entityOf } from '../../../shared/model/entities.ts';
import { isReadable } from '../../../shared/model/judge.ts';
import { textsOf, titleOf, type Title } from '../../../shared/model/title.ts';
import { valueText } from '../../../shared/sync/canonical.ts';
import { DELETED } from '../../../shared/sync/merge.ts';
import { commonBase } from '../../../shared/features/sync/common-base.ts';
import { deletion, restoration } from '../../../shared/node/store/deletion.ts';
import { inConflict } from '../../../shared/sync/register.ts';
import type { FieldValue, Head, SpaceId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { officeOf, writtenBy, type Office, type WrittenBy } from '../written-by.ts';

type Context = Pick<EngineContext, 'store' | 'settings'>;

/** A value as people are shown it. */
export interface ShownValue extends WrittenBy, Office {
  readonly id: string;
  readonly value: FieldValue;
  readonly t: string;
  readonly tq: Head['tq'];
}

/** What a person needs to recognise what a value is about; '' and null where it does not apply. */
export interface About {
  readonly activityId: string | null;
  readonly activity: Title | null;
  readonly person: string;
  readonly halfDay: string;
  readonly title: string;
}

export interface Conflict {
  readonly space: SpaceId;
  readonly entityType: string;
  readonly entity: string;
  readonly field: string;
  readonly values: readonly ShownValue[];
  readonly shown: string;
  /** What they were all written over; left out where that is not known. */
  readonly base?: FieldValue;
  /** Ids of all that is shown. */
  readonly seen: readonly string[];
  readonly about: About;
}

/** A head with its author's name from the certificates, and its time as text. */
export function shownValue(context: Context, head: Head): ShownValue {
  return {
    id: head.id,
    value: head.value,
    ...writtenBy(context, head.replica),
    ...officeOf(context, head.replica),
    t: instant(head.t),
    tq: head.tq,
  };
}

/** A device's clock may say anything that fits a number; what no calendar has is shown as its first day. */
export function instant(t: number): string {
  return Number.isFinite(t) && Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : new Date(0).toISOString();
}

/** The records that a person is asked about. Each part goes through its own index: all that was ever written is not read to find these few. */
function askedAbout(type: string): string {
  const table = `"${type}"`;
  return `${table} where id in (select id from ${table} where conflicts > 0 union all select id from ${table} where flagged > 0) and live = 1`;
}

/** How many registers hold values that a person must choose between. */
export function countConflicts({ store }: Pick<EngineContext, 'store'>): number {
  return ENTITIES.reduce((sum, { type }) => {
    const row = store.reader.get<{ n: number | null }>(`select sum(conflicts + flagged) as n from ${askedAbout(type)}`);
    return sum + (row?.n ?? 0);
  }, 0);
}

/** Every register whose heads differ, newest first. */
export function conflictsOf(context: Context): Conflict[] {
  const { reader } = context.store;
  const conflicts: { readonly conflict: Conflict; readonly newest: number }[] = [];
  for (const { type, fields } of ENTITIES) {
    for (const { id, space, flagged } of reader.all<{ id: string; space: SpaceId; flagged: 0 | 1 }>(
      `select id, space, flagged from ${askedAbout(type)}`,
    )) {
      if (flagged === 1) conflicts.push(removedAndWritten(context, type, id, space));
      const byField = new Map<string, Head[]>();
      for (const head of reader.headsOfEntity(type, id)) byField.set(head.field, [...(byField.get(head.field) ?? []), head]);
      for (const [field, heads] of byField) {
        if (fields[field.split('@')[0]!]?.merge === 'latest' || field.startsWith('_') || !inConflict(heads)) continue;
        const present = heads.filter(({ erased }) => !erased);
        conflicts.push({
          conflict: {
            space,
            entityType: type,
            entity: id,
            field,
            values: present.map((head) => shownValue(context, head)),
            shown: present[0]!.id,
            ...baseOf(context, type, id, field, present),
            seen: present.map((head) => head.id),
            about: aboutOf(context, type, id),
          },
          newest: Math.max(...present.map(({ t }) => t)),
        });
      }
    }
  }
  return conflicts
    .sort((a, b) => b.newest - a.newest || (placeOf(a.conflict) < placeOf(b.conflict) ? -1 : 1))
    .map(({ conflict }) => conflict);
}

/** A record that one person removed while another, who had not seen that, wrote to it or brought it back. */
function removedAndWritten(context: Context, type: string, id: string, space: SpaceId): { conflict: Conflict; newest: number } {
  const heads = context.store.reader.headsOfEntity(type, id);
  const marks = heads.filter(({ field }) => field === DELETED);
  const removal = marks.find(({ value }) => value === true)!;
  const gone = context.store.reader.effective(type, id).filter(({ field, value }) => field === DELETED && value === true);
  const namedByRemovals = new Set(gone.flatMap(({ supersedes }) => supersedes));
  const unseen = heads.filter(({ id: head, field, value }) => (field === DELETED ? value !== true : !namedByRemovals.has(head)));
  const kept = unseen.toSorted((a, b) => b.t - a.t)[0] ?? removal;
  return {
    conflict: {
      space,
      entityType: type,
      entity: id,
      field: DELETED,
      values: [
        { ...shownValue(context, kept), value: false },
        { ...shownValue(context, removal), value: true },
      ],
      shown: kept.id,
      seen: heads.map((head) => head.id),
      about: aboutOf(context, type, id),
    },
    newest: Math.max(kept.t, removal.t),
  };
}

function baseOf(context: Context, type: string, id: string, field: string, heads: readonly Head[]): { base?: FieldValue } {
  const values = context.store.reader.effective(type, id).filter((value) => value.field === field);
  const base = commonBase(
    values,
    heads.map((head) => head.id),
  );
  return base ? { base: base.value } : {};
}

function placeOf({ entity, field }: Conflict): string {
  return `${entity} ${field}`;
}

/**
 * Settles a register: writes `value` over the values that were on screen (`seen`; left out, all that are there). Refuses `sync.registerUnknown`,
 * `sync.valueInvalid`, `sync.writtenOnce`.
 */
export function settle(
  { store }: Context,
  entity: string,
  field: string,
  value: FieldValue,
  seen: readonly string[] | undefined,
): Result<Record<string, never>> {
  const held = store.reader.history(entity, field);
  const [newest] = held;
  if (!newest) return refuse('sync.registerUnknown');
  const { entityType } = newest;
  if (field === DELETED) return settleRemoval({ store }, entityType, entity, value === true, seen);
  const definition = entityOf(entityType);
  if (definition?.appendOnly) return refuse('sync.writtenOnce');
  if (!isReadable(entityType, field, value)) return refuse('sync.valueInvalid');
  const known = new Set(held.map(({ id }) => id));
  if (seen && !seen.every((id) => known.has(id))) return refuse('sync.registerUnknown');
  const space = store.reader.get<{ space: SpaceId }>('select space from change_set where hash = ?', newest.hash)!.space;
  const heads = held.filter(({ current }) => current);
  // One head of that value is all there is: somebody has settled it so already.
  if (heads.length === 1 && valueText(heads[0]!.value) === valueText(value)) return ok({});
  store.commit([{ space, writes: [{ entityType, entityId: entity, field, value, supersedes: seen ?? heads.map(({ id }) => id) }] }]);
  return ok({});
}

/**
 * Removes a record or keeps it. A removal names what was on screen (`seen`): what was written since keeps the record in sight, and is asked about again. Over
 * removals alone it is the earlier question once more.
 */
function settleRemoval(
  { store }: Pick<Context, 'store'>,
  entityType: string,
  entityId: string,
  remove: boolean,
  seen: readonly string[] | undefined,
): Result<Record<string, never>> {
  const { reader } = store;
  const writes = remove ? deletion(reader, entityType, entityId) : restoration(reader, entityType, entityId);
  const known = new Set([...reader.headsOfEntity(entityType, entityId), ...reader.history(entityId, DELETED)].map(({ id }) => id));
  if (seen && !seen.every((id) => known.has(id))) return refuse('sync.registerUnknown');
  const [first] = reader.history(entityId, DELETED);
  const space = store.reader.get<{ space: SpaceId }>('select space from change_set where hash = ?', first!.hash)!.space;
  store.commit([{ space, writes: writes.map((write) => (remove && seen ? { ...write, supersedes: seen } : write)) }]);
  return ok({});
}

interface Row {
  readonly activityId?: string | null;
  readonly personId?: string | null;
  readonly halfDay?: string | null;
  readonly placement?: string | null;
  readonly name?: string | null;
  readonly title?: string | null;
  readonly fileName?: string | null;
}

/** What a record is about, from the projections; names of people only where their space is here, that is where they may be read. */
export function aboutOf({ store }: Context, type: string, id: string): About {
  // A newer program's records have no projection here.
  const row = entityOf(type) ? (store.reader.get<Row>(`select * from "${type}" where id = ?`, id) ?? {}) : {};
  const activityId = type === 'activity' ? id : (row.activityId ?? null);
  const personId = type === 'participant' ? id : (row.personId ?? null);
  return {
    activityId,
    activity: activityId === null ? null : activityTitle(store, activityId),
    person: personId === null ? '' : personName(store, personId),
    halfDay: row.halfDay ?? halfDayIn(row.placement),
    title: type === 'activity' ? '' : textOf(row) || (row.fileName ?? ''),
  };
}

function activityTitle(store: EngineContext['store'], id: string): Title | null {
  const row = store.reader.get<{ name: string | null; title: string | null }>('select name, title from activity where id = ?', id);
  return (row && titleOf(row)) || null;
}

function personName(store: EngineContext['store'], id: string): string {
  const row = store.reader.get<{ familyName: string | null; givenName: string | null }>(
    'select familyName, givenName from participant where id = ?',
    id,
  );
  return [row?.familyName, row?.givenName].filter((part) => part).join(' ');
}

function textOf({ name, title }: Row): string {
  return name || (LANGUAGES.map((language) => textsOf(title ?? null)[language]).find((text) => text !== undefined) ?? '');
}

function halfDayIn(placement: string | null | undefined): string {
  const parts: unknown = placement ? JSON.parse(placement) : null;
  const first: unknown = Array.isArray(parts) ? parts[0] : null;
  return typeof first === 'string' && /^\d{4}-\d{2}-\d{2}-(AM|PM)$/.test(first) ? first : '';
}
