import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELETED, ERASED, GrowingEntity, mergeEntity, REFUSED, RULED_TYPE, rulingsOf } from '../../shared/sync/merge.ts';
import { inConflict, type WrittenValue } from '../../shared/sync/register.ts';
import type { ChangeSet, ChangeSetKind, ClockTrust, FieldValue, Op } from '../../shared/sync/types.ts';
import { runs } from './seeds.ts';

/** A written value; `n` names it, and larger names have larger hashes. */
function value(n: number, field: string, of: Partial<WrittenValue> = {}): WrittenValue {
  const hash = n.toString(16).padStart(64, '0');
  return {
    id: `${hash}:0`,
    hash,
    index: 0,
    field,
    value: n,
    erased: false,
    supersedes: [],
    effective: true,
    replica: '',
    author: '',
    t: 0,
    tq: 0,
    ...of,
  };
}

/** Heads of the only register of these. */
function headsOf(list: readonly WrittenValue[]): readonly WrittenValue[] {
  return mergeEntity(list).registers.get('a')!.heads;
}

const values: fc.Arbitrary<WrittenValue[]> = fc
  .array(
    fc.record({
      field: fc.constantFrom('a', 'b', DELETED),
      seen: fc.array(fc.nat(12), { maxLength: 4 }),
      value: fc.constantFrom<FieldValue>(true, false, 'x'),
      erased: fc.boolean(),
      effective: fc.constantFrom(true, true, true, false),
      t: fc.nat(2),
      tq: fc.constantFrom<ClockTrust>(0, 1, 2),
    }),
    { maxLength: 13 },
  )
  .map((list) => {
    const ids = list.map((_, n) => value(n, '').id);
    // A value can only have seen what was written before it: ids are hashes.
    return list.map(({ seen, ...one }, n) => value(n, one.field, { ...one, supersedes: seen.flatMap((of) => (of < n ? [ids[of]!] : [])) }));
  });

function meaning(list: readonly WrittenValue[]): unknown {
  return meaningOf(mergeEntity(list));
}

function meaningOf({ registers, live, flagged }: ReturnType<typeof mergeEntity>): unknown {
  const shown = [...registers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, { heads, conflict }]) => [field, heads.map((head) => head.id), conflict]);
  return { shown, live, flagged };
}

describe('merging one entity (rules 1 to 5)', () => {
  it('gives the same heads, order, conflicts and liveness in any order of arrival (invariant 1)', () =>
    fc.assert(
      fc.property(
        values.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(meaning(shuffled)).toEqual(meaning(list));
        },
      ),
      runs(1000),
    ));

  it('gives after each value what it gives of all values so far, and changes nothing that it gave before', () =>
    fc.assert(
      fc.property(
        values.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
        (list) => {
          const growing = new GrowingEntity();
          const given = list.map((one) => {
            growing.add(one);
            return growing.merged();
          });
          expect(given.map(meaningOf)).toEqual(list.map((_, n) => meaning(list.slice(0, n + 1))));
        },
      ),
      runs(1000),
    ));

  it('tells one value from two among very many heads, as some of them go', () => {
    const growing = new GrowingEntity();
    const heads = Array.from({ length: 40 }, (_, n) => value(n, 'a', { value: n < 38 ? 'x' : 'y' }));
    for (const head of heads) growing.add(head);
    expect(growing.merged().registers.get('a')).toEqual({ heads: heads.toReversed(), conflict: true });
    const odd = heads.slice(38).map(({ id }) => id);
    growing.add(value(50, 'a', { value: 'x', supersedes: [odd[0]!] }));
    expect(growing.merged().registers.get('a')!.conflict).toBe(true);
    growing.add(value(51, 'a', { value: 'x', supersedes: [odd[1]!] }));
    const { heads: left, conflict } = growing.merged().registers.get('a')!;
    expect([left.length, conflict]).toEqual([40, false]);
    growing.add(value(52, 'a', { value: null, erased: true }));
    expect(growing.merged().registers.get('a')!.conflict).toBe(false);
  });

  it('changes no head, conflict or liveness with the clocks (invariant 6)', () =>
    fc.assert(
      fc.property(values, fc.array(fc.integer(), { minLength: 13, maxLength: 13 }), (list, times) => {
        const scrambled = list.map((one, n) => ({ ...one, t: times[n]!, tq: (Math.abs(times[n]!) % 3) as ClockTrust }));
        const sets = (merged: ReturnType<typeof mergeEntity>): unknown => ({
          heads: [...merged.registers].map(([field, { heads, conflict }]) => [field, new Set(heads.map((head) => head.id)), conflict]),
          live: merged.live,
          flagged: merged.flagged,
        });
        expect(sets(mergeEntity(scrambled))).toEqual(sets(mergeEntity(list)));
      }),
      runs(500),
    ));

  it('supersedes only within one register, and only what was named (invariant 3)', () => {
    const a = value(1, 'a');
    const b = value(2, 'b', { supersedes: [a.id] });
    const { registers } = mergeEntity([a, b]);
    expect(registers.get('a')!.heads).toEqual([a]);
    expect(registers.get('b')!.heads).toEqual([b]);
  });

  it('shows the highest trust, then time, then hash first, and what is erased last', () => {
    const order = [
      value(1, 'a', { tq: 2, t: 1 }),
      value(4, 'a', { tq: 1, t: 9 }),
      value(3, 'a', { tq: 1, t: 9 }),
      value(5, 'a', { tq: 1, t: 8 }),
      value(9, 'a', { tq: 0, t: 99 }),
      value(8, 'a', { tq: 2, t: 99, erased: true, value: null }),
    ];
    expect(headsOf(order.toReversed())).toEqual(order);
    expect(headsOf([value(1, 'a'), { ...value(1, 'a'), id: `${value(1, 'a').hash}:2`, index: 2 }]).map((head) => head.index)).toEqual([
      2, 0,
    ]);
  });

  it('shows of two values of one change-set the later one first, whichever came first', () => {
    const first = value(1, 'a');
    const second = { ...first, id: `${first.hash}:1`, index: 1, value: 'later' };
    for (const list of [
      [first, second],
      [second, first],
    ])
      expect(headsOf(list).map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it('calls different values a conflict, equal ones and erased ones none (rule 2)', () => {
    const of = (...list: readonly FieldValue[]): boolean => inConflict(list.map((one, n) => value(n, 'a', { value: one })));
    expect(of()).toBe(false);
    expect(of('x')).toBe(false);
    expect(of('x', 'x')).toBe(false);
    expect(of('x', 'y')).toBe(true);
    expect(of(1, '1')).toBe(true);
    expect(of(null, '')).toBe(true);
    expect(of({ a: 1, b: [2] }, { a: 1, b: [2] })).toBe(false);
    expect(inConflict([value(1, 'a'), value(2, 'a', { value: null, erased: true })])).toBe(false);
  });

  it('brings back what a refused write had superseded (invariant 7)', () => {
    const first = value(1, 'a');
    const second = value(2, 'a', { supersedes: [first.id] });
    expect(headsOf([first, second])).toEqual([second]);
    expect(headsOf([first, { ...second, effective: false }])).toEqual([first]);
  });

  it('deletes what was seen and keeps visible what was not (rule 5)', () => {
    const name = value(1, 'a');
    const gone = value(2, DELETED, { value: true, supersedes: [name.id] });
    const of = (...list: readonly WrittenValue[]): { live: boolean; flagged: boolean } => {
      const { live, flagged } = mergeEntity(list);
      return { live, flagged };
    };
    const hidden = { live: false, flagged: false };
    const shown = { live: true, flagged: false };
    const flagged = { live: true, flagged: true };
    expect(of()).toEqual(hidden);
    expect(of(name)).toEqual(shown);
    expect(of(name, gone)).toEqual(hidden);
    expect(of(name, gone, value(3, 'b'))).toEqual(flagged);
    expect(of(name, gone, value(3, 'a', { supersedes: [name.id] }))).toEqual(flagged);
    expect(of(name, { ...gone, effective: false })).toEqual(shown);
    const restored = value(4, DELETED, { value: false, supersedes: [gone.id] });
    expect(of(name, gone, restored)).toEqual(shown);
    expect(of(name, gone, { ...restored, supersedes: [] })).toEqual(flagged);
    // Two deletions apart, each of which saw another part: together they saw everything.
    const other = value(5, 'b');
    const second = value(6, DELETED, { value: true, supersedes: [other.id] });
    expect(of(name, other, gone, second)).toEqual(hidden);
    expect(of(name, other, gone, { ...second, effective: false })).toEqual(flagged);
    // A later deletion stands on what the earlier one saw.
    expect(of(name, other, gone, value(7, DELETED, { value: true, supersedes: [gone.id, other.id] }))).toEqual(hidden);
    // What a restoration named, no deletion has seen.
    const back = value(9, DELETED, { value: false, supersedes: [name.id] });
    expect(of(name, back, value(10, DELETED, { value: true, supersedes: [back.id] }))).toEqual(flagged);
    expect(of({ ...name, effective: false })).toEqual(hidden);
    expect(of(name, gone, value(8, ERASED))).toEqual(hidden);
    expect(of(value(8, ERASED))).toEqual(hidden);
  });
});

describe('rulings', () => {
  const ruling = (kind: ChangeSetKind, ops: readonly Partial<Op>[], replica = 'ruler'): ChangeSet => ({
    header: { version: 1, space: 's', replica, seq: 1, prev: null, t: 0, tq: 0, schema: 1, author: '', kind },
    ops: ops.map((op) => ({
      entityType: RULED_TYPE,
      entityId: 'h1',
      field: REFUSED,
      supersedes: [],
      content: { form: 'plain', value: 'grant.none' },
      ...op,
    })),
    hash: 'r',
    signature: '',
  });
  const byRuler = (header: ChangeSet['header']): boolean => header.replica === 'ruler';

  it('count by who made them, by their kind and by where they are written', () => {
    expect(rulingsOf(ruling('refuse', [{}]), byRuler).refused).toEqual([{ hash: 'h1', reason: 'grant.none' }]);
    expect(rulingsOf(ruling('refuse', [{}], 'somebody'), byRuler).refused).toEqual([]);
    expect(rulingsOf(ruling('data', [{}]), byRuler).refused).toEqual([]);
    expect(rulingsOf(ruling('refuse', [{ field: 'other' }]), byRuler).refused).toEqual([]);
    expect(rulingsOf(ruling('refuse', [{ entityType: 'other' }]), byRuler).refused).toEqual([]);
    expect(rulingsOf(ruling('refuse', [{ content: { form: 'plain', value: 7 } }]), byRuler).refused).toEqual([
      { hash: 'h1', reason: 'sync.refused' },
    ]);
    const subject = { entityType: 'participant', entityId: 'p', field: ERASED };
    expect(rulingsOf(ruling('erase', [subject, { ...subject, field: 'x' }]), byRuler).erased).toEqual([
      { entityType: 'participant', entityId: 'p' },
    ]);
    expect(rulingsOf(ruling('refuse', [subject]), byRuler).erased).toEqual([]);
  });
});
