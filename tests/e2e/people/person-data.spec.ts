import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { formats } from '../../../shared/kernel/formats.ts';
import { today } from '../../../renderer/desktop/app/clock.ts';
import { pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { PLAN, makeWorkshopA } from '../support/workshop-a.ts';

/** What a person may ask for, on their panel: an earlier value back, their data in hand, and to be erased everywhere. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;
const NAME = 'HOUNKPE Sègla';

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    before: (terminal) => makeWorkshopA(terminal, ['people', 'attendance']),
  });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('people');
});
test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const panel = () => trainer.page.getByRole('dialog', { name: NAME });

/** From the panel: what was written in the field of the institution. */
async function openHistory(): Promise<Locator> {
  const { page, t } = trainer;
  await trainer.button('people:panel.history').click();
  const history = page.getByRole('dialog', { name: t('sync:history.title') });
  await history.getByRole('combobox', { name: t('sync:history.of') }).click();
  await page.getByRole('option', { name: t('people:field.institution') }).click();
  return history;
}

test('an earlier value is written again from the history, and that is undone', async () => {
  const { page, t } = trainer;
  await page.getByRole('button', { name: NAME }).click();
  const institution = panel().getByLabel(t('people:field.institution'));
  const before = await institution.inputValue();
  await institution.fill('Cour suprême');
  await institution.press('Enter');
  const history = await openHistory();
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await expect(history.getByRole('listitem').first()).toContainText('Cour suprême');
  await history.getByRole('button', { name: t('sync:history.restore') }).click();
  await expect(history.getByRole('listitem').first()).toContainText(before);
  await page.keyboard.press('Escape');
  await expect(panel().getByLabel(t('people:field.institution'))).toHaveValue(before);
  await page.keyboard.press('Escape');
});

test('what is no address stays and says so; the panel asks before it is left with it', async () => {
  const { page, t } = trainer;
  await page.getByRole('button', { name: NAME }).click();
  const address = panel().getByLabel(t('people:field.email'));
  const before = await address.inputValue();
  await address.fill('atelier');
  await address.press('Tab');
  await expect(panel().getByText(t('errors:email.invalid'))).toBeVisible();
  await expect(address).toHaveValue('atelier');
  await panel().getByLabel(t('people:field.ref')).press('Escape');
  await expect(page.getByRole('alertdialog', { name: t('app:unsaved.text') })).toBeVisible();
  await trainer.button('app:unsaved.stay').click();
  await address.fill('segla@exämple.org');
  await address.press('Enter');
  await expect(panel().getByText(t('app:save.saved'))).toBeVisible();
  await expect(panel().getByText(t('errors:email.invalid'))).toHaveCount(0);
  await address.fill(before);
  await address.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a telephone, notes of some lines, and what somebody agreed to: to which wording, on which day', async () => {
  const { page, t } = trainer;
  await page.getByRole('button', { name: NAME }).click();
  const field = (name: 'phone' | 'notes' | 'consentPhoto' | 'consentFollowUp') =>
    panel().getByLabel(t(`people:field.${name}`), { exact: true });
  await field('phone').fill('non');
  await field('phone').press('Tab');
  await expect(panel().getByText(t('errors:phone.invalid'))).toBeVisible();
  await field('phone').fill('+229 97 12 34 56');
  await field('phone').press('Tab');
  await expect(panel().getByText(t('errors:phone.invalid'))).toHaveCount(0);
  await field('notes').fill('Arrive le 12 au soir,');
  await field('notes').press('Enter');
  await field('notes').pressSequentially('repart le 15.');
  await field('notes').press('Tab');
  const day = formats('fr', '').day(today());
  const said = (answer: 'yes' | 'no') => t(`people:consent.${answer}`, { day, wording: 1 });
  for (const [name, answer] of [
    ['consentPhoto', 'given'],
    ['consentFollowUp', 'refused'],
  ] as const) {
    await field(name).click();
    await page.getByRole('option', { name: t(`people:consent.${answer}`), exact: true }).click();
  }
  await expect(panel().getByText(said('yes'))).toBeVisible();
  await expect(panel().getByText(said('no'))).toBeVisible();
  await trainer.button('people:panel.history').click();
  const history = page.getByRole('dialog', { name: t('sync:history.title') });
  await history.getByRole('combobox', { name: t('sync:history.of') }).click();
  await page.getByRole('option', { name: t('people:field.consentPhoto') }).click();
  await expect(history.getByRole('listitem').first()).toContainText(said('yes'));
  await pressKeys(trainer, ['Escape', 'Escape']);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: NAME }).click();
  await expect(field('phone')).toHaveValue('+229 97 12 34 56');
  await expect(field('notes')).toHaveValue('Arrive le 12 au soir,\nrepart le 15.');
  await pressKeys(trainer, ['Escape']);
});

test('what is written, left and opened again in one breath is written once, and Escape closes', async () => {
  const { page, t } = trainer;
  const opener = page.getByRole('button', { name: NAME });
  const institution = panel().getByLabel(t('people:field.institution'));
  const written = ['CRIET, Cotonou', 'Tribunal de Ouidah', 'CRIET, Cotonou', 'CRIET'];
  await opener.click();
  const entries = (await openHistory()).getByRole('listitem');
  await expect(entries.first()).toBeVisible();
  const before = await entries.count();
  await page.keyboard.press('Escape');
  for (const value of written) {
    await institution.fill(value);
    await pressKeys(trainer, ['Enter', 'Escape']);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await opener.click();
    await expect(institution).toHaveValue(value);
  }
  await openHistory();
  await expect(entries.first()).toContainText(written.at(-1)!);
  await expect(entries).toHaveCount(before + written.length);
  await pressKeys(trainer, ['Escape', 'Escape']);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a person is erased: the name is nowhere in the window nor in the files of the store', async () => {
  const { page, t } = trainer;
  await page.getByRole('button', { name: NAME }).click();
  await trainer.button('people:erase.button').click();
  const dialog = page.getByRole('dialog', { name: t('people:erase.title', { name: NAME }) });
  const confirm = dialog.getByRole('button', { name: t('people:erase.confirm') });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('combobox', { name: t('people:erase.reason') }).click();
  await page.getByRole('option', { name: t('people:erase.reasons.asked') }).click();
  await confirm.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const people = page.getByRole('table', { name: t('people:label') });
  await expect(people).toContainText(t('people:erased.name'));
  await expect(people).not.toContainText('HOUNKPE');
  await page.getByText(t('people:erasures.title', { count: 1 })).click();
  await expect(page.getByRole('main')).toContainText(t('people:erasures.remaining', { values: 0 }));
  const database = await readFile(path.join(folder, 'data', 'itinera.db'));
  expect(database.includes('HOUNKPE')).toBe(false);
});
