import { MIGRATIONS } from './migrate.ts';
import { openDatabase, type Db } from './open-database.ts';

const texts = new Map<number, ReadonlyMap<string, string>>();

/** How this program's migrations write each table of a schema version, by name: the text that a database of ours holds. */
export function tablesOf(version: number): ReadonlyMap<string, string> {
  const known = texts.get(version);
  if (known) return known;
  const db = openDatabase(':memory:');
  try {
    for (const migration of MIGRATIONS) if (migration.version <= version) db.exec(migration.sql);
    const rows = db.prepare("select name, sql from sqlite_schema where type = 'table'").raw().all() as [string, string][];
    const made = new Map(rows);
    texts.set(version, made);
    return made;
  } finally {
    db.close();
  }
}

/**
 * Whether a name in a database is a table, and as this program makes it: not a view, a virtual table or one with expressions of somebody's, which would run when it
 * is read. Reads the schema alone.
 */
export function isOwnTable(db: Db, name: string): boolean {
  const version = db.pragma('user_version', { simple: true }) as number;
  const expected = tablesOf(version).get(name);
  const rows = db.prepare('select type, sql from sqlite_schema where name = ? collate nocase limit 2').all(name) as {
    type: string;
    sql: string | null;
  }[];
  return expected !== undefined && rows.length === 1 && rows[0]!.type === 'table' && rows[0]!.sql === expected;
}
