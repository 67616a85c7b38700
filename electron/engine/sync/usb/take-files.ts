import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { BUNDLE_CAPS, readFileSegment, SEGMENT, type Manifest } from '../../../../shared/sync/bundle.ts';
import type { SyncPorts } from '../context.ts';
import { BundleFault, ReadFault, type Body } from './read.ts';

/** What became of a bundle's files. */
export interface TakenFiles {
  /** New on this laptop. */
  readonly files: number;
  /** Not taken when it stopped. */
  readonly filesLeft: number;
  /** Why it stopped before the last file: a code, or ''. The records had been taken by then, and so had the files before. */
  readonly stopped: string;
}

interface Segment {
  readonly type: number;
  readonly payload: Uint8Array;
}

/**
 * Takes the files that a material here names and that are not here yet, each under its hash and only where its bytes have that hash. No
 * name or path of the bundle is used. What stops it (no room, cancelled, the stick pulled out) leaves whole files and the records.
 */
export async function takeFiles(ports: SyncPorts, body: Body, first: Segment, manifest: Manifest, call: CallContext): Promise<TakenFiles> {
  const sizes = new Map(manifest.files.map(({ sha256, size }) => [sha256, size]));
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  const wanted = wantedFiles(ports, manifest);
  const left = new Set(wanted);
  let moved = 0;
  let open: string | null = null;
  try {
    for (let next = first; next.type !== SEGMENT.end; next = await body.segment(BUNDLE_CAPS.manifestBytes)) {
      const file = next.type === SEGMENT.file ? readFileSegment(next.payload) : null;
      if (!file || sizes.get(file.sha256) !== file.size) throw new BundleFault('usb.malformed');
      const { sha256, size } = file;
      const take = left.has(sha256);
      if (take) {
        ports.files.remove(sha256);
        open = sha256;
      }
      for (let done = 0; done < size;) {
        call.signal.throwIfAborted();
        const piece = await body.segment(BUNDLE_CAPS.pieceBytes);
        if (piece.type !== SEGMENT.piece || piece.payload.length === 0 || done + piece.payload.length > size)
          throw new BundleFault('usb.malformed');
        if (take) await ports.files.append(sha256, done, piece.payload);
        done += piece.payload.length;
        moved += piece.payload.length;
        call.progress({ label: 'sync.usbFiles', done: moved, total, unit: 'bytes' });
      }
      if (take && (await ports.files.finish(sha256))) left.delete(sha256);
      open = null;
    }
    return { files: wanted.size - left.size, filesLeft: left.size, stopped: left.size > 0 ? 'usb.fileDamaged' : '' };
  } catch (error) {
    // What came of it would only fill the disk: the stick has the whole of it.
    if (open !== null) ports.files.remove(open);
    return { files: wanted.size - left.size, filesLeft: left.size, stopped: reasonOf(error, call) };
  } finally {
    ports.store.announce(['material']);
  }
}

function wantedFiles({ store, files }: SyncPorts, manifest: Manifest): Set<string> {
  const named = store.db.prepare('select 1 from materialVersion where sha256 = ? and size = ? and live = 1 limit 1').pluck();
  return new Set(
    manifest.files
      .filter(({ sha256, size }) => named.get(sha256, size) !== undefined && files.pathOf(sha256) === null)
      .map(({ sha256 }) => sha256),
  );
}

function reasonOf(error: unknown, call: CallContext): string {
  if (error instanceof BundleFault) return error.refusal.code;
  if (call.signal.aborted) return 'job.cancelled';
  if (error instanceof ReadFault) return 'usb.gone';
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'storage.full';
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'storage.readOnly';
  if (code === 'EIO') return 'storage.unreadable';
  throw error;
}
