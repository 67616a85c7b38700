import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { fromHex, toHex } from '../../kernel/hex.ts';

/**
 * The replica and times that sign a request with the secret of a session: `Authorization: Key ` and 46 characters, base64url of the replica (16 bytes), when
 * the session ends (4 bytes, seconds by the repository's clock), how many seconds before that the request was made (2 bytes), and twice HMAC-SHA-256: 4 bytes
 * over the request without its body, so that a stranger's body need not be read, and 8 bytes that decide, with it. What a listener reads there serves for the
 * same request again for a few minutes and for nothing else, and no clock of a laptop is asked. As short as it is because every exchange pays for it.
 */
export interface SignedBy {
  readonly replica: string;
  /** Seconds by the repository's clock. */
  readonly until: number;
  readonly at: number;
}

/** The parts of a request that are signed. `body`: left out where it is verified otherwise. */
export interface SignedRequest {
  readonly method: string;
  /** Under the repository's address, with its leading slash. */
  readonly path: string;
  readonly body?: Uint8Array | undefined;
}

/** A signature as it was presented; whether it is right is another question (`isSignedWith`). */
export interface Presented extends SignedBy {
  /** Over the request without its body: worth reading that, and no more. */
  readonly head: Uint8Array;
  readonly whole: Uint8Array;
}

const SCHEME = 'Key';
const NAMED_BYTES = 22;
const HEAD_BYTES = 4;
const WHOLE_BYTES = 8;

/** The value of the header for a request. */
export function signedHeader(key: Uint8Array, by: SignedBy, request: SignedRequest): string {
  const codes = [headOf(key, by, request), wholeOf(key, by, request)];
  return `${SCHEME} ${Buffer.concat([bytesOf(by), ...codes]).toString('base64url')}`;
}

/** Reads a header; null when it is none of this kind. */
export function readSignedHeader(header: string): Presented | null {
  const text = /^Key ([A-Za-z0-9_-]{46})$/.exec(header)?.[1];
  if (text === undefined) return null;
  const bytes = Buffer.from(text, 'base64url');
  // The last sign has bits to spare: there is one form of every header.
  if (bytes.toString('base64url') !== text) return null;
  const until = bytes.readUInt32BE(16);
  return {
    replica: toHex(bytes.subarray(0, 16)),
    until,
    at: until - bytes.readUInt16BE(20),
    head: bytes.subarray(NAMED_BYTES, NAMED_BYTES + HEAD_BYTES),
    whole: bytes.subarray(NAMED_BYTES + HEAD_BYTES),
  };
}

/** Whether the 4 bytes over a request without its body are right, so that its body is worth reading. */
export function isHeadSignedWith(key: Uint8Array, presented: Presented, request: SignedRequest): boolean {
  return timingSafeEqual(headOf(key, presented, request), presented.head);
}

/** Whether a presented signature is that of the request under this key, its body included. */
export function isSignedWith(key: Uint8Array, presented: Presented, request: SignedRequest): boolean {
  return timingSafeEqual(wholeOf(key, presented, request), presented.whole);
}

/** The secret of a replica's session that ends at `until`, from the repository's own: nothing of sessions is kept anywhere. */
export function sessionSecret(own: Uint8Array, replica: string, until: number): Uint8Array {
  return createHmac('sha256', own).update(`itinera session 1\n${replica}\n${until}`).digest();
}

function bytesOf({ replica, until, at }: SignedBy): Buffer {
  const numbers = Buffer.alloc(6);
  numbers.writeUInt32BE(until, 0);
  numbers.writeUInt16BE(Math.min(0xffff, Math.max(0, until - at)), 4);
  return Buffer.concat([fromHex(replica), numbers]);
}

function headOf(key: Uint8Array, by: SignedBy, { method, path }: SignedRequest): Buffer {
  return codeOver(key, by, ['head', method, path]).subarray(0, HEAD_BYTES);
}

function wholeOf(key: Uint8Array, by: SignedBy, { method, path, body }: SignedRequest): Buffer {
  const digest = body === undefined ? '-' : createHash('sha256').update(body).digest('hex');
  return codeOver(key, by, ['whole', method, path, digest]).subarray(0, WHOLE_BYTES);
}

function codeOver(key: Uint8Array, by: SignedBy, said: readonly string[]): Buffer {
  return createHmac('sha256', key).update(bytesOf(by)).update(said.join('\n')).digest();
}
