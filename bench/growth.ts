// What a repository costs as it grows, and how fast it takes in, as ratios in one run: `npm run bench:growth`. The table of docs/benchmarks.md is made of
// this. ITINERA_GROWTH names another size than a million; `-- growth`, `-- ingest` or `-- crowd` runs that part alone.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { nodeClock, nodeRandom } from '../shared/node/crypto.ts';
import { openDiskFiles } from '../shared/node/files/disk-files.ts';
import { openDatabase as openPostgres } from '../shared/node/store/postgres/database.ts';
import { migrate } from '../shared/node/store/postgres/schema.ts';
import { openDatabase } from '../shared/node/store/sqlite/opening/open-database.ts';
import { invite } from '../server/access/enrolment.ts';
import { openPostgresRepository } from '../server/postgres/postgres-repository.ts';
import type { Registry } from '../server/registry.ts';
import { openRepository } from '../server/repository.ts';
import type { Serving } from '../server/serving.ts';
import { startServerProgram } from '../tests/support/repository/server-program.ts';
import { startPostgres } from '../tests/support/repository/postgres.ts';
import { MarkingDevice } from './growth/device.ts';
import { fillPostgres, fillSqlite } from '../tests/support/repository/filled-log.ts';

const SMALL = 10_000;
const LARGE = Number(process.env['ITINERA_GROWTH'] ?? 1_000_000);
const missed: string[] = [];
const PUSHES = 24;
const EACH = 1_000;
const CLIENTS = 100;
const ROUNDS = 6;

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-growth-'));
const postgres = await startPostgres();
try {
  if (isWanted('ingest')) await ingest();
  if (isWanted('crowd')) await crowd();
  // Last: a server that has just been filled with millions is busy for a while.
  if (isWanted('growth')) {
    await growth('in a folder', inFolder());
    await growth('on PostgreSQL', await onPostgres());
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
print(missed.length === 0 ? 'all reached' : `NOT REACHED: ${missed.join('; ')}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function isWanted(part: string): boolean {
  return (process.argv[2] ?? part) === part;
}

/** A repository that is filled while nobody serves it. */
interface Growing {
  fill(upTo: number): Promise<void>;
  open(): Promise<Serving & { readonly registry: Pick<Registry, 'addInvitation'> }>;
}

function inFolder(): Growing {
  const data = path.join(folder, 'data');
  const must = () => {
    const opened = openRepository({ folder: data, resources: null });
    if (!opened.ok) throw new Error(opened.refusal.code);
    return opened.value;
  };
  return {
    open: async () => must(),
    async fill(upTo) {
      await must().close();
      const [store, register] = ['repository.db', 'registry.db'].map((name) => openDatabase(path.join(data, name)));
      fillSqlite(store!, register!, upTo);
      for (const db of [store!, register!]) db.close();
    },
  };
}

async function onPostgres(): Promise<Growing> {
  const url = await postgres.freshDatabase();
  return {
    open: () => served(url),
    async fill(upTo) {
      const db = openPostgres(url);
      await migrate(db);
      await fillPostgres(db, upTo);
      await db.close();
    },
  };
}

async function served(url: string) {
  const opened = await openPostgresRepository({
    url,
    resources: null,
    files: openDiskFiles(folder),
    report: faulty,
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value;
}

async function growth(where: string, repository: Growing): Promise<void> {
  const small = await costsAt(repository, SMALL);
  const large = await costsAt(repository, LARGE);
  for (const what of ['hello', 'pull'] as const) {
    const name = what === 'hello' ? 'nothing new' : 'a pull of 1,000';
    const [before, after] = [small[what], large[what]];
    report(
      `${where}, ${name}`,
      `${ms(before)} at ${count(SMALL)}, ${ms(after)} at ${count(LARGE)}: ${ratio(after / before)} x`,
      after <= 2 * before,
    );
  }
}

/** Medians of an idle hello and of a pull of a thousand, of a device that reads everything, at so many change-sets. */
async function costsAt(repository: Growing, size: number): Promise<{ readonly hello: number; readonly pull: number }> {
  await repository.fill(size);
  const server = await repository.open();
  const url = await server.listen('127.0.0.1', 0);
  try {
    const reader = await MarkingDevice.enrol(url, await codeOf(server.registry, 'administrator'));
    const writer = await MarkingDevice.enrol(url, await codeOf(server.registry, 'trainer'));
    await writer.send(writer.packOf(writer.open(40)));
    await reader.hello();
    const { cursor } = reader;
    await writer.send(writer.packOf(writer.marks(1_000)));
    const pull = await median(15, () => reader.pull(cursor));
    // What lies between was read; from here on there is nothing new.
    await reader.hello();
    const hello = await median(200, () => reader.hello());
    return { hello, pull };
  } finally {
    await server.close();
  }
}

/** Pushes of a thousand over HTTP, each judged and logged, against the same rows put into the same tables by `pg` alone. */
async function ingest(): Promise<void> {
  const url = await postgres.freshDatabase();
  const bareUrl = await postgres.freshDatabase();
  const prepared = openPostgres(bareUrl);
  await migrate(prepared);
  await prepared.close();
  const server = await served(url);
  const address = await server.listen('127.0.0.1', 0);
  const device = await MarkingDevice.enrol(address, await codeOf(server.registry, 'trainer'));
  await device.send(device.packOf(device.open(40)));
  const packs = Array.from({ length: PUSHES }, () => device.packOf(device.marks(EACH)));
  const rows = new pg.Client({ connectionString: url });
  const bare = new pg.Client({ connectionString: bareUrl });
  await Promise.all([rows.connect(), bare.connect()]);
  const ratios: number[] = [];
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (const pack of packs) {
    const { head } = (await rows.query('select max(feed) as head from change_set')).rows[0] as { head: string };
    const took = await timed(() => device.send(pack));
    const changes = (await rows.query('select * from change_set where feed > $1 order by feed', [head])).rows as object[];
    const written = (await rows.query('select * from written where feed > $1 order by feed', [head])).rows as object[];
    if (changes.length !== EACH) throw new Error(`${changes.length} arrived`);
    const alone = await timed(async () => {
      await bare.query('begin');
      await insertAll(bare, 'change_set', changes);
      await insertAll(bare, 'written', written);
      await bare.query('commit');
    });
    ours.push(took);
    theirs.push(alone);
    ratios.push(alone / took);
  }
  await Promise.all([rows.end(), bare.end()]);
  await server.close();
  const reached = middle(ratios);
  const [us, them] = [middle(ours), middle(theirs)].map((time) => `${Math.round((EACH / time) * 1_000)}/s`);
  report('taking in, judged and logged', `${us} against ${them} of bare inserts: ${ratio(reached)} x`, reached >= 0.5);
}

async function insertAll(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0]!);
  const values = rows.map((_, row) => `(${columns.map((__, i) => `$${row * columns.length + i + 1}`).join(', ')})`).join(', ');
  await client.query(
    `insert into ${table}(${columns.join(', ')}) values ${values}`,
    rows.flatMap((row) => Object.values(row) as unknown[]),
  );
}

/** A hundred laptops at once before two server processes on one database. */
async function crowd(): Promise<void> {
  const url = await postgres.freshDatabase();
  const db = openPostgres(url);
  await migrate(db);
  await db.close();
  const servers = await Promise.all([0, 1].map(() => startServerProgram(url, path.join(folder, 'shared'))));
  const admin = await served(url);
  let errors = 0;
  let requests = 0;
  const times: number[] = [];
  const workshops = Array.from({ length: CLIENTS / 2 }, () => randomUUID());
  const one = async (which: number): Promise<void> => {
    // Two laptops to a workshop, each before another server.
    const workshop = workshops[which >> 1]!;
    const code = (await invite(admin.registry, 'trainer', `workshop:${workshop}`, nodeClock, nodeRandom)).code;
    const device = await MarkingDevice.enrol(servers[which % 2]!.url, code, workshop);
    let marks = device.open(10, which % 2 === 0);
    for (let round = 0; round < ROUNDS; round++, marks = device.marks(20)) {
      for (const work of [() => device.hello(), () => device.send(device.packOf(marks)), () => device.pull(device.cursor)]) {
        requests++;
        const took = await timed(work).catch((error: unknown) => {
          errors++;
          faulty(error);
          return 0;
        });
        times.push(took);
      }
    }
  };
  const all = await timed(() => Promise.all(Array.from({ length: CLIENTS }, (_, i) => one(i))));
  await admin.close();
  for (const server of servers) await server.stop();
  const late = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
  report(
    `${CLIENTS} laptops at once, two servers`,
    `${requests} requests, ${errors} errors, ${Math.round((requests / all) * 1_000)}/s, median ${ms(middle(times))}, 95 % under ${ms(late)}`,
    errors === 0,
  );
}

async function codeOf(registry: Pick<Registry, 'addInvitation'>, role: 'trainer' | 'administrator'): Promise<string> {
  return (await invite(registry, role, 'all', nodeClock, nodeRandom)).code;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  // What is done for the first time is not what it costs.
  for (let i = 0; i < 3; i++) await work();
  const took: number[] = [];
  for (let i = 0; i < times; i++) took.push(await timed(work));
  return middle(took);
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function faulty(error: unknown): void {
  print(`fault: ${String(error)}`);
}

function report(what: string, figures: string, reached: boolean): void {
  print(`${reached ? 'ok ' : 'NOT'}  ${what}: ${figures}`);
  if (!reached) missed.push(what);
}

function ms(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
