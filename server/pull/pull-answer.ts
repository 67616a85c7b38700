import { setImmediate } from 'node:timers/promises';
import type { Hasher } from '../../shared/kernel/ports.ts';
import { pullOnTheWire, type PullPosition } from '../../shared/contract/repository.ts';
import { DERIVATIONS } from '../../shared/model/derivations.ts';
import type { PackLink } from '../../shared/sync/pack/abridged.ts';
import { encodeCanonical } from '../../shared/sync/canonical.ts';
import { concat } from '../../shared/sync/encode.ts';
import { packWriter, type PackWriter } from '../../shared/sync/pack/pack-writer.ts';
import { writeReceipts } from '../../shared/sync/receipts.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import type { Hash, SpaceId } from '../../shared/sync/types.ts';
import { unprovable, type VouchingLink } from '../../shared/sync/vouching.ts';
import type { ExchangePorts } from '../exchange.ts';
import type { NeededCertificates } from './pull-certificates.ts';
import type { HeldByReader } from './pull-references.ts';
import type { PageRow } from '../repository-store.ts';

/** A piece of an answer, in order: change-sets of a space being filled or (null) of the running feed, and where each of these ends. */
export interface PullItem {
  readonly fill: SpaceId | null;
  readonly feed: number;
  /** null: nothing more of it follows. */
  readonly row: PageRow | null;
}

/** The parts that an answer is made of. */
export interface PullParts {
  readonly ports: ExchangePorts;
  readonly items: Ahead;
  readonly certificates: NeededCertificates;
  readonly references: HeldByReader;
  /** Bytes on the wire to put in a frame. */
  readonly frame: number;
  cursorAt(feed: number): Promise<string>;
}

/** Bytes in one answer, so that no answer holds a connection for ever; the client asks on. */
const BUDGET = 16 << 20;
/** Change-sets looked at before a frame is cut; a frame holds seldom more. */
const LOOKAHEAD = 1 << 20;
/** A push is kept together: a signature that lies further on than this vouches for nothing that came before. */
const FURTHEST = 16 << 20;
/** Certificates of one note. */
const NOTE_BYTES = 64 << 10;

/**
 * Yields the answer in the short form: before each frame, in notes, the certificates that it needs and the device has not; after it, how far it led and when
 * its change-sets were received. What lies before the device's position is named by its place.
 */
export async function* shortAnswer(asked: PullParts, link: PackLink): AsyncGenerator<Uint8Array, void> {
  const { items, certificates, references } = asked;
  const writer = writerOf(asked, [], link);
  let unsent: Uint8Array[] = [writer.head];
  for (let sent = 0; sent < BUDGET;) {
    await references.meet(await items.fill(LOOKAHEAD));
    const rows = items.rows();
    const { count, write } = writer.cut(rows.map(({ bytes }) => bytes));
    if (count === 0 && rows.length > 0) {
      items.lookFurther();
      continue;
    }
    for (const page of pagesOf(await certificates.before(rows.slice(0, count)))) {
      unsent.push(writer.note(encodeCanonical(pullOnTheWire.note({ note: 'certificates', certificates: page }))));
      sent += unsent.at(-1)!.length;
    }
    if (count > 0) unsent.push(write());
    const taken = items.take(count);
    const received = writeReceipts(taken.flatMap(({ row }) => (row ? [row.receivedAt] : [])));
    const position = await positionAfter(taken, asked.cursorAt, !items.done);
    unsent.push(writer.note(encodeCanonical(pullOnTheWire.note({ note: 'position', position, received }))));
    sent += taken.reduce((sum, { row }) => sum + (row?.bytes.length ?? 0), 0);
    if (items.done) break;
    yield concat(unsent);
    unsent = [];
    await othersTurn();
  }
  yield concat([...unsent, writer.end()]);
}

/** The most that is gathered for an answer in the form of before, whose certificates all lie in its header. */
const GATHERED = { bytes: 4 << 20, certificates: 512 << 10 } as const;

/**
 * Yields the answer as programs of before read it: a header with every certificate. It ends before the first author whose certificate has no room there, and
 * the laptop asks on from where it ended.
 */
export async function* plainAnswer(asked: PullParts): AsyncGenerator<Uint8Array, void> {
  const { items, certificates } = asked;
  const signed: Uint8Array[] = [];
  let room: number = GATHERED.certificates;
  let reached = 0;
  for (;;) {
    await items.fill(GATHERED.bytes);
    const rows = items.rows();
    // One by one: the first without room ends it.
    for (; reached < rows.length && room > 0; reached++) {
      for (const one of await certificates.before(rows.slice(reached, reached + 1))) {
        signed.push(one);
        room -= one.length;
      }
    }
    const writer = writerOf(asked, signed, null);
    let ready = rows.slice(0, reached).map(({ bytes }) => bytes);
    let cut = writer.cut(ready);
    if (cut.count === 0 && rows.length > 0) {
      // The signature that vouches for these lies further on.
      if (reached === rows.length) {
        items.lookFurther();
        reached = items.rows().length;
      } else room = GATHERED.certificates;
      continue;
    }
    yield writer.head;
    for (;;) {
      if (cut.count > 0) yield cut.write();
      await othersTurn();
      const taken = items.take(cut.count);
      yield writer.note(encodeCanonical(await positionAfter(taken, asked.cursorAt, !items.done)));
      ready = ready.slice(cut.count);
      cut = writer.cut(ready);
      if (cut.count === 0) break;
    }
    yield writer.end();
    return;
  }
}

/** Lets what came in meanwhile be answered: one frame is dear enough. A folder's store answers at once, and so would never let go. */
function othersTurn(): Promise<void> {
  return setImmediate();
}

function writerOf({ ports, frame, references }: PullParts, certificates: readonly Uint8Array[], link: PackLink | null): PackWriter {
  const more = link ? { link, locate: references.locate } : {};
  return packWriter({ spaces: [], certificates }, { ...ports, derivations: DERIVATIONS, ...more }, frame);
}

function* pagesOf(certificates: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let page: Uint8Array[] = [];
  let size = 0;
  for (const one of certificates) {
    if (page.length > 0 && size + one.length > NOTE_BYTES) {
      yield page;
      [page, size] = [[], 0];
    }
    page.push(one);
    size += one.length;
  }
  if (page.length > 0) yield page;
}

/** Reads the items of an answer ahead, as many as a frame may need. */
export class Ahead {
  readonly #items: AsyncIterator<PullItem>;
  readonly #hasher: Hasher;
  readonly #stepOver: (unproven: readonly Hash[]) => void;
  #waiting: PullItem[] = [];
  #size = 0;
  #ended = false;
  #further = 0;

  /** `stepOver` is told what is left out because nothing in the log proves who made it. */
  constructor(items: AsyncIterator<PullItem>, hasher: Hasher, stepOver: (unproven: readonly Hash[]) => void) {
    this.#items = items;
    this.#hasher = hasher;
    this.#stepOver = stepOver;
  }

  /** Whether all of them were taken. */
  get done(): boolean {
    return this.#ended && this.#waiting.length === 0;
  }

  /** Reads on until so many bytes are at hand; gives the change-sets that came. */
  async fill(bytes: number): Promise<PageRow[]> {
    const came: PageRow[] = [];
    while (!this.#ended && this.#size < bytes + this.#further) {
      const next = await this.#items.next();
      if (next.done) {
        this.#ended = true;
        break;
      }
      this.#waiting.push(next.value);
      this.#size += next.value.row?.bytes.length ?? 0;
      if (next.value.row) came.push(next.value.row);
    }
    return came;
  }

  /** The signature that vouches for what is at hand lies further on; where it lies nowhere, what it would vouch for is left out. */
  lookFurther(): void {
    if (!this.#ended && this.#further < FURTHEST) {
      this.#further += LOOKAHEAD;
      return;
    }
    const links = this.rows().flatMap(({ bytes }): VouchingLink[] => {
      const decoded = decodeChangeSet(bytes, this.#hasher);
      return decoded.ok ? [{ hash: decoded.value.hash, header: decoded.value.header, signed: decoded.value.signature !== '' }] : [];
    });
    const unproven = new Set(unprovable(links).map(({ hash }) => hash));
    if (unproven.size === 0) throw new Error('a frame cannot be cut from what is proven');
    let at = 0;
    this.#waiting = this.#waiting.filter(({ row }) => row === null || !unproven.has(links[at++]!.hash));
    this.#size = this.rows().reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#further = 0;
    this.#stepOver([...unproven]);
  }

  /** The change-sets at hand. */
  rows(): PageRow[] {
    return this.#waiting.flatMap(({ row }) => row ?? []);
  }

  /** Takes so many change-sets from the front, and the endings that follow them at once. */
  take(count: number): PullItem[] {
    let at = 0;
    for (let left = count; at < this.#waiting.length && (left > 0 || this.#waiting[at]!.row === null); at++) {
      if (this.#waiting[at]!.row !== null) left--;
    }
    const taken = this.#waiting.splice(0, at);
    for (const { row } of taken) this.#size -= row?.bytes.length ?? 0;
    this.#further = 0;
    return taken;
  }
}

async function positionAfter(
  taken: readonly PullItem[],
  cursorAt: (feed: number) => Promise<string>,
  more: boolean,
): Promise<PullPosition> {
  const last = new Map<SpaceId | null, PullItem>();
  for (const item of taken) last.set(item.fill, item);
  const running = last.get(null);
  last.delete(null);
  const fills: PullPosition['fills'][number][] = [];
  for (const [space, { feed, row }] of last) fills.push({ space: space!, after: await cursorAt(feed), done: row === null });
  return { cursor: running ? await cursorAt(running.feed) : null, fills, more };
}
