import { ok, refuse, type Result } from '../../../../kernel/result.ts';
import { changeLog } from '../migrations/001-change-log.ts';
import { heldChangeSets } from '../migrations/002-held.ts';
import { setAsideHereIndex } from '../migrations/003-set-aside-here.ts';
import { receivedAt } from '../migrations/004-received-at.ts';
import { chainBytes } from '../migrations/005-chain-bytes.ts';
import { quarantineTable } from '../migrations/006-quarantine.ts';
import { fileFlags } from '../migrations/007-file-flags.ts';
import type { Db } from './open-database.ts';

/** One step of the schema. Steps only add: an older backup can always be brought up, and nothing that was written is dropped. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  changeLog,
  heldChangeSets,
  setAsideHereIndex,
  receivedAt,
  chainBytes,
  quarantineTable,
  fileFlags,
];

/** The newest schema that this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database up to this program's schema in one transaction, after `copy` has been made of a database that holds something.
 * Refuses `store.newer` and touches nothing when a newer program made it.
 */
export function migrate(db: Db, copy: (from: number) => void, migrations: readonly Migration[] = MIGRATIONS): Result<null, 'store.newer'> {
  const version = db.pragma('user_version', { simple: true }) as number;
  const newest = migrations.length;
  if (version > newest) return refuse('store.newer', { found: version, known: newest });
  if (version === newest) return ok(null);
  if (version > 0) copy(version);
  db.transaction(() => {
    for (const migration of migrations) {
      if (migration.version <= version) continue;
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }
  }).immediate();
  return ok(null);
}
