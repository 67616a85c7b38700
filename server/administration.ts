import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { nodeClock, nodeRandom } from '../shared/node/crypto.ts';
import { backup as backupStore } from '../shared/node/store/sqlite/backup.ts';
import { feedHead, spaces } from '../shared/node/store/sqlite/change-log.ts';
import { openDatabase, type Db } from '../shared/node/store/sqlite/open-database.ts';
import { invite } from './enrolment.ts';
import { repositoryFolder } from './folder.ts';
import { FolderRegistry, type Device } from './registry.ts';
import { RESTORED } from './repository.ts';
import { ROLES, isRole, parseScope } from './roles.ts';

/** What a command says: `out` is its result, one line for a program to read; `note` is for the person. */
export interface Said {
  readonly out: string;
  readonly note: string;
}

export type Flags = Readonly<Record<string, string | undefined>>;
type Command = (flags: Flags) => Result<Said> | Promise<Result<Said>>;

/**
 * The administrator's commands. They work on the folder whether a server runs on it or not: what they write, a running server reads at
 * the next request.
 */
export const COMMANDS: Readonly<Record<string, { readonly usage: string; readonly run: Command }>> = {
  invite: { usage: 'invite --data DIR --role ROLE --scope SCOPE', run: inviteCommand },
  devices: { usage: 'devices --data DIR', run: devicesCommand },
  revoke: { usage: 'revoke --data DIR --device ID', run: revokeCommand },
  backup: { usage: 'backup --data DIR --to NEW_DIR', run: backupCommand },
  stats: { usage: 'stats --data DIR', run: statsCommand },
};

async function inviteCommand(flags: Flags): Promise<Result<Said>> {
  const { role = '', scope = '' } = flags;
  if (!isRole(role)) return refuse('administration.role', { role, known: ROLES.join(' ') });
  if (!parseScope(scope)) return refuse('administration.scope', { scope });
  return withRegistry(flags, async (registry) => {
    const { code, expiresAt } = await invite(registry, role, scope, nodeClock, nodeRandom);
    return ok({ out: code, note: `A ${role} (${scope}) can enrol one laptop with this code until ${new Date(expiresAt).toISOString()}.` });
  });
}

function devicesCommand(flags: Flags): Promise<Result<Said>> {
  return withRegistry(flags, (registry) => ok({ out: JSON.stringify(registry.devices().map(shown)), note: '' }));
}

function shown({ replica, name, role, scope, enrolledAt, lastSeen, revokedAt }: Device): Record<string, string | null> {
  const at = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
  return { device: replica, name, role, scope, enrolledAt: at(enrolledAt), lastSeen: at(lastSeen), revokedAt: at(revokedAt) };
}

function revokeCommand(flags: Flags): Promise<Result<Said>> {
  return withRegistry(flags, (registry) => {
    const wanted = flags['device'] ?? '';
    const matching = registry.devices().filter(({ replica }) => wanted.length >= 8 && replica.startsWith(wanted));
    const [device] = matching;
    if (!device || matching.length > 1) return refuse('administration.device', { device: wanted });
    registry.revoke(device.replica, nodeClock.now());
    return ok({
      out: JSON.stringify({ device: device.replica }),
      note: 'From its next request on this device is turned away. What it had sent stays.',
    });
  });
}

async function backupCommand(flags: Flags): Promise<Result<Said>> {
  const target = flags['to'];
  if (target === undefined || existsSync(target)) return refuse('administration.target', { to: target ?? '' });
  const beside = `${target}.part`;
  try {
    return await withStore(flags, async (db, folder) => {
      rmSync(beside, { recursive: true, force: true });
      const copy = repositoryFolder(beside);
      const stored = await backupStore(db, copy.store);
      if (!stored.ok) return stored;
      // After the store: what the registry says of a workshop must be there for every workshop in it.
      const registry = new FolderRegistry(folder.registry);
      registry.copyTo(copy.registry);
      registry.close();
      const copied = new FolderRegistry(copy.registry);
      copied.setSetting(RESTORED, Uint8Array.of(1));
      copied.close();
      copyFileSync(folder.key, copy.key);
      if (existsSync(folder.files)) {
        mkdirSync(copy.files, { recursive: true });
        cpSync(folder.files, copy.files, { recursive: true, filter: (source) => path.basename(source) !== 'parts' });
      }
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

function statsCommand(flags: Flags): Promise<Result<Said>> {
  return withStore(flags, async (db, folder) => {
    const counts = await withRegistry(flags, (registry) => ok(registry.counts()));
    if (!counts.ok) return counts;
    const files = db.prepare('select count(distinct sha256) from materialVersion where live = 1').pluck().get() as number;
    const figures = { ...counts.value, changeSets: feedHead(db), spaces: spaces(db).length, files, bytes: statSync(folder.store).size };
    return ok({ out: JSON.stringify(figures), note: '' });
  });
}

async function withRegistry<T>(flags: Flags, work: (registry: FolderRegistry) => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  const registry = new FolderRegistry(repositoryFolder(flags['data']!).registry);
  try {
    return await work(registry);
  } finally {
    registry.close();
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
