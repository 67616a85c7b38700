import { closeSync, openSync, writeSync } from 'node:fs';
import { openDatabase } from '../../shared/node/store/sqlite/opening/open-database.ts';

export interface Leaf {
  /** The table or index. */
  readonly name: string;
  readonly page: number;
  /** Rows on it. */
  readonly rows: number;
}

/** The leaf pages of a closed database's tables and indexes, but for the first page. */
export function leavesOf(file: string): Leaf[] {
  const db = openDatabase(file, { mustExist: true });
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db
      .prepare("select name, pageno as page, ncell as rows from dbstat where pagetype = 'leaf' and pageno > 1 order by pageno")
      .all() as Leaf[];
  } finally {
    db.close();
  }
}

/** Overwrites pages of a database file, as a failing disk does. */
export function damagePages(file: string, pages: readonly number[], pageSize = 4096): void {
  const handle = openSync(file, 'r+');
  try {
    for (const page of pages) writeSync(handle, Buffer.alloc(pageSize, 0xff), 0, pageSize, (page - 1) * pageSize);
  } finally {
    closeSync(handle);
  }
}
