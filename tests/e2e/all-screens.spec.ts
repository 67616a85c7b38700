import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Language } from '../../shared/kernel/text.ts';
import { axeFaults } from './support/axe.ts';
import { makeFullLaptop, NOW } from './support/full-laptop.ts';
import { atRest, zoomTo } from './support/hands.ts';
import { inTheme, SCREENS, speaking } from './support/screens/screens.ts';
import type { Screen } from './support/screens/screen-steps.ts';
import { onlyIn, textsOnScreen } from './support/screens/shown-language.ts';
import { reopenAs, type Trainer } from './support/trainer.ts';

/**
 * Every screen, without a word of English in it: as axe sees it in light and dark (names, roles, contrast, order), and with text twice as large. The language switches at once, without a restart. A tour
 * in English would show axe the same elements; one in Spanish belongs to the pictures of the screens (tests/screens).
 */

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' }); // what they read of a page would fill it, and what failed is named

type Other = Exclude<Language, 'en'>;
/** Roles and names are the same in both themes, colours are not. */
const COLOURS = ['color-contrast', 'link-in-text-block'] as const;

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await reopenAs({ data: await makeFullLaptop({ folder, language: 'en' }), language: 'en' });
  await trainer.page.clock.install({ time: NOW });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

test('in Portuguese, light and dark: axe finds no fault, no English is left, and Portuguese is seen', async () => {
  await inTheme(trainer, 'system');
  const isEnglish = await switchTo('pt');
  // What finds a language finds this one everywhere: it reads what is there.
  const isPortuguese = onlyIn('pt', 'en');
  await tour(async ({ name }) => {
    expect.soft(await axeFaults(trainer.page), name).toEqual([]);
    await seesFiguresOnBars(name);
    await seesNo(isEnglish, name);
    expect.soft((await textsOnScreen(trainer.page)).filter(isPortuguese).length, name).toBeGreaterThan(5);
    await inDark(async () => {
      expect.soft(await axeFaults(trainer.page, COLOURS), `${name}, dark`).toEqual([]);
      await seesFiguresOnBars(name);
    });
  });
});

test('in French, with text twice as large: nothing is beside the window, and no English is left', async () => {
  const isEnglish = await switchTo('fr');
  await zoomTo(trainer, 2, [1366, 768]);
  // Longer: text comes after what it stands in.
  await tour(async ({ name }) => {
    expect.soft(await beside(), name).toEqual([]);
    await seesNo(isEnglish, name);
  }, 200);
  await zoomTo(trainer, 1, [1366, 768]);
});

/** Looks at the screen as it is once the system has turned dark, and turns it light again. */
async function inDark(look: () => Promise<void>): Promise<void> {
  await trainer.page.emulateMedia({ colorScheme: 'dark' });
  await expect(trainer.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await atRest(trainer.page);
  await look();
  await trainer.page.emulateMedia({ colorScheme: 'light' });
  await expect(trainer.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
}

/** Shows each screen, and looks at it once nothing on it has changed for so many milliseconds. */
async function tour(look: (screen: Screen) => Promise<void>, quiet?: number): Promise<void> {
  for (const screen of SCREENS) {
    await screen.show(trainer);
    await atRest(trainer.page, quiet);
    await look(screen);
    await screen.leave?.(trainer);
  }
}

/** Switches the language, with no restart and no page loaded again; says what would be English in it. */
async function switchTo(language: Other): Promise<(text: string) => boolean> {
  await trainer.page.evaluate(() => Object.assign(window, { sameDocument: true }));
  trainer = await speaking(trainer, language);
  await expect(trainer.page.locator('html')).toHaveAttribute('lang', language);
  expect(await trainer.page.evaluate(() => 'sameDocument' in window), 'without loading the window again').toBe(true);
  return onlyIn('en', language);
}

async function seesNo(isEnglish: (text: string) => boolean, screen: string): Promise<void> {
  await expect.poll(async () => (await textsOnScreen(trainer.page)).filter(isEnglish), screen).toEqual([]);
}

async function seesFiguresOnBars(screen: string): Promise<void> {
  const onBars = await figuresOnBars();
  if (screen === 'satisfaction') expect.soft(onBars.length).toBeGreaterThan(20);
  expect
    .soft(
      onBars.filter(({ contrast }) => contrast < 4.5),
      screen,
    )
    .toEqual([]);
}

interface FigureOnBar {
  readonly figure: string;
  readonly contrast: number;
}

/** The figures of a drawing that stand on a bar, with their contrast, which axe does not measure. */
function figuresOnBars(): Promise<FigureOnBar[]> {
  return trainer.page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const lightOf = (shape: Element): number => {
      pen.fillStyle = getComputedStyle(shape).fill;
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) =>
        byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const bars = [...document.querySelectorAll('#work .recharts-bar-rectangle path')];
    return [...document.querySelectorAll('#work svg text')].flatMap((figure) => {
      const { left, right, top, bottom } = figure.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const bar = bars.find((shape) => {
        const box = shape.getBoundingClientRect();
        return x > box.left && x < box.right && y > box.top && y < box.bottom;
      });
      if (!bar || figure.textContent === '') return [];
      const [darker, lighter] = [lightOf(figure), lightOf(bar)].toSorted((one, other) => one - other);
      return [{ figure: figure.textContent, contrast: (lighter! + 0.05) / (darker! + 0.05) }];
    });
  });
}

/** What reaches beyond the window sideways and is in nothing that scrolls by itself, by its words. */
function beside(): Promise<string[]> {
  return trainer.page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const work = document.querySelector('#work');
    const isWide = work !== null && work.scrollWidth > work.clientWidth + 1;
    const outside = [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > innerWidth + 1 || left < -1) && !scrolls(element.parentElement);
      })
      .map((element) => `${element.tagName} ${element.className.toString().slice(0, 40)} ${element.textContent.slice(0, 40)}`);
    return isWide ? ['the work scrolls sideways', ...outside] : outside;
  });
}
