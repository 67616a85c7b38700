import { entityOf } from '../../model/entities.ts';
import type { ChangeSet } from '../../sync/types.ts';

/** The participant whom a change-set says that a record is about; null: it says nothing of that. */
export function personNamed({ ops }: Pick<ChangeSet, 'ops'>, entityType: string, entityId: string): string | null {
  const about = entityOf(entityType)?.about;
  if (about === undefined) return null;
  const content = ops.find((op) => op.entityId === entityId && op.entityType === entityType && op.field === about)?.content;
  return content && content.form !== 'redacted' && typeof content.value === 'string' ? content.value : null;
}
