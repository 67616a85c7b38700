import type { StoreFault } from '../refusals.ts';
import Database from 'better-sqlite3';
import path from 'node:path';
import { ok, refuse, type Result } from '../../../../kernel/result.ts';
import { compiledAddon } from './open-database.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes a data folder for this process; refuses `store.inUse` while another engine has it. The lock is the operating system's, held
 * through SQLite on the file `lock`: a process that is killed leaves none behind.
 */
export function lockFolder(folder: string): Result<FolderLock, StoreFault> {
  const db = new Database(path.join(folder, 'lock'), { timeout: 0, ...compiledAddon() });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('begin exclusive');
    return ok({ release: () => db.close() });
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return refuse('store.inUse');
    throw error;
  }
}
