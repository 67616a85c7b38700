import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** What is said in the corner of the window: however much was done just before, a refusal is seen at once. */

const SEEN_AT_ONCE = 4;

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const before: Parameters<typeof openAs>[0]['before'] = (terminal) => makeWorkshopA(terminal, ['people']);
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', name: 'Awa Diop', before });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

test('a refusal is shown at once: older notices of what was done give way, the newest *Undo* last', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(PLAN.title);
  const sessions = page
    .getByRole('main')
    .getByRole('button')
    .filter({ has: page.locator('time') });
  await expect(sessions.nth(8)).toBeVisible();
  const all = await sessions.count();
  const remove = async () => {
    await sessions.first().focus();
    await page.keyboard.press('Delete');
  };
  const undos = page.getByRole('alert').getByRole('button', { name: t('app:undo'), exact: true });
  for (let removed = 1; removed <= SEEN_AT_ONCE; removed++) {
    await remove();
    await expect(sessions).toHaveCount(all - removed);
    await expect(undos).toHaveCount(removed);
    // None goes by itself while the mouse is over one of them.
    if (removed === 1) await undos.first().hover();
  }
  // What is done after that is said at once as well, and the oldest gives way.
  const oldest = await undos.first().evaluate((button) => button.closest('[role="alert"]')!.textContent);
  await remove();
  await expect(undos).toHaveCount(SEEN_AT_ONCE);
  const shown = () => undos.evaluateAll((buttons) => buttons.map((button) => button.closest('[role="alert"]')!.textContent));
  await expect.poll(shown).not.toContain(oldest);
  await expect(sessions).toHaveCount(all - SEEN_AT_ONCE - 1);
  const newest = await undos.last().evaluate((button) => button.closest('[role="alert"]')!.textContent);

  // As when somebody else removed them meanwhile.
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')!.value as (message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { name?: string; args?: object } | null) {
      const isRemoval = message?.name === 'activity.removeItem';
      post.call(this, isRemoval ? { ...message, args: { ...message.args, id: '00000000-0000-4000-8000-000000000000' } } : message);
    };
  });
  const refusals = page.getByRole('alert').filter({ hasText: t('errors:agenda.itemUnknown') });
  for (let refused = 1; refused <= SEEN_AT_ONCE; refused++) {
    await remove();
    await expect(refusals).toHaveCount(refused);
    await expect(undos).toHaveCount(SEEN_AT_ONCE - refused);
    if (refused === SEEN_AT_ONCE - 1) expect(await undos.evaluate((button) => button.closest('[role="alert"]')!.textContent)).toBe(newest);
  }
  // One more is seen before those that were seen already, which wait.
  await remove();
  await expect(refusals).toHaveCount(SEEN_AT_ONCE);
  let closed = 0;
  // The one that waits comes a moment after the last that was seen has gone.
  while (closed <= SEEN_AT_ONCE || (await refusals.count()) > 0) {
    const close = refusals.getByRole('button', { name: t('app:close'), exact: true }).first();
    await close.click({ timeout: 1_000 }).then(
      () => closed++,
      () => undefined,
    );
  }
  // What was only covered is there again, and can be taken back.
  await expect(undos).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(sessions).toHaveCount(all - SEEN_AT_ONCE);
});
