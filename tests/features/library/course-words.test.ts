import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENTITIES } from '../../../shared/model/entities.ts';
import { LANGUAGES, fold, type Language } from '../../../shared/kernel/text.ts';

/** What people read must use the words of locales/glossary.tsv: content, questionnaires, sample, interface. */

const ROOT = path.resolve(import.meta.dirname, '../../..');
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(folder, name));

/** A text with its translations, and where it stands. */
interface Parallel {
  readonly where: string;
  readonly texts: Readonly<Record<Language, string>>;
}

function isParallel(value: object): value is Record<Language, string | string[]> {
  return LANGUAGES.every((language) => language in value);
}

/** Every text in four languages inside a JSON value. */
function parallelsIn(value: unknown, where: string): Parallel[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && isParallel(value)) {
    const texts = Object.fromEntries(LANGUAGES.map((language) => [language, [value[language]].flat().join('\n')])) as Parallel['texts'];
    return [{ where, texts }];
  }
  return Object.entries(value).flatMap(([key, inner]) => parallelsIn(inner, `${where} ${key}`));
}

function wordsIn(value: unknown, where: string): [string, string][] {
  // What a text takes and what is typed as it stands (`workshop:ID`) are no words of it.
  if (typeof value === 'string') return [[where, value.replace(/\{\{[^}]*\}\}|\w+:[A-Z]+/g, '')]];
  return Object.entries(value as object).flatMap(([key, inner]) => wordsIn(inner, `${where}.${key}`));
}

/** The interface: one text per key; plural forms stay apart and meet at `_other`. */
function interfaceTexts(): Parallel[] {
  const of = (language: Language): Map<string, string> =>
    new Map(filesIn(`locales/${language}`).flatMap((file) => wordsIn(json(file), path.basename(file, '.json'))));
  const all = Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, Map<string, string>>;
  return [...all.en].flatMap(([where, en]) => {
    const texts = { en, fr: all.fr.get(where), es: all.es.get(where), pt: all.pt.get(where) };
    return texts.fr !== undefined && texts.es !== undefined && texts.pt !== undefined ? [{ where, texts: texts as Parallel['texts'] }] : [];
  });
}

const content = [...filesIn('resources/courses'), ...filesIn('resources/questionnaires'), 'resources/sample/workshop.json'].flatMap(
  (file) => parallelsIn(json(file), path.basename(file, '.json')),
);
/** English questionnaires that are quoted as they were given. */
const QUOTED = ['followup6m', 'intro-prepost-v1', 'q247', 'satisfaction-v1'];
const spoken = interfaceTexts();
const everything = [...content, ...spoken];

interface Term {
  readonly key: string;
  readonly forms: Readonly<Record<Language, readonly string[]>>;
  readonly brazilian: readonly string[];
}

const glossary: Term[] = readFileSync(path.join(ROOT, 'locales/glossary.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  // Letters of attendance are no words of a text.
  .filter((line) => !line.startsWith('letter_'))
  .map((line) => {
    const [key, en, fr, es, pt, brazilian] = line.split('\t');
    return { key: key!, forms: { en: forms(en!), fr: forms(fr!), es: forms(es!), pt: forms(pt!) }, brazilian: forms(brazilian ?? '') };
  });

/** `procurador(a) (magistrado do ...)`, `juez / jueza`: each way to say it. */
function forms(cell: string): string[] {
  const aside = [...cell.matchAll(/ \(([^)]+)\)/g)].map((match) => match[1]!);
  const main = cell.replace(/ \([^)]*\)/g, '').replace(/\([a-z]+\)/g, '');
  return [...main.split(' / '), ...aside].map((form) => form.trim()).filter((form) => form !== '');
}

const words = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
const stem = (word: string): string => (word.length > 5 ? word.slice(0, -2) : word.length > 3 ? word.slice(0, -1) : word);

/** Whether a text has the words of a form one after the other, in any number and gender. */
function has(text: readonly string[], form: string): boolean {
  const stems = words(form).map(stem);
  return text.some((_, at) => stems.every((start, i) => text[at + i]?.startsWith(start) && text[at + i]!.length <= start.length + 4));
}

/** English is looked for exactly, but for a plural *s*: a near word must not call for a term. */
function hasEnglish(text: readonly string[], form: string): boolean {
  const wanted = words(form);
  return text.some((_, at) =>
    wanted.every((word, i) => {
      const found = text[at + i];
      return found === word || (i === wanted.length - 1 && found === `${word}s`);
    }),
  );
}

/** English words that are terms only in some sentences: *judge* as a verb, *present* in time, *session* of a computer, any *laptop*, the *workshop* for the training. */
const OFTEN_ORDINARY = new Set([
  'judge',
  'present',
  'late',
  'hash',
  'signature',
  'repository',
  'trainee',
  'curriculum',
  'agenda',
  'evaluation',
  'laptop',
  'workshop',
]);

function missingTerms(parallels: readonly Parallel[], terms: readonly Term[]): string[] {
  return parallels.flatMap(({ where, texts }) => {
    const split = Object.fromEntries(LANGUAGES.map((language) => [language, words(texts[language])])) as Record<Language, string[]>;
    return terms
      .filter(({ forms: { en } }) => en.some((form) => hasEnglish(split.en, form)))
      .flatMap(({ key, forms: all }) =>
        LANGUAGES.filter((language) => !all[language].some((form) => has(split[language], form))).map(
          (language) => `${where}: ${key} in ${language}`,
        ),
      );
  });
}

describe('the words that people read', () => {
  test('are found at all', () => {
    expect(glossary.length).toBeGreaterThan(60);
    expect(content.length).toBeGreaterThan(150);
    expect(spoken.length).toBeGreaterThan(100);
  });

  test('the course and the questionnaires use the terms of the glossary', () => {
    expect(
      missingTerms(
        content,
        glossary.filter(({ key }) => !OFTEN_ORDINARY.has(key)),
      ),
    ).toEqual([]);
  });

  test('the interface uses them for what every screen speaks of', () => {
    const terms = new Set([
      'session',
      'half_day',
      'attendance_sheet',
      'certificate',
      'pretest',
      'posttest',
      'intro_course',
      'tot',
      'workshop',
      'laptop',
      'material',
      'library',
      'backup',
      'usb_stick',
      'conflict',
      'enrolment',
    ]);
    expect(
      missingTerms(
        spoken,
        glossary.filter(({ key }) => terms.has(key)),
      ),
    ).toEqual([]);
  });

  test('a session is une séance in French', () => {
    expect(everything.filter(({ texts }) => /\bsessions?\b/i.test(texts.fr)).map(({ where }) => where)).toEqual([]);
  });

  test('Portuguese is that of Portugal and of Cabo Verde', () => {
    const own = new Set(glossary.flatMap(({ forms: { pt } }) => pt.map((form) => form.toLowerCase())));
    // A Brazilian form inside a Portuguese one (promotor in promotora) or equal to another term cannot tell.
    const foreign = glossary
      .flatMap(({ brazilian }) => brazilian)
      .filter((form) => ![...own].some((term) => term.includes(form.toLowerCase())))
      .filter((form) => form !== 'participante');
    expect(foreign.length).toBeGreaterThan(25);
    const found = everything.flatMap(({ where, texts }) =>
      foreign.filter((form) => new RegExp(`(?<!\\p{L})${form}(?!\\p{L})`, 'iu').test(texts.pt)).map((form) => `${where}: ${form}`),
    );
    expect(found).toEqual([]);
    const spelling = /ônic|ênic|ônim|gênero|acadêmic|contato|\bfatos?\b|equipe(?!s? de)|treinamento|usuári|arquivo|\btela\b|celular|você/i;
    expect(
      everything.filter(({ texts }) => spelling.test(texts.pt)).map(({ where, texts }) => `${where}: ${spelling.exec(texts.pt)?.[0]}`),
    ).toEqual([]);
  });

  test('the content is set with care: apostrophes, French spaces, Spanish marks', () => {
    for (const { where, texts } of content) {
      for (const language of LANGUAGES) {
        const text = texts[language];
        expect([where, language, text.trim()]).toEqual([where, language, text]);
        if (language !== 'en' || !QUOTED.some((file) => where.startsWith(file)))
          expect([where, language, text]).toEqual([where, language, expect.not.stringMatching(/['"]/)]);
        expect([where, language, text]).toEqual([where, language, expect.not.stringMatching(/ {2}/)]);
      }
      expect([where, texts.fr]).toEqual([where, expect.not.stringMatching(/(?<!\u00A0)[:;?!»]|«(?!\u00A0)/)]);
      for (const language of ['en', 'es', 'pt'] as const) {
        expect([where, texts[language]]).toEqual([where, expect.not.stringMatching(/\s[:;?!,.]/)]);
      }
      expect([where, texts.es.split('¿').length]).toEqual([where, texts.es.split('?').length]);
    }
  });

  // Its name in four languages: `guards/every-field`.
  test('every personal field of the model has words for its purpose and its retention in four languages', () => {
    for (const language of LANGUAGES) {
      const { purpose, retention } = json(`locales/${language}/privacy.json`) as Record<'purpose' | 'retention', Record<string, string>>;
      const personal = ENTITIES.flatMap(({ type, fields }) =>
        Object.entries(fields).map(([name, field]) => [`${type}.${name}`, field.personal] as const),
      );
      for (const [name, one] of personal)
        if (one)
          expect([language, name, purpose[one.purpose], retention[one.retention]]).toEqual([
            language,
            name,
            expect.any(String),
            expect.any(String),
          ]);
    }
  });
});
