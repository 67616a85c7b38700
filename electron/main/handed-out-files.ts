import { chmod } from 'node:fs/promises';
import { shell } from 'electron';
import type { ShellAnswer } from '../../shared/contract/shell.ts';
import { mayBeOpened, mayHoldMacros, safeName } from './file-names.ts';
import { markAsForeign } from './foreign-mark.ts';
import { copyToOpen, type CopyOut } from './opened-copies.ts';

/** Opens a read-only copy, under the material's own name, in the program that the user has for it; `ask` first where it may hold macros. */
export async function openCopy(
  copyOut: CopyOut,
  name: string,
  opened: string,
  ask: (name: string) => Promise<boolean>,
): Promise<ShellAnswer> {
  const safe = safeName(name);
  if (!mayBeOpened(safe)) return { ok: false, code: 'shell.kindNotOpened' };
  if (mayHoldMacros(safe) && !(await ask(safe))) return { ok: false, code: 'shell.cancelled' };
  const copy = await copyToOpen(copyOut, safe, opened).catch(() => 'failed' as const);
  if (copy === 'notHere') return { ok: false, code: 'shell.notOurs' };
  if (copy === 'failed') return { ok: false, code: 'shell.notCopied' };
  return (await shell.openPath(copy.path)) === '' ? { ok: true } : { ok: false, code: 'shell.noProgram' };
}

/** Writes a copy where the user said. */
export async function saveCopy(copyOut: CopyOut, target: string): Promise<ShellAnswer> {
  const copied = await copyOut(target);
  if (copied !== 'done') return { ok: false, code: copied === 'notHere' ? 'shell.notOurs' : 'shell.notCopied' };
  try {
    await chmod(target, 0o600);
  } catch {
    return { ok: false, code: 'shell.notCopied' };
  }
  await markAsForeign(target);
  return { ok: true };
}
