import { closeSync, fsyncSync, openSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Fills a small disk until only so many bytes are free; returns the file to remove for room again. */
export function leaveFree(disk: string, bytes: number): string {
  const ballast = path.join(disk, 'ballast');
  const fd = openSync(ballast, 'w');
  try {
    for (let free = freeBytes(disk); free > bytes; free = freeBytes(disk)) writeSync(fd, new Uint8Array(free - bytes));
    fsyncSync(fd);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(fd);
  }
  return ballast;
}

function freeBytes(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}
