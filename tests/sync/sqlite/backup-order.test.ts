import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAYS_KEPT,
  isDue,
  newestFirst,
  NEWEST_KEPT,
  superfluous,
  WORK_UNTIL_DUE,
  type BackupHeader,
} from '../../../shared/node/store/backup-order.ts';
import { runs } from '../seeds.ts';

const DAY = 86_400_000;
const made = (number: number, at: number, feed = number): BackupHeader => ({ number, at, feed });
const numbers = (backups: readonly BackupHeader[]): number[] => backups.map(({ number }) => number).sort((a, b) => a - b);

describe('the order of backups', () => {
  it('is that of their numbers, whatever the clock said', () => {
    const ordered = newestFirst([made(2, 5 * DAY), made(3, DAY), made(1, 9 * DAY), made(0, 20 * DAY), made(0, 21 * DAY)]);
    expect(ordered.map(({ number, at }) => [number, at / DAY])).toEqual([
      [3, 1],
      [2, 5],
      [1, 9],
      [0, 21],
      [0, 20],
    ]);
  });

  it('has one due on another date, after the clock went back, and after much work', () => {
    expect(isDue(null, 0, 0)).toBe(true);
    const last = made(4, 100 * DAY + 1_000, 50);
    expect(isDue(last, 100 * DAY + 2_000, 50)).toBe(false);
    expect(isDue(last, 101 * DAY, 50)).toBe(true);
    expect(isDue(last, 3 * DAY, 50)).toBe(true);
    expect(isDue(last, 100 * DAY + 999, 50)).toBe(true);
    expect(isDue(last, 100 * DAY + 2_000, 50 + WORK_UNTIL_DUE)).toBe(true);
    expect(isDue(last, 100 * DAY + 2_000, 49 + WORK_UNTIL_DUE)).toBe(false);
  });

  it('keeps the last backup of each of the last days', () => {
    const ten = Array.from({ length: 20 }, (_, i) => made(i + 1, Math.floor(i / 2) * DAY + i));
    expect(numbers(superfluous(ten))).toEqual([1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 17]);
  });

  it('takes days as they came after the clock fell back, and keeps the newest where every morning begins on one date', () => {
    const before = Array.from({ length: 7 }, (_, i) => made(i + 1, (1_000 + i) * DAY));
    const after = Array.from({ length: 5 }, (_, i) => made(i + 8, (10 + i) * DAY));
    expect(numbers(superfluous([...before, ...after]))).toEqual([1, 2, 3, 4, 5]);
    const mornings = Array.from({ length: 9 }, (_, i) => made(i + 1, 5 * DAY + i));
    expect(numbers(superfluous(mornings))).toEqual([1, 2, 3, 4, 5, 6]);
    const back = Array.from({ length: 9 }, (_, i) => made(i + 1, 5 * DAY + 9 - i));
    expect(numbers(superfluous(back))).toEqual([1, 2]);
  });

  it('never lets the newest go, and keeps few, whatever clocks say', () => {
    const clock = fc.integer({ min: -1e16, max: 1e16 });
    fc.assert(
      fc.property(fc.array(clock, { minLength: 1, maxLength: 40 }), (clocks) => {
        const kept: BackupHeader[] = [];
        for (const [i, at] of clocks.entries()) {
          kept.push(made(i + 1, at));
          const gone = new Set(superfluous(kept));
          kept.splice(0, kept.length, ...kept.filter((backup) => !gone.has(backup)));
          expect(numbers(kept).slice(-Math.min(NEWEST_KEPT, i + 1))).toEqual(
            Array.from({ length: Math.min(NEWEST_KEPT, i + 1) }, (_, n) => i + 2 - Math.min(NEWEST_KEPT, i + 1) + n),
          );
          expect(kept.length).toBeLessThanOrEqual(DAYS_KEPT + NEWEST_KEPT);
        }
      }),
      runs(300),
    );
  });
});
