import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { leaveWithoutLog, syncFile, syncFolder } from './at-rest.ts';
import { openDatabase, type Db } from './open-database.ts';
import { storeRefusal } from './refusals.ts';

export interface KeyOptions {
  readonly key?: Uint8Array;
  readonly nativeBinding?: string;
}

export interface BackupFile {
  readonly path: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  readonly bytes: number;
}

/**
 * Writes a whole copy of the database to `target`: made beside it, synced, opened and checked, then renamed. The copy names no replica: whoever
 * opens it becomes a new one. Refuses `storage.full`, `storage.readOnly`, `storage.unreadable`, `store.backupFailed`; `target` is then as it was.
 */
export async function backup(
  db: Db,
  target: string,
  options: KeyOptions = {},
): Promise<Result<{ path: string; bytes: number; sha256: string }>> {
  const beside = `${target}.part`;
  try {
    rmSync(beside, { force: true });
    // VACUUM takes no file name bound in a keyed database's URI form; a text literal is enough.
    db.exec(`vacuum into '${beside.replaceAll("'", "''")}'`);
    const copy = openDatabase(beside, { ...pick(options), mustExist: true });
    try {
      copy.exec("delete from meta where key in ('replica', 'incarnation')");
      leaveWithoutLog(copy);
    } finally {
      copy.close();
    }
    syncFile(beside);
    if (!isGoodBackup(beside, options)) {
      rmSync(beside, { force: true });
      return refuse('store.backupFailed');
    }
    renameSync(beside, target);
    syncFolder(path.dirname(target));
    return ok({ path: target, bytes: statSync(target).size, sha256: await sha256Of(target) });
  } catch (error) {
    rmSync(beside, { force: true });
    const refusal = storeRefusal(error);
    if (!refusal) throw error;
    return { ok: false, refusal };
  }
}

const NAME_PATTERN = /^itinera-\d{8}-\d{6}\.db$/;

/** Makes a backup named by time (`now`, milliseconds) in `folder` and keeps the newest `keep` of them. */
export async function rotateBackups(
  db: Db,
  folder: string,
  now: number,
  keep: number,
  options: KeyOptions = {},
): Promise<Result<{ path: string; bytes: number }>> {
  mkdirSync(folder, { recursive: true });
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const made = await backup(db, path.join(folder, `itinera-${stamp}.db`), options);
  if (!made.ok) return made;
  const old = backupsIn(folder).filter((file) => NAME_PATTERN.test(path.basename(file.path)) && file.path !== made.value.path);
  for (const { path: file } of old.slice(Math.max(0, keep - 1))) rmSync(file, { force: true });
  return made;
}

/** The backups of a folder, newest first. */
export function backupsIn(folder: string): BackupFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .map((name) => {
      const file = path.join(folder, name);
      const { size, mtimeMs } = statSync(file);
      return { path: file, at: new Date(mtimeMs).toISOString(), bytes: size };
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.path < b.path ? 1 : -1));
}

/** The newest backup that opens and is whole; null when there is none. */
export function newestGoodBackup(folder: string, options: KeyOptions = {}): BackupFile | null {
  return backupsIn(folder).find((file) => isGoodBackup(file.path, options)) ?? null;
}

/** Whether a file is a store of ours that opens and passes SQLite's own check. Nothing is written to it. */
export function isGoodBackup(file: string, options: KeyOptions = {}): boolean {
  try {
    const db = openDatabase(file, { ...pick(options), readonly: true, mustExist: true });
    try {
      const isStore =
        db.prepare("select count(*) from sqlite_schema where name in ('change_set', 'written', 'tip', 'meta')").pluck().get() === 4;
      return isStore && db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function pick({ key, nativeBinding }: KeyOptions): KeyOptions {
  return { ...(key && { key }), ...(nativeBinding !== undefined && { nativeBinding }) };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
