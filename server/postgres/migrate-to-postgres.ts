import { existsSync, readFileSync } from 'node:fs';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { nodeClock, nodeHasher, nodeRandom } from '../../shared/node/crypto.ts';
import { feedAfter } from '../../shared/node/store/sqlite/change-log.ts';
import { certificates } from '../../shared/node/store/sqlite/certificates.ts';
import { lockFolder } from '../../shared/node/store/sqlite/opening/folder-lock.ts';
import { openStore } from '../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { openDatabase, type Database, type Sql } from '../../shared/node/store/postgres/database.ts';
import { postgresStore, type PostgresStore } from '../../shared/node/store/postgres/postgres-store.ts';
import { digest } from '../../shared/node/store/postgres/registers.ts';
import { migrate } from '../../shared/node/store/postgres/schema.ts';
import { readBody } from '../../shared/node/store/postgres/change-log.ts';
import { folderBook } from '../book.ts';
import { repositoryFolder, repositorySigner } from '../folder/folder.ts';
import { record } from './postgres-registry.ts';
import { FolderRegistry } from '../registry.ts';
import { OPERATOR } from '../acts.ts';
import { openDatabase as openSqlite, type Db } from '../../shared/node/store/sqlite/opening/open-database.ts';

/** Change-sets that are moved in one transaction. */
const STEP = 1_000;

/**
 * Migrates the repository of a folder into an empty PostgreSQL database: key, register and records, so that laptops go on as if nothing had happened. The folder stays as it
 * is, with the files of materials. Refuses `store.inUse` while a server runs on it, `administration.nothingHere`, `administration.notEmpty`, and
 * `administration.movedWrong` when what arrived is not what was there: then the database is to be emptied.
 */
export async function migrateToPostgres(
  data: string,
  url: string,
): Promise<Result<{ readonly changeSets: number; readonly devices: number }>> {
  const folder = repositoryFolder(data);
  if (!existsSync(folder.store)) return refuse('administration.nothingHere', { data });
  const lock = lockFolder(folder.path);
  if (!lock.ok) return lock;
  const ports = { clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'repository', clockTrust: () => 2 as const };
  const signer = repositorySigner(folder.key);
  const opened = openStore({ file: folder.store, signer, ...ports });
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  // Opened as the server opens it first: the register of an older program gets the columns that are read here.
  new FolderRegistry(folder.registry).close();
  const register = openSqlite(folder.registry, { mustExist: true });
  // A register that an earlier program made has not all of its tables.
  folderBook(register);
  const db = openDatabase(url);
  try {
    const migrated = await migrate(db);
    if (!migrated.ok) return migrated;
    if (await holdsAnything(db)) return refuse('administration.notEmpty');
    await db.transaction((tx) => moveRegister(tx, register, opened.value, keyIn(folder.key)));
    const store = postgresStore(db, { signer, ...ports });
    await store.trustRulings([store.replica]);
    await moveRecords(store, opened.value);
    await record(db, { who: OPERATOR, what: 'move', details: {} }, nodeClock.now());
    if (JSON.stringify(await digest(db, nodeHasher)) !== JSON.stringify(opened.value.digest())) return refuse('administration.movedWrong');
    const devices = (await db.get<{ devices: number }>('select count(*) as devices from device'))!;
    return ok({ changeSets: (await db.get<{ head: number }>('select max(feed) as head from change_set'))?.head ?? 0, ...devices });
  } finally {
    register.close();
    opened.value.close();
    lock.value.release();
    await db.close();
  }
}

async function holdsAnything(db: Database): Promise<boolean> {
  const row = await db.get<{ holds: boolean }>(
    'select exists(select 1 from change_set) or exists(select 1 from device) or exists(select 1 from setting) as holds',
  );
  return row!.holds;
}

async function moveRegister(tx: Sql, register: Db, store: SqliteStore, key: Uint8Array): Promise<void> {
  await tx.run('insert into setting values ($1, $2)', 'key', key);
  for (const name of ['cursorKey', 'challengeKey', 'epoch']) {
    const row = register.prepare('select value from setting where key = ?').get(name) as { value: Uint8Array } | undefined;
    if (row) await tx.run('insert into setting values ($1, $2)', name, row.value);
  }
  const numbered = register.prepare(`select cast(cast(value as text) as integer) as number from setting where key = 'revocations'`).get();
  await tx.run(`update counter set value = $1 where name = 'revocations'`, (numbered as { number: number } | undefined)?.number ?? 0);
  for (const [table, columns, into] of TABLES) {
    const places = into.map((_, i) => `$${i + 1}`).join(', ');
    for (const row of register.prepare(`select ${columns} from ${table}`).raw().all() as (string | number | null | Uint8Array)[][]) {
      await tx.run(`insert into ${table}(${into.join(', ')}) values (${places})`, ...row);
    }
  }
  for (const { replica, bytes } of certificates(store.db)) await tx.run('insert into certificate values ($1, $2)', replica, bytes);
}

/** The tables of the register: what they are called there, and here. */
const TABLES: readonly (readonly [table: string, columns: string, into: readonly string[]])[] = [
  [
    'invitation',
    'name, secret, role, scope, person, user, expiresAt, tries, usedBy',
    ['name', 'secret', 'role', 'scope', 'person', '"user"', 'expires_at', 'tries', 'used_by'],
  ],
  [
    'device',
    'replica, "user", name, role, scope, enrolledAt, feed, lastSeen, revokedAt',
    ['replica', '"user"', 'name', 'role', 'scope', 'enrolled_at', 'feed', 'last_seen', 'revoked_at'],
  ],
  ['credential', 'token, replica, since', ['token', 'replica', 'since']],
  ['act', 'at, who, what, details', ['at', 'who', 'what', 'details']],
  ['workshop', 'id, creator, since', ['id', 'creator', 'since']],
  ['file_holder', 'sha256, owner', ['sha256', 'owner']],
  ['file_given', 'sha256, space', ['sha256', 'space']],
  ['usage', 'owner, day, kind, amount', ['owner', 'day', 'kind', 'amount']],
  ['refused', 'hash, code, space, replica, receivedAt, bytes', ['hash', 'code', 'space', 'replica', 'received_at', 'bytes']],
];

/** In the order of the feed: what laptops know as their place in it stays their place. */
async function moveRecords(store: PostgresStore, from: SqliteStore): Promise<void> {
  for (let feed = 0; ;) {
    const rows = feedAfter(from.db, feed, STEP);
    if (rows.length === 0) return;
    const changeSets = rows.map(({ bytes }) => readBody(bytes, nodeHasher));
    await store.adding(async ({ open, write }) => {
      const batch = await open(changeSets);
      changeSets.forEach((changeSet, i) => batch.add(changeSet, { receivedAt: rows[i]!.receivedAt }));
      if (batch.added.some((added, i) => added.feed !== rows[i]!.feed)) throw new Error('the feed of the folder has a gap');
      await write(batch);
    });
    feed = rows.at(-1)!.feed;
  }
}

function keyIn(file: string): Uint8Array {
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}
