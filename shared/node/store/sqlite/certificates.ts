import type { ReplicaId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';
import { statementOn } from './prepared-once.ts';

/** A device's certificate as it was signed; names shown for a value's author come from here and from nowhere else. */
export interface StoredCertificate {
  readonly replica: ReplicaId;
  readonly publicKey: Uint8Array;
  /** The user's name given at enrolment. */
  readonly name: string;
  /** The signed bytes, passed on as they are. */
  readonly bytes: Uint8Array;
}

const COLUMNS = 'replica, public_key as publicKey, name, bytes';

/** Keeps a certificate that the caller has verified; a newer one for the same replica replaces it. */
export function putCertificate(db: Db, { replica, publicKey, name, bytes }: StoredCertificate): void {
  db.prepare(
    `insert into certificate(replica, public_key, name, bytes) values (?, ?, ?, ?)
     on conflict(replica) do update set public_key = excluded.public_key, name = excluded.name, bytes = excluded.bytes`,
  ).run(replica, publicKey, name, bytes);
}

/** The certificate of a replica; undefined when it is not known here. */
export function certificateOf(db: Db, replica: ReplicaId): StoredCertificate | undefined {
  return statementOn(db, `select ${COLUMNS} from certificate where replica = ?`).get(replica) as StoredCertificate | undefined;
}

/** Every certificate that is here, by replica. */
export function certificates(db: Db): StoredCertificate[] {
  return db.prepare(`select ${COLUMNS} from certificate order by replica`).all() as StoredCertificate[];
}
