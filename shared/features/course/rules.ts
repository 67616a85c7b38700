import type { Half } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';

/** The place of a session in a delivery: day 1, 2 ... and half of the day. */
export interface SessionPlace {
  readonly day: number;
  readonly half: Half;
}

/** A session as laying out needs it: for each length in days that it is part of, its place. */
export interface LaidOutSession {
  readonly id: Id;
  readonly layouts: Readonly<Record<string, SessionPlace>>;
}

/** A course as laying out sees it; `sessions` in the course's order. */
export interface CourseOutline<S extends LaidOutSession> {
  /** The usual length. */
  readonly days: number;
  /** Lengths that have a layout of their own. */
  readonly variants: readonly number[];
  readonly sessions: readonly S[];
}

export interface Layout<S extends LaidOutSession> {
  /** The variant whose layout is used; 0 when the course has none. */
  readonly variant: number;
  /** In the order of the delivery. */
  readonly placed: readonly (SessionPlace & { readonly session: S })[];
  /** Sessions of the variant that stand on a day beyond the last one, in the order of the delivery. */
  readonly overflow: readonly S[];
}

/**
 * The sessions of a course for a delivery of `days` days: the layout of that length, else of the nearest shorter one (the days
 * after it stay empty), else of the shortest one, whose later days are then named in `overflow`.
 */
export function layoutFor<S extends LaidOutSession>(course: CourseOutline<S>, days: number): Layout<S> {
  const variant = variantFor(course.variants, days);
  const standing = course.sessions
    .flatMap((session) => {
      const place = session.layouts[variant];
      return place ? [{ session, day: place.day, half: place.half }] : [];
    })
    .sort(byPlace);
  return {
    variant,
    placed: standing.filter(({ day }) => day <= days),
    overflow: standing.filter(({ day }) => day > days).map(({ session }) => session),
  };
}

/** Where a session stands in the usual layout; a session that is no part of it shows where it stands in the longest one. */
export function usualPlace(session: LaidOutSession, days: number): SessionPlace {
  const longest = Object.keys(session.layouts).sort((a, b) => Number(b) - Number(a))[0];
  return session.layouts[days] ?? (longest === undefined ? undefined : session.layouts[longest]) ?? { day: 1, half: 'AM' };
}

/** The place of a new session in each length of a course: where the last of the sessions before it stands that is part of that length, else at the beginning. */
export function placesBehind<S extends LaidOutSession>(
  { days, variants }: Pick<CourseOutline<S>, 'days' | 'variants'>,
  before: readonly S[],
): Record<string, SessionPlace> {
  const placeIn = (length: number): SessionPlace =>
    before.findLast(({ layouts }) => layouts[length] !== undefined)?.layouts[length] ?? { day: 1, half: 'AM' };
  return Object.fromEntries([...new Set([days, ...variants])].map((length) => [length, placeIn(length)]));
}

function variantFor(variants: readonly number[], days: number): number {
  const ascending = [...variants].sort((a, b) => a - b);
  return ascending.filter((variant) => variant <= days).at(-1) ?? ascending[0] ?? 0;
}

// Sorting is stable: within a half-day the course's own order holds.
function byPlace(a: SessionPlace, b: SessionPlace): number {
  return a.day - b.day || (a.half === b.half ? 0 : a.half === 'AM' ? -1 : 1);
}
