import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { SEED } from '../../sync/seeds.ts';
import { enginesInFolders, NEW, HALF_DAYS, alter, present } from '../../support/laptops/kept-engines.ts';

let folder: string;
let data: string;
const engines = enginesInFolders();
const { engineAt, close, closeAll } = engines;

beforeEach(() => {
  folder = engines.folder();
  data = path.join(folder, 'data');
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
      await closeAll();
      await Promise.all([theirs.stop(), ours.stop()]);
    }
  });
});
