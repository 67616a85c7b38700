import { encodeCanonical } from '../shared/sync/canonical.ts';
import type { PullPosition, PullRequest } from '../shared/contract/repository.ts';
import { DERIVATIONS } from '../shared/model/derivations.ts';
import { packWriter, type PackWriter } from '../shared/sync/pack-writer.ts';
import type { ReplicaId, SpaceId } from '../shared/sync/types.ts';
import type { ExchangePorts, Session } from './exchange.ts';
import type { PageRow, RepositoryStore } from './repository-store.ts';

/** Rows looked at in one go. */
const PAGE = 500;
/** Bytes of change-sets in one answer, so that no answer holds a connection for ever; the client asks on. */
const BUDGET = 16 << 20;

/**
 * The pack that answers a pull: the spaces to fill, each from where it was left, then the running feed; after every frame a note that
 * says how far it leads. Only spaces that the device may read, whatever it asked for. What came from the device itself is left out of
 * the running feed. The head is fixed at the start, so that an answer ends.
 */
export async function pull(ports: ExchangePorts, session: Session, request: PullRequest): Promise<AsyncIterable<Uint8Array>> {
  const head = await ports.store.feedHead();
  const { readable } = await ports.grants.of(session.actor);
  const fills = request.fill.filter(({ space }) => readable.has(space));
  const from = request.cursor === null ? null : await ports.cursors.feedOf(request.cursor);
  const certificates = await certificatesFor(ports, fills, from, head, readable, session.device.replica);
  const items = itemsOf(ports, fills, from, head, readable, session.device.replica);
  const writer = packWriter({ spaces: [], certificates }, { ...ports, derivations: DERIVATIONS }, request.frame);
  return answer(writer, items, (feed) => ports.cursors.at(feed));
}

/** What is sent, in order: change-sets of a space being filled or (null) of the running feed, and where each of these ends. */
interface Item {
  readonly fill: SpaceId | null;
  readonly feed: number;
  /** null: nothing more of it follows. */
  readonly bytes: Uint8Array | null;
}

async function* itemsOf(
  { store, cursors }: ExchangePorts,
  fills: PullRequest['fill'],
  from: number | null,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): AsyncGenerator<Item, void> {
  for (const { space, after } of fills) {
    const last = Math.min(head, await store.spaceHead(space));
    let feed = (await cursors.feedOf(after)) ?? 0;
    while (feed < last) {
      const rows = (await store.pages([{ space, after: feed }], { to: last, notBy: null, limit: PAGE })).get(space) ?? [];
      for (const row of rows) yield { fill: space, feed: row.feed, bytes: row.bytes };
      feed = rows.at(-1)?.feed ?? last;
    }
    yield { fill: space, feed, bytes: null };
  }
  if (from === null) return;
  for await (const { feed, bytes } of runningFeed(store, from, head, readable, own)) yield { fill: null, feed, bytes };
  yield { fill: null, feed: head, bytes: null };
}

/** Where more spaces than this have something new, the feed is read from end to end. */
const SPACES_APART = 200;

/**
 * What lies in the feed after `from` for a device that reads these spaces, in feed order. Each space is read through its own index, a page at a time, and the
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

/** Change-sets looked at before a frame is cut; a frame holds seldom more. */
const LOOKAHEAD = 1 << 20;

async function* answer(
  writer: PackWriter,
  items: AsyncIterator<Item>,
  cursorAt: (feed: number) => Promise<string>,
): AsyncGenerator<Uint8Array, void> {
  yield writer.head;
  const waiting: Item[] = [];
  let [size, sent, ended] = [0, 0, false];
  while (sent < BUDGET) {
    while (!ended && size < LOOKAHEAD) {
      const next = await items.next();
      if (next.done) ended = true;
      else waiting.push(next.value);
      size += next.done ? 0 : (next.value.bytes?.length ?? 0);
    }
    const rows = waiting.flatMap(({ bytes }) => bytes ?? []);
    const { bytes, count } = writer.frame(rows);
    if (count > 0) yield bytes;
    else if (rows.length > 0) {
      if (ended) throw new Error('the log holds what no signature vouches for');
      // The signature that vouches for these lies further on.
      size = 0;
      continue;
    }
    const taken = takeOut(waiting, count);
    for (const item of taken) {
      size -= item.bytes?.length ?? 0;
      sent += item.bytes?.length ?? 0;
    }
    const done = ended && waiting.length === 0;
    yield writer.note(encodeCanonical(await positionAfter(taken, cursorAt, !done)));
    if (done) break;
  }
  yield writer.end();
}

/** Takes so many change-sets from the front, and the endings that follow them at once. */
function takeOut(waiting: Item[], count: number): Item[] {
  let at = 0;
  for (let left = count; at < waiting.length && (left > 0 || waiting[at]!.bytes === null); at++) if (waiting[at]!.bytes !== null) left--;
  return waiting.splice(0, at);
}

async function positionAfter(taken: readonly Item[], cursorAt: (feed: number) => Promise<string>, more: boolean): Promise<PullPosition> {
  const last = new Map<SpaceId | null, Item>();
  for (const item of taken) last.set(item.fill, item);
  const running = last.get(null);
  last.delete(null);
  const fills: PullPosition['fills'][number][] = [];
  for (const [space, { feed, bytes }] of last) fills.push({ space: space!, after: await cursorAt(feed), done: bytes === null });
  return { cursor: running ? await cursorAt(running.feed) : null, fills, more };
}

/**
 * Certificates of those whose names and keys the device will need: of every author in a space being filled; in the running feed of who
 * writes there for the first time, or was certified since.
 */
async function certificatesFor(
  { store, registry, certificates }: ExchangePorts,
  fills: readonly { readonly space: SpaceId }[],
  from: number | null,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): Promise<Uint8Array[]> {
  const replicas = new Set(fills.length > 0 ? await store.authorsIn(fills.map(({ space }) => space)) : []);
  if (from !== null && from < head) {
    for (const { replica, first } of await store.authorsSince([...readable], from, own)) {
      if (first === 1 || ((await registry.certifiedAt(replica)) ?? 0) >= from) replicas.add(replica);
    }
  }
  return certificates.bytesOf([...replicas].sort());
}
