import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '../../../../kernel/ports.ts';
import { refuse, type Refusal, type Result } from '../../../../kernel/result.ts';
import { signerOf } from '../../../crypto.ts';
import { makePrivateFolder } from '../../../files/private-folder.ts';
import { leaveWithoutLog } from './at-rest.ts';
import { newestGoodBackup } from '../backup/backup.ts';
import { lockFolder } from './folder-lock.ts';
import { nextIncarnation } from './incarnation.ts';
import { removeSecrets } from './local-secrets.ts';
import { migrate } from './migrate.ts';
import { openDatabase, type Db, type OpenDatabase } from './open-database.ts';
import { storeRefusal, type StoreFault, type StoreRefusal } from '../refusals.ts';
import { disownReplica, readOrMintKey } from './replica-key.ts';
import { sqliteStore, type SqliteStore } from '../sqlite-store.ts';
import type { ChangeSetBuilderOptions } from '../../change-set-builder.ts';

export const DATABASE_FILE = 'itinera.db';
export const BACKUP_FOLDER = 'backups';

export interface StoreOptions extends Omit<ChangeSetBuilderOptions, 'signer'> {
  /** A data folder: locked while open, with its own replica key and backups. */
  readonly folder?: string;
  /** Where tokens of incarnations lie, outside every data folder; left out: a copied folder is not told from the one it was copied from. */
  readonly state?: string;
  /** Or one file (`:memory:` too), with the signer given. */
  readonly file?: string;
  readonly signer?: Signer;
  /** Opens the database and the backups beside it; left out: they are not encrypted. */
  readonly open?: OpenDatabase;
  /** Who signs for the folder's replica, which the open database names; left out: by the key file in the folder (`readOrMintKey`). */
  readonly signerFor?: (db: Db) => Signer;
}

/**
 * Opens a store. Refuses `store.inUse` (another engine has the folder), `store.newer` (a newer program's schema; nothing is touched),
 * `store.damaged` (kept as it is; `backup`: file name of the newest good one, or '', with when it was made and its size), `storage.full`, `storage.readOnly`, `storage.unreadable`.
 */
export function openStore(options: StoreOptions): Result<SqliteStore, StoreRefusal> {
  try {
    if (options.folder !== undefined) return openFolder(options.folder, options);
    if (options.file === undefined || !options.signer) throw new Error('a folder, or a file and a signer');
    const opened = openFile(options.file, options);
    return opened.ok ? { ok: true, value: sqliteStore(opened.value, { ...options, signer: options.signer }) } : opened;
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  }
}

function openFolder(folder: string, options: StoreOptions): Result<SqliteStore, StoreRefusal> {
  makePrivateFolder(folder);
  const file = path.join(folder, DATABASE_FILE);
  const lock = lockFolder(folder);
  if (!lock.ok) return lock;
  let db: Db | null = null;
  try {
    const opened = openFile(file, options, path.join(folder, BACKUP_FOLDER));
    if (!opened.ok) {
      lock.value.release();
      return opened;
    }
    db = opened.value;
    if (options.state !== undefined && nextIncarnation(db, folder, options.state, options.random) === 'another') disownReplica(db);
    const signer = options.signer ?? options.signerFor?.(db) ?? signerOf(readOrMintKey(folder, db));
    const store = sqliteStore(db, { ...options, signer });
    const close = (): void => {
      try {
        store.close();
      } finally {
        lock.value.release();
      }
    };
    return { ok: true, value: { ...store, close } };
  } catch (error) {
    db?.close();
    lock.value.release();
    const refusal = refusalOf(error);
    if (refusal.code !== 'store.damaged') return { ok: false, refusal };
    const backup = newestGoodBackup(path.join(folder, BACKUP_FOLDER), options.open ?? openDatabase);
    return refuse('store.damaged', {
      ...refusal.details,
      backup: backup === null ? '' : path.basename(backup.path),
      backupAt: backup === null ? '' : new Date(backup.at).toISOString(),
      backupBytes: backup?.bytes ?? 0,
    });
  }
}

// Above this size a check of every page would be felt at each start; `check` is there for it.
const CHECKED_AT_OPENING = 24 * 1024 * 1024;

function openFile(file: string, { open = openDatabase }: StoreOptions, copies?: string): Result<Db, 'store.newer'> {
  const isThere = file !== ':memory:' && existsSync(file) && statSync(file).size > 0;
  const db = open(file);
  try {
    const migrated = migrate(db, (from) => copies !== undefined && copyBefore(db, file, copies, from, open));
    if (!migrated.ok) {
      db.close();
      return migrated;
    }
    if (isThere && statSync(file).size <= CHECKED_AT_OPENING && db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw Object.assign(new Error('the database is damaged'), { code: 'SQLITE_CORRUPT' });
    }
    return { ok: true, value: db };
  } catch (error) {
    db.close();
    throw error;
  }
}

function copyBefore(db: Db, file: string, copies: string, from: number, open: OpenDatabase): void {
  mkdirSync(copies, { recursive: true, mode: 0o700 });
  const copy = path.join(copies, `before-schema-${from + 1}.db`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(file, copy);
  const copied = open(copy);
  try {
    removeSecrets(copied);
    leaveWithoutLog(copied);
  } finally {
    copied.close();
  }
}

function refusalOf(error: unknown): Refusal<StoreFault> {
  const refusal = storeRefusal(error);
  if (!refusal) throw error;
  return refusal;
}
