import { existsSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { newSeed, nodeHasher, signerOf } from '../../../crypto.ts';
import { writeTextAtomically } from '../../../files/atomic-file.ts';
import { replicaIdOf } from '../../../../sync/change-set.ts';
import type { Db } from './open-database.ts';
import { signRunsOf } from '../signed-runs.ts';

export const KEY_FILE = 'replica.key';

/** In `meta`: another laptop writes under this replica's name (a cloned disk); the next opening mints. */
const TWIN = 'twin';

/** Writes down that another laptop was found to write under this replica's name; to be called inside a transaction. */
export function noteTwin(db: Db): void {
  db.prepare("insert into meta(key, value) values (?, '1') on conflict(key) do nothing").run(TWIN);
}

/** Whether a twin was found since this replica was minted. */
export function hasTwin(db: Db): boolean {
  return db.prepare('select 1 from meta where key = ?').get(TWIN) !== undefined;
}

/** Makes the next `readOrMintKey` mint a key: this database is not the one that it was copied from. */
export function disownReplica(db: Db): void {
  db.prepare("delete from meta where key = 'replica'").run();
}

/**
 * Returns the seed of this folder's replica, minted where there is none that fits. A database that was restored or copied from elsewhere names another replica,
 * or none (a backup names none), and one that met its twin must not go on as it: then a new one is minted and everything is kept, so that two laptops never
 * write one chain. The key that goes signs what still waits for it.
 */
export function readOrMintKey(folder: string, db: Db): Uint8Array {
  if (hasTwin(db)) disownReplica(db);
  const file = path.join(folder, KEY_FILE);
  const named = db.prepare("select value from meta where key = 'replica'").pluck().get() as string | undefined;
  const here = existsSync(file) ? readSeed(file) : null;
  if (here && named === replicaIdOf(signerOf(here).publicKey, nodeHasher)) return here;
  if (here && named === undefined && isEmpty(db)) return adopt(db, here);
  if (here) signLeftovers(db, here);
  if (here) renameSync(file, path.join(folder, `${KEY_FILE}.${replicaIdOf(signerOf(here).publicKey, nodeHasher)}`));
  const seed = newSeed();
  writeSeed(file, seed);
  return adopt(db, seed);
}

/** The seeds of the replicas that this folder had before, as far as they are here. */
export function earlierSeeds(folder: string): Uint8Array[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${KEY_FILE}.`) && !name.endsWith('.new'))
    .sort()
    .map((name) => readSeed(path.join(folder, name)))
    .filter((seed) => seed !== null);
}

/** The seed in a folder's key file; null where there is none, or it holds no key. */
export function presentSeed(folder: string): Uint8Array | null {
  const file = path.join(folder, KEY_FILE);
  return existsSync(file) ? readSeed(file) : null;
}

function signLeftovers(db: Db, seed: Uint8Array): void {
  const signer = signerOf(seed);
  db.transaction(() => signRunsOf(db, replicaIdOf(signer.publicKey, nodeHasher), signer, nodeHasher))();
}

function adopt(db: Db, seed: Uint8Array): Uint8Array {
  const replica = replicaIdOf(signerOf(seed).publicKey, nodeHasher);
  db.prepare('delete from meta where key = ?').run(TWIN);
  db.prepare("insert into meta(key, value) values ('replica', ?) on conflict(key) do update set value = excluded.value").run(replica);
  return seed;
}

function isEmpty(db: Db): boolean {
  return db.prepare('select 1 from change_set limit 1').get() === undefined;
}

function readSeed(file: string): Uint8Array | null {
  const text = readFileSync(file, 'utf8').trim();
  return /^[0-9a-f]{64}$/.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : null;
}

// A key that is half there would cost the replica its name.
function writeSeed(file: string, seed: Uint8Array): void {
  writeTextAtomically(file, `${Buffer.from(seed).toString('hex')}\n`);
}
