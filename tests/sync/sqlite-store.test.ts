import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeClock, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { deletion, restoration } from '../../shared/node/store/deletion.ts';
import { PROJECTIONS } from '../../shared/node/store/projection.ts';
import { backup, backupsIn, isGoodBackup, rotateBackups } from '../../shared/node/store/sqlite/backup.ts';
import { certificateOf, putCertificate } from '../../shared/node/store/sqlite/certificates.ts';
import { changeSetOf, feedHead, spaceHeads } from '../../shared/node/store/sqlite/change-log.ts';
import { checkStore } from '../../shared/node/store/sqlite/check.ts';
import { openLocalSettings } from '../../shared/node/store/sqlite/local.ts';
import { migrate, MIGRATIONS, SCHEMA_VERSION } from '../../shared/node/store/sqlite/migrate.ts';
import { openDatabase, type Db } from '../../shared/node/store/sqlite/open-database.ts';
import { openStore } from '../../shared/node/store/sqlite/open-store.ts';
import { acknowledge, pendingChangeSets, pendingFor } from '../../shared/node/store/sqlite/peers.ts';
import { setAside } from '../../shared/node/store/sqlite/set-aside.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import type { Changed } from '../../shared/node/store/store.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import { refusalWrites } from '../../shared/sync/merge.ts';
import type { ChangeSet, FieldValue, FieldWrite } from '../../shared/sync/types.ts';
import { openSqliteSubject } from '../conformance/sqlite-subject.ts';
import { runs } from './seeds.ts';
import { history, holdings, play, settle } from './world.ts';

const SPACE = 'workshop/w1/people';
const options = { clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'user-1' };

let folder: string;
const stores: SqliteStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-store-'));
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(where = folder): SqliteStore {
  const opened = openStore({ ...options, folder: where });
  if (!opened.ok) throw new Error(opened.refusal.code);
  stores.push(opened.value);
  return opened.value;
}

function close(store: SqliteStore): void {
  stores.splice(stores.indexOf(store), 1);
  store.close();
}

function write(field: string, value: FieldValue, entityId = 'p1', entityType = 'participant'): FieldWrite {
  return { entityType, entityId, field, value };
}

function put(store: SqliteStore, ...writes: readonly FieldWrite[]): void {
  store.commit([{ space: SPACE, writes }]);
}

/** Everything that is derived, as text, to be compared. */
function derived(db: Db): string {
  const tables = PROJECTIONS.map(({ type }) => db.prepare(`select * from "${type}" order by id`).all());
  const found = db
    .prepare(
      "select s.id, s.type, s.text from search f join searchable s on s.rowid = f.rowid where search match 'kone OR n OR maiga' order by s.id",
    )
    .all();
  return JSON.stringify([tables, db.prepare('select id, type, space, text from searchable order by id, type').all(), found]);
}

describe('a projection', () => {
  it('rebuilt from nothing equals the incremental one (invariant 15)', () =>
    fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await play(steps, (one) => openSqliteSubject(one));
        await settle(world);
        for (const replica of world.replicas) {
          const { store } = replica as ReturnType<typeof openSqliteSubject>;
          const before = derived(store.db);
          const digest = store.digest();
          store.rebuildProjections();
          expect(derived(store.db)).toBe(before);
          expect(store.digest()).toEqual(digest);
          const checked = await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier() });
          expect(checked).toEqual({ ok: true, problems: [], changeSets: (await holdings(replica)).length });
        }
        await world.close();
      }),
      runs(40),
    ));

  it('shows the values as the model says, and nothing of what does not fit it', () => {
    const store = open();
    store.commit([
      {
        space: 'workshop/w1/plan',
        writes: [
          write('title@fr', 'Séminaire', 'a1', 'activity'),
          write('title@pt', 'Seminário', 'a1', 'activity'),
          write('countries', ['CI', 'SN'], 'a1', 'activity'),
          write('dateTbc', true, 'a1', 'activity'),
          write('start', 5, 'a1', 'activity'),
          write('holograms', 'many', 'a1', 'activity'),
        ],
      },
    ]);
    expect(store.reader.get('select * from activity')).toMatchObject({
      id: 'a1',
      space: 'workshop/w1/plan',
      title: '{"fr":"Séminaire","pt":"Seminário"}',
      countries: '["CI","SN"]',
      dateTbc: 1,
      start: null,
      name: null,
      live: 1,
      flagged: 0,
      conflicts: 0,
    });
    expect(store.reader.heads('activity', 'a1', 'start')[0]?.value).toBe(5);
    expect(store.reader.heads('activity', 'a1', 'holograms')[0]?.value).toBe('many');
  });

  it('counts the conflicts that a person settles, and shows one value meanwhile', () => {
    const store = open();
    put(store, write('status', 'present', 'm1', 'mark'), write('method', 'list', 'm1', 'mark'));
    put(
      store,
      { ...write('status', 'absent', 'm1', 'mark'), supersedes: [] },
      { ...write('method', 'paper', 'm1', 'mark'), supersedes: [] },
    );
    expect(store.reader.get('select status, method, conflicts from mark')).toEqual({ status: 'absent', method: 'paper', conflicts: 1 });
    const heads = store.reader.heads('mark', 'm1', 'status');
    expect(store.reader.headsWhere('mark', 'status', 'id = ?', 'm1')).toEqual(new Map([['m1', heads]]));
    put(store, { ...write('status', 'absent', 'm1', 'mark'), supersedes: heads.map((head) => head.id) });
    expect(store.reader.get('select status, conflicts from mark')).toEqual({ status: 'absent', conflicts: 0 });
  });

  it('is searched without accents, apostrophes and case, and not when deleted', () => {
    const store = open();
    put(store, write('familyName', "N'GUESSAN"), write('givenName', 'Đorđe'));
    const find = (text: string): unknown =>
      store.reader.get('select s.id from search f join searchable s on s.rowid = f.rowid where search match ?', text);
    for (const text of ['guessan', 'nguessan', 'djordje OR dorde', 'NGUESSAN']) expect(find(text)).toEqual({ id: 'p1' });
    put(store, ...deletion(store.reader, 'participant', 'p1'));
    expect(find('guessan')).toBeUndefined();
    expect(store.reader.get('select live, flagged from participant')).toEqual({ live: 0, flagged: 0 });
    put(store, ...restoration(store.reader, 'participant', 'p1'));
    expect(find('guessan')).toEqual({ id: 'p1' });
  });

  it('is filled anew when the model has another shape', () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    store.db.prepare("update meta set value = '[[\"participant\",[]]]' where key = 'projections'").run();
    close(store);
    expect(open().reader.get('select familyName from participant')).toEqual({ familyName: 'KONÉ' });
  });
});

describe('a crash at any step (invariant 9)', () => {
  it('leaves the change-sets, registers, projections, cursor and settings of before or of after, never a mixture', () => {
    const source = open();
    for (const value of ['A', 'B', 'C']) put(source, write('familyName', value), write('status', value, 'm1', 'mark'));
    const before = logOf(source);
    const incoming = source.commit([{ space: SPACE, writes: [write('familyName', 'KONÉ'), write('status', 'late', 'm1', 'mark')] }]);
    let crashed = 0;
    for (let at = 1; ; at++) {
      const target = openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'u' }).store;
      const settings = openLocalSettings(target);
      target.ingest(before);
      settings.set('cursor', 'before');
      const digest = target.digest();
      const shown = derived(target.db);
      const stop = failAt(target.db, at);
      let failed = false;
      try {
        target.ingest(incoming, () => settings.set('cursor', 'after'));
      } catch (error) {
        expect(String(error)).toContain('power cut');
        failed = true;
      }
      stop();
      if (failed) {
        crashed++;
        expect(target.digest()).toEqual(digest);
        expect(derived(target.db)).toBe(shown);
        expect(settings.get('cursor')).toBe('before');
        // And the next attempt goes through.
        target.ingest(incoming, () => settings.set('cursor', 'after'));
      }
      expect(target.digest()).toEqual(source.digest());
      expect(settings.get('cursor')).toBe('after');
      target.close();
      if (!failed) break;
    }
    expect(crashed).toBeGreaterThan(8);
  });

  it('of a commit leaves nothing of it, and its chain goes on without a hole', () => {
    for (let at = 1; ; at++) {
      const { store } = openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'u' });
      put(store, write('familyName', 'A'));
      const stop = failAt(store.db, at);
      let failed = false;
      try {
        store.commit([
          { space: SPACE, writes: [write('familyName', 'B')] },
          { space: 'workshop/w1/plan', writes: [write('name', 'x', 'a1', 'activity')] },
        ]);
      } catch {
        failed = true;
      }
      stop();
      if (failed) {
        expect(store.reader.get('select familyName from participant')).toEqual({ familyName: 'A' });
        expect(store.spaces()).toEqual([SPACE]);
        put(store, write('familyName', 'C'));
      }
      expect(store.tips(SPACE)[0]?.seq).toBe(2);
      store.close();
      if (!failed) return;
    }
  });

  it('of the process loses nothing that was confirmed', async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'commit-until-killed.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let confirmed = '';
    for await (const chunk of child.stdout) {
      confirmed += String(chunk);
      if (confirmed.split('\n').length > 200) break;
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => {
      child.once('close', resolve);
    });
    const last = Number(confirmed.trim().split('\n').at(-1));
    const store = open();
    const { count } = store.reader.get<{ count: number }>('select count(*) as count from mark')!;
    expect(count).toBeGreaterThanOrEqual(Math.min(last, 50));
    expect(store.tips(SPACE)[0]!.seq).toBeGreaterThanOrEqual(last);
    expect(await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier() })).toMatchObject({ ok: true });
  });
});

describe('announcing', () => {
  it('happens once per transaction, after it, and not when it was undone', () => {
    const store = open();
    const heard: Changed[] = [];
    store.onChanged((changed) => heard.push(changed));
    store.transaction(() => {
      put(store, write('familyName', 'A'));
      put(store, write('status', 'late', 'm1', 'mark'));
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([{ entityTypes: new Set(['participant', 'mark']), spaces: new Set([SPACE]), received: false }]);
    expect(() =>
      store.transaction(() => {
        put(store, write('familyName', 'B'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toHaveLength(1);
    expect(store.reader.get('select familyName from participant')).toEqual({ familyName: 'A' });
    put(store, write('familyName', 'C'));
    expect(heard).toHaveLength(2);
    expect(store.tips(SPACE)[0]?.seq).toBe(3);
  });
});

describe('opening', () => {
  it('runs with the settings of TRUST on every connection, on a reopened database too', () => {
    close(open());
    const { db } = open();
    const settings = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, trusted_schema: 0, temp_store: 2, busy_timeout: 5000 };
    for (const [name, value] of Object.entries(settings)) expect(db.pragma(name, { simple: true })).toBe(value);
    const version = db.prepare('select sqlite_version()').pluck().get() as string;
    expect(version.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  });

  it('keeps its replica and its data', () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    const { replica } = store;
    const digest = store.digest();
    close(store);
    const again = open();
    expect(again.replica).toBe(replica);
    expect(again.digest()).toEqual(digest);
    if (process.platform !== 'win32') expect(statSync(path.join(folder, 'replica.key')).mode & 0o777).toBe(0o600);
  });

  it('refuses a folder that another engine has, until that one is gone', async () => {
    const store = open();
    expect(openStore({ ...options, folder })).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
    close(store);
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'commit-until-killed.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => {
      child.stdout.once('data', resolve);
    });
    expect(openStore({ ...options, folder })).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
    child.kill('SIGKILL');
    await new Promise((resolve) => {
      child.once('close', resolve);
    });
    open();
  });

  it('refuses what a newer program wrote and leaves it untouched', () => {
    const store = open();
    store.db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    close(store);
    const file = path.join(folder, 'itinera.db');
    const before = readFileSync(file);
    expect(openStore({ ...options, folder })).toMatchObject({
      refusal: { code: 'store.newer', details: { found: SCHEMA_VERSION + 1, known: SCHEMA_VERSION } },
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('keeps a damaged database and names the newest good backup', async () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    await rotateBackups(store.db, path.join(folder, 'backups'), Date.UTC(2021, 6, 12, 8), 3);
    await rotateBackups(store.db, path.join(folder, 'backups'), Date.UTC(2021, 6, 13, 8), 3);
    close(store);
    const file = path.join(folder, 'itinera.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 0, 4096);
    writeFileSync(file, bytes);
    const backups = backupsIn(path.join(folder, 'backups'));
    writeFileSync(backups[0]!.path, 'not a database');
    expect(openStore({ ...options, folder })).toMatchObject({
      refusal: { code: 'store.damaged', details: { backup: path.basename(backups[1]!.path) } },
    });
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('finds damage in the middle of a file', () => {
    const store = open();
    for (let i = 0; i < 300; i++) put(store, write('familyName', `name ${i}`, `p${i}`));
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    close(store);
    const file = path.join(folder, 'itinera.db');
    const bytes = readFileSync(file);
    for (let page = 20; page < 40; page++) bytes.fill(0xff, page * 4096, page * 4096 + 100);
    writeFileSync(file, bytes);
    expect(openStore({ ...options, folder })).toMatchObject({ refusal: { code: 'store.damaged', details: { backup: '' } } });
  });

  it('refuses a folder that may not be written', () => {
    if (process.getuid?.() === 0) {
      // The superuser may write anywhere: a file in place of the folder stands for it.
      writeFileSync(path.join(folder, 'file'), '');
      expect(openStore({ ...options, folder: path.join(folder, 'file', 'data') })).toMatchObject({
        ok: false,
        refusal: { code: 'storage.unreadable' },
      });
      return;
    }
    chmodSync(folder, 0o500);
    expect(openStore({ ...options, folder })).toMatchObject({ ok: false, refusal: { code: 'storage.readOnly' } });
    chmodSync(folder, 0o700);
  });

  it('takes a key, and proves that nothing lies there in plain text', () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => i);
    const file = path.join(folder, 'keyed.db');
    const keyed = () => openStore({ ...options, file, key, signer: signerOf(newSeed()) });
    const first = keyed();
    if (!first.ok) throw new Error(first.refusal.code);
    put(first.value, write('familyName', "N'GUESSAN"));
    first.value.close();
    const bytes = readFileSync(file);
    expect(bytes.includes("N'GUESSAN")).toBe(false);
    expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    const again = keyed();
    expect(again.ok && again.value.reader.get('select familyName from participant')).toEqual({ familyName: "N'GUESSAN" });
    if (again.ok) again.value.close();
    expect(openStore({ ...options, file, key: key.toReversed(), signer: signerOf(newSeed()) }).ok).toBe(false);
    const plain = openDatabase(path.join(folder, 'plain.db'));
    plain.exec('create table t(x)');
    plain.close();
    expect(() => openDatabase(path.join(folder, 'plain.db'), { key })).toThrow('not encrypted');
  });

  it('migrates in one transaction after a copy, adding only', () => {
    const db = openDatabase(path.join(folder, 'm.db'));
    const copies: number[] = [];
    const steps = [MIGRATIONS[0]!, { version: 2, sql: 'create table added(x) strict' }];
    expect(migrate(db, (from) => copies.push(from), [MIGRATIONS[0]!]).ok).toBe(true);
    expect(copies).toEqual([]);
    expect(() =>
      migrate(db, (from) => copies.push(from), [
        MIGRATIONS[0]!,
        { version: 2, sql: 'create table a(x int) strict; create table a(x int) strict' },
      ]),
    ).toThrow();
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare("select count(*) from sqlite_schema where name = 'a'").pluck().get()).toBe(0);
    expect(migrate(db, (from) => copies.push(from), [steps[0]!, { version: 2, sql: 'create table added(x int) strict' }]).ok).toBe(true);
    expect(copies).toEqual([1, 1]);
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    db.close();
    for (const { sql } of MIGRATIONS) expect(sql).not.toMatch(/\b(drop|delete|rename)\b/i);
  });
});

describe('checking', () => {
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['a value changed in the log', "update change_set set body = cast(replace(body, 'B', 'X') as blob) where feed = 2", /^(hash|value)/],
    [
      'a byte of a body',
      "update change_set set body = cast(substr(body, 1, length(body) - 8) || x'0000000000000000' as blob) where feed = 3",
      /^(hash|signature)/,
    ],
    ['a hole in a chain', 'delete from change_set where feed = 2', /^chain/],
    ['a changed column', "update change_set set author = 'other' where feed = 1", /^hash/],
    ['a changed value', "update written set ops = replace(ops, 'C', 'Z')", /^value/],
    ['a lost value', 'delete from written where feed = 3', /^value/],
    ['a changed projection', "update participant set familyName = 'Z'", /^projection/],
    ['a row too many', "insert into participant(id, space, live) values ('p9', 'x', 1)", /^projection/],
    ['a lost projection', 'delete from participant', /^projection/],
    ['a wrong tip', 'update tip set seq = 9', /^tip/],
    ['a lost tip', 'delete from tip', /^tip/],
    ['a refusal without a ruling', "update change_set set refused = 'x' where feed = 2", /^refusal/],
    ['a search text', "update searchable set text = 'z'", /^search/],
  ];
  it.each(faults)('finds %s', async (_, sql, expected) => {
    const store = open();
    for (const value of ['A', 'B', 'C']) put(store, write('familyName', value));
    const keys = new Map([[store.replica, signerKey(store)]]);
    expect(await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier(), keys })).toEqual({
      ok: true,
      problems: [],
      changeSets: 3,
    });
    store.db.pragma('foreign_keys = OFF');
    store.db.exec(sql);
    const checked = await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier(), keys });
    expect(checked.ok).toBe(false);
    expect(checked.problems.some((problem) => expected.test(problem))).toBe(true);
  });
});

describe('backing up', () => {
  it('writes a whole, checked copy, and keeps the last ones', async () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    const kept = path.join(folder, 'backups');
    for (let day = 1; day <= 5; day++) expect((await rotateBackups(store.db, kept, Date.UTC(2021, 6, day), 3)).ok).toBe(true);
    expect(readdirSync(kept).toSorted()).toEqual([
      'itinera-20210703-000000.db',
      'itinera-20210704-000000.db',
      'itinera-20210705-000000.db',
    ]);
    for (const { path: file } of backupsIn(kept)) expect(isGoodBackup(file)).toBe(true);
    const target = path.join(folder, 'copy.db');
    expect(await backup(store.db, target)).toMatchObject({ ok: true, value: { path: target, bytes: statSync(target).size } });
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it('says so where it cannot, and leaves an older file alone', async () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    expect(await backup(store.db, path.join(folder, 'no', 'such', 'folder.db'))).toMatchObject({ ok: false });
    writeFileSync(path.join(folder, 'old.db'), 'older');
    expect(isGoodBackup(path.join(folder, 'old.db'))).toBe(false);
  });

  it('becomes a new replica where it is opened, with everything kept', async () => {
    const store = open();
    put(store, write('familyName', 'KONÉ'));
    const { replica } = store;
    await backup(store.db, path.join(folder, 'copy.db'));
    put(store, write('familyName', 'MAÏGA'));
    close(store);
    for (const name of ['itinera.db', 'itinera.db-wal', 'itinera.db-shm']) rmSync(path.join(folder, name), { force: true });
    copyFileSync(path.join(folder, 'copy.db'), path.join(folder, 'itinera.db'));
    const restored = open();
    expect(restored.replica).not.toBe(replica);
    expect(restored.reader.get('select familyName from participant')).toEqual({ familyName: 'KONÉ' });
    put(restored, write('familyName', 'TRAORE'));
    expect(
      restored
        .tips(SPACE)
        .map((tip) => tip.replica)
        .toSorted(),
    ).toEqual([replica, restored.replica].toSorted());
  });
});

describe('books about others', () => {
  it('knows what a peer has not confirmed', () => {
    const store = open();
    for (const value of ['A', 'B', 'C']) put(store, write('familyName', value));
    const [tip] = store.tips(SPACE);
    const first = store.db.prepare('select hash from change_set where seq = 1').pluck().get() as string;
    expect(pendingFor(store.db, 'repository')).toEqual([{ space: SPACE, changeSets: 3 }]);
    acknowledge(store.db, 'repository', SPACE, [{ replica: store.replica, seq: 1, hash: first }]);
    expect(pendingFor(store.db, 'repository')).toEqual([{ space: SPACE, changeSets: 2 }]);
    expect(pendingChangeSets(store.db, 'repository', SPACE).map(({ seq }) => seq)).toEqual([2, 3]);
    acknowledge(store.db, 'repository', SPACE, [tip!, { replica: 'ab'.repeat(16), seq: 1, hash: '0'.repeat(64) }]);
    expect(pendingFor(store.db, 'repository')).toEqual([]);
    expect(pendingFor(store.db, 'another')).toEqual([{ space: SPACE, changeSets: 3 }]);
    acknowledge(store.db, 'repository', SPACE, []);
    expect(pendingFor(store.db, 'repository')).toEqual([{ space: SPACE, changeSets: 3 }]);
  });

  it('numbers change-sets across spaces, and finds them', () => {
    const store = open();
    put(store, write('familyName', 'A'));
    const [made] = store.commit([{ space: 'workshop/w1/plan', writes: [write('name', 'x', 'a1', 'activity')] }]);
    expect(spaceHeads(store.db)).toEqual([
      { space: SPACE, feed: 1 },
      { space: 'workshop/w1/plan', feed: 2 },
    ]);
    expect(feedHead(store.db)).toBe(2);
    expect(changeSetOf(store.db, made!.hash)).toMatchObject({ feed: 2, seq: 1, refused: null });
  });

  it('lists what was refused, with its reason', () => {
    const store = open();
    store.trustRulings([store.replica]);
    const [made] = store.commit([{ space: SPACE, writes: [write('familyName', 'A')] }]);
    store.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: made!.hash, reason: 'grant.none' }]) }]);
    expect(setAside(store.db, nodeHasher).map(({ changeSet, reason }) => [changeSet.hash, reason])).toEqual([[made!.hash, 'grant.none']]);
    expect(setAside(store.db, nodeHasher, 'ab'.repeat(16))).toEqual([]);
  });

  it('keeps certificates and settings', () => {
    const store = open();
    const certificate = { replica: store.replica, publicKey: new Uint8Array(32), name: 'Awa', bytes: Uint8Array.of(1, 2) };
    putCertificate(store.db, certificate);
    expect(certificateOf(store.db, store.replica)).toMatchObject({ name: 'Awa', replica: store.replica });
    const told: string[] = [];
    const settings = openLocalSettings(store, (topic) => told.push(topic));
    settings.set('pin.a', { on: true }, 'material');
    settings.set('pin.b', 2);
    settings.set('other', 'x', 'settings');
    expect(settings.list('pin.')).toEqual([
      { key: 'pin.a', value: { on: true } },
      { key: 'pin.b', value: 2 },
    ]);
    settings.set('pin.a', null);
    expect(settings.get('pin.a')).toBeUndefined();
    expect(told).toEqual(['material', 'settings']);
  });

  it('never lets a query write', () => {
    const store = open();
    expect(() => store.reader.all('delete from participant')).toThrow(/must not write/);
  });
});

function signerKey(store: SqliteStore): Uint8Array {
  const seed = Buffer.from(readFileSync(path.join(folder, 'replica.key'), 'utf8').trim(), 'hex');
  const { publicKey } = signerOf(seed);
  expect(store.replica).toBe(Buffer.from(nodeHasher.sha256(publicKey).subarray(0, 16)).toString('hex'));
  return publicKey;
}

function logOf(store: SqliteStore): ChangeSet[] {
  return (store.db.prepare('select body from change_set order by feed').pluck().all() as Uint8Array[]).map((body) => {
    const read = decodeChangeSet(body, nodeHasher);
    if (!read.ok) throw new Error(read.refusal.code);
    return read.value;
  });
}

/** Lets the n-th statement that writes fail, as a disk would. Returns what undoes it. */
function failAt(db: Db, nth: number): () => void {
  const statement = Object.getPrototypeOf(db.prepare('select 1')) as { run: (...params: unknown[]) => unknown };
  const { run } = statement;
  let count = 0;
  statement.run = function failing(this: { readonly source: string }, ...params) {
    if (!/^\s*(begin|rollback|savepoint|release)/i.test(this.source) && ++count === nth) throw new Error('power cut');
    return run.apply(this, params);
  };
  return () => {
    statement.run = run;
  };
}
