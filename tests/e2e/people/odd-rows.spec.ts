import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from '../support/trainer.ts';

/** One row that cannot be shown takes no list away, and a page that cannot be shown offers a way on. */

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-odd-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      for (const [title, start, end] of [
        ['Dakar', '2031-03-03', '2031-03-05'],
        ['Impossible', '2031-03-06', '2031-03-07'],
        ['Abidjan', '2031-03-10', '2031-03-12'],
        ['Saly', '2031-03-17', '2031-03-19'],
      ]) {
        await terminal.call('activity.create', { title, languages: ['fr'], countries: ['SN'], start, end });
      }
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the engine answers about *Impossible* reaches the page with values that no component can draw. */
async function spoil(): Promise<void> {
  await trainer.page.addInitScript(() => {
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!;
    const spoilt = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(spoilt);
      const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoilt(inner)]));
      const title = copy['title'];
      const isOne = JSON.stringify(title ?? null).includes('Impossible');
      return isOne ? { ...copy, projects: null, partners: {}, halfDays: null, agenda: 3, start: { odd: true }, languages: 'fr' } : copy;
    };
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const value: unknown = data.call(this);
        return typeof value === 'object' && value !== null && 'type' in value && value.type === 'answer' ? spoilt(value) : value;
      },
    });
  });
  await trainer.page.reload();
  await expect(trainer.page.getByRole('navigation', { name: trainer.t('app:places') })).toBeVisible();
}

test('the list stands, and the bad row says so in its place', async () => {
  const { page, t } = trainer;
  await expect(page.getByRole('main').getByRole('button', { name: 'Abidjan' })).toBeVisible();
  await spoil();
  await trainer.goTo('today');
  const main = page.getByRole('main');
  await expect(main.getByRole('button', { name: 'Saly' })).toBeVisible();
  await expect(main.getByText(t('app:notReadable'), { exact: true }).first()).toBeVisible();
  await expect(main.getByText(t('app:broken.title'))).toHaveCount(0);
});

test('a page that cannot be shown leads on: again, to Today, elsewhere', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  await trainer.goTo('workshops');
  await expect(main.getByText(t('app:broken.title'))).toBeVisible();
  await trainer.button('app:broken.again').click();
  await expect(main.getByText(t('app:broken.title'))).toBeVisible();
  await trainer.button('app:broken.today').click();
  await expect(main.getByRole('button', { name: 'Saly' })).toBeVisible();
  // What opens over a page can be closed.
  await page.keyboard.press('Control+k');
  await expect(page.getByText(t('app:broken.title'))).toBeVisible();
  await trainer.button('app:close').click();
  await expect(page.getByText(t('app:broken.title'))).toHaveCount(0);
  await trainer.goTo('settings');
  await expect(page.getByRole('heading', { level: 1, name: t('app:place.settings') })).toBeVisible();
});
