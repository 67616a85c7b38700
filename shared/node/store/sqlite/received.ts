import { splitValueId } from '../../../sync/change-set.ts';
import type { Hash, ValueId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/** When the change-sets of these values were received, milliseconds; those of which that is not known are left out. */
export function receivedAtOf(db: Db, values: readonly ValueId[]): Map<ValueId, number> {
  const find = db.prepare('select received_at from change_set where hash = ?').pluck();
  const found = new Map<ValueId, number>();
  for (const id of values) {
    const at = find.get(splitValueId(id).hash) as number | null | undefined;
    if (typeof at === 'number') found.set(id, at);
  }
  return found;
}

/** Writes down when change-sets that are here were received by the repository, whose word replaces this store's own. */
export function noteReceived(db: Db, changeSets: Iterable<{ readonly hash: Hash; readonly at: number }>): void {
  const put = db.prepare('update change_set set received_at = ? where hash = ? and received_at is not ?');
  for (const { hash, at } of changeSets) put.run(at, hash, at);
}
