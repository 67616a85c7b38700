import { readFileSync } from 'node:fs';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { LIBRARY } from '../../model/spaces.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../sync/certificate.ts';
import { decodePack, packReader, type PackReaderPorts } from '../../sync/pack/pack-reader.ts';
import { verifyAll } from '../../sync/vouching.ts';
import type { PackHeader } from '../../sync/pack/pack-header.ts';
import type { ChangeSet, ReplicaId, Tip } from '../../sync/types.ts';
import { brotli, nodeHasher, nodeVerifier } from '../crypto.ts';
import { putCertificate } from './sqlite/certificates.ts';
import type { SqliteStore } from './sqlite/sqlite-store.ts';

/** The pack of courses and questionnaires, under the folder of resources. */
export const LIBRARY_PACK = 'library.pack';

/** The content of a library pack, checked: every change-set is of the library and signed by a publisher that the pack's signer vouches for. */
export interface LibraryContent {
  readonly changeSets: readonly ChangeSet[];
  /** One per publisher: each bundling has a key of its own, which is not kept. */
  readonly publishers: readonly Publisher[];
}

export interface Publisher {
  readonly certificate: Certificate;
  /** As it was signed. */
  readonly bytes: Uint8Array;
}

const ports = (): PackReaderPorts => ({ hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() });

/**
 * Brings the library that ships with the program into a store: the same change-sets on every installation and every repository, so that
 * they are never created twice. Says how many were new; 0, and next to no work, when they are here already.
 * Refuses `library.missing` (no such file) and `library.damaged`.
 */
export function ingestLibrary(store: SqliteStore, file: string): Result<number, 'library.damaged' | 'library.missing'> {
  const content = libraryMissingFrom(store.tips(LIBRARY), file);
  if (!content.ok) return content;
  if (content.value === null) return ok(0);
  const { changeSets, publishers } = content.value;
  const { applied } = store.ingest(changeSets, () => {
    for (const { certificate, bytes: signed } of publishers) {
      const { replica, name } = certificate;
      putCertificate(store.db, { replica, name, publicKey: Buffer.from(certificate.publicKey, 'hex'), bytes: signed });
    }
  });
  return ok(applied);
}

/**
 * The library of a pack, for a store whose library ends in these tips; null, with next to no work, when it is all there. Refuses `library.missing` (no
 * such file) and `library.damaged`.
 */
export function libraryMissingFrom(
  tips: readonly Tip[],
  file: string,
): Result<LibraryContent | null, 'library.damaged' | 'library.missing'> {
  const bytes = readPack(file);
  if (!bytes) return refuse('library.missing');
  const header = headerOf(bytes);
  if (!header) return refuse('library.damaged');
  return isHere(tips, header) ? ok(null) : readLibrary(bytes);
}

/** Reads and checks a library pack; refuses `library.damaged`. */
export function readLibrary(bytes: Uint8Array): Result<LibraryContent, 'library.damaged'> {
  const reading = ports();
  const pack = decodePack(bytes, reading);
  if (!pack.ok) return refuse('library.damaged');
  const publishers: Publisher[] = [];
  for (const signed of pack.value.header.certificates) {
    const certificate = decodeCertificate(signed);
    if (!certificate.ok || !verifyCertificate(certificate.value, pack.value.publicKey, reading.verifier, reading.hasher)) {
      return refuse('library.damaged');
    }
    publishers.push({ certificate: certificate.value, bytes: signed });
  }
  const keys = new Map<ReplicaId, Uint8Array>(
    publishers.map(({ certificate }) => [certificate.replica, Uint8Array.from(Buffer.from(certificate.publicKey, 'hex'))]),
  );
  const { changeSets } = pack.value;
  const genuine = verifyAll(changeSets, (replica) => keys.get(replica), reading);
  const elsewhere = changeSets.some(({ header }) => header.space !== LIBRARY);
  return genuine.ok && !elsewhere ? ok({ changeSets, publishers }) : refuse('library.damaged');
}

/** Who made what ships with the program: the replicas that a library pack names. None where there is no pack. */
export function libraryPublishers(file: string): ReadonlySet<ReplicaId> {
  const bytes = readPack(file);
  const certificates = (bytes && headerOf(bytes))?.certificates ?? [];
  return new Set(
    certificates.flatMap((signed) => {
      const certificate = decodeCertificate(signed);
      return certificate.ok ? [certificate.value.replica] : [];
    }),
  );
}

function readPack(file: string): Uint8Array | null {
  try {
    return Uint8Array.from(readFileSync(file));
  } catch {
    return null;
  }
}

// A start must not pay for a library that it has: the header alone tells.
function headerOf(bytes: Uint8Array): PackHeader | null {
  const reader = packReader(ports());
  for (let at = 0; at < bytes.length; at += 1024) {
    const parts = reader.push(bytes.subarray(at, at + 1024));
    if (!parts.ok) return null;
    const header = parts.value.find((part) => part.part === 'header');
    if (header) return header.header;
  }
  return null;
}

function isHere(tips: readonly Tip[], header: PackHeader): boolean {
  const here = new Set(tips.map(({ hash }) => hash));
  return header.spaces.every(({ to }) => to.every(({ hash }) => here.has(hash)));
}
