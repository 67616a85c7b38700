import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { MARKS } from '../../shared/model/vocabularies.ts';
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

/** Pixels from the window's top to a person's row. */
const rowTop = (name: string) =>
  trainer.page
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .evaluate((row) => row.getBoundingClientRect().top);

/** Gives the window its size. */
async function sizeWindow(width: number, height: number): Promise<void> {
  await trainer.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size[0]!, size[1]!), [
    width,
    height,
  ] as const);
  await expect.poll(() => trainer.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Holds the store, so that nothing is written to it, until the answer is called. */
function holdStore(): () => void {
  const held = new DatabaseSync(path.join(data, 'itinera.db'));
  held.exec('begin immediate');
  return () => held.close();
}

const WATCHED = 'ADJOVI';

test('no mark, no refusal and no notice moves a row, in a window of any size', async () => {
  const { page, t } = trainer;
  for (const [width, height] of [
    [1024, 640],
    [1366, 768],
  ] as const) {
    await sizeWindow(width, height);
    await toTheTop();
    await page.mouse.move(0, 0);
    const top = await rowTop(WATCHED);
    const stays = async (what: string) => expect.soft(await rowTop(WATCHED), `${what}, ${width} x ${height}`).toBe(top);
    const rows = page.locator('[role="gridcell"][data-open]');
    for (const status of MARKS) {
      await rows
        .nth(MARKS.indexOf(status))
        .getByRole('button', { name: t(`attendance:status.${status}`), exact: true })
        .click();
      await stays(status);
    }
    await page.keyboard.press('Control+a');
    await stays('everybody selected');
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await expect(page.getByText(t('app:save.saved'))).toBeVisible();
    await stays('the rest marked');

    const letGo = holdStore();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('a');
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 });
    await stays('a refusal');
    await page.keyboard.press('Escape');
    await expect(said()).toHaveText('');
    letGo();
    await page.getByRole('alert').getByRole('button').click();
    await expect(said()).toHaveText('');
    await stays('the refusal put away');
    await undoAll();
    await stays('all taken back');
  }
});

test('eight people are in sight in the smallest window, with the head and the foot of the sheet', async () => {
  await sizeWindow(1024, 640);
  const inSight = await trainer.page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]')!;
    const [head, foot] = [grid.firstElementChild!, grid.lastElementChild!].map((part) => part.getBoundingClientRect());
    const whole = [...grid.querySelectorAll('[role="gridcell"][data-open]')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return top >= head!.bottom - 1 && bottom <= foot!.top + 1;
    });
    return { rows: whole.length, foot: foot!.bottom <= innerHeight };
  });
  expect(inSight.rows).toBeGreaterThanOrEqual(8);
  expect(inSight.foot).toBe(true);
});
