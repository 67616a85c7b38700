import type { Db } from './open-database.ts';

/**
 * The keys of `local` whose value, or a field of it, opens something by itself, and which no copy of the store carries: a backup lies on sticks and in mail.
 * The one list of these; who keeps another secret there adds it. `field`: only that member of the value is secret, and goes; else the whole row does.
 */
export const SECRETS: readonly { readonly key: string; readonly field?: string }[] = [{ key: 'sync/account', field: 'token' }];

/** A value of `local` as a copy may carry it; null: not at all. `value` is JSON text. */
export function withoutSecret(key: string, value: string): string | null {
  const secret = SECRETS.find((one) => one.key === key);
  if (!secret) return value;
  if (secret.field === undefined) return null;
  const parsed = parsedObject(value);
  return parsed === null ? null : JSON.stringify(Object.fromEntries(Object.entries(parsed).filter(([name]) => name !== secret.field)));
}

/** Takes every secret out of a database; what it overwrites is gone from the file (`secure_delete`). */
export function removeSecrets(db: Db): void {
  const find = db.prepare('select value from local where key = ?').pluck();
  const set = db.prepare('update local set value = ? where key = ?');
  const remove = db.prepare('delete from local where key = ?');
  for (const { key } of SECRETS) {
    const value = find.get(key) as string | undefined;
    if (value === undefined) continue;
    const kept = withoutSecret(key, value);
    if (kept === null) remove.run(key);
    else set.run(kept, key);
  }
}

function parsedObject(value: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
