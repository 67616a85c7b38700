import type { Contract } from './call.ts';

/** The contract of a participant's phone: no call so far, so that its door refuses each by name. */
export const participantContract = {} satisfies Contract;
