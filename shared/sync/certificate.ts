import { fromHex, toHex } from '../kernel/hex.ts';
import type { Hasher, Signer, Verifier } from '../kernel/ports.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { replicaIdOf } from './change-set.ts';
import type { ReplicaId } from './types.ts';

/** The claims of the repository about a replica when it enrols a device; names shown beside values come from here, never from records. */
export interface CertificateClaims {
  readonly replica: ReplicaId;
  /** Raw Ed25519 public key, 64 hex digits. */
  readonly publicKey: string;
  readonly user: string;
  /** The user's name as others see it. */
  readonly name: string;
  readonly role: string;
  readonly scope: string;
  /** The repository's clock, milliseconds. */
  readonly issuedAt: number;
}

export interface Certificate extends CertificateClaims {
  /** By the repository's key, 128 hex digits. */
  readonly signature: string;
}

const DOMAIN = 'itinera certificate 1';
const MAX_BYTES = 4_096;
const MAX_TEXT = 500;

/** Signs claims with the repository's key. */
export function issueCertificate(claims: CertificateClaims, signer: Signer): Certificate {
  return { ...claims, signature: toHex(signer.sign(preimage(claims))) };
}

/** Whether the repository with this key issued the certificate, and the certified key is the replica's. */
export function verifyCertificate(certificate: Certificate, repositoryKey: Uint8Array, verifier: Verifier, hasher: Hasher): boolean {
  return (
    replicaIdOf(fromHex(certificate.publicKey), hasher) === certificate.replica &&
    verifier.verify(repositoryKey, preimage(certificate), fromHex(certificate.signature))
  );
}

/** The bytes that travel: `[replica, public key, user, name, role, scope, issued at, signature]`. */
export function encodeCertificate(certificate: Certificate): Uint8Array {
  return encodeCanonical([...wireClaims(certificate), fromHex(certificate.signature)]);
}

/** Reads one certificate; refuses `sync.malformed` for anything that `encodeCertificate` would not have written. Not verified yet. */
export function decodeCertificate(bytes: Uint8Array): Result<Certificate, 'sync.malformed'> {
  const item = decodeCanonical(bytes, MAX_BYTES);
  if (!Array.isArray(item) || item.length !== 8) return refuse('sync.malformed');
  const [replica, publicKey, user, name, role, scope, issuedAt, signature] = item as unknown[];
  if (!isBytes(replica, 16) || !isBytes(publicKey, 32) || !isBytes(signature, 64)) return refuse('sync.malformed');
  if (!isText(user) || !isText(name) || !isText(role) || !isText(scope)) return refuse('sync.malformed');
  if (typeof issuedAt !== 'number' || !Number.isSafeInteger(issuedAt)) return refuse('sync.malformed');
  return ok({ replica: toHex(replica), publicKey: toHex(publicKey), user, name, role, scope, issuedAt, signature: toHex(signature) });
}

function preimage(claims: CertificateClaims): Uint8Array {
  return encodeCanonical([DOMAIN, ...wireClaims(claims)]);
}

function wireClaims(claims: CertificateClaims): unknown[] {
  const { replica, publicKey, user, name, role, scope, issuedAt } = claims;
  return [fromHex(replica), fromHex(publicKey), user, name, role, scope, issuedAt];
}

function isBytes(item: unknown, length: number): item is Uint8Array {
  return item instanceof Uint8Array && item.length === length;
}

function isText(item: unknown): item is string {
  return typeof item === 'string' && item.length <= MAX_TEXT && !/\p{Surrogate}/u.test(item);
}
