import { rmSync } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../../shared/kernel/result.ts';
import { LIBRARY } from '../../shared/model/spaces.ts';
import { removeStore } from '../../shared/node/store/sqlite/at-rest.ts';
import { backupsIn, rotateBackups } from '../../shared/node/store/sqlite/backup.ts';
import type { Db } from '../../shared/node/store/sqlite/open-database.ts';
import { BACKUP_FOLDER } from '../../shared/node/store/sqlite/open-store.ts';
import { awaitsSalvage, damagedFiles } from './salvage.ts';

/** How many automatic backups are kept. */
const KEPT = 7;

/** Makes the day's automatic backup when there is none yet and the store holds more than what ships with the program. */
export async function dailyBackup(db: Db, folder: string, now: number, nativeBinding: string | undefined): Promise<Result<null>> {
  const backups = path.join(folder, BACKUP_FOLDER);
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
  if (backupsIn(backups).some((file) => path.basename(file.path).startsWith(`itinera-${day}-`))) return ok(null);
  if (db.prepare('select 1 from change_set where space <> ? limit 1').get(LIBRARY) === undefined) return ok(null);
  const made = await rotateBackups(db, backups, now, KEPT, nativeBinding === undefined ? {} : { nativeBinding });
  return made.ok ? ok(null) : made;
}

/**
 * After an erasure, or when a space was wiped: makes a backup of what is there now, and only then removes the older copies in the folder of backups and the damaged stores
 * that were kept, which still hold what was erased. Where the new one cannot be made the old ones stay, and it is tried again at the next start.
 */
export async function replaceBackups(db: Db, folder: string, now: number, nativeBinding: string | undefined): Promise<Result<null>> {
  const backups = path.join(folder, BACKUP_FOLDER);
  const made = await rotateBackups(db, backups, now, KEPT, nativeBinding === undefined ? {} : { nativeBinding });
  if (!made.ok) return made;
  for (const { path: file } of backupsIn(backups)) if (file !== made.value.path) rmSync(file, { force: true });
  // What could be read of a damaged store is here.
  if (!awaitsSalvage(db)) damagedFiles(folder).forEach(removeStore);
  return ok(null);
}
