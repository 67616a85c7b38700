import type { Hasher } from '../../../kernel/ports.ts';
import { notAncestorsOf } from '../../../sync/chain.ts';
import { decodeChangeSet } from '../../../sync/change-set.ts';
import { LARGEST_REFERENT, placeName, type ChainPlace, type Referent } from '../../../sync/pack/frame-layout.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { Sql } from './database.ts';

/** A change-set as it is read for sending: its feed number, the bytes that travel, whose it is and when it was received. */
export interface FeedRow {
  readonly feed: number;
  readonly bytes: Uint8Array;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly receivedAt: number | null;
}

/** The newest feed number; 0 in an empty store. */
export async function feedHead(sql: Sql): Promise<number> {
  return (await sql.get<{ head: number }>('select coalesce(max(feed), 0) as head from change_set'))!.head;
}

/** Every space that holds something, in order. */
export async function spaces(sql: Sql): Promise<SpaceId[]> {
  return (await sql.all<{ id: SpaceId }>('select id from space order by id')).map(({ id }) => id);
}

/** The newest feed number of a space; 0 when it holds nothing. */
export async function spaceHead(sql: Sql, space: SpaceId): Promise<number> {
  return (await sql.get<{ head: number }>('select head from space where id = $1', space))?.head ?? 0;
}

/** Returns those of these spaces that hold something after a feed number. */
export async function spacesBeyond(sql: Sql, among: readonly SpaceId[], feed: number): Promise<SpaceId[]> {
  const rows = await sql.all<{ id: SpaceId }>('select id from space where id = any($1::text[]) and head > $2::bigint', among, feed);
  return rows.map(({ id }) => id);
}

/** The ends of every chain and branch of these spaces, each ordered by hash. */
export async function tips(sql: Sql, of: readonly SpaceId[]): Promise<Map<SpaceId, Tip[]>> {
  const found = new Map<SpaceId, Tip[]>();
  const rows = await sql.all<Tip & { space: SpaceId }>(
    'select space, replica, seq, hash from tip where space = any($1::text[]) order by hash',
    of,
  );
  for (const { space, replica, seq, hash } of rows) {
    const tip = { replica, seq, hash };
    const list = found.get(space);
    if (list) list.push(tip);
    else found.set(space, [tip]);
  }
  return found;
}

/** Whether these spaces hold anything after a feed number that another replica made. */
export async function hasNews(sql: Sql, among: readonly SpaceId[], feed: number, notBy: ReplicaId): Promise<boolean> {
  const row = await sql.get(
    `select 1 from unnest($1::text[]) as asked(id) join space s on s.id = asked.id and s.head > $2::bigint
     where exists (select 1 from change_set c where c.space = s.id and c.feed > $2::bigint and c.replica <> $3) limit 1`,
    among,
    feed,
    notBy,
  );
  return row !== undefined;
}

/**
 * A page of each of these spaces: change-sets with a feed number above `after` and up to `to`, not by `notBy`, in feed order. Each is read through the index
 * of its space.
 */
export async function pages(
  sql: Sql,
  starts: readonly { readonly space: SpaceId; readonly after: number }[],
  { to, notBy, limit }: { readonly to: number; readonly notBy: ReplicaId | null; readonly limit: number },
): Promise<Map<SpaceId, FeedRow[]>> {
  const rows = await sql.all<FeedRow>(
    `select c.space, c.feed, c.body as bytes, c.replica, c.seq, c.received_at as "receivedAt" from unnest($1::text[], $2::bigint[]) as p(space, after)
     cross join lateral (
       select * from change_set x where x.space = p.space and x.feed > p.after and x.feed <= $3::bigint and ($4::text is null or x.replica <> $4)
       order by x.feed limit $5::int) c
     order by c.space, c.feed`,
    starts.map(({ space }) => space),
    starts.map(({ after }) => after),
    to,
    notBy,
    limit,
  );
  const found = new Map<SpaceId, FeedRow[]>();
  for (const row of rows) {
    const list = found.get(row.space);
    if (list) list.push(row);
    else found.set(row.space, [row]);
  }
  return found;
}

/** A page of the whole feed, of these spaces alone. */
export async function feedPage(
  sql: Sql,
  of: readonly SpaceId[],
  after: number,
  { to, notBy, limit }: { readonly to: number; readonly notBy: ReplicaId | null; readonly limit: number },
): Promise<FeedRow[]> {
  return sql.all(
    `select feed, body as bytes, space, replica, seq, received_at as "receivedAt" from change_set
     where feed > $1::bigint and feed <= $2::bigint and ($3::text is null or replica <> $3) and (space || '') = any($4::text[])
     order by feed limit $5::int`,
    after,
    to,
    notBy,
    of,
    limit,
  );
}

/**
 * The change-set that is held at each of these places, as it is stored, by `placeName`; null where they are more than `mostBytes`. Of a chain with branches
 * nothing is said: a place in it may be two.
 */
export async function bodiesAt(sql: Sql, places: readonly ChainPlace[], mostBytes: number): Promise<Map<string, Uint8Array> | null> {
  if (places.length === 0) return new Map();
  const named = [places.map(({ space }) => space), places.map(({ replica }) => replica), places.map(({ seq }) => seq)] as const;
  const at = `(select distinct * from unnest($1::text[], $2::text[], $3::bigint[]) as u(space, replica, seq)) p
     join change_set c on c.replica = p.replica and c.seq = p.seq and c.space = p.space
     where (select count(*) from tip t where t.space = p.space and t.replica = p.replica) = 1`;
  // The bodies are fetched only when it is known that they are few.
  const sum = await sql.get<{ bytes: number | null }>(`select sum(length(c.body))::float8 as bytes from ${at}`, ...named);
  if ((sum?.bytes ?? 0) > mostBytes) return null;
  const rows = await sql.all<ChainPlace & { body: Buffer }>(`select c.space, c.replica, c.seq, c.body from ${at}`, ...named);
  return new Map(rows.map(({ body, ...place }) => [placeName(place), body]));
}

/** Those of these change-sets that are the only ones at their places and not large, with their feed numbers. */
export async function referentsOf(sql: Sql, hashes: readonly Hash[], hasher: Hasher): Promise<(Referent & { readonly feed: number })[]> {
  if (hashes.length === 0) return [];
  const rows = await sql.all<{ feed: number; hash: Hash; space: SpaceId; replica: ReplicaId; seq: number; body: Buffer }>(
    `select c.feed, c.hash, c.space, c.replica, c.seq, c.body from change_set c
     where c.hash = any($1::text[]) and octet_length(c.body) <= ${LARGEST_REFERENT}
       and (select count(*) from tip t where t.space = c.space and t.replica = c.replica) = 1`,
    hashes,
  );
  return rows.map(({ body, ...place }) => ({ ...place, ops: readBody(body, hasher).ops }));
}

interface ChainRow {
  readonly feed: number;
  readonly hash: Hash;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly prev: Hash | null;
}

/** The bytes of the change-sets of a space that a peer with these tips lacks, each after the one that it names. */
export async function changeSetsBeyond(sql: Sql, space: SpaceId, theirs: readonly Pick<Tip, 'hash'>[]): Promise<Uint8Array[]> {
  const rows = await sql.all<ChainRow>('select feed, hash, replica, seq, prev from change_set where space = $1', space);
  const links = rows.map(({ feed, hash, replica, seq, prev }) => ({ feed, hash, header: { space, replica, seq, prev } }));
  const feeds = notAncestorsOf(links, theirs).map(({ feed }) => feed);
  const bodies = await sql.all<{ bytes: Buffer }>(
    'select body as bytes from change_set where feed = any($1::bigint[]) order by feed',
    feeds,
  );
  return bodies.map(({ bytes }) => bytes);
}

/** A change-set of the log. Throws where it cannot be read: what is there was written by us. */
export function readBody(body: Uint8Array, hasher: Hasher): ChangeSet {
  const decoded = decodeChangeSet(body, hasher);
  if (!decoded.ok) throw new Error('a stored change-set cannot be read');
  return decoded.value;
}
