import { countriesIn, readingActor, type ReadingActor, type WorkshopFacts } from '../../../shared/features/sync/reading.ts';
import type { RecordFacts } from '../../../shared/features/sync/rights.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Hasher, Verifier } from '../../../shared/kernel/ports.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../../shared/sync/certificate.ts';
import type { Hash, ReplicaId, SpaceId } from '../../../shared/sync/types.ts';
import type { LocalSettings } from '../local-settings.ts';
import { accountOf } from './repository/account.ts';
import { repositoryHere } from './usb/trust.ts';

export interface TrustPorts {
  readonly store: Pick<SqliteStore, 'db' | 'reader' | 'replica'>;
  readonly settings: Pick<LocalSettings, 'get'>;
  readonly verifier: Verifier;
  readonly hasher: Hasher;
}

/** The certificates, actors and workshops that this laptop believes: one answer for the window, the room, sticks and erasures. */
export interface Trust {
  /** A replica's certificate by the repository whose word counts here; null where there is none. */
  certificateOf(replica: ReplicaId): Certificate | null;
  /** What that certificate lets a device do; null: not certified, or a role of a newer program. */
  actorOf(replica: ReplicaId): ReadingActor | null;
  /** What this laptop's own certificate lets its user do; null where it belongs to no repository, or is not certified by it yet: then nothing is refused here. */
  self(): ReadingActor | null;
  /** The user of a replica, as far as somebody believed says; '' where nobody does. */
  userOf(replica: ReplicaId): string;
  /** A workshop as it stands here: its countries, and the user who opened it ('' where nobody certified them); null while its plan is not here. */
  workshop(id: string): WorkshopFacts | null;
  /** Where a record lives, and who wrote it first; null where nobody has written it. */
  record(entityType: string, entityId: string): RecordFacts | null;
}

/** The trust of a laptop over its store; reads anew at every question. */
export function trustIn({ store, settings, verifier, hasher }: TrustPorts): Trust {
  // A signature is checked once for the same bytes and the same repository: these questions are asked at every tap.
  const checked = new Map<ReplicaId, { readonly bytes: Uint8Array; readonly by: string; readonly certificate: Certificate | null }>();
  const believed = (replica: ReplicaId): Certificate | null => {
    const repositoryKey = repositoryHere(settings);
    const stored = repositoryKey === null ? undefined : certificateOf(store.db, replica);
    if (!stored) return null;
    const before = checked.get(replica);
    if (before?.by === repositoryKey && Buffer.compare(before!.bytes, stored.bytes) === 0) return before!.certificate;
    const decoded = decodeCertificate(stored.bytes);
    const isOurs =
      decoded.ok && decoded.value.replica === replica && verifyCertificate(decoded.value, fromHex(repositoryKey!), verifier, hasher);
    const certificate = isOurs ? decoded.value : null;
    checked.set(replica, { bytes: stored.bytes, by: repositoryKey!, certificate });
    return certificate;
  };
  // Before its first exchange this laptop's own chains have no certificate here; the account says whose they are.
  const userOf = (replica: ReplicaId): string =>
    (replica === store.replica ? accountOf(settings)?.user : undefined) ?? believed(replica)?.user ?? '';
  const actorOf = (replica: ReplicaId): ReadingActor | null => {
    const certificate = believed(replica);
    return certificate && readingActor(certificate);
  };
  // An opener that is a genesis stays one as long as its change-set is here and counts.
  const openers = new Map<string, { readonly replica: ReplicaId; readonly hash: Hash }>();
  const openerOf = (id: string): ReplicaId | null => {
    const known = openers.get(id);
    if (known && store.reader.get('select 1 from change_set where hash = ? and refused is null', known.hash)) return known.replica;
    const opened = store.reader.get<{ replica: ReplicaId; hash: Hash; counts: number }>(OPENED, planSpace(id));
    if (opened?.counts) openers.set(id, opened);
    return opened?.replica ?? null;
  };
  return {
    certificateOf: believed,
    userOf,
    actorOf,
    self: () => (accountOf(settings) ? actorOf(store.replica) : null),
    workshop(id) {
      const opener = openerOf(id);
      if (opener === null) return null;
      const row = store.reader.get<{ countries: string | null }>(
        'select countries from activity where id = ? and space = ?',
        id,
        planSpace(id),
      );
      return { creator: userOf(opener), countries: countriesIn(row?.countries) };
    },
    record(entityType, entityId) {
      const first = store.reader.get<{ space: SpaceId; replica: ReplicaId }>(FIRST_WRITE, entityId, entityType);
      return first ? { space: first.space, creator: userOf(first.replica) } : null;
    },
  };
}

/** A workshop is opened by the genesis of its plan; where nothing effective says so, by the first that came. */
const OPENED = `select replica, hash, kind = 'genesis' and refused is null as counts from change_set
  where space = ? and kind not in ('refuse', 'erase') order by counts desc, feed limit 1`;

const FIRST_WRITE = `select c.space, c.replica from written v join change_set c on c.feed = v.feed
  where v.entity = ? and v.type = ? and c.refused is null order by v.feed limit 1`;
