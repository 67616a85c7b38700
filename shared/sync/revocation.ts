import { fromHex, toHex } from '../kernel/hex.ts';
import type { Signer, Verifier } from '../kernel/ports.ts';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import type { ReplicaId } from './types.ts';

/** The devices that a repository has turned out, as it signs it: numbered, so that a newer list is known from an older. */
export interface Revocations {
  /** Grows with every change; 0 while nobody was ever turned out. */
  readonly number: number;
  readonly revoked: readonly { readonly replica: ReplicaId; /** The repository's clock, milliseconds. */ readonly at: number }[];
}

const DOMAIN = 'itinera revocations 1';
const MAX_BYTES = 1 << 20;

/** The bytes that travel: `[number, [[replica, at], ...], signature]`, signed by the repository's key. */
export function encodeRevocations(list: Revocations, signer: Signer): Uint8Array {
  return encodeCanonical([...wire(list), signer.sign(preimage(list))]);
}

/** Reads and verifies a list; null for anything that this repository did not sign. */
export function readRevocations(bytes: Uint8Array, repositoryKey: Uint8Array, verifier: Verifier): Revocations | null {
  const item = decodeCanonical(bytes, MAX_BYTES);
  if (!Array.isArray(item) || item.length !== 3) return null;
  const [number, entries, signature] = item as unknown[];
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || !Array.isArray(entries)) return null;
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return null;
  const revoked: { replica: ReplicaId; at: number }[] = [];
  for (const entry of entries as unknown[]) {
    if (!Array.isArray(entry) || entry.length !== 2) return null;
    const [replica, at] = entry as unknown[];
    if (!(replica instanceof Uint8Array) || replica.length !== 16 || typeof at !== 'number' || !Number.isSafeInteger(at)) return null;
    revoked.push({ replica: toHex(replica), at });
  }
  const list = { number, revoked };
  return verifier.verify(repositoryKey, preimage(list), signature) ? list : null;
}

/**
 * Returns the number of a list that replaces one of `number` at `now` (the repository's clock, milliseconds): above it, and above whatever lists it numbered in
 * a history that was lost with a restore, as long as that clock was right.
 */
export function nextListNumber(number: number, now: number): number {
  return Math.max(number + 1, Math.floor(now));
}

/** Whether a list names devices that another does not: what the other's repository has lost, or has admitted again since. */
export function namesMore(list: Revocations, than: Revocations | null): boolean {
  const known = new Set(than?.revoked.map(({ replica }) => replica));
  return list.revoked.some(({ replica }) => !known.has(replica));
}

function wire({ number, revoked }: Revocations): unknown[] {
  return [number, revoked.map(({ replica, at }) => [fromHex(replica), at])];
}

function preimage(list: Revocations): Uint8Array {
  return encodeCanonical([DOMAIN, ...wire(list)]);
}
