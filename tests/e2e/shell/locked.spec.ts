import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { VERSION } from '../../../shared/kernel/version.ts';
import { openLateWindow, type LateWindow } from '../support/late-window.ts';
import { atTerminal } from '../support/terminal.ts';
import { trainerAt, type Trainer } from '../support/trainer.ts';

/** A laptop whose vault is opened after its window; and what its engine asks the shell for. */

let folder: string;
let data: string;
let window: LateWindow;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-locked-'));
  data = path.join(folder, 'data');
  await atTerminal(data, async (terminal) => {
    await terminal.call('settings.set', { language: 'fr', name: 'Awa Diop' });
    await terminal.call('activity.create', { title: 'Atelier de Thiès', start: '2026-03-02', end: '2026-03-03', countries: ['SN'] });
  });
  window = await openLateWindow({ data, systemLanguage: 'fr' });
  trainer = trainerAt(window, 'fr');
});
test.afterAll(async () => {
  await window.close();
  rmSync(folder, { recursive: true, force: true });
});

test('says that it is locked, has nothing open, and goes on to Today once it is opened', async () => {
  const { page, t } = trainer;
  const locked = page.getByRole('status').filter({ hasText: t('app:locked.title') });
  await expect(locked).toContainText(t('app:locked.text'));
  await expect(locked).toContainText(t('app:locked.version', { version: VERSION }));
  await expect(page.getByRole('navigation')).toHaveCount(0);
  // Another engine may have the folder.
  await atTerminal(data, (terminal) => terminal.call('activity.list', {}));
  expect(existsSync(path.join(data, 'itinera.db-wal'))).toBe(false);
  await window.openVault();
  await expect(page.getByRole('navigation', { name: t('app:places') })).toBeVisible();
  await expect(locked).toHaveCount(0);
  await trainer.goTo('workshops');
  await expect(page.getByRole('main').getByRole('button', { name: 'Atelier de Thiès' })).toBeVisible();
});

test('shows the data folder and no other, and hands out no file that is not of the store', async () => {
  await window.app.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.openPath = (place) => Promise.resolve((shown.push(place), ''));
  });
  expect(await window.ask('reveal', { path: data })).toMatchObject({ ok: true });
  for (const place of [folder, '/etc', path.join(data, 'backups')])
    expect((await window.ask('reveal', { path: place })).refusal?.code).toBe('shell.notOurs');
  expect((await window.ask('open', { sha256: 'ab'.repeat(32), name: 'a.pdf' })).refusal?.code).toBe('shell.notOurs');
  expect(await window.app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([data]);
});

test('asks the user in a dialog of the shell’s', async () => {
  const asked = { call: 'people.erase', values: { name: 'Awa DIOP' } };
  await window.answerQuestions(false);
  expect(await window.ask('confirm', asked)).toMatchObject({ ok: true, value: false });
  await window.answerQuestions(true);
  expect(await window.ask('confirm', asked)).toMatchObject({ ok: true, value: true });
  expect((await window.questions()).at(-1)!.message).toContain('Awa DIOP');
});
