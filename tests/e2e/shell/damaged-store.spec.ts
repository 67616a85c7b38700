import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openWindow } from '../../support/window.ts';
import { AFTER, BEFORE, makeDamagedStore } from '../support/damaged-store.ts';
import { atTerminal } from '../support/terminal.ts';
import { trainerAt } from '../support/trainer.ts';

let folder: string;
let data: string;
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-damaged-'));
  data = path.join(folder, 'data');
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = () => atTerminal(data, (terminal) => terminal.call('settings.set', { language: 'fr', name: 'Awa' }));

test('a store that does not open is restored at the window, with what was entered after the backup', async () => {
  await begin();
  await makeDamagedStore(data, new Date());
  const trainer = trainerAt(await openWindow({ data, systemLanguage: 'fr' }), 'fr');
  try {
    const { page, t, button } = trainer;
    const failed = page.getByRole('alert').first();
    await expect(failed).toContainText(t('errors:store.damaged'));
    await expect(failed).toContainText(t('app:restore.text'));
    // What is no backup is not taken, and the ways stay open.
    const text = path.join(folder, 'notes.txt');
    await writeFile(text, 'x');
    await trainer.answerDialogs(null, text);
    await button('app:restore.other').click();
    await button('app:restore.other').click();
    await expect(failed).toContainText(t('errors:store.notABackup'));
    await page.getByRole('button', { name: /^Restaurer la sauvegarde du/ }).click();
    // One change-set for each space of the workshop.
    await expect(page.getByText(t('app:restore.doneWith', { count: 3 }))).toBeVisible();
    await trainer.goTo('workshops');
    for (const title of [BEFORE, AFTER]) await expect(page.getByRole('button', { name: title })).toBeVisible();
    expect((await readdir(data)).filter((name) => name.startsWith('itinera.db.damaged-'))).toHaveLength(1);
  } finally {
    await trainer.close();
  }
});

test('without any backup goes on with what can be read', async () => {
  await begin();
  await makeDamagedStore(data, null);
  const trainer = trainerAt(await openWindow({ data, systemLanguage: 'fr' }), 'fr');
  try {
    const { page, t, button } = trainer;
    await expect(page.getByRole('alert').first()).toContainText(t('app:restore.noBackup'));
    await button('app:restore.nothing').click();
    await button('settings:welcome.look').click();
    await trainer.goTo('workshops');
    for (const title of [BEFORE, AFTER]) await expect(page.getByRole('button', { name: title })).toBeVisible();
  } finally {
    await trainer.close();
  }
});
