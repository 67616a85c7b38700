import { derivedId, ID_PATTERN, idBytes, uuid, type Id } from '../kernel/ids.ts';
import type { Hasher, Random } from '../kernel/ports.ts';
import type { SpaceId } from '../sync/types.ts';

/**
 * The id of a record says by itself in which space it lives, so that whoever learns of it and writes it into another space first takes nothing from anybody: a UUID
 * of 60 bits of its own and 62 bits of SHA-256 over the space and those. Its version digit is `b`, which RFC 9562 leaves free; ids of other versions
 * are from before, or follow from fields that are written with them (`hasForeignId`), and say nothing of a space.
 */
const DOMAIN = 'itinera record 1';
const VERSION = 11;
const OWN_BYTES = 8;

/** Returns a new random id for a record that is to live in a space; it tells nothing of when it was made. */
export function newRecordId(space: SpaceId, random: Random, hasher: Hasher): Id {
  return recordIdOf(space, random.bytes(OWN_BYTES), hasher);
}

/** The id that follows from these parts in a space: what two people may create apart gets one. */
export function derivedRecordId(space: SpaceId, hasher: Hasher, ...parts: readonly string[]): Id {
  return recordIdOf(space, idBytes(derivedId(hasher, ...parts)), hasher);
}

/** Whether an id says that its record lives in another space than this one. */
export function isOfAnotherSpace(id: Id, space: SpaceId, hasher: Hasher): boolean {
  return id[14] === 'b' && ID_PATTERN.test(id) && recordIdOf(space, idBytes(id), hasher) !== id;
}

function recordIdOf(space: SpaceId, own: Uint8Array, hasher: Hasher): Id {
  const bytes = own.slice(0, OWN_BYTES);
  bytes[6] = (bytes[6]! & 0x0f) | (VERSION << 4);
  const place = new TextEncoder().encode(`${DOMAIN} ${space} `);
  const preimage = new Uint8Array(place.length + OWN_BYTES);
  preimage.set(place);
  preimage.set(bytes, place.length);
  return uuid(Uint8Array.from([...bytes, ...hasher.sha256(preimage).subarray(0, OWN_BYTES)]), VERSION);
}
