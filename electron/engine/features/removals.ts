import { endSeen, hadSeen, type ChangeSetPlace, type Removal } from '../../../shared/features/activity/removal.ts';
import type { RemovedYetWritten } from '../../../shared/features/people/rules.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import { DELETED } from '../../../shared/sync/merge.ts';
import type { Hash, ReplicaId, SpaceId, ValueId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { instant } from '../sync/review/conflicts.ts';
import { attributionOf } from '../attribution.ts';

// What removals of workshops and people had seen, and what was written without having been seen by them. The rule is `hadSeen`; here it is fed.

/** A change-set with its place and when it was written. */
export interface RemovalRow extends ChangeSetPlace {
  readonly prev: Hash | null;
  readonly t: number;
}

const COLUMNS = 'hash, space, replica, seq, prev, t';
/** The entry of `seen` that names what was seen of the records that hang on the one that is removed. */
export const HANGING = '_hanging';
/** The spaces of a workshop, which hold what hangs on it: people, marks, sheets, sessions, files. */
export const spacesOfWorkshop = (activityId: Id): SpaceId[] => [planSpace(activityId), peopleSpace(activityId), answersSpace(activityId)];

/** The value ids that stand for everything of these spaces that this laptop holds: the ends of their chains. */
export function endsOf(reader: Reader, spaces: readonly SpaceId[]): ValueId[] {
  return spaces.flatMap((space) => tipsOf(reader, space).map(({ hash }) => endSeen(hash)));
}

/** The value ids of the ends of this laptop's own chains: whoever removes a record here has seen what they wrote here themselves. */
export function ownEndsOf(
  { reader, replica: own }: Pick<EngineContext['store'], 'reader' | 'replica'>,
  spaces: readonly SpaceId[],
): ValueId[] {
  return spaces.flatMap((space) =>
    tipsOf(reader, space)
      .filter(({ replica }) => replica === own)
      .map(({ hash }) => endSeen(hash)),
  );
}

function tipsOf(reader: Reader, space: SpaceId): { readonly hash: Hash; readonly replica: ReplicaId }[] {
  return reader.all('select hash, replica from tip where space = ? order by replica, hash', space);
}

/** Returns the value ids that an answer shows of a record, by register, for the `seen` of a write over it. */
export function shownOf(reader: Reader, type: string, id: Id): Record<string, ValueId[]> {
  const shown: Record<string, ValueId[]> = {};
  for (const { field, id: value } of reader.headsOfEntity(type, id)) (shown[field] ??= []).push(value);
  return shown;
}

/** The change-set of a hash, where it is here. */
export function placeOf(reader: Reader, hash: Hash): RemovalRow | undefined {
  return reader.get<RemovalRow>(`select ${COLUMNS} from change_set where hash = ?`, hash);
}

/** The effective removals of a record, the newest first. */
export function removalsOf(reader: Reader, type: string, id: Id): (Removal & { readonly by: RemovalRow })[] {
  return reader
    .effective(type, id)
    .filter(({ field, value }) => field === DELETED && value === true)
    .flatMap(({ hash, supersedes }) => {
      const by = placeOf(reader, hash);
      if (!by) return [];
      const named = new Set(supersedes.map((value) => value.slice(0, value.indexOf(':'))));
      return [{ by, seen: [...named].flatMap((one) => placeOf(reader, one) ?? []) }];
    })
    .sort((a, b) => b.by.t - a.by.t || (a.by.hash < b.by.hash ? 1 : -1));
}

/** Returns the function `leadsTo` of `hadSeen`: true but for chains that were forked, which are walked. */
export function chainsOf(reader: Reader): (later: ChangeSetPlace, earlier: ChangeSetPlace) => boolean {
  const forked = new Map<string, boolean>();
  const isForked = (space: SpaceId, replica: ReplicaId): boolean => {
    const key = `${space} ${replica}`;
    const known = forked.get(key);
    if (known !== undefined) return known;
    const ends = reader.get<{ n: number }>('select count(*) as n from tip where space = ? and replica = ?', space, replica)!.n;
    forked.set(key, ends > 1);
    return ends > 1;
  };
  return (later, earlier) => {
    if (later.hash === earlier.hash) return true;
    if (!isForked(later.space, later.replica)) return true;
    for (let at = placeOf(reader, later.hash); at && at.seq >= earlier.seq; at = at.prev === null ? undefined : placeOf(reader, at.prev)) {
      if (at.hash === earlier.hash) return true;
    }
    return false;
  };
}

/** Returns the change-sets that were written in these spaces and seen by none of the removals, the newest first: geneses, rulings and what was refused left out. */
export function unseenIn(reader: Reader, spaces: readonly SpaceId[], removals: readonly Removal[]): RemovalRow[] {
  const leadsTo = chainsOf(reader);
  const unseen = new Map<Hash, RemovalRow>();
  for (const tip of spaces.flatMap((space) => tipsOf(reader, space))) {
    for (let at = placeOf(reader, tip.hash); at && !unseen.has(at.hash) && !hadSeen(removals, at, leadsTo);) {
      unseen.set(at.hash, at);
      at = at.prev === null ? undefined : placeOf(reader, at.prev);
    }
  }
  if (unseen.size === 0) return [];
  const counted = new Set(
    reader
      .all<{ hash: Hash }>(
        `select hash from change_set where refused is null and kind in ('data', 'reissue') and hash in (select value from json_each(?))`,
        JSON.stringify([...unseen.keys()]),
      )
      .map(({ hash }) => hash),
  );
  return [...unseen.values()].filter(({ hash }) => counted.has(hash)).sort((a, b) => b.t - a.t || (a.hash < b.hash ? 1 : -1));
}

/** Who removed and who wrote to it since, as people are told. */
export function toldOf(context: Pick<EngineContext, 'store' | 'settings'>, removed: RemovalRow, written: RemovalRow): RemovedYetWritten {
  const remover = attributionOf(context, removed.replica);
  const writer = attributionOf(context, written.replica);
  return {
    by: remover.author,
    device: remover.device,
    at: instant(removed.t),
    writtenBy: writer.author,
    writtenDevice: writer.device,
    writtenAt: instant(written.t),
  };
}
