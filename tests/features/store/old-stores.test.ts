import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { moveAccount, unpackOldStores, type Before, type OldRow } from '../../support/old-stores.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** Stores, a repository and a stick that the program made before values were judged: they open, go on with each other and lose nothing. */
const root = quickFolder('itinera-old-');
const laptopFolder = path.join(root, 'laptop');
const repositoryFolder = path.join(root, 'repository');
const laptopFile = path.join(laptopFolder, 'itinera.db');
let before: Before;
let server: TestRepository;
let laptop: TestEngine;

beforeAll(() => {
  before = unpackOldStores(root);
});
afterAll(async () => {
  await laptop.close();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** What a log says, by hash, in the words of `OldRow`. */
function logIn(file: string): Map<string, OldRow> {
  const db = openDatabase(file);
  const rows = db.prepare('select hash, space, replica, seq, kind, refused, body from change_set order by feed').all() as (OldRow & {
    body: Uint8Array;
  })[];
  db.close();
  return new Map(
    rows.map(({ body, ...row }) => {
      const read = decodeChangeSet(body, nodeHasher);
      if (!read.ok) throw new Error(read.refusal.code);
      return [row.hash, { ...row, signed: read.value.signature !== '', ops: read.value.ops }];
    }),
  );
}

/** Whether every row of before is there and says the same; the log of before is never empty. */
function expectNothingLost(file: string, log: readonly OldRow[]): void {
  const now = logIn(file);
  expect(log.length).toBeGreaterThan(15);
  for (const row of log) expect(now.get(row.hash), `${row.space} ${row.seq}`).toEqual(row);
}

function rowsOf<T>(file: string, sql: string): T[] {
  const db = openDatabase(file);
  const rows = db.prepare(sql).all() as T[];
  db.close();
  return rows;
}

const statusOf = (engine: TestEngine, person: string, halfDay: string): Promise<string | undefined> =>
  engine
    .call<{ marks: { personId: string; halfDay: string; status: string }[] }>('attendance.grid', { activityId: before.workshop })
    .then(({ marks }) => marks.find((mark) => mark.personId === person && mark.halfDay === halfDay)?.status);

const personOf = async (engine: TestEngine, ref: string): Promise<string> =>
  (await engine.call<{ id: string; ref: string }[]>('people.list', { activityId: before.workshop })).find((one) => one.ref === ref)!.id;

/** An answer without what it said of the day on which it was asked and of how many courses came with the program then, and with when a laptop syncs as one choice. */
function asToday(answer: unknown): object {
  const { automatic, economy, ...others } = JSON.parse(JSON.stringify(answer)) as {
    automatic?: boolean;
    spaces?: { id: string; changeSets?: number }[];
    economy?: { metered: boolean; dailyCap: number | null; paused: boolean; usedToday?: number };
  };
  for (const space of others.spaces ?? []) if (space.id === 'library') delete space.changeSets;
  if (economy === undefined) return others;
  const { metered, dailyCap, paused } = economy;
  return { ...others, schedule: { when: automatic === false || paused ? 'asked' : metered ? 'records' : 'all', metered, dailyCap } };
}

/** The digests of all spaces but the library: that has what comes with this program. */
function besideLibrary({ library, ...others }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  expect(library).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(others).length).toBeGreaterThan(2);
  return others;
}

describe('a data folder of before', () => {
  it('opens; every value, ruling and erasure is there, every screen says the same, and the check finds nothing', async () => {
    laptop = await openTestEngine(laptopFolder);
    expect(laptop.salvaged).toBeNull();
    for (const [asked, answer] of Object.entries(before.laptop.asked)) {
      const [name, args] = [asked.slice(0, asked.indexOf(' ')), JSON.parse(asked.slice(asked.indexOf(' '))) as object];
      expect(await laptop.call(name, args), name).toMatchObject(asToday(answer));
    }
    expect(await laptop.call('store.check', {})).toMatchObject({ ok: true, problems: [] });
    await laptop.close();
    expectNothingLost(laptopFile, before.laptop.log);
    const opened = openLaptop({ folder: laptopFolder });
    expect(besideLibrary(opened.store.digest())).toEqual(besideLibrary(before.laptop.digest));
    await opened.close();
    expect(rowsOf(laptopFile, 'select hash, space, reason, ruling from refusal order by hash, ruling')).toEqual(before.laptop.refusals);
    expect(rowsOf(laptopFile, 'select * from erasure order by entity, type, space')).toEqual(before.laptop.erasures);
  });

  it('has what had no effect on this laptop alone apart from what was ruled out, and its token out of the database', () => {
    const here = before.laptop.refusals.filter(({ ruling }) => ruling === 'here');
    expect(here).toHaveLength(1);
    expect(rowsOf(laptopFile, 'select hash, space, reason, cause from quarantine')).toEqual(
      here.map(({ hash, space, reason }) => ({ hash, space, reason, cause: 'closed' })),
    );
    const account = rowsOf<{ value: string }>(laptopFile, `select value from local where key = 'sync/account'`);
    expect(account).toHaveLength(1);
    expect(JSON.parse(account[0]!.value)).not.toHaveProperty('token');
    const { token } = JSON.parse(readFileSync(path.join(laptopFolder, 'repository.token'), 'utf8')) as { token: string };
    expect(token.length).toBeGreaterThan(20);
    expect(readFileSync(laptopFile).includes(token)).toBe(false);
  });
});

describe('a stick of before', () => {
  it('is read by an old data folder: what its laptop alone had is here, and all of both', async () => {
    const folder = path.join(root, 'second');
    unpackOldStores(folder);
    const file = path.join(folder, 'laptop', 'itinera.db');
    const engine = await openTestEngine(path.dirname(file));
    const first = await personOf(engine, 'P01');
    const stick = path.join(folder, 'stick.itinera');
    expect(await engine.call('sync.import', { path: stick })).toMatchObject({ applied: 3, held: 0, refused: 0, again: false, missing: [] });
    expect(await statusOf(engine, first, '2021-07-15-PM')).toBe('remote');
    expect(await engine.call('people.list', { activityId: before.workshop })).toContainEqual(
      expect.objectContaining({ familyName: 'MENDES', givenName: 'Inês' }),
    );
    expect(await engine.call('sync.import', { path: stick })).toMatchObject({ applied: 0, again: true });
    expect(await engine.call('store.check', {})).toMatchObject({ ok: true, problems: [] });
    expect(await engine.call('sync.status', {})).toMatchObject({ pending: 1, refused: 2, conflicts: 2 });
    await engine.close();
    expectNothingLost(file, before.laptop.log);
    expectNothingLost(file, before.stick.log);
  });
});

describe('a repository of before', () => {
  it('opens with everything, and names the one row that no signature leads back to', async () => {
    server = await startRepository({ folder: repositoryFolder, unfillable: 'a row of the plan is proven by nothing' });
    expect(besideLibrary(await server.digest())).toEqual(besideLibrary(before.repository.digest));
    expectNothingLost(path.join(repositoryFolder, 'repository.db'), before.repository.log);
    const unsigned = before.repository.log.at(-1)!;
    expect(unsigned).toMatchObject({ space: planSpace(before.workshop), signed: false });
    const said = await COMMANDS['verify']!.run({ data: repositoryFolder });
    expect(said.ok).toBe(false);
    const faults = said.ok ? [] : (said.refusal.details?.['faults'] as { kind: string; hash: string }[]);
    expect(faults).toMatchObject([{ kind: 'unproven', hash: unsigned.hash }]);
  });

  it('and a data folder of before go on with each other: what each had made alone reaches the other', async () => {
    moveAccount(laptopFile, server.url);
    laptop = await openTestEngine(laptopFolder);
    const [late, left] = [await personOf(laptop, 'P03'), await personOf(laptop, 'P04')];
    expect(await statusOf(laptop, left, '2021-07-14-AM')).not.toBe('leftEarly');
    expect(await laptop.call('sync.run', {})).toMatchObject({ refused: 0 });
    expect(await laptop.call('sync.status', {})).toMatchObject({ pending: 0, refused: 2, conflicts: 2 });
    expect(await statusOf(laptop, left, '2021-07-14-AM')).toBe('leftEarly');
    const marks = await server.shown('mark');
    expect(marks.find((mark) => mark['personId'] === late && mark['halfDay'] === '2021-07-13-PM')).toMatchObject({ status: 'late' });
    // With the session that was opened the token is gone, and nothing is asked for twice.
    expect(existsSync(path.join(laptopFolder, 'repository.token'))).toBe(false);
    expect(await laptop.call('sync.run', {})).toMatchObject({ pushed: 0, pulled: 0, refused: 0 });
    await laptop.call('activity.update', { id: before.workshop, place: 'Saint-Louis' });
    expect(await laptop.call('sync.run', {})).toMatchObject({ pushed: 1, refused: 0 });
    expect(await server.shown('activity')).toMatchObject([{ id: before.workshop, place: 'Saint-Louis' }]);
  });

  it('goes on with new laptops too, which get all of the workshop but the row that nothing proves', async () => {
    const folder = path.join(root, 'new');
    mkdirSync(folder);
    const fresh = await openTestEngine(folder);
    await fresh.call('sync.enrol', { url: server.url, code: await server.invite('coordinator', 'all'), name: 'Noor Haddad' });
    expect(await fresh.call('sync.run', {})).toMatchObject({ refused: 0 });
    const workshop = await fresh.call<{ place: string; countries: string[] }>('activity.get', { id: before.workshop });
    expect(workshop).toMatchObject({ place: 'Saint-Louis', countries: ['SN', 'BJ'] });
    const grid = await fresh.call('attendance.grid', { activityId: before.workshop });
    expect(grid).toEqual(await laptop.call('attendance.grid', { activityId: before.workshop }));
    await fresh.call('attendance.mark', {
      ...{ activityId: before.workshop, halfDay: '2021-07-15-AM' },
      marks: [{ personId: await personOf(fresh, 'P05'), status: 'excused' }],
    });
    expect(await fresh.call('sync.run', {})).toMatchObject({ pushed: 1, refused: 0 });
    await laptop.call('sync.run', {});
    expect(await statusOf(laptop, await personOf(laptop, 'P05'), '2021-07-15-AM')).toBe('excused');
    await fresh.close();
  });
});
