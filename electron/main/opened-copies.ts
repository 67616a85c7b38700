import { chmod, mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { HandedOut } from '../../shared/contract/engine-process.ts';
import { markAsForeign } from './foreign-mark.ts';

/** The function that has the engine write a copy of one of its files to a path. */
export type CopyOut = (target: string) => Promise<HandedOut>;

/** Makes a copy that its user alone may read and nobody write, under this name, in a folder of its own. Throws what the disk says; what the engine could not give leaves nothing. */
export async function copyToOpen(
  copyOut: CopyOut,
  name: string,
  copies: string,
): Promise<{ readonly path: string } | Exclude<HandedOut, 'done'>> {
  await mkdir(copies, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(copies, 'm'));
  const copy = path.join(folder, name);
  const copied = await copyOut(copy);
  if (copied !== 'done') {
    await forget(folder);
    return copied;
  }
  await markAsForeign(copy);
  await chmod(copy, 0o400);
  return { path: copy };
}

/**
 * Removes the copies of an earlier run or of this one, each by itself: what another program still holds goes next time, and keeps
 * none of the others. Never rejects.
 */
export async function removeOpenedCopies(copies: string): Promise<void> {
  for (const name of await readdir(copies).catch((): string[] => [])) await forget(path.join(copies, name));
  // Where nothing was left, and nothing was opened meanwhile.
  await rmdir(copies).catch(() => undefined);
}

async function forget(folder: string): Promise<void> {
  // Windows removes no file that is read-only, and no system empties a folder that is.
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) await chmod(path.join(folder, entry.name), 0o600).catch(() => undefined);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}
