import type { Page } from '@playwright/test';
import course from '../../../../resources/courses/c1-introductory.json' with { type: 'json' };
import satisfaction from '../../../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import tests from '../../../../resources/questionnaires/intro-prepost-v1.json' with { type: 'json' };
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { allWords } from '../words.ts';

/** A template says something of its own only with this many letters around its values. */
const TELLING = 8;
/** Every text that the window shows or reads out: in elements, names, hints and placeholders. */
export function textsOnScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
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

/** Tells the texts of `one` language from those of `other`: the words that the other says otherwise, as whole texts. */
export function onlyIn(one: Language, other: Language): (text: string) => boolean {
  const theirs = allWords(other);
  const said = new Set(theirs.values());
  const telling = [...allWords(one)].filter(([key, words]) => theirs.get(key) !== words && !said.has(words)).map(([, words]) => words);
  const content = [course, satisfaction, tests].flatMap((source) => titles(source, one, other));
  const whole = new Set([...telling.filter((words) => !words.includes('{{')), ...content]);
  // A language is offered by the name that its speakers give it.
  for (const name of Object.values(LANGUAGE_NAMES)) whole.delete(name);
  const templates = telling
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

/** The texts of bundled content in `one` language that `other` says otherwise. */
function titles(value: unknown, one: Language, other: Language): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && typeof value.en === 'string') {
    const texts = value as { readonly [language in Language]?: string };
    const text = texts[one];
    return text === undefined || texts[other] === text ? [] : [text];
  }
  return Object.values(value).flatMap((part) => titles(part, one, other));
}
