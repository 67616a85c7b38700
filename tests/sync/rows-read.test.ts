import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, stateOf } from '../../electron/engine/sync/account.ts';
import { peopleSpace } from '../../shared/model/spaces.ts';
import { brotli, nodeHasher, nodeVerifier } from '../../shared/node/crypto.ts';
import { changeSetsAt, feedHead } from '../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../shared/node/store/sqlite/open-database.ts';
import { SPACES_HERE } from '../../shared/node/store/sqlite/set-aside-here.ts';
import { decodePack } from '../../shared/sync/pack-reader.ts';
import { openLaptop, type Laptop } from '../support/laptop.ts';
import { startRepository, type TestRepository } from '../support/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';

/**
 * SPEC, invariant 17: rows read in proportion to rows returned. Every statement that a laptop and a repository run in an exchange is written down with the
 * rows that it gave, at one size and at eight times that size; and the plan of each is looked at: a table that grows with the log is searched through an index,
 * and what is read page by page is not sorted anew for each page. No time is measured.
 */
const SMALL = 200;
const LARGE = 1_600;
/** Tables that grow with what people do; refusals are few. */
const GROWING = ['change_set', 'written', 'mark', 'participant', 'searchable'];

interface Reading {
  rows: number;
  readonly statements: Set<string>;
}

let server: TestRepository;
const laptops: Laptop[] = [];
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
});

/** Runs `work` and counts the rows that statements of this process gave to it. */
async function reading(db: Db, work: () => Promise<unknown>): Promise<Reading> {
  const statement = Object.getPrototypeOf(db.prepare('select 1')) as Record<'all' | 'get', (...params: unknown[]) => unknown>;
  const { all, get } = statement;
  const seen: Reading = { rows: 0, statements: new Set() };
  statement.all = function counted(this: { readonly source: string }, ...params) {
    const rows = all.apply(this, params) as unknown[];
    seen.rows += rows.length;
    seen.statements.add(this.source);
    return rows;
  };
  statement.get = function counted(this: { readonly source: string }, ...params) {
    const row = get.apply(this, params);
    seen.rows += row === undefined ? 0 : 1;
    seen.statements.add(this.source);
    return row;
  };
  try {
    await work();
  } finally {
    Object.assign(statement, { all, get });
  }
  return seen;
}

/** What a statement does to a growing table that costs more than what it returns. */
function faultsOfPlan(dbs: readonly Db[], source: string): string[] {
  const params = Array.from({ length: source.split('?').length - 1 }, () => null);
  for (const db of dbs) {
    let plan: string[];
    try {
      plan = (db.prepare(`explain query plan ${source}`).all(...params) as { detail: string }[]).map(({ detail }) => detail);
    } catch {
      // A statement of the registry, which has tables of its own.
      continue;
    }
    const scans = plan.filter((step) => GROWING.some((table) => step === `SCAN ${table}` || step.startsWith(`SCAN ${table} `)));
    const sorted = /\blimit \?/i.test(source) ? plan.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY')) : [];
    return [...scans, ...sorted].map((step) => `${step}: ${source.replaceAll(/\s+/g, ' ')}`);
  }
  return [];
}

async function laptopWith(size: number): Promise<{ laptop: Laptop; reader: Laptop; id: string }> {
  const laptop = await enrolledLaptop(server);
  const { id } = makeWorkshop(laptop);
  tap(laptop, id, size);
  await synced(laptop);
  await synced(laptop);
  const reader = await enrolledLaptop(server, 'trainer', `workshop:${id}`);
  laptops.push(laptop, reader);
  return { laptop, reader, id };
}

function tap(laptop: Laptop, id: string, count: number): void {
  laptop.store.transaction(() => {
    for (let i = 0; i < count; i++) laptop.write(peopleSpace(id), 'mark', randomUUID(), { activityId: id, status: 'present' });
  });
}

describe('an exchange', () => {
  it('reads as much as it moves, whatever lies there already', { timeout: 300_000 }, async () => {
    const statements = new Set<string>();
    const measure = async (laptop: Laptop, work: () => Promise<unknown>): Promise<number> => {
      const read = await reading(laptop.store.db, work);
      for (const source of read.statements) statements.add(source);
      return read.rows;
    };
    const rows: Record<string, number[]> = {};
    for (const size of [SMALL, LARGE]) {
      const { laptop, reader, id } = await laptopWith(size);
      const note = (what: string, count: number): void => void (rows[what] ??= []).push(count);
      note('a first fetch, a row', (await measure(reader, () => synced(reader))) / size);
      note('nothing new', await measure(laptop, () => synced(laptop)));
      tap(laptop, id, 100);
      note('a push of 100', await measure(laptop, () => synced(laptop)));
      note('a pull of 100', await measure(reader, () => synced(reader)));
      tap(laptop, id, size);
      await synced(laptop);
      note('a pull of all again, a row', (await measure(reader, () => synced(reader))) / size);
    }
    for (const [what, [small, large]] of Object.entries(rows)) {
      expect(large!, `${what}: ${small} rows with ${SMALL} here, ${large} with ${LARGE}`).toBeLessThan(1.5 * small! + 20);
    }
    process.stdout.write(`rows read with ${SMALL} and with ${LARGE} change-sets: ${JSON.stringify(rows)}\n`);
    const dbs = [server.repository.store.db, laptops[0]!.store.db];
    expect([...statements].flatMap((source) => faultsOfPlan(dbs, source))).toEqual([]);
    expect(statements.size).toBeGreaterThan(20);
  });

  it.each([3, 260])('of a running feed out of %i spaces reads every row once and brings all', { timeout: 120_000 }, async (count) => {
    const writer = await enrolledLaptop(server, 'administrator');
    const reader = await enrolledLaptop(server, 'administrator');
    laptops.push(writer, reader);
    await synced(reader);
    const ids = Array.from({ length: count }, (_, i) => `${count}-${i}`);
    const writeTo = (id: string, value: number): void => writer.write(`institution/${id}`, 'hologram', `h-${id}`, { depth: value });
    for (const id of ids) writeTo(id, 0);
    await synced(writer);
    await synced(reader);
    const { cursor } = stateOf(reader.settings);
    const before = feedHead(server.repository.store.db);
    writer.store.transaction(() => {
      // Each space's changes lie among those of the others.
      for (let i = 0; i < 600; i++) writeTo(ids[(i * 7) % count]!, i + 1);
    });
    await synced(writer);
    const inOrder = server.repository.store.db.prepare('select hash from change_set where feed > ? order by feed').pluck().all(before);
    expect(await hashesOfPull(reader, cursor!)).toEqual(inOrder);
    const { rows } = await reading(reader.store.db, () => synced(reader));
    expect(rows).toBeLessThan(6 * (600 + count));
    const [theirs, ours] = [writer.store.digest(), reader.store.digest()];
    for (const id of ids) expect(ours[`institution/${id}`]).toBe(theirs[`institution/${id}`]);
    expect(rows).toBeGreaterThan(600);
  });
});

/** What comes after a cursor, in the order in which it comes. */
async function hashesOfPull(laptop: Laptop, cursor: string): Promise<string[]> {
  const { token } = accountOf(laptop.settings)!;
  const answer = await fetch(`${server.url}/v1/pull`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ cursor, fill: [], frame: 262_144 }),
  });
  const pack = decodePack(new Uint8Array(await answer.arrayBuffer()), {
    hasher: nodeHasher,
    compression: brotli,
    verifier: nodeVerifier(),
    held: (place) => changeSetsAt(laptop.store.db, place, nodeHasher),
  });
  if (!pack.ok) throw new Error(pack.refusal.code);
  return pack.value.changeSets.map(({ hash }) => hash);
}

it('finds what is set aside here through its index, however many rulings there are', async () => {
  const laptop = openLaptop();
  const plan = laptop.store.db.prepare(`explain query plan ${SPACES_HERE}`).all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(/refusal_here/);
  expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/);
  await laptop.end();
});
