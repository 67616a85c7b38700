import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore } from './blob-store.ts';
import { writeCopy, type CopyOutcome } from './write-copy.ts';

/** How long a copy stays that nobody took away, in milliseconds: a script asks for it and reads it on the same day. */
const KEPT_FOR = 86_400_000;
const EXTENSION = /^\.[a-z0-9]{1,10}$/i;
const UNFINISHED = '.new';

/** Makes copies of files for programs that read by a path. None of them is the file itself: what is done to it harms nothing. */
export interface HandedOutCopies {
  /** Writes a copy of a file, with the ending of `name`, and gives its path, or why there is none. Throws what the disk says. */
  copyFor(sha256: string, name: string): Promise<{ readonly path: string } | Exclude<CopyOutcome, 'done'>>;
  /** Takes the copies of a file away. */
  forget(sha256: string): void;
}

/** Opens the copies in a folder of their own in a data folder; those of an earlier day are deleted. */
export function openHandedOutCopies(data: string, blobs: Pick<BlobStore, 'get'>): HandedOutCopies {
  const folder = path.join(data, 'handed-out');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // By the disk's own clock, which dates them.
  const now = Date.now();
  for (const name of readdirSync(folder)) {
    const copy = path.join(folder, name);
    const about = statSync(copy, { throwIfNoEntry: false });
    if (name.endsWith(UNFINISHED) || (about && Math.abs(now - about.mtimeMs) > KEPT_FOR)) rmSync(copy, { force: true });
  }
  return {
    async copyFor(sha256, name) {
      const extension = path.extname(name);
      const copy = path.join(folder, sha256 + (EXTENSION.test(extension) ? extension.toLowerCase() : ''));
      const unfinished = copy + UNFINISHED;
      const copied = await writeCopy(blobs, sha256, unfinished);
      if (copied !== 'done') return copied;
      await rename(unfinished, copy);
      return { path: copy };
    },
    forget(sha256) {
      for (const name of readdirSync(folder)) if (name.startsWith(sha256)) rmSync(path.join(folder, name), { force: true });
    },
  };
}
