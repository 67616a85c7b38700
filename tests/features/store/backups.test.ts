import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../../electron/engine/engine.ts';
import { replaceDamaged, sourceOf } from '../../../electron/engine/backup/restore.ts';
import { backupsIn, newestGoodBackup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { MIGRATIONS } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase, type Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openTestEngine, ROOT, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { SEED } from '../../sync/seeds.ts';
import { quietCall } from '../../support/quiet-call.ts';

let folder: string;
let data: string;
const open: TestEngine[] = [];

beforeEach(() => {
  folder = quickFolder('itinera-backups-');
  data = path.join(folder, 'data');
});
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const NEW = { title: 'Atelier', courseId: 'C1', languages: ['fr'], countries: ['SN'], start: '2021-07-12', end: '2021-07-15' };
const HALF_DAYS = ['12', '13', '14', '15'].flatMap((day) => [`2021-07-${day}-AM`, `2021-07-${day}-PM`]);

async function engineAt(place: string): Promise<TestEngine> {
  const engine = await openTestEngine(place);
  open.push(engine);
  return engine;
}

async function close(engine: TestEngine): Promise<void> {
  open.splice(open.indexOf(engine), 1);
  await engine.close();
}

/** Changes a file as somebody with a tool would. */
function alter(file: string, change: (db: Db) => void): void {
  const db = openDatabase(file);
  change(db);
  db.pragma('journal_mode = DELETE');
  db.close();
}

async function present(engine: TestEngine, activityId: string): Promise<number> {
  return (await engine.call<{ codes: { present?: number } }>('attendance.summary', { activityId })).codes.present ?? 0;
}

describe('backups of a laptop whose clock jumps', () => {
  const backups = (): string => path.join(data, 'backups');

  /** Works on day by day, a half-day marked at each opening, with the file times that such a clock would leave. */
  async function workWith(clocks: readonly number[]): Promise<string> {
    let now = clocks[0]!;
    const session = async (work: (call: <T>(name: string, args?: unknown) => Promise<T>) => Promise<void>): Promise<void> => {
      const opened = await openEngine({
        folder: data,
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
      for (const { path: file, at } of backupsIn(backups())) utimesSync(file, at / 1_000, at / 1_000);
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
    expect(replaceDamaged(data, sourceOf(data, 'newest'), 5, { account: 'ask' })).toMatchObject({ ok: true });
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
    const ordered = backupsIn(backups()).map(({ path: file }) => file);
    for (const file of ordered) {
      copyFileSync(file, `${file}.moved`);
      rmSync(file);
      copyFileSync(`${file}.moved`, file);
      rmSync(`${file}.moved`);
      utimesSync(file, Math.floor(random() * 2e9), Math.floor(random() * 2e9));
    }
    expect(backupsIn(backups()).map(({ path: file }) => file)).toEqual(ordered);
    expect(newestGoodBackup(backups())?.path).toBe(ordered[0]);
    writeFileSync(ordered[0]!, Buffer.alloc(10_000, 7));
    expect(newestGoodBackup(backups())?.path).toBe(ordered[1]);
    const engine = await engineAt(data);
    await engine.call('store.restore', { path: ordered.at(-1) });
    // What was there before is the newest now, and the next one is newer still.
    expect(path.basename(backupsIn(backups())[0]!.path)).toMatch(/^before-restore-/);
    await engine.call('store.restore', { path: backupsIn(backups())[0]!.path });
    expect(await present(engine, id)).toBe(8);
    const [first, second] = backupsIn(backups());
    expect(first!.number).toBe(second!.number + 1);
  });

  it('those of an earlier program, which numbered none, come after all that are numbered, by their names', async () => {
    await workWith([day('2026-03-02')]);
    const [newest] = backupsIn(backups());
    for (const stamp of ['20300101-000000', '20310101-000000']) {
      const old = path.join(backups(), `itinera-${stamp}.db`);
      copyFileSync(newest!.path, old);
      alter(old, (db) => db.exec("delete from meta where key in ('backup', 'backups')"));
      utimesSync(old, 1, 1);
    }
    expect(
      backupsIn(backups())
        .map(({ path: file }) => path.basename(file))
        .slice(-2),
    ).toEqual(['itinera-20310101-000000.db', 'itinera-20300101-000000.db']);
    expect(backupsIn(backups()).at(-1)?.at).toBe(Date.parse('2030-01-01T00:00:00Z'));
    expect(newestGoodBackup(backups())?.path).toBe(newest!.path);
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
      const copies = [chosen, ...backupsIn(path.join(data, 'backups')).map(({ path: copy }) => copy)];
      expect(copies.length).toBeGreaterThanOrEqual(3);
      for (const copy of copies) for (const token of tokens) expect(readFileSync(copy).includes(token), path.basename(copy)).toBe(false);
      // The laptop itself goes on.
      const again = await engineAt(data);
      expect(await again.call('sync.run')).toMatchObject({ refused: 0 });
    } finally {
      for (const engine of open.splice(0)) await engine.close();
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
    const kept = backupsIn(path.join(data, 'backups')).map(({ path: copy }) => copy);
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

/** TRUST: a file that somebody sent is material to judge. */
describe('a backup that somebody else made', () => {
  let spy: TestEngine;
  let file: string;
  let activityId: string;
  let personId: string;

  beforeEach(async () => {
    spy = await engineAt(path.join(folder, 'spy'));
    ({ id: activityId } = await spy.call<{ id: string }>('activity.create', NEW));
    ({ id: personId } = await spy.call<{ id: string }>('people.add', { activityId, givenName: 'Awa', familyName: 'KONÉ', country: 'SN' }));
    await spy.call('attendance.mark', { activityId, halfDay: HALF_DAYS[0], marks: [{ personId, status: 'present' }] });
    file = path.join(folder, 'sent.itinera');
    await spy.call('store.backup', { path: file });
  });

  const restore = (engine: TestEngine, args: Readonly<Record<string, unknown>> = {}) =>
    engine.try('store.restore', { path: file, ...args });

  it('brings its records and nothing else: no trigger, view, index or table of theirs', async () => {
    alter(file, (db) => {
      db.exec(`
        insert into local values ('lan/door', '{"on":true,"visible":true,"host":"0.0.0.0"}'), ('usb/repository', '"${'ab'.repeat(32)}"'), ('name', '"Spy"');
        create trigger quiet after insert on written when new.type = 'mark' begin delete from written where feed = new.feed and type = 'mark'; end;
        create trigger loud after insert on local begin select raise(abort, 'no'); end;
        create view everything as select * from local;
        create index theirs_by_length on change_set(length(body));
        create table extra(a, b generated always as (a || 'x') stored);
        insert into extra(a) values ('theirs');
      `);
    });
    const here = await engineAt(data);
    await here.call('settings.set', { name: 'Bakary' });
    expect(await restore(here)).toMatchObject({ ok: true, result: { account: 'none', unproven: 0 } });
    expect(await present(here, activityId)).toBe(1);
    await here.call('attendance.mark', { activityId, halfDay: HALF_DAYS[1], marks: [{ personId, status: 'present' }] });
    expect(await present(here, activityId)).toBe(2);
    expect(await here.call('store.check')).toMatchObject({ ok: true });
    expect(await here.call('settings.get')).toMatchObject({ name: 'Bakary' });
    await close(here);
    const db = openDatabase(path.join(data, 'itinera.db'), { readonly: true });
    const names = db.prepare('select name from sqlite_schema').pluck().all() as string[];
    expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/quiet|loud|everything|theirs_by_length|extra/)]));
    expect(db.prepare("select count(*) from local where key in ('lan/door', 'usb/repository')").pluck().get()).toBe(0);
    db.close();
  });

  it.each<readonly [string, (db: Db) => void]>([
    [
      'the log is a view',
      (db) =>
        db.exec(`alter table change_set rename to kept; create view change_set as
          with recursive n(i) as (select 1 union all select i + 1 from n) select i as feed, 'x' as hash, x'00' as body from n`),
    ],
    [
      'the table of its header is a view that never ends',
      (db) =>
        db.exec(`alter table meta rename to kept; create view meta as
          with recursive n(i) as (select 1 union all select i + 1 from n) select 'backup' as key, i as value from n`),
    ],
    [
      'the log has a column that is worked out',
      (db) => db.exec("alter table change_set add column worked text as (printf('%999999d', feed))"),
    ],
    [
      'local settings are checked by an expression',
      (db) => db.exec('drop table local; create table local(key text primary key, value text check (length(value) > 0)) without rowid'),
    ],
    ['a table is not there', (db) => db.exec('drop table acknowledged')],
    [
      'the search index poses as certificates',
      (db) => db.exec('drop table certificate; create virtual table certificate using fts5(replica, public_key, name, bytes)'),
    ],
  ])('is refused where %s, and everything stays as it was', async (_, change) => {
    alter(file, change);
    const here = await engineAt(data);
    await here.call('activity.create', { ...NEW, title: 'Ici' });
    const digest = await here.call('store.digest');
    expect(await restore(here)).toMatchObject({ ok: false, error: { code: 'store.backupAltered' } });
    expect(await here.try('store.compareBackup', { path: file })).toMatchObject({ ok: false, error: { code: 'store.backupAltered' } });
    expect(await here.call('store.digest')).toEqual(digest);
    expect(readdirSync(data).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('counts change-sets of which nothing proves who made them, and leaves them out', async () => {
    alter(file, (db) => {
      const rows = db.prepare("select feed, body from change_set where space <> 'library' order by feed").all() as {
        feed: number;
        body: Buffer;
      }[];
      const last = rows.at(-1)!;
      // The last is signed: one bit of it is another, and what it vouched for falls with it.
      const altered = Buffer.from(last.body);
      altered[altered.length - 1]! ^= 1;
      db.prepare('update change_set set body = ? where feed = ?').run(altered, last.feed);
    });
    const here = await engineAt(data);
    const answer = await restore(here);
    expect(answer).toMatchObject({ ok: true });
    const { unproven } = (answer as { result: { unproven: number } }).result;
    expect(unproven).toBeGreaterThan(1);
    expect(await here.call('people.list', { activityId })).toEqual([]);
    expect(await here.call('store.check')).toMatchObject({ ok: true });
  });

  it('signed by a key that is not its author’s is left out, and so is what a body does not hold', async () => {
    alter(file, (db) => {
      db.exec("update meta set value = json_set(value, '$.keys', json('[]')) where key = 'backup'");
    });
    const here = await engineAt(data);
    expect(await restore(here)).toMatchObject({ ok: true, result: { unproven: expect.any(Number) } });
    expect(await here.call('activity.list')).toEqual([]);
    alter(file, (db) => db.exec("update change_set set body = x'83' where space <> 'library'"));
    expect(await restore(here)).toMatchObject({ ok: true });
    expect(await here.call('activity.list')).toEqual([]);
    expect(await here.call('store.check')).toMatchObject({ ok: true });
  });

  it(`is refused or harmless however its bytes are damaged (SEED=${SEED})`, { timeout: 60_000 }, async () => {
    const here = await engineAt(data);
    await here.call('activity.create', { ...NEW, title: 'Ici' });
    const before = await here.call('store.digest');
    const whole = readFileSync(file);
    const random = seeded(SEED);
    for (let round = 0; round < 25; round++) {
      const bytes = Buffer.from(whole);
      const hits = round % 3 === 0 ? 1 : 40;
      for (let n = 0; n < hits; n++) {
        // Page headers and pointers more often than anything else: there cycles and sizes are made.
        const page = Math.floor(random() * (bytes.length / 4096)) * 4096;
        bytes[page + Math.floor(random() * (random() < 0.7 ? 100 : 4096))] = Math.floor(random() * 256);
      }
      writeFileSync(file, round % 5 === 4 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes);
      const answer = await restore(here);
      if (answer.ok) await here.call('store.restore', { path: (answer.result as { kept: string }).kept });
      else expect(answer.error.code, `round ${round}`).toMatch(/^store\.(notABackup|backupAltered|newer)$/);
      expect(await here.call('store.digest'), `round ${round}`).toEqual(before);
    }
    expect(readdirSync(data).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('far larger than any is not even read', async () => {
    truncateSync(file, 5 * 2 ** 30);
    const here = await engineAt(data);
    expect(await restore(here)).toMatchObject({ ok: false, error: { code: 'store.backupTooLarge' } });
    expect(await here.try('store.compareBackup', { path: file })).toMatchObject({ ok: false, error: { code: 'store.backupTooLarge' } });
  });

  it('takes no account over without being told to', async () => {
    const [theirs, ours] = [await startRepository({ library: false }), await startRepository({ library: false })];
    try {
      await spy.call('sync.enrol', { url: theirs.url, code: await theirs.invite('trainer', 'all'), name: 'Spy' });
      await spy.call('sync.run');
      await spy.call('store.backup', { path: file });
      const here = await engineAt(data);
      const asked = await restore(here, { account: 'ask' });
      expect(asked).toMatchObject({ ok: false, error: { code: 'store.accountForeign', details: { name: 'Spy', url: theirs.url } } });
      expect(await here.call('activity.list')).toEqual([]);
      // By itself it is left where it is.
      expect(await restore(here)).toMatchObject({ ok: true, result: { account: 'kept', unproven: 0 } });
      expect(await present(here, activityId)).toBe(1);
      expect(await here.try('sync.run')).toMatchObject({ ok: false, error: { code: 'sync.notEnrolled' } });
      // An account of one's own stays.
      await here.call('sync.enrol', { url: ours.url, code: await ours.invite('trainer', 'all'), name: 'Bakary' });
      expect(await restore(here, { account: 'keep' })).toMatchObject({ ok: true, result: { account: 'kept' } });
      expect(await here.call('sync.status')).toMatchObject({ url: ours.url, user: 'Bakary' });
      expect(await here.call('sync.run')).toMatchObject({ conflicts: 0 });
      // Taken, it is theirs in all but the key: without that nobody is admitted.
      expect(await restore(here, { account: 'take' })).toMatchObject({ ok: true, result: { account: 'taken' } });
      expect(await here.call('sync.status')).toMatchObject({ url: theirs.url, user: 'Spy' });
      expect(await here.try('sync.run')).toMatchObject({ ok: false, error: { code: 'sync.credentialUnknown' } });
      expect([...theirs.faults, ...ours.faults]).toEqual([]);
    } finally {
      for (const engine of open.splice(0)) await engine.close();
      await Promise.all([theirs.stop(), ours.stop()]);
    }
  });
});
