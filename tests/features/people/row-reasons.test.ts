import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ONE_NAME_CODES } from '../../../shared/features/people/list/one-name.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';

/** Where few rows have a fault nothing is asked above them: the row itself says what it is, and does not wait for an answer that nobody is asked for. */
it.each(ONE_NAME_CODES)('%s is told of a row in words of its own', (code) => {
  for (const language of LANGUAGES) {
    const words = JSON.parse(readFileSync(new URL(`../../../locales/${language}/intake.json`, import.meta.url), 'utf8')) as {
      why: { name: Record<string, string> };
    };
    expect(words.why.name[code.split('.')[1]!] ?? '', language).toMatch(/\p{L}/u);
  }
});
