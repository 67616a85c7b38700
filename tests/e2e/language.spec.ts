import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import course from '../../resources/courses/c1-introductory.json' with { type: 'json' };
import satisfaction from '../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import tests from '../../resources/questionnaires/intro-prepost-v1.json' with { type: 'json' };
import { makeFullLaptop, NOW } from './support/full-laptop.ts';
import { SCREENS, speaking } from './support/screens.ts';
import { reopenAs, type Trainer } from './support/trainer.ts';
import { allWords } from './support/words.ts';

/** The language switches at once, without a restart; afterwards no word of English is left on any screen. */

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' }); // what they read of a page would fill it, and what failed is named

const OTHERS = ['fr', 'es', 'pt'] as const;
/** A template says something of its own only with this many letters around its values. */
const TELLING = 8;

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

/** Every text that the window shows or reads out: in elements, names, hints and placeholders. */
function textsOnScreen(): Promise<string[]> {
  return trainer.page.evaluate(() => {
    const found = new Set<string>();
    for (const element of document.querySelectorAll('body, body *')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description']) {
        const text = element.getAttribute(name);
        if (text) found.add(text.trim());
      }
      const visible = element.checkVisibility({ visibilityProperty: true });
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '');
      if (visible && own.join('').trim()) found.add(own.join('').trim());
    }
    return [...found];
  });
}

/** What must not be seen in a language: the English words that it says otherwise, as whole texts. */
function english(language: (typeof OTHERS)[number]): (text: string) => boolean {
  const theirs = allWords(language);
  const said = new Set(theirs.values());
  const forbidden = [...allWords('en')].filter(([key, words]) => theirs.get(key) !== words && !said.has(words)).map(([, words]) => words);
  const content = [course, satisfaction, tests].flatMap((source) => titles(source, language));
  const whole = new Set([...forbidden.filter((words) => !words.includes('{{')), ...content]);
  const templates = forbidden
    .filter((words) => words.includes('{{') && words.replace(/\{\{.*?\}\}/g, '').replace(/[^\p{L}]/gu, '').length >= TELLING)
    .map((words) => new RegExp(`^${words.split(VALUE).map(valueOrText).join('')}$`));
  return (text) => whole.has(text) || templates.some((template) => template.test(text));
}

/** Keeps the values of a template between its texts. */
const VALUE = /(\{\{.*?\}\})/;

/** What a part of a template matches: a count is a number, any other value whatever is put there. */
function valueOrText(part: string): string {
  if (!VALUE.test(part)) return escaped(part);
  return part === '{{count}}' ? String.raw`[\d\s.,]+` : '.+';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The English texts of bundled content that another language says otherwise. */
function titles(value: unknown, language: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && typeof value.en === 'string') {
    const other = (value as Record<string, unknown>)[language];
    return other === value.en ? [] : [value.en];
  }
  return Object.values(value).flatMap((part) => titles(part, language));
}

for (const language of OTHERS) {
  test(`switches to ${language} at once, and no English is left`, async () => {
    const { page } = trainer;
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    trainer = await speaking(trainer, language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    expect(await page.evaluate(() => 'sameDocument' in window), 'without loading the window again').toBe(true);
    const isEnglish = english(language);
    for (const screen of SCREENS) {
      await screen.show(trainer);
      await expect.poll(async () => (await textsOnScreen()).filter(isEnglish), screen.name).toEqual([]);
      await screen.leave?.(trainer);
    }
  });
}

test('would see English where there is some', async () => {
  trainer = await speaking(trainer, 'en');
  const isEnglish = english('fr');
  for (const screen of SCREENS) {
    await screen.show(trainer);
    await expect.poll(async () => (await textsOnScreen()).filter(isEnglish).length, screen.name).toBeGreaterThan(5);
    await screen.leave?.(trainer);
  }
});
