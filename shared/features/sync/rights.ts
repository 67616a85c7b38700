import type { Hasher } from '../../kernel/ports.ts';
import { hasForeignId } from '../../model/derivations.ts';
import { entityOf } from '../../model/entities.ts';
import type { SpaceKind } from '../../model/entity.ts';
import { judgeValues } from '../../model/judge.ts';
import { isOfAnotherSpace } from '../../model/record-id.ts';
import { RECORD_RULES } from '../../model/record-rules.ts';
import { parseSpace, workshopOf } from '../../model/spaces.ts';
import { mayOpenWorkshopId } from '../../model/workshop-id.ts';
import { ERASED, RULED_TYPE } from '../../sync/merge.ts';
import type { ChangeSet, ChangeSetHeader, Op, SpaceId } from '../../sync/types.ts';
import { CREATES_WORKSHOPS, PERMITS, type Permit } from './permits.ts';
import { mayErase, mayReadSpace, type ReadingActor, type WorkshopFacts } from './reading.ts';

/** The actor whose writes are judged: from the credential or from a certificate of this repository, never from the record. */
export type Actor = ReadingActor;

/** The facts that the repository knows of a record; null where nobody has written it. */
export interface RecordFacts {
  readonly space: SpaceId;
  /** The user who wrote it first. */
  readonly creator: string;
}

/** The facts that decisions rest on, looked up as they stand just before the change-set. */
export interface Facts {
  readonly hasher: Hasher;
  workshop(id: string): WorkshopFacts | null;
  record(entityType: string, entityId: string): RecordFacts | null;
}

/** The codes of `errors.json` with which a change-set is refused; it is then quarantined, never dropped. */
export type Verdict = PlaceVerdict | 'sync.wrongSpace' | 'sync.appendOnly' | 'sync.valueInvalid' | 'sync.kindNotAllowed';
/** The codes of a `Verdict` that follow from who asks and from the place alone. */
export type PlaceVerdict = 'sync.spaceClosed' | 'sync.notEntitled';

/** Whether the repository sends this actor anything of a space (TRUST: nobody receives a byte of a space they may not read). */
export function mayRead(actor: Actor, space: SpaceId, facts: Pick<Facts, 'workshop'>): boolean {
  return mayReadSpace(actor, space, (id) => facts.workshop(id));
}

/** Whether this actor may open a workshop: the repository has none of its spaces and the role creates workshops. */
export function mayOpen(actor: Actor, space: SpaceId, facts: Pick<Facts, 'workshop'>): boolean {
  return isUnknownWorkshop(space, facts) && CREATES_WORKSHOPS.includes(actor.role);
}

function isUnknownWorkshop(space: SpaceId, facts: Pick<Facts, 'workshop'>): boolean {
  const id = workshopOf(space);
  return id !== null && facts.workshop(id) === null;
}

/** Whether a replica may make the first change-set of a workshop: by the role, and the workshop's id must be its own. */
function opens(actor: Actor, { space, replica }: ChangeSetHeader, facts: Facts): boolean {
  return mayOpen(actor, space, facts) && mayOpenWorkshopId(workshopOf(space)!, replica, facts.hasher);
}

/** A record of a type that somebody would write. */
export interface WantedRecord {
  readonly entityType: string;
  /** What is known of the record; null: a new one. */
  readonly record: RecordFacts | null;
}

/**
 * Returns null where somebody may write such a thing in a space, before there is a change-set, or the code with which `authorise` would refuse it, by the same
 * rows. A workshop that nobody knows yet is one that they would open.
 */
export function mayWrite(actor: Actor, space: SpaceId, wanted: WantedRecord, facts: Pick<Facts, 'workshop'>): PlaceVerdict | null {
  const isOpen = isUnknownWorkshop(space, facts) ? mayOpen(actor, space, facts) : mayRead(actor, space, facts);
  if (!isOpen) return 'sync.spaceClosed';
  return isPermitted(actor, parseSpace(space)!.kind, wanted) ? null : 'sync.notEntitled';
}

/**
 * Whether no device may ever make such a change-set, whoever it is and whatever stands: one that rules, or an erasure of what is no person. Asked before all that may
 * change, so that everybody says the same of it for ever, and of what follows it in its chain.
 */
export function isNeverAllowed({ header, ops }: ChangeSet): boolean {
  const { kind, space } = header;
  if (kind === 'refuse') return true;
  const isErasure = ({ entityType, field }: Op): boolean => entityType === RECORD_RULES.personType && field === ERASED;
  if (kind === 'erase') return parseSpace(space)?.kind !== 'people' || !ops.every(isErasure);
  return ops.some(({ entityType, field }) => entityType === RULED_TYPE || field === ERASED);
}

/**
 * Returns null where a change-set may stand, or the code of its refusal. Every op is looked at; one that is not allowed refuses the whole, for a user action is
 * one thing.
 */
export function authorise(actor: Actor, changeSet: ChangeSet, facts: Facts): Verdict | null {
  if (isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';
  const { space, kind, replica } = changeSet.header;
  if (isUnknownWorkshop(space, facts) ? !opens(actor, changeSet.header, facts) : !mayRead(actor, space, facts)) return 'sync.spaceClosed';
  if (kind === 'erase') return authoriseErasure(actor, changeSet, facts);
  const workshop = workshopOf(space);
  // A workshop has one opener, who alone begins its spaces; ids from before are bound to nobody.
  if (kind === 'genesis' && workshop !== null && !mayOpenWorkshopId(workshop, replica, facts.hasher)) return 'sync.notEntitled';
  const written = new Set<string>();
  const place = { space, ...parseSpace(space)! };
  let subject: Subject | null = null;
  for (const op of changeSet.ops) {
    // What is written to one entity lies together.
    if (subject?.entityId !== op.entityId || subject.entityType !== op.entityType) subject = subjectOf(actor, place, changeSet, op, facts);
    const verdict = authoriseOp(subject, place, changeSet, op, written);
    if (verdict) return verdict;
  }
  return judgeValues(changeSet);
}

/** Whether an actor may have people erased: by role and scope, see `mayErase`; only in the space where they are. */
function authoriseErasure(actor: Actor, { header: { space }, ops }: ChangeSet, facts: Facts): Verdict | null {
  const areHere = ops.every(({ entityType, entityId }) => facts.record(entityType, entityId)?.space === space);
  if (!areHere) return 'sync.wrongSpace';
  return mayErase(actor, facts.workshop(parseSpace(space)!.owner!)) ? null : 'sync.notEntitled';
}

interface TargetSpace {
  readonly space: SpaceId;
  readonly kind: SpaceKind;
  readonly owner: string | null;
}

/** The facts about an entity that a change-set writes, the same for each of its writes. */
interface Subject extends Pick<Op, 'entityType' | 'entityId'> {
  readonly isElsewhere: boolean;
  readonly hasForeignId: boolean;
  readonly isPermitted: boolean;
  readonly isAppendOnly: boolean;
}

function subjectOf(actor: Actor, { space, kind }: TargetSpace, changeSet: ChangeSet, op: Op, facts: Facts): Subject {
  const { entityType, entityId } = op;
  const { hasher } = facts;
  const record = facts.record(entityType, entityId);
  return {
    entityType,
    entityId,
    // A record lives in one space for ever: else who may write one workshop could write into another through its ids.
    isElsewhere:
      (record !== null && record.space !== space) ||
      !RECORD_RULES.livesIn(entityType, entityId, space) ||
      isOfAnotherSpace(entityId, space, hasher),
    hasForeignId: hasForeignId(changeSet, op, record === null, hasher),
    isPermitted: isPermitted(actor, kind, { entityType, record }),
    isAppendOnly: entityOf(entityType)?.appendOnly === true,
  };
}

function authoriseOp(subject: Subject, { kind, owner }: TargetSpace, changeSet: ChangeSet, op: Op, written: Set<string>): Verdict | null {
  if (subject.isElsewhere) return 'sync.wrongSpace';
  if (namesAnotherWorkshop(op, kind, owner) || subject.hasForeignId) return 'sync.wrongSpace';
  if (!subject.isPermitted) return 'sync.notEntitled';
  if (subject.isAppendOnly) {
    // Two laptops may enter one sheet apart (a derived id); nobody may write over it.
    const address = `${op.entityType} ${op.entityId} ${op.field}`;
    if (op.supersedes.length > 0 || written.has(address)) return 'sync.appendOnly';
    written.add(address);
  }
  return null;
}

/** Whether a record of a workshop's space says that it belongs to another workshop. */
function namesAnotherWorkshop({ entityType, field, content }: Op, kind: SpaceKind, owner: string | null): boolean {
  const isNamed = field === 'activityId' && entityOf(entityType)?.fields['activityId'] !== undefined;
  if (!isNamed || content.form === 'redacted' || content.value === null) return false;
  return kind === 'institution' || content.value !== owner;
}

function isPermitted(actor: Actor, kind: SpaceKind, wanted: WantedRecord): boolean {
  return PERMITS.some((permit) => permits(permit, actor, kind, wanted));
}

/** Whether one row of the table allows it. */
function permits(permit: Permit, actor: Actor, kind: SpaceKind, { entityType, record }: WantedRecord): boolean {
  if (permit.role !== actor.role || permit.space !== kind) return false;
  if (permit.central && actor.scope.kind !== 'all') return false;
  if (permit.types !== 'every' && !permit.types.includes(entityType)) return false;
  if (permit.records === 'new') return record === null;
  return permit.records === 'any' || record === null || record.creator === actor.user;
}
