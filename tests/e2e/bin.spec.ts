import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from './support/axe.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** What was removed by a slip is found again long after its notice has gone, by keyboard alone. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Atelier de Thiès';
let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    async before(terminal) {
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
        ...{ title: TITLE, languages: ['fr'], countries: ['SN'], start: '2026-03-02', end: '2026-03-05' },
      });
      const { id } = await terminal.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' });
      await terminal.call('people.remove', { id });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const bin = () => trainer.page.getByRole('list', { name: trainer.t('bin:title') });

test('a workshop that was removed is named in the notice, stands in the bin, and comes back whole', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.button('activity:more').click();
  await page.getByRole('menuitem', { name: t('activity:remove'), exact: true }).click();
  await expect(page.getByText(t('activity:removed', { title: TITLE }))).toBeVisible();
  await trainer.button('activity:bin').click();
  await expect(bin().getByRole('listitem')).toHaveCount(1);
  await expect(bin()).toContainText(TITLE);
  await expect(bin()).toContainText('Awa Diop');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: t('bin:putBackNamed', { name: TITLE }) }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('bin:done', { name: TITLE }))).toBeVisible();
  await expect(bin().getByText('KONÉ')).toBeVisible();
});

test('somebody is put back from the bin of their workshop', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.button('activity:more').click();
  await page.getByRole('menuitem', { name: t('activity:binOf') }).click();
  await bin().getByRole('button').click();
  await expect(page.getByRole('heading', { name: t('bin:emptyTitle') })).toBeVisible();
  await trainer.button('bin:toWorkshop').click();
  await trainer.openTab('people');
  await expect(page.getByRole('table').getByText('KONÉ')).toBeVisible();
});
