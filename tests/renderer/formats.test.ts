import { describe, expect, test } from 'vitest';
import { timeLeft } from '../../renderer/ui/time-left.ts';
import { formats } from '../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';

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
  const now = Date.parse('2021-07-12T12:00:00Z');
  test.each([
    ['2021-07-12T11:57:00Z', 'il y a 3 minutes'],
    ['2021-07-12T09:00:00Z', 'il y a 3 heures'],
    ['2021-07-11T12:00:00Z', 'hier'],
  ])('%s is %s', (iso, text) => expect(plain(formats('fr', '?').ago(iso, now))).toBe(text));
});

test('percentages and lists follow the language', () => {
  expect(plain(formats('fr', '?').percent(0.955, 1))).toBe('95,5 %');
  expect(formats('pt', '?').list(['2', '3', '5'])).toBe('2, 3 e 5');
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
