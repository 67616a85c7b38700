import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { sha256OfFile, syncFolder } from '../../../../shared/node/files/atomic-file.ts';
import { sealPiece, SEALED_PIECE } from '../../../../shared/node/sealing.ts';
import { BUNDLE_DOMAIN, segment, SEGMENT } from '../../../../shared/sync/bundle.ts';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import type { SyncPorts } from '../context.ts';
import { writeFiles } from './write-files.ts';
import type { Laid, Prepared } from './prepare.ts';

/** A material's file is not what its name says; the bundle is not written. */
class DamagedFile extends Error {}

/**
 * Writes a bundle beside its place, synced, read again and hashed, and only then renamed over what was there. Refuses what the stick does
 * (`usb.full`, `usb.readOnly`, `usb.gone`, `usb.tooLarge`), `usb.fileDamaged`, `job.cancelled`; nothing is left behind then.
 */
export async function writeBundle(
  ports: Pick<SyncPorts, 'signer' | 'store' | 'files'>,
  target: string,
  laid: Laid,
  files: Prepared['files'],
  call: CallContext,
): Promise<Result<{ readonly sha256: string }, UsbRefusal>> {
  const folder = path.dirname(target);
  const beside = path.join(folder, `${prefixOf(ports)}${randomBytes(6).toString('hex')}.part`);
  try {
    if ((await stat(target).catch(() => null))?.isDirectory()) return refuse('file.notWritable');
    sweep(ports, folder);
    const free = await freeBytes(folder);
    if (free !== null && free < laid.bytes) return refuse('usb.full', { needed: laid.bytes, free });
    underWay.add(path.basename(beside));
    const file = await open(beside, 'wx', 0o600);
    let sha256: string;
    try {
      sha256 = await writeTo(file, ports, laid, files, call);
      await file.sync();
    } finally {
      await file.close();
    }
    call.progress({ label: 'sync.usbChecking', done: 0, total: laid.bytes, unit: 'bytes' });
    if ((await sha256OfFile(beside)) !== sha256) throw Object.assign(new Error('the file read back differs'), { code: 'EIO' });
    call.signal.throwIfAborted();
    await rename(beside, target);
    await syncQuietly(folder);
    return ok({ sha256 });
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    if (error instanceof DamagedFile) return refuse('usb.fileDamaged');
    if (call.signal.aborted) return refuse('job.cancelled');
    const code = stickFault(error);
    if (code === null) throw error;
    return refuse(code, { needed: laid.bytes, free: 0 });
  } finally {
    underWay.delete(path.basename(beside));
  }
}

async function writeTo(
  file: FileHandle,
  ports: Pick<SyncPorts, 'signer' | 'files'>,
  laid: Laid,
  files: Prepared['files'],
  call: CallContext,
): Promise<string> {
  const signed = createHash('sha256').update(BUNDLE_DOMAIN);
  const whole = createHash('sha256');
  let written = 0;
  const put = async (bytes: Uint8Array): Promise<void> => {
    call.signal.throwIfAborted();
    signed.update(bytes);
    whole.update(bytes);
    for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, written + done)).bytesWritten;
    written += bytes.length;
    call.progress({ label: 'sync.usbWriting', done: written, total: laid.bytes, unit: 'bytes' });
  };
  await put(laid.start);
  const body = laid.key ? sealedBody(laid.key, put) : { put, end: () => Promise.resolve() };
  for (const bytes of laid.records) await body.put(bytes);
  if (!(await writeFiles(ports.files, files, body.put))) throw new DamagedFile();
  await body.put(segment(SEGMENT.end, new Uint8Array(0)));
  await body.end();
  const signature = ports.signer.sign(signed.copy().digest());
  await put(signature);
  if (written !== laid.bytes) throw new Error('a bundle is not as long as it was laid out');
  return whole.digest('hex');
}

/** Gathers what is written into pieces and seals them; the last is known only at the end. */
function sealedBody(
  key: Uint8Array,
  put: (bytes: Uint8Array) => Promise<void>,
): { put(bytes: Uint8Array): Promise<void>; end(): Promise<void> } {
  let held = Buffer.alloc(0);
  let n = 0;
  return {
    async put(bytes) {
      held = Buffer.concat([held, bytes]);
      for (; held.length > SEALED_PIECE; held = held.subarray(SEALED_PIECE))
        await put(sealPiece(key, n++, false, held.subarray(0, SEALED_PIECE)));
    },
    end: () => put(sealPiece(key, n, true, held)),
  };
}

/** Names what is being written by this laptop: what a power cut left of an earlier one is known by it, and goes. */
function prefixOf({ store }: Pick<SyncPorts, 'store'>): string {
  return `.itinera-${store.replica.slice(0, 8)}-`;
}

const underWay = new Set<string>();

function sweep(ports: Pick<SyncPorts, 'store'>, folder: string): void {
  const prefix = prefixOf(ports);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && name.endsWith('.part') && !underWay.has(name)) rmSync(path.join(folder, name), { force: true });
  }
}

/** Null where the system does not say. */
async function freeBytes(folder: string): Promise<number | null> {
  const { bavail, bsize, blocks } = await statfs(folder);
  return blocks === 0 ? null : bavail * bsize;
}

/** Sticks are formatted with file systems whose folders cannot always be synced. */
async function syncQuietly(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Returns the code of an error of a stick; null: it was not the stick. */
export function stickFault(error: unknown): UsbRefusal | null {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return STICK_FAULTS.find(([codes]) => codes.includes(code))?.[1] ?? null;
}

const STICK_FAULTS: readonly (readonly [codes: readonly string[], code: UsbRefusal])[] = [
  [['ENOSPC', 'EDQUOT'], 'usb.full'],
  [['EROFS', 'EACCES', 'EPERM'], 'usb.readOnly'],
  [['EFBIG'], 'usb.tooLarge'],
  [['EIO', 'ENXIO', 'ENODEV', 'ENOENT', 'ENOTDIR', 'ENOTCONN', 'ESTALE', 'ENAMETOOLONG', 'EINVAL', 'EISDIR'], 'usb.gone'],
];
