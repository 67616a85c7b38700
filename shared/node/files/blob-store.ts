import type { Readable } from 'node:stream';
import type { UnderWay } from './abandoned-uploads.ts';

/**
 * Blobs by their SHA-256. One appears whole (written beside, synced, hashed, renamed) or not at all. Where they lie nobody else knows: who shows or
 * hands out bytes asks for a stream of them.
 */
export interface BlobStore {
  /** Whether a blob is here whole. */
  has(sha256: string): boolean;
  /** The size of one that is here whole; null when it is not. */
  size(sha256: string): number | null;
  /** Takes bytes in to their end; returns what they are. The same content twice is one blob. Where the bytes or the disk fail it throws, and nothing is left behind. */
  put(bytes: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<Blob>;
  /** The bytes of one that is here from `start` to before `end` (left out: all of them); null when it is not here. To be read to its end or destroyed. */
  get(sha256: string, range?: { readonly start: number; readonly end: number }): Readable | null;
  /** Re-hashes one that is here; false when it is damaged or missing. */
  verify(sha256: string): Promise<boolean>;
  remove(sha256: string): void;
  /** Total bytes here. */
  bytes(): number;
  /** Bytes that are here of one still on its way (0: none), for resuming. */
  partial(upload: string): number;
  /** Appends received bytes to one on its way. */
  append(upload: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** Verifies one on its way and makes it appear; false (and the part thrown away) when its hash is wrong. */
  finish(upload: string): Promise<boolean>;
  /** What is on its way. */
  underWay(): UnderWay[];
  /** Throws away what has come of one on its way; one that is here whole stays. */
  giveUp(upload: string): void;
}

export interface Blob {
  readonly sha256: string;
  readonly size: number;
}

export interface PutOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((done: number) => void) | undefined;
}

/** Returns so many bytes of a blob from `start`, fewer at its end; null when it is not here (any more). */
export async function partOf(blobs: Pick<BlobStore, 'get'>, sha256: string, start: number, length: number): Promise<Uint8Array | null> {
  const stream = blobs.get(sha256, { start, end: start + length });
  if (stream === null) return null;
  try {
    return Buffer.concat((await stream.toArray()) as Buffer[]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
