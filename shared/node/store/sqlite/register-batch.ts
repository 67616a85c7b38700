import { entityKey, mergeEntity, type MergedEntity } from '../../../sync/merge.ts';
import type { WrittenValue } from '../../../sync/register.ts';
import type { ChangeSet } from '../../../sync/types.ts';
import { ShownEntity, addValues, spacesOf, storedOps, type StoredValue } from '../written-rows.ts';
import type { Projector } from './projection-tables.ts';

export interface RegisterBatch {
  /** The heads of a register as this batch has left it. */
  heads(type: string, id: string, field: string): readonly WrittenValue[];
  /** The values of an entity as this batch has left it, in whatever space; those that were refused may be left out. */
  values(type: string, id: string): readonly StoredValue[];
  /** Whether an entity is live as this batch has left it. */
  isLive(type: string, id: string): boolean;
  /** Writes the values of a change-set. */
  add(feed: number, changeSet: ChangeSet, refused: boolean): void;
  /** Has an entity merged although nothing was added to it. */
  touch(type: string, id: string): void;
  /** Merges every entity touched since the last time; gives their types and ids, and whether one of them has values in two spaces. */
  remerge(): { readonly types: ReadonlySet<string>; readonly entities: ReadonlySet<string>; readonly twoSpaces: boolean };
}

/** The tables that a batch reads from and writes to. */
export interface EntityTables {
  readonly projections: Projector;
  /** The values of an entity as they are stored; of those that were refused no more than says where it is. */
  readonly loadStanding: (type: string, id: string) => StoredValue[];
  /** Writes down what one change-set says of an entity. */
  readonly insert: (type: string, id: string, feed: number, ops: string) => void;
}

interface Entity {
  readonly type: string;
  readonly id: string;
  /** null: not loaded. */
  values: StoredValue[] | null;
  /** Its values merged in the space that shows; null: to be merged when it is asked for. */
  shown: ShownEntity | null;
  /** What its row shows: the merge that was written last, where it is known. */
  written: MergedEntity | 'nothing' | undefined;
  touched: boolean;
  /** Merged by this batch before: then its values stay, for whatever writes to it again would read them all again. */
  again: boolean;
}

/** An entity that nothing was written to. */
const NEW = mergeEntity([]);

/** An entity of which nothing is read and nothing written yet. */
export function unreadEntity(type: string, id: string): Entity {
  return { type, id, values: null, shown: null, written: undefined, touched: false, again: false };
}

/** Merges an entity per space, writes the row of the first space in order and returns the number of spaces. */
export function mergeAndShow({ projections, loadStanding }: EntityTables, entity: Entity): number {
  const values = entity.values ?? loadStanding(entity.type, entity.id);
  const shown = entity.shown ?? ShownEntity.of(values);
  if (!shown) return 0;
  if (entity.again) entity.values = values;
  if (entity.values) entity.shown = shown;
  entity.again = true;
  const merged = shown.merged();
  const alone = values.every(({ space }) => space === shown.space);
  // In two spaces the row may have shown the other one: it is read again.
  projections.write(entity.type, entity.id, shown.space, merged, alone ? entity.written : undefined);
  entity.written = merged;
  return alone ? 1 : spacesOf(values).length;
}

/** Returns the batch of one transaction's writes over these tables. */
export function registerBatch(tables: EntityTables): RegisterBatch {
  const entities = new Map<string, Entity>();
  const entityOf = (type: string, id: string): Entity => {
    const key = entityKey(type, id);
    const known = entities.get(key);
    if (known) return known;
    const entity = unreadEntity(type, id);
    entities.set(key, entity);
    return entity;
  };
  const mergedOnce = (type: string, id: string): MergedEntity => {
    const entity = entityOf(type, id);
    if (entity.values === null) {
      entity.values = tables.loadStanding(type, id);
      entity.shown = ShownEntity.of(entity.values);
      // What was written in this batch and not merged yet shows nowhere.
      if (!entity.touched) entity.written = entity.shown?.merged() ?? 'nothing';
    }
    entity.shown ??= ShownEntity.of(entity.values);
    return entity.shown?.merged() ?? NEW;
  };
  const valuesOnce = (type: string, id: string): readonly StoredValue[] => {
    const entity = entityOf(type, id);
    if (entity.values === null) {
      entity.values = tables.loadStanding(type, id);
      if (entity.values.length === 0) entity.written = 'nothing';
    }
    return entity.values;
  };
  return {
    heads: (type, id, field) => mergedOnce(type, id).registers.get(field)?.heads ?? [],
    isLive: (type, id) => mergedOnce(type, id).live,
    values: valuesOnce,
    add(feed, changeSet, refused) {
      for (const ops of storedOps(changeSet.ops).values()) {
        const { entityType, entityId } = changeSet.ops[ops[0]![0]]!;
        const entity = entityOf(entityType, entityId);
        tables.insert(entity.type, entity.id, feed, JSON.stringify(ops));
        entity.touched = true;
        if (!entity.values) continue;
        const before = entity.values.length;
        addValues(entity.values, entity, ops, changeSet.hash, changeSet.header, !refused);
        for (const value of entity.values.slice(before)) if (entity.shown?.add(value) === false) entity.shown = null;
      }
    },
    touch(type, id) {
      const entity = entityOf(type, id);
      entity.values = null;
      entity.shown = null;
      entity.written = undefined;
      entity.touched = true;
    },
    remerge() {
      const types = new Set<string>();
      const touched = new Set<string>();
      let twoSpaces = false;
      for (const entity of entities.values()) {
        if (!entity.touched) continue;
        if (mergeAndShow(tables, entity) > 1) twoSpaces = true;
        entity.touched = false;
        types.add(entity.type);
        touched.add(entity.id);
      }
      return { types, entities: touched, twoSpaces };
    },
  };
}
