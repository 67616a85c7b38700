import type { Hasher } from '../shared/kernel/ports.ts';
import { personNamed } from '../shared/node/store/naming.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../shared/sync/change-set.ts';
import type { ChangeSet, Op, SpaceId } from '../shared/sync/types.ts';

/** Who was erased. */
export interface Erased {
  isErased(entityType: string, entityId: string, space: SpaceId): boolean;
  isErasedPerson(entityId: string): boolean;
}

/** A change-set as it may be set aside: without the values of who was erased, and of what it says about them. */
export function withoutErased(erased: Erased, changeSet: ChangeSet, hasher: Hasher): ChangeSet {
  const isGone = ({ entityType, entityId }: Op): boolean => {
    if (erased.isErased(entityType, entityId, changeSet.header.space)) return true;
    const person = personNamed(changeSet, entityType, entityId);
    return person !== null && erased.isErasedPerson(person);
  };
  return redactChangeSet(changeSet, isGone, hasher);
}

/** The bytes of a change-set that is set aside, without who was erased; null where nothing is to be taken out. */
export function rewrittenWithoutErased(erased: Erased, bytes: Uint8Array, hasher: Hasher): Uint8Array | null {
  const kept = decodeChangeSet(bytes, hasher);
  if (!kept.ok) return null;
  const stripped = withoutErased(erased, kept.value, hasher);
  return stripped === kept.value ? null : encodeChangeSet(stripped);
}
