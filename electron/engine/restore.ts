import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { backup, isGoodBackup } from '../../shared/node/store/sqlite/backup.ts';
import { SCHEMA_VERSION } from '../../shared/node/store/sqlite/migrate.ts';
import { openDatabase, type Db } from '../../shared/node/store/sqlite/open-database.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../shared/node/store/sqlite/open-store.ts';
import { lockFolder } from '../../shared/node/store/sqlite/folder-lock.ts';
import { storeRefusal } from '../../shared/node/store/sqlite/refusals.ts';

export interface RestoreOptions {
  readonly nativeBinding?: string;
}

/** A backup that is ready to take the store's place, lying beside it. */
export interface Prepared {
  /** Where the present store is kept. */
  readonly kept: string;
  /** Puts the backup in the store's place; the store must be closed. */
  swap(): void;
  /** Puts the kept store back, where the restored one would not open. */
  swapBack(): void;
}

/**
 * Makes ready to restore: looks at the backup, copies it beside the store, and keeps a whole copy of the present store among the
 * backups. Nothing has changed until `swap`. Refuses `file.missing`, `store.notABackup`, `store.newer`, and what a full or
 * read-only disk does.
 */
export async function prepareRestore(
  folder: string,
  present: Db,
  source: string,
  now: number,
  options: RestoreOptions = {},
): Promise<Result<Prepared>> {
  const file = path.join(folder, DATABASE_FILE);
  const beside = besideOf(folder);
  try {
    const fit = takeBeside(source, beside, options);
    if (!fit.ok) return fit;
    const backups = path.join(folder, BACKUP_FOLDER);
    mkdirSync(backups, { recursive: true });
    const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
    const kept = path.join(backups, `before-restore-${stamp}.db`);
    const copy = await backup(present, kept, options);
    if (!copy.ok) {
      removeStore(beside);
      return copy;
    }
    const put = (): void => {
      // A log left behind belongs to the store that goes; read with another database it would spoil it.
      removeLogs(file);
      renameSync(beside, file);
      syncFolder(folder);
    };
    return ok({
      kept,
      swap: put,
      swapBack: () => {
        copyFileSync(kept, beside);
        syncFile(beside);
        put();
      },
    });
  } catch (error) {
    removeStore(beside);
    return refusalOf(error);
  }
}

/**
 * Restores where the present store does not open at all: it is renamed, not deleted, and the backup takes its place. Refuses as
 * `prepareRestore` does, and `store.inUse`.
 */
export function replaceDamaged(
  folder: string,
  source: string,
  now: number,
  options: RestoreOptions = {},
): Result<{ readonly kept: string }> {
  const lock = lockFolder(folder, options.nativeBinding);
  if (!lock.ok) return lock;
  const file = path.join(folder, DATABASE_FILE);
  const beside = besideOf(folder);
  try {
    const fit = takeBeside(source, beside, options);
    if (!fit.ok) return fit;
    const kept = `${file}.damaged-${now}`;
    for (const suffix of ['', ...LOGS]) if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${kept}${suffix}`);
    renameSync(beside, file);
    syncFolder(folder);
    return ok({ kept });
  } catch (error) {
    removeStore(beside);
    return refusalOf(error);
  } finally {
    lock.value.release();
  }
}

const LOGS = ['-wal', '-shm'] as const;

function besideOf(folder: string): string {
  return path.join(folder, `${DATABASE_FILE}.restoring`);
}

/** Copies the backup beside the store and looks at the copy: what will be swapped in is what was checked. */
function takeBeside(source: string, beside: string, options: RestoreOptions): Result<null> {
  if (!existsSync(source)) return refuse('file.missing');
  removeStore(beside);
  copyFileSync(source, beside);
  const fit = checkFit(beside, options);
  removeLogs(beside);
  if (fit.ok) syncFile(beside);
  else removeStore(beside);
  return fit;
}

function checkFit(file: string, options: RestoreOptions): Result<null> {
  if (!isGoodBackup(file, options)) return refuse('store.notABackup');
  const db = openDatabase(file, { ...options, readonly: true, mustExist: true });
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    return version > SCHEMA_VERSION ? refuse('store.newer', { found: version, known: SCHEMA_VERSION }) : ok(null);
  } finally {
    db.close();
  }
}

function removeLogs(file: string): void {
  for (const suffix of LOGS) rmSync(`${file}${suffix}`, { force: true });
}

function removeStore(file: string): void {
  rmSync(file, { force: true });
  removeLogs(file);
}

function refusalOf(error: unknown): Result<never> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  // The file chosen is a folder, or may not be read.
  if (code === 'EISDIR' || code === 'ENOTSUP') return refuse('store.notABackup');
  const refusal = storeRefusal(error);
  if (!refusal) throw error;
  return { ok: false, refusal };
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; there the rename itself is journalled.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
