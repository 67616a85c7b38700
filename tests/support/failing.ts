import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';

/** Lets the n-th statement that writes to a database of this file fail, and every one after it, as when the power goes. Returns what undoes it. */
export function failFrom(db: Db, nth: number): { undo(): void; failed(): boolean } {
  const statement = Object.getPrototypeOf(db.prepare('select 1')) as { run: (...params: unknown[]) => unknown };
  const { run } = statement;
  let count = 0;
  statement.run = function failing(this: { readonly source: string; readonly database: Db }, ...params) {
    if (this.database === db && !/^\s*(rollback)/i.test(this.source) && ++count >= nth) throw new Error('power cut');
    return run.apply(this, params);
  };
  return {
    undo: () => {
      statement.run = run;
    },
    failed: () => count >= nth,
  };
}
