import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../renderer/desktop/features/people/find-people.ts';
import { inOrderOf, narrowedTo, nextSorting, ORDERS, type OrderWords } from '../../renderer/desktop/features/people/list/list-order.ts';
import { BLANK_PERSON } from '../support/lists/blank-person.ts';

const person = (id: string, values: Partial<Person> = {}): Person => ({
  ...{ ...BLANK_PERSON, id, familyName: 'N', givenName: 'G' },
  ...{ complete: true, homonym: false, erased: false, unreadable: [], linked: [], apart: [], removed: null },
  ...values,
});
const words: OrderWords = (one, by) => (by === 'name' ? `${one.familyName} ${one.givenName}`.trim() : String(one[by] ?? ''));
const { compare } = new Intl.Collator('fr');
const ids = (people: readonly Person[]): string => people.map(({ id }) => id).join('');

describe('a list', () => {
  const people = [
    person('a', { familyName: 'ÉVORA', institution: 'Tribunal' }),
    person('b', { familyName: 'DIOP' }),
    person('c', { familyName: 'FAYE', institution: 'Cour' }),
    person('d', { familyName: 'DIOP', institution: 'Cour' }),
  ];

  it('is put in order by a column, as the language orders its letters, equals as the list has them', () => {
    expect(ids(inOrderOf(people, { by: 'name', down: false }, words, compare))).toBe('bdac');
    expect(ids(inOrderOf(people, { by: 'name', down: true }, words, compare))).toBe('cabd');
    expect(ids(inOrderOf(people, null, words, compare))).toBe('abcd');
  });

  it('has those of whom nothing is recorded last, either way', () => {
    expect(ids(inOrderOf(people, { by: 'institution', down: false }, words, compare))).toBe('cdab');
    expect(ids(inOrderOf(people, { by: 'institution', down: true }, words, compare))).toBe('acdb');
  });

  it('goes up, down and back to its own order', () => {
    const up = nextSorting(null, 'country');
    expect(up).toEqual({ by: 'country', down: false });
    expect(nextSorting(up, 'country')).toEqual({ by: 'country', down: true });
    expect(nextSorting({ by: 'country', down: true }, 'country')).toBeNull();
    expect(nextSorting({ by: 'country', down: true }, 'name')).toEqual({ by: 'name', down: false });
  });

  it('loses nobody by any order', () => {
    const some = fc.array(fc.record({ familyName: fc.string(), institution: fc.string() }), { maxLength: 30 });
    fc.assert(
      fc.property(some, fc.constantFrom(...ORDERS), fc.boolean(), (values, by, down) => {
        const list = values.map((value, i) => person(`${i} `, value));
        expect(inOrderOf(list, { by, down }, words, compare).toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual(list);
      }),
    );
  });

  it('is narrowed to those of whom all that is asked holds', () => {
    const list = [person('a', { complete: false }), person('b', { homonym: true }), person('c', { complete: false, homonym: true })];
    expect(ids(narrowedTo(list, new Set()))).toBe('abc');
    expect(ids(narrowedTo(list, new Set(['toComplete'])))).toBe('ac');
    expect(ids(narrowedTo(list, new Set(['toComplete', 'homonyms'])))).toBe('c');
    expect(ids(narrowedTo(list, new Set(['differ'])))).toBe('');
  });
});
