import { rm } from 'node:fs/promises';
import type { HandedOut } from '../../../shared/contract/engine-process.ts';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';
import { writeWhole } from '../../../shared/node/files/write-whole.ts';

/** Writes a copy of a file to a path that the shell chose, whole or not at all and for its user alone; the shell is told no more than whether it is there. */
export async function handOut(files: Pick<FileRoom, 'get'>, sha256: string, target: string): Promise<HandedOut> {
  const bytes = files.get(sha256);
  if (bytes === null) return 'notHere';
  try {
    if ((await writeWhole(target, bytes)).sha256 === sha256) return 'done';
    await rm(target, { force: true });
    return 'failed';
  } catch {
    return 'failed';
  }
}
