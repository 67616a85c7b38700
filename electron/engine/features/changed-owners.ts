import type { Id } from '../../../shared/kernel/ids.ts';
import type { Reader, Store } from '../../../shared/node/store/store.ts';

/** The records that own parts (courses, questionnaires) of which something has changed since it was last asked. */
export interface ChangedOwners {
  /** Notes of which owner a part was read: it may be moved to another one, and both have changed then. */
  stood(part: Id, owner: Id): void;
  /** Returns them, and begins anew; 'all' where so much has changed that it is not told. */
  taken(): ReadonlySet<Id> | 'all';
}

/** Of more changed records it is not asked one by one to which owner each belongs. */
const MOST_CHANGED = 5_000;

/** Returns what has changed in a store from now on. `types`: those of owners and of their parts; `ownerNow`: the owner of a part as it stands. */
export function changedOwners(
  { reader, onChanged }: Pick<Store, 'reader' | 'onChanged'>,
  types: readonly string[],
  ownerNow: (reader: Reader, part: Id) => Id | null,
): ChangedOwners {
  const owners = new Map<Id, Id>();
  const changed = new Set<Id>();
  let isAll = false;
  onChanged(({ entityTypes, entities }) => {
    if (!types.some((type) => entityTypes.has(type))) return;
    if (entities === null || changed.size + entities.size > MOST_CHANGED) {
      isAll = true;
      changed.clear();
    } else for (const id of entities) changed.add(id);
  });
  return {
    stood: (part, owner) => void owners.set(part, owner),
    taken() {
      const found = new Set<Id>();
      for (const id of changed) for (const one of [id, owners.get(id), ownerNow(reader, id)]) if (one) found.add(one);
      changed.clear();
      const every = isAll;
      isAll = false;
      return every ? 'all' : found;
    },
  };
}
