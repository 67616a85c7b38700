import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/**
 * Sealing for named devices (docs/usb.md, *Sealing*). A device's key of agreement is that of its replica: the X25519 form of its Ed25519
 * key, so that whoever has a device's certificate can seal for it and no second key has to be made, kept and made known.
 */

// DER of SubjectPublicKeyInfo and of PKCS #8 up to the 32 raw bytes of an X25519 key (RFC 8410).
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

const P = 2n ** 255n - 19n;
const INFO = 'itinera bundle 1 key';
const ANSWER = 'itinera sealed answer 1';
const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** The bytes that are sealed in one piece; a sealed body is read piece by piece, each verified before it is used. */
export const SEALED_PIECE = 64 * 1024;

/** The X25519 public key of an Ed25519 public key: u = (1 + y) / (1 - y) (RFC 7748, 4.1). */
export function agreementKeyOf(publicKey: Uint8Array): Uint8Array {
  let y = 0n;
  for (let i = 31; i >= 0; i--) y = (y << 8n) | BigInt(i === 31 ? publicKey[i]! & 127 : publicKey[i]!);
  let u = (((1n + y) % P) * power((((1n - y) % P) + P) % P, P - 2n)) % P;
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++, u >>= 8n) bytes[i] = Number(u & 255n);
  return bytes;
}

/** The X25519 private key of a replica's seed: what Ed25519 itself multiplies by (RFC 8032, 5.1.5). */
function agreementSecretOf(seed: Uint8Array): KeyObject {
  const scalar = hash('sha512', seed, 'buffer').subarray(0, 32);
  return createPrivateKey({ key: Buffer.concat([PKCS8, scalar]), format: 'der', type: 'pkcs8' });
}

/** Wraps a body's key for devices by their Ed25519 public keys. */
export function wrapKey(
  key: Uint8Array,
  recipients: readonly Uint8Array[],
): { readonly ephemeral: Uint8Array; readonly wrapped: readonly Uint8Array[] } {
  const { own: ephemeral, privateKey } = newPair();
  const wrapped = recipients.map((recipient) => {
    const agreement = agreementKeyOf(recipient);
    const shared = diffieHellman({ privateKey, publicKey: publicOf(agreement) });
    return sealWith(wrappingKey(shared, ephemeral, agreement), new Uint8Array(12), key);
  });
  return { ephemeral, wrapped };
}

/** The key of a body by a replica's seed and Ed25519 public key; null: it was not wrapped for this one. */
export function unwrapKey(ephemeral: Uint8Array, wrapped: Uint8Array, seed: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  try {
    const shared = diffieHellman({ privateKey: agreementSecretOf(seed), publicKey: publicOf(ephemeral) });
    const key = openWith(wrappingKey(shared, ephemeral, agreementKeyOf(publicKey)), new Uint8Array(12), wrapped);
    return key?.length === KEY_BYTES ? key : null;
  } catch {
    return null;
  }
}

/** A key of agreement for one answer: `publicKey` is sent, `open` reads what was sealed for it; null: not for this one, or damaged. */
export interface Agreement {
  readonly publicKey: Uint8Array;
  open(sealed: Uint8Array): Uint8Array | null;
}

/** Draws a key of agreement that lives in memory alone. */
export function newAgreement(): Agreement {
  const { own, privateKey } = newPair();
  return {
    publicKey: own,
    open(sealed) {
      try {
        const ephemeral = sealed.subarray(0, KEY_BYTES);
        const shared = diffieHellman({ privateKey, publicKey: publicOf(ephemeral) });
        return openWith(wrappingKey(shared, ephemeral, own, ANSWER), new Uint8Array(12), sealed.subarray(KEY_BYTES));
      } catch {
        return null;
      }
    },
  };
}

/** Seals a short text for a key of agreement: 32 bytes of an ephemeral key, then the sealed bytes. Null: that is no key. */
export function sealFor(agreement: Uint8Array, plain: Uint8Array): Uint8Array | null {
  const { own, privateKey } = newPair();
  try {
    const shared = diffieHellman({ privateKey, publicKey: publicOf(agreement) });
    return Buffer.concat([own, sealWith(wrappingKey(shared, own, agreement, ANSWER), new Uint8Array(12), plain)]);
  } catch {
    return null;
  }
}

function newPair(): { readonly own: Uint8Array; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { own: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length)), privateKey };
}

/** Returns the length of a sealed body of so many bytes. */
export function sealedLength(plain: number): number {
  return plain + TAG_BYTES * Math.max(1, Math.ceil(plain / SEALED_PIECE));
}

/** The length of a piece once it is sealed. */
export const SEALED_PIECE_BYTES = SEALED_PIECE + TAG_BYTES;

/** Seals the n-th piece of a body; the last one says so, so that none can be left off. */
export function sealPiece(key: Uint8Array, n: number, last: boolean, plain: Uint8Array): Uint8Array {
  return sealWith(key, nonceOf(n, last), plain);
}

/** Opens the n-th piece; null when it is not that piece. */
export function openPiece(key: Uint8Array, n: number, last: boolean, sealed: Uint8Array): Uint8Array | null {
  return openWith(key, nonceOf(n, last), sealed);
}

function nonceOf(n: number, last: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(n, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function sealWith(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openWith(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]));
  } catch {
    return null;
  }
}

function wrappingKey(shared: Uint8Array, ephemeral: Uint8Array, agreement: Uint8Array, info = INFO): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([ephemeral, agreement]), info, KEY_BYTES));
}

function publicOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}
