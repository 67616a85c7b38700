import type { Id } from '../../kernel/ids.ts';
import { restorationOver } from '../../model/field-writes.ts';
import { DELETED } from '../../sync/merge.ts';
import type { WrittenValue } from '../../sync/register.ts';
import type { FieldValue, FieldWrite, Hash, Head } from '../../sync/types.ts';
import { undoneKey } from './adaptation.ts';
import type { Heads } from './upstream.ts';

/** A part of an adaptation with all that was written to it. */
export interface WrittenPart {
  readonly type: string;
  readonly id: Id;
  /** Every effective value, each with what it was written over. */
  readonly effective: readonly WrittenValue[];
  /** The heads of a register, the one shown first at index 0. */
  heads(register: string): readonly Pick<Head, 'id' | 'value'>[];
}

/** The writes and removals that take a taking back; the removals come last, for a write would bring a part back. */
export interface TakenBack {
  readonly undone: number;
  readonly left: number;
  readonly writes: readonly FieldWrite[];
  readonly removed: readonly Pick<WrittenPart, 'type' | 'id'>[];
}

/**
 * Returns how a taking is taken back, by its change-set: each of its values gives way to the one that stood before it, where nothing was written over it since. What it brought lies
 * among what was removed; what it had removed comes back. `parts`: first the record whose
 * field `base` says what was decided, the course itself.
 */
export function planUndo(parts: readonly WrittenPart[], taking: Hash, base = 'originHeads'): TakenBack {
  const counts = { undone: 0, left: 0 };
  const writes: FieldWrite[] = [];
  const removed: WrittenPart[] = [];
  const brought: Id[] = [];
  for (const part of parts) {
    const taken = part.effective.filter(({ hash }) => hash === taking);
    if (taken.length === 0) continue;
    const stands = (written: WrittenValue): boolean => {
      const heads = part.heads(written.field);
      return heads.length === 1 && heads[0]!.id === written.id;
    };
    // Whole, or not at all: with a text of somebody's in it, it is theirs.
    if (taken.some(({ field }) => field === 'origin')) {
      const isUntouched =
        taken.every(stands) &&
        part.effective.every(({ hash, field }) => hash === taking || field === DELETED || wasBefore(taken, part.effective, hash));
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
      if (written.field !== DELETED) writes.push(backTo(part, written));
      else if (written.value === true) writes.push(...restorationOver(part.type, part.id, part.heads(DELETED)));
      else removed.push(part);
    }
  }
  const [course] = parts;
  return {
    ...counts,
    writes: course ? withMarks(course, base, writes, brought) : writes,
    removed: removed.map(({ type, id }) => ({ type, id })),
  };
}

/** Whether a change-set had written to the part before it was taken: of a part that was taken back once and taken again. */
function wasBefore(taken: readonly WrittenValue[], all: readonly WrittenValue[], hash: Hash): boolean {
  const replaced = new Set(taken.flatMap(({ supersedes }) => supersedes));
  return all.filter((one) => one.hash === hash).every(({ id }) => replaced.has(id));
}

function backTo({ type, id, effective }: WrittenPart, { field, id: written, supersedes }: WrittenValue): FieldWrite {
  const before = effective.find((one) => one.id === supersedes[0]);
  return { entityType: type, entityId: id, field, value: before?.value ?? null, supersedes: [written] };
}

/** The writes, with the marks of parts that were brought in what the course says of its source. */
function withMarks({ type, id, heads }: WrittenPart, field: string, writes: readonly FieldWrite[], brought: readonly Id[]): FieldWrite[] {
  if (brought.length === 0) return [...writes];
  const isBase = (write: FieldWrite): boolean => write.entityId === id && write.field === field;
  const written = writes.find(isBase);
  const standing = heads(field);
  const base = ((written ? written.value : standing[0]?.value) ?? {}) as Heads;
  const value = { ...base, ...Object.fromEntries(brought.map((part) => [undoneKey(part), []])) } as FieldValue;
  const supersedes = standing.map((head) => head.id);
  return [...writes.filter((write) => !isBase(write)), { entityType: type, entityId: id, field, value, supersedes }];
}
