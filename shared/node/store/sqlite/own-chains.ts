import type { ChainTip } from '../../../sync/exchange.ts';
import type { ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { feedsBeyond, tips } from './change-log.ts';
import type { Db } from './opening/open-database.ts';
import { acknowledge, acknowledgedTips } from './peers.ts';

/** The ends of one replica's chains in every space that it wrote in; reads the tips, not the change-sets. */
export function ownTips(db: Db, replica: ReplicaId): ChainTip[] {
  return db.prepare('select space, replica, seq, hash from tip where replica = ? order by space, hash').all(replica) as ChainTip[];
}

/** Returns the ends up to which a peer has confirmed one replica's chains. */
export function ownAcknowledged(db: Db, peer: string, replica: ReplicaId): ChainTip[] {
  return db
    .prepare('select space, replica, seq, hash from acknowledged where peer = ? and replica = ? order by space, hash')
    .all(peer, replica) as ChainTip[];
}

/** The change-sets of a chain that a peer has not confirmed, counted by space. */
export interface ChainPending {
  readonly space: SpaceId;
  readonly changeSets: number;
  /** Of these change-sets as they were written. */
  readonly bytes: number;
}

/**
 * Returns the work of this replica that a peer has not confirmed, by space; spaces with none are left out. Reads two places of each chain, however much lies between
 * them; a chain with branches is walked.
 */
export function ownPending(db: Db, peer: string, replica: ReplicaId): ChainPending[] {
  return pendingChains(db, peer, replica, ownTips(db, replica));
}

/** As `ownPending`, of every replica but these whose end a peer has not confirmed. */
export function othersPending(db: Db, peer: string, own: ReadonlySet<ReplicaId>): (ChainPending & { readonly replica: ReplicaId })[] {
  const open = db
    .prepare(
      `select t.space, t.replica, t.seq, t.hash from tip t left join acknowledged a
       on a.peer = ? and a.space = t.space and a.replica = t.replica and a.hash = t.hash where a.hash is null order by t.replica, t.space, t.hash`,
    )
    .all(peer) as ChainTip[];
  const others = new Set(open.map(({ replica }) => replica).filter((replica) => !own.has(replica)));
  return [...others].flatMap((replica) =>
    pendingChains(
      db,
      peer,
      replica,
      open.filter((end) => end.replica === replica),
    ).map((chain) => ({ ...chain, replica })),
  );
}

/** Returns the part that a peer has not confirmed of one replica's chains up to these ends. */
function pendingChains(db: Db, peer: string, replica: ReplicaId, tips: readonly ChainTip[]): ChainPending[] {
  const confirmed = bySpace(ownAcknowledged(db, peer, replica));
  const placeOf = db.prepare('select seq, chain_bytes as bytes from change_set where hash = ? and space = ? and replica = ?');
  const lengthOf = db.prepare('select length(body) from change_set where feed = ?').pluck();
  return [...bySpace(tips)]
    .map(([space, ends]): ChainPending => {
      const held = confirmed.get(space) ?? [];
      const place = ({ hash }: Tip): ChainPlace | undefined => placeOf.get(hash, space, replica) as ChainPlace | undefined;
      const covered = held.flatMap((tip) => place(tip) ?? []).sort((a, b) => b.seq - a.seq)[0] ?? START;
      const end = ends.length === 1 ? place(ends[0]!) : undefined;
      if (end?.seq === covered.seq) return { space, changeSets: 0, bytes: 0 };
      if (end && end.bytes !== null && covered.bytes !== null) {
        return { space, changeSets: end.seq - covered.seq, bytes: end.bytes - covered.bytes };
      }
      const feeds = feedsBeyond(db, space, held, replica);
      return { space, changeSets: feeds.length, bytes: feeds.reduce((sum, feed) => sum + (lengthOf.get(feed) as number), 0) };
    })
    .filter(({ changeSets }) => changeSets > 0);
}

interface ChainPlace {
  readonly seq: number;
  /** Of the chain up to here; null: not kept. */
  readonly bytes: number | null;
}

const START: ChainPlace = { seq: 0, bytes: 0 };

function bySpace(tips: readonly ChainTip[]): Map<SpaceId, ChainTip[]> {
  const found = new Map<SpaceId, ChainTip[]>();
  for (const tip of tips) found.set(tip.space, [...(found.get(tip.space) ?? []), tip]);
  return found;
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
