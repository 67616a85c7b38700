import type { ChainTip } from '../../../sync/exchange.ts';
import type { ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { countBeyond, tips } from './change-log.ts';
import type { Db } from './open-database.ts';
import { acknowledge, acknowledgedTips } from './peers.ts';

/** The ends of one replica's chains in every space that it wrote in; reads the tips, not the change-sets. */
export function ownTips(db: Db, replica: ReplicaId): ChainTip[] {
  return db.prepare('select space, replica, seq, hash from tip where replica = ? order by space, hash').all(replica) as ChainTip[];
}

/** What a peer has confirmed of one replica's chains. */
export function ownAcknowledged(db: Db, peer: string, replica: ReplicaId): ChainTip[] {
  return db
    .prepare('select space, replica, seq, hash from acknowledged where peer = ? and replica = ? order by space, hash')
    .all(peer, replica) as ChainTip[];
}

/** How many change-sets that this replica made a peer has not confirmed, by space; spaces with none are left out. */
export function ownPending(db: Db, peer: string, replica: ReplicaId): { readonly space: SpaceId; readonly changeSets: number }[] {
  const confirmed = new Set(ownAcknowledged(db, peer, replica).map(({ space, hash }) => `${space} ${hash}`));
  const open = new Set(ownTips(db, replica).flatMap(({ space, hash }) => (confirmed.has(`${space} ${hash}`) ? [] : [space])));
  return [...open]
    .map((space) => ({ space, changeSets: countBeyond(db, space, acknowledgedTips(db, peer, space), replica) }))
    .filter(({ changeSets }) => changeSets > 0);
}

/** Writes down that a peer holds these places of a space's chains too, beside what it had confirmed before. */
export function alsoAcknowledge(db: Db, peer: string, space: SpaceId, held: readonly Tip[]): void {
  if (held.length === 0) return;
  const branched = new Set<ReplicaId>();
  const met = new Set<ReplicaId>();
  for (const { replica } of tips(db, space)) (met.has(replica) ? branched : met).add(replica);
  const kept = new Map<string, Tip>();
  for (const tip of [...acknowledgedTips(db, peer, space), ...held]) {
    // A chain without branches is confirmed up to its furthest place; with branches every place counts.
    const name = branched.has(tip.replica) ? tip.hash : tip.replica;
    const known = kept.get(name);
    if (!known || tip.seq > known.seq) kept.set(name, tip);
  }
  acknowledge(db, peer, space, [...kept.values()]);
}
