// What must hold for the pages of the help: each there in four languages with the same parts, and each part written as its language writes.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { HELP_PAGES, isHelpPage, type HelpPage } from '../shared/features/help/help-pages.ts';
import { linesOf, readHelp, type HelpText } from '../shared/features/help/help-text.ts';
import { LANGUAGES, type Language } from '../shared/kernel/text.ts';
import { signFaults, termFaults } from './locale-wording.ts';

/** The headings of every page, in order. */
const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['What it is for', 'Steps', 'If it goes wrong'],
  fr: ['À quoi cela sert', 'Étapes', 'En cas de problème'],
  es: ['Para qué sirve', 'Pasos', 'Si algo sale mal'],
  pt: ['Para que serve', 'Passos', 'Se algo correr mal'],
};
/** How a text says what the window calls something, a key or another page: not words of its language. */
const REFERENCES = /`[^`]+`|\{\{[^}]+\}\}|\]\([^)]+\)/g;

/** The pages of a language, by name. */
export function helpIn(root: string, language: Language): ReadonlyMap<HelpPage, HelpText> {
  return new Map(HELP_PAGES.map((page) => [page, readHelp(readFileSync(fileOf(root, language, page), 'utf8'))]));
}

function fileOf(root: string, language: Language, page: string): string {
  return path.join(root, 'locales', language, 'help', `${page}.md`);
}

/** Returns the faults of the help under `root`. `words`: every word of the window, by its key. */
export function helpFaults(root: string, words: ReadonlyMap<string, string>): string[] {
  const written = LANGUAGES.map((language) => ({ language, files: readdirSync(path.join(root, 'locales', language, 'help')) }));
  const missing = written.flatMap(({ language, files }) =>
    HELP_PAGES.filter((page) => !files.includes(`${page}.md`)).map((page) => `locales/${language}: help/${page}.md is missing`),
  );
  const unknown = written.flatMap(({ language, files }) =>
    files
      .filter((file) => !isHelpPage(file.replace(/\.md$/, '')))
      .map((file) => `locales/${language}: help/${file} is no page of the help`),
  );
  if (missing.length + unknown.length > 0) return [...missing, ...unknown];
  const english = helpIn(root, 'en');
  return LANGUAGES.flatMap((language) =>
    [...helpIn(root, language)].flatMap(([page, text]) =>
      [...pageFaults(root, language, page), ...partFaults(language, text, english.get(page)!), ...referenceFaults(text, words)].map(
        (fault) => `locales/${language}: help/${page}.md ${fault}`,
      ),
    ),
  );
}

/** Signs and terms, line by line. */
function pageFaults(root: string, language: Language, page: HelpPage): string[] {
  const lines = readFileSync(fileOf(root, language, page), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const bare = line.replace(REFERENCES, '');
    return [...signFaults(language, bare), ...termFaults(language, bare)].map((fault) => `${fault}: “${line}”`);
  });
}

/** The same parts as in English, each with the same references, under this language's headings. */
function partFaults(language: Language, text: HelpText, english: HelpText): string[] {
  const faults: string[] = [];
  if (text.title === '' || (language !== 'en' && text.title === english.title)) faults.push('has no title of its own');
  const headings = text.blocks.flatMap((block) => (block.is === 'heading' ? [block.text] : []));
  if (headings.join() !== HEADINGS[language].join()) faults.push(`has the headings ${headings.join(', ')}`);
  if (partsOf(text).join('\n') !== partsOf(english).join('\n')) faults.push('has other parts or references than the English page');
  return faults;
}

function partsOf(text: HelpText): string[] {
  const parts = text.blocks.flatMap((block) =>
    block.is === 'steps' || block.is === 'points' ? block.lines.map(() => block.is) : [block.is],
  );
  const references = linesOf(text).map((line) => {
    const of = line.flatMap((part) => (part.is === 'name' || part.is === 'key' ? [part.of] : part.is === 'page' ? [part.page] : []));
    return of.sort().join(' ');
  });
  return [...parts, ...references];
}

/** Returns the faults of references: what the window calls something is one of its words, and one that needs no value; another page is one of the help's. */
function referenceFaults(text: HelpText, words: ReadonlyMap<string, string>): string[] {
  return linesOf(text)
    .flat()
    .flatMap((part) => {
      if (part.is === 'page') return isHelpPage(part.page) ? [] : [`leads to “${part.page}”, which is no page`];
      if (part.is !== 'name') return [];
      const word = words.get(part.of);
      if (word === undefined) return [`names “${part.of}”, which the window does not say`];
      return word.includes('{{') ? [`names “${part.of}”, which takes a value`] : [];
    });
}
