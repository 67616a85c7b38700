import type { ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { PROJECTIONS } from '../projection.ts';
import { markEvicted } from './evicted-spaces.ts';
import { tips } from './change-log.ts';
import { dropHeld } from './held.ts';
import type { Db } from './opening/open-database.ts';
import { quoted } from './projection-tables.ts';
import type { Registers } from './registers.ts';

/**
 * Takes a space out of a store: log, registers, projections, search index, what waited for an ancestor, what peers hold of it. Of the chains of `own` only where they
 * ended is kept, and what `confirmedBy` had confirmed of them, so that they go on when the space comes back. Erasures stay known: what was erased must not
 * come back by another way. To be called inside a transaction. Returns the types of the entities that it touched.
 */
export function wipeSpace(db: Db, registers: Registers, space: SpaceId, own: ReplicaId, confirmedBy: string): Set<string> {
  const touched = db
    .prepare('select distinct w.entity, w.type from change_set c cross join written w on w.feed = c.feed where c.space = ?')
    .raw()
    .all(space) as [entity: string, type: string][];
  markEvicted(
    db,
    space,
    tips(db, space).filter(({ replica }: Tip) => replica === own),
  );
  db.prepare('delete from written where feed in (select feed from change_set where space = ?)').run(space);
  for (const table of ['change_set', 'tip', 'refusal', 'quarantine']) db.prepare(`delete from ${table} where space = ?`).run(space);
  db.prepare('delete from acknowledged where space = ? and not (peer = ? and replica = ?)').run(space, confirmedBy, own);
  dropHeld(db, space);
  const remove = removal(db);
  const remains = db.prepare('select 1 from written where entity = ? and type = ? limit 1');
  for (const [id, type] of touched) {
    if (remains.get(id, type) === undefined) remove(type, id);
    else registers.remerge(type, id);
  }
  return new Set(touched.map(([, type]) => type));
}

/** Takes an entity out of its projection and the search index. */
function removal(db: Db): (type: string, id: string) => void {
  const tables = new Map(PROJECTIONS.map(({ type }) => [type, db.prepare(`delete from ${quoted(type)} where "id" = ?`)]));
  const find = db.prepare('select rowid, text from searchable where id = ? and type = ?');
  const forget = db.prepare("insert into search(search, rowid, text) values ('delete', ?, ?)");
  const drop = db.prepare('delete from searchable where rowid = ?');
  return (type, id) => {
    tables.get(type)?.run(id);
    const found = find.get(id, type) as { rowid: number; text: string } | undefined;
    if (!found) return;
    forget.run(found.rowid, found.text);
    drop.run(found.rowid);
  };
}
