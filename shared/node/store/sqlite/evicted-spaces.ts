import type { ChainTip } from '../../../sync/exchange.ts';
import type { ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/**
 * Spaces that were wiped, with where this replica's own chains ended there. Until a space is back nothing is written into it: a chain that was begun anew would use
 * its numbers twice. What comes back of it is this replica's own and no twin's.
 */
const EVICTED = 'away/';

/** The evicted spaces, as the store looks them up. */
export interface EvictedSpaces {
  /** Whether any space is evicted. */
  any(): boolean;
  has(space: SpaceId): boolean;
  /** Whether a change-set of this replica's, not here, was made here before the space was wiped. */
  covers(space: SpaceId, replica: ReplicaId, seq: number): boolean;
}

/** The evicted spaces of a database, looked up as they stand. */
export function evictedSpacesIn(db: Db): EvictedSpaces {
  const find = db.prepare('select value from meta where key = ?').pluck();
  const endsOf = (space: SpaceId): Tip[] => JSON.parse((find.get(EVICTED + space) as string | undefined) ?? '[]') as Tip[];
  const first = db.prepare('select 1 from meta where key >= ? and key < ? limit 1');
  return {
    any: () => first.get(EVICTED, `${EVICTED}\u{10ffff}`) !== undefined,
    has: (space) => find.get(EVICTED + space) !== undefined,
    covers: (space, replica, seq) => endsOf(space).some((end) => end.replica === replica && seq <= end.seq),
  };
}

/** Writes down where own chains ended in a space that goes; ends from an earlier time, should it never have come back whole, count on. */
export function markEvicted(db: Db, space: SpaceId, ends: readonly Tip[]): void {
  const before = JSON.parse(
    (db
      .prepare('select value from meta where key = ?')
      .pluck()
      .get(EVICTED + space) as string | undefined) ?? '[]',
  ) as Tip[];
  const kept = [...before.filter(({ hash }) => ends.every((end) => end.hash !== hash)), ...ends];
  db.prepare('insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value').run(
    EVICTED + space,
    JSON.stringify(kept.map(({ replica, seq, hash }) => ({ replica, seq, hash }))),
  );
}

/** Removes the mark of a space that is here again: its chains go on from what is here. */
export function unmarkEvicted(db: Db, space: SpaceId): void {
  db.prepare('delete from meta where key = ?').run(EVICTED + space);
}

/** The tips that a peer names of this replica's chains, without those of evicted spaces. */
export function outsideEvicted(db: Db, chains: readonly ChainTip[]): ChainTip[] {
  const away = evictedSpacesIn(db);
  return chains.filter(({ space, replica, seq }) => !away.has(space) || !away.covers(space, replica, seq));
}
