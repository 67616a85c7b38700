import { fromHex, toHex } from '../kernel/hex.ts';
import { ID_PATTERN, idBytes, type Id } from '../kernel/ids.ts';
import type { Hasher, Random } from '../kernel/ports.ts';
import type { ReplicaId } from '../sync/types.ts';

/**
 * The id of a workshop says by itself which replica may open it, so that whoever pushes a workshop first owns nothing: UUIDv8 of 40 random bits
 * and 82 bits of SHA-256 over the replica and those bits. It needs no record beside it, so each of the three spaces can be
 * judged alone and in any order. Ids of other versions are from before (UUIDv7) and bound to nobody.
 */
const DOMAIN = 'itinera workshop 1';
const NONCE_BYTES = 5;

/** Returns a new workshop id under which only this replica may open a workshop. */
export function newWorkshopId(replica: ReplicaId, random: Random, hasher: Hasher): Id {
  return workshopIdOf(replica, random.bytes(NONCE_BYTES), hasher);
}

/** Returns the id of a replica's workshop for five bytes of nonce; the nonce is the id's first ten digits. */
export function workshopIdOf(replica: ReplicaId, nonce: Uint8Array, hasher: Hasher): Id {
  const preimage = Uint8Array.from([...new TextEncoder().encode(DOMAIN), ...fromHex(replica), ...nonce]);
  const bytes = Uint8Array.from([...nonce, ...hasher.sha256(preimage).subarray(0, 16 - NONCE_BYTES)]);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether an id is of the kind that is bound to a replica. */
export function isBoundWorkshopId(id: Id): boolean {
  return ID_PATTERN.test(id) && id[14] === '8';
}

/** Whether a bound id is this replica's; false for ids that are bound to nobody. */
export function isWorkshopIdOf(id: Id, replica: ReplicaId, hasher: Hasher): boolean {
  return isBoundWorkshopId(id) && workshopIdOf(replica, idBytes(id).subarray(0, NONCE_BYTES), hasher) === id;
}

/** Whether a replica's change-set may be the first of a workshop: its own ids, and those that are bound to nobody. */
export function mayOpenWorkshopId(id: Id, replica: ReplicaId, hasher: Hasher): boolean {
  return !isBoundWorkshopId(id) || isWorkshopIdOf(id, replica, hasher);
}
