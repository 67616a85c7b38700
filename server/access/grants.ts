import { mayRead, type Actor } from '../../shared/features/sync/rights.ts';
import {
  CALENDAR,
  DIRECTORY,
  LIBRARY,
  answersSpace,
  institutionSpace,
  parseSpace,
  peopleSpace,
  planSpace,
  workshopOf,
} from '../../shared/model/spaces.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { grantsTag } from '../../shared/sync/exchange.ts';
import { daysInRooms } from '../../shared/kernel/dates.ts';
import type { Clock } from '../../shared/kernel/ports.ts';
import type { SpaceId } from '../../shared/sync/types.ts';
import type { Registry } from '../registry.ts';
import type { KnownWorkshop, RepositoryStore } from '../repository-store.ts';

export interface Grants {
  /** Names the list: an unchanged one need not travel. */
  readonly tag: string;
  /** In the order to fetch them. */
  readonly spaces: readonly SpaceId[];
  readonly readable: ReadonlySet<SpaceId>;
}

type DaysInRooms = ReturnType<typeof daysInRooms>;
type Workshops = ReadonlyMap<string, KnownWorkshop>;

/** The spaces that each device may read; worked out again only when a space was added, or an activity (its countries, its dates) changed. */
export class GrantsBook {
  readonly #store: RepositoryStore;
  readonly #registry: Pick<Registry, 'revocationNumber' | 'workshopsOf'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, Grants>();
  #of = '';

  constructor(store: RepositoryStore, registry: Pick<Registry, 'revocationNumber' | 'workshopsOf'>, clock: Clock) {
    this.#store = store;
    this.#registry = registry;
    this.#clock = clock;
  }

  /** What an actor may read now. */
  async of(actor: Actor): Promise<Grants> {
    // Asked before anything is read: what changes meanwhile has a version of its own.
    const version = await this.#store.grantsVersion();
    const days = daysInRooms(this.#clock.now());
    const standing = `${days.first} ${days.last} ${version}`;
    if (this.#of !== standing || this.#known.size > 1_000) this.#known.clear();
    this.#of = standing;
    // Administered from another process: asked for every time.
    const revocations = await this.#registry.revocationNumber();
    const name = JSON.stringify([standing, actor.user, actor.role, actor.scope, revocations]);
    const known = this.#known.get(name);
    if (known) return known;
    const candidates = await this.#candidates(actor);
    const workshops = await this.#store.workshops([...new Set(candidates.flatMap((space) => workshopOf(space) ?? []))]);
    const facts = { workshop: (id: string) => workshops.get(id) ?? null };
    const readable = candidates.filter((space) => mayRead(actor, space, facts));
    const tag = grantsTag(readable, revocations, nodeHasher);
    const grants = { tag, spaces: fetchOrder(readable, workshops, days), readable: new Set(readable) };
    this.#known.set(name, grants);
    return grants;
  }

  /** The spaces to be asked about: a narrow scope is not asked of every workshop there is. */
  async #candidates({ scope, user }: Actor): Promise<readonly SpaceId[]> {
    if (scope.kind === 'all' || scope.kind === 'country') return this.#store.spaces();
    const workshops = new Set(await this.#registry.workshopsOf(user));
    if (scope.kind === 'workshop') workshops.add(scope.id);
    const others = [LIBRARY, CALENDAR, DIRECTORY, ...(scope.kind === 'institution' ? [institutionSpace(scope.id)] : [])];
    const all = [...others, ...[...workshops].flatMap((id) => [planSpace(id), peopleSpace(id), answersSpace(id)])];
    const here = new Set(await this.#store.spacesBeyond(all, 0));
    return all.filter((space) => here.has(space));
  }
}

/**
 * Sorts spaces in the order in which they are fetched: the workshop under way in its room first, then the nearest to come, what belongs to none, and what is
 * over, newest first.
 */
export function fetchOrder(readable: readonly SpaceId[], workshops: Workshops, days: DaysInRooms): SpaceId[] {
  const place = (space: SpaceId): string => {
    const { kind, owner } = parseSpace(space)!;
    const order = ['plan', 'people', 'answers'].indexOf(kind);
    return order < 0 ? `2 ${space}` : `${rankOf(workshops.get(owner!), days)} ${owner} ${order}`;
  };
  return readable
    .map((space) => [place(space), space] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, space]) => space);
}

function rankOf(workshop: KnownWorkshop | undefined, { first, last }: DaysInRooms): string {
  const { start, end } = workshop ?? { start: '', end: '' };
  if (start <= last && first <= end) return `0 ${start}`;
  if (start > last) return `1 ${start}`;
  return `3 ${99_999_999 - (Number(end.replaceAll('-', '').slice(0, 8)) || 0)}`;
}
