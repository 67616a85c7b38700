import { open } from 'node:fs/promises';
import path from 'node:path';
import type { CallContext, Handlers } from '../../../../shared/contract/rpc.ts';
import type { materialContract } from '../../../../shared/features/material/contract.ts';
import { versionToOpen, type MaterialVersion } from '../../../../shared/features/material/rules.ts';
import { fileType, START_BYTES } from '../../../../shared/features/material/file-type.ts';
import { LARGEST_FILE } from '../../../../shared/model/values.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { sourceFile, SourceFault } from '../../../../shared/node/files/source-file.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { writeChosen } from '../written-file.ts';
import { materialRow, versionRow, versionsOf } from './material-list.ts';

export interface TakenFile {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
}

/**
 * Copies a file of the user into the store's files. Refuses `file.missing`, `file.unreadable`, `material.empty`,
 * `material.tooLarge` {gigabytes}, `material.typeRefused`, `file.changed`, `job.cancelled`; nothing is left behind then.
 */
export async function takeFile(
  { files }: Pick<EngineContext, 'files'>,
  source: string,
  call: CallContext,
): Promise<
  Result<
    TakenFile,
    'file.changed' | 'file.missing' | 'file.unreadable' | 'job.cancelled' | 'material.empty' | 'material.tooLarge' | 'material.typeRefused'
  >
> {
  const start = await startOf(source);
  if (!start.ok) return start;
  const { size, bytes } = start.value;
  if (size === 0) return refuse('material.empty');
  if (size > LARGEST_FILE) return refuse('material.tooLarge', { gigabytes: LARGEST_FILE / 1024 ** 3 });
  const type = fileType(path.basename(source), bytes);
  if (type === null) return refuse('material.typeRefused');
  try {
    const added = await files.put(sourceFile(source, LARGEST_FILE), {
      signal: call.signal,
      onBytes: (done) => call.progress({ label: 'material.copying', done, total: size, unit: 'bytes' }),
    });
    return ok({ ...added, type });
  } catch (error) {
    if (error instanceof SourceFault) return refuse(...FAULTS[error.reason]);
    if (call.signal.aborted) return refuse('job.cancelled');
    throw error;
  }
}

const FAULTS: Readonly<
  Record<
    SourceFault['reason'],
    readonly [code: 'file.missing' | 'file.unreadable' | 'file.changed' | 'material.tooLarge', details?: Record<string, unknown>]
  >
> = {
  missing: ['file.missing'],
  unreadable: ['file.unreadable'],
  changed: ['file.changed'],
  tooLarge: ['material.tooLarge', { gigabytes: LARGEST_FILE / 1024 ** 3 }],
};

/** The size of a file and its first bytes. */
async function startOf(
  source: string,
): Promise<Result<{ readonly size: number; readonly bytes: Uint8Array }, 'file.missing' | 'file.unreadable'>> {
  try {
    const file = await open(source, 'r');
    try {
      const about = await file.stat();
      if (!about.isFile()) return refuse('file.unreadable');
      const { bytesRead, buffer } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
      return ok({ size: about.size, bytes: buffer.subarray(0, bytesRead) });
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
}

/** The calls that give the file of a material out. */
export function materialFileHandlers(
  context: Pick<EngineContext, 'store' | 'files'>,
): Pick<Handlers<typeof materialContract>, 'material.file' | 'material.path' | 'material.copy'> {
  const { files } = context;
  return {
    'material.file': async ({ id, language }) => {
      const file = await wholeFile(context, id, language);
      if (!file.ok) return file;
      const { sha256, fileName, type } = file.value;
      return ok({ sha256, name: fileName, type });
    },

    'material.path': async ({ id, language }) => {
      const file = fileHere(context, id, language);
      if (!file.ok) return file;
      const { sha256, fileName, type, size } = file.value;
      const copy = await files.copyFor(sha256, fileName);
      if (copy === 'notHere') return refuse('material.notHere', { size });
      return copy === 'damaged' ? refuse('material.damaged') : ok({ path: copy.path, sha256, name: fileName, type });
    },

    'material.copy': async ({ id, language, path: chosen }, call) => {
      const file = await wholeFile(context, id, language);
      if (!file.ok) return file;
      const { sha256, fileName, size } = file.value;
      call.progress({ label: 'material.copying', done: 0, total: size, unit: 'bytes' });
      const bytes = files.get(sha256);
      if (bytes === null) return refuse('material.notHere', { size });
      const written = await writeChosen(chosen, bytes);
      return written.ok ? ok({ ...written.value, name: fileName }) : written;
    },
  };
}

/** The version that an id means, with its file here and as its name says. */
async function wholeFile(
  context: Pick<EngineContext, 'store' | 'files'>,
  id: Id,
  language?: Language,
): Promise<Result<MaterialVersion, 'material.damaged' | 'material.notHere' | 'material.unknown'>> {
  const file = fileHere(context, id, language);
  return !file.ok || (await context.files.verify(file.value.sha256)) ? file : refuse('material.damaged');
}

/** The version that an id means (of a material the newest in `language`, else the newest), with its file here. */
function fileHere(
  { store, files }: Pick<EngineContext, 'store' | 'files'>,
  id: Id,
  language?: Language,
): Result<MaterialVersion, 'material.notHere' | 'material.unknown'> {
  const { reader } = store;
  const version = versionRow(reader, id) ?? (materialRow(reader, id) && versionToOpen(versionsOf(reader, id), language));
  if (!version) return refuse('material.unknown');
  const { sha256, size } = version;
  return files.has(sha256) ? ok(version) : refuse('material.notHere', { size });
}
