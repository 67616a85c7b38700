import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pressKeys } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** A date that is typed is the one that is kept, or it stays and says why. */

let folder: string;
let awa: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  awa = await openAs({ data: path.join(folder, 'data'), language: 'fr', name: 'Awa Diop' });
});

test.afterAll(async () => {
  await awa.close();
  await rm(folder, { recursive: true });
});

const press = (...keys: readonly string[]) => pressKeys(awa, keys);

test('a date is taken as it is shown and as people type it, and what is none stays and says why', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  await awa.goTo('workshops');
  await awa.button('activity:create.open').click();
  const [start, end] = [dialog.getByLabel(t('activity:field.start')), dialog.getByLabel(t('activity:field.end'))];
  await dialog.getByRole('textbox', { name: t('activity:field.title') }).fill('Atelier de Mindelo');
  await start.fill('31/02/2027');
  await press('Enter');
  await expect(start).toHaveValue('31/02/2027');
  await expect(dialog.getByRole('alert')).toContainText('31/02/2027');
  await awa.button('activity:create.submit').click();
  await expect(start).toBeFocused();
  for (const typed of ['1er décembre 2026', 'mardi 1 déc. 2026', '01122026', 'December 1, 2026']) {
    await start.fill(typed);
    await press('Tab');
    await expect(start).toHaveValue(/^1(er)? décembre 2026$/);
  }
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  // As the field shows it.
  await end.fill('16 décembre 2026');
  await press('Enter');
  await expect(dialog).toContainText(t('activity:dayCount', { count: 16 }));
  await end.fill('lundi 16 décembre 2026');
  await press('Tab');
  await expect(end).toHaveValue('lundi 16 décembre 2026');
  await end.press('Escape');
  if ((await end.inputValue()) !== '16 décembre 2026') await end.press('Escape');
  await expect(end).toHaveValue('16 décembre 2026');
  await expect(dialog).toBeVisible();
  await end.fill('30/11/2026');
  await press('Tab');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await end.fill('02122026');
  await press('Enter', 'Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Atelier de Mindelo' })).toBeVisible();
});
