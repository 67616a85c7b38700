import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** A workshop that is done with goes out of sight, is found by two ways, and comes back in one click. */

test.describe.configure({ mode: 'serial' });

const TODAY = dayInRoom(Date.now());
const [KEPT, AWAY] = ['Atelier de Dakar', 'Atelier de Praia'];

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'pt',
    async before(terminal) {
      for (const title of [KEPT, AWAY])
        await terminal.call('activity.create', { title, languages: ['pt'], countries: ['CV'], start: TODAY, end: TODAY });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const row = (title: string) => trainer.page.getByRole('main').getByRole('button', { name: title });

async function chooseInMenu(key: string): Promise<void> {
  const { page, t, button } = trainer;
  await button('activity:more').click();
  await page.getByRole('menuitem', { name: t(key) }).click();
}

test('it leaves the list and Today, and one key takes that back', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(AWAY);
  await chooseInMenu('activity:archive.open');
  await expect(page.getByRole('region', { name: t('activity:archive.flag') })).toContainText(t('activity:archive.told'));
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('region', { name: t('activity:archive.flag') })).toHaveCount(0);
  await chooseInMenu('activity:archive.open');
  await expect(page.getByText(t('activity:archive.done', { title: AWAY }))).toBeVisible();
  await trainer.goTo('today');
  await expect(page.getByRole('region', { name: t('activity:today.underWay', { title: KEPT }) })).toBeVisible();
  await expect(page.getByRole('main').getByText(AWAY)).toHaveCount(0);
  await trainer.goTo('workshops');
  await expect(row(KEPT)).toBeVisible();
  await expect(row(AWAY)).toHaveCount(0);
});

test('the list says how many more there are, and shows them', async () => {
  const { page, t, button } = trainer;
  await page.getByRole('searchbox', { name: t('activity:list.search') }).fill('praia');
  await expect(page.getByText(t('activity:list.noneFound'))).toBeVisible();
  await button('activity:list.alsoArchived', { count: 1 }).click();
  await expect(row(AWAY)).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([t('activity:list.states.archived')]);
  await button('activity:list.showAll').click();
  await expect(row(AWAY)).toHaveCount(0);
});

test('Ctrl+K finds it, and a click brings it back', async () => {
  const { page, t, button } = trainer;
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(t('app:find.placeholder')).fill('praia');
  await expect(page.getByRole('button', { name: AWAY })).toContainText(t('activity:archive.flag'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: AWAY })).toBeVisible();
  await page
    .getByRole('region', { name: t('activity:archive.flag') })
    .getByRole('button', { name: t('activity:archive.back') })
    .click();
  await expect(page.getByText(t('activity:archive.undone', { title: AWAY }))).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();
  await expect(button('activity:archive.back')).toHaveCount(0);
  await trainer.goTo('today');
  await expect(page.getByRole('region', { name: t('activity:today.underWay', { title: AWAY }) })).toBeVisible();
});
