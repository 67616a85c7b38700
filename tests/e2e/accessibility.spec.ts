import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from './support/axe.ts';
import { makeFullLaptop, NOW } from './support/full-laptop.ts';
import { atRest, zoomTo } from './support/hands.ts';
import { inTheme, SCREENS } from './support/screens.ts';
import { reopenAs, type Trainer } from './support/trainer.ts';

/** Every screen in light and dark, looked through by axe: names, roles, contrast, order. */

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' }); // what they read of a page would fill it, and what failed is named

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await reopenAs({ data: await makeFullLaptop({ folder, language: 'fr' }), language: 'fr' });
  await trainer.page.clock.install({ time: NOW });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

/** Roles and names are the same in both themes, colours are not. */
const RULES = { light: [], dark: ['color-contrast', 'link-in-text-block'] } as const;

for (const theme of ['light', 'dark'] as const) {
  test(`has no fault in ${theme}`, async () => {
    await inTheme(trainer, theme);
    for (const screen of SCREENS) {
      await screen.show(trainer);
      await atRest(trainer.page);
      expect.soft(await axeFaults(trainer.page, RULES[theme]), screen.name).toEqual([]);
      const onBars = await figuresOnBars();
      if (screen.name === 'satisfaction') expect.soft(onBars.length).toBeGreaterThan(20);
      expect
        .soft(
          onBars.filter(({ contrast }) => contrast < 4.5),
          screen.name,
        )
        .toEqual([]);
      await screen.leave?.(trainer);
    }
  });
}

test('has nothing beside the window with text twice as large', async () => {
  await zoomTo(trainer, 2, [1366, 768]);
  for (const screen of SCREENS) {
    await screen.show(trainer);
    await atRest(trainer.page, 200); // longer: text comes after what it stands in
    expect.soft(await beside(), screen.name).toEqual([]);
    await screen.leave?.(trainer);
  }
  await zoomTo(trainer, 1, [1366, 768]);
});

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
