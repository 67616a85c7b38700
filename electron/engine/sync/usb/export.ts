import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import path from 'node:path';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { SyncPorts } from '../context.ts';
import { recordWritten } from './history.ts';
import { layOutBundle, packsOf, prepareBundle, tooManyRecords, type ExportWish, type Prepared } from './prepare.ts';
import { writeBundle } from './write.ts';

export interface Exported {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly prepared: Prepared;
}

/** The content of an export, as it would be written now. */
export interface ExportPlan {
  readonly prepared: Prepared;
  readonly bytes: number;
}

// More than this is not packed only to be measured: the first part tells how well the rest packs.
const MEASURED = 4 << 20;

/** Returns what would be written and how long it would be. Refuses as `prepareBundle` does. */
export function planExport(ports: SyncPorts, wish: ExportWish): Result<ExportPlan, UsbRefusal> {
  const prepared = prepareBundle(ports, wish);
  if (!prepared.ok) return prepared;
  const packs: Uint8Array[] = [];
  let share = 1;
  for (const { pack, done, plainBytes } of packsOf(ports, prepared.value.feeds)) {
    packs.push(pack);
    share = done / prepared.value.feeds.length;
    if (plainBytes > MEASURED) break;
  }
  const measured = packs.reduce((sum, { length }) => sum + length, 0);
  const { bytes } = layOutBundle(ports, prepared.value, packs);
  return ok({ prepared: prepared.value, bytes: Math.round(bytes + measured / share - measured) });
}

/**
 * Writes a bundle and writes down what it carried. Refuses as `prepareBundle` and `writeBundle` do, and `usb.tooManyRecords`. A file of that
 * name is replaced only once the new one is whole.
 */
export async function exportBundle(
  ports: SyncPorts,
  file: string,
  wish: ExportWish,
  call: CallContext,
): Promise<Result<Exported, UsbRefusal>> {
  // Beside the store lie its key, its lock and its logs: a bundle must not take the place of any of them.
  if (path.dirname(file) === path.resolve(ports.folder)) return refuse('file.notWritable');
  const prepared = prepareBundle(ports, wish);
  if (!prepared.ok) return prepared;
  const { feeds, spaces, files } = prepared.value;
  const packs: Uint8Array[] = [];
  for (const { pack, done } of packsOf(ports, feeds)) {
    packs.push(pack);
    call.progress({ label: 'sync.usbPacking', done, total: feeds.length, unit: 'items' });
    await new Promise((resolve) => setImmediate(resolve));
    if (call.signal.aborted) return refuse('job.cancelled');
  }
  if (tooManyRecords(prepared.value, packs)) return refuse('usb.tooManyRecords');
  const laid = layOutBundle(ports, prepared.value, packs);
  const written = await writeBundle(ports, file, laid, files, call);
  if (!written.ok) return written;
  recordWritten(ports.settings, {
    id: laid.id,
    at: new Date(laid.createdAt).toISOString(),
    name: path.basename(file),
    to: wish.to,
    spaces: spaces.map(({ space, to }) => ({ space, tips: to })),
    changeSets: feeds.length,
    files: files.map(({ sha256 }) => sha256),
    bytes: laid.bytes,
    recipients: prepared.value.recipients.map(({ replica }) => replica),
  });
  return ok({ id: laid.id, sha256: written.value.sha256, bytes: laid.bytes, prepared: prepared.value });
}
