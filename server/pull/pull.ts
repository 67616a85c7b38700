import type { PullWish } from '../../shared/contract/repository.ts';
import type { PackLink } from '../../shared/sync/pack/abridged.ts';
import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import type { ExchangePorts, Session } from '../exchange.ts';
import { Ahead, plainAnswer, shortAnswer, type PullParts, type PullItem } from './pull-answer.ts';
import { NeededCertificates, type ReaderPosition } from './pull-certificates.ts';
import { HeldByReader } from './pull-references.ts';
import type { PageRow, RepositoryStore } from '../repository-store.ts';

/** Rows looked at in one go. */
const PAGE = 500;

/**
 * The pack that answers a pull: the spaces to fill, each from where it was left, then the running feed; after every frame a note that
 * says how far it leads. Only spaces that the device may read, whatever it asked for. What came from the device itself is left out of
 * the running feed. The head is fixed at the start, so that an answer ends. `link`: it is asked in the short form, and answered so.
 */
export async function pull(
  ports: ExchangePorts,
  session: Session,
  request: PullWish,
  link: PackLink | null,
): Promise<AsyncIterable<Uint8Array>> {
  const { store, cursors } = ports;
  const head = await store.feedHead();
  const { readable } = await ports.grants.of(session.actor);
  const own = session.device.replica;
  const fills = new Map<SpaceId, number>();
  for (const { space, after } of request.fill) if (readable.has(space)) fills.set(space, (await cursors.feedOf(after)) ?? 0);
  const from = request.cursor === null ? null : await cursors.feedOf(request.cursor);
  const isComplete = request.complete && from !== null;
  const position: ReaderPosition = { from, fills, held: new Set(isComplete ? [...readable].filter((space) => !fills.has(space)) : []) };
  const items = itemsOf(store, position, head, readable, own);
  const asked: PullParts = {
    ports,
    items: new Ahead(items, ports.hasher, ports.stepOver),
    certificates: new NeededCertificates(ports, position),
    references: new HeldByReader(store, ports.hasher, position, own),
    frame: request.frame,
    cursorAt: (feed) => cursors.at(feed),
  };
  return link ? shortAnswer(asked, link) : plainAnswer(asked);
}

async function* itemsOf(
  store: RepositoryStore,
  { from, fills }: ReaderPosition,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): AsyncGenerator<PullItem, void> {
  for (const [space, after] of fills) {
    const last = Math.min(head, await store.spaceHead(space));
    let feed = after;
    while (feed < last) {
      const rows = (await store.pages([{ space, after: feed }], { to: last, notBy: null, limit: PAGE })).get(space) ?? [];
      for (const row of rows) yield { fill: space, feed: row.feed, row };
      feed = rows.at(-1)?.feed ?? last;
    }
    yield { fill: space, feed, row: null };
  }
  if (from === null) return;
  for await (const row of runningFeed(store, from, head, readable, own)) yield { fill: null, feed: row.feed, row };
  yield { fill: null, feed: head, row: null };
}

/** Where more spaces than this have something new, the feed is read from end to end. */
const SPACES_APART = 200;

/**
 * Yields the rows of the feed after `from` for a device that reads these spaces, in feed order. Each space is read through its own index, a page at a time, and the
 * pages are merged: every row is read once, and those of spaces that are closed to the device are not looked at.
 */
async function* runningFeed(
  store: RepositoryStore,
  from: number,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): AsyncGenerator<PageRow, void> {
  const changed = await store.spacesBeyond([...readable], from);
  if (changed.length > SPACES_APART) {
    yield* wholeFeed(store, from, head, changed, own);
    return;
  }
  const limits = { to: head, notBy: own, limit: Math.max(10, Math.floor(PAGE / Math.max(1, changed.length))) };
  const pages = await store.pages(
    changed.map((space) => ({ space, after: from })),
    limits,
  );
  const open = changed.flatMap((space) => {
    const rows = pages.get(space) ?? [];
    return rows.length > 0 ? [{ space, rows, at: 0 }] : [];
  });
  while (open.length > 0) {
    const first = open.reduce((best, one) => (one.rows[one.at]!.feed < best.rows[best.at]!.feed ? one : best));
    const row = first.rows[first.at]!;
    yield row;
    if (++first.at < first.rows.length) continue;
    const isLast = first.rows.length < limits.limit;
    first.rows = isLast ? [] : ((await store.pages([{ space: first.space, after: row.feed }], limits)).get(first.space) ?? []);
    first.at = 0;
    if (first.rows.length === 0) open.splice(open.indexOf(first), 1);
  }
}

async function* wholeFeed(
  store: RepositoryStore,
  from: number,
  head: number,
  spaces: readonly SpaceId[],
  own: ReplicaId,
): AsyncGenerator<PageRow, void> {
  for (let feed = from; ;) {
    const rows = await store.feedPage(spaces, feed, { to: head, notBy: own, limit: PAGE });
    yield* rows;
    if (rows.length < PAGE) return;
    feed = rows.at(-1)!.feed;
  }
}
