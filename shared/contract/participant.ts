import type { Contract } from './call.ts';

/** Every call that a participant's phone may make: none so far, so that its door refuses each by name. */
export const participantContract = {} satisfies Contract;
