import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { NOT_WRITABLE, writeAtomically } from '../../../shared/node/files/atomic-file.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a file where the user chose, whole or not at all and for its user alone. Refuses `file.notWritable`; throws where the disk fails. */
export async function writeChosen(
  chosen: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<Result<WrittenFile, 'file.notWritable'>> {
  const target = path.resolve(chosen);
  try {
    return ok({ path: target, ...(await writeAtomically(target, bytes)) });
  } catch (error) {
    if (NOT_WRITABLE.has((error as NodeJS.ErrnoException).code ?? '')) return refuse('file.notWritable');
    throw error;
  }
}

/** Makes a folder for its user alone where there is none yet, and returns its path. */
export function makeFolder(folder: string): Result<string, 'file.notWritable'> {
  try {
    const target = path.resolve(folder);
    mkdirSync(target, { recursive: true, mode: 0o700 });
    return ok(target);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (NOT_WRITABLE.has(code) || code === 'EEXIST') return refuse('file.notWritable');
    throw error;
  }
}
