import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { HandedOut } from '../../../shared/contract/engine-process.ts';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';

/**
 * Writes a copy of a file to a path that the shell chose, for its user alone; the shell is told no more than whether it is there. What could not be written whole, or
 * is not what its name says, does not stay.
 */
export async function handOut(files: Pick<FileRoom, 'get'>, sha256: string, target: string): Promise<HandedOut> {
  const bytes = files.get(sha256);
  if (bytes === null) return 'notHere';
  try {
    // Not synced: somebody waits for it, and it is a copy.
    if ((await write(bytes, target)) === sha256) return 'done';
  } catch {
    bytes.destroy();
  }
  await rm(target, { force: true }).catch(() => undefined);
  return 'failed';
}

/** The hash of what was written. */
async function write(bytes: AsyncIterable<Uint8Array>, target: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(target, 'w', 0o600);
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
