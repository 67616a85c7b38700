import { withoutErased, type AcceptanceFacts } from '../../shared/sync/accept.ts';
import { decodeChangeSet, encodeChangeSet } from '../../shared/sync/change-set.ts';

/** The facts of erasure: who was erased, and what of a change-set goes with them. */
export type ErasedFacts = Pick<AcceptanceFacts, 'hasher' | 'rules' | 'isErased' | 'isErasedPerson'>;

/** The bytes of a quarantined change-set without who was erased; null where nothing is to be taken out. */
export function redactErased(erased: ErasedFacts, bytes: Uint8Array): Uint8Array | null {
  const kept = decodeChangeSet(bytes, erased.hasher);
  if (!kept.ok) return null;
  const stripped = withoutErased(erased, kept.value);
  return stripped === kept.value ? null : encodeChangeSet(stripped);
}
