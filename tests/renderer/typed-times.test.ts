import { describe, expect, test } from 'vitest';
import { isClock, readClock } from '../../renderer/desktop/features/activity/clock-text.ts';
import { readDay } from '../../renderer/desktop/features/activity/day-text.ts';

/** Days and times as people type them into the agenda. */

describe('a time', () => {
  test.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['1030', '10:30'],
    ['9:30', '09:30'],
    ['9h30', '09:30'],
    ['9 h 30', '09:30'],
    ['14.05', '14:05'],
    ['9h', '09:00'],
    [' 23:59 ', '23:59'],
  ])('%s is %s', (typed, clock) => expect(readClock(typed)).toBe(clock));

  test.each(['', 'noon', '25:00', '9:75', '9:3', '12345'])('%s stays as it was typed and is none', (typed) => {
    expect(readClock(typed)).toBe(typed);
    expect(isClock(readClock(typed))).toBe(false);
  });
});

describe('a day', () => {
  test.each([
    ['12/7/2021', '2021-07-12'],
    ['12.07.21', '2021-07-12'],
    ['12-7-2021', '2021-07-12'],
    ['12 7 2021', '2021-07-12'],
    ['2021-07-12', '2021-07-12'],
    ['29/2/2024', '2024-02-29'],
  ])('%s is %s, day first', (typed, day) => expect(readDay(typed)).toBe(day));

  test.each(['', 'tomorrow', '31/4/2021', '29/2/2023', '7/13/2021', '2021-7-12'])('%s is none', (typed) =>
    expect(readDay(typed)).toBeNull(),
  );
});
