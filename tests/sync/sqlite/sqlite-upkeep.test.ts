import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { backup, backupsIn, isGoodBackup, rotateBackups } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { certificateOf, putCertificate } from '../../../shared/node/store/sqlite/certificates.ts';
import { changeSetOf, feedHead, spaceHeads } from '../../../shared/node/store/sqlite/change-log.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { acknowledge, pendingChangeSets, pendingFor } from '../../../shared/node/store/sqlite/peers.ts';
import { listQuarantined } from '../../../shared/node/store/sqlite/quarantined.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { refusalWrites } from '../../../shared/sync/merge.ts';
import { makeFolder, put, SPACE, write, type Folder } from './sqlite-folder.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';

let at: Folder;

beforeEach(() => {
  at = makeFolder();
});
afterEach(() => {
  at.end();
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
    const store = at.open();
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
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    const kept = path.join(at.path, 'backups');
    for (let day = 1; day <= 5; day++)
      expect((await rotateBackups(store.db, kept, 3, { open: openDatabase, now: Date.UTC(2021, 6, day) })).ok).toBe(true);
    expect(readdirSync(kept).toSorted()).toEqual([
      'itinera-20210703-000000.db',
      'itinera-20210704-000000.db',
      'itinera-20210705-000000.db',
    ]);
    for (const { path: file } of backupsIn(kept, openDatabase)) expect(isGoodBackup(file, openDatabase)).toBe(true);
    const target = path.join(at.path, 'copy.db');
    expect(await backup(store.db, target, { open: openDatabase, now: 0 })).toMatchObject({
      ok: true,
      value: { path: target, bytes: statSync(target).size },
    });
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it('says so where it cannot, and leaves an older file alone', async () => {
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    expect(await backup(store.db, path.join(at.path, 'no', 'such', 'folder.db'), { open: openDatabase, now: 0 })).toMatchObject({
      ok: false,
    });
    writeFileSync(path.join(at.path, 'old.db'), 'older');
    expect(isGoodBackup(path.join(at.path, 'old.db'), openDatabase)).toBe(false);
  });

  it('becomes a new replica where it is opened, with everything kept', async () => {
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    const { replica } = store;
    await backup(store.db, path.join(at.path, 'copy.db'), { open: openDatabase, now: 0 });
    put(store, write('familyName', 'MAÏGA'));
    at.close(store);
    for (const name of ['itinera.db', 'itinera.db-wal', 'itinera.db-shm']) rmSync(path.join(at.path, name), { force: true });
    copyFileSync(path.join(at.path, 'copy.db'), path.join(at.path, 'itinera.db'));
    const restored = at.open();
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
    const store = at.open();
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
    const store = at.open();
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
    const store = at.open();
    store.trustRulings([store.replica]);
    const [made] = store.commit([{ space: SPACE, writes: [write('familyName', 'A')] }]);
    store.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: made!.hash, reason: 'grant.none' }]) }]);
    expect(listQuarantined(store.db, nodeHasher).map(({ changeSet, reason }) => [changeSet.hash, reason])).toEqual([
      [made!.hash, 'grant.none'],
    ]);
    expect(listQuarantined(store.db, nodeHasher, 'ab'.repeat(16))).toEqual([]);
  });

  it('keeps certificates and settings', () => {
    const store = at.open();
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
    const store = at.open();
    expect(() => store.reader.all('delete from participant')).toThrow(/must not write/);
  });
});

function signerKey(store: SqliteStore): Uint8Array {
  const seed = Buffer.from(readFileSync(path.join(at.path, 'replica.key'), 'utf8').trim(), 'hex');
  const { publicKey } = signerOf(seed);
  expect(store.replica).toBe(Buffer.from(nodeHasher.sha256(publicKey).subarray(0, 16)).toString('hex'));
  return publicKey;
}
