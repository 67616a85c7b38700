import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readSheets, readWord } from '../support/papers/office-text.ts';
import { readPdf } from '../support/papers/pdf-text.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { wordsOf } from './support/words.ts';
import { expected, makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** The report on its page: written in words, and saved for Word, as PDF and as annexes. */

let folder: string;
let trainer: Trainer;
const french = wordsOf('fr');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-report-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'pt',
    before: (terminal) => makeWorkshopA(terminal, ['people']),
  });
  await trainer.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string };
      return Promise.resolve({ canceled: false, filePath: `${to}/${defaultPath}` });
    };
  }, folder);
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('report');
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

const document = () => trainer.page.locator('article[lang]');
const part = (name: string) => trainer.t(`report:narrative.part.${name}`);

test('the figures speak until somebody writes, in the language of the report, and each part is saved when it is left', async () => {
  const { page, t } = trainer;
  const suggested = french('report:document.narrative.people.exact', {
    count: expected.A.registered,
    title: PLAN.title,
    days: '12–15 juillet 2021',
  });
  await expect(document()).toContainText(suggested);
  await page.getByText(t('report:narrative.title')).click();
  await trainer.button('report:narrative.begin', { part: part('summary') }).click();
  const summary = page.getByRole('textbox', { name: part('summary') });
  await expect(summary).toHaveValue(new RegExp(`^${expected.A.registered} personnes`));
  await summary.fill('Un atelier réussi.\nSuite en octobre.');
  await page.getByRole('textbox', { name: part('outcomes') }).fill('Un réseau de six pays.');
  await page.getByRole('textbox', { name: part('outcomes') }).blur();
  await expect(document()).toContainText('Un atelier réussi.');
  await expect(document()).toContainText('Un réseau de six pays.');
  await expect(document()).not.toContainText(suggested);
  await page.screenshot({ path: test.info().outputPath('report.png'), fullPage: true });
});

test('it is saved in each format, with what was written', async () => {
  for (const format of ['docx', 'pdf', 'xlsx']) {
    await trainer.button(`report:save.${format}`).click();
    const name = french('report:fileName', { start: PLAN.start, format });
    await expect(trainer.page.getByText(name).last()).toBeVisible();
    const bytes = readFileSync(path.join(folder, name));
    const said =
      format === 'docx'
        ? readWord(bytes).paragraphs.map(({ text }) => text)
        : format === 'pdf'
          ? readPdf(bytes).pages
          : readSheets(bytes)[0]!.rows.flat();
    expect(said.join(' ')).toContain('Un réseau de six pays.');
  }
});

test('the figures speak again where somebody lets them', async () => {
  await trainer.button('report:narrative.again', { part: part('summary') }).click();
  await expect(document()).not.toContainText('Un atelier réussi.');
  await expect(document()).toContainText('personnes ont participé');
});
