import type { Hasher } from '../../shared/kernel/ports.ts';
import * as log from '../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { ownTips } from '../../shared/node/store/sqlite/own-chains.ts';
import { placeName } from '../../shared/sync/pack/frame-layout.ts';
import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import type { PageRow, RepositoryStore } from '../repository-store.ts';

/** Places of chains that are looked up before others are answered. */
const PLACES_AT_ONCE = 200;

const PAGE_COLUMNS = 'feed, body as bytes, space, replica, seq, received_at as receivedAt';

type Feed = Pick<
  RepositoryStore,
  | 'feedHead'
  | 'hashAt'
  | 'spaceHead'
  | 'spacesBeyond'
  | 'tips'
  | 'ownTips'
  | 'knownAmong'
  | 'hasNews'
  | 'pages'
  | 'feedPage'
  | 'begunBefore'
  | 'referentsOf'
  | 'bodiesAt'
>;

/** Returns the feed of a repository in a folder: where chains end, pages of the feed, bodies. */
export function feedIn(db: Db, hasher: Hasher): Feed {
  const sql = {
    inSpace: db.prepare('select 1 from change_set where hash = ? and space = ?').pluck(),
    hashAt: db.prepare('select hash from change_set where feed = ?').pluck(),
    hasNews: db.prepare('select 1 from change_set where feed > ? and replica <> ? and space in (select value from json_each(?)) limit 1'),
    spacesBeyond: db
      .prepare('select value from json_each(?) where coalesce((select max(feed) from change_set where space = value), 0) > ?')
      .pluck(),
    page: db.prepare(`select ${PAGE_COLUMNS} from change_set where space = ? and feed > ? and feed <= ? order by feed limit ?`),
    pageOfOthers: db.prepare(
      `select ${PAGE_COLUMNS} from change_set where space = ? and feed > ? and feed <= ? and replica <> ? order by feed limit ?`,
    ),
    // The unary plus keeps to the order of the feed: a page ends where it is full.
    feedPage: db.prepare(
      `select ${PAGE_COLUMNS} from change_set
       where feed > ? and feed <= ? and replica <> ? and +space in (select value from json_each(?)) order by feed limit ?`,
    ),
    begunBefore: db
      .prepare(
        `select distinct replica from change_set
         where replica in (select value from json_each(?)) and seq = 1 and feed <= ? and +space in (select value from json_each(?))`,
      )
      .pluck(),
  };
  const held = log.placesOf(db);

  return {
    feedHead: () => log.feedHead(db),
    hashAt: (feed) => (sql.hashAt.get(feed) as string | undefined) ?? null,
    spaceHead: (space) => log.spaceHead(db, space),
    spacesBeyond: (spaces, feed) => sql.spacesBeyond.all(JSON.stringify(spaces), feed) as SpaceId[],
    tips: (spaces) => new Map(spaces.map((space) => [space, log.tips(db, space)])),
    ownTips: (replica) => ownTips(db, replica),
    knownAmong: (hashes, space) => new Set(hashes.filter((hash) => sql.inSpace.get(hash, space) !== undefined)),
    hasNews: (spaces, feed, notBy) => sql.hasNews.get(feed, notBy, JSON.stringify(spaces)) !== undefined,
    pages: (starts, { to, notBy, limit }) =>
      new Map(
        starts.map(({ space, after }) => {
          const rows = notBy === null ? sql.page.all(space, after, to, limit) : sql.pageOfOthers.all(space, after, to, notBy, limit);
          return [space, rows as PageRow[]];
        }),
      ),
    feedPage: (spaces, after, { to, notBy, limit }) => sql.feedPage.all(after, to, notBy, JSON.stringify(spaces), limit) as PageRow[],
    begunBefore: (replicas, spaces, feed) =>
      new Set(sql.begunBefore.all(JSON.stringify(replicas), feed, JSON.stringify(spaces)) as ReplicaId[]),
    referentsOf: (hashes) => hashes.flatMap((hash) => log.changeSetAlone(db, hash, hasher) ?? []),
    async bodiesAt(places, mostBytes) {
      const found = new Map<string, Uint8Array>();
      let bytes = 0;
      for (const [i, place] of places.entries()) {
        // Others are answered in between.
        if (i % PLACES_AT_ONCE === PLACES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
        const row = held.at(place);
        if (!row) continue;
        bytes += row.body.length;
        if (bytes > mostBytes) return null;
        found.set(placeName(place), row.body);
      }
      return found;
    },
  };
}
