import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from './support/axe.ts';
import { pictureOf, zoomTo } from './support/hands.ts';
import { openAs, reopenAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** Room for the work in a small window and with large text: the menu folds, people stay in sight, the programme is read without scrolling sideways. */

test.describe.configure({ mode: 'serial' });

const FIVE_DAYS = 'Atelier de cinq jours';

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    async before(terminal) {
      await makeWorkshopA(terminal, ['people', 'attendance']);
      await terminal.call('activity.create', { ...PLAN, title: FIVE_DAYS, start: '2021-09-06', end: '2021-09-10' });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const rail = () => trainer.page.getByRole('navigation', { name: trainer.t('app:places') });
const railWidth = async () => (await rail().boundingBox())!.width;
const isFolded = async () => (await railWidth()) < 80;

/** How many people of the open half-day are whole on the screen, between the head of the sheet and its foot. */
const peopleInSight = () =>
  trainer.page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]')!;
    const [head, foot] = [grid.firstElementChild!, grid.lastElementChild!].map((part) => part.getBoundingClientRect());
    return [...grid.querySelectorAll('[role="gridcell"][data-open]')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return top >= head!.bottom - 1 && bottom <= Math.min(foot!.top, innerHeight) + 1;
    }).length;
  });

test('the menu folds where it would take too much, by its button and by a key, and is remembered', async () => {
  const { page, t } = trainer;
  for (const [factor, size, folded] of [
    [1, [1366, 768], false],
    [1.5, [1366, 768], true],
    [2, [1366, 768], true],
    [2, [1920, 1080], true],
    [1, [1024, 640], false],
    [1.5, [1024, 640], true],
  ] as const) {
    await zoomTo(trainer, factor, size);
    await expect.poll(isFolded, `${size.join(' x ')} at ${factor}`).toBe(folded);
    expect(await rail().evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0);
  }
  // Every place keeps its name, shows it to the keyboard, and none lies below the window.
  for (const place of ['today', 'workshops', 'library', 'sync', 'settings'] as const)
    await expect(rail().getByRole('button', { name: t(`app:place.${place}`), exact: true })).toHaveCount(1);
  const library = rail().getByRole('button', { name: t('app:place.library'), exact: true });
  await library.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(library).toBeFocused();
  expect((await library.locator('span').boundingBox())!.x).toBeGreaterThan(await railWidth());
  expect(await rail().evaluate((nav) => [nav.scrollHeight - nav.clientHeight, nav.scrollWidth - nav.clientWidth])).toEqual([0, 0]);
  expect(await axeFaults(trainer.page)).toEqual([]);
  await pictureOf(trainer, test.info().outputPath('folded.png'));

  await page.keyboard.press('Alt+0');
  await expect.poll(isFolded).toBe(false);
  await trainer.button('app:rail.fold').click();
  await expect.poll(isFolded).toBe(true);
  await zoomTo(trainer, 1, [1366, 768]);
  await expect.poll(isFolded).toBe(false);
  await page.keyboard.press('Alt+0');
  await expect.poll(isFolded).toBe(true);
  await trainer.close();
  trainer = await reopenAs(trainer);
  await zoomTo(trainer, 1, [1366, 768]);
  await expect.poll(isFolded).toBe(true);
  await trainer.button('app:rail.unfold').click();
  await expect.poll(isFolded).toBe(false);
});

test('people of the sheet are in sight: eight in the smallest window, five with text half as large again', async () => {
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
  await expect(trainer.page.getByRole('gridcell').first()).toBeVisible();
  for (const [factor, least] of [
    [1, 8],
    [1.5, 5],
  ] as const) {
    await zoomTo(trainer, factor, [1024, 640]);
    await expect.poll(peopleInSight, `at ${factor}`).toBeGreaterThanOrEqual(least);
    const [tools, rest] = [
      trainer.page.getByRole('button', { name: trainer.t('attendance:save.button'), exact: true }),
      trainer.page.getByRole('button', { name: new RegExp(`^${trainer.t('attendance:bar.everybodyMarked')}`) }),
    ];
    // None of the half-days before is seen in part beside the names.
    const cut = await trainer.page.getByRole('grid').evaluate((grid) => {
      const [corner, ...heads] = [...grid.querySelectorAll('[role="columnheader"]')].map((head) => head.getBoundingClientRect());
      return heads.filter(({ left, right }) => left < corner!.right - 1 && right > corner!.right + 1).length;
    });
    expect(cut, `at ${factor}`).toBe(0);
    const hint = await trainer.page.getByRole('searchbox').evaluate((field: HTMLInputElement) => {
      const pen = document.createElement('canvas').getContext('2d')!;
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = font;
      return field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - pen.measureText(field.placeholder).width;
    });
    if (factor === 1) expect(hint).toBeGreaterThanOrEqual(0);
    const title = trainer.page.getByRole('heading', { level: 1 });
    expect(await title.evaluate((head) => [head.scrollWidth - head.clientWidth, getComputedStyle(head).overflow])).toEqual([0, 'visible']);
    const box = (await tools.boundingBox())!;
    expect(box.x + box.width, `at ${factor}`).toBeLessThanOrEqual((await rest.boundingBox())!.x);
    await pictureOf(trainer, test.info().outputPath(`sheet-${factor}.png`));
  }
});

test('five days of the programme are read without scrolling sideways, and no word is cut', async () => {
  const { page } = trainer;
  await zoomTo(trainer, 1, [1366, 768]);
  await trainer.openWorkshop(FIVE_DAYS);
  await trainer.openTab('agenda');
  for (const [factor, size] of [
    [1, [1366, 768]],
    [1.5, [1366, 768]],
    [1, [1024, 640]],
    [1.5, [1024, 640]],
  ] as const) {
    await zoomTo(trainer, factor, size);
    const cut = await page
      .locator('#work')
      .evaluate((work) =>
        [work, ...work.querySelectorAll<HTMLElement>('section, section *')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline' && !one.matches('.unseen'))
          .map((one) => one.outerHTML.slice(0, 120)),
      );
    expect(cut, `${size.join(' x ')} at ${factor}`).toEqual([]);
    await pictureOf(trainer, test.info().outputPath(`agenda-${size[0]}-${factor}.png`));
  }
  await zoomTo(trainer, 1, [1366, 768]);
  const tops = await page
    .locator('#work section[aria-label] > h2')
    .evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().top));
  expect(new Set(tops.slice(0, 5)).size).toBe(1);
});

test('parts of a workshop that are words and rows end at one edge in a wide window', async () => {
  const { page } = trainer;
  await zoomTo(trainer, 1, [1920, 1080]);
  await trainer.openWorkshop(PLAN.title);
  const edges: Record<string, number> = {};
  for (const tab of ['evaluation', 'report', 'certificates', 'papers'] as const) {
    await trainer.openTab(tab);
    const panel = page.getByRole('tabpanel');
    await expect(panel.getByRole('button').first()).toBeVisible();
    edges[tab] = await panel.evaluate((element) =>
      Math.round(
        Math.max(...[...element.querySelectorAll('button, li, table, section')].map((part) => part.getBoundingClientRect().right)),
      ),
    );
  }
  // A line around a list is within it.
  const found = Object.values(edges);
  expect(Math.max(...found) - Math.min(...found), JSON.stringify(edges)).toBeLessThanOrEqual(1);
});
