import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import ecteg from '../../resources/materials/ecteg.json' with { type: 'json' };
import octopus from '../../resources/materials/octopus.json' with { type: 'json' };
import preservation from '../../resources/materials/preservation-request.json' with { type: 'json' };
import { LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import type { Language } from '../../shared/kernel/text.ts';
import { readPdf } from '../support/papers/pdf-text.ts';
import { axeFaults } from './support/axe.ts';
import { atRest, goWithTab } from './support/hands.ts';
import { speaking } from './support/screens/screens.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** Cards of platforms elsewhere, and a template that is filled in in two languages, in the smallest window. */

test.describe.configure({ mode: 'serial' });

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-templates-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'pt' });
  await trainer.app.evaluate(({ BrowserWindow, dialog, shell }, to) => {
    BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640);
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${to}/pedido.pdf` });
    const log: string[] = [];
    (globalThis as unknown as { links: string[] }).links = log;
    dialog.showMessageBox = ((_window: unknown, { detail }: { detail: string }) => {
      log.push(`asked ${detail}`);
      return Promise.resolve({ response: log.length === 1 ? 1 : 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
    shell.openExternal = (address) => Promise.resolve(void log.push(`opened ${address}`));
    shell.openPath = () => Promise.resolve('');
  }, folder);
  await trainer.goTo('library');
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

const part = (id: string, language: Language) => {
  const { text } = preservation.parts.find((one) => one.id === id)!;
  return trainer.page
    .getByRole('dialog')
    .locator(`textarea[lang="${language}"]`)
    .and(trainer.page.getByLabel(text[language], { exact: true }));
};
const box = (field: 'second' | 'country') => trainer.page.getByRole('combobox', { name: trainer.t(`material:reference.${field}`) });
const links = () => trainer.app.evaluate(() => (globalThis as unknown as { links: string[] }).links);

test('cards say whom a platform admits and in which language it is, and lead there after a question', async () => {
  const { page, t } = trainer;
  const card = page.getByRole('list', { name: t('material:reference.cards') }).getByRole('listitem');
  await expect(card).toHaveCount(4);
  const police = card.filter({ hasText: ecteg.title.pt });
  await expect(police).toContainText(ecteg.limits.pt);
  await expect(police).toContainText(`${t('material:audience.lawEnforcement')} · ${LANGUAGE_NAMES.en}`);
  const link = page.getByRole('link', { name: t('material:reference.visitNamed', { title: octopus.title.pt }) });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect.poll(links).toEqual([`asked ${octopus.link}`]);
  await link.click();
  await expect.poll(links).toEqual([`asked ${octopus.link}`, `asked ${octopus.link}`, `opened ${octopus.link}`]);
  expect(new URL(page.url()).protocol).not.toBe('https:');
});

test('a template is filled in by keyboard, each language on its side, and its paper holds both', async () => {
  const { page } = trainer;
  await goWithTab(trainer, trainer.button('material:reference.fillNamed', { title: preservation.title.pt }));
  await page.keyboard.press('Enter');
  await box('second').click();
  await page.getByRole('option', { name: LANGUAGE_NAMES.fr, exact: true }).click();
  await box('country').fill('Cabo');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await part('offence', 'pt').focus();
  await page.keyboard.type('Burla informática');
  await page.keyboard.press('Tab');
  await expect(part('offence', 'fr')).toBeFocused();
  await page.keyboard.type('Fraude informatique');
  await part('data', 'fr').fill(LONG);
  await trainer.button('paper:save').click();
  await expect(page.getByRole('dialog').getByRole('status').filter({ hasText: 'pedido.pdf' })).toBeVisible();
  const words = readPdf(readFileSync(path.join(folder, 'pedido.pdf')))
    .pages.join(' ')
    .replaceAll(/\s+/g, ' ');
  for (const said of [preservation.title.pt, preservation.title.fr, 'Burla informática', 'Fraude informatique', 'Cabo Verde', 'Cap-Vert'])
    expect(words).toContain(said);
  // A long word is broken, and nothing of it is lost.
  expect(words.replaceAll(/[\s\u00AD\u200B-]/g, '')).toContain(LONG);
});

test('both columns stay level, however long their words, and nothing is beside the window', async () => {
  for (const { id } of preservation.parts) {
    const [left, right] = [await part(id, 'pt').boundingBox(), await part(id, 'fr').boundingBox()];
    expect(Math.abs(left!.y - right!.y), id).toBeLessThan(1);
    expect(Math.abs(left!.height - right!.height), id).toBeLessThan(1);
    expect(Math.abs(left!.width - right!.width), id).toBeLessThan(1);
  }
  expect(await trainer.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('what was saved is not asked about; what was written since is, and a language that is chosen again has its own', async () => {
  const { page } = trainer;
  const choose = async (language: Language) => {
    await box('second').click();
    await page.getByRole('option', { name: LANGUAGE_NAMES[language], exact: true }).click();
  };
  await choose('es');
  await expect(part('offence', 'es')).toHaveValue('');
  await choose('fr');
  await expect(part('offence', 'fr')).toHaveValue('Fraude informatique');
  await part('facts', 'pt').fill('Um pagamento.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await trainer.button('app:unsaved.stay').click();
  await expect(part('facts', 'pt')).toHaveValue('Um pagamento.');
  // By a name of its own: what was saved before is still said.
  await trainer.app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    path.join(folder, 'segundo.pdf'),
  );
  await trainer.button('paper:save').click();
  await expect(page.getByRole('dialog').getByRole('status').filter({ hasText: 'segundo.pdf' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(trainer.button('material:reference.fillNamed', { title: preservation.title.pt })).toBeFocused();
});

test('axe finds no fault in the smallest window, and F1 opens the page of the help', async () => {
  trainer = await speaking(trainer, 'pt');
  await trainer.goTo('library');
  await trainer.button('material:reference.fillNamed', { title: preservation.title.pt }).click();
  await atRest(trainer.page);
  expect.soft(await axeFaults(trainer.page)).toEqual([]);
  await trainer.page.keyboard.press('F1');
  await expect(trainer.page.getByRole('heading', { name: 'Modelos e plataformas' })).toBeVisible();
  await trainer.page.keyboard.press('Escape');
  await trainer.page.keyboard.press('Escape');
  await expect(trainer.page.getByRole('dialog')).toHaveCount(0);
  await trainer.page.getByRole('heading', { name: trainer.t('material:reference.cards') }).scrollIntoViewIfNeeded();
  expect.soft(await axeFaults(trainer.page)).toEqual([]);
});
