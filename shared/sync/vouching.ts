import type { Hasher, Verifier } from '../kernel/ports.ts';
import { refuse, type Result } from '../kernel/result.ts';
import { inChainOrder, type ChainLink } from './chain.ts';
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
): Result<null, 'sync.replicaUnknown' | 'sync.signatureWrong'> {
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
  const certified: VouchingLink[] = [];
  for (const changeSet of changeSets) {
    const { hash, header, signature } = changeSet;
    const key = keyOf(header.replica);
    if (!key) continue;
    const signed = signature !== '';
    if (signed && !verifyChangeSet(changeSet, key, ports.verifier, ports.hasher)) return hash;
    certified.push({ hash, header, signed });
  }
  const open = new Set(unprovable(certified).map(({ hash }) => hash));
  return changeSets.find(({ hash }) => open.has(hash))?.hash ?? null;
}

/** A change-set as vouching sees it. */
export interface VouchingLink extends ChainLink {
  /** It has a signature of its own: a right one, where the caller does not know it to be so from when it was stored. */
  readonly signed: boolean;
}

/**
 * The change-sets of a list that no signature leads back to, in chain order: nothing in the list proves who made them, nor does it prove what follows them.
 * Whole chains, or the part of a chain that is to be applied or sent; any number of chains and spaces, in any order.
 */
export function unprovable<L extends VouchingLink>(links: readonly L[]): L[] {
  const walk = vouchingWalk<L>();
  const signed = new Set(links.flatMap((link) => (link.signed ? [link.hash] : [])));
  // One that came twice, once without its signature, has it.
  for (const link of inChainOrder(links)) if (link.signed || !signed.has(link.hash)) walk.meet(link);
  return [...walk.waiting()];
}

/** A walk over chains of any length that keeps only what still waits for a signature. */
export interface VouchingWalk<L extends VouchingLink> {
  /** The next change-set; each comes after the one it names, as in a log. */
  meet(link: L): void;
  /** What nothing met so far vouches for, as it came; at the end of a log: what cannot be proven. */
  waiting(): Iterable<L>;
}

/** A walk over a log that is too long to be held: `unprovable`, one change-set at a time. */
export function vouchingWalk<L extends VouchingLink>(): VouchingWalk<L> {
  const waiting = new Map<Hash, L>();
  return {
    meet(link) {
      if (!link.signed) {
        waiting.set(link.hash, link);
        return;
      }
      const { space, replica } = link.header;
      for (let { prev } = link.header; prev !== null;) {
        const before = waiting.get(prev);
        // A key vouches for its own replica's chain and for nobody else's.
        if (!before || before.header.space !== space || before.header.replica !== replica) return;
        waiting.delete(prev);
        ({ prev } = before.header);
      }
    },
    waiting: () => waiting.values(),
  };
}
