import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from './file-store.ts';
import { checkedUpload, isUpload } from './repository-files.ts';
import { sha256OfFile, syncFolder } from './write-whole.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const PIECE = 1 << 20;
const PART = '.part';

/** Why a file could not be taken in: it is not there, not a file that may be read, longer than allowed, or it changed meanwhile. */
export class SourceFault extends Error {
  readonly reason: 'missing' | 'unreadable' | 'tooLarge' | 'changed';
  constructor(reason: SourceFault['reason']) {
    super(`source ${reason}`);
    this.name = 'SourceFault';
    this.reason = reason;
  }
}

/**
 * Files by content under `folder`: `ab/abcdef...`, and `parts/` for what is on its way. A file appears by a rename of what
 * was written, synced and hashed, so that a crash leaves it whole or absent; copies that a crash cut short go at the next
 * opening, parts of files on their way stay, to be resumed. One program at a time (the data folder's lock).
 */
export function openFileStore(folder: string): FileStore {
  const parts = path.join(folder, 'parts');
  mkdirSync(parts, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parts)) if (name.endsWith('.copy')) rmSync(path.join(parts, name), { force: true });

  const placeOf = (sha256: string): string => path.join(folder, checked(sha256).slice(0, 2), sha256);
  const partOf = (upload: string): string => {
    checkedUpload(upload);
    return path.join(parts, upload + PART);
  };

  async function appear(written: string, sha256: string): Promise<void> {
    const place = placeOf(sha256);
    mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 });
    await rename(written, place);
    await syncFolder(path.dirname(place));
    await syncFolder(folder);
  }

  return {
    async add(source, { signal, onBytes, limit } = {}) {
      const copy = path.join(parts, `${randomBytes(16).toString('hex')}.copy`);
      try {
        const { sha256, size } = await copyHashed(source, copy, { signal, onBytes, limit });
        // Read back from the copy: what appears under a hash has been seen on this disk to have it.
        if ((await sha256OfFile(copy)) !== sha256) throw Object.assign(new Error('the copy read back differs'), { code: 'EIO' });
        signal?.throwIfAborted();
        await appear(copy, sha256);
        rmSync(partOf(sha256), { force: true });
        return { sha256, size };
      } finally {
        await rm(copy, { force: true });
      }
    },
    pathOf(sha256) {
      const place = placeOf(sha256);
      return existsSync(place) ? place : null;
    },
    partial: (sha256) => sizeOf(partOf(sha256)),
    async append(sha256, offset, bytes) {
      const part = partOf(sha256);
      if (offset < 0 || offset > sizeOf(part)) throw new RangeError('a part of a file is missing before this one');
      const file = await open(part, existsSync(part) ? 'r+' : 'wx', 0o600);
      try {
        await writeFully(file, bytes, offset);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async finish(upload) {
      const { sha256 } = checkedUpload(upload);
      const part = partOf(upload);
      if (!existsSync(part)) return existsSync(placeOf(sha256));
      if ((await sha256OfFile(part)) !== sha256) {
        await rm(part, { force: true });
        return false;
      }
      await appear(part, sha256);
      return true;
    },
    async verify(sha256) {
      const place = placeOf(sha256);
      return existsSync(place) && (await sha256OfFile(place)) === sha256;
    },
    bytes() {
      const shelves = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.length === 2);
      return shelves
        .flatMap((shelf) => readdirSync(path.join(folder, shelf.name)).map((name) => path.join(folder, shelf.name, name)))
        .reduce((sum, file) => sum + sizeOf(file), 0);
    },
    remove(upload) {
      if (!checkedUpload(upload).isOnesOwn) rmSync(placeOf(upload), { force: true });
      rmSync(partOf(upload), { force: true });
    },
    underWay: () =>
      readdirSync(parts).flatMap((name) => {
        const upload = name.slice(0, -PART.length);
        const about = name.endsWith(PART) && isUpload(upload) ? statSync(path.join(parts, name), { throwIfNoEntry: false }) : undefined;
        return about ? [{ upload, bytes: about.size, at: about.mtimeMs }] : [];
      }),
    giveUp: (upload) => rmSync(partOf(upload), { force: true }),
  };
}

/** A hash becomes part of a path: nothing else may. */
function checked(sha256: string): string {
  if (!SHA256.test(sha256)) throw new RangeError('not a SHA-256');
  return sha256;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

interface CopyOptions {
  readonly signal: AbortSignal | undefined;
  readonly onBytes: ((done: number) => void) | undefined;
  readonly limit: number | undefined;
}

async function copyHashed(source: string, copy: string, options: CopyOptions): Promise<{ sha256: string; size: number }> {
  const from = await openSource(source);
  try {
    const to = await open(copy, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(PIECE);
      let size = 0;
      for (;;) {
        options.signal?.throwIfAborted();
        const { bytesRead } = await from.read(buffer, 0, PIECE, null).catch(() => {
          throw new SourceFault('unreadable');
        });
        if (bytesRead === 0) break;
        size += bytesRead;
        if (size > (options.limit ?? Number.MAX_SAFE_INTEGER)) throw new SourceFault('tooLarge');
        hash.update(buffer.subarray(0, bytesRead));
        await writeFully(to, buffer.subarray(0, bytesRead), size - bytesRead);
        options.onBytes?.(size);
      }
      if ((await from.stat()).size !== size) throw new SourceFault('changed');
      await to.sync();
      return { sha256: hash.digest('hex'), size };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>;

async function openSource(source: string): Promise<FileHandle> {
  const about = await stat(source).catch((error: unknown) => {
    throw new SourceFault(['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'missing' : 'unreadable');
  });
  if (!about.isFile()) throw new SourceFault('unreadable');
  return open(source, 'r').catch(() => {
    throw new SourceFault('unreadable');
  });
}

/** A write may take fewer bytes than it was given. */
async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
