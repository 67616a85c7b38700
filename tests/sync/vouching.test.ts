import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../shared/sync/types.ts';
import { unprovable, vouchingWalk, type VouchingLink } from '../../shared/sync/vouching.ts';
import { runs } from './seeds.ts';

function link(hash: Hash, seq: number, prev: Hash | null, signed: boolean, replica = 'r', space = 's'): VouchingLink {
  return { hash, header: { space, replica, seq, prev }, signed };
}

const hashes = (links: readonly VouchingLink[]): Hash[] => links.map(({ hash }) => hash);

describe('what no signature leads back to', () => {
  it('is the end of a chain without one, and nothing before it', () => {
    const chain = [link('1', 1, null, false), link('2', 2, '1', true), link('3', 3, '2', false), link('4', 4, '3', false)];
    expect(hashes(unprovable(chain))).toEqual(['3', '4']);
    expect(hashes(unprovable(chain.slice(0, 2)))).toEqual([]);
    expect(hashes(unprovable(chain.slice(0, 1)))).toEqual(['1']);
    expect(hashes(unprovable([...chain, link('5', 5, '4', true)]))).toEqual([]);
    expect(unprovable([])).toEqual([]);
  });

  it('is one branch and not the other', () => {
    const stem = link('1', 1, null, false);
    const [left, right] = [link('2a', 2, '1', true), link('2b', 2, '1', false)];
    expect(hashes(unprovable([stem, left, right]))).toEqual(['2b']);
    expect(hashes(unprovable([stem, right]))).toEqual(['1', '2b']);
  });

  it('is never vouched for by another replica, nor from another space', () => {
    const first = link('1', 1, null, false);
    expect(hashes(unprovable([first, link('2', 2, '1', true, 'q')]))).toEqual(['1']);
    expect(hashes(unprovable([first, link('2', 2, '1', true, 'r', 'elsewhere')]))).toEqual(['1']);
  });

  it('does not depend on the order or on what came twice, and is the same met one by one', () => {
    const run = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), fc.nat(), (runs, turn) => {
        const chains = runs.map((signed, n) =>
          signed.map((is, i) => link(`${n}.${i + 1}`, i + 1, i === 0 ? null : `${n}.${i}`, is, `r${n}`)),
        );
        const expected = chains.flatMap((chain) => chain.slice(chain.findLastIndex(({ signed }) => signed) + 1));
        const all = chains.flat();
        const turned = all.map((_, i) => all[(i + turn) % all.length]!);
        expect(new Set(hashes(unprovable([...turned, ...all])))).toEqual(new Set(hashes(expected)));
        const walk = vouchingWalk();
        for (const one of all) walk.meet(one);
        expect(hashes([...walk.waiting()])).toEqual(hashes(expected));
      }),
      runs(300),
    );
  });
});
