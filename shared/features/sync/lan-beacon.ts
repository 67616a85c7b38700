import type { Hasher, Random } from '../../kernel/ports.ts';
import { toHex } from '../../kernel/hex.ts';

/**
 * The announcement of a laptop to everybody on the network: no name, and nothing that stays the same from one day to the next. Those who pinned
 * its certificate recognise it by the tag.
 */
export interface Beacon {
  /** Six signs that both people can compare, `7K2M-9Q`. */
  readonly label: string;
  readonly salt: string;
  readonly tag: string;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SALT_BYTES = 8;

/** A beacon for one time of being open. */
export function newBeacon(fingerprint: string, random: Random, hasher: Hasher): Beacon {
  const signs = Array.from(random.bytes(6), (byte) => ALPHABET[byte & 31]!).join('');
  const salt = toHex(random.bytes(SALT_BYTES));
  return { label: `${signs.slice(0, 4)}-${signs.slice(4)}`, salt, tag: beaconTag(fingerprint, salt, hasher) };
}

/** Whether a beacon is of the laptop with this certificate. */
export function isBeaconOf(beacon: Pick<Beacon, 'salt' | 'tag'>, fingerprint: string, hasher: Hasher): boolean {
  return beaconTag(fingerprint, beacon.salt, hasher) === beacon.tag;
}

/** Reads a beacon from a network that anybody may write to; null when it is none. */
export function readBeacon(label: unknown, salt: unknown, tag: unknown): Beacon | null {
  if (typeof label !== 'string' || !/^[0-9A-Z]{4}-[0-9A-Z]{2}$/.test(label)) return null;
  if (typeof salt !== 'string' || !/^[0-9a-f]{16}$/.test(salt)) return null;
  if (typeof tag !== 'string' || !/^[0-9a-f]{16}$/.test(tag)) return null;
  return { label, salt, tag };
}

function beaconTag(fingerprint: string, salt: string, hasher: Hasher): string {
  return toHex(hasher.sha256(new TextEncoder().encode(`itinera lan beacon 1 ${salt} ${fingerprint}`)).subarray(0, 8));
}
