import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pngOf } from '../support/papers/pictures.ts';
import { readPdf } from '../support/papers/pdf-text.ts';
import { axeFaults } from './support/axe.ts';
import { atTerminal } from './support/terminal.ts';
import { openAs, reopenAs, type Trainer } from './support/trainer.ts';
import { wordsOf } from './support/words.ts';
import { expected, makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** Journey 9: certificates at a threshold, with an exception, a corrected name and one that is revoked, printed in French from a Spanish screen, and verified. */

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
const badges = () => readdirSync(path.join(folder, 'each')).filter((name) => name.endsWith('.json'));
const badge = (name: string) => readFileSync(path.join(folder, 'each', name), 'utf8');
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
  await expect(rows('award:papers').first()).toContainText(name);
  const pdf = readPdf(readFileSync(path.join(folder, name)));
  expect(pdf.language).toBe('fr-FR');
  expect(pdf.pages.length).toBe(eligible + 1);
  for (const one of pdf.pages) expect(one).toContain(french('paper:certificates.attendance.title'));
  await page.screenshot({ path: test.info().outputPath('issued.png'), fullPage: true });
});

test('a file each goes into a folder, with an address in its code, and the page that verifies them is one file', async () => {
  const { page, t, field } = trainer;
  const paper = page.getByRole('list', { name: t('award:papers'), exact: true });
  await field('award:address').fill('http://certificates.example.org');
  await expect(page.getByText(t('award:addressWrong'))).toBeVisible();
  await field('award:address').fill('https://certificates.example.org/v');
  await expect(page.getByText(t('award:addressWrong'))).toHaveCount(0);
  const each = path.join(folder, 'each');
  mkdirSync(each);
  await trainer.app.evaluate(({ dialog }, to) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [to] });
  }, each);
  await trainer.button('award:files.save').click();
  await expect(paper).toContainText(/archivos están guardados en each/);
  const files = readdirSync(each);
  expect(files).toHaveLength(eligible + 1);
  for (const file of files) expect(file).toMatch(/^([0-9A-Z]{4}-){2}[0-9A-Z]{4}\.pdf$/);

  await field('award:page.institution').fill('Escuela de Example');
  await trainer.button('award:page.save').click();
  const name = `${t('award:page.fileName')}.html`;
  await expect(page.getByRole('list', { name: t('award:page.name'), exact: true })).toContainText(name);
  await page.screenshot({ path: test.info().outputPath('page.png') });
  expect(readFileSync(path.join(folder, name), 'utf8')).toContain('Escuela de Example');
});

test('a post-test that has to be passed is asked for with its share', async () => {
  const { page, t } = trainer;
  await page.getByRole('combobox', { name: t('award:test.label'), exact: true }).click();
  await page.getByRole('option', { name: t('award:test.passed'), exact: true }).click();
  await expect(page.getByLabel(t('award:passMark'), { exact: true })).toHaveValue(/^70/);
  await expect(rows('award:misses').first()).toContainText(t('award:miss.testMissing'));
  await expect(rows('award:misses').filter({ hasText: t('award:miss.testMissing') })).toHaveCount(missing - 1);
  await page.getByRole('combobox', { name: t('award:test.label'), exact: true }).click();
  await page.getByRole('option', { name: t('award:test.none'), exact: true }).click();
  await expect(page.getByText(t('award:miss.testMissing'))).toHaveCount(0);
});

test('an institution gives them its design, with a preview that follows what is typed', async () => {
  const { page, t } = trainer;
  await trainer.button('award:design.open').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('award:design.field.name')).fill('École nationale');
  await trainer.button('award:design.create').click();
  const picture = dialog.getByRole('img', { name: t('award:design.previewAlt') });
  await expect(picture).toBeVisible();
  const before = await picture.getAttribute('src');
  const called = dialog.getByRole('textbox', { name: t('award:design.field.name'), exact: true });
  await called.fill('');
  await page.keyboard.press('Tab');
  await expect(dialog).toContainText(t('award:design.nameMissing'));
  await called.fill('École nationale (Praia)');
  await page.keyboard.press('Tab');
  const heading = dialog.getByLabel(t('award:design.inLanguage', { field: t('award:design.field.heading'), language: 'Français' }));
  await heading.fill('École nationale de la magistrature');
  await expect(picture).not.toHaveAttribute('src', before!);
  const logo = path.join(folder, 'logo.png');
  writeFileSync(logo, pngOf(320, 120));
  await trainer.answerDialogs(path.join(folder, 'none.svg'), logo);
  writeFileSync(path.join(folder, 'none.svg'), '<svg/>');
  const choose = dialog.getByRole('button', { name: t('award:design.chooseOf', { what: t('award:design.field.logo') }) });
  await choose.click();
  await expect(dialog.getByRole('alert')).toContainText('SVG');
  await choose.click();
  await expect(dialog).toContainText('logo.png');
  await dialog.getByRole('button', { name: t('award:design.addSignatory'), exact: true }).click();
  await dialog.getByLabel(t('award:design.field.name1'), { exact: true }).fill('Ana LOPES');
  await dialog.getByLabel(t('award:design.field.main'), { exact: true }).fill('#ffff99');
  await expect(dialog).toContainText(/Apenas se vería/);
  await dialog.getByLabel(t('award:design.field.main'), { exact: true }).fill('#7a1e2e');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: t('award:design.removeOf', { what: t('award:design.field.logo') }) }).click();
  await expect(dialog).not.toContainText('logo.png');
  await trainer.button('app:undo').click();
  await expect(dialog).toContainText('logo.png');
  expect(await axeFaults(page)).toEqual([]);
  for (const [width, height, scheme] of [
    [1366, 768, 'light'],
    [1024, 640, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await heading.scrollIntoViewIfNeeded();
    await page.screenshot({ path: test.info().outputPath(`design-${width}-${scheme}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: t('award:design.label'), exact: true })).toHaveValue('École nationale (Praia)');
});

test('as Open Badges each lies in a file of its own, in the folder that was chosen', async () => {
  const { t } = trainer;
  await trainer.answerDialogs(path.join(folder, 'each'));
  await trainer.button('award:badges.save').click();
  const row = rows('award:papers').filter({ hasText: t('award:badges.about') });
  await expect(row).toContainText(/archivos están guardados en each/);
  expect(badges()).toHaveLength(eligible + 1);
  for (const name of badges())
    expect(JSON.parse(badge(name))).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSubject: { licenseNumber: name.slice(0, -'.json'.length) },
    });
});

test('the Open Badge of one person is saved from their row', async () => {
  const row = rows('award:reaches')
    .filter({ hasText: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/ })
    .last();
  const number = /([0-9A-Z]{4}-){2}[0-9A-Z]{4}/.exec(await row.innerText())![0];
  const target = path.join(folder, 'one.json');
  await trainer.answerDialogs(target);
  await row.getByRole('button', { name: /^Open Badge/ }).click();
  await expect(trainer.page.getByText(/^one\.json está guardado/)).toBeVisible();
  expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual(JSON.parse(badge(`${number}.json`)));
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

test('a certificate is verified by what its code says: one that stands, one that was revoked, one of nobody known here', async () => {
  await trainer.close();
  const said = await atTerminal(trainer.data, async (terminal) => {
    const [workshop] = await terminal.call<{ id: string }[]>('activity.list');
    return terminal.call<{ token: string; number: string; name: string }[]>('certificate.list', { activityId: workshop!.id });
  });
  const standing = said.find(({ token }) => token !== '')!;
  trainer = await reopenAs(trainer);
  const { page, t } = trainer;
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('certificates');
  await trainer.button('award:verify.open').click();
  const dialog = page.getByRole('dialog');
  const code = dialog.getByLabel(t('award:verify.code'));
  const verify = dialog.getByRole('button', { name: t('award:verify.submit'), exact: true });
  await expect(code).toBeFocused();
  await code.fill(standing.number);
  await expect(dialog).toContainText(t('award:verify.isNumber'));
  await expect(verify).toBeDisabled();

  await code.fill(`https://certificates.example.org/v#${standing.token.replace(/.{5}/g, '$& ')}`);
  await verify.click();
  const verdict = dialog.getByTestId('award-verdict');
  await expect(verdict).toContainText(t('award:verify.result.valid'));
  await expect(verdict).toContainText(standing.name);
  await expect(verdict).toContainText(standing.number);
  await page.screenshot({ path: test.info().outputPath('verified.png') });
  expect(await axeFaults(page)).toEqual([]);

  const kept = said.find(({ number, token }) => token !== '' && badges().includes(`${number}.json`))!;
  await code.fill(badge(`${kept.number}.json`));
  await expect(verdict).toHaveCount(0);
  await verify.click();
  await expect(verdict).toContainText(t('award:verify.result.valid'));
  await expect(verdict).toContainText(kept.name);
  await expect(verdict).toContainText(kept.number);

  await trainer.answerDialogs(path.join(folder, 'each', `${kept.number}.json`));
  await dialog.getByRole('button', { name: t('award:verify.file'), exact: true }).click();
  await expect(dialog).toContainText(t('award:verify.fileOf', { name: `${kept.number}.json` }));
  await expect(code).toHaveValue('');
  await expect(verdict).toContainText(t('award:verify.result.valid'));
  await expect(verdict).toContainText(kept.number);

  await code.fill(`${standing.token.slice(0, -1)}${standing.token.endsWith('1') ? '2' : '1'}`);
  await expect(verdict).toHaveCount(0);
  await verify.click();
  await expect(verdict).toContainText(t('award:verify.result.forged'));
  await expect(verdict).not.toContainText(standing.name);

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await rows('award:reaches').filter({ hasText: standing.number }).getByRole('button').last().click();
  await dialog.getByLabel(t('award:reason')).fill('persona equivocada');
  await dialog.getByRole('button', { name: t('award:revoke'), exact: true }).click();
  await trainer.button('award:verify.open').click();
  await code.fill(standing.token);
  await verify.click();
  await expect(verdict).toContainText(t('award:verify.result.revoked'));
  await expect(verdict).toContainText('persona equivocada');
});
