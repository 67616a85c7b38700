import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { removeStore, WITH_LOG } from '../../../shared/node/store/sqlite/opening/at-rest.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import { knownAmong } from '../../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { storeRefusal } from '../../../shared/node/store/sqlite/refusals.ts';
import { readableChangeSets, type SalvagePorts } from '../../../shared/node/store/sqlite/backup/salvage.ts';
import { signRunsOf } from '../../../shared/node/store/sqlite/signed-runs.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { OpenedVault } from '../vault/vault.ts';

/** In `meta` of a store that took the place of a damaged one: what can be read of that has not been brought over yet. */
const WAITING = 'salvage';
/** The source that held change-sets name. */
const SOURCE = 'salvage';
const DAMAGED = `${DATABASE_FILE}.damaged-`;

/** The path under which a damaged database of a folder is kept (`now`, milliseconds). */
export function damagedFile(folder: string, now: number): string {
  return path.join(folder, `${DAMAGED}${now}`);
}

/** The damaged databases that a folder keeps. */
export function damagedFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(DAMAGED) && /^\d+$/.test(name.slice(DAMAGED.length)))
    .sort()
    .map((name) => path.join(folder, name));
}

/** Writes down, in a database that is about to take a damaged one's place, that something is to be brought over. */
export function awaitSalvage(db: Db): void {
  db.prepare("insert into meta(key, value) values (?, '1') on conflict(key) do nothing").run(WAITING);
}

/** Whether something is still to be brought over. */
export function awaitsSalvage(db: Db): boolean {
  return db.prepare('select 1 from meta where key = ?').get(WAITING) !== undefined;
}

/**
 * Brings over what can still be read of the damaged databases of a folder and is not in the store: what was entered after the backup. They stay as they are. Returns how
 * many change-sets came; null where nothing waited. Throws SQLite's errors and those of the file system: then all of it still waits.
 */
export function salvage(vault: OpenedVault, store: SqliteStore): number | null {
  const { db } = store;
  if (!awaitsSalvage(db)) return null;
  const own = vault.earlierSigners();
  const ownReplicas = new Map(own.map((signer) => [replicaIdOf(signer.publicKey, nodeHasher), signer]));
  const ports: SalvagePorts = {
    hasher: nodeHasher,
    verifier: nodeVerifier(),
    keyOf: (replica) => ownReplicas.get(replica)?.publicKey ?? certificateOf(db, replica)?.publicKey,
    knownAmong: (hashes) => knownAmong(db, hashes),
    isOwn: (replica) => ownReplicas.has(replica),
  };
  return store.transaction(() => {
    let brought = 0;
    for (const file of damagedFiles(vault.folder)) {
      const { applied, held, released } = store.receive(readCopyOf(vault, file, ports), SOURCE);
      brought += applied + held + released;
    }
    for (const [replica, signer] of ownReplicas) signRunsOf(db, replica, signer, nodeHasher);
    db.prepare('delete from meta where key = ?').run(WAITING);
    return brought;
  });
}

/** Read from a copy: opening a database takes its log in, and what is kept stays byte for byte. */
function readCopyOf({ folder, open }: OpenedVault, file: string, ports: SalvagePorts): ChangeSet[] {
  const copy = path.join(folder, `${DATABASE_FILE}.salvaging`);
  removeStore(copy);
  try {
    for (const suffix of WITH_LOG) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
    const db = open(copy, { mustExist: true });
    try {
      return readableChangeSets(db, ports);
    } finally {
      db.close();
    }
  } catch (error) {
    // Damaged where a database begins: nothing of it can be read.
    if (storeRefusal(error)?.code === 'store.damaged') return [];
    throw error;
  } finally {
    removeStore(copy);
  }
}
