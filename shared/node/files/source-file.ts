import { open, stat, type FileHandle } from 'node:fs/promises';

/** The error of a file of the user that could not be read: it is not there, not a file that may be read, longer than allowed, or it changed meanwhile. */
export class SourceFault extends Error {
  readonly reason: 'missing' | 'unreadable' | 'tooLarge' | 'changed';
  constructor(reason: SourceFault['reason']) {
    super(`source ${reason}`);
    this.name = 'SourceFault';
    this.reason = reason;
  }
}

const PIECE = 1 << 20;

/** The bytes of a file of the user, in pieces of a megabyte that are good until the next one is asked for. Throws a `SourceFault`; one over `limit` bytes is `tooLarge`. */
export async function* sourceFile(file: string, limit = Number.MAX_SAFE_INTEGER): AsyncGenerator<Uint8Array> {
  const source = await openSource(file);
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    let size = 0;
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, PIECE, null).catch(() => {
        throw new SourceFault('unreadable');
      });
      if (bytesRead === 0) break;
      size += bytesRead;
      if (size > limit) throw new SourceFault('tooLarge');
      yield buffer.subarray(0, bytesRead);
    }
    if ((await source.stat()).size !== size) throw new SourceFault('changed');
  } finally {
    await source.close();
  }
}

async function openSource(file: string): Promise<FileHandle> {
  const about = await stat(file).catch((error: unknown) => {
    throw new SourceFault(['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'missing' : 'unreadable');
  });
  if (!about.isFile()) throw new SourceFault('unreadable');
  return open(file, 'r').catch(() => {
    throw new SourceFault('unreadable');
  });
}
