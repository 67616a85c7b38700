import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import type { Db } from './open-database.ts';

// A database that nobody has open: what it consists of, and how it comes to be safe on the disk.

/** The suffixes of the files that hold a database's content: itself, and its write-ahead log. */
export const WITH_LOG = ['', '-wal'] as const;

/** Makes an open database leave no write-ahead log behind when it is closed. */
export function leaveWithoutLog(db: Db): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
}

/** Deletes the files beside a database: its write-ahead log and shared memory. */
export function removeLogs(file: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

/** Removes a database with all that lies beside it. */
export function removeStore(file: string): void {
  rmSync(file, { force: true });
  removeLogs(file);
}

/** Waits until a file's bytes are on the disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Waits until the names in a folder are on the disk. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; there the rename itself is journalled.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
