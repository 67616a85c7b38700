import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { writtenDay } from '../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { CLAIMS, makeVerificationPage, openVerificationPage, REVOKED_ON, type VerificationPage } from '../support/verification-page.ts';
import { openWindow, type OpenWindow } from '../support/window.ts';
import { wordsOf } from './support/words.ts';

/** The page that verifies certificates, opened from a folder as from a USB stick: it asks for nothing but itself. */

let folder: string;
let made: VerificationPage;
let opened: OpenWindow;
let page: Page;
const french = wordsOf('fr');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-verification-'));
  made = makeVerificationPage(folder);
  opened = await openWindow();
  page = await openVerificationPage(opened, made, { width: 320, height: 640 });
});

test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('says each of its answers, in four languages, and asks nobody', async () => {
  const faults: string[] = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  const result = page.locator('#result');
  // What stood behind the # when it was opened is judged by itself.
  await expect(result).toHaveAttribute('data-is', 'valid');
  for (const language of LANGUAGES) {
    const t = wordsOf(language);
    await page.locator(`#languages [lang=${language}]`).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('verification:title'));
    for (const [is, token] of Object.entries(made.codes)) {
      await page.getByLabel(t('verification:digits')).fill(token.replace(/.{5}/g, '$& '));
      await page.getByRole('button', { name: t('verification:check') }).click();
      await expect(result).toHaveAttribute('data-is', is);
      await expect(result.getByRole('heading')).toContainText(t(`verification:${is}`));
      await expect(result).toBeFocused();
      const facts = is === 'valid' || is === 'revoked' || is === 'later';
      await expect(result.getByText(CLAIMS.name, { exact: true })).toHaveCount(facts ? 1 : 0);
      if (facts) await expect(result).toContainText(t('award:kind.achievement'));
      if (is === 'revoked') await expect(result).toContainText(writtenDay(REVOKED_ON, language));
      // Nothing is wider than a phone.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(await page.evaluate(() => innerWidth)).toBe(320);
    }
  }
  await page.evaluate((token) => void (location.hash = token), made.codes.revoked);
  await expect(result).toHaveAttribute('data-is', 'revoked');
  expect(faults).toEqual([]);
  const requests = await opened.app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests);
  expect(requests.map((url) => url.replace(/#.*/, ''))).toEqual([pathToFileURL(made.file).href]);
});

test('runs nothing that was not built into it, and asks nobody where it is told to', async () => {
  const done = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
    const image = new Image();
    const loaded = new Promise((answer) => {
      image.onload = () => answer(true);
      image.onerror = () => answer(false);
    });
    image.src = 'https://example.org/a.png';
    const fetched = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    return { ran: document.title === 'run', loaded: await loaded, fetched };
  });
  expect(done).toEqual({ ran: false, loaded: false, fetched: false });
  const requests = await opened.app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests);
  expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
});

test('is readable in the dark and on paper', async () => {
  await page.locator('#languages [lang=fr]').click();
  await page.emulateMedia({ colorScheme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(20, 24, 30)');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await background()).toBe('rgb(255, 255, 255)');
  await expect(page.getByLabel(french('verification:digits'))).toBeHidden();
  await expect(page.locator('#result')).toBeVisible();
  expect(await page.locator('#result h2').evaluate((heading) => getComputedStyle(heading).color)).toBe('rgb(0, 0, 0)');
});
