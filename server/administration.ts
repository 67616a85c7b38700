import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { nameGiven } from '../shared/features/sync/person-name.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { nodeClock, nodeRandom } from '../shared/node/crypto.ts';
import { copyBlobs } from '../shared/node/files/open-blob-store.ts';
import { backup as backupStore } from '../shared/node/store/sqlite/backup/backup.ts';
import { feedHead, spaces } from '../shared/node/store/sqlite/change-log.ts';
import { openDatabase, type Db } from '../shared/node/store/sqlite/opening/open-database.ts';
import { folderBook, postgresBook, type Book } from './book.ts';
import { invite } from './access/enrolment.ts';
import { repositoryFolder } from './folder/folder.ts';
import { openDatabase as openPostgres } from '../shared/node/store/postgres/database.ts';
import * as postgresLog from '../shared/node/store/postgres/change-log.ts';
import { migrate, tableOf } from '../shared/node/store/postgres/schema.ts';
import { filesFromEnvironment } from './files/file-settings.ts';
import { migrateToPostgres } from './postgres/migrate-to-postgres.ts';
import { verifyDatabase, verifyFolder } from './verify.ts';
import { PostgresRegistry } from './postgres/postgres-registry.ts';
import { databaseRefusal } from './postgres/postgres-repository.ts';
import { consumersOf, quotasFromEnvironment } from './quotas.ts';
import { FolderRegistry, type Device, type Registry } from './registry.ts';
import { RESTORED } from './repository.ts';
import { ROLES, isRole, parseScope } from '../shared/features/sync/reading.ts';
import { countFilesNamed } from './files/named-files.ts';

/** The output of a command: `out` is its result, one line for a program to read; `note` is for the person. */
export interface CommandOutput {
  readonly out: string;
  readonly note: string;
}

export type Flags = Readonly<Record<string, string | undefined>>;
type Command = (flags: Flags) => Result<CommandOutput> | Promise<Result<CommandOutput>>;

/**
 * The administrator's commands. They work on the folder, or on the database that DATABASE_URL names, whether a server runs on it or not: what they write, a running server reads at
 * the next request.
 */
export const COMMANDS: Readonly<Record<string, { readonly usage: string; readonly run: Command }>> = {
  invite: {
    usage: 'invite --data DIR --role ROLE --scope SCOPE [--name "GIVEN FAMILY"]      or: --device ID, in the place of one that was lost',
    run: inviteCommand,
  },
  devices: { usage: 'devices --data DIR', run: devicesCommand },
  revoke: { usage: 'revoke --data DIR --device ID', run: revokeCommand },
  backup: { usage: 'backup --data DIR --to NEW_DIR', run: backupCommand },
  log: { usage: 'log --data DIR', run: logCommand },
  verify: {
    usage: 'verify --data DIR      whether every row can be proven, every projection is what the log gives, every file is whole',
    run: verifyCommand,
  },
  stats: { usage: 'stats --data DIR', run: statsCommand },
  move: { usage: 'move --data DIR      into the empty database that DATABASE_URL names', run: moveCommand },
};

async function inviteCommand(flags: Flags): Promise<Result<CommandOutput>> {
  return withRegistry(flags, async (registry) => {
    const before = flags['device'] === undefined ? ok(null) : await deviceNamed(registry, flags['device']);
    if (!before.ok) return before;
    const { role = before.value?.role ?? '', scope = before.value?.scope ?? '' } = flags;
    if (!isRole(role)) return refuse('administration.role', { role, known: ROLES.join(' ') });
    if (!parseScope(scope)) return refuse('administration.scope', { scope });
    const given = flags['name'] === undefined ? ok(before.value?.name ?? null) : nameGiven(flags['name']);
    if (!given.ok) return given;
    const whom = { person: given.value, user: before.value?.user ?? null };
    const { code, expiresAt } = await invite(registry, role, scope, nodeClock, nodeRandom, whom);
    const who = whom.person === null ? `A ${role} (${scope})` : `${whom.person}, ${role} (${scope}),`;
    return ok({ out: code, note: `${who} can enrol one laptop with this code until ${new Date(expiresAt).toISOString()}.` });
  });
}

/** The one device whose id begins so. */
async function deviceNamed(registry: Registry, wanted: string): Promise<Result<Device>> {
  const matching = (await registry.devices()).filter(({ replica }) => wanted.length >= 8 && replica.startsWith(wanted));
  const [device] = matching;
  return !device || matching.length > 1 ? refuse('administration.device', { device: wanted }) : ok(device);
}

/** The administrative acts, oldest first, one a line. */
function logCommand(flags: Flags): Promise<Result<CommandOutput>> {
  return withRegistry(flags, async (registry) => {
    const acts = await registry.acts();
    const lines = acts.map(({ at, who, what, details }) => JSON.stringify({ at: new Date(at).toISOString(), who, what, ...details }));
    return ok({ out: lines.join('\n'), note: '' });
  });
}

function devicesCommand(flags: Flags): Promise<Result<CommandOutput>> {
  return withRegistry(flags, async (registry) => ok({ out: JSON.stringify((await registry.devices()).map(shown)), note: '' }));
}

function shown({ replica, name, role, scope, enrolledAt, lastSeen, revokedAt }: Device): Record<string, string | null> {
  const at = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
  return { device: replica, name, role, scope, enrolledAt: at(enrolledAt), lastSeen: at(lastSeen), revokedAt: at(revokedAt) };
}

function revokeCommand(flags: Flags): Promise<Result<CommandOutput>> {
  return withRegistry(flags, async (registry) => {
    const device = await deviceNamed(registry, flags['device'] ?? '');
    if (!device.ok) return device;
    await registry.revoke(device.value.replica, nodeClock.now());
    return ok({
      out: JSON.stringify({ device: device.value.replica }),
      note: 'From its next request on this device is turned away. What it had sent stays.',
    });
  });
}

async function backupCommand(flags: Flags): Promise<Result<CommandOutput>> {
  if (flags['database'] !== undefined) return refuse('administration.backupDatabase');
  const target = flags['to'];
  if (target === undefined || existsSync(target)) return refuse('administration.target', { to: target ?? '' });
  const beside = `${target}.part`;
  try {
    return await withStore(flags, async (db, folder) => {
      rmSync(beside, { recursive: true, force: true });
      const copy = repositoryFolder(beside);
      const stored = await backupStore(db, copy.store, { open: openDatabase, now: nodeClock.now() });
      if (!stored.ok) return stored;
      // After the store: what the registry says of a workshop must be there for every workshop in it.
      const registry = new FolderRegistry(folder.registry);
      registry.copyTo(copy.registry);
      registry.close();
      const copied = new FolderRegistry(copy.registry);
      copied.setSetting(RESTORED, Uint8Array.of(1));
      copied.close();
      copyFileSync(folder.key, copy.key);
      copyBlobs(folder.path, copy.path);
      renameSync(beside, target);
      return ok({
        out: JSON.stringify({ path: target, bytes: stored.value.bytes }),
        note: 'To put it back: stop the server, put this folder in the place of its data folder, start it. It holds the private key: keep it safe.',
      });
    });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

async function verifyCommand({ data, database }: Flags): Promise<Result<CommandOutput>> {
  const bucket = await filesFromEnvironment(process.env);
  if (!bucket.ok) return bucket;
  const verified =
    database === undefined
      ? await verifyFolder(data!, bucket.value)
      : await verifyDatabase(database, bucket.value, data).catch((error: unknown) => {
          const refusal = databaseRefusal(error);
          if (!refusal) throw error;
          return { ok: false, refusal } as const;
        });
  return verified.ok ? ok({ out: JSON.stringify({ ok: true, ...verified.value }), note: '' }) : verified;
}

async function statsCommand(flags: Flags): Promise<Result<CommandOutput>> {
  const quotas = quotasFromEnvironment(process.env);
  if (!quotas.ok) return quotas;
  const counted = await withRegistry(flags, async (registry, book) => {
    const today = await consumersOf(book, quotas.value, nodeClock.now());
    const devices = await registry.devices();
    const consumers = today.consumers.map(({ user, ...of }) => ({
      devices: devices.flatMap((device) => (device.user === user ? device.replica : [])),
      ...of,
    }));
    return ok({ ...(await registry.counts()), today: { ...today, consumers } });
  });
  if (!counted.ok) return counted;
  const held = flags['database'] === undefined ? await heldInFolder(flags) : await heldInDatabase(flags['database']);
  const note = counted.value.today.alarm ? 'ALARM: a device is near a quota of today, or was turned away for one: see "today".' : '';
  return held.ok ? ok({ out: JSON.stringify({ ...counted.value, ...held.value }), note }) : held;
}

async function moveCommand({ data, database }: Flags): Promise<Result<CommandOutput>> {
  if (data === undefined || database === undefined) return refuse('administration.moveWhat');
  const moved = await migrateToPostgres(data, database).catch((error: unknown) => {
    const refusal = databaseRefusal(error);
    if (!refusal) throw error;
    return { ok: false, refusal } as const;
  });
  if (!moved.ok) return moved;
  return ok({
    out: JSON.stringify(moved.value),
    note: 'Start the server with DATABASE_URL from now on, and never again on the folder alone. Files of materials stay in it: keep --data, or copy them to a bucket.',
  });
}

/** The counts of what a repository holds: change-sets, spaces, files that materials name, bytes of its records. */
interface RepositoryCounts {
  readonly changeSets: number;
  readonly spaces: number;
  readonly files: number;
  readonly bytes: number;
}

function heldInFolder(flags: Flags): Promise<Result<RepositoryCounts>> {
  return withStore(flags, (db, folder) => {
    const files = db.prepare(countFilesNamed('materialVersion')).pluck().get() as number;
    return ok({ changeSets: feedHead(db), spaces: spaces(db).length, files, bytes: statSync(folder.store).size });
  });
}

async function heldInDatabase(url: string): Promise<Result<RepositoryCounts>> {
  const db = openPostgres(url);
  try {
    const row = await db.get<{ files: number; bytes: number }>(
      `select (${countFilesNamed(tableOf('materialVersion'))}) as files, pg_database_size(current_database()) as bytes`,
    );
    return ok({ changeSets: await postgresLog.feedHead(db), spaces: (await postgresLog.spaces(db)).length, ...row! });
  } finally {
    await db.close();
  }
}

/** The register of the folder, or of the database that the environment names. */
async function withRegistry<T>(flags: Flags, work: WithRegistry<T>): Promise<Result<T>> {
  const { database } = flags;
  if (database !== undefined) return withDatabase(database, work);
  const file = repositoryFolder(flags['data']!).registry;
  const registry = new FolderRegistry(file);
  const noted = openDatabase(file);
  try {
    return await work(registry, folderBook(noted));
  } finally {
    noted.close();
    registry.close();
  }
}

type WithRegistry<T> = (registry: Registry, book: Book) => Result<T> | Promise<Result<T>>;

async function withDatabase<T>(url: string, work: WithRegistry<T>): Promise<Result<T>> {
  const db = openPostgres(url);
  try {
    const migrated = await migrate(db);
    return migrated.ok ? await work(new PostgresRegistry(db), postgresBook(db)) : migrated;
  } catch (error) {
    const refusal = databaseRefusal(error);
    if (!refusal) throw error;
    return { ok: false, refusal };
  } finally {
    await db.close();
  }
}

async function withStore<T>(
  flags: Flags,
  work: (db: Db, folder: ReturnType<typeof repositoryFolder>) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const folder = repositoryFolder(flags['data']!);
  if (!existsSync(folder.store)) return refuse('administration.nothingHere', { data: flags['data'] });
  const db = openDatabase(folder.store, { mustExist: true });
  try {
    return await work(db, folder);
  } finally {
    db.close();
  }
}
