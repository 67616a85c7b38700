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
   * Takes the part of a file that starts at `start`. Refuses `sync.fileOffset` with what is `held` when the part does not continue it (a
   * reply got lost, or another laptop was quicker), `sync.fileTooLong`, and `sync.fileDamaged` when the whole is not what its name says:
   * it is thrown away and starts again.
   */
  async receive(sha256: string, facts: FileFacts, start: number, bytes: Uint8Array): Promise<Result<{ held: number; whole: boolean }>> {
    if (facts.held === facts.size && this.#files.pathOf(sha256)) return ok({ held: facts.size, whole: true });
    if (start + bytes.length > facts.size) return refuse('sync.fileTooLong', { size: facts.size });
    // One writer to a part at a time; a second one asks again and finds more held.
    if (this.#receiving.has(sha256) || start !== this.#files.partial(sha256))
      return refuse('sync.fileOffset', { held: this.#files.partial(sha256) });
    this.#receiving.add(sha256);
    try {
      await this.#files.append(sha256, start, bytes);
      const held = start + bytes.length;
      if (held < facts.size) return ok({ held, whole: false });
      return (await this.#files.finish(sha256)) ? ok({ held, whole: true }) : refuse('sync.fileDamaged');
    } finally {
      this.#receiving.delete(sha256);
    }
  }
}
