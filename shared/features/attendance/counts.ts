import { MARKS, STATUSES, type Status } from '../../model/vocabularies.ts';

const ATTENDED: ReadonlySet<Status> = new Set<Status>(['present', 'late', 'leftEarly', 'remote']);

/** Whether a status counts as having been there: present, late, left early or remote. */
export function attended(status: Status): boolean {
  return ATTENDED.has(status);
}

/** How many people of a half-day have each status; people without a mark are `notTaken`. */
export type Counts = Readonly<Record<Status, number>>;

/** Counts of nobody, to be filled. */
export function noCounts(): Record<Status, number> {
  return Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
}

/** How many attended: present, late, left early and remote. */
export function attendedOf(counts: Counts): number {
  return MARKS.filter(attended).reduce((sum, mark) => sum + counts[mark], 0);
}

/** How many have a mark. */
export function takenOf(counts: Counts): number {
  return MARKS.reduce((sum, mark) => sum + counts[mark], 0);
}

/** Counts everybody registered: marked or not. */
export function registeredOf(counts: Counts): number {
  return takenOf(counts) + counts.notTaken;
}

/** Returns the statuses of a half-day, other than *present*, that anybody has, in two groups: of those who attended, and of the others. */
export function unusualIn(counts: Counts): {
  readonly attending: readonly Exclude<Status, 'present'>[];
  readonly others: readonly Exclude<Status, 'present'>[];
} {
  const some = UNUSUAL.filter((status) => counts[status] > 0);
  return { attending: some.filter(attended), others: some.filter((status) => !attended(status)) };
}

const UNUSUAL = STATUSES.filter((status) => status !== 'present');
