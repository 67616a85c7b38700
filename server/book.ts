import type { Db } from '../shared/node/store/sqlite/opening/open-database.ts';
import type { Database } from '../shared/node/store/postgres/database.ts';

/** The counts and notes that a server keeps beside the records, in the register of a folder or in the database of several processes: the same statements for both. */
export interface Book {
  /** Runs a statement with `?` for what is handed in; returns the rows that it changed. */
  run(sql: string, ...params: readonly (string | number)[]): Promise<number>;
  all<T>(sql: string, ...params: readonly (string | number)[]): Promise<T[]>;
}

/** The SQL of the tables, as SQLite and PostgreSQL both take it. */
export const BOOK_TABLES = `
  create table if not exists file_holder(sha256 text not null, owner text not null, primary key (sha256, owner));
  create table if not exists file_given(sha256 text not null, space text not null, primary key (sha256, space));
  create table if not exists file_proving(sha256 text not null, owner text not null, held bigint not null, wrong integer not null,
    primary key (sha256, owner));
  create table if not exists usage(owner text not null, day text not null, kind text not null, amount bigint not null,
    primary key (owner, day, kind));
`;

/** The book of a folder. */
export function folderBook(db: Db): Book {
  db.exec(BOOK_TABLES);
  return {
    run: async (sql, ...params) => db.prepare(sql).run(...params).changes,
    all: async <T>(sql: string, ...params: readonly (string | number)[]) => db.prepare(sql).all(...params) as T[],
  };
}

/** The book in a database; its tables are made with the others. */
export function postgresBook(db: Database): Book {
  const numbered = (sql: string): string => {
    let at = 0;
    return sql.replace(/\?/g, () => `$${++at}`);
  };
  return {
    run: (sql, ...params) => db.run(numbered(sql), ...params),
    all: <T>(sql: string, ...params: readonly (string | number)[]) => db.all<T & object>(numbered(sql), ...params) as Promise<T[]>,
  };
}
