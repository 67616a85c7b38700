import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { toHex } from '../../../../kernel/hex.ts';
import type { Random } from '../../../../kernel/ports.ts';
import { writeTextAtomically } from '../../../files/atomic-file.ts';
import type { Db } from './open-database.ts';

/**
 * A store's incarnation has a token in the database and the same one outside the data folder, and both change at every opening. A folder that
 * was put back from an older copy, copied to another place or brought to another machine shows by its token: it must not go on writing the
 * chains of the one that it was copied from. A whole disk that was cloned brings the outside token along: such twins meet on the wire.
 */
const TOKEN = 'incarnation';

interface Outside {
  readonly now: string;
  /** Set while the token is being changed: a cut in between leaves either in the database. */
  readonly before: string | null;
}

/**
 * Whether the database in a folder is the one that was last open there; then gives it the next token. `outside`: the folder that holds tokens; where
 * it cannot be written nothing is known, and nothing is said against the database.
 */
export function nextIncarnation(db: Db, folder: string, outside: string, random: Random): 'same' | 'another' {
  const file = path.join(outside, nameOf(folder));
  const token = db.prepare('select value from meta where key = ?').pluck().get(TOKEN) as string | undefined;
  const known = read(file);
  const next = toHex(random.bytes(16));
  try {
    mkdirSync(outside, { recursive: true, mode: 0o700 });
    write(file, { now: next, before: token ?? null }, true);
  } catch {
    return 'same';
  }
  db.prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value').run(TOKEN, next);
  write(file, { now: next, before: null }, false);
  // A new store, or one put back from a backup of ours, which carries no token: there is nothing to compare.
  if (token === undefined) return 'same';
  return known !== null && (token === known.now || token === known.before) ? 'same' : 'another';
}

/** One file for each data folder; its name tells nobody where that is. */
function nameOf(folder: string): string {
  return createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
}

function read(file: string): Outside | null {
  try {
    const { now, before } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Outside>;
    return typeof now === 'string' ? { now, before: typeof before === 'string' ? before : null } : null;
  } catch {
    return null;
  }
}

function write(file: string, outside: Outside, synced: boolean): void {
  writeTextAtomically(file, JSON.stringify(outside), synced);
}
