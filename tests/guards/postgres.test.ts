import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepKilled } from '../support/repository/postgres-cluster.ts';
import { startPostgres, type Postgres } from '../support/repository/postgres.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('answers on loopback', async () => {
  expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  if (process.env['ITINERA_TEST_POSTGRES']) return;
  expect(await ask(postgres.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
});

it('keeps two databases apart', async () => {
  const [one, two] = [await postgres.freshDatabase(), await postgres.freshDatabase()];
  await ask(one, 'create table mark (id int)');
  const tables = "select count(*)::int as n from information_schema.tables where table_name = 'mark'";
  expect(await ask(one, tables)).toEqual([{ n: 1 }]);
  expect(await ask(two, tables)).toEqual([{ n: 0 }]);
});

it.skipIf(process.env['ITINERA_TEST_POSTGRES'])('ends with the program that started it, even where that is killed', async () => {
  const module = path.resolve(import.meta.dirname, '../support/repository/postgres-cluster.ts');
  const script = `const { startCluster } = await import(${JSON.stringify(module)}); console.log((await startCluster(false)).url); setInterval(() => {}, 1e6)`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => program.stdout.once('data', (text: Buffer) => resolve(String(text).trim())));
  const [row] = await ask<{ folder: string }>(url, "select current_setting('data_directory') as folder");
  program.kill('SIGKILL');
  await expect.poll(() => existsSync(path.join(row!.folder, 'postmaster.pid')), { timeout: 60_000, interval: 50 }).toBe(false);
  await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  sweepKilled();
  expect(existsSync(row!.folder)).toBe(false);
});
