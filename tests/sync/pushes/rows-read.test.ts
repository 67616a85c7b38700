import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEER, stateOf } from '../../../electron/engine/sync/repository/account.ts';
import { LIBRARY, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { brotli, nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { changeSetsAt, feedHead } from '../../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { CLOSED_SPACES } from '../../../shared/node/store/sqlite/quarantine.ts';
import { pendingChangeSets } from '../../../shared/node/store/sqlite/peers.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import type { ChangeSet, FieldValue } from '../../../shared/sync/types.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

/**
 * SPEC, invariant 17: rows read in proportion to rows returned. Every statement that a laptop and a repository run in an exchange is written down with the
 * rows that it gave, at one size and at eight times that size; and the plan of each is looked at: a table that grows with the log is searched through an index,
 * and what is read page by page is not sorted anew for each page. No time is measured.
 */
const SMALL = 60;
const LARGE = 480;
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

/** A line of change-sets, each of which supersedes the one before, at the end of a chain. */
function lineOf(
  device: BareDevice,
  space: string,
  entity: readonly [type: string, id: string],
  field: string,
  values: readonly FieldValue[],
) {
  let last: ChangeSet | null = null;
  return (from: number, to: number): ChangeSet[] =>
    values.slice(from, to).map((value, i) => {
      const before = last;
      const opens = before === null && space !== LIBRARY;
      const header = {
        version: 1,
        space,
        replica: device.replica,
        seq: from + i + 1,
        prev: before?.hash ?? null,
        t: from + i,
        tq: 0,
      } as const;
      const op = { entityType: entity[0], entityId: entity[1], field, supersedes: before ? [`${before.hash}:0`] : [] } as const;
      last = sealChangeSet(
        { ...header, schema: 1, author: '', kind: opens ? 'genesis' : 'data' },
        [{ ...op, content: { form: 'plain', value } }],
        device.signer,
        nodeHasher,
      );
      return last;
    });
}

it.each([
  ['an entity that every laptop reads', LIBRARY, ['material', 'm-long'], 'name', (n: number) => `v${n}`],
  ['what says who may write the rest', planSpace('w-long'), ['activity', 'w-long'], 'countries', (n: number) => [n % 2 ? 'SN' : 'CI']],
] as const)(
  'a push of change-sets that follow one another reads the past of %s a few times at most',
  { timeout: 120_000 },
  async (_, space, entity, field, valueOf) => {
    const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    const line = lineOf(
      device,
      space,
      entity,
      field,
      Array.from({ length: LARGE + 80 }, (_unused, n) => valueOf(n)),
    );
    const rows: number[] = [];
    const push = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 400) expect((await device.push(line(at, Math.min(to, at + 400)))).status).toBe(200);
    };
    let here = 0;
    for (const past of [SMALL, LARGE]) {
      await push(here, past);
      rows.push((await reading(server.repository.store.db, () => push(past, past + 40))).rows);
      here = past + 40;
    }
    expect(await server.history(entity[1], field)).toHaveLength(LARGE + 40);
    const [small, large] = rows as [number, number];
    // Once to count, and until it is seen to be written to again; not once for each of the 40.
    expect(large - small, `${small} rows over ${SMALL} values, ${large} over ${LARGE}`).toBeLessThan(5 * (LARGE - SMALL));
  },
);

/** What comes after a cursor, in the order in which it comes. */
async function hashesOfPull(laptop: Laptop, cursor: string): Promise<string[]> {
  const received: Uint8Array[] = [];
  const remote = laptop.remote();
  remote.speakPlainly();
  const answer = await remote.pull({ cursor, fill: [], frame: 262_144, complete: false }, (bytes) => received.push(bytes));
  remote.close();
  if (!answer.ok) throw new Error(answer.refusal.code);
  const pack = decodePack(Buffer.concat(received), {
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
  const plan = laptop.store.db.prepare(`explain query plan ${CLOSED_SPACES}`).all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(/quarantine_by_cause/);
  expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/);
  await laptop.end();
});

describe('what waits to be sent', () => {
  const status = async (laptop: Laptop) => {
    const said = await laptop.sync.handlers['sync.status']({}, quietCall());
    if (!said.ok) throw new Error(said.refusal.code);
    return said.value;
  };
  /** Counted anew from the change-sets themselves. */
  const recounted = ({ store }: Laptop) => {
    const rows = store.spaces().flatMap((space) => pendingChangeSets(store.db, PEER, space));
    const own = rows.filter(({ replica }) => replica === store.replica);
    return { pending: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes.length, 0) };
  };

  it('is told for the same rows at 10 and at 2,000 marks', { timeout: 120_000 }, async () => {
    const rows: number[] = [];
    const statements = new Set<string>();
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    const { id } = makeWorkshop(laptop);
    await synced(laptop);
    for (const size of [10, 2_000]) {
      tap(laptop, id, size - laptop.sync.pending());
      const read = await reading(laptop.store.db, async () => {
        const said = await status(laptop);
        expect([said.pending, said.spaces.find((one) => one.id === peopleSpace(id))?.changeSets]).toEqual([size, size + 2]);
        expect(laptop.sync.pending()).toBe(size);
      });
      rows.push(read.rows);
      for (const source of read.statements) statements.add(source);
      expect((await status(laptop)).pendingBytes).toBe(recounted(laptop).bytes);
    }
    expect(rows[1]).toBe(rows[0]);
    // Nothing adds up or counts what lies in the log.
    const inLog = [...statements].filter((source) => source.includes('change_set') && !source.includes('refused is not null'));
    expect(inLog.filter((source) => !/where (hash|feed) = \?|min\(space\)/.test(source))).toEqual([]);
  });

  it('is what a recount finds, with a part confirmed, a chain that forked, and a store made before sums were kept', async () => {
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    const [one, other] = [makeWorkshop(laptop), makeWorkshop(laptop)];
    const equal = async (): Promise<number> => {
      const { pending, pendingBytes } = await status(laptop);
      const anew = recounted(laptop);
      expect(pending).toBe(anew.pending);
      // A signature added since is not counted.
      expect(Math.abs(pendingBytes - anew.bytes)).toBeLessThanOrEqual(66 * pending);
      return pending;
    };
    expect(await equal()).toBe(8);
    await synced(laptop, { spaces: [planSpace(one.id), peopleSpace(one.id)] });
    expect(await equal()).toBe(5);
    tap(laptop, one.id, 3);
    tap(laptop, other.id, 2);
    expect(await equal()).toBe(10);
    laptop.store.db.exec('update change_set set chain_bytes = null');
    expect(await equal()).toBe(10);
    tap(laptop, one.id, 1);
    expect(await equal()).toBe(11);
    await synced(laptop);
    tap(laptop, one.id, 4);
    // A twin's branch under this name.
    const { db } = laptop.store;
    const [tip] = laptop.store.tips(peopleSpace(other.id)).filter(({ replica }) => replica === laptop.store.replica);
    db.prepare('insert into tip(space, replica, hash, seq) values (?, ?, ?, ?)').run(
      peopleSpace(other.id),
      laptop.store.replica,
      db.prepare('select prev from change_set where hash = ?').pluck().get(tip!.hash),
      tip!.seq - 1,
    );
    tap(laptop, other.id, 2);
    await equal();
  });
});
