import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** A list with holes is filled for many people at once, by mouse and by keyboard, and all of it taken back. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Atelier de Dakar';
const NAMES = Array.from({ length: 30 }, (_, at) => `PERSONNE ${String(at + 1).padStart(2, '0')}`);

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
        ...{ title: TITLE, languages: ['fr'], countries: ['SN', 'ML'], start: '2026-03-02', end: '2026-03-02' },
      });
      for (const [at, familyName] of NAMES.entries())
        await terminal.call('people.add', { activityId, familyName, givenName: 'Awa', ...(at % 3 === 0 && { country: 'ML' }) });
    },
  });
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('people');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const table = () => trainer.page.getByRole('table', { name: trainer.t('people:label') });
const row = (at: number) => table().getByRole('row', { name: new RegExp(NAMES[at]!) });
const tick = (at: number) => row(at).getByRole('checkbox');
const chosen = (count: number) => trainer.page.getByText(trainer.t('people:select.count', { count }), { exact: true });

test('a tick, Shift and Ctrl+A select; nothing moves under the pointer', async () => {
  const { page, t } = trainer;
  const before = await row(3).boundingBox();
  await tick(0).click();
  await expect(chosen(1)).toBeVisible();
  expect(await row(3).boundingBox()).toEqual(before);
  await tick(3).click({ modifiers: ['Shift'] });
  await expect(chosen(4)).toBeVisible();
  // A click beside the name opens nobody while Ctrl is held.
  await row(5).click({ modifiers: ['ControlOrMeta'] });
  await expect(chosen(5)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await row(5).getByRole('button').focus();
  await page.keyboard.press('Control+a');
  await expect(chosen(30)).toBeVisible();
  await expect(table().getByRole('checkbox', { name: t('people:select.all') })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(tick(0)).not.toBeChecked();
  await page.keyboard.press('Home');
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowDown');
  await expect(chosen(4)).toBeVisible();
  await expect(row(3).getByRole('button')).toBeFocused();
});

test('only who is shown is changed', async () => {
  const { page, t } = trainer;
  await page.keyboard.press('Control+a');
  await page.getByRole('searchbox', { name: t('people:find') }).fill('mali');
  await expect(chosen(10)).toBeVisible();
  await page.getByRole('searchbox', { name: t('people:find') }).fill('');
  await expect(chosen(30)).toBeVisible();
});

test('an arrow in the same breath as the name goes to the first of those who are found by the whole of it', async () => {
  const { page, t } = trainer;
  const search = page.getByRole('searchbox', { name: t('people:find') });
  for (const at of [29, 7]) {
    await search.fill('');
    await search.pressSequentially(NAMES[at]!);
    await pressKeys(trainer, ['ArrowDown']);
    await expect(row(at).getByRole('button')).toBeFocused();
  }
  await search.fill('zzz');
  await pressKeys(trainer, ['ArrowDown']);
  await expect(search).toBeFocused();
  await search.fill('');
  await expect(chosen(30)).toBeVisible();
  await expect(search).toBeFocused();
});

test('one change for all of them, with what is recorded now beside it, and one key to take it back', async () => {
  const { page, t, button } = trainer;
  await button('people:select.change').click();
  const dialog = page.getByRole('dialog', { name: t('people:bulk.title', { count: 30 }) });
  const country = dialog.getByRole('combobox', { name: t('people:field.country') });
  await expect(dialog.getByText(`Mali (10), ${t('people:notRecorded')} (20)`)).toBeVisible();
  await expect(dialog.getByRole('button', { name: t('people:bulk.nothing') })).toBeVisible();
  await country.fill('mali');
  await country.press('Enter');
  await dialog.getByRole('textbox', { name: t('people:field.institution') }).fill('');
  await dialog.getByRole('button', { name: t('people:bulk.submit', { count: 20 }) }).click();
  await expect(page.getByText(t('people:bulk.done', { count: 20 }))).toBeVisible();
  await expect(row(1)).toContainText('Mali');
  await expect(page.locator('body')).not.toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(t('people:bulk.undone', { count: 20 }))).toBeVisible();
  await expect(row(1)).not.toContainText('Mali');
  await expect(row(0)).toContainText('Mali');
});

test('the columns that are chosen are kept', async () => {
  const { page, t, button } = trainer;
  const head = (column: string) => table().getByRole('columnheader', { name: t(`people:field.${column}`) });
  await expect(head('ref')).toHaveCount(0);
  await button('people:columns.open').click();
  const shown = page.getByRole('dialog', { name: t('people:columns.open') });
  // The second before the first is known: neither may undo the other.
  await shown
    .getByRole('checkbox', { name: t('people:field.ref') })
    .or(shown.getByRole('checkbox', { name: t('people:field.email') }))
    .evaluateAll(async (ticks: HTMLElement[]) => {
      for (const tick of ticks) {
        tick.click();
        await Promise.resolve();
      }
    });
  await page.keyboard.press('Escape');
  await expect(button('people:columns.open')).toBeFocused();
  await expect(head('email')).toHaveCount(0);
  await expect(head('ref')).toBeVisible();
  await trainer.goTo('workshops');
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('people');
  await expect(head('ref')).toBeVisible();
  await expect(head('email')).toHaveCount(0);
});
