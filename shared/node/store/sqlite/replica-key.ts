import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { newSeed, nodeHasher, signerOf } from '../../crypto.ts';
import { replicaIdOf } from '../../../sync/change-set.ts';
import type { Db } from './open-database.ts';

export const KEY_FILE = 'replica.key';

/**
 * The seed of this folder's replica. A database that was restored or copied from elsewhere names another replica, or none (a backup
 * names none): then a new one is minted and everything is kept, so that two laptops never write one chain.
 */
export function readOrMintKey(folder: string, db: Db): Uint8Array {
  const file = path.join(folder, KEY_FILE);
  const named = db.prepare("select value from meta where key = 'replica'").pluck().get() as string | undefined;
  const here = existsSync(file) ? readSeed(file) : null;
  if (here && named === replicaIdOf(signerOf(here).publicKey, nodeHasher)) return here;
  if (here && named === undefined && isEmpty(db)) return adopt(db, here);
  if (here) renameSync(file, path.join(folder, `${KEY_FILE}.${replicaIdOf(signerOf(here).publicKey, nodeHasher)}`));
  const seed = newSeed();
  writeSeed(file, seed);
  return adopt(db, seed);
}

function adopt(db: Db, seed: Uint8Array): Uint8Array {
  const replica = replicaIdOf(signerOf(seed).publicKey, nodeHasher);
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

// Written beside and renamed: a key that is half there would cost the replica its name.
function writeSeed(file: string, seed: Uint8Array): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, `${Buffer.from(seed).toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}
