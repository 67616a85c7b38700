import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pressKeys } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** A hand that is not sure presses a key again: what it was for has gone, and nothing else is set off in its place. */

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      const activityId = await makeWorkshopA(terminal, ['people']);
      const people = await terminal.call<{ id: string }[]>('people.list', { activityId });
      for (const { id } of people.slice(-2)) await terminal.call('people.remove', { id });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

test('a key that is pressed twice sets off one row alone: the row beside waits with the keyboard on it, and Tab goes on from there', async () => {
  const { page, t } = trainer;
  const onButton = () => page.evaluate(() => document.activeElement?.matches('button, a, summary') ?? false);
  const waits = async (where: string) => {
    await expect.poll(onButton, where).toBe(false);
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('#work') !== null), where).toBe(true);
  };
  await trainer.openWorkshop(PLAN.title);
  const sessions = page
    .getByRole('main')
    .getByRole('button')
    .filter({ has: page.locator('time') });
  await expect(sessions.nth(3)).toBeVisible();
  const before = await sessions.count();
  await sessions.nth(1).focus();
  await page.keyboard.press('Delete');
  await expect(sessions).toHaveCount(before - 1);
  await waits('a session');
  await pressKeys(trainer, ['Delete', 'Enter']);
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(page.locator('button:focus').filter({ has: page.locator('time') })).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(sessions).toHaveCount(before - 2);

  await trainer.goTo('workshops');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(t('app:place.bin'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('app:place.bin'), exact: true })
    .click();
  const rows = page.getByRole('main').getByRole('listitem');
  const back = rows.getByRole('button', { name: t('bin:putBack') });
  await expect(rows.nth(1)).toBeVisible();
  const removed = await rows.count();
  await back.first().focus();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(removed - 1);
  await waits('the bin');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(back.first()).toBeFocused();
  await expect(rows).toHaveCount(removed - 1);
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(removed - 2);

  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('people');
  const first = page.getByRole('main').getByRole('button', { name: 'ADJOVI Clarisse' });
  await first.press('Enter');
  await trainer.button('people:panel.remove').press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(first).toHaveCount(0);
  await waits('a person');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  // From a box to tick, which takes no text, as from anywhere.
  await page.getByRole('main').getByRole('checkbox').nth(1).focus();
  await page.keyboard.press('Control+z');
  await expect(first).toBeVisible();
});
