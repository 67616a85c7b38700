import { encodeCanonical } from '../shared/sync/canonical.ts';
import type { PullPosition, PullRequest } from '../shared/contract/repository.ts';
import { changeSetsAfter, feedHead, spaceHead, type LoggedChangeSet } from '../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../shared/node/store/sqlite/open-database.ts';
import { DERIVATIONS } from '../shared/model/derivations.ts';
import { packWriter, type PackWriter } from '../shared/sync/pack.ts';
import type { ReplicaId, SpaceId } from '../shared/sync/types.ts';
import type { ExchangePorts, Session } from './exchange.ts';

/** Rows looked at in one go. */
const PAGE = 500;
/** Bytes of change-sets in one answer, so that no answer holds a connection for ever; the client asks on. */
const BUDGET = 16 << 20;

/**
 * The pack that answers a pull: the spaces to fill, each from where it was left, then the running feed; after every frame a note that
 * says how far it leads. Only spaces that the device may read, whatever it asked for. What came from the device itself is left out of
 * the running feed. The head is fixed at the start, so that an answer ends.
 */
export function pull(ports: ExchangePorts, session: Session, request: PullRequest): Iterable<Uint8Array> {
  const { readable } = ports.grants.of(session.actor);
  const fills = request.fill.filter(({ space }) => readable.has(space));
  const from = request.cursor === null ? null : ports.cursors.feedOf(request.cursor);
  const head = feedHead(ports.store.db);
  const certificates = certificatesFor(ports, fills, from, readable, session.device.replica);
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

function* itemsOf(
  { store, cursors }: ExchangePorts,
  fills: PullRequest['fill'],
  from: number | null,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): Generator<Item, void> {
  for (const { space, after } of fills) {
    const last = Math.min(head, spaceHead(store.db, space));
    let feed = cursors.feedOf(after) ?? 0;
    while (feed < last) {
      const rows = changeSetsAfter(store.db, space, feed, PAGE).filter((row) => row.feed <= last);
      for (const row of rows) yield { fill: space, feed: row.feed, bytes: row.bytes };
      feed = rows.at(-1)?.feed ?? last;
    }
    yield { fill: space, feed, bytes: null };
  }
  if (from === null) return;
  for (const { feed, bytes } of runningFeed(store.db, from, head, readable, own)) yield { fill: null, feed, bytes };
  yield { fill: null, feed: head, bytes: null };
}

/** Where more spaces than this have something new, the feed is read from end to end. */
const SPACES_APART = 200;

/**
 * What lies in the feed after `from` for a device that reads these spaces, in feed order. Each space is read through its own index, a page at a time, and the
 * pages are merged: every row is read once, and those of spaces that are closed to the device are not looked at.
 */
function* runningFeed(
  db: Db,
  from: number,
  head: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): Generator<LoggedChangeSet, void> {
  const columns = 'select feed, hash, space, replica, seq, kind, refused, body as bytes from change_set';
  const changed = db
    .prepare('select value from json_each(?) where (select max(feed) from change_set where space = value) > ?')
    .pluck()
    .all(JSON.stringify([...readable]), from) as SpaceId[];
  if (changed.length > SPACES_APART) {
    // The unary plus keeps to the order of the feed: a page ends where it is full.
    const all = db.prepare(
      `${columns} where feed > ? and feed <= ? and replica <> ? and +space in (select value from json_each(?)) order by feed limit ?`,
    );
    const spaces = JSON.stringify(changed);
    yield* pages(PAGE, (feed, limit) => all.all(feed, head, own, spaces, limit) as LoggedChangeSet[], from);
    return;
  }
  const after = db.prepare(`${columns} where space = ? and feed > ? and feed <= ? and replica <> ? order by feed limit ?`);
  const page = Math.max(10, Math.floor(PAGE / Math.max(1, changed.length)));
  const open = changed.flatMap((space) => {
    const rows = pages(page, (feed, limit) => after.all(space, feed, head, own, limit) as LoggedChangeSet[], from);
    const first = rows.next();
    return first.done ? [] : [{ rows, next: first.value }];
  });
  while (open.length > 0) {
    const first = open.reduce((best, one) => (one.next.feed < best.next.feed ? one : best));
    yield first.next;
    const next = first.rows.next();
    if (next.done) open.splice(open.indexOf(first), 1);
    else first.next = next.value;
  }
}

/** Rows one after the other, read a page at a time: no statement stays open between two of them. */
function* pages(size: number, read: (feed: number, limit: number) => LoggedChangeSet[], from: number): Generator<LoggedChangeSet, void> {
  for (let feed = from; ;) {
    const rows = read(feed, size);
    yield* rows;
    if (rows.length < size) return;
    feed = rows.at(-1)!.feed;
  }
}

/** Change-sets looked at before a frame is cut; a frame holds seldom more. */
const LOOKAHEAD = 1 << 20;

function* answer(writer: PackWriter, items: Iterator<Item>, cursorAt: (feed: number) => string): Generator<Uint8Array, void> {
  yield writer.head;
  const waiting: Item[] = [];
  let [size, sent, ended] = [0, 0, false];
  while (sent < BUDGET) {
    while (!ended && size < LOOKAHEAD) {
      const next = items.next();
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
    yield writer.note(encodeCanonical(positionAfter(taken, cursorAt, !done)));
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

function positionAfter(taken: readonly Item[], cursorAt: (feed: number) => string, more: boolean): PullPosition {
  const last = new Map<SpaceId | null, Item>();
  for (const item of taken) last.set(item.fill, item);
  const running = last.get(null);
  last.delete(null);
  return {
    cursor: running ? cursorAt(running.feed) : null,
    fills: [...last].map(([space, { feed, bytes }]) => ({ space: space!, after: cursorAt(feed), done: bytes === null })),
    more,
  };
}

/**
 * Certificates of those whose names and keys the device will need: of every author in a space being filled; in the running feed of who
 * writes there for the first time, or was certified since.
 */
function certificatesFor(
  ports: ExchangePorts,
  fills: readonly { readonly space: SpaceId }[],
  from: number | null,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
): Uint8Array[] {
  const { store, registry, certificates } = ports;
  const replicas = new Set<ReplicaId>();
  const authors = store.db.prepare('select distinct replica from tip where space = ?').pluck();
  for (const { space } of fills) for (const replica of authors.all(space) as ReplicaId[]) replicas.add(replica);
  if (from !== null && from < feedHead(store.db)) {
    const since = store.db.prepare(
      `select replica, min(seq) as first from change_set where feed > ? and replica <> ? and space in (select value from json_each(?)) group by replica`,
    );
    for (const { replica, first } of since.all(from, own, JSON.stringify([...readable])) as { replica: ReplicaId; first: number }[]) {
      if (first === 1 || (registry.certifiedAt(replica) ?? 0) >= from) replicas.add(replica);
    }
  }
  return [...replicas].sort().flatMap((replica) => certificates.bytesOf(replica) ?? []);
}
