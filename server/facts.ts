import { createHash } from 'node:crypto';
import type { Reader } from '../shared/node/store/store.ts';
import { feedHead, spaces } from '../shared/node/store/sqlite/change-log.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { answersSpace, parseSpace, peopleSpace, planSpace } from '../shared/model/spaces.ts';
import type { ReplicaId, SpaceId } from '../shared/sync/types.ts';
import { mayRead, type Actor, type Facts, type WorkshopFacts } from './authorisation.ts';
import type { Device, Registry } from './registry.ts';
import { isRole, parseScope } from './roles.ts';

/** The actor of a credential or certificate; null when its role or scope are not ours. */
export function actorOf(claims: Pick<Device, 'user' | 'role' | 'scope'>): Actor | null {
  const scope = parseScope(claims.scope);
  return scope && isRole(claims.role) ? { user: claims.user, role: claims.role, scope } : null;
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
      const creator = registry.creatorOf(id) ?? creators.get(id) ?? firstAuthorOf(reader, id, userOf);
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

/** Where the register of workshops was lost: whose change-set is the first here in one of its spaces. */
function firstAuthorOf(reader: Reader, workshop: string, userOf: (replica: ReplicaId) => string): string | undefined {
  const row = reader.get<{ replica: ReplicaId }>(
    'select replica from change_set where space in (?, ?, ?) order by feed limit 1',
    planSpace(workshop),
    peopleSpace(workshop),
    answersSpace(workshop),
  );
  return row && userOf(row.replica);
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

export interface Grants {
  /** Names the list: an unchanged one need not travel. */
  readonly tag: string;
  /** In the order to fetch them. */
  readonly spaces: readonly SpaceId[];
  readonly readable: ReadonlySet<SpaceId>;
}

/** What each device may read, computed again only when the log or the register of workshops has changed. */
export class GrantsBook {
  readonly #store: SqliteStore;
  readonly #registry: Registry;
  readonly #userOf: (replica: ReplicaId) => string;
  readonly #today: () => string;
  readonly #known = new Map<string, { readonly head: number; readonly day: string; readonly grants: Grants }>();

  constructor(store: SqliteStore, registry: Registry, userOf: (replica: ReplicaId) => string, today: () => string) {
    this.#store = store;
    this.#registry = registry;
    this.#userOf = userOf;
    this.#today = today;
  }

  /** What an actor may read now. */
  of(actor: Actor): Grants {
    const name = JSON.stringify([actor.user, actor.role, actor.scope]);
    const head = feedHead(this.#store.db);
    const day = this.#today();
    const known = this.#known.get(name);
    if (known && known.head === head && known.day === day) return known.grants;
    const facts = factsOf(this.#store.reader, this.#registry, this.#userOf);
    const readable = spaces(this.#store.db).filter((space) => mayRead(actor, space, facts));
    const ordered = this.#inOrder(readable, day);
    const tag = createHash('sha256')
      .update([...readable].sort().join('\n'))
      .digest('hex')
      .slice(0, 16);
    const grants = { tag, spaces: ordered, readable: new Set(ordered) };
    if (this.#known.size > 1_000) this.#known.clear();
    this.#known.set(name, { head, day, grants });
    return grants;
  }

  /** The workshop under way first, then the nearest to come, the library, and what is over, newest first. */
  #inOrder(readable: readonly SpaceId[], day: string): SpaceId[] {
    const rows = this.#store.reader.all<{ id: string; start: string | null; end: string | null }>(
      'select id, "start", "end" from activity',
    );
    const dates = new Map(rows.map((row) => [row.id, row]));
    const rank = (space: SpaceId): string => {
      const parsed = parseSpace(space)!;
      const kind = ['plan', 'people', 'answers'].indexOf(parsed.kind);
      if (kind < 0) return `2 ${space}`;
      const { start, end } = dates.get(parsed.owner!) ?? { start: null, end: null };
      const [from, to] = [String(start ?? ''), String(end ?? '')];
      if (from <= day && day <= to) return `0 ${from} ${parsed.owner} ${kind}`;
      if (from > day) return `1 ${from} ${parsed.owner} ${kind}`;
      return `3 ${99_999_999 - Number(to.replaceAll('-', '').slice(0, 8) || 0)} ${parsed.owner} ${kind}`;
    };
    return readable
      .map((space) => [rank(space), space] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, space]) => space);
  }
}
