import { entityKey, mergeEntity, type MergedEntity } from '../../../sync/merge.ts';
import { latestFirst, type WrittenValue } from '../../../sync/register.ts';
import type { ChangeSet, Head, Op, SpaceId } from '../../../sync/types.ts';
import type { SqlValue } from '../store.ts';
import {
  ShownEntity,
  addValues,
  asHead,
  headsIn,
  inFirstSpace,
  readRow,
  spacesOf,
  storedOps,
  type StoredValue,
  type WrittenRow,
} from '../written.ts';
import type { Db } from './opening/open-database.ts';
import { projector, quoted, type Projector } from './projection-tables.ts';

const COLUMNS = 'w.ops, c.hash, c.space, c.kind, c.replica, c.author, c.t, c.tq, c.refused';
const JOINED = 'written w join change_set c on c.feed = w.feed';

/** Registers and the projections made of them. Heads are not stored: an entity's few values are merged where they are asked for. */
export interface Registers {
  /** What one transaction writes: what is written to again in it is loaded once, and merged value by value. */
  batch(): RegisterBatch;
  /** Merges an entity from all its values and writes its projection. */
  remerge(type: string, id: string): void;
  /** Writes the ops of a change-set on one entity again, after some were redacted. */
  rewrite(feed: number, ops: readonly Op[], type: string, id: string): void;
  heads(type: string, id: string, field: string): Head[];
  headsOfEntity(type: string, id: string): (Head & { readonly field: string })[];
  headsWhere(type: string, field: string, condition: string, params: readonly SqlValue[]): Map<string, Head[]>;
  effective(type: string, id: string): readonly WrittenValue[];
  /** The values of an entity, in whatever space; those that were refused may be left out. */
  values(type: string, id: string): readonly StoredValue[];
  history(
    id: string,
    field: string,
    type?: string,
  ): (Head & { readonly current: boolean; readonly entityType: string; readonly hash: string })[];
  /** The merged entity in its space; null when nothing was ever written to it. */
  merged(type: string, id: string): { readonly space: SpaceId; readonly merged: MergedEntity } | null;
  /** Every entity with its values, ordered by id and type. */
  entities(): Iterable<{ readonly type: string; readonly id: string; readonly values: readonly StoredValue[] }>;
}

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
  /** Merges every entity touched since the last time; gives their types, and whether one of them has values in two spaces. */
  remerge(): { readonly types: ReadonlySet<string>; readonly twoSpaces: boolean };
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

/** Registers over a database whose tables are prepared. */
export function registers(db: Db, projections: Projector = projector(db)): Registers {
  const insert = db.prepare('insert into written(entity, type, feed, ops) values (?, ?, ?, ?)');
  const update = db.prepare('update written set ops = ? where entity = ? and type = ? and feed = ?');
  const ofEntity = db.prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ?`).raw();
  const notRefused = db.prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ? and c.refused is null`).raw();
  const refusedBySpace = db
    .prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ? and c.refused is not null group by c.space`)
    .raw();
  const typesOf = db.prepare('select distinct type from written where entity = ?').pluck();
  const everything = db.prepare(`select ${COLUMNS}, w.entity, w.type from ${JOINED} order by w.entity, w.type, w.feed`).raw();

  const load = (type: string, id: string): StoredValue[] => {
    const values: StoredValue[] = [];
    for (const row of ofEntity.all(id, type) as WrittenRow[]) readRow(row, { type, id }, values);
    return values;
  };

  // What was refused shows nowhere, so of a heap of it no more is read than says where the entity is, where nothing else does.
  const loadStanding = (type: string, id: string): StoredValue[] => {
    const values: StoredValue[] = [];
    for (const row of notRefused.all(id, type) as WrittenRow[]) readRow(row, { type, id }, values);
    if (values.some(({ effective }) => effective)) return values;
    for (const row of refusedBySpace.all(id, type) as WrittenRow[]) readRow(row, { type, id }, values);
    return values;
  };

  // Merged per space; the first space in order is the one that shows. Gives the number of spaces.
  const merge = (entity: Entity): number => {
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
  };

  const mergedOf = (type: string, id: string): MergedEntity => mergeEntity(inFirstSpace(loadStanding(type, id)));

  return {
    batch() {
      const entities = new Map<string, Entity>();
      const entityOf = (type: string, id: string): Entity => {
        const key = entityKey(type, id);
        const known = entities.get(key);
        if (known) return known;
        const entity: Entity = { type, id, values: null, shown: null, written: undefined, touched: false, again: false };
        entities.set(key, entity);
        return entity;
      };
      const mergedOnce = (type: string, id: string): MergedEntity => {
        const entity = entityOf(type, id);
        if (entity.values === null) {
          entity.values = loadStanding(type, id);
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
          entity.values = loadStanding(type, id);
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
            insert.run(entity.id, entity.type, feed, JSON.stringify(ops));
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
          let twoSpaces = false;
          for (const entity of entities.values()) {
            if (!entity.touched) continue;
            if (merge(entity) > 1) twoSpaces = true;
            entity.touched = false;
            types.add(entity.type);
          }
          return { types, twoSpaces };
        },
      };
    },
    remerge(type, id) {
      merge({ type, id, values: null, shown: null, written: undefined, touched: true, again: false });
    },
    rewrite(feed, ops, type, id) {
      update.run(JSON.stringify(storedOps(ops).get(entityKey(type, id)) ?? []), id, type, feed);
    },
    heads: (type, id, field) => headsIn(inFirstSpace(loadStanding(type, id)), field).map(asHead),
    headsOfEntity(type, id) {
      const heads: (Head & { field: string })[] = [];
      for (const [field, register] of mergedOf(type, id).registers)
        for (const head of register.heads) heads.push({ ...asHead(head), field });
      return heads;
    },
    headsWhere(type, field, condition, params) {
      const found = new Map<string, Head[]>();
      const table = quoted(type);
      const rows = db
        .prepare(
          `select ${COLUMNS}, w.entity from (select "id" from ${table} where ${condition}) m
           join ${JOINED} where w.entity = m.id and w.type = ? order by w.entity`,
        )
        .raw();
      let open = '';
      let values: StoredValue[] = [];
      const close = (): void => {
        if (values.length > 0) found.set(open, headsIn(inFirstSpace(values), field).map(asHead));
      };
      for (const row of rows.iterate(...params, type) as IterableIterator<[...WrittenRow, entity: string]>) {
        const [, , , , , , , , , id] = row;
        if (id !== open) {
          close();
          open = id;
          values = [];
        }
        readRow(row, { type, id }, values);
      }
      close();
      return found;
    },
    values: loadStanding,
    effective: (type, id) => inFirstSpace(loadStanding(type, id)).filter((value) => value.effective),
    history(id, field, type) {
      const types = type === undefined ? (typesOf.all(id) as string[]) : [type];
      return types.flatMap((entityType) => {
        const values = inFirstSpace(load(entityType, id)).filter((value) => value.field === field);
        const heads = new Set<WrittenValue>(headsIn(values, field));
        return latestFirst(values).map((value) => ({ ...asHead(value), current: heads.has(value), entityType, hash: value.hash }));
      });
    },
    merged(type, id) {
      const values = inFirstSpace(loadStanding(type, id));
      const space = values[0]?.space;
      return space === undefined ? null : { space, merged: mergeEntity(values) };
    },
    *entities() {
      let open: { type: string; id: string; values: StoredValue[] } | null = null;
      for (const row of everything.iterate() as IterableIterator<[...WrittenRow, entity: string, type: string]>) {
        const [, , , , , , , , , id, type] = row;
        if (open === null || open.id !== id || open.type !== type) {
          if (open) yield open;
          open = { type, id, values: [] };
        }
        readRow(row, open, open.values);
      }
      if (open) yield open;
    },
  };
}
