import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import { copyFileSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fromHex } from '../../../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { nodeHasher, nodeRandom, nodeVerifier } from '../../../shared/node/crypto.ts';
import { leaveWithoutLog, removeLogs, removeStore, syncFile, WITH_LOG } from '../../../shared/node/store/sqlite/opening/at-rest.ts';
import { countFrom, highestNumber, isGoodBackup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { migrate, SCHEMA_VERSION } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { storeRefusal } from '../../../shared/node/store/sqlite/refusals.ts';
import { contentsOf, hasOwnTables, takeRows } from '../../../shared/node/store/sqlite/backup/rows-of-backup.ts';
import { everyFlag, isEarlierFlag, putFlags } from '../../../shared/node/files/file-flags.ts';
import { localAfterRestore, repositoryKeyIn, type AccountChoice, type AccountOutcome, type LaptopState } from './restored-state.ts';
import { PUBLIC_KEYS } from '../local-state/every-declaration.ts';
import { RESTORED_KEYS } from '../local-state/of-rooms-and-sticks.ts';
import { ACCOUNT } from '../local-state/of-sync.ts';
import { PEER } from '../sync/repository/account.ts';
import type { OpenedVault } from '../vault/vault.ts';

// A backup may have been made by anybody: it is read, row by row, into a store that this program makes; nothing of its file is ever opened as the store.

export interface RestoreOptions {
  /** What to do with an account in the backup that is not this laptop's; left out: it is left where it is. */
  readonly account?: AccountChoice;
}

/** The contents found in a backup, and what became of them. */
export interface BackupOutcome {
  readonly account: AccountOutcome;
  /** Change-sets that were left out, for nothing proves them. */
  readonly unproven: number;
}

/**
 * Copies a backup and brings what it holds, and can be proven, into a new store at `beside`: what was checked is what is read, and nothing of the file itself is taken.
 * `here`: what belongs to the laptop, of the present store; null where it cannot be read. Refuses as `prepareRestore` does; nothing is then at `beside`. Throws
 * `BACKUP_DAMAGED` where damage is met on the way.
 */
export function copyBackupBeside(
  vault: OpenedVault,
  beside: string,
  source: string,
  now: number,
  here: () => LaptopState | null,
  options: RestoreOptions,
): Result<BackupOutcome, BackupRefusal> {
  const may = mayBeBackup(source);
  if (!may.ok) return may;
  const copy = `${beside}-from`;
  removeStore(beside);
  removeStore(copy);
  try {
    copyFileSync(source, copy);
    const fit = checkFit(vault, copy);
    if (!fit.ok) return fit;
    const own = path.dirname(path.resolve(source)) === path.resolve(vault.folder, BACKUP_FOLDER);
    const from = vault.open(copy, { readonly: true, mustExist: true });
    try {
      const taken = fill(vault, beside, from, now, here(), own, options);
      if (!taken.ok) removeStore(beside);
      return taken;
    } finally {
      from.close();
    }
  } finally {
    removeStore(copy);
  }
}

/** Above this no store of a laptop has come; what is said to be one would only fill the disk. */
const LARGEST_BACKUP = 4 * 2 ** 30;

/** Whether a file may be copied to be looked at as a backup. Refuses `file.missing`, `store.notABackup`, `store.backupTooLarge`. */
export function mayBeBackup(source: string): Result<null, BackupRefusal> {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat) return refuse('file.missing');
  if (!stat.isFile()) return refuse('store.notABackup');
  return stat.size > LARGEST_BACKUP ? refuse('store.backupTooLarge') : ok(null);
}

function fill(
  vault: OpenedVault,
  beside: string,
  from: Db,
  now: number,
  here: LaptopState | null,
  own: boolean,
  options: RestoreOptions,
): Result<BackupOutcome, BackupRefusal> {
  const contents = readOf(() => contentsOf(from));
  const decided = localAfterRestore(here, contents, options.account ?? 'keep', own);
  if (!decided.ok) return decided;
  const { rows, files, account, repositoryKey, sameRepository } = decided.value;
  const theirKey = repositoryKey ?? repositoryKeyIn(contents.local);
  const db = vault.open(beside);
  try {
    const made = migrate(db, () => undefined);
    if (!made.ok) return made;
    const ports = {
      ...{ clock: { now: () => now }, random: nodeRandom, hasher: nodeHasher, verifier: nodeVerifier(), ownKeys: vault.publicKeys(), own },
      ...{ wasEnrolled: contents.local.has(ACCOUNT.key), keysUnder: PUBLIC_KEYS.map(({ key }) => key) },
    };
    const believed = { repositories: theirKey === null ? [] : [fromHex(theirKey)], confirmedBy: sameRepository ? PEER : null };
    const { unproven, keys } = readOf(() => takeRows(from, db, believed, ports));
    const put = db.prepare('insert into local(key, value) values (?, ?) on conflict(key) do update set value = excluded.value');
    db.transaction(() => {
      for (const [key, value] of rows) put.run(key, value);
      files.forEach(putFlags(db));
      for (const [replica, key] of keys) put.run(...RESTORED_KEYS.row(replica, key));
      countFrom(db, Math.max(contents.number, highestNumber(path.join(vault.folder, BACKUP_FOLDER), vault.open)));
    })();
    leaveWithoutLog(db);
    return ok({ account, unproven });
  } finally {
    db.close();
    removeLogs(beside);
    if (existsSync(beside)) syncFile(beside);
  }
}

/** Damage met while the backup is read is the backup's, not the store's. */
function readOf<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (storeRefusal(error)?.code === 'store.damaged') throw Object.assign(new Error('the backup is damaged'), { code: 'BACKUP_DAMAGED' });
    throw error;
  }
}

function checkFit(vault: OpenedVault, file: string): Result<null, BackupRefusal> {
  const looked = inspectBackup(vault, file);
  if (!looked.ok) return looked;
  return isGoodBackup(file, vault.open) ? ok(null) : refuse('store.notABackup');
}

/** Checks by its schema alone, before anything in it is read, that a file is a store of ours, of a version that this program knows. */
export function inspectBackup({ open }: OpenedVault, file: string): Result<null, BackupRefusal> {
  try {
    const db = open(file, { readonly: true, mustExist: true });
    try {
      const version = db.pragma('user_version', { simple: true }) as number;
      if (version > SCHEMA_VERSION) return refuse('store.newer', { found: version, known: SCHEMA_VERSION });
      if (version < 1 || db.prepare("select 1 from sqlite_schema where name = 'change_set'").get() === undefined)
        return refuse('store.notABackup');
      return hasOwnTables(db) ? ok(null) : refuse('store.backupAltered');
    } finally {
      db.close();
    }
  } catch (error) {
    if (storeRefusal(error)?.code === 'store.damaged') return refuse('store.notABackup');
    if (storeRefusal(error)) throw error;
    return refuse('store.notABackup');
  }
}

/** Returns the laptop's own state in a store: its local rows, and what is noted of files; null where the rows cannot all be read. */
export function laptopStateOf(db: Db): LaptopState | null {
  const rows = readOrNull(() => db.prepare('select key, value from local').raw().all() as [string, string][]);
  return rows && { local: new Map(rows.filter(([key]) => !isEarlierFlag(key))), files: readOrNull(() => everyFlag(db)) };
}

function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (storeRefusal(error)?.code === 'store.damaged') return null;
    throw error;
  }
}

/** Returns what belongs to the laptop in a damaged store, as `laptopStateOf`, where it can be read; from a copy: opening it takes its log in. */
export function laptopStateOfDamaged({ folder, open }: OpenedVault): LaptopState | null {
  const file = path.join(folder, DATABASE_FILE);
  const copy = `${file}.reading`;
  removeStore(copy);
  try {
    for (const suffix of WITH_LOG) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
    const db = open(copy, { mustExist: true });
    try {
      return laptopStateOf(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (storeRefusal(error)?.code === 'store.damaged') return null;
    throw error;
  } finally {
    removeStore(copy);
  }
}
