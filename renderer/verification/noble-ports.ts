import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { Hasher, Verifier } from '../../shared/kernel/ports.ts';

/** Hashes and signatures in plain script: browsers have them under `file://` in part only, and old ones have no Ed25519. */

hashes.sha512 = (message) => Uint8Array.from(sha512(message as Uint8Array));

/** SHA-256 of @noble/hashes. */
export const nobleHasher: Hasher = { sha256 };

/** An Ed25519 verifier on @noble/ed25519, as strict as RFC 8032 and the other verifiers of the program; a malformed key or signature is simply not valid. */
export const nobleVerifier: Verifier = {
  verify(publicKey, data, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return verify(signature, data, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
