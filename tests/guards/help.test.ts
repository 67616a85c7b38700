import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import intake from '../../locales/en/intake.json' with { type: 'json' };
import { HELP_KEYS, isKeyName } from '../../renderer/desktop/features/help/help-keys.ts';
import { IMPORT_KEYS } from '../../renderer/desktop/app/keyboard/key-table.ts';
import { helpFaults, helpIn } from '../../scripts/locale-help.ts';
import { HELP_PAGES } from '../../shared/features/help/help-pages.ts';
import { linesOf } from '../../shared/features/help/help-text.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';

/** Each page of the help is there in four languages with the same parts, and the keys that it names are keys. `npm run locales` says the same of the files as they are. */

const ROOT = path.resolve(import.meta.dirname, '../..');

it('names no key that is in no table of keys', () => {
  const unknown = LANGUAGES.flatMap((language) =>
    [...helpIn(ROOT, language)].flatMap(([page, text]) =>
      linesOf(text)
        .flat()
        .flatMap((part) => (part.is === 'key' && !isKeyName(part.of) ? [`${language}/${page}: ${part.of}`] : [])),
    ),
  );
  expect(unknown).toEqual([]);
  expect(
    Object.values(HELP_KEYS)
      .flat()
      .filter((key) => !isKeyName(key)),
  ).toEqual([]);
  expect(Object.keys(intake.keys).sort()).toEqual([...IMPORT_KEYS].sort());
});

it('leads to every page from somewhere in the window, or from another page', () => {
  const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'renderer/**/*.ts*'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && !file.includes('/features/help/'))
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
    .join('\n');
  expect(HELP_PAGES.filter((page) => !sources.includes(`'${page}'`) && !sources.includes(`"${page}"`))).toEqual([]);
});

const FAULTS = [
  { what: 'a page is missing', of: 'fr/help/sync.md', change: () => null, said: 'help/sync.md is missing' },
  {
    what: 'a step is missing',
    of: 'pt/help/sync.md',
    change: (text: string) => text.replace(/^2\. .*\n/m, ''),
    said: 'other parts or references',
  },
  {
    what: 'a heading is another',
    of: 'es/help/sync.md',
    change: (text: string) => text.replace('## Pasos', '## Etapas'),
    said: 'has the headings',
  },
  {
    what: 'a button is called what the window does not say',
    of: 'en/help/sync.md',
    change: (text: string) => text.replace('{{sync:now}}', '{{sync:never}}'),
    said: 'names “sync:never”',
  },
  {
    what: 'a way leads to no page',
    of: 'en/help/sync.md',
    change: (text: string) => text.replace('(stick)', '(sticks)'),
    said: 'leads to “sticks”',
  },
  { what: 'French lacks its spaces', of: 'fr/help/sync.md', change: (text: string) => text.replace('\u00a0:', ' :'), said: 'lacks U+00A0' },
] as const;

it.each(FAULTS)('says where $what', async ({ of, change, said }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  try {
    await cp(path.join(ROOT, 'locales'), path.join(folder, 'locales'), { recursive: true });
    const file = path.join(folder, 'locales', of);
    const changed = change(await readFile(file, 'utf8'));
    if (changed === null) await rm(file);
    else await writeFile(file, changed);
    const words = new Map(
      HELP_PAGES.flatMap((page) =>
        namesOf(page)
          .filter((name) => name !== 'sync:never')
          .map((name) => [name, 'so'] as const),
      ),
    );
    expect(helpFaults(folder, words).join('\n')).toContain(said);
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** What a page says that the window calls so. */
function namesOf(page: (typeof HELP_PAGES)[number]): string[] {
  const text = helpIn(ROOT, 'en').get(page)!;
  return linesOf(text)
    .flat()
    .flatMap((part) => (part.is === 'name' ? [part.of] : []));
}
