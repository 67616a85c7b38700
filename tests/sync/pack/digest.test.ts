import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { digestOf, type DigestHead } from '../../../shared/sync/digest.ts';
import { runs } from '../seeds.ts';

const ID = (n: number): string => `${n.toString(16).padStart(64, '0')}:0`;

function head(of: Partial<DigestHead>): DigestHead {
  return { space: 's', entityType: 't', entityId: 'e', field: 'f', id: ID(1), erased: false, value: 'x', ...of };
}

function digest(...heads: readonly DigestHead[]): Record<string, string> {
  return digestOf(heads, nodeHasher);
}

describe('the digest of a store', () => {
  it('differs when any head, value, conflict or register does', () => {
    const variants = [
      [head({})],
      [head({ id: ID(2) })],
      [head({ value: 'y' })],
      [head({ value: null })],
      [head({ value: null, erased: true })],
      [head({ entityType: 'u' })],
      [head({ entityId: 'g' })],
      [head({ field: 'h' })],
      [head({}), head({ id: ID(2), value: 'y' })],
      [head({}), head({ id: ID(2), value: 'z' })],
      [head({}), head({ field: 'h' })],
    ];
    expect(new Set(variants.map((heads) => digest(...heads)['s'])).size).toBe(variants.length);
  });

  it('does not depend on the order in which the heads of a register came', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50), { minLength: 2, maxLength: 6 }), (ids) => {
        const heads = ids.map((n) => head({ id: ID(n), value: n }));
        expect(digest(...heads.toReversed())).toEqual(digest(...heads));
      }),
      runs(100),
    ));

  it('is one per space, of that space alone', () => {
    const both = digest(head({}), head({ space: 'r', id: ID(2) }));
    expect(Object.keys(both)).toEqual(['r', 's']);
    expect(both['s']).toBe(digest(head({}))['s']);
    expect(both['s']).toMatch(/^[0-9a-f]{64}$/);
    expect(digest()).toEqual({});
  });
});
