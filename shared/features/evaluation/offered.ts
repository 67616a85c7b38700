import type { Id } from '../../kernel/ids.ts';

/** The part of a questionnaire that says whether a workshop is offered it. */
export interface Offerable {
  readonly id: Id;
  /** The course whose test it is; null: that of any workshop. */
  readonly courseId: Id | null;
}

/**
 * Returns the questionnaires that a workshop is offered: those of every workshop, the tests of its course, and what has sheets in it. `line`: its course, and the courses that this one was
 * copied from; the nearest of them that has tests of its own counts. Where no course is known, or none of them has a test, all are offered: somebody has to choose.
 */
export function offeredForms<F extends Offerable>(forms: readonly F[], line: readonly Id[], used: ReadonlySet<Id>): F[] {
  const nearest = line.find((course) => forms.some(({ courseId }) => courseId === course));
  if (nearest === undefined) return [...forms];
  return forms.filter(({ id, courseId }) => courseId === null || courseId === nearest || used.has(id));
}
