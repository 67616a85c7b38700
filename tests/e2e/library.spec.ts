import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from './support/trainer.ts';

/** A long library: what is on screen is in the document, and nothing of it is out of reach. */

test.describe.configure({ mode: 'serial' });

const COUNT = 230;
const titleOf = (i: number): string => `Fiche ${i + 1}`;

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      for (let i = 0; i < COUNT; i++) {
        const file = path.join(folder, `fiche-${i}.pdf`);
        await writeFile(file, `%PDF-1.7 ${i}`);
        await terminal.call('material.add', { path: file, title: titleOf(i), language: 'fr', kind: 'handout' });
      }
    },
  });
  await trainer.goTo('library');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const materials = () => trainer.page.getByRole('list', { name: trainer.t('material:materials') });

test('draws the rows on screen alone, and says how many there are', async () => {
  await expect(trainer.page.getByText(trainer.t('material:count', { count: COUNT }))).toBeVisible();
  await expect(materials().getByText(titleOf(0), { exact: true })).toBeVisible();
  expect(await materials().getByRole('listitem').count()).toBeLessThan(40);
});

test('loses no key that is pressed while rows are still being fetched, and none at its ends', async () => {
  const { page, t } = trainer;
  const more = (index: number) => trainer.button('material:moreNamed', { title: titleOf(index) });
  await trainer.goTo('today');
  await trainer.goTo('library');
  await more(0).focus();
  // Every answer about rows comes late, and the keys do not wait for it.
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')!.value as (message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { name?: string } | null) {
      if (message?.name === 'material.page') setTimeout(() => post.call(this, message), 300);
      else post.call(this, message);
    };
  });
  for (let pressed = 0; pressed < 12; pressed++) await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowDown');
  await expect(more(121)).toBeFocused();
  for (let pressed = 0; pressed < 14; pressed++) await page.keyboard.press('PageUp');
  await expect(more(0)).toBeFocused();
  // What could go no further leaves nothing behind that takes the keyboard later.
  await page.keyboard.press('ArrowUp');
  const search = page.getByRole('searchbox', { name: t('material:search') });
  await search.focus();
  await page.keyboard.type('fiche');
  await expect(search).toHaveValue('fiche');
  await expect(search).toBeFocused();
  await search.fill('');
});

test('is walked by keys to its end and back, in the same column, the focus always on a row', async () => {
  const { page, t } = trainer;
  await trainer.button('material:moreNamed', { title: titleOf(0) }).focus();
  for (let i = 0; i < COUNT; i += 10) {
    await page.keyboard.press('PageDown');
    const next = titleOf(Math.min(i + 10, COUNT - 1));
    await expect(trainer.button('material:moreNamed', { title: next })).toBeFocused();
  }
  await page.keyboard.press('ArrowUp');
  await expect(trainer.button('material:moreNamed', { title: titleOf(COUNT - 2) })).toBeFocused();
  // Scrolled away from, the row that has the focus keeps it.
  await materials().evaluate((list) => list.parentElement!.scrollTo({ top: 0 }));
  await expect(materials().getByText(titleOf(0), { exact: true })).toBeVisible();
  await expect(trainer.button('material:moreNamed', { title: titleOf(COUNT - 2) })).toBeFocused();
  await expect(page.getByText(t('app:loading'))).toHaveCount(0);
});

test('a material that is looked for from anywhere stands in its row, in sight and with the keyboard on it, also over a search', async () => {
  const { page, t } = trainer;
  const lookFor = async (title: string) => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(t('app:find.placeholder')).fill(title);
    await page.getByRole('dialog').getByRole('button', { name: title }).first().click();
  };
  await page.getByRole('searchbox', { name: t('material:search') }).fill('fiche 7');
  await expect(page.getByText(t('material:count', { count: COUNT }))).toBeHidden();
  for (const [from, title] of [
    ['library', titleOf(COUNT - 40)],
    ['today', titleOf(COUNT / 2)],
    ['settings', titleOf(0)],
  ] as const) {
    await trainer.goTo(from);
    await lookFor(title);
    await expect(trainer.button('material:openNamed', { title }), from).toBeFocused();
    await expect(materials().getByText(title, { exact: true })).toBeInViewport();
  }
});

test('narrows while one types, from wherever the list stood, and a row that is removed comes back', async () => {
  const { page, t } = trainer;
  await materials().getByRole('listitem').first().getByRole('button').first().focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press('PageDown');
  await expect(materials().getByText(titleOf(0), { exact: true })).toHaveCount(0);
  await page.getByRole('searchbox', { name: t('material:search') }).fill('fiche');
  await expect(materials().getByText(titleOf(0), { exact: true })).toBeInViewport();
  await page.getByRole('searchbox', { name: t('material:search') }).fill('fiche 23');
  // 23, 230, and the one whose file is called so.
  await expect(materials().getByRole('listitem')).toHaveCount(3);
  await trainer.button('material:moreNamed', { title: titleOf(22) }).click();
  await page.getByRole('menuitem', { name: t('material:remove') }).click();
  await expect(materials().getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: t('app:undo') }).click();
  await expect(materials().getByRole('listitem')).toHaveCount(3);
  await page.getByRole('searchbox', { name: t('material:search') }).fill('zzz');
  await expect(page.getByText(t('material:noneFound'))).toBeVisible();
});
