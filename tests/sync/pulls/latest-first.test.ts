import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latestFirst, type WrittenValue } from '../../../shared/sync/register.ts';
import { runs } from '../seeds.ts';

function valueOf(id: number, t: number, supersedes: readonly number[]): WrittenValue {
  const name = `v${id}`;
  return {
    id: name,
    hash: name,
    index: 0,
    field: 'status',
    value: id,
    erased: false,
    supersedes: supersedes.map((each) => `v${each}`),
    effective: true,
    replica: 'r',
    author: '',
    t,
    tq: 0,
  };
}

const ids = (values: readonly WrittenValue[]): string[] => latestFirst(values).map(({ id }) => id);

it('lists values as they replaced each other, whatever the clocks said', () => {
  expect(ids([valueOf(1, 900, []), valueOf(2, 500, [1]), valueOf(3, 1, [2])])).toEqual(['v3', 'v2', 'v1']);
});

it('leaves the order of showing between values that did not replace each other', () => {
  expect(ids([valueOf(1, 5, []), valueOf(2, 9, []), valueOf(3, 7, [1])])).toEqual(['v2', 'v3', 'v1']);
});

it('loses none of values that name themselves, each other in a circle, or what is not here', () => {
  expect(ids([valueOf(1, 5, [1]), valueOf(2, 9, [3]), valueOf(3, 7, [2]), valueOf(4, 1, [8])]).toSorted()).toEqual([
    'v1',
    'v2',
    'v3',
    'v4',
  ]);
});

it('puts every value before all that it was written over, and loses none', () => {
  const written = fc.array(fc.record({ t: fc.nat(9), over: fc.array(fc.nat(30), { maxLength: 4 }) }), { maxLength: 30 });
  fc.assert(
    fc.property(written, fc.nat(), (list, turn) => {
      const values = list.map(({ t, over }, id) =>
        valueOf(
          id,
          t,
          over.filter((each) => each < id),
        ),
      );
      const order = ids([...values.slice(turn % Math.max(1, values.length)), ...values.slice(0, turn % Math.max(1, values.length))]);
      expect(order).toHaveLength(values.length);
      expect(order).toEqual(ids(values));
      for (const { id, supersedes } of values) for (const below of supersedes) expect(order.indexOf(id)).toBeLessThan(order.indexOf(below));
    }),
    runs(200),
  );
});
