import { notAncestorsOf } from '../../../sync/chain.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import { decodeChangeSet } from '../../../sync/change-set.ts';
import { LARGEST_REFERENT, type ChainPlace, type Referent } from '../../../sync/pack/frame-layout.ts';
import type { ChangeSetKind, Hash, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';
import { statementOn } from './prepared-once.ts';

/** A change-set as the log holds it: its bytes are what travels (`decodeChangeSet` reads them). */
export interface LoggedChangeSet {
  /** This store's own number, strictly increasing in the order of acceptance. */
  readonly feed: number;
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly kind: ChangeSetKind;
  /** The code of the reason when it was refused; null otherwise. */
  readonly refused: string | null;
  /** When it was received, milliseconds; null: not known. */
  readonly receivedAt: number | null;
  readonly bytes: Uint8Array;
}

const COLUMNS = 'feed, hash, space, replica, seq, kind, refused, received_at as receivedAt, body as bytes';

/** The newest feed number; 0 in an empty store. */
export function feedHead(db: Db): number {
  return statementOn(db, 'select coalesce(max(feed), 0) from change_set').pluck().get() as number;
}

/** The newest feed number of each space. */
export function spaceHeads(db: Db): { readonly space: SpaceId; readonly feed: number }[] {
  // One index step per space, not one per row.
  return statementOn(
    db,
    `with recursive s(space) as (
         select min(space) from change_set
         union all select (select min(space) from change_set where space > s.space) from s where s.space is not null
       ) select space, (select max(feed) from change_set c where c.space = s.space) as feed from s where space is not null`,
  ).all() as { space: SpaceId; feed: number }[];
}

/** The newest feed number of one space; 0 when it holds nothing. */
export function spaceHead(db: Db, space: SpaceId): number {
  return statementOn(db, 'select coalesce(max(feed), 0) from change_set where space = ?').pluck().get(space) as number;
}

/** Up to `limit` change-sets of a space with a feed number above `feed`, in feed order: every one comes after the one it names. */
export function changeSetsAfter(db: Db, space: SpaceId, feed: number, limit: number): LoggedChangeSet[] {
  return db
    .prepare(`select ${COLUMNS} from change_set where space = ? and feed > ? order by feed limit ?`)
    .all(space, feed, limit) as LoggedChangeSet[];
}

/** Up to `limit` change-sets of any space with a feed number above `feed`, in feed order. */
export function feedAfter(db: Db, feed: number, limit: number): LoggedChangeSet[] {
  return db.prepare(`select ${COLUMNS} from change_set where feed > ? order by feed limit ?`).all(feed, limit) as LoggedChangeSet[];
}

/** One change-set by its hash. */
export function changeSetOf(db: Db, hash: Hash): LoggedChangeSet | undefined {
  return statementOn(db, `select ${COLUMNS} from change_set where hash = ?`).get(hash) as LoggedChangeSet | undefined;
}

/** Looks change-sets up by their feed numbers, one after the other. */
export function changeSetsByFeed(db: Db): (feed: number) => LoggedChangeSet | undefined {
  const find = db.prepare(`select ${COLUMNS} from change_set where feed = ?`);
  return (feed) => find.get(feed) as LoggedChangeSet | undefined;
}

/** Which of these hashes are here. */
export function knownAmong(db: Db, hashes: readonly Hash[]): Set<Hash> {
  const find = db.prepare('select 1 from change_set where hash = ?').pluck();
  return new Set(hashes.filter((hash) => find.get(hash) !== undefined));
}

/** The ends of every chain and branch of a space, ordered by hash. */
export function tips(db: Db, space: SpaceId): Tip[] {
  return statementOn(db, 'select replica, seq, hash from tip where space = ? order by hash').all(space) as Tip[];
}

/** Every space that holds something, in order. */
export function spaces(db: Db): SpaceId[] {
  return spaceHeads(db).map(({ space }) => space);
}

/** How many change-sets each space holds: a chain without branches as many as the number of its end says. */
export function countsOf(db: Db): ReadonlyMap<SpaceId, number> {
  const chains = db.prepare('select space, count(*) as ends, max(seq) as last from tip group by space, replica').all() as {
    space: SpaceId;
    ends: number;
    last: number;
  }[];
  const counts = new Map<SpaceId, number>();
  for (const { space, last } of chains) counts.set(space, (counts.get(space) ?? 0) + last);
  const count = db.prepare('select count(*) from change_set where space = ?').pluck();
  const branched = new Set(chains.filter(({ ends }) => ends > 1).map(({ space }) => space));
  for (const space of branched) counts.set(space, count.get(space) as number);
  return counts;
}

/**
 * The change-sets of a space that a peer with these tips lacks, in an order in which each comes after the one it names. Where a
 * chain has no branch here this reads only what came after their tip. A tip that is not here covers nothing. `bytes`: the first that fit; one
 * at least.
 */
export function changeSetsBeyond(db: Db, space: SpaceId, theirs: readonly Tip[], bytes: number = Infinity): LoggedChangeSet[] {
  const find = db.prepare(`select ${COLUMNS} from change_set where feed = ?`);
  const rows: LoggedChangeSet[] = [];
  let length = 0;
  for (const feed of feedsBeyond(db, space, theirs).sort((a, b) => a - b)) {
    const row = find.get(feed) as LoggedChangeSet;
    length += row.bytes.length;
    if (rows.length > 0 && length > bytes) break;
    rows.push(row);
  }
  return rows;
}

/** How many change-sets of a space a peer with these tips lacks; `replica`: only those of one chain. */
export function countBeyond(db: Db, space: SpaceId, theirs: readonly Tip[], replica?: ReplicaId): number {
  return feedsBeyond(db, space, theirs, replica).length;
}

interface ChainRow {
  readonly feed: number;
  readonly hash: Hash;
  readonly seq: number;
  readonly prev: Hash | null;
}

/** Returns the feed numbers of the change-sets of a space that a peer with these tips lacks; `only`: those of one chain, in its order. */
export function feedsBeyond(db: Db, space: SpaceId, theirs: readonly Tip[], only?: ReplicaId): number[] {
  const ours = tips(db, space).filter((tip) => only === undefined || tip.replica === only);
  const known = new Set(theirs.map((tip) => tip.hash));
  const find = db.prepare('select feed from change_set where hash = ? and space = ? and replica = ?').pluck();
  // A chain without branches was accepted in its own order, so what comes after a tip has a higher feed number.
  const above = db.prepare('select feed, hash, seq, prev from change_set where space = ? and feed > ? and replica = ? order by feed');
  const feeds: number[] = [];
  for (const replica of new Set(ours.map((tip) => tip.replica))) {
    const branches = ours.filter((tip) => tip.replica === replica);
    if (branches.every((tip) => known.has(tip.hash))) continue;
    const covering = theirs.flatMap((tip) => {
      const feed = tip.replica === replica ? (find.get(tip.hash, space, replica) as number | undefined) : undefined;
      return feed === undefined ? [] : [{ hash: tip.hash, feed }];
    });
    if (branches.length === 1) {
      const from = Math.max(0, ...covering.map((tip) => tip.feed));
      for (const row of above.all(space, from, replica) as ChainRow[]) feeds.push(row.feed);
    } else {
      const rows = above.all(space, 0, replica) as ChainRow[];
      const links = rows.map(({ feed, hash, seq, prev }) => ({ feed, hash, header: { space, replica, seq, prev } }));
      for (const link of notAncestorsOf(links, covering)) feeds.push(link.feed);
    }
  }
  return feeds;
}

/** A change-set with its place in its chain. */
export interface PlaceRow {
  readonly feed: number;
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly body: Uint8Array;
}

/** Returns the change-sets at a place of a chain, read: none, or the one there; see `placesOf`. */
export function changeSetsAt(db: Db, place: ChainPlace, hasher: Hasher): Referent[] {
  const found = placesOf(db).at(place);
  return found ? referentsOf([found], hasher) : [];
}

/**
 * Returns a finder of change-sets by their place in a chain, valid as long as nothing is added. A chain without branches was accepted in its own order, so the
 * place is looked for where its number says that it should lie, and by halving where it does not; of a chain with branches nothing is said (null), for a place
 * in it may be two.
 */
export function placesOf(db: Db): { at(place: ChainPlace): PlaceRow | null } {
  const ends = db.prepare('select t.seq, c.feed from tip t join change_set c on c.hash = t.hash where t.space = ? and t.replica = ?');
  const row = db.prepare(
    'select feed, hash, space, replica, seq, body from change_set where space = ? and replica = ? and feed >= ? order by feed limit 1',
  );
  const chains = new Map<string, { readonly seq: number; readonly feed: number } | null>();
  const endOf = (space: SpaceId, replica: ReplicaId): { readonly seq: number; readonly feed: number } | null => {
    const name = `${replica} ${space}`;
    const known = chains.get(name);
    if (known !== undefined) return known;
    const [end, ...branches] = ends.all(space, replica) as { seq: number; feed: number }[];
    const alone = end && branches.length === 0 ? end : null;
    chains.set(name, alone);
    return alone;
  };
  return {
    at({ space, replica, seq }) {
      const end = endOf(space, replica);
      if (!end || seq < 1 || seq > end.seq) return null;
      let [low, high] = [{ feed: 1, seq: 1 }, end];
      for (let step = 0; low.feed <= high.feed; step++) {
        const share = step % 2 === 0 ? (seq - low.seq) / Math.max(1, high.seq - low.seq) : 0.5;
        const guess = low.feed + Math.floor((high.feed - low.feed) * Math.min(1, Math.max(0, share)));
        const found = row.get(space, replica, guess) as PlaceRow | undefined;
        if (found?.seq === seq) return found;
        if (!found || found.seq > seq) high = { feed: guess - 1, seq: Math.min(high.seq, (found?.seq ?? high.seq) - 1) };
        else low = { feed: found.feed + 1, seq: found.seq + 1 };
      }
      return null;
    },
  };
}

/** A change-set by its hash with its feed number, where it is the only one at its place and not large. */
export function changeSetAlone(db: Db, hash: Hash, hasher: Hasher): (Referent & { readonly feed: number }) | null {
  const row = db
    .prepare(
      `select feed, hash, space, replica, seq, body from change_set c where hash = ? and length(body) <= ${LARGEST_REFERENT}
       and (select count(*) from tip t where t.space = c.space and t.replica = c.replica) = 1`,
    )
    .get(hash) as PlaceRow | undefined;
  const referent = row && referentsOf([row], hasher)[0];
  return referent ? { ...referent, feed: row.feed } : null;
}

function referentsOf(rows: readonly PlaceRow[], hasher: Hasher): Referent[] {
  return rows.flatMap(({ hash, space, replica, seq, body }) => {
    const decoded = decodeChangeSet(body, hasher);
    return decoded.ok ? [{ hash, space, replica, seq, ops: decoded.value.ops }] : [];
  });
}
