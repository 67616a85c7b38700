import { isSpan, type Day } from '../../kernel/dates.ts';

/** The fields that place a workshop in time. */
export interface Dated {
  readonly id: string;
  readonly start: Day;
  readonly end: Day;
  /** Bundled sample data: it stands behind every workshop of people's own. */
  readonly sample: boolean;
  /** Put away by whoever may write the workshop. */
  readonly archived: boolean;
}

/** The workshops of a day: under way, to come and over. */
export interface DayPlan<W> {
  /** The one that ends first at the head. */
  readonly underWay: readonly W[];
  /** The one that begins first at the head. */
  readonly upcoming: readonly W[];
  /** Those that are over and those whose dates cannot be read, the last one at the head. */
  readonly recent: readonly W[];
}

/** Sorts workshops into those under way on a day, those to come and those that are over, each in the order in which they matter then. */
export function planDay<W extends Dated>(workshops: readonly W[], day: Day): DayPlan<W> {
  const underWay = workshops.filter(({ start, end }) => isSpan(start, end) && start <= day && day <= end);
  const upcoming = workshops.filter(({ start }) => start > day);
  const recent = workshops.filter(({ start, end }) => start <= day && (end < day || !isSpan(start, end)));
  return {
    underWay: underWay.toSorted((a, b) => ownFirst(a, b) || compare(a.end, b.end) || compare(a.start, b.start) || compare(a.id, b.id)),
    upcoming: upcoming.toSorted((a, b) => ownFirst(a, b) || compare(a.start, b.start) || compare(a.id, b.id)),
    recent: recent.toSorted((a, b) => ownFirst(a, b) || compare(b.end, a.end) || compare(a.id, b.id)),
  };
}

/** Returns the workshops that were not archived. */
export function inList<W extends Pick<Dated, 'archived'>>(workshops: readonly W[]): W[] {
  return workshops.filter(({ archived }) => !archived);
}

/** Returns the workshops of which it matters what is not ready: people's own, and the sample where there is nothing else. */
export function ownWorkshops<W extends Pick<Dated, 'sample'>>(workshops: readonly W[]): readonly W[] {
  const own = workshops.filter(({ sample }) => !sample);
  return own.length > 0 ? own : workshops;
}

function ownFirst(a: Pick<Dated, 'sample'>, b: Pick<Dated, 'sample'>): number {
  return Number(a.sample) - Number(b.sample);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
