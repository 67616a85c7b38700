import { createHash, randomBytes } from 'node:crypto';
import { cpSync, createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { BlobStore } from './blob-store.ts';
import { checkedHash, checkedUpload, isUpload } from './repository-files.ts';
import { sha256OfFile, syncFolder } from './atomic-file.ts';

const PART = '.part';
const COPY = '.copy';
const READING = { highWaterMark: 256 << 10 };
/** The folder of files in a data folder. */
const FOLDER = 'files';
/** In it, what is on its way. */
const PARTS = 'parts';

/**
 * Blobs in the folder of files of a data folder: `files/ab/abcdef...`, the name is the hash, and `files/parts/` for what is on its way. One appears by a rename of
 * what was written, synced and hashed, so that a crash leaves it whole or absent; copies that a crash cut short go at the next opening, parts of those on their way
 * stay, to be resumed. One program at a time (the data folder's lock).
 */
export function openBlobStore(data: string): BlobStore {
  const folder = path.join(data, FOLDER);
  const parts = path.join(folder, PARTS);
  mkdirSync(parts, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parts)) if (name.endsWith(COPY)) rmSync(path.join(parts, name), { force: true });

  const placeOf = (sha256: string): string => path.join(folder, checkedHash(sha256).slice(0, 2), sha256);
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
    has: (sha256) => existsSync(placeOf(sha256)),
    size: (sha256) => statSync(placeOf(sha256), { throwIfNoEntry: false })?.size ?? null,
    async put(bytes, { signal, onBytes } = {}) {
      const copy = path.join(parts, randomBytes(16).toString('hex') + COPY);
      try {
        const { sha256, size } = await writeHashed(bytes, copy, (done) => {
          onBytes?.(done);
          signal?.throwIfAborted();
        });
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
    get(sha256, range) {
      const place = placeOf(sha256);
      if (!existsSync(place)) return null;
      if (range === undefined) return createReadStream(place, READING);
      return range.end > range.start ? createReadStream(place, { ...READING, start: range.start, end: range.end - 1 }) : Readable.from([]);
    },
    async verify(sha256) {
      const place = placeOf(sha256);
      return existsSync(place) && (await sha256OfFile(place)) === sha256;
    },
    remove(upload) {
      if (!checkedUpload(upload).isOnesOwn) rmSync(placeOf(upload), { force: true });
      rmSync(partOf(upload), { force: true });
    },
    bytes() {
      const shelves = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.length === 2);
      return shelves
        .flatMap((shelf) => readdirSync(path.join(folder, shelf.name)).map((name) => path.join(folder, shelf.name, name)))
        .reduce((sum, file) => sum + sizeOf(file), 0);
    },
    partial: (upload) => sizeOf(partOf(upload)),
    async append(upload, offset, bytes) {
      const part = partOf(upload);
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
    underWay: () =>
      readdirSync(parts).flatMap((name) => {
        const upload = name.slice(0, -PART.length);
        const about = name.endsWith(PART) && isUpload(upload) ? statSync(path.join(parts, name), { throwIfNoEntry: false }) : undefined;
        return about ? [{ upload, bytes: about.size, at: about.mtimeMs }] : [];
      }),
    giveUp: (upload) => rmSync(partOf(upload), { force: true }),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Writes bytes to their end into a new file that is then on the disk; `onBytes` is told how many, and may stop it by throwing. */
async function writeHashed(
  bytes: AsyncIterable<Uint8Array>,
  copy: string,
  onBytes: (done: number) => void,
): Promise<{ sha256: string; size: number }> {
  const to = await open(copy, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of bytes) {
      hash.update(piece);
      await writeFully(to, piece, size);
      size += piece.length;
      onBytes(size);
    }
    await to.sync();
    return { sha256: hash.digest('hex'), size };
  } finally {
    await to.close();
  }
}

/** A write may take fewer bytes than it was given. */
async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Copies the blobs of a data folder into another one, without what is on its way. */
export function copyBlobs(from: string, to: string): void {
  const [source, target] = [path.join(from, FOLDER), path.join(to, FOLDER)];
  if (!existsSync(source)) return;
  mkdirSync(target, { recursive: true });
  cpSync(source, target, { recursive: true, filter: (entry) => path.basename(entry) !== PARTS });
}
