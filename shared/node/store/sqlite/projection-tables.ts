import type { MergedEntity } from '../../../sync/merge.ts';
import type { SpaceId } from '../../../sync/types.ts';
import { ASKED, PLACEMENT, PROJECTIONS, PROJECTION_SHAPE, type Cell, type Projection } from '../projection.ts';
import type { Db, Statement } from './opening/open-database.ts';

/** Writes merged entities into their projection tables and the search index. */
export interface Projector {
  /** `before`: what the entity's row shows now, where it is known; `'nothing'`: it has no row yet. */
  write(type: string, id: string, space: SpaceId, merged: MergedEntity, before?: MergedEntity | 'nothing'): void;
}

/**
 * Makes the projection tables where they are missing or have another model's shape; true when they are empty and must be
 * filled from the registers.
 */
export function prepareProjections(db: Db): boolean {
  const shape = db.prepare("select value from meta where key = 'projections'").pluck().get();
  if (shape === PROJECTION_SHAPE) return false;
  dropProjections(db);
  for (const projection of PROJECTIONS) for (const sql of tableOf(projection)) db.exec(sql);
  db.prepare("insert into meta(key, value) values ('projections', ?) on conflict(key) do update set value = excluded.value").run(
    PROJECTION_SHAPE,
  );
  return true;
}

/** Empties every projection and the search index. */
export function clearProjections(db: Db): void {
  for (const { type } of PROJECTIONS) db.exec(`delete from ${quoted(type)}`);
  db.exec("insert into search(search) values ('delete-all'); delete from searchable");
}

// Derived tables only: those of this model, and those whose names an earlier one wrote down in its shape.
function dropProjections(db: Db): void {
  const shape = db.prepare("select value from meta where key = 'projections'").pluck().get() as string | undefined;
  if (shape === undefined) return;
  const types = new Set([...PROJECTIONS.map(({ type }) => type), ...(JSON.parse(shape) as [string][]).map(([type]) => type)]);
  for (const type of types) db.exec(`drop table if exists ${quoted(type)}`);
  db.exec("insert into search(search) values ('delete-all'); delete from searchable");
}

function tableOf(projection: Projection): string[] {
  const table = quoted(projection.type);
  const columns = projection.columns.map((name) => (name === 'id' ? '"id" text primary key' : quoted(name)));
  return [
    `create table ${table}(${columns.join(', ')}) without rowid`,
    ...projection.indexed.map((name) => `create index ${quoted(`${projection.type}_by_${name}`)} on ${table}(${quoted(name)})`),
    // What stands in one record is asked for by that record.
    ...(projection.columns.includes(PLACEMENT)
      ? [`create index ${quoted(`${projection.type}_by_parent`)} on ${table}(json_extract(placement, '$[0]'))`]
      : []),
    ...ASKED.map(
      (name) => `create index ${quoted(`${projection.type}_with_${name}`)} on ${table}(${quoted(name)}) where ${quoted(name)} > 0`,
    ),
  ];
}

/** A name as SQL takes it; names come from the model, never from data. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The projector of a database whose tables are prepared. */
export function projector(db: Db): Projector {
  const writers = new Map<string, Writer>();
  const byType = new Map(PROJECTIONS.map((projection) => [projection.type, projection]));
  const index = searchIndex(db);
  return {
    write(type, id, space, merged, before) {
      const projection = byType.get(type);
      if (!projection) return;
      let writer = writers.get(type);
      if (!writer) writers.set(type, (writer = writerOf(db, projection, index)));
      writer(id, space, merged, before);
    },
  };
}

type Writer = (id: string, space: SpaceId, merged: MergedEntity, before: MergedEntity | 'nothing' | undefined) => void;

function writerOf(db: Db, projection: Projection, index: SearchIndex): Writer {
  const table = quoted(projection.type);
  const { columns } = projection;
  const current = db.prepare(`select ${columns.map(quoted).join(', ')} from ${table} where "id" = ?`).raw();
  const insert = db.prepare(`insert into ${table}(${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  // Naming an indexed column rewrites its index even where nothing changed: only changed columns are named, few combinations occur.
  const updates = new Map<string, Statement>();
  const write = (id: string, places: readonly number[], cells: readonly Cell[]): void => {
    if (places.length === 0) return;
    const signature = places.join(' ');
    let update = updates.get(signature);
    if (!update) {
      const assignments = places.map((place) => `${quoted(columns[place]!)} = ?`).join(', ');
      update = db.prepare<unknown[], unknown>(`update ${table} set ${assignments} where "id" = ?`);
      updates.set(signature, update);
    }
    update.run(...cells, id);
  };
  return (id, space, merged, before) => {
    if (before !== undefined && before !== 'nothing') {
      const { places, cells } = projection.changes(space, before, merged);
      write(id, places, cells);
    } else {
      const row = projection.rowOf(id, space, merged);
      const old = before === 'nothing' ? undefined : (current.get(id) as Cell[] | undefined);
      const places = old ? columns.flatMap((_, place) => (old[place] === row[place] ? [] : [place])) : [];
      if (old)
        write(
          id,
          places,
          places.map((place) => row[place]!),
        );
      else insert.run(...row);
    }
    if (projection.searched) index.put(projection.type, id, space, projection.searchTextOf(merged));
  };
}

interface SearchIndex {
  put(type: string, id: string, space: SpaceId, text: string): void;
}

function searchIndex(db: Db): SearchIndex {
  const find = db.prepare('select rowid, text, space from searchable where id = ? and type = ?');
  const insert = db.prepare('insert into searchable(id, type, space, text) values (?, ?, ?, ?)');
  const update = db.prepare('update searchable set text = ?, space = ? where rowid = ?');
  const remove = db.prepare('delete from searchable where rowid = ?');
  const add = db.prepare('insert into search(rowid, text) values (?, ?)');
  // An external-content index is told the old text, or its words would stay behind.
  const forget = db.prepare("insert into search(search, rowid, text) values ('delete', ?, ?)");
  return {
    put(type, id, space, text) {
      const before = find.get(id, type) as { rowid: number; text: string; space: string } | undefined;
      if (before?.text === text && before.space === space) return;
      if (before) forget.run(before.rowid, before.text);
      if (text === '') {
        if (before) remove.run(before.rowid);
      } else if (before) {
        update.run(text, space, before.rowid);
        add.run(before.rowid, text);
      } else {
        const { lastInsertRowid } = insert.run(id, type, space, text);
        add.run(lastInsertRowid, text);
      }
    },
  };
}
