import type { Hasher, Signer, Verifier } from '../../shared/kernel/ports.ts';
import {
  decodeCertificate,
  encodeCertificate,
  issueCertificate,
  verifyCertificate,
  type Certificate,
} from '../../shared/sync/certificate.ts';
import type { ReplicaId } from '../../shared/sync/types.ts';
import type { RepositoryStore } from '../repository-store.ts';

type CertificateRows = Pick<RepositoryStore, 'certificates' | 'putCertificate'>;

/** The certificates that this repository has issued, and those that ship with the program. */
export class Certificates {
  readonly #store: CertificateRows;
  readonly #signer: Signer;
  readonly #verifier: Verifier;
  readonly #hasher: Hasher;

  constructor(store: CertificateRows, signer: Signer, verifier: Verifier, hasher: Hasher) {
    this.#store = store;
    this.#signer = signer;
    this.#verifier = verifier;
    this.#hasher = hasher;
  }

  /** Those of these replicas that are certified. */
  async of(replicas: readonly ReplicaId[]): Promise<ReadonlyMap<ReplicaId, Certificate>> {
    return this.#store.certificates(replicas);
  }

  /**
   * The signed bytes, for passing on, in the order of the replicas. A publisher of the library that ships with the program is vouched for by whoever
   * bundled it; towards laptops whose program is older this repository vouches for it.
   */
  async bytesOf(replicas: readonly ReplicaId[]): Promise<Uint8Array[]> {
    const certificates = await this.#store.certificates(replicas);
    return replicas.flatMap((replica) => {
      const certificate = certificates.get(replica);
      if (!certificate) return [];
      return [encodeCertificate(this.#isOurs(certificate) ? certificate : issueCertificate(certificate, this.#signer))];
    });
  }

  #isOurs(certificate: Certificate): boolean {
    return verifyCertificate(certificate, this.#signer.publicKey, this.#verifier, this.#hasher);
  }

  /** Keeps a certificate; an older one never replaces a newer. */
  async keep(certificate: Certificate): Promise<void> {
    const known = (await this.#store.certificates([certificate.replica])).get(certificate.replica);
    if (known && known.issuedAt >= certificate.issuedAt) return;
    await this.#store.putCertificate(certificate);
  }

  /** Takes up certificates of ours that a restored repository had lost; what is not ours is left alone. */
  async learn(encoded: readonly Uint8Array[]): Promise<void> {
    for (const bytes of encoded) {
      const decoded = decodeCertificate(bytes);
      if (decoded.ok && this.#isOurs(decoded.value)) await this.keep(decoded.value);
    }
  }
}
