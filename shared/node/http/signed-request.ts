import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { fromHex, toHex } from '../../kernel/hex.ts';

/**
 * Requests signed with the secret of a session: `Authorization: Itinera ` and 54 characters, base64url of the replica (16 bytes), when the session ends and when
 * the request was made (4 bytes each, seconds by the repository's clock), and twice 8 bytes of HMAC-SHA-256: over the request without its body, so that a
 * stranger's body need not be read, and with it. What a listener reads there serves for the same request again for a few minutes and for nothing else, and no clock of a laptop is asked.
 */
export interface SignedBy {
  readonly replica: string;
  /** Seconds by the repository's clock. */
  readonly until: number;
  readonly at: number;
}

/** What is signed of a request. `body`: left out where it is verified otherwise. */
export interface SignedRequest {
  readonly method: string;
  /** Under the repository's address, with its leading slash. */
  readonly path: string;
  readonly body?: Uint8Array | undefined;
}

/** A signature as it was presented; whether it is right is another question (`isSignedWith`). */
export interface Presented extends SignedBy {
  /** Over the request without its body. */
  readonly head: Uint8Array;
  readonly whole: Uint8Array;
}

export const SCHEME = 'Itinera';
const CODE_BYTES = 8;
const NAMED_BYTES = 24;

/** The value of the header for a request. */
export function signedHeader(key: Uint8Array, by: SignedBy, request: SignedRequest): string {
  const { method, path } = request;
  const codes = [codeOf(key, by, { method, path }), codeOf(key, by, request)];
  return `${SCHEME} ${Buffer.concat([bytesOf(by), ...codes]).toString('base64url')}`;
}

/** Reads a header; null when it is none of this kind. */
export function readSignedHeader(header: string): Presented | null {
  const text = /^Itinera ([A-Za-z0-9_-]{54})$/.exec(header)?.[1];
  if (text === undefined) return null;
  const bytes = Buffer.from(text, 'base64url');
  return {
    replica: toHex(bytes.subarray(0, 16)),
    until: bytes.readUInt32BE(16),
    at: bytes.readUInt32BE(20),
    head: bytes.subarray(NAMED_BYTES, NAMED_BYTES + CODE_BYTES),
    whole: bytes.subarray(NAMED_BYTES + CODE_BYTES),
  };
}

/** Whether a presented signature is that of the request under this key: of all that is given of it. */
export function isSignedWith(key: Uint8Array, presented: Presented, request: SignedRequest): boolean {
  return timingSafeEqual(codeOf(key, presented, request), request.body === undefined ? presented.head : presented.whole);
}

/** The secret of a replica's session that ends at `until`, from the repository's own: nothing of sessions is kept anywhere. */
export function sessionSecret(own: Uint8Array, replica: string, until: number): Uint8Array {
  return createHmac('sha256', own).update(`itinera session 1\n${replica}\n${until}`).digest();
}

function bytesOf({ replica, until, at }: SignedBy): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(until, 0);
  numbers.writeUInt32BE(at, 4);
  return Buffer.concat([fromHex(replica), numbers]);
}

function codeOf(key: Uint8Array, by: SignedBy, { method, path, body }: SignedRequest): Buffer {
  const digest = body === undefined ? '-' : createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', key).update(bytesOf(by)).update(`${method}\n${path}\n${digest}`).digest().subarray(0, CODE_BYTES);
}
