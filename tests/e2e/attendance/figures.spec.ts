import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import satisfactionForm from '../../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import { formats, LANGUAGE_NAMES } from '../../../shared/kernel/formats.ts';
import { countryCode, countryName } from '../../../shared/kernel/countries.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { expected, makeWorkshopA, PLAN } from '../support/workshop-a.ts';
import { wordsOf, type Words } from '../support/words.ts';

/** Every figure of expected.json, read from the window; the last test tells whether one was forgotten. */

test.describe.configure({ mode: 'serial' });

/** What the figures are made from, not a figure itself. */
const GIVEN = new Set(['A_prepost.key']);
const read = new Set<string>(GIVEN);

/** The figures of a part by key, noted as read. */
function figures<T extends object>(part: string, values: T): [key: keyof T & string, value: T[keyof T]][] {
  return Object.entries(values).map(([key, value]) => {
    read.add(`${part}.${key}`);
    return [key as keyof T & string, value as T[keyof T]];
  });
}

/** One figure, noted as read. */
function figure<P extends keyof typeof expected, K extends keyof (typeof expected)[P] & string>(part: P, key: K): (typeof expected)[P][K] {
  read.add(`${part}.${key}`);
  return expected[part][key];
}

function leaves(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, at === '' ? key : `${at}.${key}`));
}

let data: string;
let trainer: Trainer;
let french: Words;

test.beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  french = wordsOf('fr');
  trainer = await openAs({
    data,
    language: 'es',
    before: (terminal) => makeWorkshopA(terminal, ['people', 'attendance', 'prePost', 'satisfaction']),
  });
  await trainer.openWorkshop(PLAN.title);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(data, { recursive: true });
});

/** The count beside a name in a table of the report. */
function counted(table: string, row: string): Locator {
  const rows = trainer.page.getByRole('table', { name: french(`report:document.part.${table}`), exact: true }).getByRole('row');
  return rows
    .filter({ has: trainer.page.getByRole('rowheader', { name: row, exact: true }) })
    .getByRole('cell')
    .first();
}

test('people, attendances and their parts, in the report', async () => {
  const { page } = trainer;
  await trainer.openTab('report');
  await expect(page.getByTestId('report-people')).toHaveText(String(figure('A', 'registered')));
  const head = page.getByRole('article');
  await expect(head).toContainText(french('report:document.of.countries', { count: figure('A', 'countries') }));
  await expect(head).toContainText(french('report:document.of.halfDays', { count: figure('A', 'halfDayUnits') }));
  await expect(page.getByTestId('report-attendances')).toHaveText(String(figure('A', 'presentOrLate')));
  await expect(page.getByTestId('report-rate')).toHaveText(formats('fr', '?').rate(figure('A', 'ratePercent')));
  await expect(page.getByTestId('report-full')).toHaveText(String(figure('A', 'fullAttendance')));
  for (const [name, count] of figures('A.byCountry', expected.A.byCountry)) {
    await expect(counted('country', countryName(countryCode(name)!, 'fr'))).toHaveText(String(count));
  }
  const sex = (key: string) => french(`report:document.sex.${key === 'F' ? 'female' : 'male'}`);
  for (const [key, count] of figures('A.bySex', expected.A.bySex)) await expect(counted('sex', sex(key))).toHaveText(String(count));
  const profession = (key: string) => french(`report:document.profession.${key}`);
  for (const [key, count] of figures('A.byRole', expected.A.byRole)) {
    await expect(counted('profession', profession(key))).toHaveText(String(count));
  }
  for (const [key, count] of figures('A.byRoleSex', expected.A.byRoleSex)) {
    const [role, of] = key.split('/') as [string, string];
    const row = french('report:document.professionSex', { profession: profession(role), sex: sex(of) });
    await expect(counted('professionSex', row)).toHaveText(String(count));
  }
  for (const [halfDay, count] of figures('A.presentPerHalfDay', expected.A.presentPerHalfDay)) {
    const date = formats('fr', '?').weekday(halfDay.slice(0, 10));
    await expect(counted('attendance', french(`report:document.halfDay.${halfDay.slice(11)}`, { date }))).toHaveText(String(count));
  }
});

test('the report in each language, whatever the screen speaks, with the same figures', async () => {
  const { page, t } = trainer;
  const report = page.getByRole('article');
  await expect(report).toHaveAttribute('lang', 'fr');
  for (const language of ['pt', 'en', 'fr'] as const) {
    await page.getByRole('combobox', { name: t('report:language') }).click();
    await page.getByRole('option', { name: LANGUAGE_NAMES[language], exact: true }).click();
    await expect(report).toHaveAttribute('lang', language);
    const words = wordsOf(language);
    await expect(report).toContainText(words('report:document.of.people', { count: expected.A.registered }));
    await expect(page.getByTestId('report-attendances')).toHaveText(String(expected.A.presentOrLate));
    const parts = ['sex', 'profession', 'professionSex', 'country', 'attendance'];
    for (const part of parts)
      await expect(report.getByRole('table', { name: words(`report:document.part.${part}`), exact: true })).toBeVisible();
  }
});

test('every mark by status, and who reaches the threshold', async () => {
  const { page, t } = trainer;
  const summary = page.getByRole('region', { name: t('attendance:summary.title') });
  await expect(summary).toContainText(t('attendance:summary.possible', { count: figure('A', 'cells') }));
  const status = { P: 'present', L: 'late', A: 'absent', E: 'excused' } as const;
  for (const [letter, count] of figures('A.codes', expected.A.codes)) {
    await expect(summary.locator(`[data-status="${status[letter]}"] dd`)).toHaveText(String(count));
  }
  const registered = expected.A.registered;
  const reached = summary.getByRole('status');
  const words = (reach: number, threshold: number) =>
    t('attendance:summary.reach', { count: reach, of: registered, threshold: formats('es', '?').percent(threshold) });
  await expect(reached).toContainText(words(figure('A', 'certificatesAt75'), 0.75));
  await expect(reached).toContainText(t('attendance:summary.test', { count: figure('A_prepost', 'certificatesAt75AndPostDone') }));
  const people = { P06: 'TRAORE Moussa, Parquet général de Bobo-Dioulasso', P12: 'OUATTARA Boubakar', P20: 'DIARRA Oumou' } as const;
  const named = async (standing: 'below' | 'exactly', refs: readonly string[]) => {
    const list = summary
      .locator('dl > div')
      .filter({ hasText: t(`attendance:summary.${standing}`) })
      .locator('dd');
    await expect(list).toHaveCount(refs.length);
    for (const [index, ref] of refs.entries()) await expect(list.nth(index)).toContainText(people[ref as keyof typeof people]);
  };
  await named('below', figure('A', 'below75'));
  await named('exactly', figure('A', 'exactly75'));
  const threshold = summary.getByLabel(t('attendance:summary.threshold'));
  await threshold.fill('80');
  await expect(reached).toContainText(words(figure('A', 'certificatesAt80'), 0.8));
});

test('people of one name', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  const rows = page.getByRole('table', { name: t('people:label') }).getByRole('row');
  await page.getByRole('searchbox', { name: t('people:find') }).fill('traore');
  await expect(rows.filter({ hasText: t('people:homonym') })).toHaveCount(figure('A', 'homonyms').length);
  for (const ref of expected.A.homonyms)
    await expect(rows.filter({ hasText: `moussa.traore.${ref.toLowerCase()}@example.org` })).toHaveCount(1);
});

test('the tests before and after', async () => {
  const { page, t } = trainer;
  const two = (value: number) => new Intl.NumberFormat('es-ES', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  await trainer.openTab('evaluation');
  const [nPre, nPost, pairs] = [figure('A_prepost', 'nPre'), figure('A_prepost', 'nPost'), figure('A_prepost', 'nMatched')];
  await expect(page.getByText(t('evaluation:figures.pairs', { pre: nPre, post: nPost, count: pairs }))).toBeVisible();
  const all = { pre: two(figure('A_prepost', 'meanPre')), post: two(figure('A_prepost', 'meanPost')), nPre, nPost };
  await expect(page.getByText(t('evaluation:figures.all', all))).toBeVisible();
  const least = t('evaluation:figures.least', { count: figure('A_prepost', 'postAtLeast70pct'), of: nPost });
  await expect(page.getByText(least)).toBeVisible();
  const shown = page.locator('dl').filter({ hasText: t('evaluation:figures.before') });
  const of12 = t('evaluation:figures.of', { questions: 12 });
  await expect(shown).toContainText(`${t('evaluation:figures.before')}${two(figure('A_prepost', 'meanPreMatched'))}${of12}`);
  await expect(shown).toContainText(`${t('evaluation:figures.after')}${two(figure('A_prepost', 'meanPostMatched'))}${of12}`);
  await expect(shown).toContainText(`${t('evaluation:figures.gain')}${two(figure('A_prepost', 'meanGainMatched'))}${of12}`);
  for (const key of ['improved', 'same', 'worse'] as const) {
    await expect(shown).toContainText(`${t(`evaluation:figures.${key}`)}${figure('A_prepost', key)}`);
  }
  const row = (id: string) =>
    page
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByText(id, { exact: true }) });
  for (const [id, count] of figures('A_prepost.itemCorrectPre', expected.A_prepost.itemCorrectPre)) {
    await expect(row(id).getByRole('cell').nth(0)).toHaveText(String(count));
  }
  for (const [id, count] of figures('A_prepost.itemCorrectPost', expected.A_prepost.itemCorrectPost)) {
    await expect(row(id).getByRole('cell').nth(1)).toHaveText(String(count));
  }
});

test('the anonymous sheet', async () => {
  const { page, t } = trainer;
  const format = formats('es', '?');
  await page
    .getByRole('navigation', { name: t('evaluation:forms') })
    .getByRole('button', { name: satisfactionForm.title.es })
    .click();
  await expect(page.getByTestId('results-sentence')).toHaveText(
    t('evaluation:sentence.meanOf', {
      count: figure('A_satisfaction', 'returned'),
      of: expected.A.registered,
      rate: format.rate(figure('A_satisfaction', 'responseRatePercent')),
      mean: format.mean(figure('A_satisfaction', 'overallMean')),
    }),
  );
  await expect(page.getByText(t('evaluation:figures.blanks', { count: figure('A_satisfaction', 'blanks') }))).toBeVisible();
  for (const [id, item] of Object.entries(expected.A_satisfaction.items)) {
    const part = `A_satisfaction.items.${id}`;
    const of = Object.fromEntries(figures(part, { n: item.n, mean: item.mean, top2pct: item.top2pct })) as {
      n: number;
      mean: number;
      top2pct: number;
    };
    const counts = figures(`${part}.dist`, item.dist).sort(([a], [b]) => b.localeCompare(a));
    const cells = page
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByText(id, { exact: true }) })
      .getByRole('cell');
    const mean = new Intl.NumberFormat('es-ES', { minimumFractionDigits: 2 }).format(of.mean);
    await expect(cells).toHaveText([mean, String(of.n), ...counts.map(([, count]) => String(count)), format.rate(of.top2pct)]);
  }
});

test('no figure was forgotten', () => {
  const all = leaves(expected, '');
  expect(all.filter((leaf) => !read.has(leaf))).toEqual([]);
  expect(all.length).toBeGreaterThan(150);
});
