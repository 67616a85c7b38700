import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** The rights that others of the machine have with a file or folder. */
const OTHERS = 0o077;
/** Folders that may hold very many files, made by this program or the window under the rule below. */
const LARGE = new Set(['files', 'window']);

/**
 * Sets the process's mask so that from now on every file that it makes may be read and written by its user alone (0600), and every folder entered by them alone
 * (0700), whoever makes it: SQLite, a copy, a library. Called first of all by each program. A thread takes the mask of its process.
 */
export function writeForOwnerOnly(): void {
  if (isMainThread) process.umask(OTHERS);
}

/**
 * Makes a data folder that its user alone may enter, and takes from others what an earlier version, another program or a copy left
 * them in it. What lies in the folders of files and of the window is gone through only where these, or the data folder, stood open. Throws what the disk says
 * of the folder itself; what belongs to somebody else stays as it is.
 */
export function makePrivateFolder(folder: string): void {
  writeForOwnerOnly();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Windows keeps a profile's folders from other users by their access lists.
  if (process.platform === 'win32') return;
  takeFromOthers(folder, closeToOthers(folder));
}

function takeFromOthers(folder: string, stoodOpen: boolean): void {
  for (const entry of namesIn(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const open = closeToOthers(file);
      if (open || stoodOpen || !LARGE.has(entry.name)) takeFromOthers(file, open || stoodOpen);
    } else if (entry.isFile()) closeToOthers(file);
  }
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether others could do anything with it before. */
function closeToOthers(file: string): boolean {
  try {
    const mode = lstatSync(file).mode & 0o777;
    if ((mode & OTHERS) === 0) return false;
    chmodSync(file, mode & ~OTHERS);
    return true;
  } catch {
    // Gone meanwhile, a read-only disk, or not ours.
    return false;
  }
}
