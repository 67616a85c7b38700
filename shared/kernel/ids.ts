import { fromHex, toHex } from './hex.ts';
import type { Hasher, Random } from './ports.ts';

/** An entity's id: a UUID in lower case (RFC 9562). */
export type Id = string;

export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** UUIDv4: tells nothing of when it was made. For what is no record; a record's is `newRecordId`. */
export function randomId(random: Random): Id {
  return uuid(random.bytes(16), 4);
}

/**
 * UUIDv8 from the SHA-256 of its parts: what two people may create apart gets one id (an attendance mark: that of its cell).
 */
export function derivedId(hasher: Hasher, ...parts: readonly string[]): Id {
  const text = parts.map((part) => `${part.length}:${part}`).join('');
  return uuid(hasher.sha256(new TextEncoder().encode(text)).slice(0, 16), 8);
}

/** The 16 bytes of an id; throws a RangeError when it is none. */
export function idBytes(id: Id): Uint8Array {
  if (!ID_PATTERN.test(id)) throw new RangeError('not an id');
  return fromHex(id.replaceAll('-', ''));
}

/** The id of 16 bytes, with the digit of a version (RFC 9562) set in them. */
export function uuid(bytes: Uint8Array, version: 4 | 8 | 11): Id {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
