import type { Hasher } from '../../../kernel/ports.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, Hash, Op, ReplicaId, SpaceId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/**
 * Change-sets that arrived before the one they name (a stick was skipped, sticks came in another order). They have no effect, are in no chain
 * and are passed on to nobody; the store applies them as soon as their ancestor is here, by whatever way it comes.
 */
export interface HeldChangeSets {
  /** Keeps one aside; false when it is here already. `source` names what brought it. */
  hold(changeSet: ChangeSet, source: string): boolean;
  /** Takes out those that name this change-set, to be applied now. */
  takeAfter(hash: Hash): ChangeSet[];
  /** Strips the erasable values of an erased subject; true when there were some. */
  erase(entityType: string, entityId: string, space: SpaceId): boolean;
  /** Strips the erasable values of the ops that `isGone` names; true when there were some. */
  eraseWhere(isGone: (changeSet: ChangeSet, op: Op) => boolean): boolean;
}

interface HeldRow {
  readonly hash: Hash;
  readonly body: Uint8Array;
}

/** The change-sets of one chain that wait for an ancestor: how many, from which number, from which source. */
export interface HeldChain {
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly changeSets: number;
  /** The number in the chain of the first that is here; what is missing lies before it. */
  readonly firstSeq: number;
  /** What brought the first of them. */
  readonly source: string;
}

/** The change-sets kept aside in a database. */
export function heldIn(db: Db, hasher: Hasher): HeldChangeSets {
  const sql = {
    add: db.prepare('insert or ignore into held(hash, prev, space, replica, seq, source, body) values (?, ?, ?, ?, ?, ?, ?)'),
    after: db.prepare('delete from held where prev = ? returning body').pluck(),
    ofSpace: db.prepare('select hash, body from held where space = ?'),
    all: db.prepare('select hash, body from held'),
    rewrite: db.prepare('update held set body = ? where hash = ?'),
  };
  // Nothing is held on most days: then no change-set is looked up. A rollback leaves this true, which costs a look-up.
  let any = db.prepare('select 1 from held limit 1').get() !== undefined;
  const stripRows = (rows: readonly HeldRow[], isGone: (changeSet: ChangeSet, op: Op) => boolean): boolean => {
    let stripped = false;
    for (const { hash, body } of rows) {
      const before = readHeld(body, hasher);
      const after = redactChangeSet(before, (op) => isGone(before, op), hasher);
      if (after === before) continue;
      stripped = true;
      sql.rewrite.run(encodeChangeSet(after), hash);
    }
    return stripped;
  };
  return {
    hold(changeSet, source) {
      const { hash, header } = changeSet;
      if (header.prev === null) throw new RangeError('the first change-set of a chain waits for nothing');
      any = true;
      const { changes } = sql.add.run(hash, header.prev, header.space, header.replica, header.seq, source, encodeChangeSet(changeSet));
      return changes > 0;
    },
    takeAfter: (hash) => (any ? (sql.after.all(hash) as Uint8Array[]).map((body) => readHeld(body, hasher)) : []),
    erase: (entityType, entityId, space) =>
      any && stripRows(sql.ofSpace.all(space) as HeldRow[], (_, op) => op.entityType === entityType && op.entityId === entityId),
    eraseWhere: (isGone) => any && stripRows(sql.all.all() as HeldRow[], isGone),
  };
}

/** Returns the change-sets that wait for an ancestor, counted by chain. */
export function heldChains(db: Db): HeldChain[] {
  return db
    .prepare(
      `select space, replica, count(*) as changeSets, min(seq) as firstSeq, source
       from held group by space, replica order by space, replica`,
    )
    .all() as HeldChain[];
}

/** How many change-sets wait for an ancestor. */
export function countHeld(db: Db): number {
  return db.prepare('select count(*) from held').pluck().get() as number;
}

/** Which of these hashes are kept aside. */
export function heldAmong(db: Db, hashes: Iterable<Hash>): Set<Hash> {
  const find = db.prepare('select 1 from held where hash = ?').pluck();
  return new Set([...hashes].filter((hash) => find.get(hash) !== undefined));
}

/** Deletes the change-sets of a space that wait for an ancestor: this laptop may not read it any more. */
export function dropHeld(db: Db, space: SpaceId): void {
  db.prepare('delete from held where space = ?').run(space);
}

function readHeld(body: Uint8Array, hasher: Hasher): ChangeSet {
  const decoded = decodeChangeSet(body, hasher);
  if (!decoded.ok) throw Object.assign(new Error('a change-set kept aside cannot be read'), { code: 'SQLITE_CORRUPT' });
  return decoded.value;
}
