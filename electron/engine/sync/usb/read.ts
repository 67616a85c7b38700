import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import { createHash, hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import { openPiece, SEALED_PIECE_BYTES } from '../../../../shared/node/sealing.ts';
import {
  BUNDLE_CAPS,
  BUNDLE_DOMAIN,
  BUNDLE_START,
  readHead,
  readSegmentHead,
  readStart,
  SEGMENT_HEAD,
  SIGNATURE_BYTES,
  type BundleHead,
} from '../../../../shared/sync/bundle.ts';
import { equalBytes } from '../../../../shared/sync/canonical.ts';
import { concat } from '../../../../shared/sync/encode.ts';
import type { SyncPorts } from '../context.ts';
import { stickFault } from './write.ts';

/** Bytes that are hashed in one piece, and looked at again in one piece. */
const BLOCK = 1 << 20;

/** The error that stops the reading of a bundle; caught where it began, so that nothing of it is applied. */
export class BundleFault extends Error {
  readonly refusal: Refusal<UsbRefusal>;
  constructor(code: UsbRefusal, details: Record<string, unknown> = {}) {
    super(code);
    this.name = 'BundleFault';
    this.refusal = { code, details };
  }
}

/** A bundle whose signature fits every byte of it; who signed is still to be believed. */
export interface SignedBundle {
  readonly head: BundleHead;
  readonly publicKey: Uint8Array;
  /** SHA-256 of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  /** The body from its first byte, each piece of it checked again against what was signed. `key`: of a sealed one. */
  body(key: Uint8Array | null): Body;
}

/**
 * Opens a file and verifies the signature over all of it before anything in it is looked at, then hands it to `work`; it is closed after. Refuses
 * `usb.notOurs`, `usb.isBackup`, `usb.newer`, `usb.cut`, `usb.altered`, `usb.gone`, `file.missing`, `job.cancelled`, and what `work` throws as a
 * BundleFault.
 */
export async function withBundle<T>(
  ports: Pick<SyncPorts, 'verifier'>,
  path: string,
  call: CallContext,
  work: (bundle: SignedBundle) => Promise<Result<T, UsbRefusal>>,
): Promise<Result<T, UsbRefusal>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
  try {
    return await work(await verified(ports, file, call));
  } catch (error) {
    if (error instanceof BundleFault) return { ok: false, refusal: error.refusal };
    if (call.signal.aborted) return refuse('job.cancelled');
    if (error instanceof ReadFault) return refuse('usb.gone');
    throw error;
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** The error of a stick that was pulled out, or cannot be read. What the laptop's own disk does is another error. */
export class ReadFault extends Error {}

async function verified({ verifier }: Pick<SyncPorts, 'verifier'>, file: FileHandle, call: CallContext): Promise<SignedBundle> {
  const about = await file.stat();
  if (!about.isFile()) throw new BundleFault('file.unreadable');
  const { size } = about;
  const first = await readAt(file, 0, Math.min(size, BUNDLE_START));
  if (Buffer.from(first.subarray(0, 15)).toString('latin1') === 'SQLite format 3') throw new BundleFault('usb.isBackup');
  const start = readStart(first);
  if (typeof start === 'string') throw new BundleFault(start === 'newer' ? 'usb.newer' : isBeginning(first) ? 'usb.cut' : 'usb.notOurs');
  if (size < start.length) throw new BundleFault('usb.cut', { bytes: size, whole: start.length });
  const least = BUNDLE_START + 4 + SIGNATURE_BYTES;
  if (size > start.length || size < least) throw new BundleFault('usb.altered');

  const signed = createHash('sha256').update(BUNDLE_DOMAIN);
  const whole = createHash('sha256');
  const blocks: Buffer[] = [];
  const end = size - SIGNATURE_BYTES;
  for (let at = 0; at < end; at += BLOCK) {
    call.signal.throwIfAborted();
    call.progress({ label: 'sync.usbChecking', done: at, total: size, unit: 'bytes' });
    const block = await readAt(file, at, Math.min(BLOCK, end - at));
    signed.update(block);
    whole.update(block);
    blocks.push(hash('sha256', block, 'buffer'));
  }
  const signature = await readAt(file, end, SIGNATURE_BYTES);
  if (!verifier.verify(start.publicKey, signed.digest(), signature)) throw new BundleFault('usb.altered');

  // From here on what is read is what was signed: a stick may give other bytes the second time.
  const checked = async (at: number): Promise<Uint8Array> => {
    call.signal.throwIfAborted();
    const block = await readAt(file, at * BLOCK, Math.min(BLOCK, end - at * BLOCK));
    if (!equalBytes(hash('sha256', block, 'buffer'), blocks[at]!)) throw new BundleFault('usb.altered');
    return block;
  };
  const stream = new ByteStream(0, end, checked);
  await stream.take(BUNDLE_START);
  const headLength = Buffer.from(await stream.take(4)).readUInt32BE();
  if (headLength > BUNDLE_CAPS.headBytes || headLength > stream.left) throw new BundleFault('usb.malformed');
  const head = readHead(await stream.take(headLength));
  if (!head) throw new BundleFault('usb.malformed');
  const bodyAt = end - stream.left;
  return {
    head,
    publicKey: start.publicKey,
    sha256: whole.update(signature).digest('hex'),
    bytes: size,
    body(key) {
      const lying = new ByteStream(bodyAt, end, checked);
      return new Body(key ? new OpenedStream(lying, key) : lying);
    },
  };
}

interface Stream {
  /** Exactly so many bytes. */
  take(length: number): Promise<Uint8Array>;
  ended(): Promise<boolean>;
}

/** A part of the file, block by block. */
class ByteStream implements Stream {
  readonly #end: number;
  readonly #checked: (block: number) => Promise<Uint8Array>;
  #at: number;
  #block: { readonly n: number; readonly bytes: Uint8Array } | null = null;

  constructor(at: number, end: number, checked: (block: number) => Promise<Uint8Array>) {
    this.#at = at;
    this.#end = end;
    this.#checked = checked;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  async take(length: number): Promise<Uint8Array> {
    if (length > this.left) throw new BundleFault('usb.malformed');
    const taken = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const n = Math.floor(this.#at / BLOCK);
      if (this.#block?.n !== n) this.#block = { n, bytes: await this.#checked(n) };
      const from = this.#at - n * BLOCK;
      const piece = this.#block.bytes.subarray(from, from + length - done);
      taken.set(piece, done);
      done += piece.length;
      this.#at += piece.length;
    }
    return taken;
  }

  ended(): Promise<boolean> {
    return Promise.resolve(this.left === 0);
  }
}

/** A sealed part of the file, opened piece by piece. */
class OpenedStream implements Stream {
  readonly #sealed: ByteStream;
  readonly #key: Uint8Array;
  #plain: Uint8Array = new Uint8Array(0);
  #n = 0;

  constructor(sealed: ByteStream, key: Uint8Array) {
    this.#sealed = sealed;
    this.#key = key;
  }

  async take(length: number): Promise<Uint8Array> {
    while (this.#plain.length < length) if (!(await this.#more())) throw new BundleFault('usb.malformed');
    const taken = this.#plain.slice(0, length);
    this.#plain = this.#plain.subarray(length);
    return taken;
  }

  async ended(): Promise<boolean> {
    while (this.#plain.length === 0) if (!(await this.#more())) return true;
    return false;
  }

  async #more(): Promise<boolean> {
    const { left } = this.#sealed;
    if (left === 0) return false;
    const sealed = await this.#sealed.take(Math.min(left, SEALED_PIECE_BYTES));
    const opened = openPiece(this.#key, this.#n++, this.#sealed.left === 0, sealed);
    if (!opened) throw new BundleFault('usb.altered');
    this.#plain = this.#plain.length === 0 ? opened : concat([this.#plain, opened]);
    return true;
  }
}

/** Reads the segments of a body in order. Throws a BundleFault where it is not as it was signed, or holds what none may. */
export class Body {
  readonly #stream: Stream;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  async segment(limit: number): Promise<{ readonly type: number; readonly payload: Uint8Array }> {
    const { length, type } = readSegmentHead(await this.#stream.take(SEGMENT_HEAD));
    if (length > limit) throw new BundleFault('usb.malformed');
    return { type, payload: await this.#stream.take(length) };
  }

  ended(): Promise<boolean> {
    return this.#stream.ended();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done).catch((error: unknown) => {
      if (stickFault(error) === null) throw error;
      throw new ReadFault();
    });
    if (bytesRead === 0) throw new ReadFault();
    done += bytesRead;
  }
  return bytes;
}

function isBeginning(bytes: Uint8Array): boolean {
  const name = 'ITINUSB'.slice(0, bytes.length);
  return bytes.length > 0 && bytes.length < BUNDLE_START && Buffer.from(bytes.subarray(0, name.length)).toString('latin1') === name;
}
