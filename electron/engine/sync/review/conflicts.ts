import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { ENTITIES, entityOf } from '../../../../shared/model/entities.ts';
import { isReadable } from '../../../../shared/model/judge.ts';
import { textsOf, titleOf, type Title } from '../../../../shared/model/title.ts';
import { valueText } from '../../../../shared/sync/canonical.ts';
import { DELETED } from '../../../../shared/sync/merge.ts';
import { commonBase } from '../../../../shared/features/sync/common-base.ts';
import { deletion, restoration } from '../../../../shared/node/store/deletion.ts';
import { inConflict } from '../../../../shared/sync/register.ts';
import type { FieldValue, Head, SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { permissionToWrite, type Permission } from '../access/entitled.ts';
import { officeOf, attributionOf, type Office, type Attribution } from '../../attribution.ts';

type Context = Pick<EngineContext, 'store' | 'settings' | 'trust'>;

/** A value as people are shown it. */
export interface ShownValue extends Attribution, Office {
  readonly id: string;
  readonly value: FieldValue;
  readonly t: string;
  /** null: not known. */
  readonly receivedAt: string | null;
  readonly tq: Head['tq'];
}

/** The context of a value by which a person recognises it; '' and null where it does not apply. */
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
  /** Values that are not listed: one author's beyond a few. They are settled with the others. */
  readonly more: number;
  /** Ids of all that there is to settle, listed or not. */
  readonly seen: readonly string[];
  /** Whether the user may settle it. */
  readonly permission: Permission;
  readonly about: About;
}

/** When a value was received, as text; null where that is not known. */
export function receivedAtOf({ store }: Pick<Context, 'store'>, value: string): string | null {
  const at = store.reader.receivedAt([value]).get(value);
  return at === undefined ? null : instant(at);
}

/** A head with its author's name from the certificates, and its time as text. */
export function shownValue(context: Context, head: Head): ShownValue {
  return {
    id: head.id,
    value: head.value,
    ...attributionOf(context, head.replica),
    ...officeOf(context, head.replica),
    receivedAt: receivedAtOf(context, head.id),
    t: instant(head.t),
    tq: head.tq,
  };
}

/** Formats a time in milliseconds as an instant; what no calendar has is shown as its first day, for a device's clock may say anything that fits a number. */
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

/** A part of what people are asked, and where the rest goes on. */
export interface ConflictPage {
  /** Of all pages. */
  readonly total: number;
  readonly conflicts: readonly Conflict[];
  /** Names the last of these, for the page behind it; null: there is none. */
  readonly next: string | null;
}

/** Where a record is in the order of the list: what this laptop got last comes first. */
interface ListedRecord {
  readonly type: string;
  readonly id: string;
  readonly space: SpaceId;
  readonly flagged: 0 | 1;
  readonly feed: number;
}

/**
 * A page of the registers whose heads differ, those that were written to last first, after the one that `after` names. Only what is on the page is read whole. Refuses
 * nothing: a name that is none begins at the start.
 */
export function conflictPage(context: Context, after: string | null, limit: number): ConflictPage {
  const conflicts: Conflict[] = [];
  const from = after === null ? null : placeIn(after);
  const all = askedInOrder(context);
  const start = from ? all.findIndex((asked) => asked.feed < from.feed || (asked.feed === from.feed && asked.id >= from.id)) : 0;
  let next: string | null = null;
  for (const asked of start < 0 ? [] : all.slice(start)) {
    const skipTo = from && asked.id === from.id && asked.feed === from.feed ? from.field : null;
    for (const { field, make } of questionsOn(context, asked)) {
      if (skipTo !== null && field <= skipTo) continue;
      if (conflicts.length === limit) return { total: countConflicts(context), conflicts, next };
      conflicts.push(make());
      next = [asked.feed, asked.id, field].join(' ');
    }
  }
  return { total: countConflicts(context), conflicts, next: null };
}

function placeIn(after: string): { readonly feed: number; readonly id: string; readonly field: string } | null {
  const [feed, id, field] = after.split(' ');
  return feed !== undefined && id !== undefined && field !== undefined ? { feed: Number(feed), id, field } : null;
}

function askedInOrder({ store }: Context): ListedRecord[] {
  const all = ENTITIES.flatMap(({ type }) =>
    store.reader.all<ListedRecord>(
      `select '${type}' as type, id, space, flagged, (select max(feed) from written w where w.entity = id and w.type = '${type}') as feed
       from ${askedAbout(type)}`,
    ),
  );
  return all.sort((a, b) => b.feed - a.feed || (a.id < b.id ? -1 : 1));
}

interface Question {
  readonly field: string;
  make(): Conflict;
}

/** Returns the questions on a record, in the order of its fields; each is made when it is called for. */
function questionsOn(context: Context, { type, id, space, flagged }: ListedRecord): Question[] {
  const fields = entityOf(type)?.fields ?? {};
  const found: Question[] = [];
  if (flagged === 1) found.push({ field: DELETED, make: () => removedAndWritten(context, type, id, space) });
  const byField = new Map<string, Head[]>();
  for (const head of context.store.reader.headsOfEntity(type, id)) {
    const heads = byField.get(head.field);
    if (heads) heads.push(head);
    else byField.set(head.field, [head]);
  }
  for (const [field, heads] of byField) {
    if (fields[field.split('@')[0]!]?.merge === 'latest' || field.startsWith('_') || !inConflict(heads)) continue;
    const make = (): Conflict => {
      const present = heads.filter(({ erased }) => !erased);
      const listed = listedOf(present);
      return {
        space,
        entityType: type,
        entity: id,
        field,
        values: listed.map((head) => shownValue(context, head)),
        more: present.length - listed.length,
        shown: present[0]!.id,
        ...baseOf(context, type, id, field, present),
        seen: present.map((head) => head.id),
        permission: permissionToWrite(context, space, [{ entityType: type, entity: id }]),
        about: aboutOf(context, type, id),
      };
    };
    found.push({ field, make });
  }
  return found.sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** So many values of one author are listed, and of all. */
const LISTED = { author: 5, all: 30 } as const;

/** The values that are listed: whoever wrote very many takes no room from others. The one shown first is among them, and the rest is counted. */
function listedOf(heads: readonly Head[]): Head[] {
  const byAuthor = new Map<string, number>();
  const listed: Head[] = [];
  for (const head of heads) {
    const before = byAuthor.get(head.replica) ?? 0;
    byAuthor.set(head.replica, before + 1);
    if (before < LISTED.author && listed.length < LISTED.all) listed.push(head);
  }
  return listed;
}

/** A record that one person removed while another, who had not seen that, wrote to it or brought it back. */
function removedAndWritten(context: Context, type: string, id: string, space: SpaceId): Conflict {
  const heads = context.store.reader.headsOfEntity(type, id);
  const marks = heads.filter(({ field }) => field === DELETED);
  const removal = marks.find(({ value }) => value === true)!;
  const gone = context.store.reader.effective(type, id).filter(({ field, value }) => field === DELETED && value === true);
  const namedByRemovals = new Set(gone.flatMap(({ supersedes }) => supersedes));
  const unseen = heads.filter(({ id: head, field, value }) => (field === DELETED ? value !== true : !namedByRemovals.has(head)));
  const kept = unseen.toSorted((a, b) => b.t - a.t)[0] ?? removal;
  return {
    space,
    entityType: type,
    entity: id,
    field: DELETED,
    values: [
      { ...shownValue(context, kept), value: false },
      { ...shownValue(context, removal), value: true },
    ],
    more: 0,
    shown: kept.id,
    seen: heads.map((head) => head.id),
    permission: permissionToWrite(context, space, [{ entityType: type, entity: id }]),
    about: aboutOf(context, type, id),
  };
}

/** Compared are a few texts; more heads than that are not looked into. */
const COMPARED = 16;

function baseOf(context: Context, type: string, id: string, field: string, heads: readonly Head[]): { base?: FieldValue } {
  if (heads.length > COMPARED) return {};
  const values = context.store.reader.effective(type, id).filter((value) => value.field === field);
  const base = commonBase(
    values,
    heads.map((head) => head.id),
  );
  return base ? { base: base.value } : {};
}

/**
 * Settles a register: writes `value` over the values that were on screen (`seen`; left out, all that are there). Refuses `sync.registerUnknown`,
 * `sync.valueInvalid`, `sync.writtenOnce`.
 */
export function settle(
  { store }: Pick<Context, 'store'>,
  entity: string,
  field: string,
  value: FieldValue,
  seen: readonly string[] | undefined,
): Result<Record<string, never>, 'sync.registerUnknown' | 'sync.valueInvalid' | 'sync.writtenOnce'> {
  const [newest] = store.reader.history(entity, field);
  if (!newest) return refuse('sync.registerUnknown');
  const { entityType } = newest;
  const held = store.reader.history(entity, field, entityType);
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
): Result<Record<string, never>, 'sync.registerUnknown'> {
  const { reader } = store;
  const writes = remove ? deletion(reader, entityType, entityId) : restoration(reader, entityType, entityId);
  const known = new Set(
    [...reader.headsOfEntity(entityType, entityId), ...reader.history(entityId, DELETED, entityType)].map(({ id }) => id),
  );
  if (seen && !seen.every((id) => known.has(id))) return refuse('sync.registerUnknown');
  const [first] = reader.history(entityId, DELETED, entityType);
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

/** Returns the subject of a record, from the projections; names of people only where their space is here, that is where they may be read. */
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
