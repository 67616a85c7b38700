import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import papaparse from 'papaparse';
import form from '../../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import { openAs, type Trainer } from '../support/trainer.ts';
import { expected, files, makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 7: the anonymous sheet. Response rate, mean of each item with its n, comments; nothing of fewer than five. */

test.describe.configure({ mode: 'serial' });

const SMALLEST_GROUP = 5;
const COMMENT = 'More time for the practical case, please.';
const figures = expected.A_satisfaction;
const scales = form.items.filter(({ type }) => type === 'scale');
const [open] = form.items.filter(({ type }) => type === 'open');

let folder: string;
let trainer: Trainer;
let sheets: readonly Readonly<Record<string, string>>[];

test.beforeAll(async () => {
  sheets = papaparse.parse<Record<string, string>>(await readFile(files.satisfaction, 'utf8'), { header: true, skipEmptyLines: true }).data;
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const data = path.join(folder, 'data');
  trainer = await openAs({ data, language: 'en', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('evaluation');
  await trainer.page
    .getByRole('navigation', { name: trainer.t('evaluation:forms') })
    .getByRole('button', { name: form.title.en })
    .click();
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

async function typeSheet(sheet: Readonly<Record<string, string>>, comment?: string): Promise<void> {
  const { page, t } = trainer;
  await page
    .getByRole('group', { name: t('evaluation:strip.label') })
    .getByRole('button')
    .first()
    .focus();
  for (const { id } of scales) await page.keyboard.press(sheet[id] || 'Space');
  await expect(page.getByLabel(open!.text.en)).toBeFocused();
  if (comment) await page.keyboard.type(comment);
  await page.keyboard.press('Control+Enter');
}

const sentence = () => trainer.page.getByTestId('results-sentence');

test('takes anonymous sheets from the keyboard, with a comment', async () => {
  const { page, t } = trainer;
  for (let i = 0; i < SMALLEST_GROUP - 1; i++) {
    await typeSheet(sheets[i]!, i === 0 ? COMMENT : undefined);
    await expect(page.getByText(t('evaluation:sheetCount', { count: i + 1 })).first()).toBeVisible();
    await expect(page.getByText(t('evaluation:enter.keptAnonymous'))).toBeVisible();
  }
  await expect(page.getByText(t('evaluation:enter.anonymous'))).toBeVisible();
});

test('breaks nothing down while fewer than five sheets are in', async () => {
  const { page, t } = trainer;
  await trainer.choose('evaluation:view.label', 'evaluation:view.results');
  await expect(sentence()).toHaveText(t('evaluation:sentence.sheetsOf', { count: 4, of: expected.A.registered, rate: '16.0%' }));
  await expect(page.getByText(t('evaluation:suppressed', { count: SMALLEST_GROUP }))).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByText(COMMENT)).toHaveCount(0);
});

test('gives the rate, the mean of every item with its n, and the comments', async () => {
  const { page, t } = trainer;
  const rest = path.join(folder, 'rest.csv');
  await writeFile(rest, papaparse.unparse(sheets.slice(SMALLEST_GROUP - 1)));
  await trainer.button('evaluation:import.open').click();
  const dialog = await trainer.chooseForImport(rest);
  await dialog.getByRole('button', { name: t('evaluation:import.button', { count: figures.returned - SMALLEST_GROUP + 1 }) }).click();
  await expect(dialog).toBeHidden();
  await expect(sentence()).toHaveText(
    t('evaluation:sentence.meanOf', {
      count: figures.returned,
      of: expected.A.registered,
      rate: `${figures.responseRatePercent.toFixed(1)}%`,
      mean: figures.overallMean.toFixed(2),
    }),
  );
  await expect(page.getByText(t('evaluation:figures.blanks', { count: figures.blanks }))).toBeVisible();
  const rows = page.getByRole('table').getByRole('row');
  for (const [index, { id }] of scales.entries()) {
    const item = figures.items[id as 'S1'];
    const counts = (['5', '4', '3', '2', '1'] as const).map((step) => String(item.dist[step]));
    const top = `${item.top2pct.toFixed(1)}%`;
    const cells = await rows
      .nth(index + 1)
      .getByRole('cell')
      .allInnerTexts();
    expect(cells, id).toEqual([item.mean.toFixed(2), String(item.n), ...counts, top]);
  }
  await expect(page.getByRole('heading', { name: open!.text.en })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: COMMENT })).toHaveCount(1);
});
