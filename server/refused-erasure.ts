import { entityOf } from '../shared/model/entities.ts';
import { participant } from '../shared/model/people.ts';
import type { Hasher } from '../shared/kernel/ports.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../shared/sync/change-set.ts';
import type { ChangeSet, Op } from '../shared/sync/types.ts';
import type { Registry } from './registry.ts';

interface Ports {
  readonly store: Pick<SqliteStore, 'db'>;
  readonly registry: Registry;
  readonly hasher: Hasher;
}

/** A change-set as it may be set aside: without the values of who was erased, and of what it says about them. */
export function withoutErased({ store, hasher }: Omit<Ports, 'registry'>, changeSet: ChangeSet): ChangeSet {
  const inSpace = store.db.prepare('select 1 from erasure where entity = ? and type = ? and space = ?');
  const anywhere = store.db.prepare('select 1 from erasure where entity = ? and type = ?');
  const isGone = ({ entityType, entityId }: Op): boolean => {
    if (inSpace.get(entityId, entityType, changeSet.header.space) !== undefined) return true;
    const about = entityOf(entityType)?.about;
    const naming = changeSet.ops.find((op) => op.entityId === entityId && op.entityType === entityType && op.field === about);
    if (about === undefined || !naming || naming.content.form === 'redacted') return false;
    const person = naming.content.value;
    return typeof person === 'string' && anywhere.get(person, participant.type) !== undefined;
  };
  return redactChangeSet(changeSet, isGone, hasher);
}

/** Takes the values of who was erased out of what is set aside, which is in no log and no space. */
export function eraseFromRefused(ports: Ports): void {
  ports.registry.rewriteRefused((bytes) => {
    const kept = decodeChangeSet(bytes, ports.hasher);
    if (!kept.ok) return null;
    const stripped = withoutErased(ports, kept.value);
    return stripped === kept.value ? null : encodeChangeSet(stripped);
  });
}
