import { RECORD_RULES } from '../../../model/record-rules.ts';
import type { AcceptanceFacts, Quarantine } from '../../../sync/accept.ts';
import { replicaIdOf } from '../../../sync/change-set.ts';
import { digestHeads, digestOf, type DigestHead } from '../../../sync/digest.ts';
import type { ChangeSet, ReplicaId, SpaceId } from '../../../sync/types.ts';
import type { Ingested, ReceivedAt, Store } from '../store.ts';
import { evictedSpacesIn } from './evicted-spaces.ts';
import * as log from './change-log.ts';
import { commitsTo, mergeTouched, type StoreParts } from './committing.ts';
import { purgeErased, isPurgePending } from './purge-pending.ts';
import { heldIn } from './held.ts';
import { ingestInto, type IngestOptions, type Received } from './ingesting.ts';
import { logWriter } from './log-writer.ts';
import type { Db } from './opening/open-database.ts';
import { clearProjections, prepareProjections } from './projection-tables.ts';
import { readerOver } from './reader.ts';
import { registers as registersOver, type Registers } from './registers.ts';
import { rulings as rulingsOver } from './rulings.ts';
import { signRunsOf } from './signed-runs.ts';
import { transactionsOn } from './transactions.ts';
import { wipeSpace } from './wipe-space.ts';
import type { ChangeSetBuilderOptions } from '../change-set-builder.ts';

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
  /** Called when values were erased or a space was wiped: copies of the database that are older still hold them. Who has dealt with these says `clearPurgePending`. */
  onErased(listener: () => void): void;
  /**
   * Takes a space out of this store for good, but for where this replica's chains ended in it: until `unmarkEvicted` nothing is written there (a commit throws, code
   * `SPACE_AWAY`). `confirmedBy`: the peer whose word about these chains stays.
   */
  wipe(space: SpaceId, confirmedBy: string): void;
  /** Signs the runs of this replica's chains that wait for it; to be called before change-sets leave this device, and before a backup. */
  signRuns(): void;
  /** Derives heads, projections and search index anew from the change-sets. */
  rebuildProjections(): void;
  /** Says that something outside the change-sets changed (settings, the history of syncs). */
  announce(entityTypes: Iterable<string>): void;
}

/** A store over an open, migrated database. Throws SQLite's errors (see `storeRefusal`): a failed transaction leaves nothing behind. */
export function sqliteStore(db: Db, options: ChangeSetBuilderOptions): SqliteStore {
  const { hasher, signer } = options;
  // Together, or a power cut in between would leave new tables that look filled.
  db.transaction(() => {
    if (prepareProjections(db)) fillProjections(db);
  }).immediate();
  // Cut between an erasure and this: made good now.
  if (isPurgePending(db)) purgeErased(db);
  const registers = registersOver(db);
  const parts = partsOf(db, registers, options);
  const { replica, facts, transactions, rulings } = parts;
  const commits = commitsTo(db, parts, options);
  const receivedNow = (): ReceivedAt => {
    const now = Math.floor(options.clock.now());
    return () => now;
  };
  const receive = (changeSets: readonly ChangeSet[], source: string | null, { receivedAt, ...how }: IngestOptions): Received =>
    transactions.run(() => ingestInto(parts, changeSets, source, { receivedAt: receivedAt ?? receivedNow(), ...how }));

  return {
    db,
    replica,
    reader: readerOver(db, registers, transactions.batchUnderWay),
    transaction: transactions.run,
    commit: commits.commit,
    ingest(changeSets, alongside, receivedAt, judgeHeld) {
      const { applied, known, missing } = receive(changeSets, null, { alongside, receivedAt, judgeHeld });
      return { applied, known, missing };
    },
    receive: (changeSets, source, how = {}) => receive(changeSets, source, how),
    tips: (space) => log.tips(db, space),
    spaces: () => log.spaces(db),
    onChanged: transactions.onChanged,
    announce(entityTypes) {
      transactions.run(() => {
        transactions.dropBatch();
        transactions.touch(null, new Set(entityTypes), false);
      });
    },
    digest: () => digestOf(headsForDigest(registers), hasher),
    trustRulings(replicas) {
      transactions.run(() => {
        const batch = transactions.batch();
        rulings.trust(replicas, facts, batch);
        const { types, entities } = mergeTouched(rulings, batch);
        if (types.size > 0) transactions.touch(null, types, true, entities);
      });
    },
    askBefore: commits.askBefore,
    meetTwin: () => transactions.run(transactions.meetTwin),
    onErased: transactions.onErased,
    wipe(space, confirmedBy) {
      commits.noteAway();
      transactions.run(() => {
        transactions.dropBatch();
        transactions.touch(space, wipeSpace(db, registers, space, replica, confirmedBy), true);
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

/** Returns the parts that writes go through in a database whose tables are prepared. */
function partsOf(db: Db, registers: Registers, { hasher, signer }: ChangeSetBuilderOptions): StoreParts {
  const replica = replicaIdOf(signer.publicKey, hasher);
  const held = heldIn(db, hasher);
  const rulings = rulingsOver(db, registers, held, hasher);
  const log = logWriter(db, replica, rulings);
  const facts: AcceptanceFacts = {
    hasher,
    rules: RECORD_RULES,
    logged: log.known,
    takeHeld: (hash) => held.takeAfter(hash),
    mayRule: rulings.mayRule,
    ruledOut: rulings.ruledOut,
    isErased: rulings.isErased,
    isErasedPerson: rulings.isErasedPerson,
  };
  return { replica, facts, log, held, rulings, transactions: transactionsOn(db, registers, rulings.tookErased), away: evictedSpacesIn(db) };
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
