import { expect, test } from 'vitest';
import {
  periodDoubles,
  periodFigures,
  seriesIn,
  type PeriodActivity,
  type PeriodGiven,
  type PeriodRecord,
} from '../../../shared/features/report/period-figures.ts';
import { peopleAcross } from '../../../shared/features/people/people-across.ts';

function person(id: string, activityId: string, more: Partial<PeriodRecord> = {}): PeriodRecord {
  return { id, activityId, familyName: 'KONÉ', givenName: 'Awa', email: '', country: 'CI', institution: 'INFJ', sex: 'female', ...more };
}
function activity(id: string, more: Partial<PeriodActivity> = {}): PeriodActivity {
  return {
    id,
    title: id,
    projects: ['GLACY+'],
    countries: ['CI'],
    languages: ['fr'],
    mode: 'online',
    kind: 'workshop',
    partOf: null,
    ...more,
  };
}
const none = { there: new Set<string>(), marked: new Set<string>() };
const nothingSaid = { same: [], apart: [] };
/** The figures of activities that are all of the calendar. */
const figuresOf = ({
  same = [],
  apart = [],
  ...given
}: Partial<PeriodGiven['said']> & Pick<PeriodGiven, 'activities' | 'records'> & Partial<PeriodGiven>) =>
  periodFigures({ ...none, calendar: given.activities.map(({ id }) => id), said: { same, apart }, ...given });

test('people are counted once over all workshops, attendances once a workshop', () => {
  const figures = figuresOf({
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
    { key: 'notRecorded', activities: 1, people: null, attendances: null },
  ]);
  expect(figures.byCountry).toEqual([
    { key: 'CI', activities: 3, people: 1, attendances: 2 },
    { key: 'ML', activities: 0, people: 1, attendances: 1 },
    { key: 'notRecorded', activities: 0, people: 1, attendances: 1 },
  ]);
});

test('where somebody was marked, who was never there did not attend', () => {
  const records = [person('1', 'a'), person('2', 'a', { givenName: 'Ali' }), person('3', 'b', { givenName: 'Zan' })];
  const given = { activities: [activity('a'), activity('b')], records, there: new Set(['1']), marked: new Set(['a']) };
  expect(figuresOf(given)).toMatchObject({ people: 2, attendances: 2, unmarked: 1 });
});

test('records are one person by what somebody said, by name and address, by name, country and institution', () => {
  const records = [
    person('1', 'a', { email: 'awa@example.org', institution: 'X' }),
    person('2', 'b', { email: 'AWA@example.org', institution: 'Y' }),
    person('3', 'c', { givenName: 'A.', institution: 'Z' }),
    person('4', 'd', { institution: 'W' }),
  ];
  const { certain: who } = peopleAcross(records, { same: [['2', '3']], apart: [] });
  expect([who('1') === who('2'), who('2') === who('3'), who('1') === who('4')]).toEqual([true, true, false]);
});

test('homonyms of one workshop are two people, and join nobody elsewhere', () => {
  const records = [person('1', 'a'), person('2', 'a'), person('3', 'b')];
  const { certain: who } = peopleAcross(records, nothingSaid);
  expect(new Set(['1', '2', '3'].map(who)).size).toBe(3);
  // Once they are said to be one, the third is that one.
  const { certain: linked } = peopleAcross(records, { same: [['1', '2']], apart: [] });
  expect(new Set(['1', '2', '3'].map(linked)).size).toBe(1);
});

test('fewer than five people are not broken down, and a person of several records is one by sex', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((givenName) =>
    person(givenName, 'w', { givenName, sex: givenName === 'a' ? 'male' : 'female' }),
  );
  const given = { activities: [activity('w')] };
  expect(figuresOf({ ...given, records: five.slice(1) })).toMatchObject({ bySex: [], sexWithheld: 4 });
  expect(figuresOf({ ...given, records: [...five, person('f', 'w', { givenName: 'e2' })], same: [['e', 'f']] }).bySex).toEqual([
    { key: 'female', count: 4 },
    { key: 'male', count: 1 },
  ]);
});

test('who may be one person is counted once, told as a possible double, and joined by nobody but people', () => {
  const activities = [activity('a'), activity('b'), activity('c')];
  const unsaid = { institution: '' };
  const records = [
    person('1', 'a', unsaid),
    person('2', 'b', unsaid),
    person('3', 'c', { familyName: 'Koné', country: '', institution: 'ENM' }),
    person('4', 'c', { ...unsaid, country: 'ML' }),
  ];
  expect(figuresOf({ activities, records })).toMatchObject({ people: 2, doubles: 2, peopleAtMost: 4, attendances: 4, again: 1 });
  const given = { ...none, activities, calendar: ['a', 'b', 'c'], records, said: nothingSaid };
  expect(periodDoubles(given).map((pair) => pair.map(({ id }) => id))).toEqual([
    ['1', '2'],
    ['1', '3'],
  ]);
  expect(figuresOf({ activities, records, same: [['1', '2']] })).toMatchObject({ people: 2, doubles: 1, peopleAtMost: 3 });
  const apart: [string, string][] = [
    ['1', '2'],
    ['3', '1'],
  ];
  // The second may still be the third.
  expect(figuresOf({ activities, records, apart })).toMatchObject({ people: 3, doubles: 1, peopleAtMost: 4 });
  expect(figuresOf({ activities, records, apart: [...apart, ['2', '3']] })).toMatchObject({ people: 4, doubles: 0, peopleAtMost: 4 });
});

test('two people of one workshop are two, whoever of them comes again; another institution or address is another person', () => {
  const activities = [activity('a'), activity('b')];
  const unsaid = { institution: '' };
  const twice = [person('1', 'a', unsaid), person('2', 'a', unsaid), person('3', 'b', unsaid)];
  expect(figuresOf({ activities, records: twice })).toMatchObject({ people: 2, doubles: 1, attendances: 3 });
  const differ = (one: Partial<PeriodRecord>, other: Partial<PeriodRecord>) =>
    figuresOf({ activities, records: [person('1', 'a', one), person('2', 'b', other)] }).people;
  expect(differ({ institution: 'INFJ' }, { institution: 'Parquet de Bouaké' })).toBe(2);
  expect(differ({ institution: 'Tribunal de Grande Instance' }, { institution: 'TGI' })).toBe(1);
  expect(differ({ email: 'a@example.org', institution: '' }, { email: 'b@example.org', institution: '' })).toBe(2);
});

test('told apart, not even the same name, country and institution make one person', () => {
  const activities = [activity('a'), activity('b')];
  const records = [person('1', 'a'), person('2', 'b')];
  expect(figuresOf({ activities, records, apart: [['1', '2']] })).toMatchObject({ people: 2, doubles: 0 });
});

test('people are told of in the workshop in which they first came, or as not told', () => {
  const named = (workshop: string, from: number, to: number, sex: string): PeriodRecord[] =>
    Array.from({ length: to - from }, (_, at) => person(`${workshop}${from + at}`, workshop, { familyName: `F${from + at}`, sex }));
  const records = [...named('a', 0, 6, 'female'), ...named('b', 4, 12, 'male'), ...named('c', 10, 14, 'male')];
  const [a, b, c] = ['a', 'b', 'c'].map((id) => activity(id));
  const calendar = ['a', 'b', 'c'];
  expect(figuresOf({ activities: [a!, b!, c!], calendar, records })).toMatchObject({
    bySex: [
      { key: 'female', count: 6 },
      { key: 'male', count: 6 },
    ],
    sexWithheld: 2,
  });
  expect(figuresOf({ activities: [b!], calendar, records })).toMatchObject({ bySex: [{ key: 'male', count: 6 }], sexWithheld: 2 });
  expect(figuresOf({ activities: [c!], calendar, records })).toMatchObject({ bySex: [], sexWithheld: 4 });
});

test('activities stand under what they are parts of, by region as by country', () => {
  const whole = { id: 'w', title: 'Plenary' };
  const activities = [
    activity('w', { countries: ['CI', 'SN'] }),
    activity('d', { partOf: whole, countries: ['MA'] }),
    activity('e', { partOf: whole, countries: [] }),
  ];
  const records = [person('1', 'w'), person('2', 'd'), person('3', 'e', { familyName: 'DIOP', country: 'SN' })];
  expect(figuresOf({ activities, records })).toMatchObject({
    parts: 2,
    nested: [{ id: 'w', title: 'Plenary', parts: 2, people: 2, attendances: 3 }],
    byRegion: [
      { key: 'westCentralAfrica', activities: 1, people: 2, attendances: 3 },
      { key: 'middleEastNorthAfrica', activities: 1, people: 0, attendances: 0 },
    ],
  });
  expect(figuresOf({ activities: activities.slice(1), records }).nested).toMatchObject([{ id: 'w', parts: 2, people: 2, attendances: 2 }]);
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
  const figures = figuresOf({ activities, records });
  expect(figures).toMatchObject({ activities: 500, attendances: 20_000, people: 15_000, again: 5_000 });
});
