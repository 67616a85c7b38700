import { expect, test } from '@playwright/test';
import sample from '../../../resources/sample/workshop.json' with { type: 'json' };
import { LANGUAGE_NAMES } from '../../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openWindow } from '../../support/window.ts';
import { trainerAt, type Trainer } from '../support/trainer.ts';
import { wordsOf } from '../support/words.ts';

/** The first run, with no network: a language, a name, and *Try with a sample workshop*. */

test.describe.configure({ mode: 'serial' });

let trainer: Trainer;

test.beforeAll(async () => {
  trainer = trainerAt(await openWindow({ systemLanguage: 'pt' }), 'pt');
});

test.afterAll(() => trainer.close());

test('speaks the language of the system, and any other at once', async () => {
  const { page, t } = trainer;
  await expect(page.getByRole('heading', { level: 1, name: t('settings:welcome.title') })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt');
  for (const language of LANGUAGES) {
    await page.getByRole('button', { name: LANGUAGE_NAMES[language] }).click();
    await expect(page.getByRole('heading', { level: 1, name: wordsOf(language)('settings:welcome.title') })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  }
});

test('loads the sample workshop, and Today shows it', async () => {
  const { page } = trainer;
  await page.getByRole('button', { name: LANGUAGE_NAMES.fr }).click();
  trainer = trainerAt(trainer, 'fr');
  await page.getByLabel(trainer.t('settings:name')).fill('Awa Diop');
  await page.getByRole('button', { name: trainer.t('settings:welcome.sample') }).click();
  await expect(page.getByRole('heading', { level: 1, name: sample.title.fr })).toBeVisible();
  await trainer.goTo('today');
  const underWay = page.getByRole('region', { name: trainer.t('activity:today.underWay', { title: sample.title.fr }) });
  await expect(underWay).toContainText(sample.title.fr);
  await expect(underWay).toContainText(trainer.t('activity:today.dayOf', { day: 1 - sample.firstDay, days: sample.days }));
  await underWay.getByRole('button', { name: trainer.t('activity:today.start') }).click();
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', String(sample.participants.length + 2));
});

test('has everything the sample promises, and remembers the name', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  await expect(page.getByRole('main').getByRole('status')).toContainText(t('people:figures.all', { count: sample.participants.length }));
  await trainer.openTab('evaluation');
  await expect(page.getByTestId('results-sentence')).toBeVisible();
  await trainer.openTab('report');
  await expect(page.getByTestId('report-people')).toHaveText(String(sample.participants.length));
  await trainer.goTo('settings');
  await expect(page.getByLabel(t('settings:name'))).toHaveValue('Awa Diop');
});
