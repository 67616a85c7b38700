import { entityKey, mergeEntity } from '../../../sync/merge.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import { PROJECTIONS, type Cell, type Projection } from '../projection.ts';
import { inFirstSpace } from '../written.ts';
import { readBody } from './change-log.ts';
import { hold, storable, type Database, type Sql } from './database.ts';
import { valuesOf, type EntityName } from './registers.ts';
import { entitiesIn } from './rulings.ts';
import { quoted, tableOf } from './schema.ts';

/** Change-sets whose entities are shown in one transaction. */
const STEP = 500;

const BY_TYPE = new Map(PROJECTIONS.map((projection) => [projection.type, projection]));

/** What one entity's table takes: made once. */
const STATEMENTS = new Map(PROJECTIONS.map((projection) => [projection.type, statementOf(projection)]));

function statementOf({ type, columns }: Projection): string {
  const places = columns.map((_, i) => `$${i + 1}`).join(', ');
  const set = columns.flatMap((name) => (name === 'id' ? [] : [`${quoted(name)} = excluded.${quoted(name)}`])).join(', ');
  return `insert into ${tableOf(type)}(${columns.map(quoted).join(', ')}) values (${places}) on conflict ("id") do update set ${set}`;
}

/**
 * Shows entities as their values stand now. Waits for whoever shows others: what was read before somebody else's commit must never be written after it.
 */
export async function show(tx: Sql, entities: readonly EntityName[]): Promise<void> {
  const known = entities.filter(({ type }) => BY_TYPE.has(type));
  if (known.length === 0) return;
  await hold(tx, 'projections');
  const values = await valuesOf(tx, known);
  for (const { type, id } of new Map(known.map((name) => [entityKey(name.type, name.id), name])).values()) {
    const all = values.get(entityKey(type, id))!;
    if (all.length === 0) continue;
    const shown = inFirstSpace(all);
    const cells = BY_TYPE.get(type)!.rowOf(id, shown[0]!.space, mergeEntity(shown));
    await tx.run(STATEMENTS.get(type)!, ...cells.map(storableCell));
  }
}

function storableCell(cell: Cell): Cell {
  return typeof cell === 'string' ? storable(cell) : cell;
}

/** Shows what the next change-sets of the feed wrote, and moves the mark of how far that has come, in one transaction. False when nothing was left. */
export async function showNext(db: Database, hasher: Hasher): Promise<boolean> {
  return db.transaction(async (tx) => {
    await hold(tx, 'projections');
    const { value: from } = (await tx.get<{ value: number }>(`select value from counter where name = 'projected'`))!;
    const rows = await tx.all<{ feed: number; body: Buffer }>(
      `select feed, body from change_set where feed > $1::bigint order by feed limit ${STEP}`,
      from,
    );
    if (rows.length === 0) return false;
    await show(
      tx,
      rows.flatMap(({ body }) => entitiesIn(readBody(body, hasher))),
    );
    await tx.run(`update counter set value = $1 where name = 'projected'`, rows.at(-1)!.feed);
    return rows.length === STEP;
  });
}

/** Shows everything anew from the log. */
export async function showAllAnew(db: Database, hasher: Hasher): Promise<void> {
  await db.transaction(async (tx) => {
    await hold(tx, 'projections');
    for (const { type } of PROJECTIONS) await tx.run(`delete from ${tableOf(type)}`);
    await tx.run(`update counter set value = 0 where name = 'projected'`);
  });
  while (await showNext(db, hasher));
}

/** Whether everything up to the end of the feed is shown. */
export async function isShown(sql: Sql): Promise<boolean> {
  const row = await sql.get<{ shown: boolean }>(
    `select coalesce((select max(feed) from change_set), 0) <= (select value from counter where name = 'projected') as shown`,
  );
  return row!.shown;
}

/** Rows of every projection, by type, for comparing (invariant 15). */
export async function shownRows(sql: Sql): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { type } of PROJECTIONS) all[type] = await sql.all(`select * from ${tableOf(type)} order by id`);
  return all;
}
