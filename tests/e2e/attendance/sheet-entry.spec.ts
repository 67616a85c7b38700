import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import satisfaction from '../../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import { pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Sheets typed in by tired hands: nothing half done is kept by a slip, and what was kept can be taken back. */

test.describe.configure({ mode: 'serial' });

const QUESTIONS = 12;
const scales = satisfaction.items.filter(({ type }) => type === 'scale');

let data: string;
let trainer: Trainer;

test.beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data, language: 'fr', name: 'Awa Diop', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1366, 768));
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('evaluation');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(data, { recursive: true });
});

const strip = () => trainer.page.getByRole('group', { name: trainer.t('evaluation:strip.label') });
const notice = () => trainer.page.getByTestId('kept-notice');
const asked = () => trainer.page.getByTestId('unfinished');
const inNow = () => trainer.page.getByText(/^\d+ feuilles? sur \d+$/u);

test('a sheet with three of twelve answers is asked about, kept by a second Enter, and taken back with its answers', async () => {
  const { page, t } = trainer;
  await strip().getByRole('button').first().focus();
  await pressKeys(trainer, ['a', 'b', 'c', 'Enter']);
  await expect(asked()).toHaveText(t('evaluation:enter.unfinished', { count: 3, of: QUESTIONS }));
  await expect(inNow()).toHaveText(t('evaluation:enter.in', { count: 0, of: 25 }));
  await page.keyboard.press('Enter');
  await expect(notice()).toContainText(t('evaluation:enter.kept', { name: 'ADJOVI Clarisse', count: 3, of: QUESTIONS }));
  await expect(notice()).toBeInViewport({ ratio: 1 });
  await expect(asked()).toHaveCount(0);
  await notice()
    .getByRole('button', { name: t('evaluation:enter.takeBack') })
    .click();
  await expect(inNow()).toHaveText(t('evaluation:enter.in', { count: 0, of: 25 }));
  await expect(strip().getByRole('button', { name: t('evaluation:strip.item', { item: 'Q3', answer: 'c' }), exact: true })).toBeVisible();

  // Gone on with, it is whole: what is left blank on purpose is not asked about.
  await strip().getByRole('button').nth(3).click();
  await pressKeys(trainer, ['a', 'b', 'Space', 'd', 'a', 'b', 'c', 'Space', 'a', 'Enter']);
  await expect(notice()).toContainText(t('evaluation:enter.kept', { name: 'ADJOVI Clarisse', count: 10, of: QUESTIONS }));
  // A quick hand is on the third sheet before the second is kept: what it types is the third's, from its first question on.
  await pressKeys(trainer, [...'abcdabcdabcd', 'Enter', ...'dcb']);
  await expect(inNow()).toHaveText(t('evaluation:enter.in', { count: 2, of: 25 }));
  for (const [at, answer] of [...'dcb'].entries())
    await expect(
      strip().getByRole('button', { name: t('evaluation:strip.item', { item: `Q${at + 1}`, answer }), exact: true }),
    ).toBeVisible();
  await expect(strip().getByRole('button').nth(3)).toBeFocused();
  const list = page.getByTestId('kept-list');
  await list.locator('summary').click();
  await list
    .getByRole('listitem')
    .filter({ hasText: 'ADJOVI' })
    .getByRole('button', { name: new RegExp(`^${t('evaluation:enter.takeBack')}`) })
    .click();
  await expect(inNow()).toHaveText(t('evaluation:enter.in', { count: 1, of: 25 }));
});

test('an anonymous sheet that was kept twice is taken back once', async () => {
  const { page, t } = trainer;
  await page
    .getByRole('navigation', { name: t('evaluation:forms') })
    .getByRole('button', { name: satisfaction.title.fr })
    .click();
  for (const count of [1, 2]) {
    await strip().getByRole('button').first().focus();
    await pressKeys(
      trainer,
      scales.map(() => '4'),
    );
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('status').filter({ hasText: t('evaluation:sheetCount', { count }) })).toBeVisible();
    await expect(notice()).toBeInViewport({ ratio: 1 });
  }
  await notice()
    .getByRole('button', { name: t('evaluation:enter.takeBack') })
    .click();
  await expect(page.getByText(t('evaluation:sheetCount', { count: 1 })).first()).toBeVisible();
  await strip().getByRole('button').first().focus();
  await pressKeys(trainer, ['Home', 'Delete', 'Enter']);
  await expect(asked()).toHaveText(t('evaluation:enter.unfinished', { count: scales.length - 1, of: scales.length }));
});

test('a whole anonymous sheet typed while the one before is being kept ends where any sheet does, and is kept by the same keys', async () => {
  const { page, t } = trainer;
  await strip().getByRole('button').first().focus();
  await pressKeys(
    trainer,
    scales.map(() => '4'),
  );
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')!.value as (message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { name?: string } | null) {
      if (message?.name === 'evaluation.enter') setTimeout(() => post.call(this, message), 2_000);
      else post.call(this, message);
    };
    Object.assign(window, { atOnce: () => (MessagePort.prototype.postMessage = post) });
  });
  await page.keyboard.press('Control+Enter');
  await pressKeys(
    trainer,
    scales.map(() => '3'),
  );
  // Asked for before anybody saw it, it is shown, and says that it waits.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: t('evaluation:sheetCount', { count: 2 }) })).toBeVisible();
  await expect(page.getByTestId('shown-first')).toHaveText(t('evaluation:enter.shownFirst'));
  await expect(page.getByRole('textbox').first()).toBeFocused();
  await page.evaluate(() => (window as unknown as { atOnce(): void }).atOnce());
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: t('evaluation:sheetCount', { count: 3 }) })).toBeVisible();
  await expect(page.getByTestId('shown-first')).toHaveCount(0);
});
