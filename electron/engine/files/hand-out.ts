import type { HandedOut } from '../../../shared/contract/engine-process.ts';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';
import { writeCopy } from '../../../shared/node/files/write-copy.ts';

/** Writes a copy of a file to a path that the shell chose; the shell is told no more than whether it is there. */
export async function handOut(files: Pick<FileRoom, 'get'>, sha256: string, target: string): Promise<HandedOut> {
  const copied = await writeCopy(files, sha256, target).catch(() => 'failed' as const);
  return copied === 'damaged' ? 'failed' : copied;
}
