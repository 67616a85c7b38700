// What must hold for every word that people read, checked by `npm run locales` and tests/guards/locales.test.ts.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES, type Language } from '../shared/kernel/text.ts';
import { helpFaults } from './locale-help.ts';
import { namesInSource, type UsedKey } from './locale-use.ts';
import { countFaults, signFaults, termFaults } from './locale-wording.ts';

/** Words that are rightly the same as in English, by language: proper names, and words that the languages share. */
import same from './locale-same.json' with { type: 'json' };

const PLURALS: Readonly<Record<Language, readonly string[]>> = {
  en: ['one', 'other'],
  fr: ['one', 'many', 'other'],
  es: ['one', 'many', 'other'],
  pt: ['one', 'many', 'other'],
};
const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*-?\s*([^},\s]+)[^}]*\}\}/g;
/** Words that only English has; one of them in another language is a leak. */
const ENGLISH = /\b(the|and|with|this|that|these|from|your|are|was|were|have|been|nothing|choose)\b/i;
type Words = ReadonlyMap<string, string>;

function flatten(value: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(prefix, value);
  else
    for (const [key, inner] of Object.entries(value as object))
      flatten(inner, prefix.endsWith(':') ? prefix + key : `${prefix}.${key}`, into);
}

/** Every word of a language by `namespace:key`. */
function wordsOf(root: string, language: Language): Words {
  const words = new Map<string, string>();
  const folder = path.join(root, 'locales', language);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    flatten(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), `${path.basename(file, '.json')}:`, words);
  }
  return words;
}

const base = (key: string) => key.replace(PLURAL, '');
const isPlural = (key: string, words: Words) => PLURAL.test(key) && words.has(`${base(key)}_other`);
const placeholders = (text: string) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);

/** The values a text takes, over all plural forms. */
function valuesByBase(words: Words): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of words) {
    const name = isPlural(key, words) ? base(key) : key;
    const values = found.get(name) ?? new Set();
    placeholders(text).forEach((value) => values.add(value));
    found.set(name, values);
  }
  return found;
}

/** Same keys in every language, each with that language's plural forms and the same values; nothing empty. */
function differences(all: Readonly<Record<Language, Words>>): string[] {
  const faults: string[] = [];
  const english = valuesByBase(all.en);
  for (const language of LANGUAGES) {
    const words = all[language];
    const here = valuesByBase(words);
    for (const key of english.keys()) if (!here.has(key)) faults.push(`locales/${language}: ${key} is missing`);
    for (const [key, values] of here) {
      const wanted = english.get(key);
      if (!wanted) faults.push(`locales/${language}: ${key} is not in English`);
      else if ([...values].sort().join() !== [...wanted].sort().join()) {
        faults.push(`locales/${language}: ${key} takes {{${[...values].join(', ')}}}, in English {{${[...wanted].join(', ')}}}`);
      }
    }
    for (const [key, text] of words) {
      if (text.trim() === '') faults.push(`locales/${language}: ${key} is empty`);
      if (!isPlural(key, words)) continue;
      for (const form of PLURALS[language]) {
        if (!words.has(`${base(key)}_${form}`)) faults.push(`locales/${language}: ${base(key)} lacks its plural form _${form}`);
      }
    }
  }
  return [...new Set(faults)];
}

/** No English in the other languages. */
function leaks(all: Readonly<Record<Language, Words>>): string[] {
  const faults: string[] = [];
  for (const language of LANGUAGES.filter((other) => other !== 'en')) {
    const allowed = new Set<string>([...same.all, ...same[language]]);
    for (const [key, text] of all[language]) {
      const bare = text.replace(PLACEHOLDER, '').trim();
      const wordy = /\p{L}{2,}/u.test(bare);
      if (wordy && text === all.en.get(key) && !allowed.has(text)) faults.push(`locales/${language}: ${key} is the English: “${text}”`);
      const english = ENGLISH.exec(bare);
      if (english) faults.push(`locales/${language}: ${key} has the English word “${english[0]}”`);
    }
  }
  return faults;
}

/** Each text is written as its language writes, and counts by what it shows. */
function wordings(all: Readonly<Record<Language, Words>>): string[] {
  return LANGUAGES.flatMap((language) =>
    [...all[language]].flatMap(([key, text]) =>
      [...signFaults(language, text), ...termFaults(language, text), ...countFaults(text, isPlural(key, all[language]))].map(
        (fault) => `locales/${language}: ${key} ${fault}: “${text}”`,
      ),
    ),
  );
}

/** Every key that the code asks for exists. */
function unknownKeys(used: readonly UsedKey[], english: Words): string[] {
  const names = new Set([...english.keys(), ...[...english.keys()].map(base)]);
  const exists = ({ namespaces, key, open }: UsedKey) =>
    namespaces.some((namespace) => {
      const name = `${namespace}:${key}`;
      return open ? [...names].some((known) => known.startsWith(name)) : names.has(name);
    });
  return used
    .filter((use) => !exists(use))
    .map((use) => `${use.file}:${use.line}: no word for ${use.namespaces.join('|')}:${use.key}${use.open ? '…' : ''}`);
}

/** Everything that is wrong with the words under `root`. */
export function localeFaults(root: string): string[] {
  const all = Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(root, language)])) as Record<Language, Words>;
  const { used, hardCoded } = namesInSource(root);
  return [...differences(all), ...leaks(all), ...wordings(all), ...unknownKeys(used, all.en), ...hardCoded, ...helpFaults(root, all.en)];
}

if (import.meta.filename === process.argv[1]) {
  const faults = localeFaults(path.resolve(import.meta.dirname, '..'));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
