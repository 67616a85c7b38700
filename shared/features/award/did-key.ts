import { fromHex, toHex } from '../../kernel/hex.ts';

/**
 * The name of a public key as a DID (`did:key`): the key itself, so that whoever reads it needs to ask nobody. An Ed25519 key as a multikey: `z`, then base 58 of
 * its multicodec (two bytes) and its 32 bytes.
 */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const ED25519 = 'ed01';
const PREFIX = 'did:key:z';
const KEY_BYTES = 32;
/** The signs that 34 bytes with this beginning take in base 58. */
const SIGNS = 47;

/** The DID of an Ed25519 public key. */
export function didOfKey(publicKey: Uint8Array): string {
  if (publicKey.length !== KEY_BYTES) throw new RangeError('no Ed25519 key');
  let rest = BigInt(`0x${ED25519}${toHex(publicKey)}`);
  let signs = '';
  for (; rest > 0n; rest /= 58n) signs = ALPHABET[Number(rest % 58n)]! + signs;
  return PREFIX + signs;
}

/** The public key that a DID names; null where it names no Ed25519 key, or not in the one way in which it is written. */
export function keyOfDid(did: string): Uint8Array | null {
  const signs = did.slice(PREFIX.length);
  if (!did.startsWith(PREFIX) || signs.length !== SIGNS) return null;
  let value = 0n;
  for (const sign of signs) {
    const digit = ALPHABET.indexOf(sign);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  if (hex.length !== ED25519.length + 2 * KEY_BYTES || !hex.startsWith(ED25519)) return null;
  return fromHex(hex.slice(ED25519.length));
}

/** The verification method of a DID of this kind: its only key. */
export function methodOfDid(did: string): string {
  return `${did}#${did.slice(PREFIX.length - 1)}`;
}
