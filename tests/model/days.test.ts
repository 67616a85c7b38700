import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDay } from '../../shared/kernel/dates.ts';

/** By the platform's own calendar. */
function isDayOfTheCalendar(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));

it('a day is one that the calendar has', () => {
  const year = fc.integer({ min: 0, max: 9_999 }).map((number) => String(number).padStart(4, '0'));
  fc.assert(
    fc.property(fc.tuple(year, two(14), two(33)), (parts) => {
      const text = parts.join('-');
      expect(isDay(text)).toBe(isDayOfTheCalendar(text));
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-00-10', false],
  ['2026-1-1', false],
  ['2026-01-01T00', false],
  [' 2026-01-01', false],
])('%s: %s', (text, is) => expect(isDay(text)).toBe(is));
