import type { Db } from './opening/open-database.ts';

/** In `meta`, from the transaction that takes values away until no file of the folder holds them any more: a cut in between is made good at the next start. */
const FORGETTING = 'forgetting';

/** To be called inside the transaction that takes values away. */
export function beginForgetting(db: Db): void {
  db.prepare("insert into meta(key, value) values (?, '1') on conflict(key) do nothing").run(FORGETTING);
}

/** Whether values were taken away whose older copies may still lie in the write-ahead log or in a backup. */
export function isForgetting(db: Db): boolean {
  return db.prepare('select 1 from meta where key = ?').get(FORGETTING) !== undefined;
}

/** To be called when the older copies are gone, too. */
export function endForgetting(db: Db): void {
  db.prepare('delete from meta where key = ?').run(FORGETTING);
}

/** The values are gone from the tables; now also from the write-ahead log and from the search index's old segments. */
export function forgetForGood(db: Db): void {
  db.exec("insert into search(search) values ('optimize')");
  db.pragma('wal_checkpoint(TRUNCATE)');
}
