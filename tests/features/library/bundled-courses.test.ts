import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLibrarySources, type CourseSource } from '../../../scripts/library-sources.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';

/** The bundled courses beside each other: as deep as the first, laid out so that they can be held, right in what they say of the treaties, and whole in each language. */

const { courses, forms, materials } = readLibrarySources(path.resolve(import.meta.dirname, '../../../resources'));
const FIRST = courses[0]!;
const LATER = courses.slice(1);

const sessionsOf = ({ modules }: CourseSource) => modules.flatMap(({ sessions }) => sessions);
type Session = ReturnType<typeof sessionsOf>[number];
type Texts = Readonly<Record<Language, string>>;

const wordsIn = (text: string): number => text.split(/\s+/).length;
const textOf = ({ objectives, method, trainerNotes }: Session, language: Language): string =>
  [...objectives[language], method[language], trainerNotes[language]].join(' ');
const depth = (session: Session, language: Language): number => wordsIn(textOf(session, language));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Every text of a course, a form, a card or a template with its translations. */
function parallels(value: unknown, where: string): [string, Texts][] {
  if (typeof value !== 'object' || value === null) return [];
  if (LANGUAGES.every((language) => language in value)) {
    const texts = value as Record<Language, string | string[]>;
    return [[where, Object.fromEntries(LANGUAGES.map((language) => [language, [texts[language]].flat().join('\n')])) as Texts]];
  }
  return Object.entries(value).flatMap(([key, inner]) => parallels(inner, `${where} ${key}`));
}

const TEXTS = [...courses, ...forms, ...materials].flatMap((source) => parallels(source, source.code));

/** The numbers of articles that a text names, in order of size: `Articles 16 to 21`, `articles 7 et 8`, `artigos 13.º e 14.º`. */
function articlesIn(text: string): number[] {
  const named = text.matchAll(
    /\b(?:articles?|artículos?|artigos?) (\d+(?:\.º)?(?:(?:, | and | or | to | et | ou | à | y | o | a | e )\d+(?:\.º)?(?! (?:days|jours|días|dias)))*)/giu,
  );
  return [...named].flatMap(([, list]) => [...list!.matchAll(/\d+/g)].map(([number]) => Number(number))).toSorted((a, b) => a - b);
}

/** What an article is about: where a word in brackets or beside it says so, the number is this one. Convention on Cybercrime, ETS 185. */
const SUBJECTS: readonly (readonly [RegExp, ...number[]])[] = [
  [/\billegal access \(Article (\d+)\)/gi, 2],
  // At home, and for another Party.
  [/\bpreservation \(Article (\d+)\)/gi, 16, 29],
  [/\bproduction \(Article (\d+)\)/gi, 18],
  [/\bspontaneous information \(Article (\d+)\)/gi, 26],
  [/\bsafeguards \(Article (\d+)\)/gi, 15],
  [/\baccess to stored data \(Article (\d+)\)/gi, 31],
  [/\bpublic (?:page|data) \(Article (\d+)/gi, 32],
  [/\b24\/7 Network \(Article (\d+)\)/gi, 35],
  [/\bsearch \(Article (\d+)\)/gi, 19],
  [/(?<!illegal )\binterception \(Article (\d+)\)/gi, 21, 34],
  [/\billegal interception, Article (\d+)/gi, 3],
  [/\bdata interference, Article (\d+)/gi, 4],
  [/\bsystem interference, Article (\d+)/gi, 5],
  [/\bmisuse of devices, Article (\d+)/gi, 6],
  [/\bforgery \(Article (\d+)\)/gi, 7],
  [/\bfraud \(Article (\d+)\)/gi, 8],
  [/\baiding stand in Article (\d+)/gi, 11],
  [/\blegal persons in Article (\d+)/gi, 12],
  [/\bsanctions in Article (\d+)/gi, 13],
  [/\bjurisdiction \(Article (\d+)\)/gi, 22],
  [/\binformation without request \(Article (\d+)\)/gi, 26],
  [/\bdisclosure of the route \(Article (\d+)\)/gi, 30],
  [/\btraffic data as they arise \(Article (\d+)\)/gi, 33],
  // Of the Second Additional Protocol, CETS 224.
  [/\bdomain name registration(?: \(|: )Article (\d+)/gi, 6],
  [/\bdirectly from a (?:service )?provider(?: of another Party)?(?: \(|: )Article (\d+)/gi, 7],
  [/\bvideo conferencing \(Article (\d+)\)/gi, 11],
  [/\bjoint investigations \(Article (\d+)\)/gi, 12],
];

test('there are four courses, each later one after the first, each with a test of its own', () => {
  expect(courses.map(({ code, level, days, variants }) => [code, level, days, variants])).toEqual([
    ['C1', 'introductory', 4, [2, 3, 4, 5]],
    ['C2', 'advanced', 4, [3, 4]],
    ['C3', 'specialised', 3, [3, 4]],
    ['C4', 'specialised', 5, [4, 5]],
  ]);
  expect(courses.map(({ after }) => after)).toEqual([undefined, ['C1'], ['C1'], ['C1']]);
  expect(forms.filter(({ kind }) => kind === 'prepost').map(({ code, course }) => [course, code])).toEqual([
    ['C2', 'adv-prepost-v1'],
    ['C3', 'coop-prepost-v1'],
    ['C4', 'evidence-prepost-v1'],
    ['C1', 'intro-prepost-v1'],
  ]);
});

describe.each(LATER)('$code', (course) => {
  const sessions = sessionsOf(course);

  test('is as deep as the introductory course, in every language', () => {
    for (const language of LANGUAGES) {
      const first = sessionsOf(FIRST).map((session) => depth(session, language));
      const here = sessions.map((session) => depth(session, language));
      expect([language, mean(here) >= mean(first)]).toEqual([language, true]);
      expect([language, Math.min(...here) >= Math.min(...first)]).toEqual([language, true]);
      for (const { code, objectives } of sessions) expect([code, language, objectives[language].length]).toEqual([code, language, 3]);
    }
  });

  test('fills each half-day of each length with 150 to 270 minutes', () => {
    for (const variant of course.variants) {
      const minutes = Object.fromEntries(
        Array.from({ length: variant }, (_, i) => [`${i + 1} AM`, `${i + 1} PM`])
          .flat()
          .map((place) => [place, sessions.filter(({ layouts }) => layouts[variant] === place).reduce((sum, one) => sum + one.minutes, 0)]),
      );
      expect([variant, Object.entries(minutes).filter(([, sum]) => sum < 150 || sum > 270)]).toEqual([variant, []]);
    }
  });

  test('keeps its order in each length, opens and closes alike, and leaves nothing out of the longest', () => {
    expect(course.variants).toContain(course.days);
    expect(course.variants).toEqual(course.variants.toSorted((a, b) => a - b));
    for (const variant of course.variants) {
      const places = sessions.flatMap(({ layouts }) => layouts[variant] ?? []);
      expect(places).toEqual([...places].sort());
      expect([sessions[0]!.layouts[variant], sessions.at(-1)!.layouts[variant]]).toEqual(['1 AM', `${variant} PM`]);
    }
    const longest = Math.max(...course.variants);
    for (const { code, layouts } of sessions) {
      expect([code, layouts[longest] !== undefined]).toEqual([code, true]);
      expect(Object.keys(layouts).map(Number)).toEqual(course.variants.filter((variant) => layouts[variant] !== undefined));
    }
  });

  test('numbers its modules and sessions in order', () => {
    expect(course.modules.map(({ code }) => code)).toEqual(course.modules.map((_, i) => `M${i + 1}`));
    expect(sessions.map(({ code }) => code)).toEqual(sessions.map((_, i) => `S${String(i + 1).padStart(2, '0')}`));
  });

  test('has a test of twelve questions whose answers cannot be guessed from their place', () => {
    const form = forms.find((one) => one.course === course.code)!;
    const key = form.items.map(({ id }) => form.key[id]!);
    expect([form.items.length, Object.keys(form.key).length]).toEqual([12, 12]);
    expect([...'abcd'].map((letter) => key.filter((one) => one === letter).length)).toEqual([3, 3, 3, 3]);
    expect(key.some((letter, at) => at > 0 && letter === key[at - 1])).toBe(false);
    const longestIsRight = form.items.filter(({ id, options }) => {
      const lengths = Object.values(options).map(({ en }) => en.length);
      return options[form.key[id]!]!.en.length === Math.max(...lengths);
    });
    expect(longestIsRight.length).toBeLessThan(12);
    for (const { id, options } of form.items)
      for (const language of LANGUAGES) {
        const said = Object.values(options).map((texts) => texts[language]);
        expect([id, language, new Set(said).size]).toEqual([id, language, 4]);
      }
  });
});

describe('what is said of the treaties', () => {
  test('names articles that there are: 48 of the Convention, 25 of the Second Additional Protocol', () => {
    const cited = TEXTS.flatMap(([where, texts]) => articlesIn(texts.en).map((number) => [where, number] as const));
    expect(cited.length).toBeGreaterThan(150);
    expect(cited.filter(([, number]) => number < 1 || number > 48)).toEqual([]);
  });

  test('names the same articles in all four languages', () => {
    for (const [where, texts] of TEXTS) {
      const english = articlesIn(texts.en);
      for (const language of LANGUAGES) expect([where, language, articlesIn(texts[language])]).toEqual([where, language, english]);
    }
  });

  test('gives each subject the article that the Convention gives it', () => {
    const found = SUBJECTS.map(([pattern, ...articles]) => {
      const numbers = TEXTS.flatMap(([, { en }]) => [...en.matchAll(pattern)].map(([, number]) => Number(number)));
      return { articles, numbers: [...new Set(numbers)] };
    });
    expect(found.filter(({ numbers }) => numbers.length === 0)).toEqual([]);
    for (const { articles, numbers } of found) expect(articles).toEqual(expect.arrayContaining(numbers));
  });
});

describe('each language', () => {
  const NAMED_IN_ENGLISH = /chain of custody|European Cybercrime Training and Education Group/gu;
  // Words that stand in every English sentence and in none of the others.
  const ENGLISH = /(?<!\p{L})(?:the|and|of|with|which|that|from|their|this|what|who|when|where|have|been|your|they)(?!\p{L})/iu;

  test('has every text, of like length, and no English in another language', () => {
    for (const [where, texts] of TEXTS) {
      for (const language of ['fr', 'es', 'pt'] as const) {
        expect([where, language, ENGLISH.exec(texts[language].replaceAll(NAMED_IN_ENGLISH, ''))?.[0]]).toEqual([
          where,
          language,
          undefined,
        ]);
        if (wordsIn(texts.en) < 20) continue;
        const ratio = texts[language].length / texts.en.length;
        expect([where, language, ratio > 0.8 && ratio < 1.6], String(ratio)).toEqual([where, language, true]);
      }
      const long = LANGUAGES.filter((language) => wordsIn(texts[language]) > 6).map((language) => texts[language]);
      expect([where, new Set(long).size]).toEqual([where, long.length]);
    }
  });
});
