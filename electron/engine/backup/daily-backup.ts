import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { LIBRARY } from '../../../shared/model/spaces.ts';
import { removeStore } from '../../../shared/node/store/sqlite/opening/at-rest.ts';
import { DAYS_KEPT, isDue } from '../../../shared/node/store/backup-order.ts';
import { backupsIn, rotateBackups, type BackupOptions } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { feedHead } from '../../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { BACKUP_FOLDER } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { OpenedVault } from '../vault/vault.ts';
import { awaitsSalvage, damagedFiles } from './salvage.ts';

/** Makes the working day's automatic backup when it is due and the store holds more than what ships with the program; `now`: what the clock says, milliseconds. */
export async function dailyBackup(vault: OpenedVault, db: Db, now: number): Promise<Result<null, BackupRefusal>> {
  const backups = path.join(vault.folder, BACKUP_FOLDER);
  const automatic = backupsIn(backups, vault.open).filter((file) => AUTOMATIC.test(path.basename(file.path)));
  if (!isDue(automatic[0] ?? null, now, feedHead(db))) return ok(null);
  if (db.prepare('select 1 from change_set where space <> ? limit 1').get(LIBRARY) === undefined) return ok(null);
  const made = await rotateBackups(db, backups, DAYS_KEPT, backupOptions(vault, now));
  return made.ok ? ok(null) : made;
}

const AUTOMATIC = /^itinera-/;

/**
 * After an erasure, or when a space was wiped: makes a backup of what is there now, and only then removes the older copies in the folder of backups and the damaged stores
 * that were kept, which still hold what was erased. Where the new one cannot be made the old ones stay, and it is tried again at the next start.
 */
export async function replaceBackups(vault: OpenedVault, db: Db, now: number): Promise<Result<null, BackupRefusal>> {
  const backups = path.join(vault.folder, BACKUP_FOLDER);
  const made = await rotateBackups(db, backups, DAYS_KEPT, backupOptions(vault, now));
  if (!made.ok) return made;
  for (const { path: file } of backupsIn(backups, vault.open)) if (file !== made.value.path) rmSync(file, { force: true });
  // What could be read of a damaged store is here.
  if (!awaitsSalvage(db)) damagedFiles(vault.folder).forEach(removeStore);
  return ok(null);
}

/** Returns the options of a backup of this laptop; its keys are those by which whoever restores it verifies the work in it. */
export function backupOptions({ open, publicKeys }: OpenedVault, now: number): BackupOptions {
  return { open, now, keys: publicKeys() };
}
