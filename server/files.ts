import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import type { FileStore } from '../shared/node/files/file-store.ts';
import type { Reader } from '../shared/node/store/store.ts';
import type { SpaceId } from '../shared/sync/types.ts';

/** What a device may know of a file: its size as a record that it may read says, and how much of it is here. */
export interface FileFacts {
  readonly size: number;
  readonly held: number;
}

/** Files of materials, by content. A file is there for whoever may read a material version that names it, and for nobody else. */
export class MaterialFiles {
  readonly #files: FileStore;
  readonly #reader: Reader;
  readonly #receiving = new Set<string>();

  constructor(files: FileStore, reader: Reader) {
    this.#files = files;
    this.#reader = reader;
  }

  /** Refuses `sync.fileUnknown` when no material that may be read names the file: what one may not read does not exist. */
  about(sha256: string, readable: ReadonlySet<SpaceId>): Result<FileFacts> {
    const rows = this.#reader.all<{ space: SpaceId; size: number | null }>(
      'select space, size from materialVersion where sha256 = ?',
      sha256,
    );
    const row = rows.find(({ space }) => readable.has(space));
    if (!row || !Number.isSafeInteger(row.size) || row.size! < 0) return refuse('sync.fileUnknown');
    const size = row.size!;
    return ok({ size, held: this.#files.pathOf(sha256) ? size : Math.min(size, this.#files.partial(sha256)) });
  }

  /** The bytes of a file from `first` to `last` (null: its end). Refuses `sync.fileNotHere` while it is on its way, `sync.rangeWrong`. */
  read(sha256: string, first: number, last: number | null): Result<{ stream: Readable; start: number; end: number; size: number }> {
    const path = this.#files.pathOf(sha256);
    if (path === null) return refuse('sync.fileNotHere');
    const { size } = statSync(path);
    const end = Math.min(size - 1, last ?? size - 1);
    if (first > end) return refuse('sync.rangeWrong', { size });
    return ok({ stream: createReadStream(path, { start: first, end }), start: first, end, size });
  }

  /**
   * Takes the part of a file that starts at `start`, as it comes: what has arrived when the link breaks is kept. Refuses `sync.fileOffset` with
   * what is `held` when the part does not continue it (a reply got lost, or another laptop was quicker), `sync.fileTooLong`, and
   * `sync.fileDamaged` when the whole is not what its name says: it is thrown away and starts again.
   */
  async receive(sha256: string, facts: FileFacts, start: number, part: Readable): Promise<Result<{ held: number; whole: boolean }>> {
    const files = this.#files;
    if (files.pathOf(sha256)) return ok({ held: facts.size, whole: true });
    // One writer to a part at a time; a second one asks again and finds more held.
    if (this.#receiving.has(sha256) || start !== files.partial(sha256)) return refuse('sync.fileOffset', { held: files.partial(sha256) });
    this.#receiving.add(sha256);
    try {
      const room = facts.size - start;
      const taken = await takeIn(part, room, (at, bytes) => files.append(sha256, start + at, bytes));
      if (taken > room) return refuse('sync.fileTooLong', { size: facts.size });
      const held = start + taken;
      if (held < facts.size) return ok({ held, whole: false });
      return (await files.finish(sha256)) ? ok({ held, whole: true }) : refuse('sync.fileDamaged');
    } finally {
      this.#receiving.delete(sha256);
    }
  }
}

const PIECE = 256 << 10;

/** Reads a stream to its end or to where it breaks, writing every 256 KiB; returns how much came, `room` + 1 when it was too much. */
async function takeIn(part: Readable, room: number, write: (at: number, bytes: Uint8Array) => Promise<void>): Promise<number> {
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
    if (waiting >= PIECE) await flush();
  }
  await flush();
  return written;
}
