import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from '../support/trainer.ts';

/** A workshop that was held once is held again: by keyboard alone, with its people, and taken back. */

test.describe.configure({ mode: 'serial' });

const [FIRST, SECOND] = ['Atelier de Dakar', 'Atelier de Praia'];

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
        ...{ title: FIRST, courseId: 'C1', languages: ['fr'], countries: ['SN'], start: '2026-03-02', end: '2026-03-05' },
      });
      for (const givenName of ['Awa', 'Moussa'])
        await terminal.call('people.add', { activityId, familyName: 'KONÉ', givenName, country: 'SN' });
    },
  });
  await trainer.openWorkshop(FIRST);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

async function openDuplicate() {
  const { page, t, button } = trainer;
  await button('activity:more').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: t('activity:duplicate.open') }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('activity:duplicate.title') });
  await expect(dialog.getByLabel(t('activity:field.title'))).toBeFocused();
  return dialog;
}

test('asks for the new dates, the title and whether the people come along', async () => {
  const { page, t } = trainer;
  const dialog = await openDuplicate();
  await expect(dialog.getByLabel(t('activity:field.title'))).toHaveValue(FIRST);
  // Without a title nothing is made, and it says so.
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(t('activity:field.titleMissing'))).toBeVisible();
  await page.keyboard.type(SECOND);
  await dialog.getByLabel(t('activity:field.start')).fill('7 juin 2027');
  await dialog.getByLabel(t('activity:field.end')).focus();
  await expect(dialog.getByLabel(t('activity:field.end'))).toHaveValue('10 juin 2027');
  await dialog.getByLabel(t('activity:duplicate.people', { count: 2 })).press('Space');
  await dialog.getByRole('button', { name: t('activity:create.submit'), exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: SECOND })).toBeVisible();
  await expect(page.getByText(t('activity:duplicate.doneWith', { title: SECOND, count: 2 }))).toBeVisible();
  await trainer.openTab('people');
  await expect(page.getByRole('button', { name: 'KONÉ Awa' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'KONÉ Moussa' })).toBeVisible();
});

test('is taken back with one key, and the other workshop is shown as it was', async () => {
  const { page } = trainer;
  await trainer.openTab('agenda');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { level: 1, name: FIRST })).toBeVisible();
  await trainer.goTo('workshops');
  await expect(page.getByRole('main').getByRole('button', { name: FIRST })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: SECOND })).toHaveCount(0);
});

test('what no longer fits is asked about before anything is made', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(FIRST);
  const dialog = await openDuplicate();
  await dialog.getByLabel(t('activity:field.end')).fill(await dialog.getByLabel(t('activity:field.start')).inputValue());
  await dialog.getByLabel(t('activity:field.title')).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  const ticked = await dialog.getByRole('alert').getByRole('checkbox', { checked: true }).count();
  await dialog.getByRole('button', { name: t('activity:create.submitWithout', { count: ticked }) }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: FIRST })).toBeVisible();
  await trainer.goTo('workshops');
  await expect(page.getByRole('main').getByRole('button', { name: FIRST })).toHaveCount(2);
});
