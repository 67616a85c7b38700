import { fromHex } from '../../shared/kernel/hex.ts';
import { certificateOf, putCertificate } from '../../shared/node/store/sqlite/certificates.ts';
import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { decodeCertificate, encodeCertificate, type Certificate } from '../../shared/sync/certificate.ts';
import type { ReplicaId } from '../../shared/sync/types.ts';

/** Looks up certificates, each decoded once. */
export interface Certificates {
  of(replica: ReplicaId): Certificate | undefined;
  put(certificate: Certificate): void;
}

/** The certificates that a store has. */
export function certificatesIn(db: Db): Certificates {
  const read = new Map<ReplicaId, Certificate>();
  return {
    of(replica) {
      const known = read.get(replica);
      if (known) return known;
      const stored = certificateOf(db, replica);
      const decoded = stored && decodeCertificate(stored.bytes);
      if (!decoded?.ok) return undefined;
      read.set(replica, decoded.value);
      return decoded.value;
    },
    put(certificate) {
      const { replica, publicKey, name } = certificate;
      putCertificate(db, { replica, publicKey: fromHex(publicKey), name, bytes: encodeCertificate(certificate) });
      read.set(replica, certificate);
    },
  };
}
