import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { axeFaults, goWithTab, pasteText, pressKeys } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** What nothing in a file tells is said by hand, with the keyboard alone. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'pt', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const tabTo = (wanted: Locator) => goWithTab(trainer, wanted);
const press = (...keys: readonly string[]) => pressKeys(trainer, keys);
const rowOf = (dialog: Locator, name: string) => dialog.getByRole('grid').getByRole('row').filter({ hasText: name });

/** Says by keyboard what a column holds. */
async function giveMeaning(column: string, meaning: string): Promise<void> {
  const field = trainer.page.getByRole('combobox', { name: trainer.t('intake:meaningOf', { column }) });
  await tabTo(field);
  await trainer.page.keyboard.type(meaning);
  await expect(field.locator('option:checked')).toHaveText(meaning);
}

test('a list of which no column is known is shown, given its meaning column by column, and taken', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  await expect(trainer.button('people:importList')).toBeVisible();
  await pasteText(trainer, 'Zol\tBrak\tGrum\nqxana\twyola\tMali\nqxeno\twyeti\tBenim\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText(t('errors:people.headerUnknown'));
  await expect(dialog).toContainText(t('intake:sayColumns'));
  await expect(dialog.getByRole('row').filter({ hasText: 'Zol' })).toContainText('qxana · qxeno');
  expect(await axeFaults(trainer)).toEqual([]);

  await giveMeaning('Grum', t('people:field.country'));
  await expect(dialog.getByRole('row').filter({ hasText: 'Grum' })).toContainText(t('intake:becauseOf.chosen'));
  await giveMeaning('Zol', t('people:field.familyName'));
  await expect(rowOf(dialog, 'qxana')).toContainText(t('intake:does.people.new'));
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await giveMeaning('Brak', t('people:field.givenName'));
  await expect(rowOf(dialog, 'qxana wyola')).toContainText(t('intake:does.people.new'));
  await tabTo(dialog.getByRole('checkbox', { name: t('intake:rememberForAll') }));
  await press('Space');
  expect(await axeFaults(trainer)).toEqual([]);
  await tabTo(dialog.getByRole('button', { name: t('people:import.button', { count: 2 }) }));
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('main').getByRole('status')).toContainText(t('people:figures.all', { count: 27 }));
});

test('the next list of its form is taken as the last one was', async () => {
  const { page, t } = trainer;
  await pasteText(trainer, 'Zol\tBrak\tGrum\nqxiri\twyono\tMali\n');
  const dialog = page.getByRole('dialog');
  await expect(rowOf(dialog, 'qxiri wyono')).toContainText(t('intake:does.people.new'));
  await expect(dialog.getByRole('checkbox', { name: t('intake:rememberForAll') })).toHaveCount(0);
  await tabTo(dialog.locator('summary').filter({ hasText: t('people:import.columns', { count: 3 }) }));
  await press('Enter');
  await expect(dialog.getByRole('row').filter({ hasText: 'Grum' })).toContainText(t('intake:becauseOf.remembered'));
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test('answers whose questions nobody finds are matched to them by hand', async () => {
  const { page, t } = trainer;
  await trainer.openTab('evaluation');
  await expect(trainer.button('evaluation:import.open')).toBeVisible();
  await pasteText(trainer, 'Zol\tBrak\nx\t4\ny\t3\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog).toContainText(t('intake:sayItems'));
  const field = dialog.getByRole('combobox', { name: t('intake:meaningOf', { column: 'Brak' }) });
  await tabTo(field);
  await press('ArrowDown', 'ArrowDown');
  await expect(field.locator('option:checked')).not.toHaveText(t('people:import.leftOut'));
  expect(await axeFaults(trainer)).toEqual([]);
  await press('Escape');
  await expect(dialog).toBeHidden();
});
