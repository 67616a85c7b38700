import type { UnderWay } from './abandoned-uploads.ts';

/**
 * Files by content: `files/ab/abcdef...` under the data folder, the name is the SHA-256. A file appears whole (written
 * beside, synced, hashed, renamed) or not at all.
 */
export interface FileStore {
  /** Copies a file in; returns its hash and size. Same content twice is one file. A file over `limit` bytes is not taken. */
  add(path: string, options?: AddOptions): Promise<{ sha256: string; size: number }>;
  /** Absolute path of a file that is here whole; null when it is not. */
  pathOf(sha256: string): string | null;
  /** Bytes that are here of a file still on its way (0: none), for resuming. */
  partial(sha256: string): number;
  /** Appends received bytes to a file on its way. */
  append(sha256: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** Verifies a file on its way and makes it appear; false (and the part thrown away) when its hash is wrong. */
  finish(sha256: string): Promise<boolean>;
  /** Re-hashes a file that is here; false when it is damaged or missing. */
  verify(sha256: string): Promise<boolean>;
  /** Total bytes here. */
  bytes(): number;
  remove(sha256: string): void;
  /** What is on its way. */
  underWay(): UnderWay[];
  /** Throws away what has come of a file on its way; a file that is here whole stays. */
  giveUp(upload: string): void;
}

export interface AddOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((done: number) => void) | undefined;
  readonly limit?: number | undefined;
}
