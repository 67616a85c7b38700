import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from './support/trainer.ts';

/** Whatever becomes of what has the keyboard, and however late: it is never on nothing, and what somebody left by a click stays left. */

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', name: 'Awa Diop' });
  await trainer.goTo('settings');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const WAYS = [
  'removed',
  'removed with all around it',
  'drawn anew at once',
  'drawn anew later',
  'hidden',
  'hidden for two frames',
  'hidden for a while with all around it',
  'made invisible',
  'made inert with all around it',
  'off for no time',
  'off for a while',
  'off, and on elsewhere',
  'moved',
] as const;
type Way = (typeof WAYS)[number];

/** What has it while it is away, and in the end: itself or the same anew, the part of the page that it is in, or the page. */
const HOLDERS: Readonly<Record<Way, readonly [meanwhile: string, after: string]>> = {
  removed: ['part', 'part'],
  'removed with all around it': ['page', 'page'],
  'drawn anew at once': ['mine', 'mine'],
  'drawn anew later': ['page', 'mine'],
  hidden: ['part', 'part'],
  'hidden for two frames': ['mine', 'mine'],
  'hidden for a while with all around it': ['page', 'mine'],
  'made invisible': ['part', 'part'],
  'made inert with all around it': ['page', 'page'],
  'off for no time': ['mine', 'mine'],
  'off for a while': ['page', 'mine'],
  'off, and on elsewhere': ['mine', 'mine'],
  moved: ['mine', 'mine'],
};

/** Draws a part of the page with three buttons, and gives the second one the keyboard. */
async function drawPart(): Promise<void> {
  await trainer.page.evaluate(() => {
    document.getElementById('part')?.remove();
    const part = document.createElement('section');
    part.id = 'part';
    part.innerHTML = '<ul><li><button>One</button><button class="mine">Two</button><button>Three</button></li></ul>';
    document.getElementById('work')!.append(part);
    part.querySelector<HTMLElement>('.mine')!.focus();
  });
  // Longer than anything looks back.
  await trainer.page.waitForTimeout(200);
}

const holder = () =>
  trainer.page.evaluate(() => {
    const active = document.activeElement;
    if (active?.matches('.mine')) return 'mine';
    if (active === document.body) return 'nothing';
    return active?.id === 'work' ? 'page' : active?.closest('#part') && !active.matches('button') ? 'part' : (active?.outerHTML ?? '');
  });

for (const way of WAYS)
  test(`${way}: the keyboard is held`, async () => {
    const { page } = trainer;
    await drawPart();
    const back = await page.evaluateHandle(async (how) => {
      const part = document.getElementById('part')!;
      const mine = part.querySelector<HTMLButtonElement>('.mine')!;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      /** What they do; where that ends later, they give what ends it. */
      const ways: Readonly<Record<typeof how, () => unknown>> = {
        removed: () => mine.remove(),
        'removed with all around it': () => part.remove(),
        'drawn anew at once': () => mine.replaceWith(mine.cloneNode(true)),
        'drawn anew later'() {
          part.remove();
          return () => document.getElementById('work')!.append(part.cloneNode(true));
        },
        hidden: () => (mine.style.display = 'none'),
        async 'hidden for two frames'() {
          mine.style.display = 'none';
          await frame();
          await frame();
          mine.style.display = '';
        },
        'hidden for a while with all around it'() {
          part.style.display = 'none';
          return () => (part.style.display = '');
        },
        'made invisible': () => (mine.style.visibility = 'hidden'),
        'made inert with all around it': () => (part.inert = true),
        'off for no time'() {
          mine.disabled = true;
          mine.disabled = false;
        },
        'off for a while'() {
          mine.disabled = true;
          return () => (mine.disabled = false);
        },
        'off, and on elsewhere'() {
          mine.disabled = true;
          mine.remove();
          mine.disabled = false;
          part.append(mine);
        },
        moved: () => part.append(mine),
      };
      return await ways[how]();
    }, way);
    const [meanwhile, after] = HOLDERS[way];
    await expect.poll(holder).toBe(meanwhile);
    await back.evaluate((end) => typeof end === 'function' && void end());
    await expect.poll(holder).toBe(after);
    await page.waitForTimeout(300);
    expect(await holder()).toBe(after);
  });

test('what is left by a click on empty ground stays left, whatever becomes of it afterwards', async () => {
  const { page } = trainer;
  await page.evaluate(() => {
    const ground = document.createElement('div');
    ground.id = 'ground';
    ground.style.cssText = 'position:fixed;right:0;bottom:0;width:40px;height:40px;z-index:9999';
    document.body.append(ground);
  });
  for (const what of ['remove', 'hide', 'at once'] as const) {
    await drawPart();
    if (what === 'at once')
      await page.evaluate(() =>
        document.querySelector('.mine')!.addEventListener('focusout', ({ target }) => queueMicrotask(() => (target as Element).remove())),
      );
    await page.locator('#ground').click();
    await page.waitForTimeout(what === 'remove' ? 20 : 200);
    await page.evaluate((how) => {
      const mine = document.querySelector<HTMLElement>('.mine');
      if (how === 'remove') mine!.remove();
      if (how === 'hide') mine!.style.display = 'none';
      document.getElementById('work')!.append(document.createElement('p'));
    }, what);
    await page.waitForTimeout(300);
    expect(await holder(), what).toBe('nothing');
  }
  await page.evaluate(() => document.getElementById('ground')!.remove());
});

test('what comes back takes the keyboard from nobody who has put it elsewhere meanwhile', async () => {
  const { page } = trainer;
  await drawPart();
  await page.evaluate(() => (document.querySelector<HTMLButtonElement>('.mine')!.disabled = true));
  await expect.poll(holder).toBe('page');
  const other = page.locator('#part button').first();
  await other.focus();
  await page.evaluate(() => (document.querySelector<HTMLButtonElement>('.mine')!.disabled = false));
  await page.waitForTimeout(300);
  await expect(other).toBeFocused();
  await page.evaluate(() => document.getElementById('part')!.remove());
});
