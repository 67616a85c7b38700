import type { FieldValue, ValueId } from '../../sync/types.ts';

/** A value of one register with what its author had on screen. */
export interface Ancestry {
  readonly id: ValueId;
  readonly value: FieldValue;
  readonly erased: boolean;
  readonly supersedes: readonly ValueId[];
}

/** Nobody compares more texts than this with what stood before. */
const MOST_COMPARED = 16;

/**
 * The value that all of the heads were written over, for a comparison three ways; null where there is none, several, it was erased, or the heads are more than
 * anybody compares. Costs one walk over the values for each head.
 */
export function commonBase(values: readonly Ancestry[], heads: readonly ValueId[]): Ancestry | null {
  if (heads.length > MOST_COMPARED) return null;
  const byId = new Map(values.map((value) => [value.id, value]));
  const [first, ...others] = heads.map((head) => ancestors(byId, head));
  if (!first) return null;
  const common = [...first].filter((id) => others.every((set) => set.has(id)));
  // What an ancestor of all was written over is one too: those that no other names directly are the nearest.
  const beneath = new Set(common.flatMap((id) => byId.get(id)!.supersedes));
  const nearest = common.filter((id) => !beneath.has(id));
  const base = nearest.length === 1 ? byId.get(nearest[0]!)! : null;
  return base === null || base.erased ? null : base;
}

/** Every earlier value of the register that one was written over, near or far. */
function ancestors(byId: ReadonlyMap<ValueId, Ancestry>, id: ValueId): ReadonlySet<ValueId> {
  const found = new Set<ValueId>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const earlier of byId.get(next)?.supersedes ?? []) {
      if (found.has(earlier) || !byId.has(earlier)) continue;
      found.add(earlier);
      open.push(earlier);
    }
  }
  return found;
}
