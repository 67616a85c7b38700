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
