import { fromHex } from '../shared/kernel/hex.ts';
import type { Hasher, Signer, Verifier } from '../shared/kernel/ports.ts';
import { certificateOf, putCertificate } from '../shared/node/store/sqlite/certificates.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { decodeCertificate, encodeCertificate, issueCertificate, verifyCertificate, type Certificate } from '../shared/sync/certificate.ts';
import type { ReplicaId } from '../shared/sync/types.ts';

/** The certificates that this repository has issued, decoded once. */
export class Certificates {
  readonly #store: SqliteStore;
  readonly #signer: Signer;
  readonly #verifier: Verifier;
  readonly #hasher: Hasher;
  readonly #read = new Map<ReplicaId, Certificate>();

  constructor(store: SqliteStore, signer: Signer, verifier: Verifier, hasher: Hasher) {
    this.#store = store;
    this.#signer = signer;
    this.#verifier = verifier;
    this.#hasher = hasher;
  }

  of(replica: ReplicaId): Certificate | undefined {
    const known = this.#read.get(replica);
    if (known) return known;
    const stored = certificateOf(this.#store.db, replica);
    const decoded = stored && decodeCertificate(stored.bytes);
    if (!decoded?.ok) return undefined;
    this.#read.set(replica, decoded.value);
    return decoded.value;
  }

  /**
   * The signed bytes, for passing on. A publisher of the library that ships with the program is vouched for by whoever bundled it; towards
   * laptops whose program is older this repository vouches for it.
   */
  bytesOf(replica: ReplicaId): Uint8Array | undefined {
    const certificate = this.of(replica);
    if (!certificate) return undefined;
    return encodeCertificate(this.#isOurs(certificate) ? certificate : issueCertificate(certificate, this.#signer));
  }

  #isOurs(certificate: Certificate): boolean {
    return verifyCertificate(certificate, this.#signer.publicKey, this.#verifier, this.#hasher);
  }

  /** The user that a replica is certified for; '' for none. */
  userOf(replica: ReplicaId): string {
    return this.of(replica)?.user ?? '';
  }

  /** Keeps a certificate; an older one never replaces a newer. */
  keep(certificate: Certificate): void {
    const known = this.of(certificate.replica);
    if (known && known.issuedAt >= certificate.issuedAt) return;
    putCertificate(this.#store.db, {
      replica: certificate.replica,
      publicKey: fromHex(certificate.publicKey),
      name: certificate.name,
      bytes: encodeCertificate(certificate),
    });
    this.#read.set(certificate.replica, certificate);
  }

  /** Takes up certificates of ours that a restored repository had lost; what is not ours is left alone. */
  learn(encoded: readonly Uint8Array[]): void {
    for (const bytes of encoded) {
      const decoded = decodeCertificate(bytes);
      if (decoded.ok && this.#isOurs(decoded.value)) this.keep(decoded.value);
    }
  }
}
