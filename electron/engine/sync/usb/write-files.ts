import { createHash } from 'node:crypto';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { FileRoom } from '../../../../shared/node/files/file-room.ts';
import { BUNDLE_CAPS, fileSegment, SEGMENT, segmentHead } from '../../../../shared/sync/bundle.ts';
import type { FileLink } from '../../files/file-link.ts';
import type { NamedFile } from '../../files/needs.ts';
import { transfer } from '../../files/transfer.ts';

/** Writes files into the body of a bundle, in this order; false where one is not here, not as long as it was laid out, or not what its name says: the bundle is then no bundle. */
export async function writeFiles(room: FileRoom, files: readonly NamedFile[], put: (bytes: Uint8Array) => Promise<void>): Promise<boolean> {
  let whole = 0;
  const carried = await transfer(room, {
    ...writingLink(files, put),
    ended(_way, { size }, result) {
      if (result.ok && (result.value === 'carried' || size === 0)) whole++;
    },
  });
  return carried.ok && whole === files.length;
}

/** Files into the body of a bundle that is being written: each whole, head first. */
export function writingLink(files: readonly NamedFile[], put: (bytes: Uint8Array) => Promise<void>): FileLink<'sync.fileDamagedHere'> {
  const sizes = new Map(files.map(({ sha256, size }) => [sha256, size]));
  const damaged = refuse('sync.fileDamagedHere');
  let hash = createHash('sha256');
  return {
    up: {
      files,
      again: { wrong: 0, elsewhere: 0 },
      partSize: () => BUNDLE_CAPS.pieceBytes,
      async held({ sha256, size }) {
        if (sizes.get(sha256) !== size) return damaged;
        hash = createHash('sha256');
        await put(fileSegment(sha256, size));
        return ok(0);
      },
      async put({ sha256, size }, start, bytes) {
        hash.update(bytes);
        await put(segmentHead(SEGMENT.piece, bytes.length));
        await put(bytes);
        const held = start + bytes.length;
        return held === size && hash.digest('hex') !== sha256 ? damaged : ok(held);
      },
    },
    waits: () => false,
    gate: () => ok(null),
    ended: () => undefined,
    ends: () => 'all',
    progress: () => undefined,
  };
}
