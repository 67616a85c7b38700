import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTypedDay } from '../../../shared/features/activity/typed-day.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { formats, INTL_LOCALE } from '../../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';

/** Days as people type them into a field. */

describe('a day', () => {
  test.each([
    ['12/7/2021', '2021-07-12'],
    ['12.07.21', '2021-07-12'],
    ['12-7-2021', '2021-07-12'],
    ['12 7 2021', '2021-07-12'],
    ['2021-07-12', '2021-07-12'],
    ['2021/7/12', '2021-07-12'],
    ['29/2/2024', '2024-02-29'],
    ['11122026', '2026-12-11'],
    ['20261211', '2026-12-11'],
    ['11/12/26', '2026-12-11'],
    ['11.12.2026', '2026-12-11'],
    ['311240', '2040-12-31'],
    ['16 décembre 2026', '2026-12-16'],
    ['1er décembre 2026', '2026-12-01'],
    ['17 déc. 2026', '2026-12-17'],
    ['mardi 1er décembre 2026', '2026-12-01'],
    ['mar. 1 déc. 2026', '2026-12-01'],
    ['mar 3 mar 2026', '2026-03-03'],
    ['3 mars 26', '2026-03-03'],
    ['7 December 2026', '2026-12-07'],
    ['Dec 7, 2026', '2026-12-07'],
    ['Monday, December 7th, 2026', '2026-12-07'],
    ['the 1st of May 2026', '2026-05-01'],
    ['7 de dezembro de 2026', '2026-12-07'],
    ['segunda-feira, 7 de dez. de 2026', '2026-12-07'],
    ['7 de diciembre de 2026', '2026-12-07'],
    ['Lunes 7 de diciembre del 2026', '2026-12-07'],
    ['1º de maio de 2026', '2026-05-01'],
    ['  7  AOÛT  2026 ', '2026-08-07'],
  ])('%s is %s', (typed, day) => expect(readTypedDay(typed)).toEqual({ is: 'day', day }));

  test.each(['31/02/2027', '31/4/2021', '29/2/2023', '7/13/2021', '30 février 2026', '0/1/2026', '99999999', '12/12/1066'])(
    '%s is in no calendar',
    (typed) => expect(readTypedDay(typed)).toEqual({ is: 'impossible' }),
  );

  test.each([
    '',
    'tomorrow',
    '7 December',
    '12/7',
    '7 8 December 2026',
    'mardi',
    '12/7/202',
    '7 décembrre 2026',
    '1er 2026',
    'lundi mardi 7 mai 2026',
  ])('%s is none', (typed) => expect(readTypedDay(typed)).toEqual({ is: 'none' }));

  test('digits that may be two days are both', () => {
    expect(readTypedDay('101112')).toEqual({ is: 'several', days: ['2012-11-10', '2010-11-12'] });
  });

  test('a day of the week that is another one is said', () => {
    expect(readTypedDay('lundi 16 décembre 2026')).toEqual({ is: 'otherWeekday', day: '2026-12-16' });
  });
});

test('every day that the window writes, in each language, reads back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), fc.constantFrom(...LANGUAGES), (days, language) => {
      const day = addDays('1990-01-01', days);
      const format = formats(language, '?');
      const noon = new Date(`${day}T12:00:00Z`);
      const short = new Intl.DateTimeFormat(INTL_LOCALE[language], {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      });
      for (const written of [format.day(day), format.longDay(day), format.numericDay(day), short.format(noon), day])
        expect(readTypedDay(written), `${written} (${language})`).toEqual({ is: 'day', day });
    }),
    { numRuns: 400 },
  );
});
