import { valueText } from './canonical.ts';
import type { FieldValue, Hash, ReplicaId, ValueId, ClockTrust } from './types.ts';

/** One written value with all that merging it needs. */
export interface WrittenValue {
  readonly id: ValueId;
  readonly hash: Hash;
  readonly index: number;
  readonly field: string;
  readonly value: FieldValue;
  /** The value is gone (erased); `value` is null. */
  readonly erased: boolean;
  readonly supersedes: readonly ValueId[];
  /** False when its change-set was refused: then it has no effect. */
  readonly effective: boolean;
  readonly replica: ReplicaId;
  readonly author: string;
  readonly t: number;
  readonly tq: ClockTrust;
}

/**
 * The heads of one register (rule 1): effective values that no other effective value of the same register supersedes, the one shown
 * first at index 0. Takes every value of the register, in any order.
 */
export function headsOf<V extends WrittenValue>(values: readonly V[]): V[] {
  const superseded = new Set<ValueId>();
  for (const value of values) {
    if (!value.effective) continue;
    for (const id of value.supersedes) if (id !== value.id) superseded.add(id);
  }
  return values.filter((value) => value.effective && !superseded.has(value.id)).sort(shownFirst);
}

/**
 * Whether heads differ (rule 2). Heads equal in value are no conflict; an erased head takes no part: nobody can settle for or
 * against a value that is gone.
 */
export function inConflict(heads: readonly Pick<WrittenValue, 'value' | 'erased'>[]): boolean {
  let first: string | undefined;
  for (const head of heads) {
    if (head.erased) continue;
    const text = valueText(head.value);
    if (first === undefined) first = text;
    else if (first !== text) return true;
  }
  return false;
}

/** Order of showing (rule 3): what is not erased, then the highest (tq, t, hash, index); the same on every node. */
export function shownFirst(a: WrittenValue, b: WrittenValue): number {
  if (a.erased !== b.erased) return a.erased ? 1 : -1;
  if (a.tq !== b.tq) return b.tq - a.tq;
  if (a.t !== b.t) return b.t - a.t;
  if (a.hash !== b.hash) return a.hash < b.hash ? 1 : -1;
  return b.index - a.index;
}
