import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore } from './blob-store.ts';

/** How long a copy stays that nobody took away, in milliseconds: a script asks for it and reads it on the same day. */
const KEPT_FOR = 86_400_000;
const EXTENSION = /^\.[a-z0-9]{1,10}$/i;
const UNFINISHED = '.new';

/** Copies of files for programs that read by a path. None of them is the file itself: what is done to it harms nothing. */
export interface HandedOutCopies {
  /** Writes a copy of a file and returns its path; null where it is not here. Its ending is that of `name`. */
  copyFor(sha256: string, name: string): Promise<string | null>;
  /** Takes the copies of a file away. */
  forget(sha256: string): void;
}

/** Copies in a folder of their own in a data folder; those of an earlier day go when it is opened. */
export function openHandedOutCopies(data: string, blobs: Pick<BlobStore, 'get'>, now: number): HandedOutCopies {
  const folder = path.join(data, 'handed-out');
  const copies = (): string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  for (const name of copies()) {
    const copy = path.join(folder, name);
    const about = statSync(copy, { throwIfNoEntry: false });
    if (name.endsWith(UNFINISHED) || (about && Math.abs(now - about.mtimeMs) > KEPT_FOR)) rmSync(copy, { force: true });
  }
  return {
    async copyFor(sha256, name) {
      const bytes = blobs.get(sha256);
      if (bytes === null) return null;
      const extension = path.extname(name);
      const copy = path.join(folder, sha256 + (EXTENSION.test(extension) ? extension.toLowerCase() : ''));
      const unfinished = copy + UNFINISHED;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        await writeFile(unfinished, bytes, { mode: 0o600 });
        await rename(unfinished, copy);
      } finally {
        await rm(unfinished, { force: true });
      }
      return copy;
    },
    forget(sha256) {
      for (const name of copies()) if (name.startsWith(sha256)) rmSync(path.join(folder, name), { force: true });
    },
  };
}
