import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { reportContract } from '../../../shared/features/report/contract.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

type Period = ResultOf<(typeof reportContract)['report.period']>;

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-period-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const JULY = { from: '2021-07-01', to: '2021-07-31' };
const period = (language: string, dates = JULY) => engine.call<Period>('report.period', { ...dates, language });

async function fill(): Promise<void> {
  await engine.call('calendar.import', {
    text: 'JULY 2021\nGLACY+\tSeries of webinars (7/10), 8 July, Online\nOctopus, GLACY+\tStudy, July-August, Desk study\nOctopus\tBureau meeting, 3 August\n',
    apply: true,
  });
  for (const start of ['2021-07-12', '2021-07-20']) {
    const { id } = await engine.call<{ id: string }>('activity.create', {
      ...{ title: `Atelier ${start}`, projects: ['GLACY+'], languages: ['fr'], countries: ['XK'], mode: 'hybrid', start, end: start },
    });
    for (const givenName of ['Ana', 'Ben', 'Cem', 'Dea', 'Edi'])
      await engine.call('people.add', {
        activityId: id,
        familyName: 'KRASNIQI',
        givenName,
        country: 'XK',
        sex: 'female',
        institution: 'Academy',
      });
  }
}

it('counts activities of every kind, people once and attendances, the same in four languages', async () => {
  await fill();
  const english = await period('en');
  expect(english).toMatchObject({ activities: 4, workshops: 2, unmarked: 2, people: 5, attendances: 10, again: 5, countries: 1 });
  expect(english.byProject).toMatchObject([
    { key: 'GLACY+', activities: 4, people: 5, attendances: 10 },
    // Desk work has no list: nobody is said not to have come.
    { key: 'Octopus', activities: 1, people: null, attendances: null },
  ]);
  expect(english.byMode.map(({ label, activities }) => [label, activities])).toEqual([
    ['Hybrid', 2],
    ['Desk work', 1],
    ['Online', 1],
  ]);
  expect(english.byCountry).toMatchObject([{ key: 'XK', label: expect.stringContaining('*'), activities: 2, people: 5, attendances: 10 }]);
  expect(english.series).toEqual([{ title: 'Series of webinars', of: 10, parts: [7] }]);
  const numbers = ({ document: _document, notes: _notes, ...figures }: Period) =>
    JSON.stringify(figures, (key, value: unknown) => (key === 'label' ? undefined : value));
  for (const language of LANGUAGES) expect(numbers(await period(language)), language).toBe(numbers(english));
});

it('is a document whose every number is one of the figures, in the language that was asked for', async () => {
  await fill();
  const { document, ...figures } = await period('fr');
  const text = JSON.stringify(document);
  expect(document.language).toBe('fr');
  expect(text).not.toMatch(/\b(?:By|People|Activities|Attendances|Desk work|of 10)\b/u);
  expect(text).toContain('Kosovo*');
  const facts = document.blocks.flatMap((block) => (block.is === 'facts' ? block.facts : []));
  for (const { key, cell } of facts) expect(cell.number, key).toBe((figures as unknown as Record<string, number>)[key]);
  const file = path.join(folder, 'period.csv');
  await engine.call('report.exportPeriod', { ...JULY, language: 'fr', path: file });
  const csv = readFileSync(file, 'utf8');
  expect(csv).toContain('GLACY+');
  expect(csv.split('\r\n').some((line) => /Participations.*10/u.test(line))).toBe(true);
});

it('where activities have no list of people, who came is not recorded, and never none', async () => {
  await fill();
  const said = { en: 'Not recorded', fr: 'Non renseigné', es: 'No consta', pt: 'Não registado' };
  for (const language of LANGUAGES) {
    const blocks = (await period(language)).document.blocks;
    const rows = blocks.flatMap((block) => (block.is === 'chart' ? block.table.rows : []));
    const octopus = rows.find(({ label }) => label === 'Octopus')!.cells.map(({ text, number }) => number ?? text);
    expect(octopus).toEqual([1, said[language], said[language]]);
  }
  // A period in which nothing else stands.
  await engine.call('calendar.import', { text: 'MARCH 2031\nGLACY+\tAdvisory mission, 3 March, Praia\n', apply: true });
  const alone = await period('en', { from: '2031-01-01', to: '2031-12-31' });
  const facts = alone.document.blocks.flatMap((block) => (block.is === 'facts' ? block.facts : []));
  const toldOf = (key: string) => facts.filter((fact) => fact.key === key).map(({ cell }) => cell.number ?? cell.text);
  expect(new Set(toldOf('activities'))).toEqual(new Set([1]));
  for (const key of ['people', 'attendances', 'again', 'countries']) expect(new Set(toldOf(key)), key).toEqual(new Set(['Not recorded']));
});

it('an empty period has nothing, and is told', async () => {
  expect(await period('en', { from: '1999-01-01', to: '1999-12-31' })).toMatchObject({
    activities: 0,
    people: 0,
    byProject: [],
    bySex: [],
    notes: [],
  });
});
