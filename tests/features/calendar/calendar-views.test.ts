import { expect, test } from 'vitest';
import { inCalendar, touching } from '../../../shared/features/calendar/calendar-entries.ts';
import { monthsIn, movedBy, periodOf, projectsOf, wantedIn, weeksOf } from '../../../shared/features/calendar/calendar-views.ts';
import type { ToldActivity } from '../../../shared/features/calendar/calendar-words.ts';

function made(id: string, start: string, end: string, more: Partial<ToldActivity> = {}): ToldActivity {
  return {
    ...{ id, title: id, start, end, listedUnder: null, entryId: null, sample: false, archived: false, projects: ['GLACY+'], partners: [] },
    ...{ countries: [], place: '', mode: 'online', kind: 'workshop', precision: 'day', dateTbc: false, dateWording: '', wording: '' },
    ...more,
  };
}
const ids = (activities: readonly ToldActivity[]) => activities.map(({ id }) => id);

test('periods follow on each other over the ends of years', () => {
  expect(periodOf('quarter', '2024-02-29')).toEqual({ from: '2024-01-01', to: '2024-03-31' });
  expect(periodOf('month', '2024-02-10')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(periodOf('year', '2021-07-15')).toEqual({ from: '2021-01-01', to: '2021-12-31' });
  expect([movedBy('month', '2021-12-31', 1), movedBy('quarter', '2021-02-01', -1), movedBy('list', '2021-02-01', 2)]).toEqual([
    '2022-01-01',
    '2020-10-01',
    '2023-01-01',
  ]);
});

test('a calendar has no sample, nothing twice, and what has no date behind its month', () => {
  const all = [
    made('undated', '', '', { listedUnder: '2021-07', precision: 'none' }),
    made('entry', '2021-07-12', '2021-07-14'),
    made('workshop', '2021-07-12', '2021-07-15', { entryId: 'entry' }),
    made('sample', '2021-07-01', '2021-07-02', { sample: true }),
    made('august', '2021-08-01', '2021-08-02'),
    made('backwards', '2021-07-20', '2021-07-18'),
  ];
  expect(ids(inCalendar(all))).toEqual(['workshop', 'backwards', 'undated', 'august']);
  expect(ids(touching(inCalendar(all), '2021-07-15', '2021-07-31'))).toEqual(['workshop', 'backwards', 'undated']);
});

test('months have what is known to the day apart from what is known of the month', () => {
  const july = made('july', '2021-07-01', '2021-08-31', { precision: 'month' });
  const week = made('week', '2021-07-25', '2021-08-02', { precision: 'week' });
  const months = monthsIn([july, week], '2021-07-01', '2021-09-30');
  expect(months.map(({ month, exact, blurred }) => [month, ids(exact), ids(blurred)])).toEqual([
    ['2021-07-01', ['week'], ['july']],
    ['2021-08-01', ['week'], ['july']],
    ['2021-09-01', [], []],
  ]);
});

test('the weeks of a month have a line for each of what falls together, and one that is free again is used', () => {
  const weeks = weeksOf(
    [made('a', '2021-06-30', '2021-07-02'), made('b', '2021-07-01', '2021-07-06'), made('c', '2021-07-03', '2021-07-03')],
    '2021-07-15',
  );
  expect(weeks).toHaveLength(5);
  expect(weeks[0]!.days).toEqual(['2021-06-28', '2021-06-29', '2021-06-30', '2021-07-01', '2021-07-02', '2021-07-03', '2021-07-04']);
  expect(
    weeks[0]!.bars.map(({ activity, column, columns, line, before, after }) => [activity.id, column, columns, line, before, after]),
  ).toEqual([
    ['a', 3, 3, 1, false, false],
    ['b', 4, 4, 2, false, true],
    ['c', 6, 1, 1, false, false],
  ]);
  expect(weeks[1]!.bars.map(({ activity, column, columns, before }) => [activity.id, column, columns, before])).toEqual([
    ['b', 1, 2, true],
  ]);
});

test('is narrowed by words, project and kind, and counts projects', () => {
  const all = [
    made('Atelier à Cotonou', '2021-07-01', '2021-07-01', { projects: ['GLACY+', 'Octopus'] }),
    made('Réunion', '2021-07-01', '2021-07-01', { kind: 'meeting', wording: 'Steering Committee' }),
  ];
  expect(ids(wantedIn(all, { text: 'COTONOU atelier', project: null, kind: null }))).toEqual(['Atelier à Cotonou']);
  expect(ids(wantedIn(all, { text: 'steering', project: 'GLACY+', kind: 'meeting' }))).toEqual(['Réunion']);
  expect(wantedIn(all, { text: '', project: 'Octopus', kind: 'meeting' })).toEqual([]);
  expect(projectsOf(all)).toEqual([
    { project: 'GLACY+', count: 2 },
    { project: 'Octopus', count: 1 },
  ]);
});
