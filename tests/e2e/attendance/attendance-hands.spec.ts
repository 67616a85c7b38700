import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { PLACES_OF_FOCUS, REACHES, sheetKeys, type PlaceOfFocus } from '../../../renderer/desktop/app/keyboard/key-table.ts';
import { lettersOf } from '../../../shared/features/attendance/letters.ts';
import { MARKS } from '../../../shared/model/vocabularies.ts';
import { pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

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

test('Enter in the search gives the keyboard to the cell at once and only once: where it is put next, it stays', async () => {
  const { page } = trainer;
  await sizeWindow(1024, 640);
  await FOCUS.grid();
  await page.keyboard.press('Control+End');
  const first = page.locator('[role="row"][aria-rowindex="2"]');
  await expect(first).toHaveCount(0);
  await FOCUS.search();
  // In one task, as where the window is slow to draw.
  const at = await page.evaluate(async () => {
    const found = document.querySelector('#work input[type="search"]')!;
    found.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    const cell = document.activeElement?.matches('[role="gridcell"]');
    const tab = document.querySelector<HTMLElement>('#work [role="tab"][aria-selected="true"]')!;
    tab.focus();
    for (let frame = 0; frame < 5; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return {
      cell,
      stays: document.activeElement === tab,
      row: document.querySelector('[role="gridcell"][tabindex="0"]')?.closest('[role="row"]')?.ariaRowIndex,
    };
  });
  expect(at).toEqual({ cell: true, stays: true, row: '2' });
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
  const inSight = () =>
    trainer.page.evaluate(() => {
      const grid = document.querySelector('[role="grid"]')!;
      const [head, foot] = [grid.firstElementChild!, grid.lastElementChild!].map((part) => part.getBoundingClientRect());
      const whole = [...grid.querySelectorAll('[role="gridcell"][data-open]')].filter((cell) => {
        const { top, bottom } = cell.getBoundingClientRect();
        return top >= head!.bottom - 1 && bottom <= foot!.top + 1;
      });
      return whole.length >= 8 && foot!.bottom <= innerHeight;
    });
  // The sheet is drawn anew after the window has its size.
  await expect.poll(inSight).toBe(true);
});

/** Puts the focus where a key is pressed; for nothing at all the body has it. */
const FOCUS: Readonly<Record<PlaceOfFocus, () => Promise<unknown>>> = {
  grid: () => trainer.page.locator('[role="gridcell"][tabindex="0"]').focus(),
  header: () => trainer.page.locator('[role="columnheader"][data-open] button').focus(),
  // The tab itself, where a click on it leaves the keyboard.
  bar: () => trainer.page.getByRole('tab', { selected: true }).focus(),
  search: () => trainer.page.getByRole('searchbox').focus(),
  body: () => trainer.page.evaluate(() => (document.activeElement as HTMLElement).blur()),
};

test('every key of the list does in every place what it says there, and nothing where it is not listed', async () => {
  const { page } = trainer;
  await sizeWindow(1366, 768);
  const opened = () => page.locator('[role="columnheader"][data-open]').getAttribute('aria-colindex');
  const dialog = page.getByRole('dialog');
  const marked = () => page.locator('[role="gridcell"][data-open][data-status]:not([data-status="notTaken"])').count();
  /** What shows that a line's key has done its work; every one leaves the sheet as it was. */
  const done: Readonly<
    Record<
      string,
      { readonly press: string; readonly shows: (isMeant: boolean) => Promise<unknown>; readonly back?: () => Promise<unknown> }
    >
  > = {
    marks: { press: lettersOf('fr').late, shows: (is) => expect(openCells('late')).toHaveCount(is ? 1 : 0), back: undoAll },
    remaining: { press: 'm', shows: (is) => expect.poll(async () => (await marked()) > 1).toBe(is), back: undoAll },
    halfDay: {
      press: 'Control+ArrowRight',
      shows: async (is) => expect(await opened()).toBe(is ? '3' : '2'),
      back: () => page.keyboard.press('Control+ArrowLeft'),
    },
    everyone: {
      press: 'Control+a',
      shows: (is) => expect.poll(async () => (await page.locator('[data-open][aria-selected="true"]').count()) > 1).toBe(is),
      back: () => FOCUS.grid().then(() => page.keyboard.press('Escape')),
    },
    walkIn: { press: '+', shows: (is) => expect(dialog).toHaveCount(is ? 1 : 0), back: () => page.keyboard.press('Escape') },
    help: { press: '?', shows: (is) => expect(dialog).toHaveCount(is ? 1 : 0), back: () => page.keyboard.press('Escape') },
    find: { press: '/', shows: (is) => (is ? expect(page.getByRole('searchbox')).toBeFocused() : Promise.resolve()) },
    enter: { press: 'Enter', shows: (is) => expect(openCells('present')).toHaveCount(is ? 1 : 0), back: undoAll },
    details: {
      press: 'Space',
      shows: (is) => (is ? expect(dialog).toHaveCount(1) : Promise.resolve()),
      back: () => page.keyboard.press('Escape'),
    },
    found: { press: 'ArrowDown', shows: (is) => (is ? expect(page.locator('[role="gridcell"]:focus')).toHaveCount(1) : Promise.resolve()) },
  };
  for (const place of PLACES_OF_FOCUS) {
    for (const { id, reach } of sheetKeys(lettersOf('fr'), true)) {
      const way = done[id];
      const isMeant = REACHES[reach].some((one) => one === place);
      // On a button Enter and Space press it.
      if (!way || (!isMeant && ['Enter', 'Space'].includes(way.press))) continue;
      await toTheTop();
      await FOCUS[place]();
      await page.keyboard.press(way.press);
      await test.step(`${place} ${id}`, () => way.shows(isMeant));
      if (place === 'search') await page.getByRole('searchbox').fill('');
      if (isMeant) await way.back?.();
      await expect(dialog).toHaveCount(0);
    }
    await toTheTop();
    await FOCUS.grid();
    await page.keyboard.press(lettersOf('fr').late);
    await expect(openCells('late')).toHaveCount(1);
    await FOCUS[place]();
    await page.keyboard.press('Control+z');
    // A text field takes its own text back.
    if (place === 'search') await page.getByRole('searchbox').fill('');
    await test.step(`${place} undo`, () => expect(openCells('late')).toHaveCount(place === 'search' ? 1 : 0));
    if (place === 'search') await undoAll();
  }
});

test('the next person follows a letter unless that is switched off, and what was done and opened is there again after another tab', async () => {
  const { page, t } = trainer;
  const atHand = () => page.evaluate(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex'));
  await toTheTop();
  await pressKeys(trainer, ['p', 'r', 'x']);
  expect(await atHand()).toBe('5');
  await expect(openCells('remote')).toHaveCount(1);
  await trainer.button('attendance:advance.label').click();
  await FOCUS.grid();
  await pressKeys(trainer, ['p', 'p', 'p']);
  expect(await atHand()).toBe('5');
  await expect(openCells('present')).toHaveCount(2);
  await trainer.button('attendance:advance.label').click();

  await page.keyboard.press('Control+ArrowRight');
  const head = page.locator('[role="columnheader"][data-open]');
  await expect(head).toHaveAttribute('aria-colindex', '3');
  await trainer.openTab('people');
  await trainer.openTab('attendance');
  await expect(head).toHaveAttribute('aria-colindex', '3');
  await undoAll();
  await page.keyboard.press('Control+ArrowLeft');
  await expect(page.getByTestId('attendance-count')).toHaveText(t('attendance:bar.none', { count: PEOPLE }));
});

test('keys of one sign are turned off in the settings: they do nothing outside a cell, and no legend and no button shows them', async () => {
  const { page, t } = trainer;
  const dialog = page.getByRole('dialog');
  const legend = async () => {
    await trainer.button('attendance:letters.title').click();
    const lines = await dialog.locator('[data-key]').evaluateAll((all) => all.map((line) => (line as HTMLElement).dataset['key']));
    const inCells = await dialog
      .getByTestId('keys-grid')
      .locator('[data-key]')
      .evaluateAll((all) => all.map((line) => (line as HTMLElement).dataset['key']));
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    return { lines, inCells };
  };
  const shown = page.getByRole('main').locator('kbd');
  expect((await legend()).lines).toContain('walkIn');
  await expect(shown.first()).toBeVisible();

  await trainer.goTo('settings');
  const single = page.getByRole('switch', { name: t('settings:singleKeys') });
  await single.click();
  await expect(single).not.toBeChecked();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('?');
  await expect(dialog).toHaveCount(0);
  await trainer.goTo('workshops');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).not.toBeFocused();
  await expect(shown).toHaveCount(0);

  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
  await expect(shown).toHaveCount(0);
  const { lines, inCells } = await legend();
  expect(lines).not.toContain('walkIn');
  expect(lines).not.toContain('help');
  expect(inCells).toEqual(expect.arrayContaining(['marks', 'remaining']));
  for (const place of ['header', 'bar', 'body'] as const)
    for (const sign of [...MARKS.map((mark) => lettersOf('fr')[mark]), 'm', '+', '?', '/']) {
      await FOCUS[place]();
      await page.keyboard.press(sign);
      await test.step(`${place} ${sign}`, async () => {
        await expect(dialog).toHaveCount(0);
        await expect(page.getByRole('searchbox')).not.toBeFocused();
        await expect(page.getByTestId('attendance-count')).toHaveText(t('attendance:bar.none', { count: PEOPLE }));
      });
    }
  await FOCUS.grid();
  await page.keyboard.press(lettersOf('fr').late);
  await expect(openCells('late')).toHaveCount(1);
  await undoAll();
  await page.keyboard.press('F1');
  await expect(dialog.locator('[data-key="attendance.marks"]')).toBeVisible();
  await expect(dialog.locator('[data-key="attendance.walkIn"]')).toHaveCount(0);
  await expect(dialog.locator('article')).toContainText(t('help:keyOff'));
  await page.screenshot({ path: test.info().outputPath('help.png') });
  await page.keyboard.press('Escape');

  await trainer.goTo('settings');
  await single.click();
  await expect(single).toBeChecked();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
});
