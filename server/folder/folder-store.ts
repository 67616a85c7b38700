import { countriesIn } from '../../shared/features/sync/reading.ts';
import type { Hasher } from '../../shared/kernel/ports.ts';
import { fromHex } from '../../shared/kernel/hex.ts';
import { planSpace, workshopOf } from '../../shared/model/spaces.ts';
import { RECORD_RULES } from '../../shared/model/record-rules.ts';
import { certificateOf, putCertificate } from '../../shared/node/store/sqlite/certificates.ts';
import * as log from '../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { ownTips } from '../../shared/node/store/sqlite/own-chains.ts';
import { registers as registersOver } from '../../shared/node/store/sqlite/registers.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { lacksValues, OwnValues, withoutErased } from '../../shared/sync/accept.ts';
import { decodeCertificate, encodeCertificate, type Certificate } from '../../shared/sync/certificate.ts';
import { placeName } from '../../shared/sync/pack/frame-layout.ts';
import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import { rewrittenWithoutErased, type ErasedFacts } from '../push/refused-erasure.ts';
import type { FolderRegistry } from '../registry.ts';
import type { KnownWorkshop, PageRow, PushGround, RepositoryStore } from '../repository-store.ts';

/** Places of chains that are looked up before others are answered. */
const PLACES_AT_ONCE = 200;

/** A repository's store in a folder: SQLite, one process. */
export interface FolderStore extends RepositoryStore {
  /** Takes out of what is set aside whatever is said there of people who were erased. */
  eraseFromRefused(): void;
}

const PAGE_COLUMNS = 'feed, body as bytes, space, replica, seq, received_at as receivedAt';

/** The store of a repository over an open SQLite store and its register. */
export function folderStore(store: SqliteStore, registry: FolderRegistry, hasher: Hasher): FolderStore {
  const { db, reader } = store;
  // Every hello asks for a device's own chains among those of all devices; a laptop, which has few, does without.
  db.exec('create index if not exists tip_by_replica on tip(replica)');
  // Whose certificate a laptop has is asked of every author whom a pull meets.
  db.exec('create index if not exists change_set_first on change_set(replica) where seq = 1');
  const certificates = certificatesIn(db);
  const erased = erasedIn(db, hasher);
  const present = new Set(log.spaces(db));
  let version = 0;
  store.onChanged(({ spaces, entityTypes }) => {
    const added = [...spaces].filter((space) => !present.has(space));
    for (const space of added) present.add(space);
    if (added.length > 0 || entityTypes.has('activity')) version++;
  });
  const sql = {
    inSpace: db.prepare('select 1 from change_set where hash = ? and space = ?').pluck(),
    hashAt: db.prepare('select hash from change_set where feed = ?').pluck(),
    hasNews: db.prepare('select 1 from change_set where feed > ? and replica <> ? and space in (select value from json_each(?)) limit 1'),
    spacesBeyond: db
      .prepare('select value from json_each(?) where coalesce((select max(feed) from change_set where space = value), 0) > ?')
      .pluck(),
    page: db.prepare(`select ${PAGE_COLUMNS} from change_set where space = ? and feed > ? and feed <= ? order by feed limit ?`),
    pageOfOthers: db.prepare(
      `select ${PAGE_COLUMNS} from change_set where space = ? and feed > ? and feed <= ? and replica <> ? order by feed limit ?`,
    ),
    // The unary plus keeps to the order of the feed: a page ends where it is full.
    feedPage: db.prepare(
      `select ${PAGE_COLUMNS} from change_set
       where feed > ? and feed <= ? and replica <> ? and +space in (select value from json_each(?)) order by feed limit ?`,
    ),
    begunBefore: db
      .prepare(
        `select distinct replica from change_set
         where replica in (select value from json_each(?)) and seq = 1 and feed <= ? and +space in (select value from json_each(?))`,
      )
      .pluck(),
    forgetQuarantine: db.prepare('delete from quarantine where hash = ?'),
    tipsOf: db.prepare('select replica, seq, hash from tip where space = ? and replica = ?'),
    record: db.prepare(
      `select c.space, c.replica from written v join change_set c on c.feed = v.feed
       where v.entity = ? and v.type = ? and c.refused is null order by v.feed limit 1`,
    ),
  };

  const held = log.placesOf(db);

  const workshop = (id: string, opener?: string): KnownWorkshop | null => {
    const creator = registry.creatorOf(id) ?? opener;
    if (creator === undefined) return null;
    const row = reader.get<{ countries: string | null; start: string | null; end: string | null }>(
      'select countries, start, "end" from activity where id = ? and space = ?',
      id,
      planSpace(id),
    );
    return { creator, countries: countriesIn(row?.countries), start: row?.start ?? '', end: row?.end ?? '' };
  };
  const userOf = (replica: ReplicaId): string => certificates.of(replica)?.user ?? '';

  // One time for all of a push: what came together says so in a few bytes.
  let receivedAt = 0;
  const counted = { rules: RECORD_RULES, values: registersOver(db).values };
  let own: OwnValues | null = null;
  const ground: PushGround = {
    logged: (hash) => log.changeSetOf(db, hash),
    tipsOf: (space, replica) => sql.tipsOf.all(space, replica) as log.LoggedChangeSet[],
    admits: (changeSet) => (own ??= new OwnValues(counted)).admit(changeSet),
    add(changeSet, verdict) {
      const dated = { receivedAt: () => receivedAt };
      const came = store.receive([changeSet], null, verdict === null ? dated : { ...dated, quarantine: () => verdict });
      if (came.missing.length > 0) return 'missing';
      return verdict === null || came.quarantined > 0 ? 'added' : 'ruledOut';
    },
    write: (request) => void store.commit([request]),
    workshop,
    record(entityType, entityId) {
      const row = sql.record.get(entityId, entityType) as { space: SpaceId; replica: ReplicaId } | undefined;
      return row ? { space: row.space, creator: userOf(row.replica) } : null;
    },
    certificate: (replica) => certificates.of(replica),
    isRevoked: (replica) => Boolean(registry.device(replica)?.revokedAt),
    keptAside: (hash) => registry.keptAside(hash),
    withoutErased: (changeSet) => withoutErased(erased, changeSet),
    lacksValues: (changeSet) => lacksValues(erased, changeSet),
  };

  const eraseFromRefused = (): void => registry.rewriteRefused((bytes) => rewrittenWithoutErased(erased, bytes));

  return {
    replica: store.replica,
    feedHead: () => log.feedHead(db),
    hashAt: (feed) => (sql.hashAt.get(feed) as string | undefined) ?? null,
    spaceHead: (space) => log.spaceHead(db, space),
    spaces: () => [...present],
    spacesBeyond: (spaces, feed) => sql.spacesBeyond.all(JSON.stringify(spaces), feed) as SpaceId[],
    tips: (spaces) => new Map(spaces.map((space) => [space, log.tips(db, space)])),
    ownTips: (replica) => ownTips(db, replica),
    knownAmong: (hashes, space) => new Set(hashes.filter((hash) => sql.inSpace.get(hash, space) !== undefined)),
    hasNews: (spaces, feed, notBy) => sql.hasNews.get(feed, notBy, JSON.stringify(spaces)) !== undefined,
    pages: (starts, { to, notBy, limit }) =>
      new Map(
        starts.map(({ space, after }) => {
          const rows = notBy === null ? sql.page.all(space, after, to, limit) : sql.pageOfOthers.all(space, after, to, notBy, limit);
          return [space, rows as PageRow[]];
        }),
      ),
    feedPage: (spaces, after, { to, notBy, limit }) => sql.feedPage.all(after, to, notBy, JSON.stringify(spaces), limit) as PageRow[],
    begunBefore: (replicas, spaces, feed) =>
      new Set(sql.begunBefore.all(JSON.stringify(replicas), feed, JSON.stringify(spaces)) as ReplicaId[]),
    referentsOf: (hashes) => hashes.flatMap((hash) => log.changeSetAlone(db, hash, hasher) ?? []),
    async bodiesAt(places, mostBytes) {
      const found = new Map<string, Uint8Array>();
      let bytes = 0;
      for (const [i, place] of places.entries()) {
        // Others are answered in between.
        if (i % PLACES_AT_ONCE === PLACES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
        const row = held.at(place);
        if (!row) continue;
        bytes += row.body.length;
        if (bytes > mostBytes) return null;
        found.set(placeName(place), row.body);
      }
      return found;
    },
    certificates: (replicas) =>
      new Map(
        replicas.flatMap((replica) => {
          const certificate = certificates.of(replica);
          return certificate ? [[replica, certificate] as const] : [];
        }),
      ),
    putCertificate: (certificate) => certificates.put(certificate),
    grantsVersion: () => String(version),
    workshops: (ids) =>
      new Map(
        ids.flatMap((id) => {
          const known = workshop(id);
          return known ? [[id, known] as const] : [];
        }),
      ),
    filesNamed: (sha256) =>
      reader
        .all<{ id: string; space: SpaceId; size: number | null }>('select id, space, size from materialVersion where sha256 = ?', sha256)
        .map(({ id, ...row }) => ({
          ...row,
          authors: reader
            .heads('materialVersion', id, 'sha256')
            .flatMap(({ value, replica }) => (value === sha256 ? (certificates.of(replica) ?? []) : [])),
        })),
    everyFileNamed: () => reader.all('select distinct sha256, space from materialVersion where sha256 is not null'),
    take(changeSets, push) {
      receivedAt = Math.floor(push.beside().at);
      own = null;
      store.transaction(() => {
        for (const changeSet of changeSets) push.each(changeSet, ground);
        push.judged();
        push.last(ground.write);
        const { at, creators, refused } = push.beside();
        // A ruling says it from now on.
        for (const { hash } of refused) sql.forgetQuarantine.run(hash);
        // Before the transaction ends: a workshop without a creator would be closed to who made it, a creator without a workshop harms nobody.
        if (creators.size > 0) registry.addWorkshops(creators, at);
        if (refused.length > 0) registry.addRefused(refused);
      });
      const { stands, erased: anybody } = push.beside();
      // Only now: what was set aside is all there is of it until it is in the log.
      for (const hash of stands) registry.forgetRefused(hash);
      if (anybody) eraseFromRefused();
    },
    eraseFromRefused,
  };
}

/**
 * The workshops in the log that the register does not have (it was put back from an older copy), each with the user whose change-set is
 * the first in it.
 */
export function unregisteredWorkshops(store: SqliteStore, registry: FolderRegistry): Map<string, string> {
  const { db } = store;
  const certificates = certificatesIn(db);
  const found = new Map<string, { readonly feed: number; readonly user: string }>();
  const first = db.prepare('select feed, replica from change_set where space = ? order by feed limit 1');
  for (const space of log.spaces(db)) {
    const id = workshopOf(space);
    if (id === null || registry.creatorOf(id) !== undefined) continue;
    const { feed, replica } = first.get(space) as { feed: number; replica: ReplicaId };
    const known = found.get(id);
    if (!known || feed < known.feed) found.set(id, { feed, user: certificates.of(replica)?.user ?? '' });
  }
  return new Map([...found].map(([id, { user }]) => [id, user]));
}

/** Certificates, decoded once. */
function certificatesIn(db: Db): { of(replica: ReplicaId): Certificate | undefined; put(certificate: Certificate): void } {
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

function erasedIn(db: Db, hasher: Hasher): ErasedFacts {
  const inSpace = db.prepare('select 1 from erasure where entity = ? and type = ? and space = ?');
  const anywhere = db.prepare('select 1 from erasure where entity = ? and type = ?');
  return {
    hasher,
    rules: RECORD_RULES,
    isErased: (entityType, entityId, space) => inSpace.get(entityId, entityType, space) !== undefined,
    isErasedPerson: (entityId) => anywhere.get(entityId, RECORD_RULES.personType) !== undefined,
  };
}
