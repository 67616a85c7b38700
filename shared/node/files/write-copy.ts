import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { BlobStore } from './blob-store.ts';

/** The outcomes of writing a copy. `damaged`: the file is not what its name says. */
export type CopyOutcome = 'done' | 'notHere' | 'damaged';

/** Writes a copy of a blob to a path, for its user alone. Throws what the disk says. What could not be written whole, or is not what its name says, does not stay. */
export async function writeCopy(blobs: Pick<BlobStore, 'get'>, sha256: string, target: string): Promise<CopyOutcome> {
  const bytes = blobs.get(sha256);
  if (bytes === null) return 'notHere';
  let isWhole = false;
  try {
    // Not synced: somebody waits for it, and it is a copy.
    isWhole = (await write(bytes, target)) === sha256;
    return isWhole ? 'done' : 'damaged';
  } finally {
    bytes.destroy();
    if (!isWhole) await rm(target, { force: true }).catch(() => undefined);
  }
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
