import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readPdf } from '../support/papers/pdf-text.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { wordsOf } from './support/words.ts';
import { expected, makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** Journey 9: certificates at a threshold, with an exception, a corrected name and one that is revoked, printed in French from a Spanish screen. */

let folder: string;
let trainer: Trainer;
const french = wordsOf('fr');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-certificates-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'es',
    before: (terminal) => makeWorkshopA(terminal, ['people', 'attendance']),
  });
  await trainer.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string };
      return Promise.resolve({ canceled: false, filePath: `${to}/${defaultPath}` });
    };
  }, folder);
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('certificates');
});
test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (list: string) => trainer.page.getByRole('list', { name: trainer.t(list), exact: true }).getByRole('listitem');
const eligible = expected.A.certificatesAt75;
const missing = expected.A.registered - eligible;

test('who reaches it and who misses it by what is seen before anything is issued', async () => {
  const { page, t } = trainer;
  await expect(rows('award:reaches')).toHaveCount(eligible);
  await expect(rows('award:misses')).toHaveCount(missing);
  await expect(rows('award:misses').first()).toContainText(/falta/);
  await page.screenshot({ path: test.info().outputPath('before.png') });
  await page.getByRole('button', { name: t('award:issue', { count: eligible }), exact: true }).click();
  await expect(rows('award:reaches').first()).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(page.getByRole('button', { name: t('award:issue', { count: 0 }), exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('award:issue', { count: eligible }), exact: true })).toHaveCount(0);
});

test('an exception is made with its reason', async () => {
  const { page, t } = trainer;
  await rows('award:misses').first().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: t('award:issueOne'), exact: true })).toBeDisabled();
  await dialog.getByLabel(t('award:reason')).fill('enferma el martes');
  await dialog.getByRole('button', { name: t('award:issueOne'), exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rows('award:reaches')).toHaveCount(eligible + 1);
  await expect(rows('award:reaches').filter({ hasText: t('award:exceptionOf', { reason: 'enferma el martes' }) })).toHaveCount(1);
});

test('they are printed in the language of the workshop', async () => {
  const { page, t } = trainer;
  const paper = t('paper:certificates.name');
  await trainer.button('paper:savePaper', { paper }).click();
  const name = `${french('paper:certificates.name')} ${PLAN.start}.pdf`;
  await expect(rows('paper:certificates.name')).toContainText(name);
  const pdf = readPdf(readFileSync(path.join(folder, name)));
  expect(pdf.language).toBe('fr-FR');
  expect(pdf.pages.length).toBe(eligible + 1);
  for (const one of pdf.pages) expect(one).toContain(french('paper:certificates.attendance.title'));
  await page.screenshot({ path: test.info().outputPath('issued.png'), fullPage: true });
});

test('one is revoked with a reason, and issued anew under another number', async () => {
  const { page, t } = trainer;
  const first = rows('award:reaches').first();
  const before = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await first.innerText())![0];
  await first.getByRole('button').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('award:reason')).fill('persona equivocada');
  await dialog.getByRole('button', { name: t('award:revoke'), exact: true }).click();
  await expect(rows('award:revoked')).toContainText(before);
  await expect(rows('award:revoked')).toContainText('persona equivocada');
  await first.getByRole('button', { name: /^Expedir el certificado/ }).click();
  await expect(first).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await expect(first).not.toContainText(before);
});
