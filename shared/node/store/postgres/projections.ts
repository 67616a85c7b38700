import { entityKey, mergeEntity } from '../../../sync/merge.ts';
import { PROJECTIONS, type Cell, type Projection } from '../projection.ts';
import { inFirstSpace, type EntityName } from '../written-rows.ts';
import { acquireLock, storable, type Database, type Sql } from './database.ts';
import { valuesOf } from './registers.ts';
import { isNumber, quoted, tableOf } from './schema.ts';

/** Change-sets whose entities are shown in one transaction. */
const STEP = 500;

const BY_TYPE = new Map(PROJECTIONS.map((projection) => [projection.type, projection]));

/** The statements that write rows of an entity's table: a list for each column. */
const STATEMENTS = new Map(PROJECTIONS.map((projection) => [projection.type, statementOf(projection)]));

function statementOf(projection: Projection): string {
  const { type, columns } = projection;
  const names = columns.map(quoted).join(', ');
  const lists = columns.map((name, i) => `$${i + 1}::${isNumber(projection, name) ? 'bigint' : 'text'}[]`).join(', ');
  const set = columns.flatMap((name) => (name === 'id' ? [] : [`${quoted(name)} = excluded.${quoted(name)}`])).join(', ');
  return `insert into ${tableOf(type)}(${names}) select * from unnest(${lists}) on conflict ("id") do update set ${set}`;
}

/**
 * Writes the projection rows of entities from their present values. Waits for whoever shows others: what was read before somebody else's commit must never be
 * written after it.
 */
export async function projectEntities(tx: Sql, entities: readonly EntityName[]): Promise<void> {
  const known = entities.filter(({ type }) => BY_TYPE.has(type));
  if (known.length === 0) return;
  await acquireLock(tx, 'projections');
  const values = await valuesOf(tx, known);
  const rows = new Map<string, Cell[][]>();
  for (const [key, { type, id }] of new Map(known.map((name) => [entityKey(name.type, name.id), name]))) {
    const all = values.get(key)!;
    if (all.length === 0) continue;
    const shown = inFirstSpace(all);
    const row = BY_TYPE.get(type)!.rowOf(id, shown[0]!.space, mergeEntity(shown));
    const of = rows.get(type);
    if (of) of.push(row);
    else rows.set(type, [row]);
  }
  await Promise.all(
    [...rows].map(([type, of]) => {
      const lists = BY_TYPE.get(type)!.columns.map((_, i) => of.map((row) => storableCell(row[i]!)));
      return tx.run(STATEMENTS.get(type)!, ...lists);
    }),
  );
}

function storableCell(cell: Cell): Cell {
  return typeof cell === 'string' ? storable(cell) : cell;
}

/** Projects the next change-sets of the feed and moves the mark of how far that has come, in one transaction. False when nothing was left. */
export async function projectNext(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    await acquireLock(tx, 'projections');
    const { value: from } = (await tx.get<{ value: number }>(`select value from counter where name = 'projected'`))!;
    const { to, more } = (await tx.get<{ to: number; more: boolean }>(
      `select least(coalesce(max(feed), 0), $1::bigint + ${STEP}) as to, coalesce(max(feed), 0) > $1::bigint + ${STEP} as more from change_set`,
      from,
    ))!;
    if (to <= from) return false;
    const written = await tx.all<EntityName>(
      'select distinct type, entity as id from written where feed > $1::bigint and feed <= $2::bigint',
      from,
      to,
    );
    await projectEntities(tx, written);
    await tx.run(`update counter set value = $1 where name = 'projected'`, to);
    return more;
  });
}

/** Empties every projection and fills it anew from the log. */
export async function rebuildProjections(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await acquireLock(tx, 'projections');
    for (const { type } of PROJECTIONS) await tx.run(`delete from ${tableOf(type)}`);
    await tx.run(`update counter set value = 0 where name = 'projected'`);
  });
  while (await projectNext(db));
}

/** Whether everything up to the end of the feed is projected. */
export async function isProjected(sql: Sql): Promise<boolean> {
  const row = await sql.get<{ shown: boolean }>(
    `select coalesce((select max(feed) from change_set), 0) <= (select value from counter where name = 'projected') as shown`,
  );
  return row!.shown;
}

/** Returns the rows of every projection, by type, for comparing (invariant 15). */
export async function shownRows(sql: Sql): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { type } of PROJECTIONS) all[type] = await sql.all(`select * from ${tableOf(type)} order by id`);
  return all;
}
