import type { Hash, ReplicaId, SpaceId, ValueId } from '../../sync/types.ts';

/** A change-set by its place. */
export interface ChangeSetPlace {
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
}

/** A removal of a workshop or of a person: one effective `_deleted: true`. */
export interface Removal {
  /** The change-set that holds it. */
  readonly by: ChangeSetPlace;
  /**
   * The change-sets of which its author had seen a value, as far as they are here. Beside those of the record itself, a removal names the end of every
   * chain of the records that hang on it, which stands for that chain up to there.
   */
  readonly seen: readonly ChangeSetPlace[];
}

/** Returns the value id that stands for a chain up to its end, as a removal names it. */
export function endSeen(hash: Hash): ValueId {
  return `${hash}:0`;
}

/**
 * Whether one of the removals had seen a change-set: it names it or one further on in its chain, or is itself further on in that chain. `leadsTo` says of two
 * places in the chain of one replica whether the later goes back to the earlier one; it is asked only where the numbers allow it, and is true but for
 * forked chains. A removal made before removals named chains names nothing of a space: it had seen its own replica's work there and is taken to have seen
 * nobody else's; better asked about once too often than lost.
 */
export function hadSeen(
  removals: readonly Removal[],
  written: ChangeSetPlace,
  leadsTo: (later: ChangeSetPlace, earlier: ChangeSetPlace) => boolean,
): boolean {
  return removals.some(({ by, seen }) => {
    const named = [by, ...seen].filter(({ space }) => space === written.space);
    if (named.length === 0) return by.replica === written.replica;
    return named.some((end) => end.replica === written.replica && end.seq >= written.seq && leadsTo(end, written));
  });
}
