import { earlierSigners } from '../../../shared/node/store/sqlite/replica-key.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import { writtenBy, type WrittenBy } from '../written-by.ts';
import type { SyncPorts } from './context.ts';

/** The replicas that this folder was before it was put back, copied or met its twin, as far as their keys are here; with how much of their work is here. */
export function earlierNames(ports: SyncPorts): (WrittenBy & { readonly replica: ReplicaId; readonly changeSets: number })[] {
  const { store, hasher, folder } = ports;
  const count = store.db.prepare('select count(*) from change_set where replica = ?').pluck();
  return earlierSigners(folder)
    .map((signer) => replicaIdOf(signer.publicKey, hasher))
    .filter((replica) => replica !== store.replica)
    .map((replica) => ({ replica, ...writtenBy(ports, replica), changeSets: count.get(replica) as number }));
}
