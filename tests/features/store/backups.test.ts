import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../../electron/engine/engine.ts';
import { replaceDamaged, sourceOf } from '../../../electron/engine/backup/restore.ts';
import { backupsIn, newestGoodBackup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { MIGRATIONS } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { SEED } from '../../sync/seeds.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { enginesInFolders, NEW, HALF_DAYS, alter, present } from '../../support/laptops/kept-engines.ts';
import { alwaysOpen, openVault } from '../../../electron/engine/vault/vault.ts';

let folder: string;
let data: string;
const engines = enginesInFolders();
const { engineAt, close, closeAll } = engines;

beforeEach(() => {
  folder = engines.folder();
  data = path.join(folder, 'data');
});

describe('backups of a laptop whose clock jumps', () => {
  const backups = (): string => path.join(data, 'backups');

  /** Works on day by day, a half-day marked at each opening, with the file times that such a clock would leave. */
  async function workWith(clocks: readonly number[]): Promise<string> {
    let now = clocks[0]!;
    const session = async (work: (call: <T>(name: string, args?: unknown) => Promise<T>) => Promise<void>): Promise<void> => {
      const opened = await openEngine({
        vault: alwaysOpen(data),
        resources: path.join(ROOT, 'resources'),
        locales: path.join(ROOT, 'locales'),
        clock: { now: () => now },
      });
      if (!opened.ok) throw new Error(opened.refusal.code);
      const { dispatcher, close: end } = opened.value;
      await work(async <T>(name: string, args: unknown = {}) => {
        const answer = await dispatcher.dispatch(name, args, quietCall());
        if (!answer.ok) throw new Error(`${name} ${answer.error.code}`);
        return answer.result as T;
      });
      await end();
      for (const { path: file, at } of backupsIn(backups(), openDatabase)) utimesSync(file, at / 1_000, at / 1_000);
    };
    let ids = { activity: '', person: '' };
    await session(async (call) => {
      const { id } = await call<{ id: string }>('activity.create', NEW);
      const { id: person } = await call<{ id: string }>('people.add', {
        activityId: id,
        givenName: 'Awa',
        familyName: 'KONÉ',
        country: 'SN',
      });
      ids = { activity: id, person };
    });
    for (const [index, clock] of clocks.entries()) {
      now = clock;
      await session(async (call) => {
        await call('attendance.mark', {
          activityId: ids.activity,
          halfDay: HALF_DAYS[index % HALF_DAYS.length],
          marks: [{ personId: ids.person, status: 'present' }],
        });
      });
    }
    now += 86_400_000;
    await session(async () => undefined);
    return ids.activity;
  }

  async function restoredNewest(activityId: string): Promise<number> {
    const file = path.join(data, 'itinera.db');
    writeFileSync(file, Buffer.alloc(statSync(file).size, 0xff));
    expect(replaceDamaged(openVault(data), sourceOf(openVault(data), 'newest'), 5, { account: 'ask' })).toMatchObject({ ok: true });
    const engine = await engineAt(data);
    return present(engine, activityId);
  }

  const day = (date: string, n = 0): number => Date.parse(`${date}T08:00:00Z`) + n * 86_400_000;

  it('fallen back by years: the newest is the last one made, and no day since has evicted another', async () => {
    const id = await workWith([day('2026-03-02'), day('2026-03-03'), ...[0, 1, 2, 3, 4, 5].map((n) => day('2010-01-02', n))]);
    const names = readdirSync(backups());
    expect(names.filter((name) => name.includes('2010'))).toHaveLength(7);
    expect(await restoredNewest(id)).toBe(8);
  });

  it('that begins on one date every morning, and one that jumps ahead and back: what was marked comes back', async () => {
    const clocks = [
      day('2010-01-01'),
      day('2010-01-01') + 5,
      day('2031-05-05'),
      day('2010-01-01'),
      day('2010-01-01'),
      day('2026-03-02'),
      day('2010-01-01'),
      day('2026-03-02'),
    ];
    expect(await restoredNewest(await workWith(clocks))).toBe(8);
  });

  it(`at random, with copied files whose times are any: the order is that of their making (SEED=${SEED})`, async () => {
    const random = seeded(SEED);
    const clocks = Array.from({ length: 8 }, () => Math.floor(random() * 2e12));
    const id = await workWith(clocks);
    const ordered = backupsIn(backups(), openDatabase).map(({ path: file }) => file);
    for (const file of ordered) {
      copyFileSync(file, `${file}.moved`);
      rmSync(file);
      copyFileSync(`${file}.moved`, file);
      rmSync(`${file}.moved`);
      utimesSync(file, Math.floor(random() * 2e9), Math.floor(random() * 2e9));
    }
    expect(backupsIn(backups(), openDatabase).map(({ path: file }) => file)).toEqual(ordered);
    expect(newestGoodBackup(backups(), openDatabase)?.path).toBe(ordered[0]);
    writeFileSync(ordered[0]!, Buffer.alloc(10_000, 7));
    expect(newestGoodBackup(backups(), openDatabase)?.path).toBe(ordered[1]);
    const engine = await engineAt(data);
    await engine.call('store.restore', { path: ordered.at(-1) });
    // What was there before is the newest now, and the next one is newer still.
    expect(path.basename(backupsIn(backups(), openDatabase)[0]!.path)).toMatch(/^before-restore-/);
    await engine.call('store.restore', { path: backupsIn(backups(), openDatabase)[0]!.path });
    expect(await present(engine, id)).toBe(8);
    const [first, second] = backupsIn(backups(), openDatabase);
    expect(first!.number).toBe(second!.number + 1);
  });

  it('those of an earlier program, which numbered none, come after all that are numbered, by their names', async () => {
    await workWith([day('2026-03-02')]);
    const [newest] = backupsIn(backups(), openDatabase);
    for (const stamp of ['20300101-000000', '20310101-000000']) {
      const old = path.join(backups(), `itinera-${stamp}.db`);
      copyFileSync(newest!.path, old);
      alter(old, (db) => db.exec("delete from meta where key in ('backup', 'backups')"));
      utimesSync(old, 1, 1);
    }
    expect(
      backupsIn(backups(), openDatabase)
        .map(({ path: file }) => path.basename(file))
        .slice(-2),
    ).toEqual(['itinera-20310101-000000.db', 'itinera-20300101-000000.db']);
    expect(backupsIn(backups(), openDatabase).at(-1)?.at).toBe(Date.parse('2030-01-01T00:00:00Z'));
    expect(newestGoodBackup(backups(), openDatabase)?.path).toBe(newest!.path);
  });
});

/** The token that an earlier program keeps in the account; one is planted where this program keeps none there. */
function tokenIn(data: string): string {
  const db = openDatabase(path.join(data, 'itinera.db'));
  try {
    const account = JSON.parse(db.prepare("select value from local where key = 'sync/account'").pluck().get() as string) as {
      token?: string;
    };
    const token = account.token ?? `planted-${'t'.repeat(40)}`;
    db.prepare("update local set value = ? where key = 'sync/account'").run(JSON.stringify({ ...account, token }));
    return token;
  } finally {
    db.close();
  }
}

describe('a copy of the store', () => {
  it('carries no credential: chosen, automatic, made before a restore or before a new schema', async () => {
    const server = await startRepository({ library: false });
    try {
      const engine = await engineAt(data);
      await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa' });
      await engine.call('activity.create', NEW);
      const tokens = [tokenIn(data)];
      const chosen = path.join(folder, 'chosen.itinera');
      await engine.call('store.backup', { path: chosen });
      expect(await engine.call('store.restore', { path: chosen })).toMatchObject({ account: 'same', unproven: 0 });
      tokens.push(tokenIn(data));
      await close(engine);
      await close(await engineAt(data));
      const copies = [chosen, ...backupsIn(path.join(data, 'backups'), openDatabase).map(({ path: copy }) => copy)];
      expect(copies.length).toBeGreaterThanOrEqual(3);
      for (const copy of copies) for (const token of tokens) expect(readFileSync(copy).includes(token), path.basename(copy)).toBe(false);
      // The laptop itself goes on.
      const again = await engineAt(data);
      expect(await again.call('sync.run')).toMatchObject({ refused: 0 });
    } finally {
      await closeAll();
      await server.stop();
    }
  });

  it('says before it is gone back to when it was made and what of the present it lacks', async () => {
    const engine = await engineAt(data);
    const { id } = await engine.call<{ id: string }>('activity.create', NEW);
    const chosen = path.join(folder, 'chosen.itinera-backup');
    await engine.call('store.backup', { path: chosen });
    const { at, changeSets, lacks } = await engine.call<{ at: string; changeSets: number; lacks: number }>('store.compareBackup', {
      path: chosen,
    });
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    expect([changeSets > 0, lacks]).toEqual([true, 0]);
    await engine.call('people.add', { activityId: id, familyName: 'KONÉ', givenName: 'Awa' });
    await engine.call('activity.update', { id, place: 'Thiès' });
    expect(await engine.call('store.compareBackup', { path: chosen })).toEqual({ at, changeSets, lacks: 2 });
    const files = readdirSync(data);
    expect(await engine.try('store.compareBackup', { path: path.join(folder, 'none') })).toMatchObject({ error: { code: 'file.missing' } });
    writeFileSync(path.join(folder, 'text'), 'no backup');
    expect(await engine.try('store.compareBackup', { path: path.join(folder, 'text') })).toMatchObject({
      error: { code: 'store.notABackup' },
    });
    expect(readdirSync(data)).toEqual(files);
    await engine.call('store.restore', { path: chosen });
    // What it lacked lies in the copy that was kept.
    const kept = backupsIn(path.join(data, 'backups'), openDatabase).map(({ path: copy }) => copy);
    const compared = await Promise.all(kept.map((copy) => engine.call<{ changeSets: number }>('store.compareBackup', { path: copy })));
    expect(Math.max(...compared.map((one) => one.changeSets))).toBe(changeSets + 2);
  });

  it('made before a new schema carries none either', async () => {
    const db = openDatabase(path.join(folder, 'old.db'));
    for (const migration of MIGRATIONS.slice(0, 2)) db.exec(migration.sql);
    db.pragma('user_version = 2');
    db.prepare("insert into local values ('sync/account', ?)").run(JSON.stringify({ url: 'http://127.0.0.1:1', token: 'secret-of-old' }));
    db.close();
    mkdirSync(data);
    renameSync(path.join(folder, 'old.db'), path.join(data, 'itinera.db'));
    await engineAt(data);
    const copy = readFileSync(path.join(data, 'backups', 'before-schema-3.db'));
    expect(copy.includes('sync/account')).toBe(true);
    expect(copy.includes('secret-of-old')).toBe(false);
  });
});

describe('checking a laptop', () => {
  it('finds what nothing proves, whose author is unknown, and a file that is not what its name says', async () => {
    const engine = await engineAt(data);
    const { id } = await engine.call<{ id: string }>('activity.create', NEW);
    const deck = path.join(folder, 'deck.txt');
    writeFileSync(deck, 'a handout');
    const { sha256 } = await engine.call<{ sha256: string }>('material.add', {
      path: deck,
      title: 'Deck',
      language: 'fr',
      kind: 'handout',
      activityId: id,
    });
    expect(await engine.call('store.check')).toMatchObject({ ok: true, problems: [] });
    writeFileSync(path.join(data, 'files', sha256.slice(0, 2), sha256), 'a handouT');
    expect(await engine.call('store.check')).toMatchObject({ ok: false, problems: [`file ${sha256}`] });
    await close(engine);
    alter(path.join(data, 'itinera.db'), (db) => db.exec("update certificate set public_key = x'00'"));
    const altered = await engineAt(data);
    const { problems } = await altered.call<{ problems: string[] }>('store.check');
    await close(altered);
    expect(problems).toContain(`file ${sha256}`);
    expect(problems.some((problem) => problem.startsWith('signature '))).toBe(true);
    alter(path.join(data, 'itinera.db'), (db) => db.exec('delete from certificate'));
    const again = await (await engineAt(data)).call<{ problems: string[] }>('store.check');
    expect(again.problems.some((problem) => problem.startsWith('certificate '))).toBe(true);
  });
});
