import { expect, test } from 'vitest';
import {
  peopleAcross,
  periodFigures,
  seriesIn,
  type PeriodActivity,
  type PeriodRecord,
} from '../../../shared/features/report/period-figures.ts';

function person(id: string, activityId: string, more: Partial<PeriodRecord> = {}): PeriodRecord {
  return { id, activityId, familyName: 'KONÉ', givenName: 'Awa', email: '', country: 'CI', institution: 'INFJ', sex: 'female', ...more };
}
function activity(id: string, more: Partial<PeriodActivity> = {}): PeriodActivity {
  return { id, title: id, projects: ['GLACY+'], countries: ['CI'], languages: ['fr'], mode: 'online', kind: 'workshop', ...more };
}
const none = { links: [], there: new Set<string>(), marked: new Set<string>() };

test('people are counted once over all workshops, attendances once a workshop', () => {
  const figures = periodFigures({
    ...none,
    activities: [
      activity('a', { projects: ['GLACY+', 'Octopus'] }),
      activity('b'),
      activity('c', { kind: 'deskWork', projects: [], languages: [] }),
    ],
    records: [
      person('1', 'a'),
      person('2', 'b', { familyName: 'Kone', institution: 'infj' }),
      person('3', 'b', { familyName: 'TRAORE', givenName: 'Moussa', country: '' }),
      person('4', 'a', { familyName: 'MAÏGA', givenName: 'Ali', country: 'ML', sex: '' }),
    ],
  });
  expect(figures).toMatchObject({ activities: 3, workshops: 2, unmarked: 2, people: 3, attendances: 4, again: 1, countries: 2, bySex: [] });
  expect(figures.byProject).toEqual([
    { key: 'GLACY+', activities: 2, people: 3, attendances: 4 },
    { key: 'Octopus', activities: 1, people: 2, attendances: 2 },
    { key: 'notRecorded', activities: 1, people: 0, attendances: 0 },
  ]);
  expect(figures.byCountry).toEqual([
    { key: 'CI', activities: 3, people: 1, attendances: 2 },
    { key: 'ML', activities: 0, people: 1, attendances: 1 },
    { key: 'notRecorded', activities: 0, people: 1, attendances: 1 },
  ]);
});

test('where somebody was marked, who was never there did not attend', () => {
  const records = [person('1', 'a'), person('2', 'a', { givenName: 'Ali' }), person('3', 'b', { givenName: 'Zan' })];
  const given = { ...none, activities: [activity('a'), activity('b')], records, there: new Set(['1']), marked: new Set(['a']) };
  expect(periodFigures(given)).toMatchObject({ people: 2, attendances: 2, unmarked: 1 });
});

test('records are one person by what somebody said, by name and address, by name, country and institution', () => {
  const records = [
    person('1', 'a', { email: 'awa@example.org', institution: 'X' }),
    person('2', 'b', { email: 'AWA@example.org', institution: 'Y' }),
    person('3', 'c', { givenName: 'A.', institution: 'Z' }),
    person('4', 'd', { institution: 'W' }),
  ];
  const who = peopleAcross(records, [['2', '3']]);
  expect([who('1') === who('2'), who('2') === who('3'), who('1') === who('4')]).toEqual([true, true, false]);
});

test('homonyms of one workshop are two people, and join nobody elsewhere', () => {
  const records = [person('1', 'a'), person('2', 'a'), person('3', 'b')];
  const who = peopleAcross(records, []);
  expect(new Set(['1', '2', '3'].map(who)).size).toBe(3);
  // Once they are said to be one, the third is that one.
  const linked = peopleAcross(records, [['1', '2']]);
  expect(new Set(['1', '2', '3'].map(linked)).size).toBe(1);
});

test('fewer than five people are not broken down, and a person of several records is one by sex', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((givenName) =>
    person(givenName, 'w', { givenName, sex: givenName === 'a' ? 'male' : 'female' }),
  );
  const given = { ...none, activities: [activity('w')] };
  expect(periodFigures({ ...given, records: five.slice(1) }).bySex).toEqual([]);
  expect(periodFigures({ ...given, records: [...five, person('f', 'w', { givenName: 'e2' })], links: [['e', 'f']] }).bySex).toEqual([
    { key: 'female', count: 4 },
    { key: 'male', count: 1 },
  ]);
});

test('series are known by their titles', () => {
  const titles = [
    'Webinars for trainers (7/10)',
    'Webinars for trainers (3/10)',
    'webinars  for trainers (7/10)',
    'The 24/7 network',
    'Units 6-9',
    'Part 1/1',
  ];
  expect(seriesIn(titles.map((title) => ({ title })))).toEqual([{ title: 'Webinars for trainers', of: 10, parts: [3, 7] }]);
});

test('500 workshops and 20,000 people are counted', () => {
  const activities = Array.from({ length: 500 }, (_, at) => activity(`w${at}`, { projects: [`P${at % 7}`] }));
  const records = Array.from({ length: 20_000 }, (_, at) =>
    person(`r${at}`, `w${(at + Math.floor(at / 15_000)) % 500}`, { familyName: `F${at % 15_000}` }),
  );
  const figures = periodFigures({ ...none, activities, records });
  expect(figures).toMatchObject({ activities: 500, attendances: 20_000, people: 15_000, again: 5_000 });
});
