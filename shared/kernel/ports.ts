/** The ports that the core needs from outside; composition roots hand in the real thing, tests a controlled one. */

export interface Clock {
  /** Milliseconds since 1970 as this device's clock says; it may be wrong by years. */
  now(): number;
}

export interface Random {
  /** `length` random bytes, fit for keys. */
  bytes(length: number): Uint8Array;
}

export interface Hasher {
  /** SHA-256, 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
}

export interface Signer {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Ed25519 signature, 64 bytes. */
  sign(data: Uint8Array): Uint8Array;
}

export interface Verifier {
  /** Whether `signature` is the Ed25519 signature of `data` by `publicKey` (raw, 32 bytes). */
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean;
}

export interface Compression {
  compress(data: Uint8Array): Uint8Array;
  /** Throws when the result would exceed `limit` bytes or the input is damaged. */
  decompress(data: Uint8Array, limit: number): Uint8Array;
  /** Compresses against bytes that both sides know: for what is too small to repeat itself. */
  compressWith(data: Uint8Array, known: Uint8Array): Uint8Array;
  /** Throws as `decompress` does. */
  decompressWith(data: Uint8Array, known: Uint8Array, limit: number): Uint8Array;
}
