import type { Hasher } from '../shared/kernel/ports.ts';
import { withoutErased, type Erased } from '../shared/node/store/without-erased.ts';
import { decodeChangeSet, encodeChangeSet } from '../shared/sync/change-set.ts';

/** The bytes of a change-set that is set aside, without who was erased; null where nothing is to be taken out. */
export function rewrittenWithoutErased(erased: Erased, bytes: Uint8Array, hasher: Hasher): Uint8Array | null {
  const kept = decodeChangeSet(bytes, hasher);
  if (!kept.ok) return null;
  const stripped = withoutErased(erased, kept.value, hasher);
  return stripped === kept.value ? null : encodeChangeSet(stripped);
}
