import { create } from 'zustand';
import type { Id } from '../../../../../shared/kernel/ids.ts';

/** How many changes were decided since the window was opened, by course. */
export const useDecided = create<Readonly<Record<Id, number>>>(() => ({}));

/** Adds to the changes of a course that were decided; less than none where some were taken back. */
export function noteDecided(courseId: Id, count: number): void {
  useDecided.setState((decided) => ({ [courseId]: Math.max(0, (decided[courseId] ?? 0) + count) }));
}
