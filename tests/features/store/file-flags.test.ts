import { openVault } from '../../../electron/engine/vault/vault.ts';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountChoice } from '../../../electron/engine/backup/restored-state.ts';
import { prepareRestore, replaceDamaged } from '../../../electron/engine/backup/restore.ts';
import { FILE_FLAGS } from '../../../electron/engine/local-state/of-files.ts';
import { nodeClock, nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { everyFlag, openFileFlags, putFlags, type FileFlag, type FlagsOfFile } from '../../../shared/node/files/file-flags.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { migrate, MIGRATIONS } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase, type Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { filesOf, sampleFlags, SAMPLES, type Side } from '../../support/local-samples.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';

/** What a laptop notes of files lies in a table of its own: what becomes of it is what is declared. */
let folder: string;
beforeEach(() => {
  folder = quickFolder('itinera-flags-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOTHING = { pinned: false, freed: false, sent: 0, delivered: false, left: null };
const hash = (digit: string): string => digit.repeat(64);

describe('what is noted of a file', () => {
  it('is there at once, is told by its topic, and leaves no row where nothing is noted', () => {
    const db = openDatabase(path.join(folder, 'flags.db'), {});
    migrate(db, () => undefined);
    const topics: string[] = [];
    const flags = openFileFlags(db, (topic) => topics.push(topic));
    const file = hash('a');
    flags.pin(file);
    flags.setFreed(file);
    flags.noteSent(file, 7);
    flags.noteLeft(file, { code: 'sync.fileTooLong', day: '2026-11-30' });
    expect(everyFlag(db)).toEqual([
      { sha256: file, pinned: true, freed: true, sent: 7, delivered: false, left: { code: 'sync.fileTooLong', day: '2026-11-30' } },
    ]);
    expect([flags.isPinned(file), flags.isFreed(file), flags.sentOf(file), flags.leftOf(file)?.day]).toEqual([true, true, 7, '2026-11-30']);
    expect(flags.everyLeft()).toEqual([{ sha256: file, code: 'sync.fileTooLong' }]);
    flags.setDelivered(file);
    expect([flags.isDelivered(file), flags.sentOf(file)]).toEqual([true, 0]);
    // Asked again, the repository holds less than was thought.
    flags.noteSent(file, 3);
    expect([flags.isDelivered(file), flags.sentOf(file)]).toEqual([false, 3]);
    expect(topics).toEqual(['material', 'sync']);
    flags.forgetDelivered();
    flags.unpin(file);
    flags.noteLeft(file, null);
    flags.noteLeft(file, null);
    expect(topics).toEqual(['material', 'sync', 'material', 'sync']);
    expect(everyFlag(db)).toEqual([{ ...NOTHING, sha256: file, freed: true }]);
    flags.forget(file);
    flags.noteSent(file, 0);
    expect(db.prepare('select count(*) from file_flag').pluck().get()).toBe(0);
    db.close();
  });
});

/** A database of an earlier program, with what it kept in `local`. */
function earlier(file: string): Db {
  mkdirSync(path.dirname(file), { recursive: true });
  const db = openDatabase(file, {});
  const steps = MIGRATIONS.filter(({ version }) => version < 7);
  expect(migrate(db, () => undefined, steps).ok).toBe(true);
  const put = db.prepare('insert into local(key, value) values (?, ?)');
  for (const [key, value] of [
    [`pin/${hash('a')}`, '{"reason":"chosen"}'],
    [`pin/${hash('b')}`, '{no json'],
    [`freed/${hash('a')}`, 'true'],
    [`freed/${hash('b')}`, 'false'],
    [`sync/file/${hash('c')}`, '12345'],
    [`sync/file/${hash('d')}`, 'true'],
    [`sync/file/${hash('e')}`, '9e999'],
    [`sync/file/${hash('f')}`, '99999999999999999999999'],
    [`sync/left/${hash('d')}`, '{"code":"sync.fileTooLong","day":"2026-11-30","untold":1}'],
    [`sync/left/${hash('c')}`, '{"code":7}'],
    ['pin/no-hash', '{"reason":"chosen"}'],
    ['sync/fileless', 'true'],
    ['theme', '"dark"'],
  ])
    put.run(key, value);
  return db;
}

const CARRIED: readonly FlagsOfFile[] = [
  { ...NOTHING, sha256: hash('a'), pinned: true, freed: true },
  { ...NOTHING, sha256: hash('b'), pinned: true },
  { ...NOTHING, sha256: hash('c'), sent: 12_345 },
  { ...NOTHING, sha256: hash('d'), delivered: true, left: { code: 'sync.fileTooLong', day: '2026-11-30' } },
];
const noted = (db: Db): FlagsOfFile[] => everyFlag(db).filter(({ sha256 }) => sha256 < hash('e'));

describe('a store of an earlier program', () => {
  it('is opened with its flags in the table, and without them among the keys', () => {
    const db = earlier(path.join(folder, 'itinera.db'));
    expect(noted(db)).toEqual(CARRIED);
    expect(migrate(db, () => undefined).ok).toBe(true);
    expect(noted(db)).toEqual(CARRIED);
    openFileFlags(db);
    expect(noted(db)).toEqual(CARRIED);
    const keys = openLocalSettings({ db })
      .list('')
      .map(({ key }) => key);
    expect(keys).toEqual(['sync/fileless', 'theme']);
    db.close();
  });

  it('gives its flags to whoever restores its backup', () => {
    const own = path.join(folder, 'here', 'backups', 'itinera-20261130-000000.db');
    earlier(own).close();
    const file = path.join(folder, 'here', 'itinera.db');
    writeFileSync(file, Buffer.alloc(8_192, 0xff));
    expect(replaceDamaged(openVault(path.join(folder, 'here')), own, 5, { account: 'ask' })).toMatchObject({ ok: true });
    const db = openDatabase(file, { readonly: true, mustExist: true });
    expect(noted(db)).toEqual(CARRIED);
    expect(
      openLocalSettings({ db })
        .list('')
        .map(({ key }) => key),
    ).toEqual(['sync/fileless', 'theme']);
    db.close();
  });
});

describe('a backup takes the place of a store', () => {
  function filled(name: string, side: Side, account: unknown): SqliteStore {
    const opened = openStore({
      folder: path.join(folder, name),
      ...{ clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'u' },
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
    filesOf(side).forEach((file) => putFlags(opened.value.db)(sampleFlags(side, file)));
    openLocalSettings(opened.value).set('sync/account', account);
    return opened.value;
  }

  async function backedUp(store: SqliteStore, file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    expect(await backup(store.db, file, { open: openDatabase, now: 1 })).toMatchObject({ ok: true });
    store.close();
  }

  const of = (side: Side): FlagsOfFile[] => filesOf(side).map((file) => sampleFlags(side, file));
  const inOrder = (flags: readonly FlagsOfFile[]): FlagsOfFile[] => flags.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const read = (file: string): FlagsOfFile[] => {
    const db = openDatabase(file, { readonly: true, mustExist: true });
    try {
      return everyFlag(db);
    } finally {
      db.close();
    }
  };
  /** Of what the backup has, what its account brings along. */
  const withAccount = (flags: FlagsOfFile): FlagsOfFile => {
    const kept = Object.entries(FILE_FLAGS).filter(([, { restore }]) => restore === 'account');
    return { ...NOTHING, sha256: flags.sha256, ...Object.fromEntries(kept.map(([flag]) => [flag, flags[flag as FileFlag]])) };
  };
  const [mine, other] = [SAMPLES['ACCOUNT']!('here'), SAMPLES['ACCOUNT']!('theirs')];

  it.each<readonly [string, unknown, AccountChoice, readonly FlagsOfFile[]]>([
    ['of another account, which is left where it is', other, 'keep', of('here')],
    ['of another account, which is taken over', other, 'take', of('theirs').map(withAccount)],
    ['of the same account', mine, 'ask', of('here')],
  ])('%s', async (_, account, choice, expected) => {
    const source = path.join(folder, 'theirs.itinera');
    await backedUp(filled('theirs', 'theirs', account), source);
    const here = filled('here', 'here', mine);
    const prepared = await prepareRestore(openVault(path.join(folder, 'here')), here.db, source, 5, { account: choice });
    if (!prepared.ok) throw new Error(prepared.refusal.code);
    here.close();
    prepared.value.swap();
    expect(read(path.join(folder, 'here', 'itinera.db'))).toEqual(inOrder(expected));
  });

  it('of this folder, where nothing can be read of the store', async () => {
    const [file, own] = [path.join(folder, 'here', 'itinera.db'), path.join(folder, 'here', 'backups', 'itinera-20261130-000000.db')];
    await backedUp(filled('here', 'theirs', other), own);
    writeFileSync(file, Buffer.alloc(statSync(file).size, 0xff));
    expect(replaceDamaged(openVault(path.join(folder, 'here')), own, 5, { account: 'ask' })).toMatchObject({ ok: true });
    expect(read(file)).toEqual(inOrder(of('theirs')));
  });

  it('of anybody’s making, whose table is not ours or whose rows have no shape', async () => {
    const source = path.join(folder, 'theirs.itinera');
    const theirs = filled('theirs', 'theirs', other);
    const odd = "insert into file_flag values (?, 7, -1, -5, 2, 'x', ?)";
    theirs.db.prepare(odd).run('../../etc/passwd', 'y');
    theirs.db.prepare(odd).run(hash('0'), 'y'.repeat(1_000));
    await backedUp(theirs, source);
    expect(read(source).map(({ sha256 }) => sha256)).not.toContain('../../etc/passwd');
    expect(read(source)[0]).toEqual({ ...NOTHING, sha256: hash('0') });

    const altered = openDatabase(source, {});
    altered.exec('drop table file_flag; create view file_flag as select * from local');
    altered.close();
    const here = filled('here', 'here', mine);
    expect(await prepareRestore(openVault(path.join(folder, 'here')), here.db, source, 5, { account: 'keep' })).toMatchObject({
      refusal: { code: 'store.backupAltered' },
    });
    here.close();
  });
});
