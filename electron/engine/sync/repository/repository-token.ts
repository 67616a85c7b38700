import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { SyncPorts } from '../context.ts';
import { accountOf, keepAccount, type Account } from './account.ts';

/**
 * The bearer token of an enrolment by a program from before sessions. It lay in the database and so in every backup; it is moved into a file of its own beside the
 * replica's key as soon as this program opens the folder, serves a repository that is older than this laptop, and goes for good with the first session.
 */
const TOKEN_FILE = 'repository.token';

/** Takes the token out of the database of an older program; what it leaves there is overwritten. A disk that takes nothing just now leaves all as it is. */
export function moveToken(ports: Pick<SyncPorts, 'store' | 'settings' | 'folder'>): void {
  const account = accountOf(ports.settings);
  if (account?.token === undefined) return;
  const { token, ...rest } = account;
  const file = path.join(ports.folder, TOKEN_FILE);
  try {
    writeBeside(file, `${JSON.stringify({ repositoryKey: rest.repositoryKey, token })}\n`);
    keepAccount(ports.settings, rest);
    // The log still has what was there.
    ports.store.db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    rmSync(`${file}.new`, { force: true });
  }
}

function writeBeside(file: string, text: string): void {
  const handle = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

/** The token for this account's repository; null: none. */
export function tokenOf({ folder }: Pick<SyncPorts, 'folder'>, { repositoryKey }: Account): string | null {
  const file = path.join(folder, TOKEN_FILE);
  if (!existsSync(file)) return null;
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly repositoryKey?: unknown; readonly token?: unknown };
    return kept.repositoryKey === repositoryKey && typeof kept.token === 'string' ? kept.token : null;
  } catch {
    return null;
  }
}

export function forgetToken({ folder }: Pick<SyncPorts, 'folder'>): void {
  rmSync(path.join(folder, TOKEN_FILE), { force: true });
}
