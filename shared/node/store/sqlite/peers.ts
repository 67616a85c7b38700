import type { SpaceId, Tip } from '../../../sync/types.ts';
import * as log from './change-log.ts';
import type { Db } from './opening/open-database.ts';
import { statementOn } from './prepared-once.ts';

/**
 * Writes down that a peer has confirmed these tips of a space, in place of what it had confirmed before: its whole answer, so that a
 * repository restored from a backup is seen to have lost what it lost. A tip that is not here is not kept (it covers nothing of ours).
 */
export function acknowledge(db: Db, peer: string, space: SpaceId, tips: readonly Tip[]): void {
  const put = db.prepare('insert or ignore into acknowledged(peer, space, replica, hash, seq) values (?, ?, ?, ?, ?)');
  const here = log.knownAmong(
    db,
    tips.map((tip) => tip.hash),
  );
  db.transaction(() => {
    db.prepare('delete from acknowledged where peer = ? and space = ?').run(peer, space);
    for (const tip of tips) if (here.has(tip.hash)) put.run(peer, space, tip.replica, tip.hash, tip.seq);
  })();
}

/** The tips of a space that a peer has confirmed. */
export function acknowledgedTips(db: Db, peer: string, space: SpaceId): Tip[] {
  return statementOn(db, 'select replica, seq, hash from acknowledged where peer = ? and space = ? order by hash').all(
    peer,
    space,
  ) as Tip[];
}

export interface Pending {
  readonly space: SpaceId;
  readonly changeSets: number;
}

/**
 * How many change-sets of each space a peer has not confirmed, whoever made them (this laptop may be the one that brings a colleague's).
 * Spaces with none are left out. Costs one step per chain where nothing is pending.
 */
export function pendingFor(db: Db, peer: string): Pending[] {
  // Every tip confirmed: nothing pending there, and no chain is walked.
  const open = db
    .prepare(
      `select distinct t.space from tip t left join acknowledged a
       on a.peer = ? and a.space = t.space and a.replica = t.replica and a.hash = t.hash where a.hash is null order by t.space`,
    )
    .pluck()
    .all(peer) as SpaceId[];
  return open
    .map((space) => ({ space, changeSets: log.countBeyond(db, space, acknowledgedTips(db, peer, space)) }))
    .filter(({ changeSets }) => changeSets > 0);
}

/** The change-sets of a space that a peer has not confirmed, each after the one it names. */
export function pendingChangeSets(db: Db, peer: string, space: SpaceId): log.LoggedChangeSet[] {
  return log.changeSetsBeyond(db, space, acknowledgedTips(db, peer, space));
}

/** Forgets what a peer confirmed (another repository, another epoch). */
export function forgetPeer(db: Db, peer: string): void {
  db.prepare('delete from acknowledged where peer = ?').run(peer);
}
