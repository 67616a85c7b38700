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
