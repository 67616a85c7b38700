import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toHex } from '../../../../kernel/hex.ts';
import { ok, refuse, type Result } from '../../../../kernel/result.ts';
import { newestFirst, superfluous, type BackupHeader } from '../../backup-order.ts';
import { leaveWithoutLog, syncFile, syncFolder } from '../opening/at-rest.ts';
import { feedHead } from '../change-log.ts';
import { isOwnTable } from '../opening/known-schema.ts';
import { removeSecrets } from '../opening/local-secrets.ts';
import type { Db, OpenDatabase } from '../opening/open-database.ts';
import { storeRefusal, type BackupFault } from '../refusals.ts';

export interface BackupFile extends BackupHeader {
  readonly path: string;
  readonly bytes: number;
}

export interface BackupOptions {
  /** Opens the database and its copies. */
  readonly open: OpenDatabase;
  /** What the clock says, milliseconds. */
  readonly now: number;
  /** The public keys of this laptop's replicas, by which whoever restores the copy can verify their work. */
  readonly keys?: readonly Uint8Array[];
}

/** In `meta` of a store: the number of the newest backup that was made of it, or that it was restored from. */
const COUNT = 'backups';
/** In `meta` of a backup: its header, and the public keys of the replicas that its laptop was. */
const HEADER = 'backup';

/**
 * Writes a whole copy of the database to `target`: made beside it, synced, opened and checked, then renamed. The copy is numbered, names no replica (whoever
 * opens it becomes a new one) and carries no credential. Refuses `storage.full`, `storage.readOnly`, `storage.unreadable`, `store.backupFailed`; `target` is then
 * as it was.
 */
export async function backup(
  db: Db,
  target: string,
  options: BackupOptions,
): Promise<Result<{ path: string; bytes: number; sha256: string }, BackupFault>> {
  const { open } = options;
  const beside = `${target}.part`;
  try {
    rmSync(beside, { force: true });
    const number = nextNumber(db, path.dirname(target), open);
    // VACUUM takes no file name bound in a keyed database's URI form; a text literal is enough.
    db.exec(`vacuum into '${beside.replaceAll("'", "''")}'`);
    const copy = open(beside, { mustExist: true });
    try {
      copy.exec("delete from meta where key in ('replica', 'incarnation')");
      removeSecrets(copy);
      writeHeader(copy, number, options);
      leaveWithoutLog(copy);
    } finally {
      copy.close();
    }
    syncFile(beside);
    if (!isGoodBackup(beside, open)) {
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

/** Above that of every backup of this store, and of every one in the folder: a store that was put back from an older copy has a lower count. */
function nextNumber(db: Db, folder: string, open: OpenDatabase): number {
  const number = Math.max(countOf(db), highestNumber(folder, open)) + 1;
  countFrom(db, number);
  return number;
}

/** Sets the number from which a store goes on counting its backups. */
export function countFrom(db: Db, number: number): void {
  db.prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value').run(COUNT, String(number));
}

function countOf(db: Db): number {
  const count = Number(db.prepare('select value from meta where key = ?').pluck().get(COUNT) ?? 0);
  return Number.isSafeInteger(count) && count >= 0 && count < HIGHEST ? count : 0;
}

/** The highest number of the backups in a folder; 0 where none has one. */
export function highestNumber(folder: string, open: OpenDatabase): number {
  return backupsIn(folder, open)[0]?.number ?? 0;
}

/** A file that somebody numbered so that none can follow is not believed. */
const HIGHEST = 1e9;

function writeHeader(copy: Db, number: number, { now, keys = [] }: BackupOptions): void {
  const header: BackupHeader = { number, at: Math.floor(now), feed: feedHead(copy) };
  copy
    .prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value')
    .run(HEADER, JSON.stringify({ ...header, keys: keys.map(toHex) }));
}

/** Returns the header of a backup, with the public keys that it carries; null: an earlier program made it, or its header is none. Reads only. */
export function headerOf(db: Db): (BackupHeader & { readonly keys: readonly string[] }) | null {
  try {
    if (!isOwnTable(db, 'meta')) return null;
    const text = db.prepare('select value from meta where key = ? and octet_length(value) < 100000').pluck().get(HEADER) as
      string | undefined;
    const { number, at, feed, keys } = (text === undefined ? {} : JSON.parse(text)) as Record<string, unknown>;
    if (!isCount(number) || number === 0 || number >= HIGHEST || !isCount(feed) || typeof at !== 'number' || !Number.isSafeInteger(at))
      return null;
    return {
      number,
      at,
      feed,
      keys: Array.isArray(keys) ? keys.filter((key) => typeof key === 'string' && /^[0-9a-f]{64}$/.test(key)) : [],
    };
  } catch {
    return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const NAME_PATTERN = /^itinera-(\d{8})-(\d{6})(-\d+)?\.db$/;

/** Makes a backup in `folder`, named by what the clock says, and removes the automatic ones that `superfluous` names, of `days` working days. */
export async function rotateBackups(
  db: Db,
  folder: string,
  days: number,
  options: BackupOptions,
): Promise<Result<{ path: string; bytes: number }, BackupFault>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(options.now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const plain = path.join(folder, `itinera-${stamp}.db`);
  // A clock that fell back says an hour again: the file that it named then stays.
  const target = existsSync(plain) ? path.join(folder, `itinera-${stamp}-${highestNumber(folder, options.open) + 1}.db`) : plain;
  const made = await backup(db, target, options);
  if (!made.ok) return made;
  const automatic = backupsIn(folder, options.open).filter((file) => NAME_PATTERN.test(path.basename(file.path)));
  for (const { path: file } of superfluous(automatic, days)) if (file !== made.value.path) rmSync(file, { force: true });
  return made;
}

/** The backups of a folder, newest first: in the order in which they were made, whatever clocks and the times of files say. */
export function backupsIn(folder: string, open: OpenDatabase): BackupFile[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .reverse()
    .map((name) => {
      const file = path.join(folder, name);
      const { size, mtimeMs } = statSync(file);
      return { path: file, bytes: size, ...(readHeader(file, open) ?? { number: 0, at: atOf(name, mtimeMs), feed: 0 }) };
    });
  return newestFirst(files);
}

function readHeader(file: string, open: OpenDatabase): BackupHeader | null {
  try {
    const db = open(file, { readonly: true, mustExist: true });
    try {
      const header = headerOf(db);
      return header && { number: header.number, at: header.at, feed: header.feed };
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** When an earlier program made a backup: as its name says, else the time of the file. */
function atOf(name: string, modified: number): number {
  const [, day = '', time = ''] = NAME_PATTERN.exec(name) ?? [];
  const said = Date.parse(
    `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`,
  );
  return Number.isNaN(said) ? Math.floor(modified) : said;
}

/** The newest backup that opens and is whole; null when there is none. */
export function newestGoodBackup(folder: string, open: OpenDatabase): BackupFile | null {
  return backupsIn(folder, open).find((file) => isGoodBackup(file.path, open)) ?? null;
}

/** Whether a file is a store of ours that opens and passes SQLite's own check. Nothing is written to it. */
export function isGoodBackup(file: string, open: OpenDatabase): boolean {
  try {
    const db = open(file, { readonly: true, mustExist: true });
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

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
