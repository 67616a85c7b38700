import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ICAL from 'ical.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSourceFile } from '../../../shared/node/tables/read-source-file.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

const INVENTORY = `JULY 2021
GLACY+, Octopus	Atelier à Cotonou sur l’entraide; la coopération, et les très longues phrases accentuées qu’un fichier doit plier sans les couper, 12-14 July (TBC), <i>Hybrid</i>
GLACY+	Advisory mission on legislation, Niger, 15 July, <i>Online</i>
GLACY+	Tenth Steering Committee, first week of July
Octopus	Translation of a convention
AUGUST 2021
Octopus	Study on something, August-September, <i>Desk study</i>
`;

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-calendar-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  await engine.call('calendar.import', { text: INVENTORY, apply: true });
  await engine.call('activity.create', {
    title: 'Formation',
    projects: ['GLACY+'],
    countries: ['XK'],
    start: '2021-07-30',
    end: '2021-08-02',
  });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Exported {
  readonly path: string;
  readonly events: number;
  readonly undated: number;
}

const exported = (args: object) =>
  engine.call<Exported>('calendar.export', {
    from: '2021-07-01',
    to: '2021-07-31',
    language: 'fr',
    path: path.join(folder, 'out'),
    ...args,
  });

/** The events of a file, as another program reads them. */
function eventsIn(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const [start, end] = [event.startDate, event.endDate];
    return {
      ...{ uid: event.uid, title: event.summary, wholeDays: start.isDate && end.isDate, start: start.toString(), end: end.toString() },
      status: component.getFirstPropertyValue('status'),
      occupied: component.getFirstPropertyValue('transp') === 'OPAQUE',
      wording: component.getFirstPropertyValue('x-itinera-date'),
    };
  });
}

it('writes whole days that end on the day after, tentative where they are to be confirmed, with the date as it was published', async () => {
  const { path: file, events, undated } = await exported({ format: 'ics' });
  expect([events, undated]).toEqual([4, 1]);
  const read = eventsIn(file);
  expect(read.map(({ uid, title, ...rest }) => [title.slice(0, 16), uid.endsWith('@itinera'), ...Object.values(rest)])).toEqual([
    ['Tenth Steering C', true, true, '2021-07-01', '2021-07-08', 'CONFIRMED', false, 'first week of July'],
    ['Atelier à Cotono', true, true, '2021-07-12', '2021-07-15', 'TENTATIVE', true, '12-14 July (TBC)'],
    ['Advisory mission', true, true, '2021-07-15', '2021-07-16', 'CONFIRMED', true, '15 July'],
    ['Formation', true, true, '2021-07-30', '2021-08-03', 'CONFIRMED', true, expect.stringContaining('30')],
  ]);
  expect(read[1]!.title).toMatch(/plier sans les couper$/u);
  const text = readFileSync(file, 'utf8');
  expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  expect(text).toMatch(/REFRESH-INTERVAL;VALUE=DURATION:P/u);

  const again = path.join(folder, 'again');
  await exported({ format: 'ics', path: again });
  expect(eventsIn(again).map(({ uid }) => uid)).toEqual(read.map(({ uid }) => uid));
});

it('writes a table in the language that is asked for, with what has no date', async () => {
  const { path: file, events, undated } = await exported({ format: 'xlsx' });
  expect([events, undated]).toEqual([5, 1]);
  const source = await readSourceFile(file);
  if (!source.ok) throw new Error(source.refusal.code);
  const [sheet, notes] = source.value.sheets;
  expect(sheet!.name).toBe('Calendrier des activités');
  const [headings, ...rows] = sheet!.rows.map(({ cells }) => cells);
  const at = (heading: string) => headings!.indexOf(heading);
  expect(
    rows.map((cells) => [
      cells[at('Projets')],
      cells[at('Type')],
      cells[at('Date telle que publiée')],
      cells[at('Date à confirmer')],
      cells[at('Modalité')] ?? '',
    ]),
  ).toEqual([
    ['GLACY+', 'Réunion', 'first week of July', '', ''],
    ['GLACY+, Octopus', 'Atelier ou formation', '12-14 July (TBC)', 'date à confirmer', 'Hybride'],
    ['GLACY+', 'Mission de conseil', '15 July', '', 'En ligne'],
    ['GLACY+', 'Atelier ou formation', '', '', 'En présentiel'],
    ['Octopus', 'Travail sur dossier', '', '', ''],
  ]);
  expect(rows[4]![at('Quand')]).toMatch(/sans date, juillet 2021/u);
  expect(notes!.rows[0]!.cells[0]).toMatch(/Kosovo/u);
});

it('leaves out what lies outside the period, and an entry from which a workshop was opened', async () => {
  expect((await exported({ format: 'ics', from: '2021-07-15', to: '2021-07-15' })).events).toBe(1);
  expect(await exported({ format: 'xlsx', from: '2021-09-01', to: '2021-09-30' })).toMatchObject({ events: 1, undated: 0 });
  const mission = (await engine.call<{ id: string; kind: string }[]>('activity.list', {})).find(({ kind }) => kind === 'mission')!;
  await engine.call('activity.create', { title: 'Mission au Niger', start: '2021-07-15', end: '2021-07-15', entryId: mission.id });
  const { path: file } = await exported({ format: 'ics', from: '2021-07-15', to: '2021-07-15' });
  expect(eventsIn(file).map(({ title }) => title)).toEqual(['Mission au Niger']);
});

it('writes an agenda at its instants, with the time in the room and in other zones in words', async () => {
  const { id } = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    languages: ['fr'],
    place: 'Port Moresby',
    start: '2021-07-12',
    end: '2021-07-13',
  });
  const item = { activityId: id, halfDay: '2021-07-12-AM' };
  await engine.call('activity.addItem', {
    ...item,
    title: 'Preuve électronique',
    start: '08:00',
    end: '09:30',
    room: 'Salle A',
    trainers: 'Mme KONÉ',
    mode: 'hybrid',
  });
  await engine.call('activity.addItem', { ...item, title: 'Ouverture' });
  const file = path.join(folder, 'agenda.ics');
  const asked = { activityId: id, path: file, zone: 'Pacific/Port_Moresby', zones: ['Europe/Bucharest', 'America/Lima'] };
  expect(await engine.call('calendar.exportAgenda', asked)).toMatchObject({ events: 2, untimed: 1 });
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')) as unknown[]);
  const [timed, untimed] = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  expect([timed!.startDate.toJSDate().toISOString(), timed!.endDate.toJSDate().toISOString()]).toEqual([
    '2021-07-11T22:00:00.000Z',
    '2021-07-11T23:30:00.000Z',
  ]);
  expect(timed!.location).toBe('Salle A, Port Moresby');
  expect(timed!.description.replace(/\u00a0/gu, ' ').split('\n')).toEqual([
    'Atelier',
    'Dans la salle (Port Moresby) : 08:00–09:30',
    'Bucharest : 01:00–02:30',
    expect.stringMatching(/^Lima : dim\. 11 juillet, 17:00–18:30$/u),
    'Hybride',
    'Mme KONÉ',
  ]);
  expect([untimed!.startDate.isDate, untimed!.startDate.toString(), untimed!.endDate.toString()]).toEqual([
    true,
    '2021-07-12',
    '2021-07-13',
  ]);
  expect((await engine.try('calendar.exportAgenda', { ...asked, zone: 'Nowhere/Land' })).ok).toBe(false);
});

it('reads on another laptop what was written as iCalendar, and files of other programs', async () => {
  const { path: file } = await exported({ format: 'ics' });
  const other = await openTestEngine(path.join(folder, 'other'));
  const read = await other.call<{ understood: object[]; doubtful: object[]; added: number }>('calendar.import', {
    path: file,
    apply: true,
  });
  expect([read.understood.length, read.doubtful.length, read.added]).toEqual([4, 0, 4]);
  const list = await other.call<{ title: string }[]>('activity.list', {});
  expect(list.find(({ title }) => title.startsWith('Atelier à Cotonou'))).toMatchObject({
    ...{
      projects: ['GLACY+', 'Octopus'],
      start: '2021-07-12',
      end: '2021-07-14',
      dateTbc: true,
      dateWording: '12-14 July (TBC)',
      precision: 'day',
    },
  });
  expect(list.find(({ title }) => title === 'Tenth Steering Committee')).toMatchObject({
    precision: 'week',
    start: '2021-07-01',
    end: '2021-07-07',
    dateTbc: false,
  });
  expect(await other.call('calendar.import', { path: file, apply: true })).toMatchObject({ added: 0 });
  const text = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Réunion', 'DTSTART;TZID=Europe/Paris:20210705T090000'],
    ...[
      'DTEND;TZID=Europe/Paris:20210706T170000',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:2',
      'SUMMARY:Sans date',
      'END:VEVENT',
      'END:VCALENDAR',
    ],
  ].join('\r\n');
  expect(await other.call('calendar.import', { text })).toMatchObject({
    understood: [{ title: 'Réunion', start: '2021-07-05', end: '2021-07-06', projects: [] }],
    doubtful: [{ reasons: ['dateUnreadable'] }],
  });
  expect((await other.try('calendar.import', { text: 'BEGIN:VCALENDAR\nBROKEN' })).ok).toBe(false);
  await other.close();
});
