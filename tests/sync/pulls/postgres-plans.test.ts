import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PLANS, openDatabase, type Database } from '../../../shared/node/store/postgres/database.ts';
import { fillPostgres } from '../../support/repository/filled-log.ts';
import { startPostgresRepository } from '../../support/repository/postgres-repository.ts';
import type { TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';

/** SPEC, invariant 17, on PostgreSQL: whatever an exchange asks is found through an index, however long the log is. */

let server: TestRepository;
const laptops: Laptop[] = [];

beforeAll(async () => {
  server = await startPostgresRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
});

interface Asked {
  readonly text: string;
  readonly values: unknown[];
}

/** What is asked of PostgreSQL while `work` runs: each text once, with what it was asked with first. */
async function askedWhile(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked = new Map<string, Asked>();
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [Partial<Asked> | undefined];
    if (typeof config?.text === 'string' && !asked.has(config.text))
      asked.set(config.text, { text: config.text, values: config.values ?? [] });
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
  return [...asked.values()];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

/** What a query read, in pages, against what it was asked about and what it said, in rows. */
interface Cost {
  readonly text: string;
  readonly pages: number;
  readonly rows: number;
  /** The tables that it read from end to end. */
  readonly whole: readonly string[];
}

async function costsOf(url: string, asked: readonly Asked[]): Promise<Cost[]> {
  const client = new pg.Client({ connectionString: url, options: PLANS });
  await client.connect();
  try {
    const costs: Cost[] = [];
    for (const { text, values } of asked) {
      if (!/^\s*(select|update|delete)/i.test(text)) continue;
      await client.query('begin');
      const explained = await client.query({ text: `explain (analyze, buffers, format json) ${text}`, values });
      await client.query('rollback');
      const { Plan: plan } = (explained.rows as { 'QUERY PLAN': { Plan: Plan }[] }[])[0]!['QUERY PLAN'][0]!;
      const pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      costs.push({ text, pages, rows: plan['Actual Rows'] + elementsIn(values), whole: readWhole(plan) });
    }
    return costs;
  } finally {
    await client.end();
  }
}

function elementsIn(values: readonly unknown[]): number {
  const counts = values.map((value) => (Array.isArray(value) ? value.length : typeof value === 'string' ? value.split(/[ ,]/).length : 1));
  return Math.max(0, ...counts);
}

function readWhole(plan: Plan): string[] {
  const relation = plan['Node Type'] === 'Seq Scan' ? plan['Relation Name'] : undefined;
  return [...(relation === undefined ? [] : [relation]), ...(plan.Plans ?? []).flatMap(readWhole)];
}

/** A row is found by a few steps of an index, and lies on a page of its own; a page or two more for whatever else is looked at. */
const PAGES_A_ROW = 10;
const PAGES_A_QUESTION = 40;

/** As large as the programme itself, whatever was pushed: read whole, and seldom. */
const SMALL = ['counter', 'meta', 'space', 'wrong_code', 'setting', 'invitation'];

it('every question of an exchange is answered through an index, at 60,000 change-sets', async () => {
  const db = openDatabase(server.database!);
  await fillPostgres(db, 60_000);
  await db.close();
  // Neither reads what the log was filled with.
  const trainer = await enrolledLaptop(server, 'trainer', 'country:SN');
  const coordinator = await enrolledLaptop(server, 'coordinator', 'country:SN');
  laptops.push(trainer, coordinator);
  const asked = await askedWhile(async () => {
    const { id, person } = makeWorkshop(trainer);
    await synced(trainer);
    await synced(coordinator);
    for (let i = 0; i < 30; i++) trainer.write(peopleSpace(id), 'mark', randomUUID(), { activityId: id, personId: person, status: 'late' });
    await synced(trainer);
    coordinator.write(peopleSpace(id), 'participant', person, { institution: 'Cour suprême' });
    await synced(coordinator);
    await synced(trainer);
    await synced(trainer);
    // One that is refused, and ruled out.
    coordinator.write(`workshop/${id}/plan`, 'activity', id, { place: 'Thiès' });
    await coordinator.run();
    await server.shown('mark');
  });
  expect(asked.length).toBeGreaterThan(25);
  const costs = await costsOf(server.database!, asked);
  const dear = costs.filter(
    ({ text, pages, rows, whole }) =>
      !text.startsWith('select * from "shown_') &&
      (pages > PAGES_A_QUESTION + PAGES_A_ROW * rows || whole.some((table) => !SMALL.includes(table))),
  );
  expect(dear).toEqual([]);
});

it('a push reads of a space what it names, however much lies in it, by plans that were made while it was small', async () => {
  const young = await startPostgresRepository({ library: false });
  const db = openDatabase(young.database!);
  try {
    // As in a repository's first hours: nothing makes the server look at its tables again, and so at the plans of its connections.
    for (const table of ['change_set', 'written']) await db.exec(`alter table ${table} set (autovacuum_enabled = false)`);
    const trainer = await enrolledLaptop(young, 'trainer', 'country:SN');
    laptops.push(trainer);
    const { id, person } = makeWorkshop(trainer);
    const mark = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++)
        trainer.write(peopleSpace(id), 'mark', randomUUID(), { activityId: id, personId: person, status: 'late' });
      await synced(trainer);
      await young.shown('mark');
    };
    await mark(1);
    await mark(1);
    await mark(500);
    const small = await rowsReadOf(db);
    await mark(4_000);
    // The laptop's next exchange tells it once of all of those.
    await synced(trainer);
    const before = await rowsReadOf(db);
    await mark(500);
    const large = (await rowsReadOf(db)) - before;
    expect(large).toBeLessThan(1.5 * small);
  } finally {
    await db.close();
    await young.stop();
  }
});

/** Connections that this process made, by their database, with their end: the repository's servers run in it. */
const connections = new Map<string, Map<pg.Client, Promise<unknown>>>();
const connect = pg.Client.prototype.connect as (...args: unknown[]) => unknown;
pg.Client.prototype.connect = function (this: pg.Client, ...args: unknown[]) {
  const among = connections.get(this.database!) ?? new Map<pg.Client, Promise<unknown>>();
  connections.set(this.database!, among.set(this, new Promise((resolve) => this.once('end', resolve))));
  return connect.apply(this, args);
} as typeof pg.Client.prototype.connect;
afterAll(() => {
  pg.Client.prototype.connect = connect as typeof pg.Client.prototype.connect;
});

/** Rows of the log that were read through its indexes since the database was made; has each connection say what it counted, which it would keep for ten seconds; one that ends says so by itself. */
async function rowsReadOf(db: Database): Promise<number> {
  const { name } = (await db.get<{ name: string }>('select current_database() as name'))!;
  await Promise.all(
    [...connections.get(name)!].map(([client, ended]) => client.query('select pg_stat_force_next_flush()').catch(() => ended)),
  );
  return (await db.get<{ rows: number }>(
    `select sum(idx_tup_fetch)::float8 as rows from pg_stat_user_tables where relname in ('change_set', 'written')`,
  ))!.rows;
}
