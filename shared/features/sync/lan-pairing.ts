import { fromHex, toHex } from '../../kernel/hex.ts';
import type { Hasher, Random, Signer, Verifier } from '../../kernel/ports.ts';
import { encodeCanonical } from '../../sync/canonical.ts';
import { replicaIdOf } from '../../sync/change-set.ts';
import type { ReplicaId } from '../../sync/types.ts';

/**
 * How two laptops that know nothing of each other make sure that nobody stands between them: a commitment, two random numbers, and a
 * short code that people compare. The construction and what it is worth: docs/lan.md, *Pairing*.
 */

/** One of the two laptops, as the pairing binds it. */
export interface PairingSide {
  /** SHA-256 of its TLS certificate, 64 hex digits: as the connection showed it, never as a message says. */
  readonly fingerprint: string;
  /** Its replica's Ed25519 public key, 64 hex digits. */
  readonly publicKey: string;
  /** The user's name. */
  readonly name: string;
  /** The public key of the repository it is enrolled with; '' for none. */
  readonly repository: string;
}

export const NONCE_BYTES = 32;
export const CODE_DIGITS = 6;

const COMMITMENT = 'itinera lan commitment 1';
const TRANSCRIPT = 'itinera lan pairing 1';
const PROOF = 'itinera lan proof 1';

/** A random number for one pairing, 64 hex digits. */
export function pairingNonce(random: Random): string {
  return toHex(random.bytes(NONCE_BYTES));
}

/** Returns the commitment of the asking laptop to its number, sent before it has seen the other's; the number itself follows after. */
export function commitmentTo(nonce: string, asking: PairingSide, hasher: Hasher): string {
  return toHex(hasher.sha256(encodeCanonical([COMMITMENT, fromHex(nonce), ...wireSide(asking)])));
}

/** Returns the digest of everything that both laptops must have seen alike. */
export function pairingTranscript(
  asking: PairingSide,
  askingNonce: string,
  asked: PairingSide,
  askedNonce: string,
  hasher: Hasher,
): string {
  const content = [TRANSCRIPT, ...wireSide(asking), fromHex(askingNonce), ...wireSide(asked), fromHex(askedNonce)];
  return toHex(hasher.sha256(encodeCanonical(content)));
}

/** The six digits that people compare. */
export function shortCode(transcript: string): string {
  // 64 bits modulo a million: no code is likelier than another by more than one part in 10^13.
  const number = BigInt(`0x${transcript.slice(0, 16)}`) % 10n ** BigInt(CODE_DIGITS);
  return number.toString().padStart(CODE_DIGITS, '0');
}

/** A replica's signature over the pairing: shows that the laptop holds the key it names. */
export function pairingProof(transcript: string, role: 'asking' | 'asked', signer: Signer): string {
  return toHex(signer.sign(proofContent(transcript, role)));
}

export function isPairingProof(
  proof: string,
  transcript: string,
  role: 'asking' | 'asked',
  publicKey: string,
  verifier: Verifier,
): boolean {
  return verifier.verify(fromHex(publicKey), proofContent(transcript, role), fromHex(proof));
}

/** The replica of a side: its id is the hash of its key, so nobody can take another's. */
export function replicaOf(side: Pick<PairingSide, 'publicKey'>, hasher: Hasher): ReplicaId {
  return replicaIdOf(fromHex(side.publicKey), hasher);
}

function proofContent(transcript: string, role: 'asking' | 'asked'): Uint8Array {
  return encodeCanonical([PROOF, role, fromHex(transcript)]);
}

function wireSide({ fingerprint, publicKey, name, repository }: PairingSide): unknown[] {
  return [fromHex(fingerprint), fromHex(publicKey), name, repository];
}
