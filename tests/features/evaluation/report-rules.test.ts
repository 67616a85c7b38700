import { expect, test } from 'vitest';
import { byCountry, byProfession, byProfessionSex, bySex, countries } from '../../../shared/features/report/figures.ts';
import { expectedA, tableOf } from '../activity/workshop-a.ts';

const SEXES: Readonly<Record<string, string>> = { F: 'female', M: 'male' };
const people = tableOf('participants.csv').rows.map(({ cells }) => ({ sex: SEXES[cells[3]!]!, profession: cells[4]!, country: cells[5]! }));
const record = (counts: readonly { key: string; count: number }[]): Record<string, number> =>
  Object.fromEntries(counts.map(({ key, count }) => [key, count]));

test('the people of workshop A are counted as expected', () => {
  const { A } = expectedA();
  expect(record(bySex(people))).toEqual({ female: A.bySex.F, male: A.bySex.M });
  expect(record(byProfession(people))).toEqual(A.byRole);
  expect(record(byCountry(people))).toEqual(A.byCountry);
  expect(countries(people)).toBe(A.countries);
  const both = Object.entries(A.byRoleSex).map(([key, count]) => [key.replace(/F$/, 'female').replace(/M$/, 'male'), count]);
  expect(record(byProfessionSex(people))).toEqual(Object.fromEntries(both));
});

test('what nobody wrote down is said as not recorded, last, and is no country', () => {
  const some = [
    { sex: 'notStated', profession: null, country: null },
    { sex: 'male', profession: 'prosecutor', country: 'SN' },
    { sex: 'female', profession: 'judge', country: null },
  ];
  expect(bySex(some).map(({ key }) => key)).toEqual(['female', 'male', 'notStated']);
  expect(byProfession(some).map(({ key }) => key)).toEqual(['judge', 'prosecutor', 'notRecorded']);
  expect(byProfessionSex(some).map(({ key }) => key)).toEqual(['judge/female', 'prosecutor/male', 'notRecorded/notStated']);
  expect(byCountry(some)).toEqual([
    { key: 'SN', count: 1 },
    { key: 'notRecorded', count: 2 },
  ]);
  expect(countries(some)).toBe(1);
});
