import type { Hasher } from '../../../kernel/ports.ts';
import { inChainOrder, linkOf } from '../../../sync/chain.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet, replicaIdOf } from '../../../sync/change-set.ts';
import { digestHeads, digestOf, type DigestHead } from '../../../sync/digest.ts';
import { isRefusable, rulingsOf } from '../../../sync/merge.ts';
import type { ChangeSet, Hash, Op, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { Changed, CommitRequest, Ingested, Reader, SqlValue, Store } from '../store.ts';
import * as log from './change-log.ts';
import type { Db, Statement } from './open-database.ts';
import { clearProjections, prepareProjections } from './projection-tables.ts';
import { registers as registersOver, type RegisterBatch, type Registers } from './registers.ts';
import { author as authorOver, type AuthorOptions } from '../writing.ts';

/** The SQLite store: a `Store`, and what the exchange and the upkeep need of it. */
export interface SqliteStore extends Store {
  readonly db: Db;
  /** Runs `work` in one transaction; what it commits, ingests or sets is kept or undone together, and announced once at the end. */
  transaction<T>(work: () => T): T;
  /** From now on rulings (refuse, erase) by exactly these replicas count, those already here included. */
  trustRulings(replicas: readonly ReplicaId[]): void;
  /** Derives heads, projections and search index anew from the change-sets. */
  rebuildProjections(): void;
  /** Says that something outside the change-sets changed (settings, the ledger of syncs). */
  announce(entityTypes: Iterable<string>): void;
}

/** A store over an open, migrated database. Throws SQLite's errors (see `storeRefusal`): a failed transaction leaves nothing behind. */
export function sqliteStore(db: Db, options: AuthorOptions): SqliteStore {
  const { hasher, signer } = options;
  // Together, or a power cut in between would leave new tables that look filled.
  db.transaction(() => {
    if (prepareProjections(db)) fillProjections(db);
  }).immediate();
  const replica = replicaIdOf(signer.publicKey, hasher);
  const registers = registersOver(db);
  const tipsOfChain = db.prepare('select replica, seq, hash from tip where space = ? and replica = ?');
  const author = authorOver({ endsOf: (space, of) => tipsOfChain.all(space, of) as Tip[] }, options);
  const listeners = new Set<(changed: Changed) => void>();
  let touched: { entityTypes: Set<string>; spaces: Set<SpaceId>; received: boolean } | null = null;
  let erasedSomething = false;

  const sql = {
    insert: db.prepare(
      'insert into change_set(hash, space, replica, seq, prev, kind, author, t, tq, refused, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    known: db.prepare('select feed, space, replica, seq, kind, body from change_set where hash = ?'),
    moveTip: db.prepare('update tip set hash = ?, seq = ? where space = ? and replica = ? and hash = ?'),
    addTip: db.prepare('insert into tip(space, replica, hash, seq) values (?, ?, ?, ?)'),
    reason: db.prepare('select min(reason) from refusal where hash = ? and space = ?').pluck(),
    addRefusal: db.prepare('insert or ignore into refusal(hash, space, reason, ruling) values (?, ?, ?, ?)'),
    setRefused: db.prepare('update change_set set refused = ? where feed = ?'),
    addErasure: db.prepare('insert or ignore into erasure(entity, type, space) values (?, ?, ?)'),
    isErased: db.prepare('select 1 from erasure where entity = ? and type = ? and space = ?').pluck(),
    feedsOfEntity: db
      .prepare('select w.feed from written w join change_set c on c.feed = w.feed where w.entity = ? and w.type = ? and c.space = ?')
      .pluck(),
    body: db.prepare('select body from change_set where feed = ?').pluck(),
    setBody: db.prepare('update change_set set body = ? where feed = ?'),
  };
  let rulers = new Set(
    JSON.parse((db.prepare("select value from meta where key = 'rulers'").pluck().get() as string | undefined) ?? '[]') as ReplicaId[],
  );

  // Rulings are rare: while there are none, no change-set is looked up in them. A rollback leaves these true, which costs a look-up.
  let anyRefusal = db.prepare('select 1 from refusal limit 1').get() !== undefined;
  let anyErasure = db.prepare('select 1 from erasure limit 1').get() !== undefined;

  const begin = db.prepare('begin immediate');
  const end = db.prepare('commit');
  const undo = db.prepare('rollback');

  const transact = <T>(work: () => T): T => {
    if (db.inTransaction) return db.transaction(work)();
    touched = null;
    erasedSomething = false;
    begin.run();
    let result: T;
    try {
      result = work();
      end.run();
    } catch (error) {
      // SQLite has rolled back by itself where the disk failed.
      if (db.inTransaction) undo.run();
      touched = null;
      throw error;
    }
    if (erasedSomething) forgetForGood(db);
    const changed = touched as Changed | null;
    touched = null;
    if (changed) for (const listener of listeners) tell(listener, changed);
    return result;
  };

  const touch = (space: SpaceId | null, entityTypes: Iterable<string>, received: boolean): void => {
    touched ??= { entityTypes: new Set(), spaces: new Set(), received: false };
    if (space !== null) touched.spaces.add(space);
    for (const type of entityTypes) touched.entityTypes.add(type);
    if (received) touched.received = true;
  };

  // Adds one change-set whose chain reaches it, and notes the entities to merge.
  const append = (original: ChangeSet, batch: RegisterBatch): void => {
    const { header, hash } = original;
    const isErased = (op: Op): boolean => sql.isErased.get(op.entityId, op.entityType, header.space) !== undefined;
    const changeSet = anyErasure ? redactChangeSet(original, isErased, hasher) : original;
    const refused = anyRefusal && isRefusable(header) ? (sql.reason.get(hash, header.space) as string | null) : null;
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
      encodeChangeSet(changeSet),
    );
    batch.add(Number(lastInsertRowid), changeSet, refused !== null);
    rule(changeSet, batch);
  };

  const rule = (changeSet: ChangeSet, batch: RegisterBatch): void => {
    const { space } = changeSet.header;
    const rulings = rulingsOf(changeSet, (ruling) => rulers.has(ruling.replica));
    for (const { hash, reason } of rulings.refused) {
      anyRefusal = true;
      sql.addRefusal.run(hash, space, reason, changeSet.hash);
      refuseNow(hash, space, batch);
    }
    for (const { entityType, entityId } of rulings.erased) {
      anyErasure = true;
      sql.addErasure.run(entityId, entityType, space);
      eraseNow(entityType, entityId, space, batch);
    }
  };

  const refuseNow = (hash: Hash, space: SpaceId, batch: RegisterBatch): void => {
    const target = sql.known.get(hash) as { feed: number; space: SpaceId; kind: ChangeSet['header']['kind']; body: Uint8Array } | undefined;
    if (!target || target.space !== space || !isRefusable(target)) return;
    sql.setRefused.run(sql.reason.get(hash, space), target.feed);
    for (const op of readBody(target.body, hasher).ops) batch.touch(op.entityType, op.entityId);
  };

  const eraseNow = (entityType: string, entityId: string, space: SpaceId, batch: RegisterBatch): void => {
    batch.touch(entityType, entityId);
    for (const feed of sql.feedsOfEntity.all(entityId, entityType, space) as number[]) {
      const before = readBody(sql.body.get(feed) as Uint8Array, hasher);
      const after = redactChangeSet(before, (op) => op.entityType === entityType && op.entityId === entityId, hasher);
      if (after === before) continue;
      erasedSomething = true;
      sql.setBody.run(encodeChangeSet(after), feed);
      registers.rewrite(feed, after.ops, entityType, entityId);
    }
  };

  const isKnown = (hash: Hash): boolean => sql.known.get(hash) !== undefined;
  const lookup = (hash: Hash): { space: SpaceId; replica: ReplicaId; seq: number } | null =>
    (sql.known.get(hash) as { space: SpaceId; replica: ReplicaId; seq: number } | undefined) ?? null;

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

  const commitPart = (part: CommitRequest): ChangeSet | null => {
    const batch = registers.batch();
    const changeSet = author.seal(part, batch, extend);
    if (!changeSet) return null;
    append(changeSet, batch);
    const { types, twoSpaces } = batch.remerge();
    if (twoSpaces) throw new Error('an entity would live in two spaces');
    touch(part.space, types, false);
    return changeSet;
  };

  return {
    db,
    replica,
    reader: readerOver(db, registers),
    transaction: transact,
    commit: (requests) => transact(() => requests.flatMap((request) => author.parts(request).flatMap((part) => commitPart(part) ?? []))),
    ingest(changeSets, alongside) {
      return transact(() => {
        const batch = registers.batch();
        const missing: Ingested['missing'][number][] = [];
        let applied = 0;
        let known = 0;
        for (const changeSet of inChainOrder(changeSets)) {
          if (isKnown(changeSet.hash)) {
            known++;
            continue;
          }
          const link = linkOf(changeSet, lookup);
          if (link !== 'extends') {
            const { space, replica: of, prev } = changeSet.header;
            missing.push({ space, replica: of, prev: prev ?? changeSet.hash });
            continue;
          }
          if (!moveTip(changeSet)) addTip(changeSet);
          append(changeSet, batch);
          touch(changeSet.header.space, [], true);
          applied++;
        }
        const { types } = batch.remerge();
        if (applied > 0) touch(null, types, true);
        alongside?.();
        return { applied, known, missing };
      });
    },
    tips: (space) => log.tips(db, space),
    spaces: () => log.spaces(db),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce(entityTypes) {
      transact(() => touch(null, entityTypes, false));
    },
    digest: () => digestOf(headsForDigest(registers), hasher),
    trustRulings(replicas) {
      transact(() => {
        rulers = new Set(replicas);
        db.prepare("insert into meta(key, value) values ('rulers', ?) on conflict(key) do update set value = excluded.value").run(
          JSON.stringify([...rulers].sort()),
        );
        const batch = registers.batch();
        const before = db.prepare('select feed, body from change_set where refused is not null').all() as {
          feed: number;
          body: Uint8Array;
        }[];
        for (const { feed, body } of before) {
          sql.setRefused.run(null, feed);
          for (const op of readBody(body, hasher).ops) batch.touch(op.entityType, op.entityId);
        }
        db.exec('delete from refusal; delete from erasure');
        const rulings = db.prepare("select body from change_set where kind in ('refuse', 'erase') order by feed").pluck();
        for (const body of rulings.all() as Uint8Array[]) rule(readBody(body, hasher), batch);
        const { types } = batch.remerge();
        if (types.size > 0) touch(null, types, true);
      });
    },
    rebuildProjections() {
      transact(() => fillProjections(db));
    },
    close() {
      listeners.clear();
      db.close();
    },
  };
}

function readerOver(db: Db, registers: ReturnType<typeof registersOver>): Reader {
  // Features ask with few different texts, often: preparing costs more than running.
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare<unknown[], unknown>(sql);
    if (!made.readonly) throw new Error('a query must not write');
    if (prepared.size >= 500) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
  return {
    all: <T>(sql: string, ...params: SqlValue[]) => statement(sql).all(...params) as T[],
    get: <T>(sql: string, ...params: SqlValue[]) => statement(sql).get(...params) as T | undefined,
    heads: registers.heads,
    headsOfEntity: registers.headsOfEntity,
    headsWhere: (type, field, condition, ...params) => registers.headsWhere(type, field, condition, params),
    history: registers.history,
  };
}

function readBody(body: Uint8Array, hasher: Hasher): ChangeSet {
  const decoded = decodeChangeSet(body, hasher);
  if (!decoded.ok) throw Object.assign(new Error('a stored change-set cannot be read'), { code: 'SQLITE_CORRUPT' });
  return decoded.value;
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

// The values are gone from the tables; now also from the write-ahead log and from the index's old segments.
function forgetForGood(db: Db): void {
  db.exec("insert into search(search) values ('optimize')");
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function tell(listener: (changed: Changed) => void, changed: Changed): void {
  try {
    listener(changed);
  } catch (error) {
    // What was committed stays committed; the fault shows as unhandled instead of as a failed write.
    queueMicrotask(() => {
      throw error;
    });
  }
}
