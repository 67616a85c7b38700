import type { Answer } from '../../app/engine.ts';

export type Mode = Answer<'activity.get'>['mode'];

/** In the order of the fields that offer them. */
export const MODES: readonly Mode[] = ['inPerson', 'hybrid', 'online', 'desk'];
