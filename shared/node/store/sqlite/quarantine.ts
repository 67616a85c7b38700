import { decodeChangeSet } from '../../../sync/change-set.ts';
import type { Hash, SpaceId } from '../../../sync/types.ts';
import { nodeHasher } from '../../crypto.ts';
import type { Db } from './opening/open-database.ts';
import { registers } from './registers.ts';
import type { SqliteStore } from './sqlite-store.ts';

/**
 * The causes of a quarantine on this laptop alone: the repository keeps its space closed to this device (`closed`); its author may not write it, by what is
 * known here (`author`) or by the repository's answer to who brought it (`repository`).
 */
export type QuarantineCause = 'closed' | 'author' | 'repository';

/** The SQL condition by which rows of `refusal` are rulings; earlier programs kept what has no effect on this laptop alone there, under this name. */
export const RULED = `ruling <> 'here'`;

/**
 * The SQL expression for the reason why a row of `change_set` has no effect now; null where it has. Rulings speak for everybody, and before what holds on this
 * laptop alone.
 */
export const REASON_NOW = `coalesce(
  (select min(reason) from refusal r where r.hash = change_set.hash and r.space = change_set.space and ${RULED}),
  (select reason from quarantine q where q.hash = change_set.hash))`;

/** Notes that a change-set is to have no effect here; to be called where it is added, which gives it none. */
export function noteQuarantine(db: Db): (hash: Hash, space: SpaceId, reason: string, cause: QuarantineCause) => void {
  const add = db.prepare(
    `insert into quarantine(hash, space, reason, cause) values (?, ?, ?, ?)
     on conflict(hash) do update set reason = excluded.reason, cause = excluded.cause where excluded.cause = 'repository'`,
  );
  return (hash, space, reason, cause) => void add.run(hash, space, reason, cause);
}

/**
 * Takes the effect of change-sets away on this laptop alone, because the repository did not accept them. They stay, with the reason; `releaseClosed` or
 * `releaseConfirmed` gives the effect back.
 */
export function quarantine(store: SqliteStore, space: SpaceId, hashes: readonly Hash[], reason: string, cause: QuarantineCause): void {
  if (hashes.length === 0) return;
  const add = noteQuarantine(store.db);
  store.transaction(() => {
    for (const hash of hashes) add(hash, space, reason, cause);
    refresh(store, hashes);
  });
}

/** Gives the change-sets of a space that was closed to this device their effect back; returns how many there were. */
export function releaseClosed(store: SqliteStore, space: SpaceId): number {
  return store.transaction(() => {
    const hashes = store.db
      .prepare(`delete from quarantine where cause = 'closed' and space = ? returning hash`)
      .pluck()
      .all(space) as Hash[];
    refresh(store, hashes);
    return hashes.length;
  });
}

/** Gives change-sets their effect back that the repository has accepted: its word comes before what was worked out here. */
export function releaseConfirmed(store: SqliteStore, hashes: readonly Hash[]): void {
  if (hashes.length === 0 || !anyQuarantined(store)) return;
  const remove = store.db.prepare('delete from quarantine where hash = ?');
  store.transaction(() => {
    refresh(
      store,
      hashes.filter((hash) => remove.run(hash).changes > 0),
    );
  });
}

export const CLOSED_SPACES = `select distinct space from quarantine where cause = 'closed' order by space`;

/** The spaces in which change-sets are kept without effect because the repository keeps them closed to this device. */
export function closedSpaces(store: Pick<SqliteStore, 'db'>): SpaceId[] {
  return store.db.prepare(CLOSED_SPACES).pluck().all() as SpaceId[];
}

/** The change-sets that the repository has turned down when this laptop brought them. */
export function turnedDown(store: Pick<SqliteStore, 'db'>): Set<Hash> {
  return new Set(store.db.prepare(`select hash from quarantine where cause = 'repository'`).pluck().all() as Hash[]);
}

/** Marks the change-sets that the repository has turned down to be offered again: rights have changed since. */
export function offerTurnedDown(store: Pick<SqliteStore, 'db'>): void {
  store.db.prepare(`update quarantine set cause = 'author' where cause = 'repository'`).run();
}

function anyQuarantined({ db }: Pick<SqliteStore, 'db'>): boolean {
  return db.prepare('select 1 from quarantine limit 1').get() !== undefined;
}

function refresh(store: SqliteStore, hashes: readonly Hash[]): void {
  const { db } = store;
  const update = db.prepare(`update change_set set refused = ${REASON_NOW} where hash = ? returning body`).pluck();
  const batch = registers(db).batch();
  for (const hash of hashes) {
    const body = update.get(hash) as Uint8Array | undefined;
    const changeSet = body && decodeChangeSet(body, nodeHasher);
    if (changeSet?.ok) for (const op of changeSet.value.ops) batch.touch(op.entityType, op.entityId);
  }
  store.announce(batch.remerge().types);
}
