import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { paperHandlers } from '../../../electron/engine/features/paper/papers.ts';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { blocksOn, type Block, type Document, type Table } from '../../../shared/features/document/blocks.ts';
import { linesOf } from '../../../shared/features/document/csv.ts';
import type { DocumentFormat } from '../../../shared/features/paper/contract.ts';
import type { ActivityFigures, ReportFormat } from '../../../shared/features/report/contract.ts';
import { withoutGuard } from '../../../shared/kernel/csv.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { readSheets, readWord } from '../../support/papers/office-text.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { openFeatureContext, value, type FeatureContext } from '../feature-context.ts';
import { randomWorkshop } from './random-workshop.ts';

/** Words that are read the same way whatever parts them; a Portuguese hyphen at which a line breaks stands twice. */
export const tight = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\s\u200b]+/g, '')
    .replaceAll(/-+/g, '-');
const tableOf = (block: Block): Table | null => (block.is === 'chart' ? block.table : block.is === 'table' ? block : null);

/** Makes the report of a workshop in every format and expects each number and word to stand alike in all of them. Returns every text that any of them says. */
export async function expectAgreement(context: FeatureContext, activityId: Id, language: Language): Promise<string> {
  const { document, ...figures } = await value(reportHandlers(context)['report.activity']({ activityId, language }, quietCall()));
  const made = async (format: DocumentFormat): Promise<Buffer> => {
    const target = path.join(context.outside, `report.${format}`);
    await value(
      paperHandlers(context)['document.make']({ kind: 'activityReport', activityId, language, format, path: target }, quietCall()),
    );
    return readFileSync(target);
  };
  expect(JSON.parse((await made('json')).toString('utf8'))).toEqual({ ...figures, document });
  const list = expectList((await made('csv')).toString('utf8'), document);
  const page = expectPage(await made('pdf'), document);
  const word = expectWord(await made('docx'), document);
  const sheets = expectSheets(await made('xlsx'), document, figures);
  return [list, page, word, sheets].join(' ');
}

/** Makes the report of a period in every format, as `expectAgreement` does that of a workshop. */
export async function expectPeriodAgreement(
  context: FeatureContext,
  period: { readonly from: string; readonly to: string },
  language: Language,
) {
  const { document, ...figures } = await value(reportHandlers(context)['report.period']({ ...period, language }, quietCall()));
  const made = async (format: ReportFormat): Promise<Buffer> => {
    const [one, other] = ['period', 'made'].map((name) => path.join(context.outside, `${name}.${format}`));
    await value(reportHandlers(context)['report.exportPeriod']({ ...period, language, format, path: one! }, quietCall()));
    await value(
      paperHandlers(context)['document.make']({ kind: 'periodReport', language, format, path: other!, options: period }, quietCall()),
    );
    const bytes = readFileSync(one!);
    expect(bytes.equals(readFileSync(other!)), format).toBe(true);
    return bytes;
  };
  expect(JSON.parse((await made('json')).toString('utf8'))).toEqual({ ...figures, document });
  const list = expectList((await made('csv')).toString('utf8'), document);
  const page = expectPage(await made('pdf'), document);
  const word = expectWord(await made('docx'), document);
  const sheets = readSheets(await made('xlsx'));
  const [told, activities] = sheets.map(({ rows }) => rows.slice(1));
  expect(told!.map((row) => row.map((cell) => cell ?? ''))).toEqual(linesOf(document).map((line) => line.map((cell) => cell ?? '')));
  expect(activities!.length).toBe(figures.activities);
  // Empty where there is no list of people.
  const attendances = sheets[1]!.rows[0]!.length - 1;
  expect(activities!.reduce((sum, row) => sum + Number(row[attendances] ?? 0), 0)).toBe(figures.attendances);
  return [list, page, word, ...sheets.flatMap(({ name, rows }) => [name, ...rows.flat()])].join(' ');
}

/** Every cell of the list is a line, its number as a number. */
function expectList(text: string, document: Document): string {
  const delimiter = document.language === 'en' ? ',' : ';';
  const [, ...rows] = Papa.parse<string[]>(text.slice(1).trimEnd(), { delimiter }).data;
  const written = linesOf(document).map((line) =>
    line.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', delimiter === ';' ? ',' : '.') : (cell ?? ''))),
  );
  expect(rows.map((row) => row.map(withoutGuard))).toEqual(written);
  const cells = blocksOn('list', document).flatMap((block) => {
    if (block.is === 'facts') return block.facts.map(({ cell }) => cell);
    return tableOf(block)?.rows.flatMap((row) => row.cells) ?? [];
  });
  const values = linesOf(document).map(([, , told]) => told);
  for (const { number, text: read } of cells) expect(values).toContain(number ?? read);
  return text;
}

/** Every row, fact and sentence stands on the page, its label before its cells. */
function expectPage(bytes: Buffer, document: Document): string {
  const { pages } = readPdf(bytes);
  const text = tight(pages.join(' '));
  for (const said of saidOnPage(document)) expect(text).toContain(tight(said));
  return pages.join(' ');
}

/** Returns what a document says on a page, a text each: headings, sentences, figures and the rows of its tables. */
export function saidOnPage(document: Document): string[] {
  return blocksOn('page', document).flatMap((block) => {
    const table = tableOf(block);
    if (table) return [table.title, ...table.rows.map(({ label, cells }) => label + cells.map((cell) => cell.text).join(''))];
    switch (block.is) {
      case 'heading':
      case 'prose':
      case 'note':
        return [block.text];
      case 'facts':
        return block.facts.map(({ label, cell, of }) => label + cell.text + (of ?? ''));
      default:
        return [];
    }
  });
}

/** The tables of the Word file are those of the document, and each chart's numbers, those of its sheet and of its table are the same. */
function expectWord(bytes: Buffer, document: Document): string {
  const read = readWord(bytes);
  const blocks = blocksOn('page', document);
  const shown = blocks.flatMap((block) => tableOf(block) ?? []);
  const inWord = new Set(read.tables.map((rows) => tight(JSON.stringify(rows))));
  for (const { rowHeading, columns, rows } of shown) {
    const isHeaded = rowHeading !== '' || columns.some(({ heading }) => heading !== '');
    const head = [rowHeading, ...columns.map(({ heading }) => heading)];
    const body = rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]);
    expect(inWord).toContain(tight(JSON.stringify(isHeaded ? [head, ...body] : body)));
  }
  const charts = blocks.flatMap((block) => (block.is === 'chart' && block.table.rows.length > 0 ? [block] : []));
  expect(read.charts.length).toBe(charts.length);
  for (const [at, { table, drawn }] of charts.entries()) {
    const numbers = table.rows.map(({ label, cells }) => [label, cells[drawn]!.number ?? null]);
    expect(read.charts[at]).toEqual({ cached: numbers, sheet: numbers });
  }
  const words = [...read.paragraphs.map(({ text }) => text), ...read.tables.flat(2), read.footer].join(' ');
  for (const said of saidOnPage(document).slice(0, 1)) expect(tight(words)).toContain(tight(said));
  return words.replaceAll(/\{[A-Z]+\}/g, '');
}

/** The sheet of figures is the list; participants, presences and answers add up to what the report counts. */
function expectSheets(bytes: Buffer, document: Document, figures: ActivityFigures): string {
  const sheets = readSheets(bytes);
  const [list, participants, signatures, , , answers] = sheets.map(({ rows }) => rows.slice(1));
  expect(list!.map((row) => row.map((cell) => cell ?? ''))).toEqual(linesOf(document).map((line) => line.map((cell) => cell ?? '')));
  expect(participants!.length).toBe(figures.people);
  const total = (rows: typeof list): number => rows!.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  expect(total(signatures)).toBe(figures.attendances);
  const given = figures.opinions.flatMap(({ items, comments }) => [
    ...items.flatMap(({ dist }) => dist.map(({ count }) => count)),
    ...comments.flatMap((one) => one.comments.map(() => 0)),
  ]);
  expect(answers!.map((row) => row[3] ?? 0)).toEqual(given);
  expect(answers!.filter((row) => row.length > 4)).toEqual([]);
  return sheets.flatMap(({ name, rows }) => [name, ...rows.flat()]).join(' ');
}

type Words = Readonly<Record<string, unknown>>;

/** The words that reports say in English and in no other language of theirs. */
export function englishWords(language: Language): ReadonlySet<string> {
  const said = (of: Language): string[] =>
    [
      ...['report', 'paper'].map((file) => wordsOf(of, file)),
      partsOf(of, 'people', ['sex', 'profession', 'table']),
      partsOf(of, 'attendance', ['status', 'table']),
    ]
      .flat()
      .flatMap(
        (text) =>
          text
            .replaceAll(/\{\{[^}]*\}\}/g, ' ')
            .toLowerCase()
            .match(/\p{L}{3,}/gu) ?? [],
      );
  const own = new Set(said(language));
  return new Set(said('en').filter((word) => !own.has(word)));
}

const localesOf = (language: Language, file: string): Words =>
  JSON.parse(readFileSync(path.join(ROOT, 'locales', language, `${file}.json`), 'utf8')) as Words;
const textsIn = (tree: unknown): string[] => (typeof tree === 'string' ? [tree] : Object.values(tree ?? {}).flatMap(textsIn));
const wordsOf = (language: Language, file: string): string[] => textsIn(localesOf(language, file));
const partsOf = (language: Language, file: string, parts: readonly string[]): string[] =>
  parts.flatMap((part) => textsIn(localesOf(language, file)[part]));

/** Has workshops of these seeds reported, and expects that every number that stands in two places is the same, in four languages, none of them half English. */
export function itAgrees(seeds: readonly number[]): void {
  let context: FeatureContext;
  beforeAll(() => {
    context = openFeatureContext();
  });
  afterAll(() => {
    context.typesetter.end();
    context.close();
  });
  const expectNoEnglish = (said: string, language: Language): void => {
    if (language === 'en') return;
    const english = englishWords(language);
    const words = new Set(said.toLowerCase().match(/\p{L}{3,}/gu));
    expect(
      [...words].filter((word) => english.has(word)),
      language,
    ).toEqual([]);
  };
  it.each(seeds)('workshop %i says the same on screen, as PDF, for Word, in its annexes, as a list and as JSON', async (seed) => {
    const id = await randomWorkshop(context, seed);
    for (const language of LANGUAGES) expectNoEnglish(await expectAgreement(context, id, language), language);
  });
  it('the period of these workshops says the same in every format, two of them parts of another', async () => {
    const calls = activityHandlers(context, { pending: () => 0, conflicts: () => 0 });
    const [whole, ...parts] = await value(calls['activity.list']({}, quietCall()));
    for (const { id } of parts.slice(0, 2)) await value(calls['activity.update']({ id, partOf: whole!.id }, quietCall()));
    for (const language of LANGUAGES)
      expectNoEnglish(await expectPeriodAgreement(context, { from: '2026-05-01', to: '2026-05-31' }, language), language);
  });
}
