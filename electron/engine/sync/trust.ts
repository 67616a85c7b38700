import { countriesIn, readingActor, type ReadingActor, type WorkshopFacts } from '../../../shared/features/sync/reading.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Hasher, Verifier } from '../../../shared/kernel/ports.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../../shared/sync/certificate.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import type { LocalSettings } from '../local-settings.ts';
import { accountOf } from './account.ts';
import { repositoryHere } from './usb/trust.ts';

export interface TrustPorts {
  readonly store: Pick<SqliteStore, 'db' | 'reader' | 'replica'>;
  readonly settings: Pick<LocalSettings, 'get'>;
  readonly verifier: Verifier;
  readonly hasher: Hasher;
}

/** What this laptop believes of devices and of who opened a workshop: one answer for the window, the room, sticks and erasures. */
export interface Trust {
  /** A replica's certificate by the repository whose word counts here; null where there is none. */
  certificateOf(replica: ReplicaId): Certificate | null;
  /** What that certificate lets a device do; null: not certified, or a role of a newer program. */
  actorOf(replica: ReplicaId): ReadingActor | null;
  /** The user of a replica, as far as somebody believed says; '' where nobody does. */
  userOf(replica: ReplicaId): string;
  /** A workshop as it stands here: its countries, and the user who opened it ('' where nobody certified them); null while its plan is not here. */
  workshop(id: string): WorkshopFacts | null;
}

/** The trust of a laptop over its store; reads anew at every question. */
export function trustIn({ store, settings, verifier, hasher }: TrustPorts): Trust {
  const believed = (replica: ReplicaId): Certificate | null => {
    const repositoryKey = repositoryHere(settings);
    const stored = repositoryKey === null ? undefined : certificateOf(store.db, replica);
    const decoded = stored && decodeCertificate(stored.bytes);
    if (!decoded?.ok || decoded.value.replica !== replica) return null;
    return verifyCertificate(decoded.value, fromHex(repositoryKey!), verifier, hasher) ? decoded.value : null;
  };
  // Before its first exchange this laptop's own chains have no certificate here; the account says whose they are.
  const userOf = (replica: ReplicaId): string =>
    (replica === store.replica ? accountOf(settings)?.user : undefined) ?? believed(replica)?.user ?? '';
  return {
    certificateOf: believed,
    userOf,
    actorOf(replica) {
      const certificate = believed(replica);
      return certificate && readingActor(certificate);
    },
    workshop(id) {
      const opened = store.reader.get<{ replica: ReplicaId }>(OPENED, planSpace(id));
      if (!opened) return null;
      const row = store.reader.get<{ countries: string | null }>(
        'select countries from activity where id = ? and space = ?',
        id,
        planSpace(id),
      );
      return { creator: userOf(opened.replica), countries: countriesIn(row?.countries) };
    },
  };
}

/** A workshop is opened by the genesis of its plan; where nothing effective says so, by the first that came. */
const OPENED = `select replica from change_set where space = ? and kind not in ('refuse', 'erase')
  order by (kind = 'genesis' and refused is null) desc, feed limit 1`;
