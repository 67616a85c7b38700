import path from 'node:path';
import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSentences } from '../../electron/engine/sentences.ts';
import { formatsIn } from '../../renderer/ui/formats.ts';
import { startWords } from '../../renderer/ui/i18n.ts';
import { timeLeft } from '../../renderer/ui/time-left.ts';
import type { Day } from '../../shared/kernel/dates.ts';
import { formats } from '../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { runs } from '../sync/seeds.ts';

/** Dates, numbers and sizes as the four languages write them. */

// Intl puts no-break and thin spaces; for reading a test they are spaces.
const plain = (text: string) => text.replace(/[\u00A0\u202F\u2009]/g, ' ');

describe('a workshop', () => {
  test.each([
    ['en', '12–15 July 2021'],
    ['fr', '12–15 juillet 2021'],
    ['es', '12–15 de julio de 2021'],
    ['pt', '12–15 de julho de 2021'],
  ] as const)('from the 12th to the 15th in %s', (language, text) => {
    expect(plain(formats(language, '?').days('2021-07-12', '2021-07-15')).replaceAll(' – ', '–')).toBe(text);
  });

  test('of one day has one date', () => expect(formats('fr', '?').days('2021-07-12', '2021-07-12')).toBe('12 juillet 2021'));

  test('is on the same day in every time zone', () => {
    for (const language of LANGUAGES) expect(formats(language, '?').day('2021-07-12')).toMatch(/^12 /);
  });
});

describe('a day', () => {
  test('that is the first of a month is 1er in French wherever the month is in words, and in no other language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.date({ min: new Date('1950-01-01'), max: new Date('2090-12-31'), noInvalidDate: true }),
        (language, date) => {
          const day = date.toISOString().slice(0, 10) as Day;
          const format = formats(language, '?');
          const first = language === 'fr' && date.getUTCDate() === 1;
          const inWords = [
            format.day(day),
            format.longDay(day),
            format.weekday(day),
            format.universalInstant(date.toISOString()),
            format.days(day, '2091-01-02' as Day),
          ];
          for (const text of inWords) expect(/(^|\s)1er(\s|$)/u.test(text), text).toBe(first);
          expect(format.shortDay(day)).toMatch(/^\d\d\/\d\d$/);
          expect(format.numericDay(day)).toMatch(/^\d\d\/\d\d\/\d{4}$/);
        },
      ),
      {
        ...runs(200),
        examples: [
          ['fr', new Date('2026-12-01')],
          ['fr', new Date('2026-12-11')],
          ['es', new Date('2026-12-01')],
        ],
      },
    );
    expect(formats('fr', '?').longDay('2026-12-01')).toBe('mardi 1er décembre 2026');
    expect(plain(formats('fr', '?').days('2026-12-01', '2026-12-04')).replaceAll(' – ', '–')).toBe('1er–4 décembre 2026');
    expect(plain(formats('fr', '?').days('2026-11-30', '2026-12-01')).replaceAll(' – ', '–')).toBe('30 novembre–1er décembre 2026');
  });
});

describe('a number in a sentence', () => {
  beforeAll(() => {
    Object.assign(globalThis, { document: { documentElement: {} } });
    return () => Reflect.deleteProperty(globalThis, 'document');
  });
  const texts = { en: '10,000', fr: '10 000', es: '10.000', pt: '10 000' } as const;
  test.each(LANGUAGES)('is written as %s writes it, in the window and outside, and what is no number stays', async (language) => {
    const sentences = openSentences(path.resolve(import.meta.dirname, '../../locales'));
    await startWords(language);
    for (const say of [
      (key: string, values: object) => i18next.t(key, { ...values }),
      (key: string, values: object) => sentences.translate(language, key, { ...values }),
    ]) {
      expect(plain(say('attendance:import.found', { count: 10_000 }))).toContain(texts[language]);
      const amount = plain(say('app:job.amount', { done: 10_000, total: '10000' }));
      expect(amount).toContain(texts[language]);
      expect(amount).toContain('10000');
    }
    expect(sentences.speak(language, { code: 'sync.lanPortTaken', details: { port: '47474' } })).toContain('47474');
  });

  test.each([
    ['en', 'of 0 people'],
    ['fr', 'sur 0 personne'],
    ['es', 'de 0 personas'],
    ['pt', 'de 0 pessoas'],
  ] as const)('zero is counted as %s counts it, in the window and outside', async (language, words) => {
    await startWords(language);
    const sentences = openSentences(path.resolve(import.meta.dirname, '../../locales'));
    expect(sentences.translate(language, 'report:document.of.people', { count: 0 })).toBe(words);
    expect(i18next.t('report:document.of.people', { count: 0 })).toBe(words);
  });
});

describe('a size', () => {
  test.each([
    ['en', 0, '0 kB'],
    ['en', 1, '1 kB'],
    ['en', 46_417, '46 kB'],
    ['fr', 46_417, '46 ko'],
    ['fr', 2_540_000, '2,5 Mo'],
    ['pt', 2_540_000, '2,5 MB'],
    ['es', 999_600, '1 MB'],
    ['en', 22_400_000_000, '22.4 GB'],
  ] as const)('in %s: %d bytes are %s', (language, bytes, text) => expect(plain(formats(language, '?').bytes(bytes))).toBe(text));
});

describe('how long ago', () => {
  test('less than a minute is just now', () => {
    const said = LANGUAGES.map((language) => formats(language, '?').ago('2021-07-12T12:00:10Z', Date.parse('2021-07-12T12:00:30Z')));
    expect(said).toEqual(['just now', 'à l’instant', 'ahora mismo', 'agora mesmo']);
  });

  const now = Date.parse('2021-07-12T12:00:00Z');
  test.each([
    ['2021-07-12T11:57:00Z', 'il y a 3 minutes'],
    ['2021-07-12T09:00:00Z', 'il y a 3 heures'],
    ['2021-07-11T12:00:00Z', 'hier'],
  ])('%s is %s', (iso, text) => expect(plain(formats('fr', '?').ago(iso, now))).toBe(text));
});

test('percentages and lists follow the language', () => {
  expect(plain(formats('fr', '?').percent(0.955, 1))).toBe('95,5 %');
  expect(LANGUAGES.map((language) => plain(formats(language, '?').percentSign))).toEqual(['%', ' %', ' %', '%']);
  expect(formats('pt', '?').list(['2', '3', '5'])).toBe('2, 3 e 5');
});

test('a rate has one decimal and a mean two, in each language', () => {
  const said = LANGUAGES.map((language) => [80.8, 84].map((value) => plain(formats(language, '?').rate(value))));
  expect(said).toEqual([
    ['80.8%', '84.0%'],
    ['80,8 %', '84,0 %'],
    ['80,8 %', '84,0 %'],
    ['80,8%', '84,0%'],
  ]);
  expect(LANGUAGES.map((language) => formats(language, '?').mean(4.3))).toEqual(['4.30', '4,30', '4,30', '4,30']);
});

describe('time left', () => {
  test('is told in words that a person would use, once there is something to tell', () => {
    expect(formats('en', '?').span(41_000)).toBe('45 seconds');
    expect(formats('fr', '?').span(130_000)).toBe('2 minutes');
    expect(formats('pt', '?').span(2 * 3_600_000)).toBe('2 horas');
    const progress = { label: 'sync.files', done: 500, total: 1_000, unit: 'bytes' } as const;
    expect(timeLeft({ at: 0, done: 0 }, 2_000, progress)).toBe(null);
    expect(timeLeft({ at: 0, done: 0 }, 10_000, progress)).toBe(10_000);
    expect(timeLeft({ at: 0, done: 250 }, 10_000, progress)).toBe(20_000);
    expect(timeLeft({ at: 0, done: 0 }, 10_000, { ...progress, done: 1_000 })).toBe(null);
    expect(timeLeft({ at: 0, done: 0 }, 10_000, { ...progress, unit: 'items' })).toBe(null);
  });
});

describe('every row of a list', () => {
  test('is given the same formats, for Intl takes long to make them', () => {
    expect(formatsIn('pt')).toBe(formatsIn('pt'));
    expect(formatsIn('fr')).not.toBe(formatsIn('pt'));
  });
});
