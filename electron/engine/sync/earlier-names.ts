import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import { attributionOf, type Attribution } from '../attribution.ts';
import type { SyncPorts } from './context.ts';

/** The ids that this folder's store had before it was put back, copied or met its twin, as far as their keys are here. */
export function earlierReplicas({ store, hasher, vault }: Pick<SyncPorts, 'store' | 'hasher' | 'vault'>): ReplicaId[] {
  const ids = vault.earlierSigners().map((signer) => replicaIdOf(signer.publicKey, hasher));
  return [...new Set(ids)].filter((replica) => replica !== store.replica);
}

/** The replicas that this folder was before, with how much of their work is here. */
export function earlierNames(ports: SyncPorts): (Attribution & { readonly replica: ReplicaId; readonly changeSets: number })[] {
  const { store } = ports;
  const count = store.db.prepare('select count(*) from change_set where replica = ?').pluck();
  return earlierReplicas(ports).map((replica) => ({ replica, ...attributionOf(ports, replica), changeSets: count.get(replica) as number }));
}
