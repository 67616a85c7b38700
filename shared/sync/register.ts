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

/** A merged register: its heads, and whether they conflict. */
export interface MergedRegister<V extends WrittenValue = WrittenValue> {
  /** The one shown first at index 0. */
  readonly heads: readonly V[];
  readonly conflict: boolean;
}

/**
 * One register, merged value by value in any order: a value costs what it supersedes and a place among the heads, however long the register's past is. Its
 * heads (rule 1): effective values that no other effective value of the register supersedes.
 */
export class GrowingRegister<V extends WrittenValue> {
  readonly #superseded = new Set<ValueId>();
  /** As they are shown. */
  readonly #heads: V[] = [];
  #many: ManyHeads<V> | null = null;
  #merged: MergedRegister<V> | null = null;

  add(value: V): void {
    if (!value.effective) return;
    this.#merged = null;
    for (const id of value.supersedes) {
      if (id === value.id) continue;
      this.#superseded.add(id);
      const head = this.#headOf(id);
      if (!head) continue;
      this.#heads.splice(this.#placeOf(head), 1);
      this.#many?.remove(head);
    }
    if (this.#superseded.has(value.id)) return;
    this.#heads.splice(this.#placeOf(value), 0, value);
    if (this.#many) this.#many.add(value);
    else if (this.#heads.length > FEW) this.#many = new ManyHeads(this.#heads);
  }

  merged(): MergedRegister<V> {
    return (this.#merged ??= {
      heads: [...this.#heads],
      conflict: this.#many ? this.#many.differ() : inConflict(this.#heads),
    });
  }

  #headOf(id: ValueId): V | undefined {
    return this.#many ? this.#many.byId.get(id) : this.#heads.find((head) => head.id === id);
  }

  /** Where a value stands among the heads, or would stand. */
  #placeOf(value: V): number {
    let [low, high] = [0, this.#heads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shownFirst(this.#heads[middle]!, value) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** So many heads are looked through faster than they are looked up. */
const FEW = 16;

/** An index that finds one of many heads and tells whether two differ, without looking through them. */
class ManyHeads<V extends WrittenValue> {
  readonly byId = new Map<ValueId, V>();
  /** How many heads say each value; an erased head says nothing. */
  readonly #said = new Map<string, number>();

  constructor(heads: readonly V[]) {
    for (const head of heads) this.add(head);
  }

  add(head: V): void {
    this.byId.set(head.id, head);
    this.#count(head, 1);
  }

  remove(head: V): void {
    this.byId.delete(head.id);
    this.#count(head, -1);
  }

  /** As `inConflict`. */
  differ(): boolean {
    return this.#said.size > 1;
  }

  #count({ erased, value }: V, by: 1 | -1): void {
    if (erased) return;
    const text = valueText(value);
    const left = (this.#said.get(text) ?? 0) + by;
    if (left > 0) this.#said.set(text, left);
    else this.#said.delete(text);
  }
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

/** Compares values in the order of showing (rule 3): what is not erased, then the highest (tq, t, hash, index); the same on every node. */
export function shownFirst(a: WrittenValue, b: WrittenValue): number {
  if (a.erased !== b.erased) return a.erased ? 1 : -1;
  if (a.tq !== b.tq) return b.tq - a.tq;
  if (a.t !== b.t) return b.t - a.t;
  if (a.hash !== b.hash) return a.hash < b.hash ? 1 : -1;
  return b.index - a.index;
}

/**
 * The values of one register in the order in which they replaced each other, the latest first; whatever the clocks said, a value comes before all that it was
 * written over. Where none was written over the other, the order of showing decides.
 */
export function latestFirst<V extends WrittenValue>(values: readonly V[]): V[] {
  const byId = new Map(values.map((value) => [value.id, value]));
  const over = new Map(values.map((value) => [value.id, 0]));
  const below = (value: V): V[] =>
    [...new Set(value.supersedes)].flatMap((id) => (id === value.id || !byId.has(id) ? [] : [byId.get(id)!]));
  for (const value of values) for (const { id } of below(value)) over.set(id, over.get(id)! + 1);
  const ready = values.filter(({ id }) => over.get(id) === 0).sort(shownLast);
  const ordered: V[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    ordered.push(next);
    for (const value of below(next)) {
      over.set(value.id, over.get(value.id)! - 1);
      if (over.get(value.id) === 0) ready.splice(placeIn(ready, value), 0, value);
    }
  }
  // Values that name each other in a circle were not written by this program; none is left out.
  const placed = new Set(ordered);
  return [...ordered, ...values.filter((value) => !placed.has(value)).sort(shownFirst)];
}

function shownLast(a: WrittenValue, b: WrittenValue): number {
  return shownFirst(b, a);
}

/** Where a value belongs in a list that is sorted by `shownLast`. */
function placeIn(sorted: readonly WrittenValue[], value: WrittenValue): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shownLast(sorted[middle]!, value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
