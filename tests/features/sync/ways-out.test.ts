import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letterOfStatus, lettersOf } from '../../../shared/features/attendance/letters.ts';
import { matrixSheets, type MatrixWords } from '../../../shared/features/attendance/matrix-export.ts';
import { personFinder } from '../../../shared/features/attendance/sheets/person-column.ts';
import { PERSON_FIELDS } from '../../../shared/features/people/rules.ts';
import { listedCountry } from '../../../shared/features/people/listed/listed-country.ts';
import { professionOf } from '../../../shared/features/people/listed/listed-profession.ts';
import { sexOf } from '../../../shared/features/people/list/sex-legend.ts';
import { countryName, COUNTRY_CODES } from '../../../shared/kernel/countries.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { PROFESSIONS, SEXES } from '../../../shared/model/vocabularies.ts';
import { participant } from '../../../shared/model/people.ts';
import { readSource } from '../../../shared/node/tables/read-source.ts';
import { unzipCapped } from '../../../shared/node/tables/zip-entries.ts';
import { writeWorkbook } from '../../../shared/node/tables/write-workbook.ts';
import { openTestEngine, ROOT, type TestEngine } from '../../support/laptops/engine.ts';
import { WORKSHOP_A } from '../activity/workshop-a.ts';

const FORMATS = ['xlsx', 'csv'] as const;
const EACH = LANGUAGES.flatMap((language) => FORMATS.map((format) => ({ language, format })));

let base: string;
let engine: TestEngine;
let activityId: string;

const zipEntries = (archive: Buffer) => {
  const entries = unzipCapped(archive, () => true, { entries: 100, bytes: 1e8 }) ?? [];
  return new Map(entries.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')]));
};
const target = (name: string) => path.join(base, name);
const peopleWords = (language: string) =>
  JSON.parse(readFileSync(path.join(ROOT, `locales/${language}/people.json`), 'utf8')) as {
    readonly field: Readonly<Record<string, string>>;
    readonly table: { readonly ref: string };
  };
const sheetsOf = async (file: string) => {
  const read = await readSource(file);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value.sheets;
};
const rowsOf = async (file: string) => (await sheetsOf(file))[0]!.rows.map(({ cells }) => [...cells]);

/** Names as the field has them, and as somebody makes them who would have a spreadsheet run something. */
const ODD = [
  {
    ...{
      familyName: 'DIALLO',
      givenName: 'Awa',
      institution: '=1+1',
      ref: '001',
      country: 'XK',
      phone: '+221 77 123 45 67 / 33 889 00 00',
    },
    ...{ accessNeeds: 'Rampe d’accès', diet: 'végétarienne', notes: 'Arrive le 12 au soir,\nrepart le 15.' },
    ...{ consentPhoto: 'yes 1 2021-07-12', consentDirectory: 'no 1 2021-07-12' },
  },
  { familyName: 'Ñáñez; "Peña", y', givenName: 'José-María', institution: "'@cour", country: 'CG' },
  { familyName: "N'GUESSAN", givenName: 'Yao', institution: '+221 33 800 00 00' },
  { familyName: 'TRAORE', givenName: 'Moussa', country: 'GW', sex: 'notStated' },
];

const FAMILIES = ['ZONGO', 'SOMÉ', 'BAMBA', 'DRABO', 'LOPES', 'PÉREZ GÓMEZ', 'da SILVA', 'OKORO'];

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'itinera-ways-out-'));
  engine = await openTestEngine(path.join(base, 'data'));
  const created = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    languages: ['fr'],
    countries: ['SN'],
    start: '2021-07-12',
    end: '2021-07-15',
  });
  activityId = created.id;
  for (const call of ['people.import', 'attendance.import'] as const) {
    const file = call === 'people.import' ? 'participants.csv' : 'attendance.csv';
    await engine.call(call, { activityId, path: path.join(WORKSHOP_A, file), apply: true });
  }
  for (const person of ODD) await engine.call('people.add', { activityId, ...person });
  for (const [index, profession] of PROFESSIONS.entries()) {
    const sex = SEXES[index % SEXES.length];
    const language = LANGUAGES[index % LANGUAGES.length];
    const names = { familyName: FAMILIES[index], givenName: 'Ada', institution: 'École', email: `ada.${index}@example.org` };
    await engine.call('people.add', { activityId, ...names, profession, sex, language, country: 'CI', ref: `Z-${index}` });
  }
});
afterAll(async () => {
  await engine.close();
  rmSync(base, { recursive: true });
});

const exported = async (call: 'people.exportList' | 'attendance.export', { language, format }: (typeof EACH)[number]) => {
  const file = target(`${call}-${language}.${format}`);
  const answer = await engine.call<{ path: string; rows: number }>(call, { activityId, path: file, language, format });
  expect(answer).toEqual({ path: file, rows: 25 + ODD.length + PROFESSIONS.length });
  expect(lstatSync(file).mode & 0o777).toBe(0o600);
  return file;
};

describe('the list of people', () => {
  it.each(EACH)('in $language as $format reads back in as nothing new', async (way) => {
    const file = await exported('people.exportList', way);
    const looked = await engine.call<Record<string, unknown>>('people.import', { activityId, path: file, apply: false });
    expect(looked).toMatchObject({ added: 0, updated: 0, rejected: [], unchanged: 25 + ODD.length + PROFESSIONS.length });
  });

  it('has a column for every field of a person, and each value once', async () => {
    expect(PERSON_FIELDS).toEqual(Object.keys(participant.fields).filter((field) => field !== 'activityId' && field !== 'position'));
    const [headings, first] = await rowsOf(await exported('people.exportList', { language: 'fr', format: 'xlsx' }));
    const words = peopleWords('fr');
    // A workbook is read without the spaces that French puts in.
    expect(headings).toEqual(
      PERSON_FIELDS.map((field) => (field === 'ref' ? words.table.ref : words.field[field]!).replaceAll('\u00a0', ' ')),
    );
    expect(first!.slice(0, 9)).toEqual([
      'P01',
      'ADJOVI',
      'Clarisse',
      'femme',
      'juge',
      'Tribunal de première instance de Cotonou',
      'Bénin',
      'Français',
      'clarisse.adjovi.p01@example.org',
    ]);
    const rows = await rowsOf(await exported('people.exportList', { language: 'fr', format: 'xlsx' }));
    const places = (['phone', 'accessNeeds', 'diet', 'notes', 'consentPhoto', 'consentDirectory'] as const).map((field) =>
      PERSON_FIELDS.indexOf(field),
    );
    const odd = rows.find(([ref]) => ref === '001')!;
    expect(places.map((place) => odd[place])).toEqual([
      '+221 77 123 45 67 / 33 889 00 00',
      'Rampe d’accès',
      'végétarienne',
      'Arrive le 12 au soir, repart le 15.',
      'Oui, le 12 juillet 2021 (formulation 1)',
      'Non, le 12 juillet 2021 (formulation 1)',
    ]);
  });

  it('is CSV for Excel: a byte order mark, the delimiter of the language, and nothing that runs', async () => {
    for (const language of LANGUAGES) {
      const text = readFileSync(await exported('people.exportList', { language, format: 'csv' }), 'utf8');
      const delimiter = language === 'en' ? ',' : ';';
      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(text).toContain(`${delimiter}'=1+1${delimiter}`);
      expect(text).toContain(`${delimiter}''@cour${delimiter}`);
      expect(text).toContain(`${delimiter}'+221 33 800 00 00${delimiter}`);
    }
  });

  it('keeps texts as texts in a workbook, its headings in sight', async () => {
    const parts = zipEntries(readFileSync(await exported('people.exportList', { language: 'en', format: 'xlsx' })));
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(sheet).toMatch(/<col [^>]*width="/);
    expect(sheet).not.toContain('<f>');
    const cells = [...sheet.matchAll(/<c [^>]*>/g)].map(([cell]) => cell);
    expect(cells.filter((cell) => !cell.includes('t="s"') && !cell.includes('t="inlineStr"'))).toEqual([]);
  });

  it('says what stands under a table that names Kosovo*', async () => {
    for (const language of LANGUAGES) {
      const notes = (await sheetsOf(await exported('people.exportList', { language, format: 'xlsx' }))).at(-1)!;
      expect(notes.rows[0]!.cells[0]).toMatch(/1244/);
    }
  });

  it('leaves out who was erased', async () => {
    const { id } = await engine.call<{ id: string }>('people.add', { activityId, familyName: 'Effacé', givenName: 'Zoé' });
    await engine.call('people.erase', { id, reason: 'asked' });
    await exported('people.exportList', { language: 'fr', format: 'csv' });
    await engine.call('people.remove', { id });
  });

  it('is written whole or not at all', async () => {
    const nowhere = { activityId, path: target('nowhere/list.csv'), language: 'en', format: 'csv' };
    expect(await engine.try('people.exportList', nowhere)).toMatchObject({ ok: false, error: { code: 'file.notWritable' } });
    const unknown = { ...nowhere, path: target('x.csv'), activityId: '00000000-0000-4000-8000-000000000000' };
    expect(await engine.try('people.exportList', unknown)).toMatchObject({ ok: false, error: { code: 'activity.unknown' } });
  });
});

describe('attendance', () => {
  it.each(EACH)('in $language as $format reads back in as nothing new', async (way) => {
    const file = await exported('attendance.export', way);
    const looked = await engine.call<Record<string, unknown>>('attendance.import', { activityId, path: file, apply: false });
    expect(looked).toMatchObject({ marked: 0, unchanged: 200, rejected: [] });
  });

  it('has the letters that the workshop chose, and reads them back in as nothing new', async () => {
    const letters = { present: 'O', late: 'T', leftEarly: 'S', excused: 'J', absent: 'N', remote: 'R' };
    await engine.call('activity.update', { id: activityId, letters });
    try {
      for (const format of ['xlsx', 'csv'] as const) {
        const file = await exported('attendance.export', { language: 'fr', format });
        const [, first, second] = await rowsOf(file);
        expect([...new Set(first!.slice(3))]).toEqual(['O']);
        expect(second!.slice(3, 5)).toEqual(['T', 'O']);
        const looked = await engine.call<Record<string, unknown>>('attendance.import', { activityId, path: file, apply: false });
        expect(looked, format).toMatchObject({ marked: 0, unchanged: 200, rejected: [] });
      }
      const legend = (await sheetsOf(target('attendance.export-fr.xlsx')))[1]!;
      expect(legend.rows.map(({ cells }) => cells.join(' '))).toContain('N absent(e)');
    } finally {
      await engine.call('activity.update', { id: activityId, letters: null });
    }
  });

  it('has the letters of the sheet under half-days in the words of the language', async () => {
    const [headings, first, second] = await rowsOf(await exported('attendance.export', { language: 'pt', format: 'xlsx' }));
    expect(headings!.slice(0, 5)).toEqual(['Referência', 'Apelido', 'Nome próprio', '12/07/2021 manhã', '12/07/2021 tarde']);
    expect(first).toEqual(['P01', 'ADJOVI', 'Clarisse', 'P', 'P', 'P', 'P', 'P', 'P', 'P', 'P']);
    expect(second!.slice(0, 5)).toEqual(['P02', 'HOUNKPE', 'Sègla', 'T', 'P']);
    const letters = (await sheetsOf(target('attendance.export-pt.xlsx')))[1]!;
    expect(letters.rows.map(({ cells }) => cells.join(' '))).toContain('T chegou tarde');
  });
});

describe('a cell of the attendance', () => {
  const words: MatrixWords = {
    sheet: (name) => name,
    heading: (column) => column,
    halfDay: (halfDay) => halfDay,
    status: (status) => status,
    letter: (status) => letterOfStatus(lettersOf('en'), status),
    apart: (halfDay, statuses) => `${halfDay} ${statuses.join('/')}`,
    notReadable: (halfDay) => `${halfDay} ?`,
  };
  const person = (id: string, ref: string) => ({ id, ref, familyName: 'KONÉ', givenName: 'Awa' });

  it('has no letter where people disagree or the mark cannot be read, and the last column says what stands there', () => {
    const marks = [
      { personId: 'a', halfDay: 'x-AM', statuses: ['present', 'absent'] as const, unreadable: false },
      { personId: 'a', halfDay: 'x-PM', statuses: ['late'] as const, unreadable: false },
      { personId: 'b', halfDay: 'x-AM', statuses: ['notTaken'] as const, unreadable: true },
    ];
    const [sheet] = matrixSheets([person('a', 'P1'), person('b', '')], ['x-AM', 'x-PM'], marks, words);
    expect(sheet!.headings).toEqual(['ref', 'familyName', 'givenName', 'x-AM', 'x-PM', 'toDecide']);
    expect(sheet!.rows).toEqual([
      ['P1', 'KONÉ', 'Awa', null, 'L', 'x-AM present/absent'],
      ['b', 'KONÉ', 'Awa', null, null, 'x-AM ?'],
    ]);
  });

  it('is of the person whom the importer finds by its first column', () => {
    const people = [person('a', 'P1'), person('b', 'p1'), person('c', 'a'), person('d', 'P4'), person('e', '')];
    const find = personFinder(people);
    const [sheet] = matrixSheets(people, [], [], words);
    expect(sheet!.headings).not.toContain('toDecide');
    expect(sheet!.rows.map(([name]) => find(String(name)))).toEqual([
      { fault: 'person.ambiguous' },
      ...people.slice(1).map(({ id }) => ({ id })),
    ]);
  });
});

describe('an empty list for institutions', () => {
  it.each(LANGUAGES)('in %s: its headings and choices are what the importer reads', async (language) => {
    const file = target(`template-${language}.xlsx`);
    await engine.call('people.template', { path: file, language });
    expect(lstatSync(file).mode & 0o777).toBe(0o600);
    const sheets = await sheetsOf(file);
    const [list, instructions, choices] = sheets;
    expect(list!.rows).toHaveLength(1);
    expect(instructions!.rows.length).toBeGreaterThanOrEqual(7);
    const parts = zipEntries(readFileSync(file));
    const lists = [
      ...parts.get('xl/worksheets/sheet1.xml')!.matchAll(/<dataValidation [^>]*sqref="([A-Z])2:\1\d+"[^>]*><formula1>([^<]*)</g),
    ];
    expect(lists.map(([, column]) => column)).toEqual(['D', 'E', 'G', 'H']);
    const [headings, ...words] = choices!.rows.map(({ cells }) => cells);
    const filled = await filledIn(file, language, headings!, words);
    const other = await engine.call<{ id: string }>('activity.create', {
      title: `Atelier ${language}`,
      languages: [language],
      countries: [],
      start: '2021-07-12',
      end: '2021-07-12',
    });
    const taken = await engine.call<Record<string, unknown>>('people.import', { activityId: other.id, path: filled, apply: true });
    expect(taken).toMatchObject({ added: COUNTRY_CODES.length, rejected: [], doubtful: [] });
    const people = await engine.call<Record<string, string>[]>('people.list', { activityId: other.id });
    expect(new Set(people.map(({ country }) => countryName(country!, language))).size).toBe(COUNTRY_CODES.length);
    expect(people.map(({ profession }) => profession)).toEqual(COUNTRY_CODES.map((_, index) => PROFESSIONS[index % PROFESSIONS.length]));
    expect(people.map(({ sex }) => sex)).toEqual(COUNTRY_CODES.map((_, index) => SEXES[index % SEXES.length]));
  });

  it('refuses a list that nobody filled in', async () => {
    const file = target('template-empty.xlsx');
    await engine.call('people.template', { path: file, language: 'es' });
    expect(await engine.try('people.import', { activityId, path: file, apply: false })).toMatchObject({
      ok: false,
      error: { code: 'table.empty' },
    });
  });
});

/** The list with a person for every country, each field taken from the words that are offered. */
async function filledIn(file: string, language: string, headings: readonly string[], words: readonly (readonly string[])[]) {
  const column = (at: number) => words.map((row) => row[at] ?? '').filter((word) => word !== '');
  const [sexes, professions, countries, languages] = headings.map((_, at) => column(at)) as [string[], string[], string[], string[]];
  const list = (await sheetsOf(file))[0]!.rows[0]!.cells;
  const name = (index: number) => `${String.fromCharCode(65 + (index % 26))}abo${String.fromCharCode(97 + Math.floor(index / 26))}`;
  const rows = countries.map((country, index) => {
    const fields = [
      `R${index}`,
      name(index).toUpperCase(),
      'Awa',
      sexes[index % sexes.length]!,
      professions[index % professions.length]!,
      'Cour suprême',
    ];
    return [...fields, country, languages[index % languages.length]!, `p${index}@example.org`];
  });
  const filled = target(`filled-${language}.xlsx`);
  writeFileSync(filled, await writeWorkbook([{ name: 'L', headings: list, rows }]));
  return filled;
}

it.each(LANGUAGES)('every word for a value that a list has in %s is read as that value', (language) => {
  const words = JSON.parse(readFileSync(path.join(ROOT, `locales/${language}/people.json`), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  for (const sex of SEXES) expect(sexOf(words['sex']![sex]!)).toBe(sex);
  for (const profession of PROFESSIONS) expect(professionOf(words['profession']![profession]!)).toBe(profession);
  for (const code of COUNTRY_CODES) expect(listedCountry(countryName(code, language), false)).toBe(code);
});
