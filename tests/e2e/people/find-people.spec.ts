import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** *Was she trained already?* Asked anywhere by keyboard, over every workshop. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const create = async (title: string, day: string): Promise<string> =>
        (await terminal.call<{ id: string }>('activity.create', { title, languages: ['fr'], countries: ['SN'], start: day, end: day })).id;
      const [march, june] = [await create('Atelier de mars', '2024-03-04'), await create('Atelier de juin', '2025-06-02')];
      const add = async (activityId: string, more: object): Promise<string> =>
        (await terminal.call<{ id: string }>('people.add', { activityId, familyName: 'NDIAYE', givenName: 'Awa', country: 'SN', ...more }))
          .id;
      const id = await add(march, { institution: 'Tribunal de Thiès' });
      await terminal.call('attendance.mark', { activityId: march, halfDay: '2024-03-04-AM', marks: [{ personId: id, status: 'present' }] });
      await add(june, { institution: 'Tribunal de Thiès' });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

test('is found from anywhere, with where and when, and opened with the whole of her history', async () => {
  const { page, t } = trainer;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ndiaye aw');
  const results = page.getByRole('dialog').getByRole('button', { name: /NDIAYE/ });
  await expect(results).toHaveCount(2);
  await expect(results.first()).toContainText('Atelier de juin');
  // The first found is the one that Enter opens, however late it was found; an arrow goes on from there, and back.
  await expect(results.first()).toHaveAttribute('data-selected');
  await page.keyboard.press('ArrowDown');
  await expect(results.nth(1)).toHaveAttribute('data-selected');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /NDIAYE/ })).toBeVisible();
  // What other programs can read says no name.
  await expect(page).toHaveTitle('Personne · Itinera');
  await expect(page.getByRole('list', { name: t('people:history.title') })).toContainText('Atelier de juin');
  const likely = page.getByRole('list', { name: t('people:history.likely') });
  await expect(likely).toContainText('Atelier de mars');
  await expect(likely).toContainText(t('people:history.attended', { count: 1, held: 1 }));
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.screenshot({ path: test.info().outputPath('person.png') });
});

test('is reached from her line in a workshop as well', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop('Atelier de mars');
  await trainer.openTab('people');
  await page
    .getByRole('table')
    .getByRole('button', { name: /NDIAYE/ })
    .click();
  await trainer.button('people:history.elsewhere').click();
  await expect(page.getByRole('list', { name: t('people:history.likely') })).toContainText('Atelier de juin');
});
