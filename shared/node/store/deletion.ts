import { entityOf } from '../../model/entities.ts';
import { DELETED } from '../../sync/merge.ts';
import { restorationOver, type Seen } from '../../model/field-writes.ts';
import type { FieldWrite, ValueId } from '../../sync/types.ts';
import type { Reader } from './store.ts';

/**
 * The writes that delete an entity as the reader sees it now: one `_deleted` that names every head it has. What somebody
 * else writes meanwhile keeps the entity visible and flagged. Empty when it was never written or is deleted already.
 */
export function deletion(reader: Pick<Reader, 'headsOfEntity'>, entityType: string, entityId: string): FieldWrite[] {
  const seen = reader.headsOfEntity(entityType, entityId);
  if (seen.length === 0) return [];
  return [{ entityType, entityId, field: DELETED, value: true, supersedes: seen.map((head) => head.id) }];
}

/**
 * The writes of a deletion that somebody chose on a screen: it names what that screen showed, by register (`seen`; left out, every head that is here), and
 * `hanging`: what stands for the records that hang on the entity. Empty when it was never written.
 */
export function deletionSeen(
  reader: Pick<Reader, 'headsOfEntity'>,
  entityType: string,
  entityId: string,
  seen: Seen | undefined,
  hanging: readonly ValueId[] = [],
): FieldWrite[] {
  return deletion(reader, entityType, entityId).map((write) => ({
    ...write,
    supersedes: [...new Set([...(seen === undefined ? (write.supersedes ?? []) : Object.values(seen).flat()), ...hanging])],
  }));
}

/** The writes that bring a deleted entity back as it was; empty when no deletion stands. */
export function restoration(reader: Pick<Reader, 'heads'>, entityType: string, entityId: string): FieldWrite[] {
  return restorationOver(entityType, entityId, reader.heads(entityType, entityId, DELETED));
}

/** Whether the model says that an entity is written once (rule 8). */
export function isAppendOnly(entityType: string): boolean {
  return entityOf(entityType)?.appendOnly ?? false;
}
