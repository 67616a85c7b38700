import { acceptOwn, isRulingKind, type AcceptanceFacts } from '../../../sync/accept.ts';
import type { ChangeSet, ReplicaId, Tip } from '../../../sync/types.ts';
import type { CommitRequest } from '../store.ts';
import type { Db } from './opening/open-database.ts';
import type { RegisterBatch } from './register-batch.ts';
import { changeSetBuilder, type ChangeSetBuilderOptions } from '../change-set-builder.ts';
import type { EvictedSpaces } from './evicted-spaces.ts';
import type { HeldChangeSets } from './held.ts';
import type { LogWriter } from './log-writer.ts';
import type { Rulings } from './rulings.ts';
import type { Transactions } from './transactions.ts';

/** The parts of a store that writes go through. */
export interface StoreParts {
  readonly replica: ReplicaId;
  readonly facts: AcceptanceFacts;
  readonly log: LogWriter;
  readonly transactions: Transactions;
  readonly rulings: Rulings;
  readonly held: HeldChangeSets;
  readonly away: EvictedSpaces;
}

/** Writes of this replica's own. */
export interface Commits {
  commit(requests: readonly CommitRequest[]): ChangeSet[];
  /** From now on a commit asks first: what `objects` gives a code for is not made. */
  askBefore(objects: (changeSet: ChangeSet) => string | null): void;
  /** Says that a space is away from now on. */
  noteAway(): void;
}

/** Returns the commits of this replica: each is sealed and added in one transaction. */
export function commitsTo(db: Db, { facts, log, transactions, rulings, away }: StoreParts, options: ChangeSetBuilderOptions): Commits {
  const tipsOfChain = db.prepare('select replica, seq, hash from tip where space = ? and replica = ?');
  const builder = changeSetBuilder({ endsOf: (space, of) => tipsOfChain.all(space, of) as Tip[] }, options);
  // While none is, no commit looks. One that came back leaves this true until the next opening, which costs a look-up.
  let anyAway = away.any();
  let objects: (changeSet: ChangeSet) => string | null = () => null;

  // Own chains are continued at an end; only the first change-set begins one.
  const extend = (changeSet: ChangeSet): boolean => {
    if (log.moveTip(changeSet)) return true;
    if (changeSet.header.prev !== null) return false;
    log.addTip(changeSet);
    return true;
  };

  const commitPart = (part: CommitRequest): ChangeSet | null => {
    if (anyAway && away.has(part.space))
      throw Object.assign(new Error('a space is not here, or not yet here again'), { code: 'SPACE_AWAY' });
    const batch = transactions.batch();
    const changeSet = builder.seal(part, batch, extend);
    if (!changeSet) return null;
    const code = objects(changeSet);
    if (code !== null) throw Object.assign(new Error('a write was objected to'), { code });
    // Its chain was moved on when it was sealed.
    for (const effect of acceptOwn(facts, changeSet)) log.applyEffect(effect, batch, null);
    const { types, entities, twoSpaces } = mergeTouched(rulings, batch);
    // A ruling may well concern what somebody wrote into a second space; and whoever had it here goes on writing it.
    if (twoSpaces && !isRulingKind(changeSet.header.kind) && log.entersSpace(changeSet))
      throw new Error('an entity would live in two spaces');
    transactions.touch(part.space, types, false, entities);
    return changeSet;
  };

  return {
    commit: (requests) =>
      transactions.run(() => requests.flatMap((request) => builder.parts(request).flatMap((part) => commitPart(part) ?? []))),
    askBefore: (asked) => void (objects = asked),
    noteAway: () => void (anyAway = true),
  };
}

/** Merges the entities that were touched; where people were erased, then also what is about them, which the projections now tell. */
export function mergeTouched(rulings: Rulings, batch: RegisterBatch): ReturnType<RegisterBatch['remerge']> {
  const first = batch.remerge();
  if (!rulings.eraseAbout(batch)) return first;
  const then = batch.remerge();
  return {
    types: new Set([...first.types, ...then.types]),
    entities: new Set([...first.entities, ...then.entities]),
    twoSpaces: first.twoSpaces || then.twoSpaces,
  };
}
