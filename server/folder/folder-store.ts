import { countriesIn } from '../../shared/features/sync/reading.ts';
import type { Hasher } from '../../shared/kernel/ports.ts';
import { planSpace, workshopOf } from '../../shared/model/spaces.ts';
import * as log from '../../shared/node/store/sqlite/change-log.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import type { FolderRegistry } from '../registry.ts';
import type { KnownWorkshop, RepositoryStore } from '../repository-store.ts';
import { certificatesIn } from './folder-certificates.ts';
import { feedIn } from './folder-feed.ts';
import { pushesInto } from './folder-push.ts';
import { everyFileNamed, versionsNaming } from '../files/named-files.ts';

/** A repository's store in a folder: SQLite, one process. */
export interface FolderStore extends RepositoryStore {
  /** Redacts the quarantined change-sets: whatever they say of people who were erased goes. */
  redactQuarantine(): void;
}

/** The store of a repository over an open SQLite store and its register. */
export function folderStore(store: SqliteStore, registry: FolderRegistry, hasher: Hasher): FolderStore {
  const { db, reader } = store;
  // Every hello asks for a device's own chains among those of all devices; a laptop, which has few, does without.
  db.exec('create index if not exists tip_by_replica on tip(replica)');
  // Whose certificate a laptop has is asked of every author whom a pull meets.
  db.exec('create index if not exists change_set_first on change_set(replica) where seq = 1');
  const certificates = certificatesIn(db);
  const present = new Set(log.spaces(db));
  let version = 0;
  store.onChanged(({ spaces, entityTypes }) => {
    const added = [...spaces].filter((space) => !present.has(space));
    for (const space of added) present.add(space);
    if (added.length > 0 || entityTypes.has('activity')) version++;
  });
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
  const pushes = pushesInto(store, registry, { hasher, certificates, workshop });

  return {
    replica: store.replica,
    ...feedIn(db, hasher),
    spaces: () => [...present],
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
        .all<{ id: string; space: SpaceId; size: number | null }>(versionsNaming('materialVersion', '?'), sha256)
        .map(({ id, ...row }) => ({
          ...row,
          authors: reader
            .heads('materialVersion', id, 'sha256')
            .flatMap(({ value, replica }) => (value === sha256 ? (certificates.of(replica) ?? []) : [])),
        })),
    everyFileNamed: () => reader.all(everyFileNamed('materialVersion')),
    ...pushes,
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
