import type { Refusal } from '../../../kernel/result.ts';

/** The codes of what a disk or a file can do to a store. */
export type StoreFault = 'storage.full' | 'storage.readOnly' | 'storage.unreadable' | 'store.damaged' | 'store.inUse';
/** The codes with which a store is not opened. */
export type StoreRefusal = StoreFault | 'store.newer';
/** The codes with which a backup is not made. */
export type BackupFault = StoreFault | 'store.backupFailed';

/**
 * Returns the code of a SQLite or file system error for people: `storage.full`, `storage.readOnly`, `storage.unreadable`, `store.damaged`, `store.inUse`. null:
 * not of that kind, so a bug. The transaction it happened in has been rolled back: the old state is intact.
 */
export function storeRefusal(error: unknown): Refusal<StoreFault> | null {
  const code = codeOf(error);
  if (code === null) return null;
  const name = NAMES.find(([prefix]) => code.startsWith(prefix))?.[1];
  return name === undefined ? null : { code: name, details: { reason: code } };
}

const NAMES: readonly (readonly [string, StoreFault])[] = [
  ['SQLITE_FULL', 'storage.full'],
  ['ENOSPC', 'storage.full'],
  ['EDQUOT', 'storage.full'],
  ['SQLITE_READONLY', 'storage.readOnly'],
  ['SQLITE_PERM', 'storage.readOnly'],
  ['EROFS', 'storage.readOnly'],
  ['EACCES', 'storage.readOnly'],
  ['EPERM', 'storage.readOnly'],
  ['SQLITE_CORRUPT', 'store.damaged'],
  ['SQLITE_NOTADB', 'store.damaged'],
  ['SQLITE_BUSY', 'store.inUse'],
  ['SQLITE_LOCKED', 'store.inUse'],
  ['SQLITE_CANTOPEN', 'storage.readOnly'],
  ['SQLITE_IOERR', 'storage.unreadable'],
  ['EIO', 'storage.unreadable'],
  ['ENOTDIR', 'storage.unreadable'],
  ['ENOENT', 'storage.unreadable'],
  ['EEXIST', 'storage.unreadable'],
  ['ENAMETOOLONG', 'storage.unreadable'],
];

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
