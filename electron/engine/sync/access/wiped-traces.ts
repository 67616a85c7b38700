import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { earlierSigners } from '../../../../shared/node/store/sqlite/opening/replica-key.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { isDelivered } from '../repository/account.ts';
import { certifiedBy, type Exchanging } from '../context.ts';
import { peersOf } from '../lan/peers.ts';
import { keepLost, lostSpaces } from './lost-spaces.ts';

/** What a space leaves outside the log: files, names of authors; of local state see `local-state/every-declaration.ts`. */

interface NamedFile {
  readonly sha256: string;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
}

/**
 * The files that only records of a space name, earlier versions included. A file that this laptop added and that the repository is not known to hold stays: it is
 * all there is of it.
 */
export function filesOnlyIn({ store, settings }: Exchanging, space: SpaceId): string[] {
  const named = store.db
    .prepare(
      `select distinct json_extract(o.value, '$[2]') as sha256, c.space, c.replica from written w cross join change_set c on c.feed = w.feed
       join json_each(w.ops) o where w.type = 'materialVersion' and json_extract(o.value, '$[1]') = 'sha256'`,
    )
    .all() as NamedFile[];
  const elsewhere = new Set(named.filter((one) => one.space !== space).map(({ sha256 }) => sha256));
  const own = new Set(named.filter(({ replica }) => replica === store.replica).map(({ sha256 }) => sha256));
  const here = new Set(named.filter((one) => one.space === space && /^[0-9a-f]{64}$/.test(String(one.sha256))).map(({ sha256 }) => sha256));
  return [...here].filter((sha256) => !elsewhere.has(sha256) && !(own.has(sha256) && !isDelivered(settings, sha256)));
}

/** Removes the files of spaces that were wiped; cut short, it is done again. */
export function removeFiles({ settings, files }: Pick<Exchanging, 'settings' | 'files'>): void {
  for (const lost of lostSpaces(settings)) {
    if (lost.files.length === 0) continue;
    for (const sha256 of lost.files) files.remove(sha256);
    keepLost(settings, { ...lost, files: [] });
  }
}

/** Takes out the names of those whose work is nowhere here any more: a laptop knows the names of those whose work it may read, and no others. */
export function forgetAuthors(run: Exchanging, authors: readonly ReplicaId[]): void {
  const { store, settings, folder, hasher } = run;
  const { db } = store;
  const stay = new Set([
    store.replica,
    ...earlierSigners(folder).map(({ publicKey }) => replicaIdOf(publicKey, hasher)),
    ...peersOf(settings).map(({ replica }) => replica),
  ]);
  const hasWork = db.prepare('select 1 from tip where replica = ? limit 1');
  const remove = db.prepare('delete from certificate where replica = ?');
  for (const replica of authors) {
    if (stay.has(replica) || hasWork.get(replica) !== undefined || certifiedBy(run, replica) === null) continue;
    remove.run(replica);
  }
}
