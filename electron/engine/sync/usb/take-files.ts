import { ok } from '../../../../shared/kernel/result.ts';
import { storageRefusal, type CallContext } from '../../../../shared/contract/rpc.ts';
import { BUNDLE_CAPS, readFileSegment, SEGMENT, type Manifest } from '../../../../shared/sync/bundle.ts';
import type { FileLink } from '../../files/file-link.ts';
import { filesMissing, type NamedFile } from '../../files/needs.ts';
import { transfer } from '../../files/transfer.ts';
import type { SyncPorts } from '../context.ts';
import { BundleFault, ReadFault, type Body } from './read.ts';

/** The counts of a bundle's files that were taken and left, and why taking stopped. */
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
  const wanted = filesMissing(ports, manifest.files);
  const left = new Set(wanted);
  const taken = (stopped: string): TakenFiles => ({ files: wanted.size - left.size, filesLeft: left.size, stopped });
  try {
    const carried = await transfer(ports.files, readingLink(body, first, manifest, left, call));
    return taken(!carried.ok || left.size > 0 ? 'usb.fileDamaged' : '');
  } catch (error) {
    return taken(reasonOf(error, call));
  } finally {
    ports.store.announce(['material']);
  }
}

/** The files of a bundle that is being read, in the order in which they lie there; those that are not `left` to be taken are passed over. Throws what is wrong with the stick. */
export function readingLink(
  body: Pick<Body, 'segment'>,
  first: Segment,
  manifest: Pick<Manifest, 'files'>,
  left: Set<string>,
  call: CallContext,
): FileLink<never> {
  const sizes = new Map(manifest.files.map(({ sha256, size }) => [sha256, size]));
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  let [passed, read] = [0, 0];

  /** The next piece of a file of which `read` bytes were read. */
  async function piece(size: number): Promise<Uint8Array> {
    call.signal.throwIfAborted();
    const { type, payload } = await body.segment(BUNDLE_CAPS.pieceBytes);
    if (type !== SEGMENT.piece || payload.length === 0 || read + payload.length > size) throw new BundleFault('usb.malformed');
    read += payload.length;
    call.progress({ label: 'sync.usbFiles', done: passed + read, total, unit: 'bytes' });
    return payload;
  }

  async function* inOrder(): AsyncGenerator<NamedFile> {
    for (let next = first; next.type !== SEGMENT.end; next = await body.segment(BUNDLE_CAPS.manifestBytes)) {
      const file = next.type === SEGMENT.file ? readFileSegment(next.payload) : null;
      if (!file || sizes.get(file.sha256) !== file.size) throw new BundleFault('usb.malformed');
      read = 0;
      if (left.has(file.sha256)) yield file;
      while (read < file.size) await piece(file.size);
      passed += file.size;
    }
  }

  return {
    down: { files: inOrder(), resumes: false, again: 0, get: async ({ size }) => ({ bytes: await piece(size), refusal: null }) },
    waits: () => false,
    gate: () => ok(null),
    ended(_way, { sha256 }, result) {
      if (result.ok) left.delete(sha256);
    },
    ends: () => 'file',
    // Of what is passed over, too: told with each piece.
    progress: () => undefined,
  };
}

function reasonOf(error: unknown, call: CallContext): string {
  if (error instanceof BundleFault) return error.refusal.code;
  if (call.signal.aborted) return 'job.cancelled';
  if (error instanceof ReadFault) return 'usb.gone';
  const fault = storageRefusal(error);
  if (fault) return fault.code;
  throw error;
}
