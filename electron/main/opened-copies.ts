import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { markAsForeign } from './foreign-mark.ts';

/** A file of the engine's store, for it alone may be handed out; null for any other path. */
export async function storedFile(file: string, dataFolder: string): Promise<string | null> {
  try {
    const [real, folder] = await Promise.all([realpath(file), realpath(path.join(dataFolder, 'files'))]);
    return real.startsWith(folder + path.sep) ? real : null;
  } catch {
    return null;
  }
}

/** Makes a copy that its user alone may read and nobody write, under this name, in a folder of its own; its path. Throws what the disk says. */
export async function copyToOpen(source: string, name: string, copies: string): Promise<string> {
  await mkdir(copies, { recursive: true, mode: 0o700 });
  const copy = path.join(await mkdtemp(path.join(copies, 'm')), name);
  await copyFile(source, copy, constants.COPYFILE_FICLONE);
  await markAsForeign(copy);
  await chmod(copy, 0o400);
  return copy;
}

/**
 * Removes the copies of an earlier run or of this one, each by itself: what another program still holds goes next time, and keeps
 * none of the others. Never rejects.
 */
export async function forgetCopies(copies: string): Promise<void> {
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
