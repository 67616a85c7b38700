import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pressKeys } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** Attendance under tired hands: many people at once, and a sheet in which nothing moves while one marks. */

test.describe.configure({ mode: 'serial' });

const PEOPLE = 25;

let data: string;
let trainer: Trainer;

test.beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data, language: 'fr', name: 'Awa Diop', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(data, { recursive: true });
});

/** The cells of the open half-day, by their status. */
const openCells = (status: string) => trainer.page.locator(`[role="gridcell"][data-open][data-status="${status}"]`);
const said = () => trainer.page.getByTestId('attendance-said');

async function toTheTop(): Promise<void> {
  await trainer.page.getByRole('searchbox', { name: trainer.t('attendance:bar.find') }).focus();
  await trainer.page.keyboard.press('Enter');
  await expect(trainer.page.locator('[role="gridcell"]:focus')).toBeVisible();
}

async function undoAll(): Promise<void> {
  const undo = trainer.button('attendance:bar.undo');
  while (await undo.isEnabled()) await undo.click();
}

test('Ctrl+A selects the whole half-day, Shift with arrows some of it; a letter marks them all', async () => {
  const { page, t } = trainer;
  await toTheTop();
  await pressKeys(trainer, ['ArrowDown', 'Control+a']);
  await expect(said()).toHaveText(t('attendance:said.selected', { count: PEOPLE }));
  const selected = page.locator('[role="gridcell"][data-open][aria-selected="true"]');
  await expect(page.locator('[role="gridcell"][data-open][aria-selected="false"]')).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(page.getByTestId('attendance-count')).toContainText(t('attendance:bar.absent', { count: PEOPLE }));
  await page.keyboard.press('Escape');
  await expect(selected).toHaveCount(1);
  await page.keyboard.press('p');
  await expect(openCells('present')).toHaveCount(1);
  await undoAll();

  await toTheTop();
  await pressKeys(trainer, ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp']);
  await expect(said()).toHaveText(t('attendance:said.selected', { count: 3 }));
  await expect(selected).toHaveCount(3);
  await page.keyboard.press('e');
  await expect(openCells('excused')).toHaveCount(3);
  await undoAll();
  await expect(openCells('excused')).toHaveCount(0);
});
