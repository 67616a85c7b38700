import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeInMemory } from '../memory-place.ts';

/** A new folder in memory where the system has such a place: for what opens hundreds of stores and proves nothing about disks. */
export function quickFolder(prefix: string): string {
  return mkdtempSync(path.join(placeInMemory() ?? tmpdir(), prefix));
}
