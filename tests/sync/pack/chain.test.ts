import { describe, expect, it } from 'vitest';
import { inChainOrder, linkOf, notAncestorsOf, sameTips, tipsOf, type ChainLink } from '../../../shared/sync/chain.ts';

function link(hash: string, seq: number, prev: string | null, replica = 'r', space = 's'): ChainLink {
  return { hash, header: { space, replica, seq, prev } };
}

//   a1 - a2 - a3
//           \ b3 - b4     (a cloned laptop)          c1 another replica's
const a1 = link('a1', 1, null);
const a2 = link('a2', 2, 'a1');
const a3 = link('a3', 3, 'a2');
const b3 = link('b3', 3, 'a2');
const b4 = link('b4', 4, 'b3');
const c1 = link('c1', 1, null, 'q');
const all = [a1, a2, a3, b3, b4, c1];

describe('a chain', () => {
  it('takes only what fits its end or a branch, and never a hole (invariant 5)', () => {
    const here = new Map(all.map((one) => [one.hash, one.header]));
    const of = (one: ChainLink): string => linkOf(one, (hash) => here.get(hash) ?? null);
    expect(of(link('n', 4, 'a3'))).toBe('extends');
    expect(of(link('n', 3, 'a2'))).toBe('extends');
    expect(of(link('n', 1, null))).toBe('extends');
    expect(of(link('n', 9, 'zz'))).toBe('missing');
    expect(of(link('n', 5, 'a3'))).toBe('broken');
    expect(of(link('n', 3, 'a3'))).toBe('broken');
    expect(of(link('n', 2, null))).toBe('broken');
    expect(of(link('n', 2, 'c1'))).toBe('broken');
    expect(of(link('n', 4, 'a3', 'r', 'elsewhere'))).toBe('broken');
  });

  it('has a tip per branch, ordered by hash', () => {
    expect(tipsOf(all)).toEqual([
      { replica: 'r', seq: 3, hash: 'a3' },
      { replica: 'r', seq: 4, hash: 'b4' },
      { replica: 'q', seq: 1, hash: 'c1' },
    ]);
    expect(tipsOf([])).toEqual([]);
  });

  it('says what a peer with given tips lacks, each after the one it names', () => {
    const lacks = (...tips: readonly string[]): string[] =>
      notAncestorsOf(
        all,
        tips.map((hash) => ({ hash })),
      ).map(({ hash }) => hash);
    expect(new Set(lacks())).toEqual(new Set(['a1', 'c1', 'a2', 'a3', 'b3', 'b4']));
    expect(lacks('a3', 'b4', 'c1')).toEqual([]);
    expect(lacks('a3', 'c1')).toEqual(['b3', 'b4']);
    expect(lacks('b4', 'c1')).toEqual(['a3']);
    expect(lacks('a1', 'c1')).toEqual(['a2', 'a3', 'b3', 'b4']);
    expect(lacks('unknown', 'b4', 'a3')).toEqual(['c1']);
    expect(inChainOrder([b4, a1, a3]).map(({ hash }) => hash)).toEqual(['a1', 'a3', 'b4']);
  });

  it('is compared by its tips alone (invariant 4)', () => {
    expect(sameTips(tipsOf(all), tipsOf(all).toReversed())).toBe(true);
    expect(sameTips(tipsOf(all), tipsOf([a1, a2, a3, c1]))).toBe(false);
    expect(sameTips(tipsOf([a1, a2, a3]), tipsOf([a1, a2, b3]))).toBe(false);
    expect(sameTips([], [])).toBe(true);
  });
});
