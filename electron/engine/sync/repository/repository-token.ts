import type { SyncPorts } from '../context.ts';
import { accountOf, keepAccount, type Account } from './account.ts';

/**
 * The bearer token of an enrolment by a program from before sessions. It lay in the database and so in every backup; it is moved into a file of its own beside the
 * replica's key as soon as this program opens the folder, serves a repository that is older than this laptop, and goes for good with the first session.
 */
const TOKEN = 'repository.token';

/** Takes the token out of the database of an older program; what it leaves there is overwritten. A disk that takes nothing just now leaves all as it is. */
export function moveToken(ports: Pick<SyncPorts, 'store' | 'settings' | 'vault'>): void {
  const account = accountOf(ports.settings);
  if (account?.token === undefined) return;
  const { token, ...rest } = account;
  try {
    ports.vault.keepSecret(TOKEN, `${JSON.stringify({ repositoryKey: rest.repositoryKey, token })}\n`);
    keepAccount(ports.settings, rest);
    // The log still has what was there.
    ports.store.db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    return;
  }
}

/** The token for this account's repository; null: none. */
export function tokenOf({ vault }: Pick<SyncPorts, 'vault'>, { repositoryKey }: Account): string | null {
  const text = vault.readSecret(TOKEN);
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as { readonly repositoryKey?: unknown; readonly token?: unknown };
    return kept.repositoryKey === repositoryKey && typeof kept.token === 'string' ? kept.token : null;
  } catch {
    return null;
  }
}

export function forgetToken({ vault }: Pick<SyncPorts, 'vault'>): void {
  vault.forgetSecret(TOKEN);
}
