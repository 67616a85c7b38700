import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Holds documents that were made to be opened, in memory until the shell has had its copy. */
export interface MadeDocuments {
  /** Returns the name, a SHA-256, by which the shell asks for it. */
  keep(bytes: Uint8Array): string;
  forget(sha256: string): void;
  /** The bytes; null where none is kept under this name. */
  get(sha256: string): Readable | null;
}

export function madeDocuments(): MadeDocuments {
  // One paper may be asked for twice at once.
  const kept = new Map<string, { readonly bytes: Uint8Array; readonly times: number }>();
  return {
    keep(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      kept.set(sha256, { bytes, times: (kept.get(sha256)?.times ?? 0) + 1 });
      return sha256;
    },
    forget(sha256) {
      const one = kept.get(sha256);
      if (one && one.times > 1) kept.set(sha256, { ...one, times: one.times - 1 });
      else kept.delete(sha256);
    },
    get(sha256) {
      const one = kept.get(sha256);
      return one ? Readable.from([one.bytes]) : null;
    },
  };
}
