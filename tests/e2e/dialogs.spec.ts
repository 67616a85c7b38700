import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { pressKeys, putAwayNotices } from './support/hands.ts';
import { openLaptopOfLists } from './support/laptop-of-lists.ts';
import type { Trainer } from './support/trainer.ts';
import { PLAN } from './support/workshop-a.ts';

/** Every dialog gives the keyboard back to where it came from, and loses nothing that was written; nor does a page or a button that goes lose the keyboard. */

let folder: string;
let awa: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  awa = await openLaptopOfLists(folder);
});

test.afterAll(async () => {
  await awa.close();
  await rm(folder, { recursive: true });
});

const press = (...keys: readonly string[]) => pressKeys(awa, keys);

test('every dialog gives the keyboard back to what opened it, however it closes', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  const isIn = () => expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  const button = (key: string, values?: object) => awa.button(key, values as Record<string, unknown>).first();
  /** Opens it from the keyboard and leaves it by Escape, then with the mouse and by its cross. */
  const openAndClose = async (opener: Locator, { by = opener, back = opener }: { readonly by?: Locator; readonly back?: Locator } = {}) => {
    for (const way of ['keyboard', 'mouse'] as const) {
      await putAwayNotices(awa);
      if (way === 'keyboard') {
        await opener.focus();
        await press('Enter');
      } else await opener.click();
      if (by !== opener) await by.click();
      await expect(dialog).toBeVisible();
      await isIn();
      // A list that opens with its dialog closes first.
      if (await page.getByRole('listbox').isVisible()) await press('Escape');
      if (way === 'keyboard') await press('Escape');
      else
        await dialog
          .getByRole('button', { name: t('app:close'), exact: true })
          .first()
          .click();
      await expect(dialog).toBeHidden();
      await expect(back).toBeFocused();
    }
  };
  await openAndClose(button('app:keys.open'));
  const find = page.getByRole('button', { name: t('app:find.open') }).first();
  await find.focus();
  await press('Enter');
  await isIn();
  await press('Escape');
  await expect(find).toBeFocused();

  await awa.goTo('workshops');
  await openAndClose(button('activity:create.open'));
  await awa.openWorkshop(PLAN.title);
  const more = button('activity:more');
  const item = (key: string) => page.getByRole('menuitem', { name: t(key) });
  await openAndClose(more, { by: item('activity:dates.open') });
  await openAndClose(more, { by: item('activity:details.open') });
  await openAndClose(button('activity:offline'));
  await openAndClose(page.getByRole('button', { name: t('activity:agenda.add') }).first());
  const session = page
    .getByRole('button')
    .filter({ has: page.locator('time') })
    .first();
  await openAndClose(session);
  // What stands in a dialog's place gives back to it, with what was written.
  await session.click();
  const title = dialog.getByRole('textbox', { name: t('activity:agenda.title') });
  await title.fill('Ouverture, revue');
  const history = button('sync:history.open');
  await history.click();
  await expect(dialog.getByRole('textbox', { name: t('activity:agenda.title') })).toBeHidden();
  await press('Escape');
  await expect(title).toHaveValue('Ouverture, revue');
  await expect(history).toBeFocused();
  await press('Escape');
  await awa.button('app:unsaved.drop').click();
  await expect(session).toBeFocused();

  await awa.openTab('people');
  for (const key of ['people:importList', 'people:addPerson', 'people:save.button', 'people:copy.open']) await openAndClose(button(key));
  const pairs = page.getByRole('main').getByRole('button', { name: t('people:figures.pairs', { count: 1 }) });
  if (await pairs.isVisible()) await openAndClose(pairs);
  await openAndClose(page.getByRole('button', { name: 'ADJOVI Clarisse' }));
  await page.getByRole('button', { name: 'ADJOVI Clarisse' }).click();
  for (const key of ['people:panel.history', 'people:erase.button']) {
    await button(key).click();
    await expect(button(key)).toBeHidden();
    await press('Escape');
    await expect(button(key)).toBeFocused();
  }
  // Where what opened it goes with it, what stands beside it has the keyboard.
  await button('people:panel.remove').click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('work');
  await page
    .getByRole('alert')
    .getByRole('button', { name: t('app:undo'), exact: true })
    .last()
    .click();

  await awa.openTab('attendance');
  for (const key of ['attendance:letters.title', 'attendance:import.title', 'attendance:save.button']) await openAndClose(button(key));
  await openAndClose(page.getByRole('button', { name: t('attendance:walkIn.open') }));
  const cell = page.getByRole('gridcell').first();
  await cell.focus();
  await press('Space');
  await isIn();
  await press('Escape');
  await expect(cell).toBeFocused();
  const gone = page.getByTestId('orphans-halfDayGone');
  const show = gone.getByRole('button', { name: t('attendance:orphans.open') });
  if (await show.isVisible()) await show.click();
  await openAndClose(gone.getByText(t('attendance:orphans.move'), { exact: true }).locator('xpath=ancestor::button'));

  await awa.openTab('evaluation');
  await openAndClose(button('evaluation:import.open'));
  await awa.goTo('library');
  await openAndClose(button('material:add'));
  await awa.openSync('stick');
  await openAndClose(button('usb:save.button'));
  await awa.goTo('settings');
  const restore = button('settings:restore.open');
  await awa.answerDialogs(path.join(folder, 'yesterday.itinera'), path.join(folder, 'yesterday.itinera'));
  await openAndClose(restore);
});

test('what was written in a form is asked about before it closes', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  const asks = page.getByRole('alertdialog');
  /** Writes into a field and tries to leave by Escape, beside it and by the cross; then goes on writing, and at last lets it go. */
  const writeAndLeave = async (opener: Locator, field: Locator) => {
    await opener.click();
    await field.fill('à moitié écrit');
    await press('Escape');
    await expect(asks).toBeVisible();
    await press('Escape');
    await expect(field).toBeFocused();
    await page.mouse.click(5, 5);
    await expect(asks).toBeVisible();
    await awa.button('app:unsaved.stay').click();
    await expect(asks).toBeHidden();
    await expect(field).toHaveValue('à moitié écrit');
    await dialog
      .getByRole('button', { name: t('app:close'), exact: true })
      .first()
      .click();
    await awa.button('app:unsaved.drop').click();
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  };
  const field = (key: string) => dialog.getByRole('textbox', { name: t(key) });
  await awa.goTo('workshops');
  await writeAndLeave(awa.button('activity:create.open'), field('activity:field.title'));
  await awa.openWorkshop(PLAN.title);
  await writeAndLeave(page.getByRole('button', { name: t('activity:agenda.add') }).first(), field('activity:agenda.title'));
  await awa.openTab('people');
  await writeAndLeave(awa.button('people:addPerson'), field('people:field.familyName'));
  await awa.goTo('library');
  await writeAndLeave(awa.button('material:add').first(), field('material:field.title'));
  await awa.openSync('stick');
  await writeAndLeave(awa.button('usb:save.button'), field('usb:save.to'));
});

test('the keyboard stays in the page when what it was on goes, and is back on a button that has worked', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  await page.getByRole('tab', { selected: true }).focus();
  await press('Alt+6');
  await expect(page.locator('main')).toBeFocused();
  // A button that goes with its page, by a click.
  await awa.goTo('today');
  await page.getByRole('main').getByRole('button', { name: PLAN.title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: PLAN.title })).toBeVisible();
  await expect(page.locator('main')).toBeFocused();
  await awa.openSync('waiting');
  // The repository is out of reach: it is off for a moment.
  const run = awa.button('sync:now');
  await run.focus();
  await press('Enter');
  await expect(page.getByText(t('app:standing.unreachable')).first()).toBeVisible();
  await expect(run).toBeFocused();
});
