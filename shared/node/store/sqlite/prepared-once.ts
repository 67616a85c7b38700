import type { Db, Statement } from './opening/open-database.ts';

/** More texts than the program has: whoever asks with ever new ones starts over. */
const PREPARED = 500;

/**
 * Returns a function that prepares each SQL text once and gives the same statement for it from then on: features ask with few different texts, often, and
 * preparing costs more than running.
 */
export function preparedOnce(db: Db): (sql: string) => Statement {
  const prepared = new Map<string, Statement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare<unknown[], unknown>(sql);
    if (prepared.size >= PREPARED) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
}

const ofDatabase = new WeakMap<Db, (sql: string) => Statement>();

/** The statement of an SQL text on a database, prepared at the first asking: for what is asked a row at a time by functions that are only given the database. */
export function statementOn(db: Db, sql: string): Statement {
  let prepare = ofDatabase.get(db);
  if (!prepare) ofDatabase.set(db, (prepare = preparedOnce(db)));
  return prepare(sql);
}
