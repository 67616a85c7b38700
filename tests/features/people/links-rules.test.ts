import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedHeads, type LinkedMark } from '../../../shared/features/attendance/linked-cells.ts';
import { membersOf, mergedPerson, representatives, type ValueState } from '../../../shared/features/people/links.ts';
import type { Head } from '../../../shared/sync/types.ts';
import { runs } from '../../sync/seeds.ts';

const IDS = Array.from({ length: 9 }, (_, index) => `p${index}`);
const link = fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS)).map(([first, second]) => ({ first, second }));
const listed = fc.shuffledSubarray(IDS, { minLength: 1 });

/** Who can be reached from whom, step by step: the definition that the rule is held to. */
function reached(id: string, links: readonly { readonly first: string; readonly second: string }[]): Set<string> {
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { first, second } of links) if (found.has(first) || found.has(second)) found.add(first).add(second);
  }
  return found;
}

describe('who stands for whom', () => {
  it('is the first of the list among all that links lead to, in whatever order and direction they were made', () => {
    fc.assert(
      fc.property(listed, fc.array(link, { maxLength: 12 }), fc.infiniteStream(fc.boolean()), (list, links, coins) => {
        const represented = representatives(list, links);
        for (const id of list) {
          const first = list.find((other) => reached(id, links).has(other))!;
          expect(represented.get(id) ?? id).toBe(first);
          expect(represented.has(first)).toBe(false);
        }
        expect([...represented.keys()].every((id) => list.includes(id))).toBe(true);
        const turned = links.map(({ first, second }) => (coins.next().value ? { first: second, second: first } : { first, second }));
        expect(representatives(list, turned.toReversed())).toEqual(represented);
        expect([...membersOf(represented).values()].flat().sort()).toEqual([...represented.keys()].sort());
      }),
      runs(2_000),
    );
  });

  it('is nobody where nothing is linked', () => {
    expect(representatives(IDS, []).size).toBe(0);
    expect(representatives(IDS, [{ first: 'p1', second: 'elsewhere' }]).size).toBe(0);
  });
});

describe('one person of several records', () => {
  it('has what the first record says, else what another does, and the fields that differ are named', () => {
    const records = [
      { familyName: 'KONÉ', country: null, institution: '', sex: 'female' },
      { familyName: 'KONÉ', country: 'CI', institution: 'Parquet', sex: 'male' },
      { familyName: 'KONE', country: 'ML', institution: 'Parquet', sex: null },
    ] as const;
    const { person, apart } = mergedPerson<keyof (typeof records)[0], Record<keyof (typeof records)[0], string | null>>(records, [
      'familyName',
      'country',
      'institution',
      'sex',
    ]);
    expect(person).toEqual({ familyName: 'KONÉ', country: 'CI', institution: 'Parquet', sex: 'female' });
    expect(apart).toEqual(['familyName', 'country', 'sex']);
  });
});

describe('a field in which one record was chosen over another', () => {
  type Said = { readonly id: string; readonly institution: string | null };
  const records: readonly [Said, Said, Said] = [
    { id: 'a', institution: 'Parquet' },
    { id: 'b', institution: 'Tribunal' },
    { id: 'c', institution: null },
  ];
  const merged = (state: Readonly<Record<string, ValueState>>, some: readonly [Said, ...Said[]] = records) =>
    mergedPerson<'institution', Said>(some, ['institution'], ({ id }) => state[id] ?? 'silent');
  const of = ({ person, apart }: ReturnType<typeof merged>) => [person.institution, apart.length];

  it('has what was chosen, and no more than that', () => {
    expect(of(merged({ a: 'counts', b: 'counts' }))).toEqual(['Parquet', 1]);
    expect(of(merged({ a: 'passedOver', b: 'counts' }))).toEqual(['Tribunal', 0]);
    expect(of(merged({ a: 'counts', b: 'passedOver' }))).toEqual(['Parquet', 0]);
  });

  it('is chosen anew where two laptops chose against each other', () => {
    expect(of(merged({ a: 'passedOver', b: 'passedOver' }))).toEqual(['Parquet', 1]);
  });

  it('stays empty where an empty value was chosen, and not where a record says nothing of it', () => {
    const cleared: readonly [Said, Said] = [{ id: 'a', institution: '' }, records[1]];
    expect(of(merged({ a: 'counts', b: 'passedOver' }, cleared))).toEqual(['', 0]);
    expect(of(merged({ a: 'counts', b: 'counts' }, cleared))).toEqual(['Tribunal', 0]);
    expect(of(merged({ b: 'passedOver' }, [records[2], records[1]]))).toEqual(['Tribunal', 0]);
  });
});

describe('the one cell of a person of several records', () => {
  const head = (id: string, value: string, t: number): Head => ({ id, value, erased: false, replica: 'r', author: '', t, tq: 0 });
  const mark = (heads: readonly Head[], ...settles: string[]): LinkedMark => ({ heads, settles });
  const shown = (...marks: readonly LinkedMark[]) => linkedHeads(marks).map(({ id }) => id);

  it('holds what stands in each, the one shown first at the head', () => {
    expect(shown(mark([head('a', 'present', 1)]), mark([head('b', 'absent', 2)]))).toEqual(['b', 'a']);
    expect(shown(mark([head('a', 'present', 1)]), mark([head('b', 'present', 1)]))).toEqual(['b', 'a']);
  });

  it('leaves out what was decided over, and not yet taken where another says something', () => {
    expect(shown(mark([head('a', 'late', 1)], 'b'), mark([head('b', 'absent', 2)]))).toEqual(['a']);
    expect(shown(mark([head('a', 'late', 1)]), mark([head('b', 'notTaken', 2)]))).toEqual(['a']);
    expect(shown(mark([head('a', 'notTaken', 1)], 'b'), mark([head('b', 'absent', 2)]))).toEqual(['a']);
  });

  it('is never empty where something stands: what is decided over was there before', () => {
    const history = fc.array(fc.record({ record: fc.nat(3), over: fc.boolean(), value: fc.constantFrom('present', 'absent', 'notTaken') }));
    fc.assert(
      fc.property(history, (writes) => {
        const marks = Array.from({ length: 4 }, (): { heads: Head[]; settles: string[] } => ({ heads: [], settles: [] }));
        for (const [t, { record, over, value }] of writes.entries()) {
          const own = marks[record]!;
          if (over) own.settles.push(...marks.filter((other) => other !== own).flatMap(({ heads }) => heads.map(({ id }) => id)));
          own.heads = over ? [head(`v${t}`, value, t)] : [head(`v${t}`, value, t), ...own.heads].slice(0, 2);
        }
        const heads = linkedHeads(marks);
        expect(heads.length > 0).toBe(writes.length > 0);
        expect(linkedHeads(marks.toReversed())).toEqual(heads);
        if (writes.at(-1)?.over) expect(heads[0]!.id).toBe(`v${writes.length - 1}`);
      }),
      runs(2_000),
    );
  });
});
