import type { Hasher, Signer } from '../../../kernel/ports.ts';
import { decodeChangeSet, encodeChangeSet, isSigned, signChangeSet } from '../../../sync/change-set.ts';
import type { Hash, ReplicaId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/** The longest run of change-sets that is left unsigned: frames of a pack are cut behind a signature. */
export const RUN = { changeSets: 64, bytes: 32 * 1024 } as const;

interface Row {
  readonly feed: number;
  readonly prev: Hash | null;
  readonly body: Uint8Array;
}

/**
 * Signs the end of every chain of a replica that has none, and places between where the run is long. A change-set without a signature is
 * thereby vouched for by the next one that has one. To be called inside a transaction.
 */
export function signRunsOf(db: Db, replica: ReplicaId, signer: Signer, hasher: Hasher): void {
  const ends = db.prepare('select hash from tip where replica = ?').pluck().all(replica) as Hash[];
  const find = db.prepare('select feed, prev, body from change_set where hash = ?');
  const update = db.prepare('update change_set set body = ? where feed = ?');
  for (const end of ends) {
    const run: Row[] = [];
    for (let row = find.get(end) as Row | undefined; row && !isSigned(row.body);) {
      run.push(row);
      row = row.prev === null ? undefined : (find.get(row.prev) as Row | undefined);
    }
    for (const { feed, body } of placesIn(run.reverse())) {
      const changeSet = decodeChangeSet(body, hasher);
      if (!changeSet.ok) throw new Error('a change-set of the log cannot be read');
      update.run(encodeChangeSet(signChangeSet(changeSet.value, signer)), feed);
    }
  }
}

/** Which of a run, oldest first, are signed: the last, and one at least every `RUN`. */
function placesIn(run: readonly Row[]): Row[] {
  const places: Row[] = [];
  let [changeSets, bytes] = [0, 0];
  for (const [i, row] of run.entries()) {
    changeSets++;
    bytes += row.body.length;
    if (i < run.length - 1 && changeSets < RUN.changeSets && bytes < RUN.bytes) continue;
    places.push(row);
    [changeSets, bytes] = [0, 0];
  }
  return places;
}
