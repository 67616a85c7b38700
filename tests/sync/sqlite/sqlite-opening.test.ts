import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, signerOf } from '../../../shared/node/crypto.ts';
import { backupsIn, rotateBackups } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { migrate, MIGRATIONS, SCHEMA_VERSION } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase, type OpenDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { makeFolder, options, put, write, type Folder } from './sqlite-folder.ts';

let at: Folder;

beforeEach(() => {
  at = makeFolder();
});
afterEach(() => {
  at.end();
});

describe('opening', () => {
  it('runs with the settings of TRUST on every connection, on a reopened database too', () => {
    at.close(at.open());
    const { db } = at.open();
    const settings = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, trusted_schema: 0, temp_store: 2, busy_timeout: 5000 };
    for (const [name, value] of Object.entries(settings)) expect(db.pragma(name, { simple: true })).toBe(value);
    const version = db.prepare('select sqlite_version()').pluck().get() as string;
    expect(version.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  });

  it('keeps its replica and its data', () => {
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    const { replica } = store;
    const digest = store.digest();
    at.close(store);
    const again = at.open();
    expect(again.replica).toBe(replica);
    expect(again.digest()).toEqual(digest);
    if (process.platform !== 'win32') expect(statSync(path.join(at.path, 'replica.key')).mode & 0o777).toBe(0o600);
  });

  it('refuses a folder that another engine has, until that one is gone', async () => {
    const store = at.open();
    expect(openStore({ ...options, folder: at.path })).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
    at.close(store);
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'commit-until-killed.ts'), at.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => {
      child.stdout.once('data', resolve);
    });
    expect(openStore({ ...options, folder: at.path })).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
    child.kill('SIGKILL');
    await new Promise((resolve) => {
      child.once('close', resolve);
    });
    at.open();
  });

  it('refuses what a newer program wrote and leaves it untouched', () => {
    const store = at.open();
    store.db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    at.close(store);
    const file = path.join(at.path, 'itinera.db');
    const before = readFileSync(file);
    expect(openStore({ ...options, folder: at.path })).toMatchObject({
      refusal: { code: 'store.newer', details: { found: SCHEMA_VERSION + 1, known: SCHEMA_VERSION } },
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('keeps a damaged database and names the newest good backup', async () => {
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    await rotateBackups(store.db, path.join(at.path, 'backups'), 3, { open: openDatabase, now: Date.UTC(2021, 6, 12, 8) });
    await rotateBackups(store.db, path.join(at.path, 'backups'), 3, { open: openDatabase, now: Date.UTC(2021, 6, 13, 8) });
    at.close(store);
    const file = path.join(at.path, 'itinera.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 0, 4096);
    writeFileSync(file, bytes);
    const backups = backupsIn(path.join(at.path, 'backups'), openDatabase);
    writeFileSync(backups[0]!.path, 'not a database');
    expect(openStore({ ...options, folder: at.path })).toMatchObject({
      refusal: { code: 'store.damaged', details: { backup: path.basename(backups[1]!.path) } },
    });
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('finds damage in the middle of a file', () => {
    const store = at.open();
    for (let i = 0; i < 300; i++) put(store, write('familyName', `name ${i}`, `p${i}`));
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    at.close(store);
    const file = path.join(at.path, 'itinera.db');
    const bytes = readFileSync(file);
    for (let page = 20; page < 40; page++) bytes.fill(0xff, page * 4096, page * 4096 + 100);
    writeFileSync(file, bytes);
    expect(openStore({ ...options, folder: at.path })).toMatchObject({ refusal: { code: 'store.damaged', details: { backup: '' } } });
  });

  it('refuses a folder that may not be written', () => {
    if (process.getuid?.() === 0) {
      // The superuser may write anywhere: a file in place of the folder stands for it.
      writeFileSync(path.join(at.path, 'file'), '');
      expect(openStore({ ...options, folder: path.join(at.path, 'file', 'data') })).toMatchObject({
        ok: false,
        refusal: { code: 'storage.unreadable' },
      });
      return;
    }
    chmodSync(at.path, 0o500);
    expect(openStore({ ...options, folder: at.path })).toMatchObject({ ok: false, refusal: { code: 'storage.readOnly' } });
    chmodSync(at.path, 0o700);
  });

  it('takes a key, and proves that nothing lies there in plain text', () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => i);
    const file = path.join(at.path, 'keyed.db');
    const keyedBy =
      (bytes: Uint8Array): OpenDatabase =>
      (place, how) =>
        openDatabase(place, { ...how, key: bytes });
    const keyed = () => openStore({ ...options, file, open: keyedBy(key), signer: signerOf(newSeed()) });
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
    expect(openStore({ ...options, file, open: keyedBy(key.toReversed()), signer: signerOf(newSeed()) }).ok).toBe(false);
    const plain = openDatabase(path.join(at.path, 'plain.db'));
    plain.exec('create table t(x)');
    plain.close();
    expect(() => openDatabase(path.join(at.path, 'plain.db'), { key })).toThrow('not encrypted');
  });

  it('migrates in one transaction after a copy, adding only', () => {
    const db = openDatabase(path.join(at.path, 'm.db'));
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
