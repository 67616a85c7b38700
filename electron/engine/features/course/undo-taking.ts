import type { Heads } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { restorationOver } from '../../../../shared/model/field-writes.ts';
import { deletion } from '../../../../shared/node/store/deletion.ts';

import { DELETED } from '../../../../shared/sync/merge.ts';
import type { WrittenValue } from '../../../../shared/sync/register.ts';
import type { FieldValue, FieldWrite, Hash, SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import type { Part } from './course-parts.ts';

type Store = EngineContext['store'];

const BASE = 'originHeads';

/** Where an adaptation says of a part that its taking was taken back: removed as it is, it is offered like one that was never here. */
export function undoneKey(part: Id): string {
  return `${part}/`;
}

/**
 * Takes a taking back, by its change-set: each of its values gives way to the one that stood before it, where nothing was written over it since. What it brought lies among what was
 * removed; what it had removed comes back.
 */
export function undoTaking(
  store: Store,
  space: SpaceId,
  parts: readonly Part[],
  taking: Hash,
): { readonly undone: number; readonly left: number } {
  const { reader } = store;
  const counts = { undone: 0, left: 0 };
  const writes: FieldWrite[] = [];
  const removed: Part[] = [];
  const brought: Id[] = [];
  for (const part of parts) {
    const all = reader.effective(part.type, part.id);
    const taken = all.filter(({ hash }) => hash === taking);
    if (taken.length === 0) continue;
    const stands = (written: WrittenValue): boolean => {
      const heads = reader.heads(part.type, part.id, written.field);
      return heads.length === 1 && heads[0]!.id === written.id;
    };
    // Whole, or not at all: with a text of somebody's in it, it is theirs.
    if (taken.some(({ field }) => field === 'origin')) {
      const isUntouched =
        taken.every(stands) && all.every(({ hash, field }) => hash === taking || field === DELETED || wasBefore(taken, all, hash));
      counts[isUntouched ? 'undone' : 'left']++;
      if (isUntouched) {
        removed.push(part);
        brought.push(part.id);
      }
      continue;
    }
    for (const written of taken) {
      if (!stands(written)) {
        counts.left++;
        continue;
      }
      counts.undone++;
      if (written.field !== DELETED) writes.push(backTo(part, written, all));
      else if (written.value === true) writes.push(...restorationOver(part.type, part.id, reader.heads(part.type, part.id, DELETED)));
      else removed.push(part);
    }
  }
  store.transaction(() => {
    const marked = withMarks(store, parts[0]!, writes, brought);
    if (marked.length > 0) store.commit([{ space, writes: marked }]);
    // After the values, which would bring a part back.
    const gone = removed.flatMap(({ type, id }) => deletion(reader, type, id));
    if (gone.length > 0) store.commit([{ space, writes: gone }]);
  });
  return counts;
}

/** Whether a change-set had written to the part before it was taken: of a part that was taken back once and taken again. */
function wasBefore(taken: readonly WrittenValue[], all: readonly WrittenValue[], hash: Hash): boolean {
  const replaced = new Set(taken.flatMap(({ supersedes }) => supersedes));
  return all.filter((one) => one.hash === hash).every(({ id }) => replaced.has(id));
}

function backTo({ type, id }: Part, { field, id: written, supersedes }: WrittenValue, all: readonly WrittenValue[]): FieldWrite {
  const before = all.find((one) => one.id === supersedes[0]);
  return { entityType: type, entityId: id, field, value: before?.value ?? null, supersedes: [written] };
}

/** The writes, with the marks of parts that were brought in what the course says of its source. */
function withMarks({ reader }: Store, { type, id }: Part, writes: readonly FieldWrite[], brought: readonly Id[]): FieldWrite[] {
  if (brought.length === 0) return [...writes];
  const isBase = (write: FieldWrite): boolean => write.entityId === id && write.field === BASE;
  const written = writes.find(isBase);
  const heads = reader.heads(type, id, BASE);
  const base = (written?.value ?? heads[0]?.value ?? {}) as Heads;
  const value = { ...base, ...Object.fromEntries(brought.map((part) => [undoneKey(part), []])) } as FieldValue;
  const supersedes = heads.map((head) => head.id);
  return [...writes.filter((write) => !isBase(write)), { entityType: type, entityId: id, field: BASE, value, supersedes }];
}
