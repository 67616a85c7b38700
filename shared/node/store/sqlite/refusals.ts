import type { Refusal } from '../../../kernel/result.ts';

/**
 * What a SQLite or file system error means for people: `store.diskFull`, `store.readOnly`, `store.damaged`, `store.inUse`, `store.unreachable`.
 * null: not of that kind, so a bug. The transaction it happened in has been rolled back: the old state is intact.
 */
export function storeRefusal(error: unknown): Refusal | null {
  const code = codeOf(error);
  if (code === null) return null;
  const name = NAMES.find(([prefix]) => code.startsWith(prefix))?.[1];
  return name === undefined ? null : { code: name, details: { reason: code } };
}

const NAMES: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'store.diskFull'],
  ['ENOSPC', 'store.diskFull'],
  ['EDQUOT', 'store.diskFull'],
  ['SQLITE_READONLY', 'store.readOnly'],
  ['SQLITE_PERM', 'store.readOnly'],
  ['EROFS', 'store.readOnly'],
  ['EACCES', 'store.readOnly'],
  ['EPERM', 'store.readOnly'],
  ['SQLITE_CORRUPT', 'store.damaged'],
  ['SQLITE_NOTADB', 'store.damaged'],
  ['SQLITE_BUSY', 'store.inUse'],
  ['SQLITE_LOCKED', 'store.inUse'],
  ['SQLITE_CANTOPEN', 'store.unreachable'],
  ['SQLITE_IOERR', 'store.unreachable'],
  ['EIO', 'store.unreachable'],
  ['ENOTDIR', 'store.unreachable'],
  ['ENOENT', 'store.unreachable'],
];

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
