import Database from 'better-sqlite3';
import { closeSync, openSync, readSync } from 'node:fs';

export type Db = Database.Database;
export type Statement = Database.Statement<unknown[], unknown>;

export interface OpeningOptions {
  readonly readonly?: boolean;
  /** Refuse to make a new file. */
  readonly mustExist?: boolean;
}

export interface DatabaseOptions extends OpeningOptions {
  /** 32 raw bytes; the file is then encrypted (SQLCipher format) and proved to be so before anything is written. */
  readonly key?: Uint8Array;
}

/** The function that opens a database of ours, as `openDatabase` does; who makes one knows the key, who is given one does not. */
export type OpenDatabase = (file: string, options?: OpeningOptions) => Db;

/** The pragmas of every connection (TRUST, *Nothing is lost* 1). */
export const SETTINGS: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  temp_store: 2,
  busy_timeout: 5000,
  secure_delete: 1,
};

const PLAIN_HEADER = 'SQLite format 3\0';

/**
 * Opens a database of ours; nothing else opens one. Throws SQLite's error when the file is damaged, locked or the key is wrong (see `storeRefusal`), and an
 * Error when a keyed file turns out not to be encrypted.
 */
export function openDatabase(file: string, options: DatabaseOptions = {}): Db {
  const db = new Database(file, {
    timeout: 5000,
    readonly: options.readonly ?? false,
    fileMustExist: options.mustExist ?? false,
    ...compiledAddon(),
  });
  try {
    if (options.key) unlock(db, file, options.key, options.readonly ?? false);
    configure(db, options.readonly ?? false);
    // The first read meets a wrong key or a file that is no database.
    db.prepare('select count(*) from sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The compiled addon that the runtime names, where it is not the package's own. */
export function compiledAddon(): { readonly nativeBinding?: string } {
  const nativeBinding = process.env['APP_SQLITE_BINDING'];
  return nativeBinding ? { nativeBinding } : {};
}

function configure(db: Db, readonly: boolean): void {
  // In this order: journal_mode is the first to touch the file, and busy_timeout must already hold then.
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  db.pragma('foreign_keys = ON');
  // What is freed is overwritten at once: a page that was split before an erasure must not keep a copy of what is erased later.
  db.pragma('secure_delete = ON');
  if (!readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
}

function unlock(db: Db, file: string, key: Uint8Array, readonly: boolean): void {
  if (key.length !== 32) throw new RangeError('a key has 32 bytes');
  db.pragma("cipher = 'sqlcipher'");
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  if (headerOf(file) === '' && !readonly) db.pragma('user_version = 0');
  if (headerOf(file) === '' && !readonly) db.exec('vacuum');
  if (headerOf(file) === PLAIN_HEADER) throw new Error('the database is not encrypted');
}

function headerOf(file: string): string {
  if (file === ':memory:' || file === '') return '';
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(PLAIN_HEADER.length);
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1', 0, length);
  } finally {
    closeSync(handle);
  }
}
