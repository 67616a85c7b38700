import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { FilesFault, type RepositoryFiles } from '../shared/node/files/repository-files.ts';
import type { SpaceId } from '../shared/sync/types.ts';
import type { RepositoryStore } from './repository-store.ts';

/** What a device may know of a file: its size as a record that it may read says, and how much of it is here. */
export interface FileFacts {
  readonly size: number;
  readonly held: number;
}

/** So long a question about a file waits for a part of it that is arriving (milliseconds): its link may just have broken, and its sender asks again. */
const ARRIVING_MS = 1_000;

/** A file that is being sent. */
export interface FileStream {
  readonly stream: Readable;
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/**
 * Files of materials, by content. A file is there for whoever may read a material version that names it, and for nobody else. Where the disk or
 * the bucket fails, every call refuses `sync.filesUnavailable`; the fault goes to `report`.
 */
export class MaterialFiles {
  readonly #files: RepositoryFiles;
  readonly #store: Pick<RepositoryStore, 'filesNamed'>;
  readonly #report: (error: unknown) => void;
  readonly #receiving = new Map<string, Promise<void>>();

  constructor(files: RepositoryFiles, store: Pick<RepositoryStore, 'filesNamed'>, report: (error: unknown) => void) {
    this.#files = files;
    this.#store = store;
    this.#report = report;
  }

  /** Refuses `sync.fileUnknown` when no material that may be read names the file: what one may not read does not exist. */
  about(sha256: string, readable: ReadonlySet<SpaceId>): Promise<Result<FileFacts>> {
    return this.#guarded(async () => {
      const row = (await this.#store.filesNamed(sha256)).find(({ space }) => readable.has(space));
      if (!row || !Number.isSafeInteger(row.size) || row.size! < 0) return refuse('sync.fileUnknown');
      const size = row.size!;
      await this.#arrived(sha256);
      return ok({ size, held: (await this.#files.size(sha256)) === null ? await this.#heldOf(sha256, size) : size });
    });
  }

  /** The bytes of a file from `first` to `last` (null: its end). Refuses `sync.fileNotHere` while it is on its way, `sync.rangeWrong`. */
  read(sha256: string, first: number, last: number | null): Promise<Result<FileStream>> {
    return this.#guarded(async () => {
      const size = await this.#files.size(sha256);
      if (size === null) return refuse('sync.fileNotHere');
      const end = Math.min(size - 1, last ?? size - 1);
      if (first > end) return refuse('sync.rangeWrong', { size });
      return ok({ stream: await this.#files.read(sha256, first, end), start: first, end, size });
    });
  }

  /**
   * Takes the part of a file that starts at `start`, as it comes: what has arrived when the link breaks is kept. Refuses `sync.fileOffset` with
   * what is `held` when the part does not continue it (a reply got lost, or another laptop was quicker), `sync.fileTooLong`, and
   * `sync.fileDamaged` when the whole is not what its name says: it is thrown away and starts again.
   */
  receive(sha256: string, { size }: FileFacts, start: number, part: Readable): Promise<Result<{ held: number; whole: boolean }>> {
    return this.#guarded(async () => {
      const files = this.#files;
      if ((await files.size(sha256)) !== null) return ok({ held: size, whole: true });
      let held = await this.#heldOf(sha256, size);
      // One writer to a part at a time; a second one asks again and finds more held. (Other processes see what is held in the bucket.)
      if (this.#receiving.has(sha256) || start !== held) return refuse('sync.fileOffset', { held });
      let arrived = (): void => undefined;
      this.#receiving.set(sha256, new Promise((resolve) => (arrived = resolve)));
      try {
        const room = size - start;
        const taken = await takeIn(part, room, files.piece, async (at, bytes) => {
          held = await files.append(sha256, start + at, bytes);
        });
        if (taken > room) return refuse('sync.fileTooLong', { size });
        if (held < size) return ok({ held, whole: false });
        const finished = await files.finish(sha256, size);
        if (finished === 'damaged') return refuse('sync.fileDamaged');
        return ok(finished === 'whole' ? { held: size, whole: true } : { held: await this.#heldOf(sha256, size), whole: false });
      } finally {
        this.#receiving.delete(sha256);
        arrived();
      }
    });
  }

  async #arrived(sha256: string): Promise<void> {
    const arriving = this.#receiving.get(sha256);
    if (!arriving) return;
    const waited = new AbortController();
    await Promise.race([arriving, setTimeout(ARRIVING_MS, undefined, { signal: waited.signal }).catch(() => undefined)]);
    waited.abort();
  }

  /** A file is all held only when it is whole: what a process left unfinished is asked for its last byte again, and is then finished. */
  async #heldOf(sha256: string, size: number): Promise<number> {
    return Math.max(0, Math.min(size - 1, await this.#files.partial(sha256)));
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
