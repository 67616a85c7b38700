import { generateKeyBetween, generateNKeysBetween } from 'jittered-fractional-indexing';

// Without jitter the same place gives the same key, so that a rule stays a function of its arguments; equal keys are ordered by id.
const EXACT = { jitterBits: 0 } as const;

/** `count` fractional keys, in order, that sort after `last` (null: the first ones). */
export function keysAfter(last: string | null, count: number): string[] {
  return count === 0 ? [] : generateNKeysBetween(last, null, count, EXACT);
}

/** A fractional key between two neighbours; null: no neighbour on that side. Bounds that are equal or reversed (two laptops may have made them) give a key after the first. */
export function keyBetween(before: string | null, after: string | null): string {
  return generateKeyBetween(before, before !== null && after !== null && after <= before ? null : after, EXACT);
}

/**
 * The key of a place among siblings in their order, those that were removed included, so that what comes back stands where it stood. `after`: the one behind which it is (null: in front of all;
 * undefined: behind all). Null where that is none of them.
 */
export function keyBehind(
  siblings: readonly { readonly id: string; readonly key: string | null }[],
  after: string | null | undefined,
): string | null {
  const place = after === undefined ? siblings.length : after === null ? 0 : siblings.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && after !== null && place === 0) return null;
  return keyBetween(siblings[place - 1]?.key ?? null, siblings[place]?.key ?? null);
}

/** Whether a text is a fractional key: one that a later key can follow. */
export function isOrderKey(text: string): boolean {
  if (!/^[0-9A-Za-z]+$/.test(text)) return false;
  try {
    return generateKeyBetween(text, null, EXACT) > text;
  } catch {
    return false;
  }
}

/** Sorts by fractional key, then by id: the order is the same on every laptop. */
export function byKey(a: { readonly key: string; readonly id: string }, b: { readonly key: string; readonly id: string }): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
