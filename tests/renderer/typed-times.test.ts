import { describe, expect, test } from 'vitest';
import { isClock, readClock } from '../../renderer/desktop/features/activity/agenda/clock-text.ts';

/** Times as people type them into the agenda. */

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
