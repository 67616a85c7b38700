import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { RestoredFrom } from '../../../shared/contract/shell.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import {
  leaveWithoutLog,
  removeLogs,
  removeStore,
  syncFile,
  syncFolder,
  WITH_LOG,
} from '../../../shared/node/store/sqlite/opening/at-rest.ts';
import { backup, countFrom, highestNumber, newestGoodBackup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { migrate } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { storeRefusal } from '../../../shared/node/store/sqlite/refusals.ts';
import type { LaptopState } from './restored-state.ts';
import type { OpenedVault } from '../vault/vault.ts';
import { backupOptions } from './daily-backup.ts';
import { awaitSalvage, damagedFile } from './salvage.ts';
import { laptopStateOf, laptopStateOfDamaged, copyBackupBeside, type BackupOutcome, type RestoreOptions } from './take-backup.ts';

/** A backup that is ready to take the store's place, lying beside it. */
export interface Prepared extends BackupOutcome {
  /** Where the present store is kept. */
  readonly kept: string;
  /** Puts the backup in the store's place; the store must be closed. */
  swap(): void;
  /** Puts the kept store back, where the restored one would not open. */
  swapBack(): void;
}

/**
 * Makes ready to restore: brings the rows of the backup that can be proven into a new store beside the present one, and keeps a whole copy of the present store among
 * the backups; where that is too damaged to be copied it is kept as it is, and what can be read of it is brought over at the next opening. Nothing has changed until
 * `swap`. Refuses `file.missing`, `store.notABackup`, `store.backupAltered`, `store.backupTooLarge`, `store.newer`, `store.accountForeign`, and what a full or
 * read-only disk does.
 */
export async function prepareRestore(
  vault: OpenedVault,
  present: Db,
  source: string,
  now: number,
  options: RestoreOptions = {},
): Promise<Result<Prepared, BackupRefusal>> {
  const { folder } = vault;
  const beside = besideOf(folder);
  try {
    const found = copyBackupBeside(vault, beside, source, now, () => laptopStateOf(present), options);
    if (!found.ok) return found;
    const backups = path.join(folder, BACKUP_FOLDER);
    mkdirSync(backups, { recursive: true, mode: 0o700 });
    const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
    const kept = unused(path.join(backups, `before-restore-${stamp}`));
    const copy = await backup(present, kept, backupOptions(vault, now));
    if (copy.ok) {
      countOn(vault);
      return ok({ kept, ...found.value, swap: () => put(folder), swapBack: () => putCopy(folder, kept) });
    }
    // A copy that fails its check, too, was made of what is damaged.
    if (copy.refusal.code === 'store.damaged' || copy.refusal.code === 'store.backupFailed') {
      const damaged = damagedFile(folder, now);
      noteIn(vault, beside);
      return ok({
        ...{ kept: damaged, ...found.value },
        swap: () => putInPlaceOfDamaged(folder, damaged),
        swapBack: () => putCopy(folder, damaged),
      });
    }
    removeStore(beside);
    return copy;
  } catch (error) {
    removeStore(beside);
    return refusalOf(error);
  }
}

/**
 * Restores where the present store does not open at all: it is kept beside the new one, and the backup takes its place; `source` null: a new store does. What can be
 * read of the damaged one is brought over at the next opening (`salvage`). Cut anywhere, either is there, whole. Refuses as
 * `prepareRestore` does, and `store.inUse`.
 */
export function replaceDamaged(
  vault: OpenedVault,
  source: string | null,
  now: number,
  options: RestoreOptions = {},
): Result<{ readonly kept: string } & BackupOutcome, BackupRefusal> {
  const { folder } = vault;
  const lock = vault.lock();
  if (!lock.ok) return lock;
  const beside = besideOf(folder);
  try {
    const here = (): LaptopState | null => laptopStateOfDamaged(vault);
    const found = source === null ? makeBeside(vault, beside) : copyBackupBeside(vault, beside, source, now, here, options);
    if (!found.ok) return found;
    noteIn(vault, beside);
    const kept = damagedFile(folder, now);
    putInPlaceOfDamaged(folder, kept);
    return ok({ kept, ...found.value });
  } catch (error) {
    removeStore(beside);
    return refusalOf(error);
  } finally {
    lock.value.release();
  }
}

/** The file that is to take a damaged store's place; null: a new store. Without a good backup the newest is one that is not there. */
export function sourceOf({ folder, open }: OpenedVault, from: RestoredFrom): string | null {
  if (from === 'nothing') return null;
  const backups = path.join(folder, BACKUP_FOLDER);
  return from === 'newest' ? (newestGoodBackup(backups, open)?.path ?? path.join(backups, DATABASE_FILE)) : from.path;
}

/** Puts what lies beside the store in its place. */
function put(folder: string): void {
  const file = path.join(folder, DATABASE_FILE);
  // A log left behind belongs to the store that goes; read with another database it would spoil it.
  removeLogs(file);
  renameSync(besideOf(folder), file);
  syncFolder(folder);
}

/** The same, with the store that goes under another name first, so that there is no moment without a store. */
function putInPlaceOfDamaged(folder: string, kept: string): void {
  const file = path.join(folder, DATABASE_FILE);
  for (const suffix of WITH_LOG) if (existsSync(file + suffix)) keep(file + suffix, kept + suffix);
  syncFolder(folder);
  put(folder);
}

/** Puts back what was kept, with its log where it has one. */
function putCopy(folder: string, kept: string): void {
  const beside = besideOf(folder);
  for (const suffix of WITH_LOG) if (existsSync(kept + suffix)) copyFileSync(kept + suffix, beside + suffix);
  syncFile(beside);
  put(folder);
  if (existsSync(`${beside}-wal`)) renameSync(`${beside}-wal`, `${path.join(folder, DATABASE_FILE)}-wal`);
}

function keep(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch {
    // Not every file system has a second name for a file (FAT, some shares).
    copyFileSync(file, kept);
    syncFile(kept);
  }
}

/** Writes into the store beside that something waits to be brought over. */
function noteIn({ open }: OpenedVault, beside: string): void {
  const db = open(beside, { mustExist: true });
  try {
    awaitSalvage(db);
    leaveWithoutLog(db);
  } finally {
    db.close();
  }
  removeLogs(beside);
  syncFile(beside);
}

/** A new store, of another replica than the folder's. */
function makeBeside({ open }: OpenedVault, beside: string): Result<BackupOutcome, BackupRefusal> {
  removeStore(beside);
  const db = open(beside);
  try {
    const made = migrate(db, () => undefined);
    // A folder's key is taken up by an empty store that names none; this one would begin its chains anew.
    db.prepare("insert into meta(key, value) values ('replica', '')").run();
    return made.ok ? ok({ account: 'none', unproven: 0 }) : made;
  } finally {
    db.close();
  }
}

function besideOf(folder: string): string {
  return path.join(folder, `${DATABASE_FILE}.restoring`);
}

/** The store beside counts its backups on from the one that was made of the present store, too. */
function countOn({ folder, open }: OpenedVault): void {
  const db = open(besideOf(folder), { mustExist: true });
  try {
    countFrom(db, highestNumber(path.join(folder, BACKUP_FOLDER), open));
    leaveWithoutLog(db);
  } finally {
    db.close();
  }
  removeLogs(besideOf(folder));
  syncFile(besideOf(folder));
}

function unused(stem: string): string {
  for (let n = 1; ; n++) {
    const file = n === 1 ? `${stem}.db` : `${stem}-${n}.db`;
    if (!existsSync(file)) return file;
  }
}

function refusalOf(error: unknown): Result<never, BackupRefusal> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  // The file chosen is a folder, or may not be read.
  if (code === 'EISDIR' || code === 'ENOTSUP' || code === 'BACKUP_DAMAGED') return refuse('store.notABackup');
  const refusal = storeRefusal(error);
  if (!refusal) throw error;
  return { ok: false, refusal };
}
