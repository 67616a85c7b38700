import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { openSentences } from '../../../electron/engine/sentences.ts';
import {
  blocksOn,
  documentShape,
  type Block,
  type BlockOf,
  type Cell,
  type Document,
  type Table,
} from '../../../shared/features/document/blocks.ts';
import type { ActivityFigures } from '../../../shared/features/report/contract.ts';
import { reportDocument } from '../../../shared/features/report/report-document.ts';
import { reportWords } from '../../../shared/features/report/report-words.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { expectedA, type ExpectedA } from '../activity/workshop-a.ts';
import { fillWorkshopA } from '../evaluation/filled-workshop-a.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { openFeatureContext, value, workshopA, type FeatureContext } from '../feature-context.ts';

/** A report as a document: the figures that are expected, in the words of one language. */

const { translate } = openSentences(path.resolve(import.meta.dirname, '../../../locales'));
const FOREIGN = ['fr', 'es', 'pt'] as const;

const blocksOf = <K extends Block['is']>(is: K, blocks: readonly Block[]) =>
  blocks.filter((block): block is BlockOf<K> & Block => block.is === is);
const cellsOf = (blocks: readonly Block[]): Cell[] =>
  blocks.flatMap((block) => {
    if (block.is === 'facts') return block.facts.map(({ cell }) => cell);
    const table = block.is === 'chart' ? block.table : block.is === 'table' ? block : null;
    return (table?.rows ?? []).flatMap(({ cells }) => cells);
  });
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
/** Every text that is read, apart from what people wrote themselves. */
function textsOf({ blocks }: Document): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.is) {
      case 'heading':
        return [block.level === 1 ? '' : block.text, block.lead ?? ''];
      case 'facts':
        return block.facts.flatMap(({ key, label, cell, of }) => [label, of ?? '', key === 'title' ? '' : cell.text, cell.name ?? '']);
      case 'chart':
        return textsOfTable(block.table);
      case 'table':
        return textsOfTable(block);
      case 'prose':
      case 'note':
        return [block.text];
      case 'signature':
        throw new Error(`the report has no ${block.is}`);
    }
  });
}

function textsOfTable({ title, rowHeading, columns, rows }: Table): string[] {
  return [
    ...[title, rowHeading, ...columns.map(({ heading }) => heading)],
    ...rows.flatMap(({ label, cells }) => [label, ...cells.flatMap(({ text, name = '' }) => [text, name])]),
  ];
}

describe('of workshop A', () => {
  let context: FeatureContext;
  let documents: Readonly<Record<Language, Document>>;
  let A: ExpectedA['A'];
  beforeAll(async () => {
    context = openFeatureContext();
    const activityId = await workshopA(context);
    await fillWorkshopA(context, activityId);
    const written = async (language: Language) =>
      (await value(reportHandlers(context)['report.activity']({ activityId, language }, quietCall()))).document;
    documents = { en: await written('en'), fr: await written('fr'), es: await written('es'), pt: await written('pt') };
    ({ A } = expectedA());
  });
  afterAll(() => context.close());

  it.each(LANGUAGES)('has the shape of its contract in %s, and says so', (language) => {
    expect(documentShape.parse(documents[language])).toEqual(documents[language]);
    expect(documents[language].language).toBe(language);
  });

  it.each(LANGUAGES)('has every figure expected, in %s', (language) => {
    const blocks = blocksOn('page', documents[language]);
    const [glance] = blocksOf('facts', blocks);
    expect(Object.fromEntries(glance!.facts.map(({ key, cell }) => [key, cell.number]))).toEqual({
      people: A.registered,
      attendances: A.presentOrLate,
      rate: A.ratePercent,
      full: A.fullAttendance,
    });
    const [sex, profession, professionSex, country, halfDays] = blocksOf('chart', blocks).map(({ table }) =>
      Object.fromEntries(table.rows.map(({ key, cells }) => [key, cells.map(({ number }) => number)])),
    );
    const told = (counts: Readonly<Record<string, number>>) => sorted(Object.values(counts));
    const counted = (rows: typeof sex) => sorted(Object.values(rows!).flatMap(([count]) => count ?? []));
    expect(sex).toEqual({ female: [A.bySex.F], male: [A.bySex.M] });
    expect(profession).toEqual(Object.fromEntries(Object.entries(A.byRole).map(([key, count]) => [key, [count]])));
    expect(counted(professionSex)).toEqual(told(A.byRoleSex));
    expect(counted(country)).toEqual(told(A.byCountry));
    expect(halfDays).toEqual(
      Object.fromEntries(Object.entries(A.presentPerHalfDay).map(([halfDay, count]) => [halfDay, [count, A.registered]])),
    );
  });

  it('has the same numbers in every language', () => {
    const numbers = (language: Language) => sorted(cellsOf(documents[language].blocks).flatMap(({ number }) => number ?? []));
    // Countries stand in the order of their names.
    for (const language of FOREIGN) expect(numbers(language)).toEqual(numbers('en'));
    // Four figures, four countings of people, attendance; two tests; ten questions of satisfaction.
    expect(numbers('en').length).toBe(40 + 8 + 2 * 12 + 3 + 10 * 7);
  });

  it.each(FOREIGN)('has no English word in %s', (language) => {
    const english = new Set(textsOf(documents.en));
    // Written alike: a number, a name of a country.
    const alike = /^[\d\s.,%\u00a0\u202f]*$|^(Mali|Niger|Burkina Faso|Senegal|Côte d’Ivoire)$/;
    const said = textsOf(documents[language]);
    expect(said.filter((text) => english.has(text) && !alike.test(text))).toEqual([]);
    expect(said.filter((text) => /\b(the|of|and|from|over|people|day|sheets|marks|not)\b/i.test(text))).toEqual([]);
    expect(said.filter((text) => /[{}]|document\.|_other|undefined|NaN/.test(text))).toEqual([]);
  });

  it.each(LANGUAGES)('tells a list no other figure than a page, in %s', (language) => {
    const onPage = cellsOf(blocksOn('page', documents[language]));
    const inList = cellsOf(blocksOn('list', documents[language]));
    for (const cell of onPage) expect(inList).toContainEqual(cell);
    const [glance] = blocksOf('facts', blocksOn('page', documents[language]));
    const byKey = new Map(
      blocksOf('facts', blocksOn('list', documents[language])).flatMap(({ facts }) => facts.map((f) => [f.key, f.cell])),
    );
    for (const { key, cell } of glance!.facts) expect(byKey.get(key)).toEqual(cell);
  });

  it('writes numbers, days and shares as each language writes them', () => {
    const [glance] = blocksOf('facts', documents.fr.blocks);
    expect(glance!.facts.map(({ label, cell, of }) => `${label}: ${cell.text} ${of ?? ''}`)).toEqual([
      'Personnes: 25 de 6 pays',
      'Présences: 188 sur 8 demi-journées',
      'Taux de présence: 94,0\u00a0% sur 200 pointages',
      'Toutes les demi-journées: 18 sur 25 personnes',
    ]);
    const lead = (language: Language) => blocksOf('heading', documents[language].blocks)[0]!.lead;
    expect(LANGUAGES.map((language) => lead(language)?.replaceAll(/\s*–\s*/g, '–'))).toEqual([
      '12–15 July 2021',
      '12–15 juillet 2021',
      '12–15 de julio de 2021',
      '12–15 de julho de 2021',
    ]);
  });
});

const NONE = { text: '', suggestion: '' };
const NOT_WRITTEN = { summary: NONE, learning: NONE, opinions: NONE, outcomes: NONE, followUp: NONE };
const NOBODY: ActivityFigures = {
  ...{ title: '', start: '', end: '', halfDays: 0, people: 0, attendances: 0, rate: null, full: 0, countries: 0, taken: 0 },
  ...{ bySex: [], byProfession: [], byProfessionSex: [], byCountry: [], perHalfDay: [], evaluation: [], notes: [] },
  ...{
    delivery: { planned: 0, held: null, minutesPlanned: null, minutesHeld: null, timed: 0 },
    learning: [],
    opinions: [],
    materials: [],
    narrative: NOT_WRITTEN,
  },
};
const written = (figures: Partial<ActivityFigures>, language: Language) =>
  reportDocument({ ...NOBODY, ...figures }, reportWords({ translate }, language));
const glanceOf = (document: Document) => Object.fromEntries(blocksOf('facts', document.blocks)[0]!.facts.map((fact) => [fact.key, fact]));

test('counts by the plural of each language, zero too', () => {
  const of = (language: Language, people: number) => glanceOf(written({ people }, language))['full']!.of;
  expect(LANGUAGES.map((language) => of(language, 1))).toEqual(['of 1 person', 'sur 1 personne', 'de 1 persona', 'de 1 pessoa']);
  expect(LANGUAGES.map((language) => of(language, 0))).toEqual(['of 0 people', 'sur 0 personne', 'de 0 personas', 'de 0 pessoas']);
  expect(of('en', 12_500)).toBe('of 12,500 people');
  expect(of('es', 2_000_000)).toBe('de 2.000.000 de personas');
});

test('what nobody took is said, never 0 and never away', () => {
  const halfDay = { halfDay: '2021-07-12-AM', label: 'lundi', attended: 0, taken: 0 };
  const document = written({ people: 3, perHalfDay: [halfDay] }, 'fr');
  for (const figure of ['attendances', 'rate', 'full']) expect(glanceOf(document)[figure]!.cell).toEqual({ text: 'Non renseigné' });
  const [chart] = blocksOf('chart', document.blocks);
  expect(chart!.table.rows[0]!.cells).toEqual([
    { name: 'lundi\u00a0: présent(e)s', text: 'Non renseigné' },
    { name: 'lundi\u00a0: pointages faits', text: '0', number: 0 },
  ]);
});

test('a part of which there is nothing has no heading', () => {
  const headings = (document: Document) => blocksOf('heading', document.blocks).map(({ text }) => text);
  expect(headings(written({}, 'en'))).toEqual(['', 'Workshop', 'People', 'Attendance']);
  const evaluation = [{ formId: 'f', kind: 'satisfaction' as const, title: 'Avis', sentence: 'Tout va.', n: 5, suppressed: false }];
  expect(headings(written({ evaluation, notes: ['* Kosovo'] }, 'en')).slice(4)).toEqual(['Evaluation', 'Notes']);
});

test('a day that is none is said to be not readable', () => {
  const document = written({ start: '', end: '' }, 'pt');
  expect(blocksOf('heading', document.blocks)[0]!.lead).toBe('ilegível');
});
