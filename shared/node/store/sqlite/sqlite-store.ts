import { RECORD_RULES } from '../../../model/record-rules.ts';
import {
  accept,
  acceptOwn,
  isRulingKind,
  withoutErased,
  type AcceptanceFacts,
  type Effect,
  type Judges,
  type LoggedLink,
  type Quarantine,
  type RulingEffect,
} from '../../../sync/accept.ts';
import { encodeChangeSet, replicaIdOf } from '../../../sync/change-set.ts';
import { digestHeads, digestOf, type DigestHead } from '../../../sync/digest.ts';
import type { ChangeSet, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { CommitRequest, Ingested, ReceivedAt, Store } from '../store.ts';
import { awayIn } from './away.ts';
import * as log from './change-log.ts';
import { forgetForGood, isForgetting } from './forgetting.ts';
import { heldIn } from './held.ts';
import type { Db } from './opening/open-database.ts';
import { clearProjections, prepareProjections } from './projection-tables.ts';
import { noteQuarantine } from './quarantine.ts';
import { readerOver } from './reader.ts';
import type { RegisterBatch } from './register-batch.ts';
import { registers as registersOver, type Registers } from './registers.ts';
import { rulings as rulingsOver } from './rulings.ts';
import { signRunsOf } from './signed-runs.ts';
import { transactionsOn } from './transactions.ts';
import { wipeSpace } from './wipe-space.ts';
import { author as authorOver, type AuthorOptions } from '../writing.ts';

/** The SQLite store: a `Store`, and what the exchange and the upkeep need of it. */
export interface SqliteStore extends Store {
  readonly db: Db;
  /** As a `Store` does; `judgeHeld` speaks against what was kept aside and waits for these, see `Judges`. */
  ingest(changeSets: readonly ChangeSet[], alongside?: () => void, receivedAt?: ReceivedAt, judgeHeld?: Quarantine): Ingested;
  /**
   * As `ingest`, but what misses an ancestor is kept aside and applied when that comes. `source` names what brought them (the id of a bundle); null: whoever
   * brought them is asked for the ancestor, and nothing is kept aside. A change-set that can never be applied is in `missing`.
   */
  receive(changeSets: readonly ChangeSet[], source: string | null, options?: IngestOptions): Received;
  /** Runs `work` in one transaction; what it commits, ingests or sets is kept or undone together, and announced once at the end. */
  transaction<T>(work: () => T): T;
  /** From now on rulings (refuse, erase) by exactly these replicas count, those already here included. */
  trustRulings(replicas: readonly ReplicaId[]): void;
  /** From now on a commit asks first: what `objects` gives a code for is not made, nor anything of its transaction (throws, with that code). */
  askBefore(objects: (changeSet: ChangeSet) => string | null): void;
  /** Says that another laptop writes under this replica's name: from the next opening on this one has a name of its own. */
  meetTwin(): void;
  /** Called when that was said, or when a change-set of this replica's came from elsewhere that was never made here. */
  onTwin(listener: () => void): void;
  /** Called when values were erased or a space was wiped: copies of the database that are older still hold them. Who has dealt with these says `endForgetting`. */
  onErased(listener: () => void): void;
  /**
   * Takes a space out of this store for good, but for where this replica's chains ended in it: until `comeBack` nothing is written there (a commit throws, code
   * `SPACE_AWAY`). `confirmedBy`: the peer whose word about these chains stays.
   */
  wipe(space: SpaceId, confirmedBy: string): void;
  /** Signs the runs of this replica's chains that wait for it; to be called before change-sets leave this device, and before a backup. */
  signRuns(): void;
  /** Derives heads, projections and search index anew from the change-sets. */
  rebuildProjections(): void;
  /** Says that something outside the change-sets changed (settings, the ledger of syncs). */
  announce(entityTypes: Iterable<string>): void;
}

export interface IngestOptions extends Judges {
  /** Runs in the same transaction. */
  readonly alongside?: (() => void) | undefined;
  /** Left out: they were received now, by this store's clock. */
  readonly receivedAt?: ReceivedAt | undefined;
}

/** What became of change-sets that may wait for an ancestor. */
export interface Received extends Ingested {
  /** Of these, kept aside now. */
  readonly held: number;
  /** Of these, kept aside already. */
  readonly heldBefore: number;
  /** Kept aside until now and applied, for these brought their ancestor. */
  readonly released: number;
  /** In the log, without effect here: their author may not write them. Not counted as applied or released. */
  readonly quarantined: number;
  /** Left out: they came without values that nobody erased, as far as is known here. */
  readonly lacking: readonly ChangeSet[];
}

/** A store over an open, migrated database. Throws SQLite's errors (see `storeRefusal`): a failed transaction leaves nothing behind. */
export function sqliteStore(db: Db, options: AuthorOptions): SqliteStore {
  const { hasher, signer } = options;
  // Together, or a power cut in between would leave new tables that look filled.
  db.transaction(() => {
    if (prepareProjections(db)) fillProjections(db);
  }).immediate();
  // Cut between an erasure and this: made good now.
  if (isForgetting(db)) forgetForGood(db);
  const replica = replicaIdOf(signer.publicKey, hasher);
  const registers = registersOver(db);
  const tipsOfChain = db.prepare('select replica, seq, hash from tip where space = ? and replica = ?');
  const author = authorOver({ endsOf: (space, of) => tipsOfChain.all(space, of) as Tip[] }, options);
  const sql = {
    insert: db.prepare(
      'insert into change_set(hash, space, replica, seq, prev, kind, author, t, tq, refused, body, received_at, chain_bytes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    chainBytes: db.prepare('select chain_bytes from change_set where hash = ?').pluck(),
    known: db.prepare('select space, replica, seq, kind from change_set where hash = ?'),
    quarantine: noteQuarantine(db),
    moveTip: db.prepare('update tip set hash = ?, seq = ? where space = ? and replica = ? and hash = ?'),
    spacesBefore: db
      .prepare(
        'select distinct c.space from written w cross join change_set c on c.feed = w.feed where w.entity = ? and w.type = ? and c.hash <> ?',
      )
      .pluck(),
    erasureAsked: db
      .prepare(
        `select 1 from written w cross join change_set c on c.feed = w.feed
         where w.entity = ? and w.type = ? and c.kind = 'erase' and c.refused is null and c.space = coalesce(?, c.space)`,
      )
      .pluck(),
    addTip: db.prepare('insert into tip(space, replica, hash, seq) values (?, ?, ?, ?)'),
  };
  const held = heldIn(db, hasher);
  const rulings = rulingsOver(db, registers, held, hasher);

  const transactions = transactionsOn(db, registers, rulings.tookErased);
  const { touch } = transactions;

  const away = awayIn(db);
  // While none is, no commit looks. One that came back leaves this true until the next opening, which costs a look-up.
  let anyAway = away.any();
  let objects: (changeSet: ChangeSet) => string | null = () => null;

  const facts: AcceptanceFacts = {
    hasher,
    rules: RECORD_RULES,
    logged: (hash) => (sql.known.get(hash) as LoggedLink | undefined) ?? null,
    takeHeld: (hash) => held.takeAfter(hash),
    mayRule: rulings.mayRule,
    ruledOut: rulings.ruledOut,
    isErased: rulings.isErased,
    isErasedPerson: rulings.isErasedPerson,
  };

  const isErasureAsked = (type: string, id: string, space: SpaceId | null): boolean => sql.erasureAsked.get(id, type, space) !== undefined;

  /** Carries out an effect but for the tips, which who calls moves. */
  const carryOut = (effect: RulingEffect | (Effect & { effect: 'append' }), batch: RegisterBatch, receivedAt: number | null): void => {
    if (effect.effect !== 'append') {
      rulings.carryOut(effect, batch);
      return;
    }
    const { changeSet, ruledOut, quarantined } = effect;
    const { header, hash } = changeSet;
    if (quarantined !== null) sql.quarantine(hash, header.space, quarantined, 'author');
    const refused = ruledOut ?? quarantined;
    const body = encodeChangeSet(changeSet);
    const before = header.replica === replica && header.prev !== null ? (sql.chainBytes.get(header.prev) as number | null) : 0;
    const { lastInsertRowid } = sql.insert.run(
      hash,
      header.space,
      header.replica,
      header.seq,
      header.prev,
      header.kind,
      header.author,
      header.t,
      header.tq,
      refused,
      body,
      receivedAt,
      header.replica === replica && before !== null ? before + body.length : null,
    );
    batch.add(Number(lastInsertRowid), changeSet, refused !== null);
  };

  /** Puts a change-set in the place of the tip that it continues; false where that is no tip, so that it begins a chain or a branch. */
  const moveTip = ({ header, hash }: ChangeSet): boolean =>
    header.prev !== null && sql.moveTip.run(hash, header.seq, header.space, header.replica, header.prev).changes > 0;
  const addTip = ({ header, hash }: ChangeSet): void => {
    sql.addTip.run(header.space, header.replica, hash, header.seq);
  };
  // Own chains are continued at an end; only the first change-set begins one.
  const extend = (changeSet: ChangeSet): boolean => {
    if (moveTip(changeSet)) return true;
    if (changeSet.header.prev !== null) return false;
    addTip(changeSet);
    return true;
  };

  /** Merges what was touched; where people were erased, then also what is about them, which the projections now tell. */
  const settled = (batch: RegisterBatch): ReturnType<RegisterBatch['remerge']> => {
    const first = batch.remerge();
    if (!rulings.eraseAbout(batch)) return first;
    const then = batch.remerge();
    return { types: new Set([...first.types, ...then.types]), twoSpaces: first.twoSpaces || then.twoSpaces };
  };

  /** Whether a change-set that was just added is the first of its space to write an entity that lives in another. */
  const entersSpace = ({ header, hash, ops }: ChangeSet): boolean =>
    ops.some(({ entityId, entityType }) => {
      const spaces = sql.spacesBefore.all(entityId, entityType, hash) as SpaceId[];
      return spaces.length > 0 && !spaces.includes(header.space);
    });

  const commitPart = (part: CommitRequest): ChangeSet | null => {
    if (anyAway && away.has(part.space))
      throw Object.assign(new Error('a space is not here, or not yet here again'), { code: 'SPACE_AWAY' });
    const batch = transactions.batch();
    const changeSet = author.seal(part, batch, extend);
    if (!changeSet) return null;
    const code = objects(changeSet);
    if (code !== null) throw Object.assign(new Error('a write was objected to'), { code });
    // Its chain was moved on when it was sealed.
    for (const effect of acceptOwn(facts, changeSet)) carryOut(effect, batch, null);
    const { types, twoSpaces } = settled(batch);
    // A ruling may well concern what somebody wrote into a second space; and whoever had it here goes on writing it.
    if (twoSpaces && !isRulingKind(changeSet.header.kind) && entersSpace(changeSet)) throw new Error('an entity would live in two spaces');
    touch(part.space, types, false);
    return changeSet;
  };

  const receivedNow = (): ReceivedAt => {
    const now = Math.floor(options.clock.now());
    return () => now;
  };

  // `source` null: what misses an ancestor is left out, for whoever brought it is asked for the ancestor.
  const take = (
    changeSets: readonly ChangeSet[],
    source: string | null,
    { alongside, receivedAt = receivedNow(), ...judges }: IngestOptions,
  ): Received => {
    const batch = transactions.batch();
    const missing: Ingested['missing'][number][] = [];
    const lacking: ChangeSet[] = [];
    const count = { applied: 0, known: 0, held: 0, heldBefore: 0, released: 0, quarantined: 0 };
    const add = (effect: Effect & { effect: 'append' }): void => {
      const { changeSet } = effect;
      const { space, replica: by, seq } = changeSet.header;
      // Made by this replica and not known here: a twin's, but for what comes back with a space that was wiped.
      if (by === replica && !away.covers(space, replica, seq)) transactions.meetTwin();
      if (!moveTip(changeSet)) addTip(changeSet);
      carryOut(effect, batch, receivedAt(changeSet));
      touch(space, [], true);
      count[effect.quarantined !== null ? 'quarantined' : effect.released ? 'released' : 'applied']++;
    };
    for (const effect of accept({ ...facts, values: batch.values, isErasureAsked }, changeSets, judges)) {
      if (effect.effect === 'append') add(effect);
      else if (effect.effect === 'refuse' || effect.effect === 'erase') carryOut(effect, batch, null);
      else if (effect.effect === 'known') count.known++;
      else if (effect.effect === 'lacking') lacking.push(effect.changeSet);
      else {
        const { header, hash } = effect.changeSet;
        if (effect.effect === 'missing' && source !== null)
          count[held.hold(withoutErased(facts, effect.changeSet), source) ? 'held' : 'heldBefore']++;
        if (effect.effect === 'broken' || source === null)
          missing.push({ space: header.space, replica: header.replica, prev: header.prev ?? hash });
      }
    }
    const { types } = settled(batch);
    if (types.size > 0) touch(null, types, true);
    alongside?.();
    return { ...count, missing, lacking };
  };

  return {
    db,
    replica,
    reader: readerOver(db, registers),
    transaction: transactions.run,
    commit: (requests) =>
      transactions.run(() => requests.flatMap((request) => author.parts(request).flatMap((part) => commitPart(part) ?? []))),
    ingest(changeSets, alongside, receivedAt, judgeHeld) {
      const { applied, known, missing } = transactions.run(() => take(changeSets, null, { alongside, receivedAt, judgeHeld }));
      return { applied, known, missing };
    },
    receive: (changeSets, source, options = {}) => transactions.run(() => take(changeSets, source, options)),
    tips: (space) => log.tips(db, space),
    spaces: () => log.spaces(db),
    onChanged: transactions.onChanged,
    announce(entityTypes) {
      transactions.run(() => touch(null, entityTypes, false));
    },
    digest: () => digestOf(headsForDigest(registers), hasher),
    trustRulings(replicas) {
      transactions.run(() => {
        const batch = transactions.batch();
        rulings.trust(replicas, facts, batch);
        const { types } = settled(batch);
        if (types.size > 0) touch(null, types, true);
      });
    },
    askBefore: (asked) => void (objects = asked),
    meetTwin: () => transactions.run(transactions.meetTwin),
    onErased: transactions.onErased,
    wipe(space, confirmedBy) {
      anyAway = true;
      transactions.run(() => {
        transactions.dropBatch();
        touch(space, wipeSpace(db, registers, space, replica, confirmedBy), true);
        transactions.noteWiped();
      });
    },
    onTwin: transactions.onTwin,
    signRuns() {
      transactions.run(() => signRunsOf(db, replica, signer, hasher));
    },
    rebuildProjections() {
      transactions.run(() => {
        transactions.dropBatch();
        fillProjections(db);
      });
    },
    close() {
      transactions.stopTelling();
      try {
        if (options.signs === 'runs') transactions.run(() => signRunsOf(db, replica, signer, hasher));
      } finally {
        db.close();
      }
    },
  };
}

function fillProjections(db: Db): void {
  clearProjections(db);
  const registers = registersOver(db);
  // Listed first: a table cannot be written while it is read row by row on one connection.
  const entities = db.prepare('select distinct entity, type from written order by entity, type').raw().all() as [string, string][];
  for (const [id, type] of entities) registers.remerge(type, id);
}

function* headsForDigest(registers: Registers): Iterable<DigestHead> {
  for (const { type, id, values } of registers.entities()) yield* digestHeads(type, id, values);
}
