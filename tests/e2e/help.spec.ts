import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { HelpPage } from '../../shared/features/help/help-pages.ts';
import { LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { helpIn } from '../../scripts/locale-help.ts';
import { axeFaults } from './support/axe.ts';
import { pictureOf, zoomTo } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { wordsOf } from './support/words.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** Help on what is on screen, wherever somebody is: asked for by one key, read and sought without the mouse, and left where the keyboard was. */

test.describe.configure({ mode: 'serial' });

const ROOT = path.resolve(import.meta.dirname, '../..');

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    before: (terminal) => makeWorkshopA(terminal, ['people', 'attendance']),
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const titleOf = (page: HelpPage, language: Trainer['language'] = 'fr') => helpIn(ROOT, language).get(page)!.title;
const help = () => trainer.page.getByRole('dialog', { name: trainer.t('help:title'), exact: true });
const title = () => help().locator('article h3');

/** Asks for help where the keyboard is, and leaves it again. */
async function expectHelp(page: HelpPage, where: string): Promise<void> {
  await trainer.page.keyboard.press('F1');
  await expect(title(), where).toHaveText(titleOf(page));
  await trainer.page.keyboard.press('Escape');
  await expect(help()).toHaveCount(0);
}

test('F1 opens the page of the place, the tab and the part of it that is on screen', async () => {
  const { page } = trainer;
  for (const [place, expected] of [
    ['today', 'firstSteps'],
    ['workshops', 'workshop'],
    ['library', 'library'],
    ['settings', 'settings'],
  ] as const) {
    await trainer.goTo(place);
    await expectHelp(expected, place);
  }
  await trainer.field('settings:name').focus();
  await expectHelp('settings', 'the name');
  await trainer.button('settings:backup.now').focus();
  await expectHelp('backup', 'the backups');
  for (const [tab, expected] of [
    ['waiting', 'enrol'],
    ['conflicts', 'conflicts'],
    ['setAside', 'setAside'],
    ['history', 'sync'],
    ['room', 'room'],
    ['stick', 'stick'],
    ['laptop', 'sync'],
  ] as const) {
    await trainer.openSync(tab === 'waiting' ? 'conflicts' : tab);
    if (tab === 'waiting') await page.getByRole('tab', { name: trainer.t('sync:tab.enrol') }).click();
    await expectHelp(expected, `sync, ${tab}`);
  }
  await trainer.openWorkshop(PLAN.title);
  for (const [tab, expected] of [
    ['agenda', 'agenda'],
    ['people', 'people'],
    ['attendance', 'attendance'],
    ['evaluation', 'sheets'],
    ['report', 'report'],
    ['certificates', 'certificates'],
    ['papers', 'papers'],
  ] as const) {
    await trainer.openTab(tab);
    await page.locator('#work [role="tabpanel"]').waitFor();
    await page.waitForLoadState('networkidle');
    if (tab === 'evaluation') await expect(page.getByRole('radiogroup', { name: trainer.t('evaluation:view.label') })).toBeVisible();
    await expectHelp(expected, tab);
  }
  await trainer.openTab('evaluation');
  await trainer.choose('evaluation:view.label', 'evaluation:view.results');
  await expectHelp('results', 'the results');
});

test('a dialog has its own page, and stays as it is beneath the help', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  await trainer.button('people:addPerson').click();
  const name = page.getByRole('dialog').getByLabel(t('people:field.familyName'));
  await name.fill('SARR');
  await expectHelp('people', 'a new person');
  await expect(name).toHaveValue('SARR');
  await expect(name).toBeFocused();
  await name.fill('');
  await page.keyboard.press('Escape');
  await trainer.button('people:importList').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectHelp('importList', 'the import of a list');
  await page.keyboard.press('Escape');
  await trainer.openTab('attendance');
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('+');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectHelp('walkIn', 'somebody at the door');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectHelp('attendance', 'the letters');
  await page.keyboard.press('Escape');
});

test('it is sought, read and followed by keyboard, and shows the keys as the window has them', async () => {
  const { page, t } = trainer;
  const cell = page.getByRole('gridcell').first();
  await cell.focus();
  await page.keyboard.press('F1');
  await expect(help().locator('article')).toBeFocused();
  await expect(help().locator('[data-key="attendance.marks"] kbd')).toHaveText('P R D E A X');
  await expect(help().locator('[data-key="attendance.remaining"] dd')).toHaveText(t('attendance:letters.remaining.does'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  const search = help().getByRole('searchbox');
  await search.focus();
  await page.keyboard.type('quinze minutes');
  await expect(help().getByRole('navigation').getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(title()).toHaveText(titleOf('enrol'));
  await search.fill('cle usb');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(title()).toHaveText(titleOf('stick'));
  await search.fill('qqzz');
  await expect(help().getByRole('status')).toHaveText(t('help:noneFound', { text: 'qqzz' }));
  await search.fill('');
  await help()
    .getByRole('button', { name: titleOf('sync'), exact: true })
    .click();
  await help().locator('article').getByRole('button', { name: 'conflits' }).click();
  await expect(title()).toHaveText(titleOf('conflicts'));
  await expect(help().locator('article')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(cell).toBeFocused();
});

test('it is in the menu in every language, and whole in a small window with large text', async () => {
  const { page } = trainer;
  let spoken: Language = 'fr';
  for (const language of [...LANGUAGES.filter((other) => other !== 'fr'), 'fr'] as const) {
    const [before, after] = [wordsOf(spoken), wordsOf(language)];
    await page.getByRole('button', { name: before('app:place.settings'), exact: true }).click();
    await page.getByRole('combobox', { name: before('settings:language') }).click();
    await page.getByRole('option', { name: LANGUAGE_NAMES[language], exact: true }).click();
    spoken = language;
    await page
      .getByRole('navigation')
      .getByRole('button', { name: after('help:open') })
      .click();
    const dialog = page.getByRole('dialog', { name: after('help:title'), exact: true });
    await expect(dialog.locator('article h3')).toHaveText(titleOf('settings', language));
    expect(await axeFaults(trainer.page), language).toEqual([]);
    await pictureOf(trainer, test.info().outputPath(`help-${language}.png`));
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await zoomTo(trainer, 1.5, [1024, 640]);
  await page.keyboard.press('F1');
  const search = help().getByRole('searchbox');
  await expect(title()).toBeVisible();
  await pictureOf(trainer, test.info().outputPath('small.png'));
  for (const part of [search, help().locator('article')]) {
    const box = (await part.boundingBox())!;
    const [width, height] = await page.evaluate(() => [innerWidth, innerHeight] as const);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    expect(box.height).toBeGreaterThan(30);
  }
  await page.keyboard.press('Escape');
  await zoomTo(trainer, 1, [1280, 800]);
});
