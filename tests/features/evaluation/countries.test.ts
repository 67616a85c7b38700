import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { laptopsOfRepository } from '../../support/laptops/laptops-of-repository.ts';

/** The four questionnaires that come with the program from end to end: that of countries is sent in a language, filled in where there is no network, and compiled; late answers are marked. */

const laptops = laptopsOfRepository('itinera-countries-');
let engine: TestEngine;
let other: TestEngine;
let activityId: string;

interface Table {
  readonly deadline: string;
  readonly countries: readonly {
    readonly country: string;
    readonly answered: boolean;
    readonly late: boolean;
    readonly answers: Record<string, string>;
    readonly day: string;
    readonly by: string;
    readonly sheet: { readonly id: string; readonly heads: object } | null;
  }[];
  readonly totals: object;
}
const table = (on = engine, more = {}) => on.call<Table>('evaluation.perCountry', { activityId, formId: 'q247', ...more });
const file = (name: string) => path.join(laptops.folder, name);
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
/** Fills in a file that was exported as CSV: the answer stands behind its question. */
function fill(name: string, answers: Readonly<Record<string, string>>, day = ''): string {
  const rows = readFileSync(file(name), 'utf8').split('\r\n');
  const filled = rows.map((row) => {
    const cells = row.split(';');
    const answer = answers[cells[0]!];
    if (answer !== undefined) cells[2] = answer;
    if (day !== '' && cells[1]?.startsWith('Dia ')) cells[2] = day;
    return cells.join(';');
  });
  writeFileSync(file(name), filled.join('\r\n'));
  return file(name);
}

beforeAll(async () => {
  engine = await laptops.enrolled('Awa', 'trainer');
  other = await laptops.enrolled('Bia', 'trainer');
  const plan = { title: 'Réseau 24/7', start: '2021-05-10', end: '2021-05-12', countries: ['SN', 'CV', 'GW', 'ML'] };
  activityId = (await engine.call<{ id: string }>('activity.create', plan)).id;
  await engine.call('sync.run', {});
  await other.call('sync.run', {});
});

it('of countries is empty at first, and names every country of the workshop', async () => {
  expect(await table()).toMatchObject({
    deadline: '2021-05-09',
    countries: ['SN', 'CV', 'GW', 'ML'].map((country) => ({ country, answered: false, late: false, day: '', answers: {} })),
    totals: { countries: 4, answered: 0, late: 0, missing: 4, items: { N1: { answered: 0, sum: null } } },
  });
});

it('is sent in Portuguese, filled in in a file, and taken once', async () => {
  const sent = { activityId, formId: 'q247', country: 'CV', language: 'pt', path: file('cv.csv'), format: 'csv' };
  expect(await engine.call('evaluation.exportCountry', sent)).toMatchObject({ rows: 7 });
  const text = readFileSync(file('cv.csv'), 'utf8');
  expect(text).toContain('País;Cabo Verde');
  expect(text).toContain('quadro jurídico nacional em vigor');
  fill('cv.csv', { N1: 'Lei 8/IX/2017', N5: '12 recebidos, 9 enviados' }, '2021-05-03');
  const given = { activityId, formId: 'q247', path: file('cv.csv') };
  const answers = { N1: 'Lei 8/IX/2017', N5: '12 recebidos, 9 enviados' };
  expect(await engine.call('evaluation.importCountry', { ...given, apply: false })).toMatchObject({
    applied: false,
    country: 'CV',
    does: 'new',
  });
  expect((await table()).totals).toMatchObject({ answered: 0 });
  expect(await engine.call('evaluation.importCountry', { ...given, apply: true })).toEqual({
    ...{ applied: true, country: 'CV', day: '2021-05-03', language: 'pt', does: 'new', rejected: [] },
    ...{ answers, id: expect.any(String) as string },
  });
  expect(await engine.call('evaluation.importCountry', { ...given, apply: true })).toMatchObject({ does: 'same' });
  expect((await table()).countries[1]).toEqual({
    ...{ country: 'CV', answered: true, late: false, day: '2021-05-03', answers },
    ...{ personId: null, by: 'Awa', device: expect.any(String) as string },
    sheet: { id: expect.any(String) as string, heads: expect.any(Object) as object },
  });
});

it('takes a workbook as well, in another language than it is asked in, and other answers in the place of those before', async () => {
  const sent = { activityId, formId: 'q247', country: 'CV', language: 'fr', path: file('cv.xlsx') };
  await engine.call('evaluation.exportCountry', sent);
  expect(await engine.call('evaluation.importCountry', { activityId, formId: 'q247', path: file('cv.xlsx'), apply: true })).toMatchObject({
    does: 'same',
  });
  fill('cv.csv', { N2: 'Polícia Judiciária' }, '2021-05-04');
  expect(await engine.call('evaluation.importCountry', { activityId, formId: 'q247', path: file('cv.csv'), apply: true })).toMatchObject({
    does: 'change',
  });
  expect((await table()).countries[1]).toMatchObject({ day: '2021-05-04', answers: { N2: 'Polícia Judiciária' } });
  // A list that somebody wrote anew: no codes, questions in Spanish.
  writeFileSync(file('gw.csv'), ['País;Guinea-Bissau', 'marco jurídico nacional vigente;Código penal', 'x;y'].join('\r\n'));
  expect(
    await engine.call('evaluation.importCountry', { activityId, formId: 'q247', path: file('gw.csv'), day: '2021-05-09', apply: true }),
  ).toMatchObject({
    ...{ country: 'GW', answers: { N1: 'Código penal' } },
  });
});

it('is typed in on another laptop, comes by sync, and is late after the last day', async () => {
  await other.call('evaluation.enter', { activityId, formId: 'q247', country: 'SN', day: '2021-05-10', answers: { N1: 'Loi 2016-29' } });
  await engine.call('sync.run', {});
  await other.call('sync.run', {});
  await engine.call('sync.run', {});
  const compiled = await table();
  expect(compiled.countries.map(({ country, answered, late }) => [country, answered, late])).toEqual([
    ['SN', true, true],
    ['CV', true, false],
    ['GW', true, false],
    ['ML', false, false],
  ]);
  expect(compiled.totals).toMatchObject({
    countries: 4,
    answered: 3,
    late: 1,
    missing: 1,
    items: { N1: { answered: 3 }, N2: { answered: 1 }, N3: { answered: 0 } },
  });
  expect(await table(other)).toEqual(compiled);
  expect(compiled.countries.map(({ by }) => by)).toEqual(['Bia', 'Awa', 'Awa', '']);
  expect(await engine.call('evaluation.sheets', { activityId, formId: 'q247' })).toMatchObject({ count: 3, sheets: [] });
  expect((await table(engine, { deadline: '2021-05-12' })).totals).toMatchObject({ late: 0 });
  expect((await table(engine, { deadline: '2021-05-03' })).totals).toMatchObject({ late: 3 });
});

it('keeps another day of the same answers as a correction, and leaves it as it is where none is said', async () => {
  const bissau = async () => (await table()).countries[2]!;
  const before = await bissau();
  const enter = (more: object) =>
    codeOf('evaluation.enter', { activityId, formId: 'q247', country: 'GW', answers: before.answers, ...more });
  expect(await enter({})).toBe('');
  expect((await bissau()).sheet).toEqual(before.sheet);
  expect(await enter({ day: '2021-05-10' })).toBe('evaluation.alreadyIn');
  expect(await enter({ day: '2021-05-10', correct: true })).toBe('');
  expect(await bissau()).toMatchObject({ answers: before.answers, day: '2021-05-10', late: true });
  expect(await enter({ day: before.day, correct: true })).toBe('');
  expect(await bissau()).toMatchObject({ answers: before.answers, day: before.day, late: false });
});

it('is removed with all that it took the place of, comes back with the same answers, and leaves the others alone', async () => {
  const before = await table();
  const { id, heads } = before.countries[2]!.sheet!;
  await engine.call('evaluation.removeSheet', { id, seen: heads });
  const after = await table();
  expect(after.countries[2]).toMatchObject({ answered: false, sheet: null, answers: {}, by: '' });
  expect(after.countries.filter((_, place) => place !== 2)).toEqual(before.countries.filter((_, place) => place !== 2));
  await engine.call('evaluation.restoreSheet', { id });
  expect((await table()).countries.map(({ answers, day }) => [answers, day])).toEqual(
    before.countries.map(({ answers, day }) => [answers, day]),
  );
});

it('is written for every country that did not answer, over no file that is there, and for none once all have', async () => {
  const folder = path.join(laptops.folder, 'missing');
  const sent = { activityId, formId: 'q247', language: 'es', path: folder, format: 'csv' };
  expect(await engine.call('evaluation.exportMissing', sent)).toEqual({ path: folder, files: ['Cuestionario ML.csv'] });
  writeFileSync(path.join(folder, 'Cuestionario ML.csv'), 'filled in');
  expect(await engine.call('evaluation.exportMissing', sent)).toMatchObject({ files: ['Cuestionario ML (2).csv'] });
  expect(readFileSync(path.join(folder, 'Cuestionario ML.csv'), 'utf8')).toBe('filled in');
  expect(readFileSync(path.join(folder, 'Cuestionario ML (2).csv'), 'utf8')).toContain('País;Mali');
  await engine.call('evaluation.enter', { activityId, formId: 'q247', country: 'ML', answers: { N1: 'Loi 2019-056' } });
  expect(await codeOf('evaluation.exportMissing', sent)).toBe('evaluation.countriesAllIn');
  const { id } = (await table()).countries[3]!.sheet!;
  await engine.call('evaluation.removeSheet', { id });
  // What was removed is in nobody's way.
  await engine.call('evaluation.enter', { activityId, formId: 'q247', country: 'ML', answers: { N1: 'Loi 2020-001' } });
  expect((await table()).countries[3]).toMatchObject({ answers: { N1: 'Loi 2020-001' } });
  await engine.call('evaluation.removeSheet', { id: (await table()).countries[3]!.sheet!.id });
  expect((await table()).countries[3]).toMatchObject({ answered: false });
});

it('says what was answered of two in the words of the language in which it is sent, and reads it back', async () => {
  const clara = await laptops.enrolled('Clara', 'curriculum');
  const made = (call: string, args: object) => clara.call<{ id: string; code: string }>(call, args);
  const { id: formId } = await made('form.create', { kind: 'preEvent', title: { fr: 'Points de contact' }, space: 'library' });
  const signed = await made('form.addItem', { formId, type: 'trueFalse', text: { fr: 'La Convention est signée' } });
  const asked = await made('form.addItem', { formId, type: 'consent', text: { fr: 'Publier ces réponses' } });
  await clara.call('sync.run', {});
  await engine.call('sync.run', {});
  await engine.call('evaluation.enter', { activityId, formId, country: 'ML', answers: { [signed.code]: 'faux', [asked.code]: 'oui' } });
  const sent = { activityId, formId, country: 'ML', language: 'fr', path: file('ml.csv'), format: 'csv' };
  await engine.call('evaluation.exportCountry', sent);
  const text = readFileSync(file('ml.csv'), 'utf8');
  expect(text).toContain('La Convention est signée;Faux;"Vrai; Faux"');
  expect(text).toContain('Publier ces réponses;J’accepte;');
  for (const word of ['true', 'false', 'yes']) expect(text).not.toContain(word);
  expect(await engine.call('evaluation.importCountry', { activityId, formId, path: file('ml.csv'), apply: true })).toMatchObject({
    ...{ does: 'same', rejected: [], answers: { [signed.code]: 'false', [asked.code]: 'yes' } },
  });
});

it('refuses what is of no country, of another one, or no such form, and keeps nothing', async () => {
  const before = await table();
  const enter = (more: object) => codeOf('evaluation.enter', { activityId, formId: 'q247', answers: { N1: 'x' }, ...more });
  expect(await enter({ country: 'FR' })).toBe('evaluation.countryNotAsked');
  expect(await enter({ country: 'CV' })).toBe('evaluation.alreadyIn');
  expect(await enter({ country: 'ML', answers: { N9: 'x' } })).toBe('evaluation.answerUnknown');
  expect(await enter({ country: 'ML', formId: 'satisfaction-v1', answers: {} })).toBe('evaluation.countryNotMeant');
  expect(await enter({})).toBe('evaluation.personNeeded');
  const taken = (name: string, text: string) => {
    writeFileSync(file(name), text);
    return codeOf('evaluation.importCountry', { activityId, formId: 'q247', path: file(name), apply: true });
  };
  expect(await taken('none.csv', 'N1;quadro jurídico nacional em vigor;x')).toBe('evaluation.countryUnknown');
  expect(await taken('other.csv', 'Name;Given\r\nA;B')).toBe('evaluation.notThisForm');
  expect(await table()).toEqual(before);
});

it('the other three are answered by people: a test, opinions of nobody, and what came of it after months', async () => {
  const ids: string[] = [];
  for (const familyName of ['DIALLO', 'KONÉ', 'MAÏGA', 'SOW', 'TRAORE'])
    ids.push((await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName: 'Awa', country: 'SN' })).id);
  for (const [at, personId] of ids.entries()) {
    const named = { activityId, personId };
    await engine.call('evaluation.enter', { ...named, formId: 'intro-prepost-v1', wave: 'pre', answers: { Q1: 'c' } });
    await engine.call('evaluation.enter', {
      ...named,
      formId: 'intro-prepost-v1',
      wave: 'post',
      answers: { Q1: 'c', Q2: at < 3 ? 'b' : 'a' },
    });
    await engine.call('evaluation.enter', { activityId, formId: 'satisfaction-v1', answers: { S1: String(at + 1), O1: 'oui' } });
    await engine.call('evaluation.enter', { activityId, formId: 'followup6m', answers: {} });
  }
  const results = (formId: string) => engine.call<object>('evaluation.results', { activityId, formId });
  expect(await results('intro-prepost-v1')).toMatchObject({ nPaired: 5, meanPre: 1, meanPost: 1.6, gain: 0.6, questions: 12 });
  expect(await results('satisfaction-v1')).toMatchObject({ n: 5, registered: 5, items: { S1: { n: 5, mean: 3 } } });
  expect(await results('followup6m')).toMatchObject({ kind: 'followUp', n: 5 });
});
