import { decodeChangeSet } from '../../../../shared/sync/change-set.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { attributionOf } from '../../attribution.ts';
import { instant } from '../review/conflicts.ts';
import type { SyncPorts } from '../context.ts';
import { ARRIVALS_SEEN } from '../../local-state/of-sync.ts';

type Ports = Pick<SyncPorts, 'store' | 'settings' | 'clock' | 'hasher'>;

export interface ArrivalsSeen {
  readonly feed: number;
  readonly at: string;
}

interface From {
  readonly author: string;
  readonly device: string;
  readonly laptop: string;
  readonly space: SpaceId;
  readonly changeSets: number;
  readonly kinds: { readonly entityType: string; readonly records: number }[];
}

/** The newest ones are opened to say what kind of records they wrote; a first fetch of everything is only counted. */
const OPENED = 2_000;
const CAME =
  "feed > ? and feed <= ? and replica <> ? and refused is null and kind in ('data', 'genesis', 'reissue') and space <> 'library'";

/** Returns the records of others that came here since it was last marked as seen, in the order of this laptop's log: no clock decides what is new. */
export function arrived({ store, settings, hasher }: Ports): { since: string; upTo: number; from: From[] } {
  const seen = ARRIVALS_SEEN.read(settings);
  const upTo = store.db.prepare('select coalesce(max(feed), 0) from change_set').pluck().get() as number;
  const range = [seen?.feed ?? 0, upTo, store.replica] as const;
  const entities = new Map<string, Map<string, Set<string>>>();
  const bodies = store.db.prepare(`select body from change_set where ${CAME} order by feed desc limit ${OPENED}`).pluck();
  for (const body of bodies.iterate(...range) as IterableIterator<Uint8Array>) {
    const decoded = decodeChangeSet(body, hasher);
    if (!decoded.ok) continue;
    const { header, ops } = decoded.value;
    const kinds = entities.get(`${header.replica} ${header.space}`) ?? new Map<string, Set<string>>();
    for (const { entityType, entityId } of ops) kinds.set(entityType, (kinds.get(entityType) ?? new Set()).add(entityId));
    entities.set(`${header.replica} ${header.space}`, kinds);
  }
  const counted = store.reader.all<{ replica: ReplicaId; space: SpaceId; n: number }>(
    `select replica, space, count(*) as n from change_set where ${CAME} group by replica, space order by max(feed) desc`,
    ...range,
  );
  const from = counted.map(({ replica, space, n }): From => {
    const kinds = [...(entities.get(`${replica} ${space}`) ?? [])].map(([entityType, ids]) => ({ entityType, records: ids.size }));
    return { ...attributionOf({ store, settings }, replica), space, changeSets: n, kinds: kinds.sort((a, b) => b.records - a.records) };
  });
  return { since: seen?.at ?? '', upTo, from };
}

/** Marks what came up to a place in the log as seen. */
export function markSeen({ settings, clock }: Ports, upTo: number): void {
  ARRIVALS_SEEN.write(settings, { feed: upTo, at: instant(clock.now()) });
}
