import type { NamedFile } from './needs.ts';

/** A stretch of a file that is stored, carried and verified by itself: a blob of its own. */
export interface Chunk {
  readonly sha256: string;
  readonly size: number;
}

/** The chunks of a file, in order. */
export interface Manifest {
  readonly file: NamedFile;
  readonly chunks: readonly Chunk[];
}

/** The manifest of a file: today every file is one chunk, which has the file's own hash. */
export function manifestOf(file: NamedFile): Manifest {
  return { file, chunks: [{ sha256: file.sha256, size: file.size }] };
}
