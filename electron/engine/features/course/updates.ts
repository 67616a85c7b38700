import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { adaptationContract } from '../../../../shared/features/course/adaptation-contract.ts';
import { isLevel, type Traced } from '../../../../shared/features/course/adaptation.ts';
import { countChanges } from '../../../../shared/features/course/version-changes.ts';
import type { Heads } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import { adaptationIn } from './adapted.ts';
import type { ChangedOwners } from '../changed-owners.ts';
import { changedCourses } from './changed-courses.ts';
import { partsOf, type Part } from './course-parts.ts';
import { sourceOf, type Snapshot } from './published.ts';

type Update = ResultOf<(typeof adaptationContract)['course.updates']>[number];

/** The updates of every adaptation here, each kept for as long as nothing of it or its source changes. */
export interface KeptUpdates {
  all(): Update[];
}

/**
 * Returns the updates of the adaptations of a store. An adaptation is compared anew when a record of it or of its source has changed, and read value by value only where the ids of
 * values leave it open whether there is something to take.
 */
export function keptUpdates(store: Pick<Store, 'reader' | 'onChanged'>): KeptUpdates {
  const { reader } = store;
  const kept = new Map<Id, Update | null>();
  const changed = changedCourses(store);
  return {
    all() {
      const stale = changed.taken();
      if (stale === 'all') kept.clear();
      const sources = new Map<Id, Snapshot[]>();
      const known = new Set<Id>();
      const adaptations = reader.all<{ id: Id; origin: Id }>(
        'select id, origin from course where live = 1 and origin is not null order by id',
      );
      const updates = adaptations.flatMap(({ id, origin }) => {
        known.add(id);
        if (!kept.has(id) || (stale !== 'all' && (stale.has(id) || stale.has(origin)))) {
          const parts = partsOf(reader, id);
          for (const part of parts) changed.stood(part.id, id);
          kept.set(id, updateOf(reader, parts, origin, sources, changed));
        }
        return kept.get(id) ?? [];
      });
      for (const id of kept.keys()) if (!known.has(id)) kept.delete(id);
      return updates;
    },
  };
}

function updateOf(reader: Reader, parts: readonly Part[], origin: Id, sources: Map<Id, Snapshot[]>, changed: ChangedOwners): Update | null {
  if (!reader.get('select 1 from course where id = ? and live = 1', origin)) return null;
  let source = sources.get(origin);
  if (!source) {
    source = sourceOf(reader, origin);
    sources.set(origin, source);
    for (const { id } of source) changed.stood(id, origin);
  }
  if (
    isLevel(
      parts.map((part) => traced(reader, part)),
      source,
    )
  )
    return null;
  const { changes, to } = adaptationIn(reader, parts, origin);
  return changes.length === 0 ? null : { courseId: parts[0]!.id, to, changes: countChanges(changes) };
}

function traced(reader: Reader, part: Part): Traced {
  const row = reader.get<{ originHeads: string | null }>(`select originHeads from "${part.type}" where id = ?`, part.id);
  return { ...part, originHeads: row?.originHeads ? (JSON.parse(row.originHeads) as Heads) : {} };
}
