import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import sample from '../../../resources/sample/workshop.json' with { type: 'json' };
import type { FirstStep } from '../../../shared/features/activity/first-steps.ts';
import { axeFaults } from '../support/axe.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** The first steps of a new trainer on the sample: each opens its place, and ticks itself when it is done. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', name: 'Awa Diop' });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const card = () => trainer.page.getByRole('region', { name: trainer.t('activity:steps.title') });
const step = (name: FirstStep) => card().locator(`[data-step="${name}"]`);

async function open(name: FirstStep): Promise<void> {
  await trainer.goTo('today');
  await step(name).click();
}

async function expectDone(...names: readonly FirstStep[]): Promise<void> {
  await trainer.goTo('today');
  const done = card().locator('[data-step][data-done]');
  await expect(done).toHaveCount(names.length);
  expect(await done.evaluateAll((all) => all.map((one) => one.getAttribute('data-step')))).toEqual(names);
}

test('lead through a workshop, and tick themselves', async () => {
  const { page, t } = trainer;
  const button = (key: string) => page.getByRole('main').getByRole('button', { name: t(key), exact: true });
  await expect(card()).toHaveCount(0);
  await button('activity:sample').click();
  await expect(page.getByRole('heading', { level: 1, name: sample.title.fr })).toBeVisible();
  await expectDone('open');
  expect(await axeFaults(trainer.page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('begun.png') });

  await open('mark');
  await page.locator('[role="gridcell"][data-open]').first().focus();
  await page.keyboard.press('r');
  await expectDone('open', 'mark');

  await open('walkIn');
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('+');
  await page.keyboard.type('SARR Binta');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('SARR');
  await page.keyboard.press('Escape');
  await expectDone('open', 'mark', 'walkIn');

  await open('sheet');
  await trainer.choose('evaluation:view.label', 'evaluation:view.enter');
  await page.getByRole('combobox', { name: t('evaluation:enter.person') }).fill('SARR Binta');
  await page.keyboard.press('Tab');
  await page
    .getByRole('group', { name: t('evaluation:strip.label') })
    .getByRole('button')
    .first()
    .focus();
  for (let answer = 0; answer < 12; answer++) await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('evaluation:enter.kept', { name: 'SARR Binta', count: 12, of: 12 })).first()).toBeVisible();
  await expectDone('open', 'mark', 'walkIn', 'sheet');

  await open('report');
  await expect(page.getByTestId('report-people')).toHaveText(String(sample.participants.length + 1));
  await expectDone('open', 'mark', 'walkIn', 'sheet', 'report');

  await open('own');
  await page.getByRole('dialog').getByLabel(t('activity:field.title')).fill('Mon atelier');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('activity:create.submit') })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mon atelier' })).toBeVisible();
  await expectDone('open', 'mark', 'walkIn', 'sheet', 'report', 'own');
  await expect(card()).toContainText(t('activity:steps.allDone'));
});

test('are hidden, and come back from the help', async () => {
  const { page, t } = trainer;
  await card()
    .getByRole('button', { name: t('activity:steps.hide') })
    .click();
  await expect(card()).toHaveCount(0);
  await page.keyboard.press('F1');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('help:showSteps') })
    .click();
  await expect(card()).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.screenshot({ path: test.info().outputPath('small.png') });
});
