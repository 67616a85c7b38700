import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import papaparse from 'papaparse';
import form from '../../../resources/questionnaires/intro-prepost-v1.json' with { type: 'json' };
import { openAs, type Trainer } from '../support/trainer.ts';
import { expected, files, makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 6: tests on paper, typed in by keyboard or imported; the gain of those who took both, with the numbers of pairs. */

test.describe.configure({ mode: 'serial' });

const figures = expected.A_prepost;
/** Typed by hand, the rest is imported. */
const TYPED = [
  ['pre', ['P01', 'P02', 'P03']],
  ['post', ['P01', 'P02']],
] as const;

let data: string;
let trainer: Trainer;
let sheets: readonly Readonly<Record<string, string>>[];

test.beforeAll(async () => {
  sheets = papaparse.parse<Record<string, string>>(await readFile(files.prePost, 'utf8'), { header: true, skipEmptyLines: true }).data;
  data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data, language: 'pt', name: 'Bento Lima', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('evaluation');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(data, { recursive: true });
});

const number = (value: number) => new Intl.NumberFormat('pt-PT', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);

test('takes paper sheets straight from the keyboard, person by person', async () => {
  const { page, t } = trainer;
  await expect(page.getByRole('region', { name: form.title.pt })).toBeVisible();
  for (const [wave, people] of TYPED) {
    await trainer.choose('evaluation:enter.wave', `evaluation:wave.${wave}`);
    for (const [index, person] of people.entries()) {
      const sheet = sheets.find((one) => one['participant_id'] === person && one['wave'] === wave)!;
      const strip = page.getByRole('group', { name: t('evaluation:strip.label') });
      await strip.getByRole('button').first().focus();
      for (const { id } of form.items) await page.keyboard.press(sheet[id] || 'Space');
      await expect(trainer.button('evaluation:enter.keep')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByText(t('evaluation:enter.in', { count: index + 1, of: expected.A.registered }))).toBeVisible();
    }
  }
  // The next one comes by itself, and the keyboard is where it is typed.
  await expect(
    page
      .getByRole('group', { name: t('evaluation:strip.label') })
      .getByRole('button')
      .first(),
  ).toBeFocused();
});

test('shows a sheet that is in for correction, and keeps what it says', async () => {
  const { page, t } = trainer;
  await trainer.choose('evaluation:enter.wave', 'evaluation:wave.pre');
  await page.getByRole('combobox', { name: t('evaluation:enter.person') }).click();
  await page.getByRole('option', { name: t('evaluation:enter.personDone', { name: 'ADJOVI Clarisse' }) }).click();
  await expect(page.getByText(t('evaluation:enter.correcting'))).toBeVisible();
  const first = sheets.find((one) => one['participant_id'] === 'P01' && one['wave'] === 'pre')!;
  for (const { id } of form.items) {
    const answer = first[id] || t('evaluation:strip.blank');
    await expect(page.getByRole('button', { name: t('evaluation:strip.item', { item: id, answer }), exact: true })).toBeVisible();
  }
});

test('imports the others and knows the ones that are in', async () => {
  const { t } = trainer;
  await trainer.button('evaluation:import.open').click();
  const dialog = await trainer.chooseForImport(files.prePost);
  const typed = TYPED.reduce((sum, [, people]) => sum + people.length, 0);
  await expect(dialog).toContainText(t('evaluation:import.unchanged', { count: typed }));
  await dialog.getByRole('button', { name: t('evaluation:import.button', { count: sheets.length - typed }) }).click();
  await expect(dialog).toBeHidden();
});

test('says what was gained by those who took both, with their number', async () => {
  const { page, t } = trainer;
  const points = number(figures.meanGainMatched);
  await expect(page.getByTestId('results-sentence')).toHaveText(
    t('evaluation:sentence.gained', { points, questions: 12, count: figures.improved, of: figures.nMatched }),
  );
  const shown = page.locator('dl').filter({ hasText: t('evaluation:figures.before') });
  await expect(shown).toContainText(`${t('evaluation:figures.before')}${number(figures.meanPreMatched)}`);
  await expect(shown).toContainText(`${t('evaluation:figures.after')}${number(figures.meanPostMatched)}`);
  await expect(shown).toContainText(`${t('evaluation:figures.gain')}${number(figures.meanGainMatched)}`);
  for (const key of ['improved', 'same', 'worse'] as const) {
    await expect(shown).toContainText(
      `${t(`evaluation:figures.${key}`)}${figures[key]}${t('evaluation:figures.ofPairs', { count: figures.nMatched })}`,
    );
  }
  await expect(
    page.getByText(t('evaluation:figures.pairs', { pre: figures.nPre, post: figures.nPost, count: figures.nMatched })),
  ).toBeVisible();
  // A blank item is wrong, a missing person is left out: every question, counted.
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(13);
  for (const [index, { id }] of form.items.entries()) {
    const cells = rows.nth(index + 1).getByRole('cell');
    await expect(cells.nth(0)).toHaveText(String(figures.itemCorrectPre[id as 'Q1']));
    await expect(cells.nth(1)).toHaveText(String(figures.itemCorrectPost[id as 'Q1']));
  }
});
