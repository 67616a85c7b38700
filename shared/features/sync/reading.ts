import type { SpaceKind } from '../../model/entity.ts';
import { parseSpace } from '../../model/spaces.ts';
import type { SpaceId } from '../../sync/types.ts';

/**
 * Who may read what. The repository decides by these rules; a laptop goes by them where the repository is out of reach (a USB stick, a
 * room without a network), from what certificates say.
 */

/** The roles of a device's user, as PRODUCT (*Who uses it*) has them; participants have no account. */
export const ROLES = ['trainer', 'expert', 'curriculum', 'officer', 'coordinator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** The reach of a device's rights: everything, the workshops of a country, one institution, or one workshop. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'country'; readonly country: string }
  | { readonly kind: 'institution'; readonly id: string }
  | { readonly kind: 'workshop'; readonly id: string };

/** The user, role and scope by which reading is allowed: from a credential or from a certificate of the repository, never from a record. */
export interface ReadingActor {
  readonly user: string;
  readonly role: Role;
  readonly scope: Scope;
}

/** The facts of a workshop by which reading is allowed. */
export interface WorkshopFacts {
  /** `activity.countries` as they stand. */
  readonly countries: readonly string[];
  /** The user whose change-set opened it. */
  readonly creator: string;
}

/** Reads `all`, `country:XX`, `institution:ID` or `workshop:ID`; null when it is none of these. */
export function parseScope(text: string): Scope | null {
  if (text === 'all') return { kind: 'all' };
  const match = /^(country|institution|workshop):([A-Za-z0-9._-]{1,100})$/.exec(text);
  if (!match) return null;
  const [, kind, value] = match as unknown as [string, 'country' | 'institution' | 'workshop', string];
  if (kind !== 'country') return { kind, id: value };
  return /^[A-Z]{2}$/.test(value) ? { kind, country: value } : null;
}

/** Whether a role settles what others wrote: it is shown their refused work beside its own. */
export function settlesForOthers(role: string): boolean {
  return role === 'coordinator' || role === 'administrator';
}

/** Whether a text is one of the six roles. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** The actor of a credential or certificate; null when its role or scope are not ours. */
export function readingActor(claims: { readonly user: string; readonly role: string; readonly scope: string }): ReadingActor | null {
  const scope = parseScope(claims.scope);
  return scope && isRole(claims.role) ? { user: claims.user, role: claims.role, scope } : null;
}

/**
 * The kinds of space a role reads where its scope reaches. An expert and a curriculum manager see no people: PRODUCT's figures
 * for them are counts, and a space is the unit of reading.
 */
export const READS: Readonly<Record<Role, readonly SpaceKind[]>> = {
  trainer: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  expert: ['library', 'institution', 'calendar', 'plan'],
  curriculum: ['library', 'institution', 'calendar'],
  officer: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  coordinator: ['library', 'institution', 'calendar', 'plan', 'people', 'answers'],
  administrator: ['library', 'institution', 'calendar', 'directory', 'plan', 'people', 'answers'],
};

/**
 * Whether an actor who may read a workshop's people may have one of them erased everywhere: a coordinator or an administrator, whose task lists of
 * people are, and the trainer or officer who opened the workshop. `workshop` null: not known to a repository yet, so it is the actor's own.
 */
export function mayErase(actor: ReadingActor, workshop: WorkshopFacts | null): boolean {
  if (actor.role === 'coordinator' || actor.role === 'administrator') return true;
  return workshop === null || workshop.creator === actor.user;
}

/** Whether an actor may read a space: the role reads its kind, and the scope reaches it or the workshop is their own creation. */
export function mayReadSpace(actor: ReadingActor, space: SpaceId, workshop: (id: string) => WorkshopFacts | null): boolean {
  const parsed = parseSpace(space);
  if (!parsed || !READS[actor.role].includes(parsed.kind)) return false;
  const { scope } = actor;
  switch (parsed.kind) {
    case 'library':
    case 'calendar':
      return true;
    case 'directory':
      return scope.kind === 'all';
    case 'institution':
      return scope.kind === 'all' || (scope.kind === 'institution' && scope.id === parsed.owner);
    case 'plan':
    case 'people':
    case 'answers': {
      const facts = workshop(parsed.owner!);
      if (facts?.creator === actor.user) return true;
      if (scope.kind === 'all') return true;
      if (scope.kind === 'workshop') return scope.id === parsed.owner;
      if (scope.kind === 'country') return facts !== null && facts.countries.includes(scope.country);
      return false;
    }
  }
}

/** The countries of an activity as its projection holds them: a list as JSON, or nothing. */
export function countriesIn(text: string | null | undefined): string[] {
  const value: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
