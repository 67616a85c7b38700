import type { Hasher } from '../kernel/ports.ts';
import { redactChangeSet } from './change-set.ts';
import { inChainOrder, linkOf, type Lookup } from './chain.ts';
import { ERASED, entityKey, REFUSED, RULED_TYPE, rulingsOf } from './merge.ts';
import { workshopOrder } from './exchange.ts';
import type { WrittenValue } from './register.ts';
import type { ChangeSet, ChangeSetHeader, Hash, Op, ReplicaId, SpaceId, ValueId } from './types.ts';

/**
 * The acceptance core: what becomes of change-sets that come to a store, whatever store it is and whoever brought them. Pure: `accept` asks facts, which
 * answer at once, and says effects; the store carries them out. Nothing is applied, ruled out or redacted by any other decision.
 */

/** The rules of records that acceptance needs; handed in, for sync knows no entity. */
export interface RecordRules {
  /** The type whose erasure takes along what is about it. */
  readonly personType: string;
  /** The field by which records of a type name the person whom they are about; undefined: they are about nobody. */
  aboutField(entityType: string): string | undefined;
  /** Whether an entity can live in a space at all; true for types of a newer program. */
  livesIn(entityType: string, entityId: string, space: SpaceId): boolean;
}

/** Asks whether an entity or a person was erased. */
export interface Erased {
  isErased(entityType: string, entityId: string, space: SpaceId): boolean;
  isErasedPerson(entityId: string): boolean;
}

/** The place of a change-set that is in the log. */
export type LoggedLink = NonNullable<ReturnType<Lookup>> & { readonly kind: ChangeSetHeader['kind'] };

/** A value in the store with the fields that `OwnValues` reads to count it. */
export type ValueHere = Pick<WrittenValue, 'id' | 'hash' | 'field' | 'supersedes' | 'effective' | 'replica'> & { readonly space: SpaceId };

/** The store as acceptance reads it just before a change-set; every answer is synchronous. */
export interface AcceptanceFacts extends Erased {
  readonly hasher: Hasher;
  readonly rules: RecordRules;
  /** Where a change-set that is here stands in its chain; null: it is not here. */
  logged(hash: Hash): LoggedLink | null;
  /** Whether rulings of a replica count here. */
  mayRule(replica: ReplicaId): boolean;
  /** The reason of a ruling of this space that names a hash, the smallest where there are several; null: none does. */
  ruledOut(hash: Hash, space: SpaceId): string | null;
  /** Takes out what was kept aside because it names this change-set. */
  takeHeld(hash: Hash): readonly ChangeSet[];
}

/** The store as `OwnValues` reads it to count values side by side. */
export interface CountingFacts {
  readonly rules: RecordRules;
  /** Every value with effect that is here of an entity, others too; null where these and what is being judged are together too few to matter (`MOST_SIDE_BY_SIDE`). */
  values(entityType: string, entityId: string): Iterable<ValueHere> | null;
}

/** The store as acceptance reads it for change-sets that another laptop or a stick brings. */
export interface CarriedFacts {
  /** Whether somebody asked for an erasure who may, in a space or (null) in any. */
  isErasureAsked(entityType: string, entityId: string, space: SpaceId | null): boolean;
}

/** The function that decides whether a change-set is quarantined on this node alone: the code of the reason, or null. */
export type Quarantine = (changeSet: ChangeSet) => string | null;

/** The effect of a ruling that the store carries out: a refusal, or an erasure. */
export type RulingEffect =
  /** Notes a refusal for what may come later; `here`: the refused one is in the log and loses its effect. */
  | {
      readonly effect: 'refuse';
      readonly hash: Hash;
      readonly space: SpaceId;
      readonly reason: string;
      readonly ruling: Hash;
      readonly here: boolean;
    }
  /** Redacts every erasable value of a subject in a space, and of what is about it where it is a person; notes it for what comes later. */
  | {
      readonly effect: 'erase';
      readonly entityType: string;
      readonly entityId: string;
      readonly space: SpaceId;
      readonly isPerson: boolean;
    };

/** An instruction to the store: what becomes of a change-set or of what a ruling names. */
export type Effect =
  | RulingEffect
  | { readonly effect: 'known'; readonly changeSet: ChangeSet }
  /** It names one that is not here, or a place that no chain has. Nothing is kept of it, unless the store holds such ones. */
  | { readonly effect: 'missing' | 'broken'; readonly changeSet: ChangeSet }
  /** It came without values that nobody erased, see `lacksValues`. Nothing is kept of it. */
  | { readonly effect: 'lacking'; readonly changeSet: ChangeSet }
  /**
   * Adds it to the log, as it may be stored. `ruledOut`: by a ruling that was here before it; `quarantined`: on this node alone. Either takes its effect.
   * `released`: it had waited for the one before it.
   */
  | {
      readonly effect: 'append';
      readonly changeSet: ChangeSet;
      readonly ruledOut: string | null;
      readonly quarantined: string | null;
      readonly released: boolean;
    };

/** The judges of incoming change-sets. */
export interface Judges {
  /** Left out: it was judged where it comes from (the repository). */
  readonly quarantine?: Quarantine | undefined;
  /** Of what was kept aside and waits for these, where they need no judge: it came otherwise. */
  readonly judgeHeld?: Quarantine | undefined;
  /** Another laptop or a stick brings it: what lacks values is not taken. Else the word of who brings it also stands for what is in it. */
  readonly isCarried?: boolean | undefined;
}

/**
 * Yields the effects of accepting change-sets whose signatures the caller has checked, in an order in which each comes after the one it names and a workshop's
 * plan before its people. The store carries out each effect before it asks for the next: the facts are those just before a change-set.
 */
export function* accept(
  facts: AcceptanceFacts & CountingFacts & CarriedFacts,
  changeSets: readonly ChangeSet[],
  { quarantine, judgeHeld = standsHere, isCarried = false }: Judges = {},
): Generator<Effect, void> {
  // What rules on a space comes before what is counted there, so no count outlives its ground.
  const own = new OwnValues(facts);
  const counting =
    (judge: Quarantine): Quarantine =>
    (changeSet) =>
      judge(changeSet) ?? (own.admit(changeSet) ? null : TOO_MANY_VALUES);
  const lacks = (changeSet: ChangeSet): boolean => lacksValues(orAskedFor(facts), changeSet);
  const direct: Judging = quarantine ? { quarantine: counting(quarantine) } : {};
  // What waits was brought by a laptop or a stick, whoever brings what it waits for.
  const waited: Judging = { quarantine: direct.quarantine ?? counting(judgeHeld), lacks, isReleased: true };
  function* take(changeSet: ChangeSet, judging: Judging): Generator<Effect, void> {
    if (!(yield* acceptOne(facts, changeSet, judging))) return;
    for (const waiting = [...facts.takeHeld(changeSet.hash)]; waiting.length > 0;) {
      const next = waiting.pop()!;
      if (facts.logged(next.hash) || linkOf(next, facts.logged) !== 'extends') continue;
      yield* acceptOne(facts, next, waited);
      waiting.push(...facts.takeHeld(next.hash));
    }
  }
  const late: ChangeSet[] = [];
  for (const changeSet of inAcceptanceOrder(facts, changeSets)) {
    // Who was erased may be said behind what is about them.
    if (isCarried && lacks(changeSet)) late.push(changeSet);
    else yield* take(changeSet, direct);
  }
  for (const changeSet of late) yield* take(changeSet, { ...direct, lacks });
}

/** With those whose erasure somebody asked for who may: whoever asks takes the values out at once, before the repository rules. */
function orAskedFor(facts: Erased & CarriedFacts & Pick<AcceptanceFacts, 'rules'>): Erased & Pick<AcceptanceFacts, 'rules'> {
  return {
    rules: facts.rules,
    isErased: (type, id, space) => facts.isErased(type, id, space) || facts.isErasureAsked(type, id, space),
    isErasedPerson: (id) => facts.isErasedPerson(id) || facts.isErasureAsked(facts.rules.personType, id, null),
  };
}

/** How one change-set is looked at. */
interface Judging {
  readonly quarantine?: Quarantine;
  /** Whether values were taken out of what another laptop or a stick brings. */
  readonly lacks?: (changeSet: ChangeSet) => boolean;
  readonly isReleased?: boolean;
}

/** Accepts one change-set as `accept` does, without those that wait for it; returns whether it was added. */
export function* acceptOne(
  facts: AcceptanceFacts,
  changeSet: ChangeSet,
  { quarantine = standsHere, lacks, isReleased = false }: Judging = {},
): Generator<Effect, boolean> {
  const link = facts.logged(changeSet.hash) ? 'known' : linkOf(changeSet, facts.logged);
  if (link !== 'extends') {
    yield { effect: link, changeSet };
    return false;
  }
  const ruledOut = isRuling(facts, changeSet.header) ? null : facts.ruledOut(changeSet.hash, changeSet.header.space);
  if (ruledOut === null && lacks?.(changeSet)) {
    yield { effect: 'lacking', changeSet };
    return false;
  }
  const quarantined = ruledOut === null ? quarantine(changeSet) : null;
  yield { effect: 'append', changeSet: withoutErased(facts, changeSet), ruledOut, quarantined, released: isReleased };
  if (quarantined === null) yield* rulingEffects(facts, changeSet);
  return true;
}

/** Accepts a change-set that this replica has just sealed at the end of its chain, as `acceptOne`: nothing speaks against it here. */
export function* acceptOwn(facts: AcceptanceFacts, changeSet: ChangeSet): Generator<RulingEffect | (Effect & { effect: 'append' }), void> {
  yield { effect: 'append', changeSet: withoutErased(facts, changeSet), ruledOut: null, quarantined: null, released: false };
  yield* rulingEffects(facts, changeSet);
}

/**
 * The most values of one register that a replica may have side by side, none of them written over by a later one of its own. Whoever edits writes over what
 * they see, so a person has one, and a few where a form was open beside another; two who change a field in turns have one for each turn, for between two of
 * one's own values lies one of the other's: no field is changed so a thousand times. Above that somebody makes everybody's lists long.
 */
export const MOST_SIDE_BY_SIDE = 1_000;

/** The code of the reason why values beyond `MOST_SIDE_BY_SIDE` have no effect. */
export const TOO_MANY_VALUES = 'sync.tooManyValues';

interface OwnRegister {
  /** Of the replica's values those that none of its others supersedes. */
  readonly standing: Set<ValueId>;
  readonly superseded: Set<ValueId>;
}

/**
 * Counts what replicas have side by side in registers, each along its own chain (branches together): what others write, and when it comes, changes nothing, so that
 * every store counts alike. Of two branches that are too much together the first to come takes the room, and the repository's word is the one that counts. What has no effect counts neither as a value nor as what supersedes one.
 */
export class OwnValues {
  readonly #facts: CountingFacts;
  readonly #registers = new Map<string, OwnRegister>();

  constructor(facts: CountingFacts) {
    this.#facts = facts;
  }

  /** Whether a change-set that is not here yet leaves no more side by side than may be; it is counted from now on. To be asked before it is added. */
  admit({ header, hash, ops }: ChangeSet): boolean {
    const written = new Map<OwnRegister, { readonly id: ValueId; readonly supersedes: readonly ValueId[] }[]>();
    let few: Op | null = null;
    ops.forEach((op, index) => {
      // What is written to one entity lies together.
      if (few?.entityId === op.entityId && few.entityType === op.entityType) return;
      if (!canTakeEffect(this.#facts.rules, header, op)) return;
      const register = this.#register(header, op);
      if (!register) {
        few = op;
        return;
      }
      const values = written.get(register);
      const value = { id: `${hash}:${index}`, supersedes: op.supersedes };
      if (values) values.push(value);
      else written.set(register, [value]);
    });
    for (const [{ standing }, values] of written) {
      const gone = new Set(values.flatMap(({ supersedes }) => supersedes).filter((id) => standing.has(id))).size;
      const after = standing.size - gone + values.length;
      // Whoever had more before there was a limit, or has them still, may make them fewer.
      if (after > MOST_SIDE_BY_SIDE && after > standing.size) return false;
    }
    for (const [register, values] of written) for (const value of values) note(register, value);
    return true;
  }

  #register({ replica, space }: ChangeSetHeader, { entityType, entityId, field }: Op): OwnRegister | null {
    const key = `${replica} ${space} ${entityType} ${entityId} ${field}`;
    const known = this.#registers.get(key);
    if (known) return known;
    const here = this.#facts.values(entityType, entityId);
    if (!here) return null;
    const register: OwnRegister = { standing: new Set(), superseded: new Set() };
    this.#registers.set(key, register);
    for (const value of here) {
      const isOwn = value.replica === replica && value.space === space && value.field === field;
      if (isOwn && value.effective) note(register, value);
    }
    return register;
  }
}

/** Counts a value of a replica in a register. */
function note({ standing, superseded }: OwnRegister, { id, supersedes }: Pick<ValueHere, 'id' | 'supersedes'>): void {
  for (const before of supersedes) {
    superseded.add(before);
    standing.delete(before);
  }
  if (!superseded.has(id)) standing.add(id);
}

/** Yields the effects of the rulings in a change-set of the log, when its replica may rule; nothing otherwise. */
export function* rulingEffects(
  facts: Pick<AcceptanceFacts, 'logged' | 'mayRule' | 'rules'>,
  changeSet: ChangeSet,
): Generator<RulingEffect, void> {
  const { space } = changeSet.header;
  const ruled = rulingsOf(changeSet, ({ replica }) => facts.mayRule(replica));
  for (const { hash, reason } of ruled.refused) {
    const target = facts.logged(hash);
    // A ruling counts in its own space, and nobody rules a ruling out: two could undo each other without end.
    const here = target !== null && target.space === space && !isRuling(facts, target);
    yield { effect: 'refuse', hash, space, reason, ruling: changeSet.hash, here };
  }
  for (const { entityType, entityId } of ruled.erased)
    yield { effect: 'erase', entityType, entityId, space, isPerson: entityType === facts.rules.personType };
}

/**
 * Whether a change-set rules: its kind is that of a ruling, and its replica has the authority. What somebody else writes with such a kind can be ruled out like
 * anything.
 */
export function isRuling(facts: Pick<AcceptanceFacts, 'mayRule'>, header: Pick<ChangeSetHeader, 'kind' | 'replica'>): boolean {
  return isRulingKind(header.kind) && facts.mayRule(header.replica);
}

/** Whether a kind of change-set is a ruling (refuse, erase). */
export function isRulingKind(kind: ChangeSetHeader['kind']): boolean {
  return kind === 'refuse' || kind === 'erase';
}

/**
 * Whether a write can take effect at all, whoever made it: ops of kind refuse and erase write nothing but rulings, nothing else writes those, and an entity
 * lives where its type may. The rest is kept and passed on like any other.
 */
export function canTakeEffect(
  rules: Pick<RecordRules, 'livesIn'>,
  { kind, space }: Pick<ChangeSetHeader, 'kind' | 'space'>,
  { entityType, entityId, field }: Pick<Op, 'entityType' | 'entityId' | 'field'>,
): boolean {
  if (kind === 'refuse') return entityType === RULED_TYPE && field === REFUSED;
  if (kind === 'erase') return field === ERASED && entityType !== RULED_TYPE && rules.livesIn(entityType, entityId, space);
  return entityType !== RULED_TYPE && field !== ERASED && rules.livesIn(entityType, entityId, space);
}

/** The change-set without the values of erased people and without what it says about them, as it may be kept. */
export function withoutErased(facts: Erased & Pick<AcceptanceFacts, 'hasher' | 'rules'>, changeSet: ChangeSet): ChangeSet {
  const gone = new Map<string, boolean>();
  let last: { readonly op: Op; readonly isGone: boolean } | null = null;
  const isGone = (op: Op): boolean => {
    // What is written to one entity lies together.
    if (last?.op.entityId !== op.entityId || last.op.entityType !== op.entityType) last = { op, isGone: isEntityGone(op) };
    return last.isGone;
  };
  const isEntityGone = ({ entityType, entityId }: Op): boolean => {
    const name = entityKey(entityType, entityId);
    const known =
      gone.get(name) ??
      (facts.isErased(entityType, entityId, changeSet.header.space) || isAboutErased(facts, changeSet, entityType, entityId));
    gone.set(name, known);
    return known;
  };
  return redactChangeSet(changeSet, isGone, facts.hasher);
}

/**
 * Whether a person's values were taken out of a change-set by nobody's ruling: by whoever passed it on. Its hash and its signature hold, so that it would stand in the place of
 * the whole one for ever. Not so where it does not say itself whom a record is about: that may well have been somebody who was erased.
 */
export function lacksValues(facts: Erased & Pick<AcceptanceFacts, 'rules'>, changeSet: ChangeSet): boolean {
  return changeSet.ops.some(({ content, entityType, entityId }) => {
    if (content.form !== 'redacted' || facts.isErased(entityType, entityId, changeSet.header.space)) return false;
    if (entityType === facts.rules.personType) return true;
    const people = peopleNamed(facts.rules, changeSet, entityType, entityId);
    return people.length > 0 && !people.some((person) => facts.isErasedPerson(person));
  });
}

/** Whether a change-set itself says that a record is about a person who was erased: from a laptop that had not heard. */
export function isAboutErased(
  facts: Pick<AcceptanceFacts, 'rules' | 'isErasedPerson'>,
  changeSet: ChangeSet,
  entityType: string,
  entityId: string,
): boolean {
  return peopleNamed(facts.rules, changeSet, entityType, entityId).some((person) => facts.isErasedPerson(person));
}

/** The people whom a change-set says that a record is about: usually one, or nobody; each of its writes counts. */
export function peopleNamed(
  rules: Pick<RecordRules, 'aboutField'>,
  { ops }: Pick<ChangeSet, 'ops'>,
  entityType: string,
  entityId: string,
): string[] {
  const about = rules.aboutField(entityType);
  if (about === undefined) return [];
  return ops
    .filter((op) => op.entityId === entityId && op.entityType === entityType && op.field === about)
    .flatMap(({ content }) => (content.form !== 'redacted' && typeof content.value === 'string' ? [content.value] : []));
}

function standsHere(): null {
  return null;
}

/**
 * Each after the one it names; of a workshop the plan, which says who may write the rest, before the people and the answers; in a space what rulers wrote before
 * what they may rule on, and what opens it before the rest.
 */
function inAcceptanceOrder({ mayRule }: Pick<AcceptanceFacts, 'mayRule'>, changeSets: readonly ChangeSet[]): ChangeSet[] {
  const rulers = new Set([...new Set(changeSets.map(({ header }) => header.replica))].filter(mayRule));
  const rank = ({ header }: ChangeSet): number => {
    const opens = header.kind === 'genesis' && header.seq === 1;
    return 3 * workshopOrder(header.space) + (rulers.has(header.replica) ? 0 : opens ? 1 : 2);
  };
  return inChainOrder(changeSets)
    .map((changeSet) => ({ changeSet, at: rank(changeSet) }))
    .sort((a, b) => a.at - b.at)
    .map(({ changeSet }) => changeSet);
}
