import { decode, Tokenizer, Type } from 'cborg';
import { encodeFast } from './encode.ts';
import type { FieldValue } from './types.ts';

/** The limits of one decoded item; a hostile sender meets these before any work is done. */
export const CAPS = {
  /** Bytes of one encoded change-set. */
  changeSetBytes: 1 << 20,
  /** Field writes in one change-set. */
  ops: 10_000,
  /** Values that one write may supersede. */
  supersedes: 5_000,
  /** Nesting of arrays and maps in anything encoded. */
  depth: 32,
  /** Numbers, texts, lists and maps in anything encoded: a megabyte of empty lists must not become a hundred of memory. */
  items: 300_000,
  /** Characters of a space, an entity's type or id, a field, an author. */
  name: 200,
} as const;

/** Deterministic CBOR (RFC 8949, 4.2): shortest forms, definite lengths, sorted keys. */
export function encodeCanonical(value: unknown): Uint8Array {
  return encodeFast(value);
}

/** How many items may still be decoded; what is decoded is taken off, so that several things share one allowance. */
export interface ItemsLeft {
  items: number;
}

/**
 * Decodes bytes that must be exactly what `encodeCanonical` writes; null for anything else: too long, too deep, too many items, indefinite or
 * longer than needed forms, duplicate or unsorted keys, tags, undefined, not-a-number, `__proto__`, trailing bytes.
 */
export function decodeCanonical(bytes: Uint8Array, maxBytes: number, allowed: number | ItemsLeft = CAPS.items): unknown {
  const left = typeof allowed === 'number' ? { items: allowed } : allowed;
  if (bytes.length === 0 || bytes.length > maxBytes || !isModest(bytes, left)) return null;
  try {
    const value: unknown = decode(bytes, {
      strict: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowNaN: false,
      allowInfinity: false,
      allowBigInt: false,
    });
    // Unsorted keys and wide floats pass `strict`; only the same bytes again prove the one form.
    return equalBytes(encodeCanonical(value), bytes) ? value : null;
  } catch {
    return null;
  }
}

/** Whether two byte strings are equal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// The decoder recurses and builds: depth and items are counted first, without recursion and without building.
function isModest(bytes: Uint8Array, left: ItemsLeft): boolean {
  try {
    const tokens = new Tokenizer(bytes, { strict: true, allowIndefinite: false });
    const open: number[] = [];
    while (!tokens.done()) {
      const token = tokens.next();
      if (--left.items < 0) return false;
      while (open.length > 0 && open[open.length - 1] === 0) open.pop();
      if (open.length > 0) open[open.length - 1]!--;
      if (Type.equals(token.type, Type.tag)) return false;
      const length = Number(token.value);
      if (Type.equals(token.type, Type.array)) open.push(length);
      else if (Type.equals(token.type, Type.map)) open.push(2 * length);
      if (open.length > CAPS.depth) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the canonical form of a field's value: null, booleans, safe integers, finite numbers, well-formed text, lists and maps of these, keys sorted, `-0` as
 * 0. Throws a RangeError on anything else: what a feature writes must be such a value.
 */
export function canonicalValue(value: FieldValue, depth = 0): FieldValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (!isWellFormed(value)) throw new RangeError('text is not well formed');
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) throw new RangeError('number cannot be kept');
    return value === 0 ? 0 : value;
  }
  if (typeof value !== 'object' || depth > CAPS.depth - 6) throw new RangeError('value cannot be kept');
  if (Array.isArray(value)) return value.map((item: FieldValue) => canonicalValue(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new RangeError('value cannot be kept');
  const map = value as { readonly [key: string]: FieldValue };
  const sorted: Record<string, FieldValue> = {};
  for (const key of Object.keys(map).sort()) {
    if (key === '__proto__' || !isWellFormed(key)) throw new RangeError('key cannot be kept');
    sorted[key] = canonicalValue(map[key]!, depth + 1);
  }
  return sorted;
}

/** Whether a text has no lone surrogate: one that has would come back as another text. Written out: every value passes here twice. */
export function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
    i++;
  }
  return true;
}

/** The canonical form of a decoded value, or undefined when it is none (bytes, a hole, a forbidden key). */
export function asFieldValue(value: unknown): FieldValue | undefined {
  try {
    return canonicalValue(value as FieldValue);
  } catch {
    return undefined;
  }
}

/** JSON with sorted keys of a canonical value; equal texts are equal values. */
export function valueText(value: FieldValue): string {
  return JSON.stringify(value);
}
