import { createHash, timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { possessionProof } from '../../shared/node/files/possession.ts';
import { FilesFault, type RepositoryFiles } from '../../shared/node/files/repository-files.ts';
import type { FileAsker, FileRights } from './file-rights.ts';
import type { Usage } from '../quotas.ts';
import type { NamedFile } from '../repository-store.ts';

/** The facts that a device may know of a file: its size, and how much of it need not be sent by this device. */
export interface FileFacts {
  readonly size: number;
  readonly held: number;
  /** Whether the device may have the file. */
  readonly isOpen: boolean;
}

/** So long a question about a file waits for a part of it that is arriving (milliseconds): its link may just have broken, and its sender asks again. */
const ARRIVING_MS = 1_000;

/** A laptop whose user was away for weeks goes on where its link broke; after this it begins anew (milliseconds). */
const ABANDONED_MS = 30 * 86_400_000;

/** A file that is being sent. */
export interface FileStream {
  readonly stream: Readable;
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

type Received = Result<{ held: number; whole: boolean }>;

/**
 * Files of materials, by content. What a device sends is its own until it is whole: nobody else's parts or sizes touch it. A file that is here already is compared with what is
 * sent, and looks from outside like one that is not. Where the disk or the bucket fails, every call refuses `sync.filesUnavailable`; the fault goes to `report`.
 */
export class MaterialFiles {
  readonly #files: RepositoryFiles;
  readonly #rights: FileRights;
  readonly #report: (error: unknown) => void;
  readonly #usage: Usage;
  readonly #largest: number;
  readonly #receiving = new Map<string, Promise<void>>();

  constructor(files: RepositoryFiles, rights: FileRights, report: (error: unknown) => void, usage: Usage) {
    this.#files = files;
    this.#rights = rights;
    this.#report = report;
    this.#usage = usage;
    this.#largest = usage.quotas.largestFile;
  }

  /**
   * Refuses `sync.fileUnknown` when no material that may be read names the file: what one may not read does not exist; and `sync.fileTooLong` beyond the largest. `said`: the size as
   * the device has the file; null: as its own record says, or the largest that another says.
   */
  about(sha256: string, asker: FileAsker, said: number | null): Promise<Result<FileFacts>> {
    return this.#guarded(async () => {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return refuse('sync.fileUnknown');
      const { named, open, holders } = await this.#rights.of(sha256);
      const visible = named.filter(({ space }) => asker.readable.has(space));
      const isOpen = visible.some((row) => open.has(row));
      const stated = said ?? sizeFor(visible, asker.user);
      if (visible.length === 0 || stated === null) return refuse('sync.fileUnknown');
      await this.#arrived(uploadOf(sha256, asker));
      const whole = await this.#files.size(sha256);
      if (whole !== null && isOpen) {
        // Who may have it may write it into a record of their own.
        if (!holders.has(asker.user)) await this.#rights.hold(sha256, asker.user);
        return ok({ size: whole, held: whole, isOpen });
      }
      if (stated > this.#largest) return refuse('sync.fileTooLong', { size: this.#largest });
      return ok({ size: stated, held: await this.#heldOf(sha256, asker, stated, whole), isOpen });
    });
  }

  /** The bytes of a file that is open from `first` to `last` (null: its end). Refuses `sync.fileNotHere` while it is on its way, `sync.rangeWrong`. */
  read(sha256: string, { isOpen }: FileFacts, first: number, last: number | null): Promise<Result<FileStream>> {
    return this.#guarded(async () => {
      const size = isOpen ? await this.#files.size(sha256) : null;
      if (size === null) return refuse('sync.fileNotHere');
      const end = Math.min(size - 1, last ?? size - 1);
      if (first > end) return refuse('sync.rangeWrong', { size });
      return ok({ stream: await this.#files.read(sha256, first, end), start: first, end, size });
    });
  }

  /**
   * Takes the part of a file that starts at `start`, as it comes: what has arrived when the link breaks is kept. Refuses `sync.fileOffset` with
   * what is `held` when the part does not continue it (a reply got lost, or another laptop of the user's was quicker), `sync.fileTooLong`, and
   * `sync.fileDamaged` when the whole is not what its name says: it is thrown away and starts again. `length`: of the part, as it was said; refuses `sync.quotaReached`
   * where the device has no such room left today.
   */
  receive(sha256: string, asker: FileAsker, { size, isOpen }: FileFacts, start: number, length: number, part: Readable): Promise<Received> {
    return this.#guarded(async () => {
      const whole = await this.#files.size(sha256);
      if (whole !== null && isOpen) return ok({ held: whole, whole: true });
      const upload = uploadOf(sha256, asker);
      const held = await this.#heldOf(sha256, asker, size, whole);
      // One writer to a part at a time; a second one asks again and finds more held. (Other processes see what is held in the bucket.)
      if (this.#receiving.has(upload) || start !== held) return refuse('sync.fileOffset', { held });
      const room = await this.#usage.take(asker.user, { files: length });
      if (!room.ok) return room;
      const received = await this.#alone(upload, () =>
        whole === null ? this.#append(sha256, asker, size, start, part) : this.#compare(sha256, asker, size, whole, start, part),
      );
      // A link that broke brought less.
      if (received.ok) await this.#usage.count(asker.user, { files: Math.min(0, received.value.held - start - length) });
      return received;
    });
  }

  /** Gives up what nobody has gone on with for a month, and of one device's what is more on its way than it may send in a day. */
  async clearAbandoned(now: number): Promise<void> {
    const limits = { since: now - ABANDONED_MS, ofOneSender: this.#usage.quotas.perDay.files };
    await this.#files.tidy(limits).catch(this.#report);
  }

  /** What a device proves with that it has a file. */
  nonce(sha256: string, { user }: FileAsker): string {
    return this.#rights.nonce(sha256, user);
  }

  /** Believes that a device has a file that is here, without its bytes. Refuses `sync.fileProofWrong`, whether the file is not here or the proof is another's. */
  prove(sha256: string, asker: FileAsker, proof: string): Promise<Received> {
    return this.#guarded(async () => {
      const [nonce = '', mac = ''] = proof.split(' ');
      const upload = uploadOf(sha256, asker);
      const size = await this.#files.size(sha256);
      if (size === null || size === 0 || this.#receiving.has(upload) || !this.#rights.isNonce(nonce, sha256, asker.user)) {
        return refuse('sync.fileProofWrong');
      }
      const room = await this.#usage.take(asker.user, { proven: size });
      if (!room.ok) return room;
      return this.#alone(upload, async () => {
        const expected = await possessionProof(nonce, await this.#files.read(sha256, 0, size - 1));
        if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected)))
          return refuse('sync.fileProofWrong');
        await this.#rights.deliver(sha256, asker);
        return ok({ held: size, whole: true });
      });
    });
  }

  async #append(sha256: string, asker: FileAsker, size: number, start: number, part: Readable): Promise<Received> {
    const files = this.#files;
    const upload = uploadOf(sha256, asker);
    let held = start;
    const room = size - start;
    const taken = await takeIn(part, room, files.piece, async (at, bytes) => {
      held = await files.append(upload, start + at, bytes);
    });
    if (taken > room) return refuse('sync.fileTooLong', { size });
    if (held < size) return ok({ held, whole: false });
    const finished = await files.finish(upload, size);
    if (finished === 'damaged') return refuse('sync.fileDamaged');
    if (finished === 'incomplete') return ok({ held: await this.#heldOf(sha256, asker, size, await files.size(sha256)), whole: false });
    await this.#rights.deliver(sha256, asker);
    return ok({ held: size, whole: true });
  }

  // Said only at the end whether they were the same: until then nothing tells whether the file was here.
  async #compare(sha256: string, asker: FileAsker, size: number, whole: number, start: number, part: Readable): Promise<Received> {
    let { wrong } = await this.#rights.shown(sha256, asker.user);
    const room = size - start;
    const taken = await takeIn(part, room, this.#files.piece, async (at, bytes) => {
      wrong ||= !(await this.#isAt(sha256, whole, start + at, bytes));
    });
    if (taken > room) return refuse('sync.fileTooLong', { size });
    const held = start + taken;
    const ended = held >= size;
    await this.#rights.noteShown(sha256, asker.user, ended ? 0 : held, !ended && wrong);
    if (!ended) return ok({ held, whole: false });
    if (wrong || size !== whole) return refuse('sync.fileDamaged');
    await this.#rights.deliver(sha256, asker);
    return ok({ held: size, whole: true });
  }

  async #isAt(sha256: string, whole: number, start: number, bytes: Uint8Array): Promise<boolean> {
    if (start + bytes.length > whole) return false;
    const pieces: Buffer[] = [];
    for await (const piece of await this.#files.read(sha256, start, start + bytes.length - 1)) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).equals(bytes);
  }

  async #alone<T>(upload: string, work: () => Promise<T>): Promise<T> {
    let arrived = (): void => undefined;
    this.#receiving.set(upload, new Promise((resolve) => (arrived = resolve)));
    try {
      return await work();
    } finally {
      this.#receiving.delete(upload);
      arrived();
    }
  }

  async #arrived(upload: string): Promise<void> {
    const arriving = this.#receiving.get(upload);
    if (!arriving) return;
    const waited = new AbortController();
    await Promise.race([arriving, setTimeout(ARRIVING_MS, undefined, { signal: waited.signal }).catch(() => undefined)]);
    waited.abort();
  }

  /** A file is all held only when it is whole: what a process left unfinished is asked for its last byte again, and is then finished. */
  async #heldOf(sha256: string, asker: FileAsker, size: number, whole: number | null): Promise<number> {
    const held = whole === null ? await this.#files.partial(uploadOf(sha256, asker)) : (await this.#rights.shown(sha256, asker.user)).held;
    return Math.max(0, Math.min(size - 1, held));
  }

  async #guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FilesFault)) throw error;
      this.#report(error);
      return refuse('sync.filesUnavailable');
    }
  }
}

/** The name of what one user sends of a file. */
function uploadOf(sha256: string, { user }: FileAsker): string {
  return `${sha256}-${createHash('sha256').update(user).digest('hex').slice(0, 32)}`;
}

/** The size of a file as the asker's own record says it; of another's records, the largest. */
function sizeFor(visible: readonly NamedFile[], user: string): number | null {
  const sizes = (rows: readonly NamedFile[]): number[] =>
    rows.flatMap(({ size }) => (Number.isSafeInteger(size) && size! >= 0 ? [size!] : []));
  const own = sizes(visible.filter(({ authors }) => authors.some((author) => author.user === user)));
  const all = own.length > 0 ? own : sizes(visible);
  return all.length > 0 ? Math.max(...all) : null;
}

/** Reads a stream to its end or to where it breaks, writing a piece at a time; returns how much came, `room` + 1 when it was too much. */
async function takeIn(
  part: Readable,
  room: number,
  piece: number,
  write: (at: number, bytes: Uint8Array) => Promise<void>,
): Promise<number> {
  let pieces: Buffer[] = [];
  let waiting = 0;
  let written = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    waiting = 0;
    if (bytes.length > 0) await write(written, bytes);
    written += bytes.length;
  };
  const chunks = part.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await chunks.next().catch(() => null);
    // Broken or ended: what came is kept.
    if (next === null || next.done) break;
    if (written + waiting + next.value.length > room) return room + 1;
    pieces.push(next.value);
    waiting += next.value.length;
    if (waiting >= piece) await flush();
  }
  await flush();
  return written;
}
