import type { Id } from '../../../../../shared/kernel/ids.ts';

/** Who of a list is selected, and from where a range goes. */
export interface Selection {
  readonly ids: ReadonlySet<Id>;
  readonly anchor: Id | null;
}

export const NOBODY: Selection = { ids: new Set(), anchor: null };

/** One more, or one less; a range goes from there. */
export function toggled({ ids }: Selection, id: Id): Selection {
  return { ids: ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id]), anchor: id };
}

/** Everybody from the anchor to somebody, in the order of the list, beside those who were selected; without an anchor that one alone. */
export function extendedTo({ ids, anchor }: Selection, order: readonly Id[], to: Id): Selection {
  const [a, b] = [order.indexOf(anchor ?? to), order.indexOf(to)];
  const range = a < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
  return { ids: new Set([...ids, ...range]), anchor: a < 0 ? to : (anchor ?? to) };
}

/** Everybody of a list. */
export function everyoneOf(order: readonly Id[]): Selection {
  return { ids: new Set(order), anchor: order[0] ?? null };
}
