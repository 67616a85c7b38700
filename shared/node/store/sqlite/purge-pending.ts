import type { Db } from './opening/open-database.ts';

/** In `meta`, from the transaction that takes values away until no file of the folder holds them any more: a cut in between is made good at the next start. */
const PURGE_PENDING = 'forgetting';

/** Notes in `meta` that erased values may lie in older copies; called inside the transaction that takes the values out. */
export function markPurgePending(db: Db): void {
  db.prepare("insert into meta(key, value) values (?, '1') on conflict(key) do nothing").run(PURGE_PENDING);
}

/** Whether `markPurgePending` was called and not cleared: erased values may still lie in the write-ahead log or in a backup. */
export function isPurgePending(db: Db): boolean {
  return db.prepare('select 1 from meta where key = ?').get(PURGE_PENDING) !== undefined;
}

/** Takes the note away, once the older copies are gone too. */
export function clearPurgePending(db: Db): void {
  db.prepare('delete from meta where key = ?').run(PURGE_PENDING);
}

/** Takes values that are gone from the tables out of the write-ahead log and of the search index's old segments. */
export function purgeErased(db: Db): void {
  db.exec("insert into search(search) values ('optimize')");
  db.pragma('wal_checkpoint(TRUNCATE)');
}
