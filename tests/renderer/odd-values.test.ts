import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSentences } from '../../electron/engine/sentences.ts';
import { reportWords } from '../../shared/features/report/report-words.ts';
import { startWords } from '../../renderer/ui/i18n.ts';
import { formats, halfDayParts, type Formats } from '../../shared/kernel/formats.ts';
import { LANGUAGES, textIn, type Language } from '../../shared/kernel/text.ts';
import { runs } from '../sync/seeds.ts';

/** What a record may hold where a date, a number or a word is meant, and what is then shown. */

const ODD: readonly unknown[] = [
  ...['', ' ', 'tomorrow', 'zzz', '2026-02-30', '2026-13-01', '0000-00-00', '2026-1-1', '2026-11-30-AM', '2026-11-30-XX', '+275760-09-14'],
  ...[
    '2026-11-30T25:00',
    '2026-11-30T00:00:00.0000000000Z',
    '99:99',
    '1:5',
    '12:60',
    'never',
    'NaN',
    'Infinity',
    '-0',
    '1e999',
    '__proto__',
  ],
  ...['constructor', 'toString', 'hasOwnProperty', 'prototype.x', 'a:b', 'a.b.c', '$t(app:cancel)', '{{count}}', '<b>x</b>', 'xx-XX-XX-XX'],
  ...['\u202eabc', '\0', '\ud800', 'é'.repeat(4_000), '😀', 'constructor.name', 'sn', 'SENEGAL', 'xx', 'en-US', 'e\u0301'],
  ...[NaN, Infinity, -Infinity, -0, -5, 1e308, 2 ** 53, 8.64e15 + 1, Number.MIN_VALUE, 0.1, true, false, null, undefined],
  ...[[], [[]], ['a', null], {}, { en: {} }, { en: null, fr: 3 }, { toString: 'x' }, Object.create(null), 10n ** 30n, Symbol('s')],
];

type Function_ = (...values: never[]) => unknown;
const functionsOf = (format: Formats) =>
  Object.entries(format).filter((entry): entry is [string, Function_] => typeof entry[1] === 'function');

describe('no format throws, and each answers with a text', () => {
  test.each(LANGUAGES)('in %s, whatever the value', (language) => {
    const format = formats(language, 'not readable');
    for (const [name, write] of functionsOf(format)) {
      for (const [index, first] of ODD.entries()) {
        for (const second of [ODD[(index * 7 + 3) % ODD.length], '2026-11-30', 0]) {
          // How many decimals is the program's own saying, never a record's.
          const values = ['number', 'decimals', 'percent'].includes(name) ? [first, 1] : [first, second];
          expect(typeof write(...(values as never[])), name).toBe(name === 'compare' ? 'number' : 'string');
        }
      }
    }
  });

  test('nor for values that nobody thought of', () => {
    const format = formats('fr', 'illisible');
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }), fc.anything(), (first, second) => {
        for (const [name, write] of functionsOf(format)) {
          if (['number', 'decimals', 'percent'].includes(name)) write(first as never, 1 as never);
          else write(first as never, second as never);
        }
        expect(typeof halfDayParts(first as never, format).day).toBe('string');
        expect(typeof textIn(first as never, 'fr')).toBe('string');
      }),
      runs(300),
    );
  });
});

describe('what is no value of its kind is said to be not readable', () => {
  const format = formats('en', 'not readable');
  test.each([
    ['day', 'tomorrow'],
    ['day', '2026-02-30'],
    ['longDay', '2026-11-30-AM'],
    ['month', ''],
    ['instant', '8640000000000001'],
    ['instant', 'never'],
    ['instant', '1'],
    ['time', 'May 5'],
    ['hour', '99:99'],
    ['number', NaN],
    ['bytes', -5],
    ['percent', Infinity],
    ['language', '__proto__'],
    ['country', 'constructor'],
    ['text', 3],
  ] as const)('%s(%j)', (name, value) => {
    expect(format[name](value as never)).toBe('not readable');
  });

  test('a range of which one end is none', () => expect(format.days('2026-11-30', 'zzz')).toBe('not readable'));

  test('and what a newer program may know is shown by its code', () => {
    expect(format.language('ar')).toBe('ar');
    expect(format.country('ZZ')).toBe('ZZ');
    expect(format.country('XK')).toBe('Kosovo*');
  });
});

describe('a word that is chosen by a value', () => {
  beforeAll(async () => {
    Object.assign(globalThis, { document: { documentElement: {} } });
    await startWords('fr');
    Reflect.deleteProperty(globalThis, 'document');
  });

  const chosen = ['attendance:status', 'activity:mode', 'people:sex', 'people:profession', 'material:kind', 'course:level', 'app:half'];

  test.each(chosen)('%s: an odd value never shows a key, and never a word of another language', (prefix) => {
    for (const value of ODD.filter((one) => !['symbol', 'bigint'].includes(typeof one) && !(typeof one === 'object' && one !== null))) {
      const shown = i18next.t(`${prefix}.${String(value)}` as 'app:cancel', { count: value as never });
      expect(shown, String(value).slice(0, 20)).toBe('illisible');
    }
  });

  test('and a right one its word', () => expect(i18next.t('attendance:status.present')).toBe('présent(e)'));

  test('a report says the same', () => {
    const { translate } = openSentences(path.resolve(import.meta.dirname, '../../locales'));
    const readable: Readonly<Record<Language, string>> = { en: 'not readable', fr: 'illisible', es: 'ilegible', pt: 'ilegível' };
    for (const language of LANGUAGES) {
      const words = reportWords({ translate }, language);
      for (const key of ['banana', 'constructor', '__proto__', '']) {
        expect(words.sex([{ key, count: 1 }])[0]!.label).toBe(readable[language]);
        expect(words.profession([{ key, count: 1 }])[0]!.label).toBe(readable[language]);
      }
      expect(words.format.day('tomorrow')).toBe(readable[language]);
      expect(words.halfDay('tomorrow')).toBe(readable[language]);
    }
  });
});

test('dates, numbers and the order of texts are written in one place', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const sources = ['renderer', 'electron', 'shared', 'server'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  const elsewhere = sources.filter((file) =>
    /new Intl\.|\.toLocale(Date|Time)?String|\.localeCompare\(/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  // The clocks of a zone are reckoned with, and nothing of them is shown.
  expect(elsewhere).toEqual(['shared/kernel/formats.ts', 'shared/kernel/time-zones.ts']);
});
