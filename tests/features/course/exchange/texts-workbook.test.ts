import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { readSource } from '../../../../shared/node/tables/read-source.ts';
import { writeWorkbook } from '../../../../shared/node/tables/write-workbook.ts';
import { openTestEngine, type TestEngine } from '../../../support/laptops/engine.ts';
import { RandomCourses } from './random-courses.ts';

/** The workbook of a course's texts: out and back with nothing lost; what was written here meanwhile is never written over. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-texts-'));
const file = path.join(folder, 'texts.xlsx');
let engine: TestEngine;
let course: string;
let session: string;
let module: string;

interface Outcome {
  readonly taking: string | null;
  readonly changed: number;
  readonly changes: readonly { readonly field: string; readonly language: string; readonly number: string; readonly text: string }[];
  readonly conflicts: readonly { readonly base: string | null; readonly here: string; readonly text: string }[];
  readonly rejected: readonly { readonly row: number; readonly code: string }[];
}
type Rows = string[][];
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const taken = (more: object = {}) => engine.call<Outcome>('course.importTexts', { courseId: course, path: file, ...more });
const written = (language = 'en') =>
  engine.call<{ cells: number; rows: number }>('course.exportTexts', { courseId: course, path: file, language });
const objectives = async () => {
  const { modules } = await engine.call<{ modules: { sessions: { objectives: object }[] }[] }>('course.get', { id: course });
  return modules[0]!.sessions[0]!.objectives;
};

/** The rows of the workbook as somebody sees them, changed, and saved again. */
async function edited(change: (rows: Rows) => void): Promise<void> {
  const source = await readSource(file, { whole: true });
  if (!source.ok) throw new Error(source.refusal.code);
  const rows = source.value.sheets[0]!.rows.map(({ cells }) => [...cells]);
  change(rows);
  const [headings, ...rest] = rows as [string[], ...Rows];
  writeFileSync(file, await writeWorkbook([{ name: 'Texts', headings, rows: rest }]));
}
const rowOf = (rows: Rows, part: string, field: string) => rows.find((cells) => cells[8] === part && cells[9] === field)!;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  course = await made('course.create', { space: 'library', code: 'W1', title: { en: 'Course', pt: 'Curso' }, days: 1 });
  module = await made('course.addModule', { courseId: course, title: { en: 'Module' } });
  session = await made('course.addSession', {
    moduleId: module,
    title: { en: 'Session' },
    objectives: { en: ' One.\n\n- Two _x0041_ =1+1\n', fr: 'Le fournisseur de services.' },
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('has a row for each part and field, a column for each language, and tells terms and what changed', async () => {
  await engine.call('course.publish', { courseId: course, version: '1.0' });
  await made('course.updatePart', { id: session, title: { pt: 'Sessão' } });
  expect(await written()).toMatchObject({ cells: 7, rows: 8 });
  await edited((rows) => {
    expect(rows[0]).toEqual([
      ...['Part', 'Text', 'Changed since 1.0', 'English (en)', 'Français (fr)', 'Español (es)', 'Português (pt)', 'Terms'],
      ...['itinera.part', 'itinera.field', ...LANGUAGES.map((language) => `itinera.base.${language}`)],
    ]);
    expect(rowOf(rows, session, 'title').slice(0, 7)).toEqual(['1.1 Session', 'Title', 'Português', 'Session', '', '', 'Sessão']);
    const [, , changed, en, fr, , , terms] = rowOf(rows, session, 'objectives');
    expect([changed, en, fr]).toEqual(['', ' One.\n\n- Two _x0041_ =1+1\n', 'Le fournisseur de services.']);
    expect(terms).toContain('service provider = fournisseur de services = proveedor de servicios = fornecedor de serviços');
  });
  await written('pt');
  await edited(([headings]) => expect(headings!.slice(0, 3)).toEqual(['Parte', 'Texto', 'Alterado desde 1.0']));
});

it('comes back with nothing lost, and writes what somebody wrote', async () => {
  await written();
  expect(await taken()).toEqual({ courseId: course, taking: null, changed: 0, changes: [], conflicts: [], rejected: [] });
  await edited((rows) => {
    rowOf(rows, session, 'objectives')[5] = 'Uno.\n\nDos.';
    rowOf(rows, session, 'objectives')[4] = '';
    rows.push(['', '', '', 'a remark of the translator']);
  });
  const looked = await taken({ apply: false });
  expect(looked.changes).toMatchObject([
    { number: '1.1', field: 'objectives', language: 'fr', text: '' },
    { number: '1.1', field: 'objectives', language: 'es', text: 'Uno.\n\nDos.' },
  ]);
  expect(looked.rejected).toMatchObject([{ code: 'partUnknown' }]);
  expect(await objectives()).toHaveProperty('fr');
  expect((await taken()).changed).toBe(2);
  expect(await objectives()).toEqual({ en: ' One.\n\n- Two _x0041_ =1+1\n', es: 'Uno.\n\nDos.' });
  expect((await taken()).changed).toBe(0);
});

it('writes over nothing that was written here meanwhile', async () => {
  await written();
  await made('course.updatePart', { id: session, objectives: { es: 'De aquí.', pt: 'Daqui.' } });
  await edited((rows) => {
    rowOf(rows, session, 'objectives')[5] = 'De lejos.';
    rowOf(rows, session, 'objectives')[3] = 'Better.';
  });
  const outcome = await taken();
  expect(outcome.changes.map(({ language }) => language)).toEqual(['en']);
  expect(outcome.conflicts).toMatchObject([{ base: 'Uno.\n\nDos.', here: 'De aquí.', text: 'De lejos.' }]);
  expect(await objectives()).toEqual({ en: 'Better.', es: 'De aquí.', pt: 'Daqui.' });
  // The workbook's text is taken where that is chosen over what stands here, and over nothing else.
  const chosen = { part: session, field: 'objectives', language: 'es' };
  expect(await taken({ over: [{ ...chosen, here: 'Other.' }] })).toMatchObject({ changed: 0, taking: null });
  const { changed, conflicts, taking } = await taken({ courseId: undefined, over: [{ ...chosen, here: 'De aquí.' }] });
  expect([changed, conflicts]).toEqual([1, []]);
  expect(await objectives()).toEqual({ en: 'Better.', es: 'De lejos.', pt: 'Daqui.' });
  expect(await engine.call('course.undoImport', { courseId: course, taking })).toEqual({ undone: 1, left: 0 });
  expect(await objectives()).toEqual({ en: 'Better.', es: 'De aquí.', pt: 'Daqui.' });
  // Written again as it was: no other text, and no conflict.
  await written();
  await made('course.updatePart', { id: session, objectives: { es: 'x' } });
  await made('course.updatePart', { id: session, objectives: { es: 'De aquí.' } });
  await edited((rows) => (rowOf(rows, session, 'objectives')[5] = 'De lejos.'));
  expect(await taken()).toMatchObject({ changed: 1, conflicts: [] });
});

it('names the rows that it does not take', async () => {
  await written();
  await edited((rows) => {
    rowOf(rows, course, 'audience')[9] = 'code';
    rowOf(rows, module, 'title')[3] = '';
    rowOf(rows, session, 'method')[3] = 'x'.repeat(20_000) + 'y';
    rows.push([...rowOf(rows, session, 'title')]);
    rowOf(rows, course, 'description')[8] = '0198c000-0000-7000-8000-000000000000';
  });
  const codes = (await engine.try('course.importTexts', { courseId: course, path: file })) as { error?: { code: string } };
  expect(codes.error?.code).toBe('table.tooLarge');
  await edited((rows) => (rowOf(rows, session, 'method')[3] = '')).catch(() => undefined);
  await written();
  await edited((rows) => {
    rowOf(rows, course, 'audience')[9] = 'code';
    rowOf(rows, module, 'title')[3] = '';
    rows.push([...rowOf(rows, session, 'title')]);
    rowOf(rows, course, 'description')[8] = '0198c000-0000-7000-8000-000000000000';
  });
  const { changed, rejected } = await taken();
  expect(changed).toBe(0);
  expect(rejected.map(({ row, code }) => [row, code])).toEqual([
    [3, 'partUnknown'],
    [4, 'fieldUnknown'],
    [5, 'titleEmpty'],
    [10, 'rowTwice'],
  ]);
});

it('tells what was removed, a value that is not known here, and columns that were taken out', async () => {
  const gone = await made('course.addSession', { moduleId: module, title: { en: 'Gone' } });
  await written();
  await made('course.removePart', { id: gone });
  await edited((rows) => {
    rowOf(rows, session, 'title')[3] = 'Ours';
    rowOf(rows, session, 'title')[10] = `${'0'.repeat(64)}:0`;
    rowOf(rows, session, 'method')[4] = 'Débat';
    for (const cells of rows) cells.splice(4, 1);
  });
  const { changed, conflicts, rejected } = await taken();
  expect([changed, conflicts.map(({ base }) => base)]).toEqual([0, [null]]);
  expect(rejected.map(({ code }) => code)).toEqual(['partRemoved', 'partRemoved', 'partRemoved', 'partRemoved']);
});

it('refuses what is no such workbook, and that of another course', async () => {
  const codeOf = async (args: object) => {
    const answer = await engine.try('course.importTexts', args);
    return answer.ok ? '' : answer.error.code;
  };
  await written();
  const other = await made('course.create', { space: 'library', code: 'W2', title: { en: 'Other' } });
  expect(await codeOf({ courseId: other, path: file })).toBe('exchange.textsOfOther');
  await edited((rows) => (rows[0]![8] = 'part'));
  expect(await codeOf({ courseId: course, path: file })).toBe('exchange.notTexts');
  writeFileSync(file, 'itinera.part;itinera.field\na;b\n');
  expect(await codeOf({ courseId: course, path: file })).toBe('exchange.notTexts');
  expect(await codeOf({ courseId: course, path: path.join(folder, 'none.xlsx') })).toBe('file.missing');
});

it('carries random courses out and back', async () => {
  await new RandomCourses(engine, folder).run(25, 1);
});
