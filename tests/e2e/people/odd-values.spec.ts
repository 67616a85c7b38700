import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { textIn, type LocalisedText } from '../../../shared/kernel/text.ts';
import { addRareRecords, plantOddValues } from '../../support/odd-store.ts';
import { atTerminal } from '../support/terminal.ts';
import { reopenAs, type Trainer } from '../support/trainer.ts';

/** Every screen over a store with odd values in every field of every entity: each stands, the honest rows in it, and what cannot be read says so. */

interface Listed {
  readonly id: string;
  readonly title: string | LocalisedText;
}

const LANGUAGE = 'fr';
const HONEST = { title: 'Formation honnête', languages: ['fr'], countries: ['SN'], courseId: 'C1' } as const;
let folder: string;
let trainer: Trainer;
let sample: string;
const thrown: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-odd-values-'));
  const data = path.join(folder, 'data');
  sample = await atTerminal(data, async (terminal) => {
    await terminal.call('settings.set', { language: LANGUAGE, name: 'Awa Diop' });
    const loaded = await terminal.call<{ id: string }>('activity.loadSample');
    await addRareRecords((name, input) => terminal.call(name, input), loaded.id);
    // The workshop whose id comes first gets the rivals: not the sample, which is found by its title.
    const list = (): Promise<Listed[]> => terminal.call<Listed[]>('activity.list');
    const isFirst = async () => (await list()).every(({ id }) => id >= loaded.id);
    for (let n = 0; n < 2 || (await isFirst()); n++)
      await terminal.call('activity.create', { ...HONEST, start: '2021-07-12', end: '2021-07-15' });
    return textIn((await list()).find(({ id }) => id === loaded.id)!.title, LANGUAGE);
  });
  plantOddValues(data);
  trainer = await reopenAs({ data, language: LANGUAGE });
  trainer.page.on('pageerror', (error) => thrown.push(error.message));
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

/** Nothing on screen, nor in what is opened over it, has fallen. */
async function stands(): Promise<void> {
  const { page, t } = trainer;
  await expect(page.getByText(t('app:loading'), { exact: true })).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByText(t('app:broken.title'))).toHaveCount(0);
  expect(await page.locator('body').innerText()).not.toMatch(/TypeError|RangeError|Cannot read prop|\[object Object\]/);
  expect(thrown).toEqual([]);
}

async function escape(): Promise<void> {
  await trainer.page.keyboard.press('Escape');
  await expect(trainer.page.getByRole('dialog')).toHaveCount(0);
}

test('today, the workshops and the finder stand, with the honest workshop in them', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  await trainer.goTo('today');
  await stands();
  await trainer.goTo('workshops');
  await expect(main.getByRole('button', { name: HONEST.title }).first()).toBeVisible();
  await expect(main.getByText(t('app:notReadable')).first()).toBeVisible();
  await stands();
  await trainer.button('activity:create.open').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await stands();
  await escape();
  await page.keyboard.press('Control+k');
  const finder = page.getByPlaceholder(t('app:find.placeholder'));
  await finder.fill('formation');
  await stands();
  await finder.fill(t('app:notReadable'));
  await expect(page.getByRole('dialog').getByText(t('app:notReadable'), { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(finder).toHaveCount(0);
});

test('each tab of a workshop stands, of the one whose records are odd and of one that is odd itself', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  for (const title of [sample, t('app:notReadable')]) {
    for (const tab of ['agenda', 'people', 'attendance', 'evaluation', 'report', 'certificates', 'papers'] as const) {
      await trainer.goTo('workshops');
      await main.getByRole('button', { name: title }).first().click();
      await trainer.openTab(tab);
      await stands();
    }
  }
});

test('people, a person and a cell stand, and say what cannot be read', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  await trainer.openWorkshop(sample);
  await trainer.openTab('people');
  await expect(main.getByText(t('app:notReadable')).first()).toBeVisible();
  const people = main.locator('[data-index]').getByRole('button');
  for (const person of [people.first(), people.nth(5)]) {
    await person.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await stands();
    await trainer.button('people:panel.history').click();
    await stands();
    await page.keyboard.press('Escape');
    await escape();
  }
  await trainer.openTab('attendance');
  await expect(page.getByTestId('attendance-count')).toBeVisible();
  await stands();
});

test('the library and each kind of course stand', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  await trainer.goTo('library');
  const odd = main.getByRole('button', { name: t('app:notReadable') });
  await expect(odd.first()).toBeVisible();
  await stands();
  await odd.first().click();
  await stands();
});

test('each part of sync, and the settings, stand', async () => {
  const { page, t } = trainer;
  for (const part of ['conflicts', 'setAside', 'history', 'room', 'stick', 'laptop'] as const) {
    await trainer.openSync(part);
    await stands();
  }
  await trainer.goTo('settings');
  await expect(page.getByRole('heading', { level: 1, name: t('app:place.settings') })).toBeVisible();
  await stands();
});
