import { expect, test } from '@playwright/test';
import course from '../../../resources/courses/c1-introductory.json' with { type: 'json' };
import { countryName } from '../../../shared/kernel/countries.ts';
import { formats } from '../../../shared/kernel/formats.ts';
import { openWindow } from '../../support/window.ts';
import { trainerAt, type Trainer } from '../support/trainer.ts';
import { PLAN } from '../support/workshop-a.ts';

/** Journey 1: a workshop from the course, 4 days; then 3 days, and Itinera asks what to drop. */

test.describe.configure({ mode: 'serial' });

const sessions = course.modules.flatMap((module) => module.sessions);
const titles = sessions.map((session) => session.title.fr).sort();

let trainer: Trainer;

test.beforeAll(async () => {
  trainer = trainerAt(await openWindow({ systemLanguage: 'fr' }), 'fr');
});

test.afterAll(() => trainer.close());

/** Titles of the sessions on screen. */
async function agenda(): Promise<string[]> {
  const items = trainer.page.getByRole('region', { name: /^\w+ \d+ juillet 2021$/ }).getByRole('listitem');
  const texts = await items.evaluateAll((found) => found.map((item) => item.querySelector('time + span')?.textContent ?? ''));
  return texts.sort();
}

test('creates the workshop from the course, in the window', async () => {
  const { page, t } = trainer;
  await page.getByRole('button', { name: t('settings:welcome.create') }).click();
  const dialog = page.getByRole('dialog', { name: t('activity:create.title') });
  await dialog.getByLabel(t('activity:field.title')).fill(PLAN.title);
  await dialog.getByRole('combobox', { name: t('activity:field.course') }).click();
  await page.getByRole('option', { name: course.title.fr }).click();
  const start = dialog.getByLabel(t('activity:field.start'));
  await start.fill('12/7/2021');
  await start.press('Enter');
  await expect(dialog.getByLabel(t('activity:field.end'))).toHaveValue(formats('fr', '?').day(PLAN.end));
  await expect(dialog).toContainText(t('activity:create.fits', { count: 4 }));
  await expect(dialog.getByRole('checkbox', { name: 'Français' })).toBeChecked();
  for (const country of PLAN.countries) {
    await dialog.getByLabel(t('activity:field.countries')).fill(countryName(country, 'fr'));
    await page.getByRole('option', { name: countryName(country, 'fr'), exact: true }).click();
  }
  await dialog.getByLabel(t('activity:field.projects')).fill('GLACY+');
  await dialog.getByLabel(t('activity:field.projects')).press('Enter');
  await dialog.getByLabel(t('activity:field.partners')).fill('OCWAR-C');
  await dialog.getByLabel(t('activity:field.partners')).press('Enter');
  await trainer.button('activity:create.submit').click();
  await expect(page.getByRole('heading', { level: 1, name: PLAN.title })).toBeVisible();
});

test('has 4 days, 8 half-days and French titles', async () => {
  const { page, t } = trainer;
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 2, name: /^Jour \d/ })).toHaveCount(4);
  await expect(main.getByRole('heading', { level: 3, name: t('app:half.AM'), exact: true })).toHaveCount(4);
  await expect(main.getByRole('heading', { level: 3, name: t('app:half.PM'), exact: true })).toHaveCount(4);
  expect(await agenda()).toEqual(titles);
  await expect(main).toContainText(formats('fr', '?').days(PLAN.start, PLAN.end));
  await expect(main).toContainText(t('activity:countryCount', { count: 6 }));
  await expect(main).toContainText('GLACY+, OCWAR-C');
});

test('asks what to drop when it gets a day shorter, and changes nothing before the answer', async () => {
  const { page, t } = trainer;
  const shorten = async () => {
    await trainer.button('activity:more').click();
    await page.getByRole('menuitem', { name: t('activity:dates.open') }).click();
    const dialog = page.getByRole('dialog', { name: t('activity:dates.title') });
    const end = dialog.getByLabel(t('activity:field.end'));
    await end.fill('14/7/2021');
    await end.press('Enter');
    await dialog.getByRole('button', { name: t('activity:dates.submit'), exact: true }).click();
    return dialog;
  };
  let dialog = await shorten();
  const asked = dialog.getByRole('alert');
  await expect(asked).toBeVisible();
  const named = await asked
    .getByRole('checkbox', { checked: true })
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).labels?.[0]?.textContent ?? ''));
  expect(named.length).toBeGreaterThan(0);
  expect(titles).toEqual(expect.arrayContaining(named));
  await expect(asked).toContainText(t('activity:overflow.title', { count: named.length }));
  await dialog.getByRole('button', { name: t('app:cancel') }).click();
  await expect(dialog).toBeHidden();
  expect(await agenda()).toEqual(titles);

  dialog = await shorten();
  await dialog.getByRole('button', { name: t('activity:dates.submitWithout', { count: named.length }) }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('main').getByRole('heading', { level: 2, name: /^Jour \d/ })).toHaveCount(3);
  await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveCount(6);
  await expect.poll(agenda).toEqual(titles.filter((title) => !named.includes(title)));
});

test('leaves the course as it was', async () => {
  const { page } = trainer;
  await trainer.goTo('library');
  await page.getByRole('button', { name: course.title.fr }).click();
  await expect(page.getByRole('heading', { level: 1, name: course.title.fr })).toBeVisible();
  const shown = page.getByRole('main').locator('summary');
  await expect(shown).toHaveCount(sessions.length);
  for (const title of titles) await expect(shown.filter({ hasText: title })).not.toHaveCount(0);
});
