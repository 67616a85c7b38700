import { open } from 'node:fs/promises';
import path from 'node:path';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { fileType, START_BYTES } from '../../../../shared/features/material/file-type.ts';
import { LARGEST_FILE } from '../../../../shared/model/values.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { SourceFault } from '../../../../shared/node/files/open-file-store.ts';
import type { EngineContext } from '../../context.ts';

export interface TakenFile {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
}

/**
 * Copies a file of the user into the store's files. Refuses `file.missing`, `file.unreadable`, `material.empty`,
 * `material.tooLarge` {gigabytes}, `material.typeRefused`, `file.changed`, `job.cancelled`; nothing is left behind then.
 */
export async function takeFile({ files }: Pick<EngineContext, 'files'>, source: string, call: CallContext): Promise<Result<TakenFile>> {
  const start = await startOf(source);
  if (!start.ok) return start;
  const { size, bytes } = start.value;
  if (size === 0) return refuse('material.empty');
  if (size > LARGEST_FILE) return refuse('material.tooLarge', { gigabytes: LARGEST_FILE / 1024 ** 3 });
  const type = fileType(path.basename(source), bytes);
  if (type === null) return refuse('material.typeRefused');
  try {
    const added = await files.add(source, {
      signal: call.signal,
      limit: LARGEST_FILE,
      onBytes: (done) => call.progress({ label: 'material.copying', done, total: size, unit: 'bytes' }),
    });
    return ok({ ...added, type });
  } catch (error) {
    if (error instanceof SourceFault) return refuse(...FAULTS[error.reason]);
    if (call.signal.aborted) return refuse('job.cancelled');
    throw error;
  }
}

const FAULTS: Readonly<Record<SourceFault['reason'], readonly [code: string, details?: Record<string, unknown>]>> = {
  missing: ['file.missing'],
  unreadable: ['file.unreadable'],
  changed: ['file.changed'],
  tooLarge: ['material.tooLarge', { gigabytes: LARGEST_FILE / 1024 ** 3 }],
};

/** The size of a file and its first bytes. */
async function startOf(source: string): Promise<Result<{ readonly size: number; readonly bytes: Uint8Array }>> {
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
