import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { axeFaults } from './support/axe.ts';
import { atRest } from './support/hands.ts';
import { speaking } from './support/screens/screens.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** A course from nothing: made in the library, written in two languages, put in order by keys and by drag. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'en' });
  await trainer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640));
  await trainer.goTo('library');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const text = (field: string, language: 'en' | 'pt') =>
  trainer.page.getByRole('textbox', {
    name: trainer.t('editor:textIn', { text: trainer.t(`course:field.${field}`), language: LANGUAGE_NAMES[language] }),
  });
const part = (title: string) => trainer.page.getByRole('button', { name: title, exact: true });
const sessionsOf = (module: string) => trainer.page.getByRole('list', { name: module, exact: true }).getByRole('listitem');
const save = () => trainer.button('app:save.button').click();

async function addModule(title: string): Promise<void> {
  await trainer.button('editor:addModule').click();
  await text('title', 'en').fill(title);
  await save();
  await expect(trainer.page.getByRole('heading', { level: 2, name: title })).toBeVisible();
}

async function addSession(module: string, title: string, minutes: number): Promise<void> {
  await trainer.button('editor:addSessionTo', { title: module }).click();
  await text('title', 'en').fill(title);
  await trainer.page.getByLabel(trainer.t('course:field.minutes'), { exact: true }).fill(String(minutes));
  await save();
  await expect(part(title)).toBeVisible();
}

test('is made in the library, and says what comes next', async () => {
  const { page, t } = trainer;
  await trainer.button('editor:new.open').click();
  await page.getByRole('checkbox', { name: LANGUAGE_NAMES.pt }).check();
  await trainer.button('editor:new.submit').click();
  await expect(page.getByText(t('editor:titleMissing')).first()).toBeVisible();
  await text('title', 'en').fill('National law');
  await text('title', 'pt').fill('Direito nacional');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'National law' })).toBeVisible();
  await expect(page.getByText(t('editor:empty.title'))).toBeVisible();
});

test('gets modules and sessions; texts that are missing and half-days that are too full are marked', async () => {
  const { page, t } = trainer;
  await addModule('One');
  await addModule('Two');
  await addSession('One', 'Seizure', 200);
  await addSession('One', 'Search', 60);
  await expect(page.getByText(t('editor:missing', { count: 4, of: 5, language: LANGUAGE_NAMES.pt }))).toBeVisible();
  await expect(page.getByText(t('editor:balance.over'))).toBeVisible();
  await part('Search').click();
  await expect(page.getByText(t('editor:isMissing'))).toHaveCount(1);
  await text('title', 'pt').fill('Buscas');
  await text('trainerNotes', 'en').fill('Bring a seized phone.');
  await page.getByRole('combobox', { name: t('editor:placeIn', { count: 3 }) }).click();
  await page.getByRole('option', { name: t('course:dayHalf', { day: 1, half: t('app:half.PM') }) }).click();
  await save();
  await expect(page.getByText(t('editor:missing', { count: 4, of: 6, language: LANGUAGE_NAMES.pt }))).toBeVisible();
  await expect(page.getByText(t('editor:balance.over'))).toHaveCount(0);
});

test('is put in order by keys and buttons, which follow the part, and by drag', async () => {
  const { page } = trainer;
  await part('Search').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(sessionsOf('One')).toContainText(['Search', 'Seizure']);
  await expect(part('Search')).toBeFocused();
  await trainer.button('editor:down', { title: 'Search' }).focus();
  await page.keyboard.press('Enter');
  await expect(sessionsOf('One')).toContainText(['Seizure', 'Search']);
  await expect(trainer.button('editor:down', { title: 'Search' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sessionsOf('Two')).toContainText(['Search']);
  await expect(trainer.button('editor:down', { title: 'Search' })).toBeFocused();
  await sessionsOf('Two').first().dragTo(sessionsOf('One').first());
  await expect(sessionsOf('One')).toContainText(['Search', 'Seizure']);
});

test('loses nothing that is removed by mistake, nor what was typed', async () => {
  const { page, t } = trainer;
  await part('Seizure').focus();
  await page.keyboard.press('Delete');
  await expect(part('Seizure')).toHaveCount(0);
  await trainer.button('app:undo').click();
  await expect(sessionsOf('One')).toContainText(['Search', 'Seizure']);
  await part('Seizure').click();
  await text('objectives', 'en').fill('Know the limits');
  await page.keyboard.press('Escape');
  await expect(text('objectives', 'en')).toHaveValue('Know the limits');
  await save();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await trainer.button('editor:read').click();
  await expect(page.getByRole('button', { name: t('editor:open') })).toBeVisible();
  await trainer.button('editor:open').click();
  await expect(part('Seizure')).toBeVisible();
});

test('keeps what each text said before, and writes it again when asked to', async () => {
  const { page, t } = trainer;
  await part('Seizure').click();
  await text('title', 'en').fill('Seizing devices');
  await save();
  await part('Seizing devices').click();
  await trainer.button('sync:history.open').click();
  await trainer.button('sync:history.restore').click();
  await expect(page.getByRole('dialog').getByText(t('sync:history.current'))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(text('title', 'en')).toHaveValue('Seizure');
  await page.keyboard.press('Escape');
  await expect(part('Seizure')).toBeVisible();
});

for (const language of LANGUAGES)
  test(`in ${language}: axe finds no fault in the editor and its form, and nothing is beside the window`, async () => {
    trainer = await speaking(trainer, language);
    await trainer.goTo('library');
    await trainer.page.getByRole('button', { name: /^(National law|Direito nacional)/u }).click();
    await trainer.button('editor:open').click();
    await atRest(trainer.page);
    expect.soft(await axeFaults(trainer.page)).toEqual([]);
    await trainer.page.screenshot({ path: test.info().outputPath(`editor-${language}.png`) });
    await part('Search').or(part('Buscas')).click();
    await atRest(trainer.page);
    expect.soft(await axeFaults(trainer.page)).toEqual([]);
    await trainer.page.screenshot({ path: test.info().outputPath(`form-${language}.png`) });
    expect(await trainer.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await trainer.page.keyboard.press('Escape');
  });
