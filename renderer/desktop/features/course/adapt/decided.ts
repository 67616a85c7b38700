import { create } from 'zustand';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';

/** How many changes were decided since the window was opened, by course or suggestion. */
export const useDecided = create<Readonly<Record<Id, number>>>(() => ({}));

/** Counts what a taking decided, says so, and offers to take it back. `id`: the course or suggestion that it is of. */
export function offerTakingBack(
  id: Id,
  { taking, taken, kept, merged }: Answer<'course.takeUpstream'>,
  words: string,
  undo: (taking: string) => Promise<unknown>,
): void {
  const done = taken + kept + merged;
  noteDecided(id, done);
  if (taking === null || done === 0) return;
  offerUndo(words, async () => {
    await undo(taking);
    noteDecided(id, -done);
  });
}

/** Adds to the changes that were decided; less than none where some were taken back. */
function noteDecided(id: Id, count: number): void {
  useDecided.setState((decided) => ({ [id]: Math.max(0, (decided[id] ?? 0) + count) }));
}
