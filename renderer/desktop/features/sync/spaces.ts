import { parseSpace, workshopOf } from '../../../../shared/model/spaces.ts';
import type { Answer } from '../../app/engine.ts';

type Spaces = Answer<'sync.status'>['spaces'];

export interface Waiting {
  /** A workshop's id, or null for what belongs to none. */
  readonly workshop: string | null;
  /** `plan`, `people`, `answers`, or the kind of another space. */
  readonly part: string;
  readonly pending: number;
}

const PARTS = ['plan', 'people', 'answers', 'library', 'institution', 'calendar', 'directory'] as const;

/** A kind of space as the words have it. */
export function partOf(kind: string): (typeof PARTS)[number] | 'other' {
  return PARTS.find((part) => part === kind) ?? 'other';
}

/** Returns the work that waits to be sent, by workshop and part; parts with nothing waiting are left out, the fullest come first. */
export function waitingBySpace(spaces: Spaces): Waiting[] {
  return spaces
    .filter(({ pending }) => pending > 0)
    .map(({ id, pending }) => {
      return { workshop: workshopOf(id), part: parseSpace(id)?.kind ?? 'other', pending };
    })
    .sort((a, b) => b.pending - a.pending);
}
