import type { Hasher, Verifier } from '../kernel/ports.ts';
import { refuse, type Result } from '../kernel/result.ts';
import { verifyChangeSet } from './change-set.ts';
import type { ChangeSet, Hash, ReplicaId } from './types.ts';

export interface VouchingPorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

/**
 * Checks that every change-set is vouched for: by a signature of its own, or by that of a later one of its chain in the same list, which names it
 * through the hashes between. `keyOf`: a replica's public key from a certificate that the caller believes. Refuses `sync.replicaUnknown` (no key) or
 * `sync.signatureWrong`, naming a change-set.
 */
export function verifyAll(
  changeSets: readonly ChangeSet[],
  keyOf: (replica: ReplicaId) => Uint8Array | null | undefined,
  ports: VouchingPorts,
): Result<null> {
  const stranger = changeSets.find(({ header }) => !keyOf(header.replica));
  if (stranger) return refuse('sync.replicaUnknown', { changeSet: stranger.hash, replica: stranger.header.replica });
  const unproven = firstUnproven(changeSets, keyOf, ports);
  return unproven === null ? { ok: true, value: null } : refuse('sync.signatureWrong', { changeSet: unproven });
}

/** The first change-set of a list that nothing vouches for, or whose signature is wrong; null: none. Those of replicas without a key are passed over. */
export function firstUnproven(
  changeSets: readonly ChangeSet[],
  keyOf: (replica: ReplicaId) => Uint8Array | null | undefined,
  ports: VouchingPorts,
): Hash | null {
  const byHash = new Map(changeSets.map((changeSet) => [changeSet.hash, changeSet]));
  const proven = new Set<Hash>();
  for (const changeSet of changeSets) {
    const key = changeSet.signature === '' ? null : keyOf(changeSet.header.replica);
    if (!key) continue;
    if (!verifyChangeSet(changeSet, key, ports.verifier, ports.hasher)) return changeSet.hash;
    const { space, replica } = changeSet.header;
    for (let at: ChangeSet | undefined = changeSet; at && !proven.has(at.hash);) {
      proven.add(at.hash);
      const before: ChangeSet | undefined = at.header.prev === null ? undefined : byHash.get(at.header.prev);
      at = before?.header.space === space && before.header.replica === replica ? before : undefined;
    }
  }
  return changeSets.find(({ hash, header }) => !proven.has(hash) && keyOf(header.replica))?.hash ?? null;
}
