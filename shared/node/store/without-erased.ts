import type { Hasher } from '../../kernel/ports.ts';
import { entityOf } from '../../model/entities.ts';
import { redactChangeSet } from '../../sync/change-set.ts';
import { entityKey } from '../../sync/merge.ts';
import type { ChangeSet, Op, SpaceId } from '../../sync/types.ts';

/** Who was erased. */
export interface Erased {
  isErased(entityType: string, entityId: string, space: SpaceId): boolean;
  isErasedPerson(entityId: string): boolean;
}

/** A change-set as it may be kept: without the values of who was erased, and of what it says about them. */
export function withoutErased(erased: Erased, changeSet: ChangeSet, hasher: Hasher): ChangeSet {
  const gone = new Map<string, boolean>();
  const isGone = ({ entityType, entityId }: Op): boolean => {
    const name = entityKey(entityType, entityId);
    const known =
      gone.get(name) ??
      (erased.isErased(entityType, entityId, changeSet.header.space) || isAboutErased(erased, changeSet, entityType, entityId));
    gone.set(name, known);
    return known;
  };
  return redactChangeSet(changeSet, isGone, hasher);
}

/** Whether a change-set itself says that a record is about a person who was erased: from a laptop that had not heard. */
export function isAboutErased(erased: Pick<Erased, 'isErasedPerson'>, changeSet: ChangeSet, entityType: string, entityId: string): boolean {
  const person = personNamed(changeSet, entityType, entityId);
  return person !== null && erased.isErasedPerson(person);
}

/** The participant whom a change-set says that a record is about; null: it says nothing of that. */
export function personNamed({ ops }: Pick<ChangeSet, 'ops'>, entityType: string, entityId: string): string | null {
  const about = entityOf(entityType)?.about;
  if (about === undefined) return null;
  const content = ops.find((op) => op.entityId === entityId && op.entityType === entityType && op.field === about)?.content;
  return content && content.form !== 'redacted' && typeof content.value === 'string' ? content.value : null;
}
