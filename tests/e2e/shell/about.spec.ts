import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { parseSync } from 'vite';
import packages from '../../../package.json' with { type: 'json' };
import { VERSION } from '../../../shared/kernel/version.ts';
import { NOTICES_FILE, type Notice } from '../../../shared/features/settings/notice.ts';
import { axeFaults } from '../support/axe.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Which program this is, what of others is in it, and where the data lie. */

const ROOT = path.resolve(import.meta.dirname, '../../..');

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

/** The packages that the program's own sources import, but for what is of the repository's server alone. */
function importedPackages(): string[] {
  const found = new Set<string>();
  for (const root of ['electron', 'renderer', 'shared'])
    for (const entry of readdirSync(path.join(ROOT, root), { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /postgres|s3|\.d\.ts$/.test(file)) continue;
      const { staticImports } = parseSync(file, readFileSync(file, 'utf8')).module;
      for (const { moduleRequest, entries } of staticImports) {
        const name = moduleRequest.value;
        if (/^(\.|node:)/.test(name) || (entries.length > 0 && entries.every((one) => one.isType))) continue;
        found.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      }
    }
  return [...found].sort();
}

test('the version, the licence, and every package that is in it with its licence', async () => {
  const { page, t } = trainer;
  await trainer.goTo('settings');
  const about = page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: t('settings:about.title') }) });
  await expect(about).toContainText(VERSION);
  await expect(about).toContainText(packages.license);
  await page.screenshot({ path: test.info().outputPath('settings.png') });
  await about.getByRole('button', { name: t('settings:about.notices') }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem').first()).toBeVisible();
  const notices = await page.evaluate(
    async (file) => ((await import(new URL(file, document.baseURI).href)) as { notices: Notice[] }).notices,
    NOTICES_FILE,
  );
  const names = new Set(notices.map(({ name }) => name));
  const imported = importedPackages();
  expect(imported.length).toBeGreaterThan(20);
  // The encrypted SQLite stands in package.json under the name of the one that it takes the place of.
  const called = imported.map((name) => (name === 'better-sqlite3' ? 'better-sqlite3-multiple-ciphers' : name));
  expect(called.filter((name) => !names.has(name))).toEqual([]);
  for (const inside of ['electron', 'react', 'scheduler', '@tanstack/query-core', '@fontsource/source-sans-3'])
    expect(names).toContain(inside);
  for (const { name, licence, text } of notices)
    expect([name, licence === '', text.length > 100 || licence.startsWith('MIT') || licence.startsWith('Apache')]).toEqual([
      name,
      false,
      true,
    ]);
  await expect(dialog.getByRole('status')).toHaveText(t('settings:about.count', { count: notices.length }));
  await dialog.getByRole('searchbox').fill('zod');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await dialog.getByText('zod', { exact: true }).click();
  await expect(dialog.getByText('Permission is hereby granted')).toBeVisible();
  expect(await axeFaults(trainer.page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('notices.png') });
  await page.keyboard.press('Escape');
});

test('the folder of the data is shown by the system’s own program, and what it cannot show is said', async () => {
  const { app, page, t } = trainer;
  await app.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.openPath = (folderToShow) => Promise.resolve(shown.push(folderToShow) === 1 ? '' : 'no program');
  });
  await trainer.button('settings:openFolder').click();
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([trainer.data]);
  await trainer.button('settings:openFolder').click();
  await expect(page.getByText(t('errors:shell.folderNotOpened'))).toBeVisible();
});
