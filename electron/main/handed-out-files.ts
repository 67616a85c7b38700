import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { shell } from 'electron';
import type { ShellAnswer } from '../../shared/contract/shell.ts';
import { mayBeOpened, safeName } from './file-names.ts';

/** A file of the engine's store, for it alone may be handed out; null for any other path. */
async function ours(file: string, dataFolder: string): Promise<string | null> {
  try {
    const [real, folder] = await Promise.all([realpath(file), realpath(path.join(dataFolder, 'files'))]);
    return real.startsWith(folder + path.sep) ? real : null;
  } catch {
    return null;
  }
}

/** Opens a read-only copy, under the material's own name, in the program that the user has for it. */
export async function openCopy(file: string, name: string, dataFolder: string, copies: string): Promise<ShellAnswer> {
  const source = await ours(file, dataFolder);
  if (source === null) return { ok: false, code: 'shell.notOurs' };
  const safe = safeName(name);
  if (!mayBeOpened(safe)) return { ok: false, code: 'shell.kindNotOpened' };
  let copy: string;
  try {
    await mkdir(copies, { recursive: true, mode: 0o700 });
    copy = path.join(await mkdtemp(path.join(copies, 'm')), safe);
    await copyFile(source, copy, constants.COPYFILE_FICLONE);
    await chmod(copy, 0o400);
  } catch {
    return { ok: false, code: 'shell.notCopied' };
  }
  return (await shell.openPath(copy)) === '' ? { ok: true } : { ok: false, code: 'shell.noProgram' };
}

/** Writes a copy where the user said. */
export async function saveCopy(file: string, target: string, dataFolder: string): Promise<ShellAnswer> {
  const source = await ours(file, dataFolder);
  if (source === null) return { ok: false, code: 'shell.notOurs' };
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    return { ok: true };
  } catch {
    return { ok: false, code: 'shell.notCopied' };
  }
}

/** Removes the copies of an earlier run or of this one; what another program still holds goes next time. */
export async function forgetCopies(copies: string): Promise<void> {
  await rm(copies, { recursive: true, force: true }).catch(() => undefined);
}
