import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Clock, Compression, Hasher, Random, Signer, Verifier } from '../kernel/ports.ts';

/** SHA-256 from node:crypto. */
export const nodeHasher: Hasher = {
  sha256: (data) => hash('sha256', data, 'buffer'),
};

// One call to the system's generator costs as much as sealing a value: it is asked for many bytes at a time, each given out once.
const POOL_BYTES = 4096;
let pool = new Uint8Array(0);
let used = 0;

/** Random bytes from the operating system. */
export const nodeRandom: Random = {
  bytes(length) {
    if (length > POOL_BYTES) return Uint8Array.from(randomBytes(length));
    if (used + length > pool.length) {
      pool = Uint8Array.from(randomBytes(POOL_BYTES));
      used = 0;
    }
    const bytes = pool.slice(used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  },
};

/** This machine's clock. */
export const nodeClock: Clock = { now: () => Date.now() };

// DER of SubjectPublicKeyInfo and of PKCS #8 up to the 32 raw bytes of an Ed25519 key (RFC 8410).
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 signer for a private key's 32 raw bytes (the seed). Throws a RangeError on another length. */
export function signerOf(seed: Uint8Array): Signer {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length));
  return { publicKey, sign: (data) => sign(null, data, key) };
}

/** The 32 raw bytes of a new Ed25519 private key. */
export function newSeed(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Uint8Array.from(privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length));
}

// Importing a raw key costs nearly as much as a verification, and a pack holds many change-sets of few devices.
const CACHED_KEYS = 512;

/** An Ed25519 verifier that keeps the keys it has met; a malformed key or signature is simply not valid. */
export function nodeVerifier(): Verifier {
  const keys = new Map<string, KeyObject>();
  const keyOf = (raw: Uint8Array): KeyObject => {
    const name = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
    const known = keys.get(name);
    if (known) return known;
    const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
    if (keys.size >= CACHED_KEYS) keys.clear();
    keys.set(name, key);
    return key;
  };
  return {
    verify(publicKey, data, signature) {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      try {
        return verify(null, data, keyOf(publicKey), signature);
      } catch {
        return false;
      }
    },
  };
}

/** Brotli at quality 5: within a tenth of the best and fifty times as fast. */
export const brotli: Compression = {
  compress: (data) =>
    brotliCompressSync(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
  decompress: (data, limit) => brotliDecompressSync(data, { maxOutputLength: Math.max(1, limit) }),
  // Brotli takes no dictionary here.
  compressWith: (data, known) => deflateRawSync(data, { level: 9, memLevel: 9, dictionary: known }),
  decompressWith: (data, known, limit) => inflateRawSync(data, { dictionary: known, maxOutputLength: Math.max(1, limit) }),
};
