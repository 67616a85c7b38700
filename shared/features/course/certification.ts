import type { Id } from '../../kernel/ids.ts';
import type { AwardKind, Level } from '../../model/vocabularies.ts';

/** The certification scheme: which courses come before which, and whom a trainer's certificate lets deliver a course. */

/** A course as the scheme sees it. */
export interface SchemeCourse {
  readonly id: Id;
  /** Itself, then the courses that it was copied from, the nearest first. */
  readonly line: readonly Id[];
  readonly level: Level;
  /** The courses that come directly before it. */
  readonly after: readonly Id[];
}

/** A certificate of somebody that stands. */
export interface HeldAward {
  readonly number: string;
  readonly kind: AwardKind;
  /** The course of the workshop in which it was issued; null: of none that is known. */
  readonly courseId: Id | null;
}

/** Why a certificate lets somebody deliver a course: it is of this very course, of the one that this was copied from, or of a training of trainers that comes after it. */
export const GROUNDS = ['course', 'source', 'trainers'] as const;
export type Ground = (typeof GROUNDS)[number];

/** The word of the scheme on somebody and a course. */
export interface Standing<A extends HeldAward> {
  /** Certificates by which they may deliver it; none: they may not. */
  readonly grounds: readonly { readonly why: Ground; readonly award: A }[];
  /** The courses that come before it, the nearest first, and whether a certificate of theirs says that they were there. Records that are not here prove nothing. */
  readonly before: readonly { readonly courseId: Id; readonly held: boolean }[];
}

export type Scheme = ReadonlyMap<Id, SchemeCourse>;

/** Returns what the certificates of somebody, all of which stand, say of a course. */
export function standingFor<A extends HeldAward>(course: SchemeCourse, awards: readonly A[], scheme: Scheme): Standing<A> {
  const grounds = awards.flatMap((award) => {
    const why = groundOf(course, award, scheme);
    return why === null ? [] : [{ why, award }];
  });
  const before = coursesBefore(course, scheme).map((courseId) => ({
    courseId,
    held: awards.some((award) => award.courseId !== null && isOneCourse(award.courseId, courseId, scheme)),
  }));
  return { grounds, before };
}

/** Returns the courses that come before one, directly or before those, the nearest first. A circle, which two laptops may have written apart, ends. */
export function coursesBefore(course: Pick<SchemeCourse, 'id' | 'after'>, scheme: Scheme): Id[] {
  const found = new Set<Id>();
  let nearest: readonly Id[] = course.after;
  while (nearest.length > 0) {
    const next = nearest.filter((id) => id !== course.id && !found.has(id));
    for (const id of next) found.add(id);
    nearest = next.flatMap((id) => scheme.get(id)?.after ?? []);
  }
  return [...found];
}

/** Whether a course would come before itself if these came before it. */
export function isBeforeItself(id: Id, after: readonly Id[], scheme: Scheme): boolean {
  return after.some(
    (earlier) => earlier === id || coursesBefore({ id: earlier, after: scheme.get(earlier)?.after ?? [] }, scheme).includes(id),
  );
}

function groundOf(course: SchemeCourse, { kind, courseId }: HeldAward, scheme: Scheme): Ground | null {
  if (kind !== 'trainer' || courseId === null) return null;
  if (courseId === course.id) return 'course';
  if (course.line.includes(courseId)) return 'source';
  const training = scheme.get(courseId);
  // Nothing but the courses that it comes directly after: whoever learns to teach the second one was not taught to teach the first.
  const teaches = training?.level === 'trainingOfTrainers' && training.after.some((id) => course.line.includes(id));
  return teaches ? 'trainers' : null;
}

/** Whether a course and an earlier one are one: the same, or copied from each other, however far. */
function isOneCourse(one: Id, other: Id, scheme: Scheme): boolean {
  return one === other || (scheme.get(one)?.line.includes(other) ?? false) || (scheme.get(other)?.line.includes(one) ?? false);
}
