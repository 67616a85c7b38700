import {
  CALENDAR,
  DIRECTORY,
  LIBRARY,
  answersSpace,
  institutionSpace,
  parseSpace,
  peopleSpace,
  planSpace,
} from '../shared/model/spaces.ts';
import { spaceHead, spaces } from '../shared/node/store/sqlite/change-log.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { nodeHasher } from '../shared/node/crypto.ts';
import { grantsTag } from '../shared/sync/exchange.ts';
import type { SpaceId } from '../shared/sync/types.ts';
import { mayRead, type Actor, type Facts } from './authorisation.ts';
import type { Registry } from './registry.ts';

export interface Grants {
  /** Names the list: an unchanged one need not travel. */
  readonly tag: string;
  /** In the order to fetch them. */
  readonly spaces: readonly SpaceId[];
  readonly readable: ReadonlySet<SpaceId>;
}

/** What each device may read; worked out again only when a space was added, or an activity (its countries, its dates) changed. */
export class GrantsBook {
  readonly #store: SqliteStore;
  readonly #registry: Registry;
  readonly #facts: Facts;
  readonly #today: () => string;
  readonly #known = new Map<string, Grants>();
  #spaces: Set<SpaceId>;
  #day = '';

  constructor(store: SqliteStore, registry: Registry, facts: Facts, today: () => string) {
    this.#store = store;
    this.#registry = registry;
    this.#facts = facts;
    this.#today = today;
    this.#spaces = new Set(spaces(store.db));
    store.onChanged((changed) => {
      const added = [...changed.spaces].filter((space) => !this.#spaces.has(space));
      for (const space of added) this.#spaces.add(space);
      if (added.length > 0 || changed.entityTypes.has('activity')) this.#known.clear();
    });
  }

  /** What an actor may read now. */
  of(actor: Actor): Grants {
    const day = this.#today();
    if (day !== this.#day || this.#known.size > 1_000) this.#known.clear();
    this.#day = day;
    // Administered from another process: asked for every time.
    const name = JSON.stringify([actor.user, actor.role, actor.scope, this.#registry.revocationNumber()]);
    const known = this.#known.get(name);
    if (known) return known;
    const readable = this.#candidates(actor).filter((space) => mayRead(actor, space, this.#facts));
    const tag = grantsTag(readable, this.#registry.revocationNumber(), nodeHasher);
    const grants = { tag, spaces: this.#inOrder(readable, day), readable: new Set(readable) };
    this.#known.set(name, grants);
    return grants;
  }

  /** The spaces to be asked about: a narrow scope is not asked of every workshop there is. */
  #candidates({ scope, user }: Actor): SpaceId[] {
    if (scope.kind === 'all' || scope.kind === 'country') return [...this.#spaces];
    const workshops = new Set(this.#registry.workshopsOf(user));
    if (scope.kind === 'workshop') workshops.add(scope.id);
    const others = [LIBRARY, CALENDAR, DIRECTORY, ...(scope.kind === 'institution' ? [institutionSpace(scope.id)] : [])];
    return [...others, ...[...workshops].flatMap((id) => [planSpace(id), peopleSpace(id), answersSpace(id)])].filter(
      (space) => spaceHead(this.#store.db, space) > 0,
    );
  }

  /** The workshop under way first, then the nearest to come, what belongs to none, and what is over, newest first. */
  #inOrder(readable: readonly SpaceId[], day: string): SpaceId[] {
    const ranks = new Map<string, string>();
    const rankOf = (workshop: string): string => {
      const known = ranks.get(workshop) ?? this.#rankOf(workshop, day);
      ranks.set(workshop, known);
      return known;
    };
    const place = (space: SpaceId): string => {
      const { kind, owner } = parseSpace(space)!;
      const order = ['plan', 'people', 'answers'].indexOf(kind);
      return order < 0 ? `2 ${space}` : `${rankOf(owner!)} ${owner} ${order}`;
    };
    return readable
      .map((space) => [place(space), space] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, space]) => space);
  }

  #rankOf(workshop: string, day: string): string {
    const row = this.#store.reader.get<{ start: string | null; end: string | null }>(
      'select "start", "end" from activity where id = ?',
      workshop,
    );
    const [from, to] = [String(row?.start ?? ''), String(row?.end ?? '')];
    if (from <= day && day <= to) return `0 ${from}`;
    if (from > day) return `1 ${from}`;
    return `3 ${99_999_999 - (Number(to.replaceAll('-', '').slice(0, 8)) || 0)}`;
  }
}
