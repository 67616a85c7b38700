import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { atRest, putAwayNotices, underNotices, zoomTo } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** What is said over the page: it covers little, can be taken back from the first moment on, and however much was done just before, a refusal is seen at once. */

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

const sessions = () =>
  trainer.page
    .getByRole('main')
    .getByRole('button')
    .filter({ has: trainer.page.locator('time') });

/** Removes the first session of the workshop, which can be taken back. */
async function removeSession(): Promise<void> {
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('agenda');
  await expect(sessions().nth(8)).toBeVisible();
  await sessions().first().focus();
  await trainer.page.keyboard.press('Delete');
  await expect(trainer.button('app:undo')).toHaveCount(1);
}

const PAGES = ['today', 'workshops', 'calendar', 'library', 'sync', 'settings'] as const;
const TABS = ['agenda', 'people', 'attendance', 'evaluation', 'report', 'certificates', 'papers'] as const;

test('it is no larger than its words, and lies over nothing that is pressed next, on any page', async () => {
  const { page, t } = trainer;
  await zoomTo(trainer, 1, [1366, 768]);
  const said = page.getByRole('alert').filter({ hasText: t('app:undone') });
  const ways = [...PAGES.map((place) => () => trainer.goTo(place)), ...TABS.map((tab) => () => trainer.openTab(tab))];
  for (const [index, goThere] of ways.entries()) {
    const where = [...PAGES, ...TABS][index]!;
    await removeSession();
    expect.soft(await underNotices(trainer, true), `agenda, before ${where}`).toEqual([]);
    await goThere();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(said).toBeVisible();
    expect.soft(await underNotices(trainer, true), where).toEqual([]);
    const { width, height } = (await said.boundingBox())!;
    expect.soft(height, where).toBeLessThanOrEqual(44);
    expect.soft(width, where).toBeLessThan(320);
    await putAwayNotices(trainer);
  }
});

test('what a dialog did is taken back from the first moment on, and is not said then', async () => {
  const { page, t } = trainer;
  await trainer.goTo('workshops');
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('people');
  await page.getByRole('main').getByRole('button', { name: 'ADJOVI Clarisse' }).click();
  const remove = trainer.button('people:panel.remove');
  await expect(remove).toBeVisible();
  // Said while the panel is still there, and taken back as soon as it has been.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const notice of document.querySelectorAll('[role="alert"]'))
        if (!seen.includes(notice.textContent)) seen.push(notice.textContent);
      const isBack = seen.length > 0;
      if (isBack) return;
      if (!document.querySelector('[role="dialog"]'))
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }));
    }).observe(document.body, { childList: true, subtree: true });
  });
  await remove.click();
  await expect(page.getByRole('alert').filter({ hasText: t('app:undone') })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([t('app:undone')]);
  await expect(page.getByRole('main').getByRole('button', { name: 'ADJOVI Clarisse' })).toBeVisible();
  await putAwayNotices(trainer);
});

/** How many notices lie over another one. */
function overEachOther(): Promise<number> {
  return trainer.page.getByRole('alert').evaluateAll((all) => {
    const boxes = all.map((one) => one.getBoundingClientRect());
    const meet = (a: DOMRect, b: DOMRect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return boxes.filter((box, index) => boxes.slice(index + 1).some((other) => meet(box, other))).length;
  });
}

test('none lies over another, and a refusal is shown at once: older notices of what was done give way, the newest *Undo* last', async () => {
  const { page, t } = trainer;
  await zoomTo(trainer, 1, [1024, 640]);
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('agenda');
  await expect(sessions().nth(8)).toBeVisible();
  const all = await sessions().count();
  // As on a page with its buttons at the top and a few below: what is left are two places that meet in a small window.
  await page.evaluate(() => {
    const few = [250, 300, 350, 400].map((left) => ['default', `left: ${String(left)}px; bottom: 8px`] as const);
    for (const [variant, place] of [['filled', 'left: 500px; top: 8px'], ['filled', 'right: 8px; top: 8px'], ...few] as const) {
      const button = document.createElement('button');
      Object.assign(button.dataset, { variant, obstacle: '' });
      button.style.cssText = `position: fixed; width: 40px; height: 40px; ${place}`;
      document.getElementById('work')!.append(button);
    }
  });
  const remove = async () => {
    await sessions().first().focus();
    await page.keyboard.press('Delete');
  };
  const undos = page.getByRole('alert').getByRole('button', { name: t('app:undo'), exact: true });
  const shown = () => undos.evaluateAll((buttons) => buttons.map((button) => button.closest('[role="alert"]')!.textContent));
  let oldest: string | undefined;
  for (let removed = 1; removed <= SEEN_AT_ONCE; removed++) {
    await remove();
    await expect(sessions()).toHaveCount(all - removed);
    await expect(undos).toHaveCount(removed);
    await atRest(page);
    expect.soft(await overEachOther(), `${String(removed)} said`).toBe(0);
    // None goes by itself while the mouse is over one of them.
    if (removed === 1) {
      [oldest] = await shown();
      await undos.first().hover();
    }
  }
  await page.locator('[data-obstacle]').evaluateAll((all) => all.forEach((one) => one.remove()));
  // What is done after that is said at once as well, and the oldest gives way.
  const before = await shown();
  await remove();
  await expect(undos).toHaveCount(SEEN_AT_ONCE);
  await expect.poll(shown).not.toContain(oldest);
  const newest = (await shown()).find((words) => !before.includes(words))!;
  await expect(sessions()).toHaveCount(all - SEEN_AT_ONCE - 1);

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
  await expect(sessions()).toHaveCount(all - SEEN_AT_ONCE);
});
