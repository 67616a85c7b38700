import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { shell } from 'electron';
import type { ShellAnswer } from '../../shared/contract/shell.ts';

/** What may be opened in another program: documents, pictures, sound, film. Nothing that runs, and no macros. */
const OPENED = new Set(
  (
    'pdf pptx ppt ppsx pps odp docx doc odt rtf xlsx xls ods csv tsv txt md epub ics ' +
    'png jpg jpeg gif webp bmp tif tiff heic mp3 m4a aac wav ogg oga opus flac mp4 m4v mov webm mkv avi ogv mpg mpeg'
  )
    .split(' ')
    .map((extension) => `.${extension}`),
);

/** A name that is safe on every file system, whatever a file was called: no path, no control characters, no reserved names. */
export function safeName(name: string): string {
  const base = name
    .split(/[\\/]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const extension = path.extname(base).slice(0, 20);
  const stem = base.slice(0, base.length - path.extname(base).length).slice(0, 100);
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem);
  return `${reserved || stem === '' ? `_${stem}` : stem}${extension}`;
}

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
  if (!OPENED.has(path.extname(safe).toLowerCase())) return { ok: false, code: 'shell.kindNotOpened' };
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
