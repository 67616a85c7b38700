import { readingActor, type WorkshopFacts } from '../shared/features/sync/reading.ts';
import type { Reader } from '../shared/node/store/store.ts';
import { parseSpace, planSpace } from '../shared/model/spaces.ts';
import { spaces } from '../shared/node/store/sqlite/change-log.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import type { ReplicaId, SpaceId } from '../shared/sync/types.ts';
import type { Actor, Facts } from './authorisation.ts';
import type { Device, Registry } from './registry.ts';

/** The actor of a credential or certificate; null when its role or scope are not ours. */
export function actorOf(claims: Pick<Device, 'user' | 'role' | 'scope'>): Actor | null {
  return readingActor(claims);
}

/** Looks facts up as they stand. `creators` adds what the push under way has found and not yet written down. */
export function factsOf(
  reader: Reader,
  registry: Registry,
  userOf: (replica: ReplicaId) => string,
  creators: ReadonlyMap<string, string> = new Map(),
): Facts {
  return {
    workshop(id): WorkshopFacts | null {
      const creator = registry.creatorOf(id) ?? creators.get(id);
      if (creator === undefined) return null;
      const row = reader.get<{ countries: string | null }>('select countries from activity where id = ? and space = ?', id, planSpace(id));
      return { creator, countries: countriesIn(row?.countries) };
    },
    record(entityType, entityId) {
      const row = reader.get<{ space: SpaceId; replica: ReplicaId }>(
        `select c.space, c.replica from written v join change_set c on c.feed = v.feed
         where v.entity = ? and v.type = ? and c.refused is null order by v.feed limit 1`,
        entityId,
        entityType,
      );
      return row ? { space: row.space, creator: userOf(row.replica) } : null;
    },
  };
}

/**
 * The workshops in the log that the register does not have (it was put back from an older copy), each with the user whose change-set is
 * the first in it.
 */
export function unregisteredWorkshops(store: SqliteStore, registry: Registry, userOf: (replica: ReplicaId) => string): Map<string, string> {
  const found = new Map<string, { readonly feed: number; readonly user: string }>();
  const first = store.db.prepare('select feed, replica from change_set where space = ? order by feed limit 1');
  for (const space of spaces(store.db)) {
    const id = workshopOf(space);
    if (id === null || registry.creatorOf(id) !== undefined) continue;
    const { feed, replica } = first.get(space) as { feed: number; replica: ReplicaId };
    const known = found.get(id);
    if (!known || feed < known.feed) found.set(id, { feed, user: userOf(replica) });
  }
  return new Map([...found].map(([id, { user }]) => [id, user]));
}

/** The workshop that a space belongs to; null for any other space. */
export function workshopOf(space: SpaceId): string | null {
  const parsed = parseSpace(space);
  return parsed && parsed.kind !== 'institution' ? parsed.owner : null;
}

function countriesIn(text: string | null | undefined): string[] {
  const value: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
