import type { ResultOf } from '../../../../shared/contract/call.ts';
import { mayErase } from '../../../../shared/features/sync/reading.ts';
import {
  authorise,
  mayRead,
  mayWrite,
  type Facts,
  type PlaceVerdict,
  type Verdict,
  type WantedRecord,
} from '../../../../shared/features/sync/rights.ts';
import type { syncContract } from '../../../../shared/features/sync/contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Refused, type Result } from '../../../../shared/kernel/result.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { CALENDAR, answersSpace, LIBRARY, peopleSpace, planSpace, workshopOf } from '../../../../shared/model/spaces.ts';
import type { ChangeSet, SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';

/**
 * The rights of this laptop's user to write: by the table that the repository goes by, asked before anything is written, so that nobody types what would be
 * refused. Where this laptop belongs to no repository nobody has given rights, and nothing is refused; a sample workshop stays here, and anybody may try it.
 */

type EntitlementPorts = Pick<EngineContext, 'store' | 'trust' | 'hasher'>;

/** In the words of who may not write, before anything is written. */
type NotHere = `${PlaceVerdict}Here`;

const THROWN: Readonly<Record<PlaceVerdict, string>> = { 'sync.notEntitled': 'NOT_ENTITLED', 'sync.spaceClosed': 'SPACE_CLOSED' };

/**
 * The objection to a change-set that this laptop is about to make, as the code that a commit throws; null where there is none. Only who may write what is
 * asked: what a value should be is the features' to say, and the repository's.
 */
export function objectionTo({ store, trust, hasher }: EntitlementPorts): (changeSet: ChangeSet) => string | null {
  const facts: Facts = { hasher, workshop: trust.workshop, record: trust.record };
  return (changeSet) => {
    const actor = trust.self();
    if (!actor || makesSample(changeSet) || isOfSample(store, changeSet.header.space)) return null;
    const verdict = authorise(actor, changeSet, facts);
    return verdict !== null && isOfPlace(verdict) ? THROWN[verdict] : null;
  };
}

/** Whether the user may write such a thing in a space: null, or why not. */
export function objectionBefore(
  { store, trust }: Pick<EntitlementPorts, 'store' | 'trust'>,
  space: SpaceId,
  wanted: WantedRecord,
): PlaceVerdict | null {
  const actor = trust.self();
  return actor && !isOfSample(store, space) ? mayWrite(actor, space, wanted, trust) : null;
}

/** Whether somebody may do a thing; else the code of why not. */
export interface Permission {
  readonly allowed: boolean;
  readonly reason: Verdict | '';
}

/** A record that is here. */
interface RecordName {
  readonly entityType: string;
  readonly entity: Id;
}

/** Whether the user may write all of these records in a space, with why not; of several objections the first. */
export function permissionToWrite(
  asked: Pick<EntitlementPorts, 'store' | 'trust'>,
  space: SpaceId,
  records: readonly RecordName[],
): Permission {
  const { trust } = asked;
  for (const { entityType, entity } of records) {
    const verdict = objectionBefore(asked, space, { entityType, record: trust.record(entityType, entity) });
    if (verdict !== null) return said(verdict);
  }
  return said(null);
}

function said(verdict: Verdict | null): Permission {
  return { allowed: verdict === null, reason: verdict ?? '' };
}

/** The tasks of a person in a workshop or in the library, by what each writes. */
const TASKS = {
  plan: { kind: 'plan', entityType: 'activity' },
  agenda: { kind: 'plan', entityType: 'agendaItem' },
  materials: { kind: 'plan', entityType: 'material' },
  people: { kind: 'people', entityType: 'participant' },
  attendance: { kind: 'people', entityType: 'mark' },
  answers: { kind: 'answers', entityType: 'sheet' },
  library: { kind: 'library', entityType: 'material' },
  calendar: { kind: 'calendar', entityType: 'activity' },
} as const;

const SPACES = { plan: planSpace, people: peopleSpace, answers: answersSpace, library: () => LIBRARY, calendar: () => CALENDAR } as const;

/** Returns what the user may do in a workshop (null: in one that they would make now) and in the library, with why not. */
export function rightsIn(
  asked: Pick<EntitlementPorts, 'store' | 'trust'>,
  activityId: Id | null,
): ResultOf<(typeof syncContract)['sync.rights']> {
  const { trust } = asked;
  // A workshop that is not here is one that was not given to this laptop.
  const isAway = activityId !== null && trust.self() !== null && trust.workshop(activityId) === null;
  const may = (task: keyof typeof TASKS) => {
    const { kind, entityType } = TASKS[task];
    if (isAway && kind !== 'library' && kind !== 'calendar') return said('sync.spaceClosed');
    return said(objectionBefore(asked, SPACES[kind](activityId ?? NEW), { entityType, record: null }));
  };
  return {
    role: trust.self()?.role ?? '',
    plan: may('plan'),
    agenda: may('agenda'),
    materials: may('materials'),
    people: may('people'),
    attendance: may('attendance'),
    answers: may('answers'),
    library: may('library'),
    calendar: may('calendar'),
    erase: said(isAway ? 'sync.spaceClosed' : objectionToErasing(asked, activityId ?? NEW)),
  };
}

/** No workshop has this id: the rights in it are those of whoever opens one. */
const NEW = 'new';

function objectionToErasing({ store, trust }: Pick<EntitlementPorts, 'store' | 'trust'>, activityId: Id): PlaceVerdict | null {
  const actor = trust.self();
  if (!actor || isOfSample(store, planSpace(activityId))) return null;
  const workshop = trust.workshop(activityId);
  if (workshop !== null && !mayRead(actor, peopleSpace(activityId), trust)) return 'sync.spaceClosed';
  return mayErase(actor, workshop) ? null : 'sync.notEntitled';
}

/** Refuses what the user may not write, for what is kept aside before it is written: `sync.notEntitledHere`, `sync.spaceClosedHere`. */
export function checkEntitled(
  asked: Pick<EntitlementPorts, 'store' | 'trust'>,
  space: SpaceId,
  wanted: WantedRecord,
): Result<null, NotHere> {
  const verdict = objectionBefore(asked, space, wanted);
  return verdict === null ? ok(null) : refuse(`${verdict}Here`);
}

/** The refusal in an objection that a commit threw; null for anything else. */
export function objectionIn(error: unknown): Refused<NotHere> | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === THROWN['sync.notEntitled']) return refuse('sync.notEntitledHere');
  return code === THROWN['sync.spaceClosed'] ? refuse('sync.spaceClosedHere') : null;
}

function isOfPlace(verdict: Verdict): verdict is PlaceVerdict {
  return verdict in THROWN;
}

function makesSample({ header, ops }: ChangeSet): boolean {
  return (
    header.kind === 'genesis' &&
    ops.some(
      ({ entityType, field, content }) =>
        entityType === activity.type && field === 'sample' && content.form !== 'redacted' && content.value === true,
    )
  );
}

function isOfSample({ reader }: Pick<EngineContext['store'], 'reader'>, space: SpaceId): boolean {
  const id = workshopOf(space);
  return id !== null && reader.get('select 1 from activity where id = ? and sample = 1', id) !== undefined;
}
