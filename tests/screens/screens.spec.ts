import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { makeCalendarLaptop } from '../e2e/support/calendar-laptop.ts';
import { CALENDAR_SCREENS } from '../e2e/support/screens/calendar-screens.ts';
import { makeContestedLaptop } from '../e2e/support/contested-laptop.ts';
import { makeDamagedStore } from '../e2e/support/damaged-store.ts';
import { makeFullLaptop, NOW } from '../e2e/support/full-laptop.ts';
import { inTheme, SCREENS, speaking } from '../e2e/support/screens/screens.ts';
import { CONTESTED_SCREENS, EMPTY_SCREENS } from '../e2e/support/screens/special-laptops.ts';
import type { Screen } from '../e2e/support/screens/screen-steps.ts';
import { onlyIn, textsOnScreen } from '../e2e/support/screens/shown-language.ts';
import { reopenAs, trainerAt, type Trainer } from '../e2e/support/trainer.ts';
import { makeVerificationPage, openVerificationPage } from '../support/verification-page.ts';
import { openWindow, type OpenWindow } from '../support/window.ts';

/**
 * `npm run screens`: every screen in every language as a picture, and in French in the dark theme as well, for people to look at; none of them has a word of English in another language. Those in docs/screens are of the commonest laptop;
 * `ITINERA_SCREENS=1024x640:/tmp/small` draws them of another window somewhere else, and with `:fr` behind it in one language. A window of 683x384 has what text twice as large leaves
 * of the commonest one.
 */

const [asked = '', elsewhere, only] = (process.env['ITINERA_SCREENS'] ?? '').split(':');
const [width = 1366, height = 768] = asked === '' ? [] : asked.split('x').map(Number);
const SIZE = { width, height };
const FOLDER = elsewhere ?? path.resolve(import.meta.dirname, '../../docs/screens');
const SPOKEN = LANGUAGES.filter((language) => only === undefined || language === only);
/** Of those that are kept with the sources. */
const LARGEST = 200_000;
const PORT = 8090;
/** The times of what travelled are real: a clock set to 2021 would say that it comes in five years. */
const REAL_TIME = new Set([
  'sync',
  'conflict',
  'sync-history',
  'laptop',
  'settings',
  'about',
  'bin',
  ...CONTESTED_SCREENS.map(({ name }) => name),
]);
test.beforeAll(() => mkdir(FOLDER, { recursive: true }));

async function fit({ app, page }: OpenWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    window.setMinimumSize(size.width, size.height);
    window.setContentSize(size.width, size.height);
  }, SIZE);
  await expect.poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([SIZE.width, SIZE.height]);
}

async function picture(trainer: Trainer, name: string): Promise<void> {
  const { page, language } = trainer;
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350); // what moves in comes to rest
  const file = path.join(FOLDER, `${language}-${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  if (elsewhere === undefined) expect((await stat(file)).size, name).toBeLessThan(LARGEST);
}

async function show(trainer: Trainer, screen: Screen, prefix = ''): Promise<void> {
  if (REAL_TIME.has(screen.name)) await trainer.page.clock.setSystemTime(new Date());
  else await trainer.page.clock.setFixedTime(NOW);
  await screen.show(trainer);
  await picture(trainer, prefix + screen.name);
  await seesNoEnglish(trainer, screen.name);
  await screen.leave?.(trainer);
}

async function seesNoEnglish({ page, language }: Trainer, screen: string): Promise<void> {
  if (language === 'en') return;
  expect.soft((await textsOnScreen(page)).filter(onlyIn('en', language)), screen).toEqual([]);
}

test('the first run, and a laptop on which nothing has been done', async () => {
  const opened = await openWindow({ systemLanguage: 'en' });
  await fit(opened);
  let trainer = trainerAt(opened, 'en');
  for (const language of SPOKEN) {
    await opened.page.getByRole('button', { name: LANGUAGE_NAMES[language] }).click();
    trainer = trainerAt(opened, language);
    await picture(trainer, 'first-run');
  }
  await trainer.button('settings:welcome.look').click();
  for (const language of SPOKEN) {
    trainer = await speaking(trainer, language);
    for (const screen of EMPTY_SCREENS) await show(trainer, screen);
  }
  await trainer.close();
});

test('a store that does not open', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'itinera-damaged-'));
  const data = path.join(folder, 'data');
  await makeDamagedStore(data, NOW);
  for (const language of SPOKEN) {
    const opened = await openWindow({ data, systemLanguage: language });
    await fit(opened);
    await expect(opened.page.getByRole('alert').getByRole('button')).toHaveCount(2);
    await picture(trainerAt(opened, language), 'damaged');
    await opened.close();
  }
  await rm(folder, { recursive: true });
});

test('a laptop on which there is something to decide', async () => {
  test.setTimeout(300_000);
  const folder = path.join(tmpdir(), 'itinera');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const data = await makeContestedLaptop(folder, PORT);
  let trainer = await reopenAs({ data, language: 'en' });
  await fit(trainer);
  for (const language of SPOKEN) {
    trainer = await speaking(trainer, language);
    for (const screen of CONTESTED_SCREENS) await show(trainer, screen);
  }
  trainer = await speaking(trainer, 'fr');
  await inTheme(trainer, 'dark');
  for (const screen of CONTESTED_SCREENS) await show(trainer, screen, 'dark-');
  await trainer.close();
  await rm(folder, { recursive: true });
});

test('the page that verifies certificates, in both themes', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'itinera-verification-'));
  const opened = await openWindow({ systemLanguage: 'en' });
  const made = makeVerificationPage(folder, 'Marie-Antoinette DE LA VISITATION');
  const page = await openVerificationPage(opened, made, SIZE);
  const judged = page.locator('#result');
  const show = async (language: Language, name: string) => {
    await page.locator(`#languages [lang=${language}]`).click();
    await expect(judged).toBeVisible();
    await picture({ ...trainerAt(opened, language), page }, name);
  };
  for (const language of SPOKEN) await show(language, 'verification');
  await page.emulateMedia({ colorScheme: 'dark' });
  await show('fr', 'dark-verification');
  await opened.close();
  await rm(folder, { recursive: true });
});

test('the laptop of somebody who keeps the calendar', async () => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'itinera-calendar-'));
  let trainer = await reopenAs({ data: await makeCalendarLaptop(folder, 'en'), language: 'en' });
  await fit(trainer);
  await trainer.page.clock.install({ time: NOW });
  for (const language of SPOKEN) {
    trainer = await speaking(trainer, language);
    for (const screen of CALENDAR_SCREENS) await show(trainer, screen);
  }
  trainer = await speaking(trainer, 'fr');
  await inTheme(trainer, 'dark');
  for (const screen of CALENDAR_SCREENS) await show(trainer, screen, 'dark-');
  await trainer.close();
  await rm(folder, { recursive: true });
});

test('a laptop in the middle of its work', async () => {
  test.setTimeout(1_800_000);
  const folder = path.join(tmpdir(), 'itinera'); // the settings show it
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const data = await makeFullLaptop({ folder, language: 'en', port: PORT });
  let trainer = await reopenAs({ data, language: 'en' });
  await fit(trainer);
  await trainer.page.clock.install({ time: NOW });
  await trainer.goTo('library');
  for (const language of SPOKEN) {
    trainer = await speaking(trainer, language);
    for (const screen of SCREENS) await show(trainer, screen);
  }
  trainer = await speaking(trainer, 'fr');
  await inTheme(trainer, 'dark');
  for (const screen of SCREENS) await show(trainer, screen, 'dark-');
  await trainer.close();
  await rm(folder, { recursive: true });
});
