import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { removeStore } from '../../../shared/node/store/sqlite/opening/at-rest.ts';
import { headerOf } from '../../../shared/node/store/sqlite/backup/backup.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { storeRefusal } from '../../../shared/node/store/sqlite/refusals.ts';
import type { OpenedVault } from '../vault/vault.ts';
import { inspectBackup, mayBeBackup } from './take-backup.ts';

/** The changes that going back to a backup would make. */
export interface BackupCompared {
  /** When it was made, ISO 8601; '' where it does not say. */
  readonly at: string;
  readonly changeSets: number;
  /** Of the present store's change-sets. */
  readonly lacks: number;
}

/** The last moment that a date can hold, milliseconds. */
const LATEST = 8.64e15;

/**
 * Compares a backup with the present store by the ends of their chains; nothing of it is verified, and the file itself is only copied. Refuses `file.missing`,
 * `store.notABackup`, `store.backupTooLarge`, `store.newer`, `store.backupAltered`.
 */
export function compareBackup(vault: OpenedVault, present: Db, source: string): Result<BackupCompared, BackupRefusal> {
  const fit = mayBeBackup(source);
  if (!fit.ok) return fit;
  const copy = path.join(vault.folder, `${DATABASE_FILE}.compared`);
  removeStore(copy);
  try {
    copyFileSync(source, copy);
    const looked = inspectBackup(vault, copy);
    if (!looked.ok) return looked;
    const from = vault.open(copy, { readonly: true, mustExist: true });
    try {
      const held = chainLengths(from, 'change_set');
      const lacks = [...chainLengths(present, 'tip')].reduce(
        (sum, [chain, length]) => sum + Math.max(0, length - (held.get(chain) ?? 0)),
        0,
      );
      const at = headerOf(from)?.at ?? 0;
      return ok({ at: at > 0 && at <= LATEST ? new Date(at).toISOString() : '', changeSets: total(held), lacks });
    } finally {
      from.close();
    }
  } catch (error) {
    if (storeRefusal(error)?.code === 'store.damaged') return refuse('store.notABackup');
    throw error;
  } finally {
    removeStore(copy);
  }
}

/** How far each chain goes, by its replica and space; of branches the longest. */
function chainLengths(db: Db, table: 'change_set' | 'tip'): Map<string, number> {
  const rows = db.prepare(`select replica || ' ' || space as chain, max(seq) as length from ${table} group by replica, space`).all();
  const lengths = new Map<string, number>();
  for (const { chain, length } of rows as { chain: unknown; length: unknown }[])
    if (typeof chain === 'string' && Number.isSafeInteger(length)) lengths.set(chain, Math.max(0, length as number));
  return lengths;
}

function total(lengths: ReadonlyMap<string, number>): number {
  return [...lengths.values()].reduce((sum, length) => Math.min(Number.MAX_SAFE_INTEGER, sum + length), 0);
}
