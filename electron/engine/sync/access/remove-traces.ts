import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { certifiedBy, type Exchanging } from '../context.ts';
import { peersOf } from '../lan/peers.ts';
import { putEvicted, evictedSpaces } from './evicted-spaces.ts';

/** The traces that a space leaves outside the log: files, names of authors; which files is told by `files/needs.ts`, and of local state see `local-state/every-declaration.ts`. */

/** Removes the files of spaces that were wiped; cut short, it is done again. */
export function removeEvictedFiles({ settings, files }: Pick<Exchanging, 'settings' | 'files'>): void {
  for (const lost of evictedSpaces(settings)) {
    if (lost.files.length === 0) continue;
    for (const sha256 of lost.files) files.remove(sha256);
    putEvicted(settings, { ...lost, files: [] });
  }
}

/** Removes the names of those whose work is nowhere here any more: a laptop knows the names of those whose work it may read, and no others. */
export function removeAuthorNames(run: Exchanging, authors: readonly ReplicaId[]): void {
  const { store, settings, vault, hasher } = run;
  const { db } = store;
  const stay = new Set([
    store.replica,
    ...vault.earlierSigners().map(({ publicKey }) => replicaIdOf(publicKey, hasher)),
    ...peersOf(settings).map(({ replica }) => replica),
  ]);
  const hasWork = db.prepare('select 1 from tip where replica = ? limit 1');
  const remove = db.prepare('delete from certificate where replica = ?');
  for (const replica of authors) {
    if (stay.has(replica) || hasWork.get(replica) !== undefined || certifiedBy(run, replica) === null) continue;
    remove.run(replica);
  }
}
