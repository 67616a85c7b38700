import { encodeCanonical } from '../shared/sync/canonical.ts';
import type { PullPosition, PullRequest } from '../shared/contract/repository.ts';
import { changeSetsAfter, feedHead, spaceHead, type LoggedChangeSet } from '../shared/node/store/sqlite/change-log.ts';
import { packPieces, type PackNote } from '../shared/sync/pack.ts';
import { fillFrame } from '../shared/sync/exchange.ts';
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
  const page: Page = { head: feedHead(ports.store.db), frame: request.frame, left: BUDGET };
  const certificates = certificatesFor(ports, fills, from, readable, session.device.replica);
  const content = (function* (): Generator<Uint8Array | PackNote> {
    for (const { space, after } of fills) {
      const whole = yield* fillOf(ports, space, ports.cursors.feedOf(after) ?? 0, page);
      if (!whole) return;
    }
    if (from === null) yield note({ cursor: null, fill: null, more: false });
    else yield* runningFrom(ports, from, readable, session.device.replica, page);
  })();
  return packPieces({ spaces: [], certificates }, content, ports, request.frame);
}

interface Page {
  readonly head: number;
  readonly frame: number;
  left: number;
}

function note(position: PullPosition): PackNote {
  return { note: encodeCanonical(position) };
}

/** One space from a feed number on; false when the budget ended first. */
function* fillOf(ports: ExchangePorts, space: SpaceId, after: number, page: Page): Generator<Uint8Array | PackNote, boolean> {
  const { store, cursors } = ports;
  const last = Math.min(page.head, spaceHead(store.db, space));
  let feed = after;
  while (feed < last) {
    const rows = changeSetsAfter(store.db, space, feed, PAGE).filter((row) => row.feed <= last);
    if (rows.length === 0) break;
    for (const frame of framesOf(rows, page)) {
      feed = frame.at(-1)!.feed;
      for (const row of frame) yield row.bytes;
      const done = feed >= last;
      yield note({ cursor: null, fill: { space, after: cursors.at(feed), done }, more: true });
      if (page.left <= 0) return false;
      if (done) return true;
    }
  }
  yield note({ cursor: null, fill: { space, after: cursors.at(feed), done: true }, more: true });
  return true;
}

/** The running feed; ends with a position at the head, or with `more` when the budget ended first. */
function* runningFrom(
  ports: ExchangePorts,
  from: number,
  readable: ReadonlySet<SpaceId>,
  own: ReplicaId,
  page: Page,
): Generator<Uint8Array | PackNote> {
  const { store, cursors } = ports;
  const rowsAfter = store.db.prepare(
    `select feed, hash, space, replica, seq, kind, refused, body as bytes from change_set
     where feed > ? and feed <= ? and replica <> ? and space in (select value from json_each(?)) order by feed limit ?`,
  );
  const spaces = JSON.stringify([...readable]);
  let feed = from;
  for (;;) {
    const rows = rowsAfter.all(feed, page.head, own, spaces, PAGE) as LoggedChangeSet[];
    for (const frame of framesOf(rows, page)) {
      feed = frame.at(-1)!.feed;
      for (const row of frame) yield row.bytes;
      const ends = page.left <= 0;
      yield note({ cursor: cursors.at(feed), fill: null, more: true });
      if (ends) return;
    }
    if (rows.length < PAGE) break;
  }
  yield note({ cursor: cursors.at(page.head), fill: null, more: false });
}

function* framesOf(rows: readonly LoggedChangeSet[], page: Page): Generator<LoggedChangeSet[]> {
  let rest = rows;
  while (rest.length > 0) {
    const frame = fillFrame(rest, page.frame);
    rest = rest.slice(frame.length);
    for (const row of frame) page.left -= row.bytes.length;
    yield frame;
  }
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
