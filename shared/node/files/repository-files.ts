import type { Readable } from 'node:stream';
import type { UploadLimits } from './abandoned-uploads.ts';

/**
 * The repository's files, by content: on its disk or in a bucket that several server processes share. A file on its way is held as what arrived
 * of it without a gap; it becomes a file only when its SHA-256 is its name. Two writers of one file never spoil it, and a
 * process that ends at any step leaves something that the next one goes on from. Throws a `FilesFault` when the place itself fails.
 */
export interface RepositoryFiles {
  /** How much of a stream is best handed to `append` at once. */
  readonly piece: number;
  /** Size of a file that is here whole; null when it is not. */
  size(sha256: string): Promise<number | null>;
  /** Bytes without a gap of a file on its way (see `checkedUpload`); 0 where there are none, or where it is whole. */
  partial(upload: string): Promise<number>;
  /** Keeps bytes of a file on its way; returns what is then held without a gap. Bytes beyond a gap do not count, and a whole file stays as it is. */
  append(upload: string, offset: number, bytes: Uint8Array): Promise<number>;
  /**
   * Makes a file of `size` bytes that has arrived appear, once its hash was computed. `damaged`: it was not what its name says, and is thrown away. What one sender sends is
   * `incomplete` where the file came by another meanwhile: nothing shows then that this one has it.
   */
  finish(upload: string, size: number): Promise<Finished>;
  /** The bytes from `start` to `end`, both included, of a file that is here whole. */
  read(sha256: string, start: number, end: number): Promise<Readable>;
  /** Clears what processes that were killed have left behind and nobody needs, and what is on its way beyond the limits. */
  tidy(limits: UploadLimits): Promise<void>;
}

export type Finished = 'whole' | 'damaged' | 'incomplete';

/** The disk or the object storage failed; `code` says how, in its own words, and nothing of a file. */
export class FilesFault extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(`files: ${code}`, { cause });
    this.name = 'FilesFault';
    this.code = code;
  }
}

/** Returns a hash that may become part of a path; throws a RangeError on any other text. */
export function checkedHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256');
  return sha256;
}

/**
 * Parses the name of an upload: a file by its hash, or what one sender sends of it (`<sha256>-<32 hex digits>`), which nobody else's parts touch; throws a
 * RangeError on any other text.
 */
export function checkedUpload(upload: string): { readonly sha256: string; readonly isOnesOwn: boolean } {
  if (!isUpload(upload)) throw new RangeError('not a file on its way');
  return { sha256: upload.slice(0, 64), isOnesOwn: upload.length > 64 };
}

/** Whether a text is the name of an upload. */
export function isUpload(upload: string): boolean {
  return /^[0-9a-f]{64}(-[0-9a-f]{32})?$/.test(upload);
}
