import type { Derivation } from '../sync/frame-layout.ts';

/** The ids that follow from values written with them, so that a pack need not carry them. Each as the model makes it, see `mark`. */
export const DERIVATIONS: readonly Derivation[] = [
  { type: 'mark', namespace: 'attendance', fields: ['activityId', 'halfDay', 'personId'] },
];
