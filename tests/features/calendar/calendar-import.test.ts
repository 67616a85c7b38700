import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import type { calendarContract } from '../../../shared/features/calendar/contract.ts';
import { writeWorkbook } from '../../../shared/node/tables/write-workbook.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

type Imported = ResultOf<(typeof calendarContract)['calendar.import']>;
type Listed = ResultOf<(typeof activityContract)['activity.list']>;

const INVENTORY = `Inventory of activities (July - September 2021)

JULY 2021

GLACY+, Octopus, T-CY	Workshop on laws, Benin, 12-14 July (TBC), <i>Hybrid</i>
GLACY+	Advisory mission on legislation, Niger, 15 July, <i>Online</i>
GLACY+	Tenth Steering Committee, first week of July
Octopus	Translation of a convention

AUGUST 2021

Octopus	Study on something, August-September, <i>Desk study</i>
GLACY+	Workshop on nothing, 31 June

SEPTEMBER 2021
Octopus	Study on something, August-September, <i>Desk study</i>
`;

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-calendar-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const imported = (args: object) => engine.call<Imported>('calendar.import', args);
const refusalOf = async (name: string, args: object): Promise<string | null> => {
  const answer = await engine.try(name, args);
  return answer.ok ? null : answer.error.code;
};
const listed = (filter: object = {}) => engine.call<Listed>('activity.list', filter);

it('shows what is understood and what is doubtful, and writes nothing', async () => {
  const { understood, doubtful, skipped, added } = await imported({ text: INVENTORY });
  expect(understood.map(({ line, title, does, kind }) => [line, title, does, kind])).toEqual([
    [5, 'Workshop on laws, Benin', 'new', 'workshop'],
    [6, 'Advisory mission on legislation, Niger', 'new', 'mission'],
    [7, 'Tenth Steering Committee', 'new', 'meeting'],
    [8, 'Translation of a convention', 'new', 'deskWork'],
    [12, 'Study on something', 'new', 'deskWork'],
    [16, 'Study on something', 'repeated', 'deskWork'],
  ]);
  expect(doubtful).toEqual([{ line: 13, text: 'GLACY+\tWorkshop on nothing, 31 June', reasons: ['noSuchDay'], unknown: [] }]);
  expect([skipped, added]).toEqual([4, 0]);
  expect(await listed()).toEqual([]);
});

it('writes what is understood into the calendar once, however often it is imported', async () => {
  expect(await imported({ text: INVENTORY, apply: true })).toMatchObject({ added: 5 });
  const list = await listed();
  expect(list).toHaveLength(5);
  expect(list.find(({ title }) => title === 'Workshop on laws, Benin')).toMatchObject({
    ...{
      projects: ['GLACY+', 'Octopus'],
      partners: ['T-CY'],
      mode: 'hybrid',
      start: '2021-07-12',
      end: '2021-07-14',
      precision: 'day',
      dateTbc: true,
    },
    ...{ kind: 'workshop', inCalendar: true, listedUnder: '2021-07', dateWording: '12-14 July (TBC)', people: 0, entryId: null },
    wording: 'GLACY+, Octopus, T-CY\tWorkshop on laws, Benin, 12-14 July (TBC), <i>Hybrid</i>',
  });
  expect(list.find(({ kind }) => kind === 'meeting')).toMatchObject({
    precision: 'week',
    mode: 'unspecified',
    start: '2021-07-01',
    end: '2021-07-07',
  });
  expect(list.find(({ title }) => title === 'Translation of a convention')).toMatchObject({
    precision: 'none',
    start: '',
    end: '',
    dateTbc: false,
  });

  const again = await imported({ text: INVENTORY, apply: true });
  expect(again.added).toBe(0);
  expect(again.understood.map(({ does }) => does)).toEqual(['there', 'there', 'there', 'there', 'there', 'repeated']);
  expect((await listed()).map(({ id }) => id)).toEqual(list.map(({ id }) => id));
});

it('keeps what somebody changed in an entry, and does not bring back what was removed', async () => {
  const { understood } = await imported({ text: INVENTORY, apply: true });
  const [first, second] = understood;
  await engine.call('activity.update', { id: first!.id, title: 'Workshop on laws in Cotonou', kind: 'other' });
  await engine.call('activity.reschedule', { id: first!.id, start: '2021-07-13', end: '2021-07-15' });
  await engine.call('activity.remove', { id: second!.id });
  expect((await imported({ text: INVENTORY, apply: true })).understood.map(({ does }) => does).slice(0, 3)).toEqual([
    'there',
    'removed',
    'there',
  ]);
  expect((await listed()).find(({ id }) => id === first!.id)).toMatchObject({
    title: 'Workshop on laws in Cotonou',
    kind: 'other',
    start: '2021-07-13',
  });
});

it('finds a workshop that somebody opened by hand', async () => {
  const { id } = await engine.call<{ id: string }>('activity.create', {
    title: 'workshop on laws,  Benín',
    start: '2021-07-12',
    end: '2021-07-14',
  });
  expect((await imported({ text: INVENTORY, apply: true })).understood[0]).toMatchObject({ does: 'there', id });
});

it('an entry is no workshop until one is opened from it, which then stands in its place', async () => {
  const { understood } = await imported({ text: INVENTORY, apply: true });
  const { id } = understood[0]!;
  expect(await listed({ inCalendar: false })).toEqual([]);
  expect(await engine.call('activity.today', { day: '2021-07-13' })).toMatchObject({ current: null, upcoming: [], recent: [] });
  for (const [call, args] of [
    ['people.list', { activityId: id }],
    ['people.add', { activityId: id, familyName: 'N’GUESSAN' }],
    ['attendance.summary', { activityId: id }],
    ['activity.addItem', { activityId: id, title: 'Opening', halfDay: '2021-07-12-AM' }],
    ['activity.create', { title: 'From nowhere', start: '2021-07-12', end: '2021-07-14', entryId: '00000000-0000-4000-8000-000000000000' }],
  ] as const)
    expect(await refusalOf(call, args), call).toBe('activity.unknown');
  const opened = await engine.call<{ id: string }>('activity.create', {
    title: 'Workshop on laws',
    start: '2021-07-12',
    end: '2021-07-14',
    entryId: id,
  });
  expect(await listed({ inCalendar: false })).toMatchObject([{ id: opened.id, entryId: id, kind: 'workshop', inCalendar: false }]);
});

it('takes names for projects and a year that are given', async () => {
  const text = 'JULY\nNOVA-2\tWorkshop, 5 July';
  expect((await imported({ text })).doubtful).toMatchObject([{ reasons: ['projectUnknown', 'noYear'], unknown: ['NOVA-2'] }]);
  expect((await imported({ text, year: 2023, projects: ['NOVA-2'], apply: true })).added).toBe(1);
  // It is known from then on.
  expect((await imported({ text, year: 2023 })).understood).toMatchObject([{ projects: ['NOVA-2'], start: '2023-07-05', does: 'there' }]);
});

it('reads a file of text in any encoding, and a workbook by its rows', async () => {
  const latin = path.join(folder, 'activités.txt');
  writeFileSync(latin, Buffer.from('JUILLET 2021\nGLACY+\tAtelier à Dakar, Sénégal, 5-6 juillet, en ligne\n', 'latin1'));
  expect((await imported({ path: latin })).understood).toMatchObject([
    { line: 2, title: 'Atelier à Dakar, Sénégal', start: '2021-07-05', mode: 'online' },
  ]);
  const book = path.join(folder, 'activities.xlsx');
  const rows = [
    ['GLACY+', 'Workshop', '5 July 2021', 'Online'],
    ['', '', '', ''],
    ['GLACY+', 'Meeting', '6 July 2021', ''],
  ];
  writeFileSync(book, await writeWorkbook([{ name: 'Plan', headings: ['Project', 'Activity', 'Date', 'Mode'], rows }]));
  expect((await imported({ path: book })).understood).toMatchObject([
    { line: 2, title: 'Workshop' },
    { line: 4, title: 'Meeting' },
  ]);
  const picture = path.join(folder, 'picture.png');
  writeFileSync(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3]));
  expect(await refusalOf('calendar.import', { path: picture })).toBe('table.unreadable');
  expect(await refusalOf('calendar.import', { path: path.join(folder, 'none.txt') })).toBe('file.missing');
});
