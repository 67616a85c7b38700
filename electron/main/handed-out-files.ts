import { constants } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { shell } from 'electron';
import type { ShellAnswer } from '../../shared/contract/shell.ts';
import { mayBeOpened, mayHoldMacros, safeName } from './file-names.ts';
import { markAsForeign } from './foreign-mark.ts';
import { copyToOpen, storedFile } from './opened-copies.ts';

/** Opens a read-only copy, under the material's own name, in the program that the user has for it; `ask` first where it may hold macros. */
export async function openCopy(
  file: string,
  name: string,
  { data, opened }: { readonly data: string; readonly opened: string },
  ask: (name: string) => Promise<boolean>,
): Promise<ShellAnswer> {
  const source = await storedFile(file, data);
  if (source === null) return { ok: false, code: 'shell.notOurs' };
  const safe = safeName(name);
  if (!mayBeOpened(safe)) return { ok: false, code: 'shell.kindNotOpened' };
  if (mayHoldMacros(safe) && !(await ask(safe))) return { ok: false, code: 'shell.cancelled' };
  let copy: string;
  try {
    copy = await copyToOpen(source, safe, opened);
  } catch {
    return { ok: false, code: 'shell.notCopied' };
  }
  return (await shell.openPath(copy)) === '' ? { ok: true } : { ok: false, code: 'shell.noProgram' };
}

/** Writes a copy where the user said. */
export async function saveCopy(file: string, target: string, dataFolder: string): Promise<ShellAnswer> {
  const source = await storedFile(file, dataFolder);
  if (source === null) return { ok: false, code: 'shell.notOurs' };
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    await chmod(target, 0o600);
    await markAsForeign(target);
    return { ok: true };
  } catch {
    return { ok: false, code: 'shell.notCopied' };
  }
}
