import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import app from '../../../locales/en/app.json' with { type: 'json' };
import errors from '../../../locales/en/errors.json' with { type: 'json' };
import settings from '../../../locales/en/settings.json' with { type: 'json' };
import { openWindow } from '../../support/window.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

test('keeps what was confirmed when the engine is killed, and goes on', async () => {
  const opened = await openWindow();
  try {
    const { page } = opened;
    await page.getByRole('textbox').fill('Awa');
    await page.getByRole('textbox').press('Enter');
    await page.getByRole('button', { name: app.place.settings }).click();
    await expect(page).toHaveTitle(`${settings.title} · Itinera`);
    const name = page.getByRole('textbox', { name: settings.name });
    await expect(name).toHaveValue('Awa');
    const engineId = () =>
      opened.app.evaluate(({ app: shell }) => shell.getAppMetrics().find((one) => one.name === 'Itinera engine')?.pid ?? 0);
    for (const next of ['Awa K', 'Awa Ko', 'Awa Kon']) {
      const before = await opened.killEngine();
      await expect.poll(engineId).not.toBe(before);
      await name.fill(next);
      await name.press('Enter');
      await page.getByRole('button', { name: app.place.workshops }).click();
      await page.getByRole('button', { name: app.place.settings }).click();
      await expect(name).toHaveValue(next);
    }
    await opened.killEngine();
    await page.reload();
    await page.getByRole('button', { name: app.place.settings }).click();
    await expect(name).toHaveValue('Awa Kon');
  } finally {
    await opened.close();
  }
});

test('says why there is no engine, keeps the data, and goes on when it can', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  // The command line has the folder; it lets go when its input ends.
  const other = spawn(path.join(ROOT, 'scripts/bin/itinera.mjs'), ['--data', data, 'batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  other.stdin.write('{"call":"settings.set","args":{"name":"Bento","language":"en"}}\n');
  await once(other.stdout, 'data');
  const opened = await openWindow({ data });
  try {
    const failed = opened.page.getByRole('alert');
    await expect(failed).toContainText(errors.store.inUse);
    await failed.getByRole('button').click();
    await expect(failed).toContainText(errors.store.inUse);
    other.stdin.end();
    await once(other, 'close');
    await failed.getByRole('button').click();
    await opened.page.getByRole('button', { name: app.place.settings }).click();
    await expect(opened.page.getByRole('textbox', { name: settings.name })).toHaveValue('Bento');
  } finally {
    await opened.close();
    await rm(data, { recursive: true, force: true });
  }
});

test('shows its page again when the page’s process crashes', async () => {
  const opened = await openWindow();
  try {
    await opened.page.getByRole('textbox').waitFor();
    const shown = await opened.app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const before = webContents.getOSProcessId();
      const loaded = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
      webContents.forcefullyCrashRenderer();
      await loaded;
      return { another: webContents.getOSProcessId() !== before, url: webContents.getURL() };
    });
    expect(shown).toEqual({ another: true, url: 'app://itinera/index.html' });
  } finally {
    await opened.close();
  }
});

test('is one window per data folder', async () => {
  const opened = await openWindow();
  try {
    const again = spawn(
      process.env['ELECTRON_EXEC_PATH'] ?? 'electron',
      [...(process.env['NO_SANDBOX'] ? ['--no-sandbox'] : []), '--log-level=3', '.', '--data', opened.data],
      { stdio: 'ignore' },
    );
    const code = await new Promise((resolve) => again.on('close', resolve));
    expect(code).toBe(0);
    await expect(opened.page.locator('body')).toBeVisible();
  } finally {
    await opened.close();
  }
});

test('opens where it was, as large as it was, with the size of text that was chosen', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  try {
    const first = await openWindow({ data });
    await expect(first.page.getByRole('textbox')).toBeVisible();
    const place = { x: 140, y: 90, width: 1120, height: 700 };
    await first.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.setBounds(wanted), place);
    await first.app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      for (const type of ['keyDown', 'keyUp', 'keyDown', 'keyUp'] as const)
        webContents.sendInputEvent({ type, keyCode: '=', modifiers: ['control'] });
    });
    const zoom = () => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomLevel());
    await expect.poll(zoom).toBe(1);
    await first.close();
    const again = await openWindow({ data });
    try {
      await expect(again.page.getByRole('textbox')).toBeVisible();
      const found = () =>
        again.app.evaluate(({ BrowserWindow }) => {
          const [window] = BrowserWindow.getAllWindows();
          return { ...window!.getBounds(), zoom: window!.webContents.getZoomLevel() };
        });
      await expect.poll(found).toEqual({ ...place, zoom: 1 });
    } finally {
      await again.close();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
