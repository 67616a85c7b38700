import type { ChangeSetHeader, Hash, ReplicaId, SpaceId, Tip } from './types.ts';

/** A change-set as chains see it. */
export interface ChainLink {
  readonly hash: Hash;
  readonly header: Pick<ChangeSetHeader, 'space' | 'replica' | 'seq' | 'prev'>;
}

/** Looks up the change-set that another names as `prev`; null: it is not here. */
export type Lookup = (hash: Hash) => { readonly space: SpaceId; readonly replica: ReplicaId; readonly seq: number } | null;

/**
 * Classifies a change-set against the chain that it continues. `extends`: it may be applied. `missing`: the one before is not here, so applying it would leave
 * a hole (invariant 5). `broken`: it names one of another chain or skips a number; it can never be applied. A second change-set with the same seq is a fork: an
 * ordinary extra chain.
 */
export function linkOf(link: ChainLink, lookup: Lookup): 'extends' | 'missing' | 'broken' {
  const { space, replica, seq, prev } = link.header;
  if (prev === null) return seq === 1 ? 'extends' : 'broken';
  const before = lookup(prev);
  if (before === null) return 'missing';
  return before.space === space && before.replica === replica && before.seq === seq - 1 ? 'extends' : 'broken';
}

/** The ends of every chain and branch among `links` (all of one space), ordered by hash. */
export function tipsOf(links: readonly ChainLink[]): Tip[] {
  const followed = new Set(links.map((link) => link.header.prev));
  return links
    .filter((link) => !followed.has(link.hash))
    .map(({ hash, header }) => ({ replica: header.replica, seq: header.seq, hash }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** Whether two replicas hold the same set (invariant 4): their tips are the same. */
export function sameTips(a: readonly Tip[], b: readonly Tip[]): boolean {
  if (a.length !== b.length) return false;
  const hashes = new Set(a.map((tip) => tip.hash));
  return b.every((tip) => hashes.has(tip.hash));
}

/** Orders change-sets so that each comes after the one it names, whatever order they came in. */
export function inChainOrder<L extends ChainLink>(links: readonly L[]): L[] {
  return [...links].sort((a, b) => a.header.seq - b.header.seq);
}

/**
 * The links that are not ancestors of `tips` (nor one of them), in chain order: what a peer with these tips lacks. A tip that is not
 * among the links covers nothing; sending a change-set twice is harmless, leaving one out is not.
 */
export function notAncestorsOf<L extends ChainLink>(links: readonly L[], tips: readonly { readonly hash: Hash }[]): L[] {
  const byHash = new Map(links.map((link) => [link.hash, link]));
  const covered = new Set<Hash>();
  for (const tip of tips) {
    for (let link = byHash.get(tip.hash); link && !covered.has(link.hash);) {
      covered.add(link.hash);
      link = link.header.prev === null ? undefined : byHash.get(link.header.prev);
    }
  }
  return inChainOrder(links.filter((link) => !covered.has(link.hash)));
}
