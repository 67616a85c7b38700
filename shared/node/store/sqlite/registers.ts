import { entityKey, mergeEntity, type MergedEntity } from '../../../sync/merge.ts';
import { latestFirst, type WrittenValue } from '../../../sync/register.ts';
import type { Head, Op, SpaceId } from '../../../sync/types.ts';
import type { SqlValue } from '../store.ts';
import { asHead, headsIn, inFirstSpace, readRow, storedOps, type StoredValue, type WrittenRow } from '../written-rows.ts';
import type { Db } from './opening/open-database.ts';
import { preparedOnce } from './prepared-once.ts';
import { projector, quoted, type Projector } from './projection-tables.ts';
import { mergeAndShow, registerBatch, unreadEntity, type EntityTables, type RegisterBatch } from './register-batch.ts';

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
  isLive(type: string, id: string): boolean;
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

/** Registers over a database whose tables are prepared. */
export function registers(db: Db, projections: Projector = projector(db)): Registers {
  const update = db.prepare('update written set ops = ? where entity = ? and type = ? and feed = ?');
  const ofEntity = db.prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ?`).raw();
  const notRefused = db.prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ? and c.refused is null`).raw();
  const refusedBySpace = db
    .prepare(`select ${COLUMNS} from ${JOINED} where w.entity = ? and w.type = ? and c.refused is not null group by c.space`)
    .raw();
  const typesOf = db.prepare('select distinct type from written where entity = ?').pluck();
  const everything = db.prepare(`select ${COLUMNS}, w.entity, w.type from ${JOINED} order by w.entity, w.type, w.feed`).raw();

  const prepare = preparedOnce(db);

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

  const insert = db.prepare('insert into written(entity, type, feed, ops) values (?, ?, ?, ?)');
  const tables: EntityTables = { projections, loadStanding, insert: (type, id, feed, ops) => void insert.run(id, type, feed, ops) };

  const mergedOf = (type: string, id: string): MergedEntity => mergeEntity(inFirstSpace(loadStanding(type, id)));

  return {
    batch: () => registerBatch(tables),
    remerge(type, id) {
      mergeAndShow(tables, unreadEntity(type, id));
    },
    rewrite(feed, ops, type, id) {
      update.run(JSON.stringify(storedOps(ops).get(entityKey(type, id)) ?? []), id, type, feed);
    },
    heads: (type, id, field) => headsIn(inFirstSpace(loadStanding(type, id)), field).map(asHead),
    isLive: (type, id) => mergedOf(type, id).live,
    headsOfEntity(type, id) {
      const heads: (Head & { field: string })[] = [];
      for (const [field, register] of mergedOf(type, id).registers)
        for (const head of register.heads) heads.push({ ...asHead(head), field });
      return heads;
    },
    headsWhere(type, field, condition, params) {
      const found = new Map<string, Head[]>();
      const table = quoted(type);
      const rows = prepare(
        `select ${COLUMNS}, w.entity from (select "id" from ${table} where ${condition}) m
         join ${JOINED} where w.entity = m.id and w.type = ? order by w.entity`,
      ).raw();
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
