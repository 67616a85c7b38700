import { decodeChangeSet } from '../../../sync/change-set.ts';
import type { Hash, SpaceId } from '../../../sync/types.ts';
import { nodeHasher } from '../../crypto.ts';
import { registers } from './registers.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** In the table `refusal`: set aside on this laptop because the repository takes nothing of the space, not ruled out for everybody. */
const HERE = 'here';

/**
 * Takes the effect of change-sets away on this laptop alone: the repository did not take them (the space is closed to this device), so
 * nobody else will ever see them. They stay, with the reason, and `liftHere` gives the effect back.
 */
export function setAsideHere(store: SqliteStore, space: SpaceId, hashes: readonly Hash[], reason: string): void {
  if (hashes.length === 0) return;
  const { db } = store;
  const add = db.prepare('insert or ignore into refusal(hash, space, reason, ruling) values (?, ?, ?, ?)');
  store.transaction(() => {
    for (const hash of hashes) add.run(hash, space, reason, HERE);
    refresh(store, hashes);
  });
}

/** Gives the change-sets of a space that were only set aside here their effect back; returns how many there were. */
export function liftHere(store: SqliteStore, space: SpaceId): number {
  const { db } = store;
  return store.transaction(() => {
    const hashes = db.prepare('delete from refusal where space = ? and ruling = ? returning hash').pluck().all(space, HERE) as Hash[];
    refresh(store, hashes);
    return hashes.length;
  });
}

export const SPACES_HERE = `select distinct space from refusal where ruling = '${HERE}' order by space`;

/** The spaces in which change-sets are set aside on this laptop alone. */
export function spacesSetAsideHere(store: Pick<SqliteStore, 'db'>): SpaceId[] {
  // Written out: an index of a part of a table is not used for a bound value.
  return store.db.prepare(SPACES_HERE).pluck().all() as SpaceId[];
}

function refresh(store: SqliteStore, hashes: readonly Hash[]): void {
  const { db } = store;
  const update = db
    .prepare(
      `update change_set set refused = (select min(reason) from refusal r where r.hash = change_set.hash and r.space = change_set.space)
       where hash = ? returning body`,
    )
    .pluck();
  const batch = registers(db).batch();
  for (const hash of hashes) {
    const body = update.get(hash) as Uint8Array | undefined;
    const changeSet = body && decodeChangeSet(body, nodeHasher);
    if (changeSet?.ok) for (const op of changeSet.value.ops) batch.touch(op.entityType, op.entityId);
  }
  store.announce(batch.remerge().types);
}
