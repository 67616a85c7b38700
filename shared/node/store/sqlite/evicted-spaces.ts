import type { ChainTip } from '../../../sync/exchange.ts';
import type { ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/**
 * Spaces that were wiped, with where this replica's own chains ended there. Until a space is back nothing is written into it: a chain that was begun anew would use
 * its numbers twice. What comes back of it is this replica's own and no twin's.
 */
const AWAY = 'away/';

/** What the store asks of the spaces that are away. */
export interface Away {
  /** Whether any space is away. */
  any(): boolean;
  has(space: SpaceId): boolean;
  /** Whether a change-set of this replica's, not here, was made here before the space was wiped. */
  covers(space: SpaceId, replica: ReplicaId, seq: number): boolean;
}

/** The spaces that are away, looked up as they stand. */
export function awayIn(db: Db): Away {
  const find = db.prepare('select value from meta where key = ?').pluck();
  const endsOf = (space: SpaceId): Tip[] => JSON.parse((find.get(AWAY + space) as string | undefined) ?? '[]') as Tip[];
  const first = db.prepare('select 1 from meta where key >= ? and key < ? limit 1');
  return {
    any: () => first.get(AWAY, `${AWAY}\u{10ffff}`) !== undefined,
    has: (space) => find.get(AWAY + space) !== undefined,
    covers: (space, replica, seq) => endsOf(space).some((end) => end.replica === replica && seq <= end.seq),
  };
}

/** Writes down where own chains ended in a space that goes; ends from an earlier time, should it never have come back whole, count on. */
export function markEvicted(db: Db, space: SpaceId, ends: readonly Tip[]): void {
  const before = JSON.parse(
    (db
      .prepare('select value from meta where key = ?')
      .pluck()
      .get(AWAY + space) as string | undefined) ?? '[]',
  ) as Tip[];
  const kept = [...before.filter(({ hash }) => ends.every((end) => end.hash !== hash)), ...ends];
  db.prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value').run(
    AWAY + space,
    JSON.stringify(kept.map(({ replica, seq, hash }) => ({ replica, seq, hash }))),
  );
}

/** The space is here again: its chains go on from what is here. */
export function unmarkEvicted(db: Db, space: SpaceId): void {
  db.prepare('delete from meta where key = ?').run(AWAY + space);
}

/** Of a peer's word about this replica's chains: what concerns spaces that are here. */
export function concerningHere(db: Db, chains: readonly ChainTip[]): ChainTip[] {
  const away = awayIn(db);
  return chains.filter(({ space, replica, seq }) => !away.has(space) || !away.covers(space, replica, seq));
}
