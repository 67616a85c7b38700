import { describe, expect, it } from 'vitest';
import { attendedHalfDays, issuingOf, missesOf, usualTest, type AwardRule } from '../../../shared/features/award/award-rules.ts';
import { againstThreshold, halfDaysShort, summarise } from '../../../shared/features/attendance/rules.ts';
import { MARKS } from '../../../shared/model/vocabularies.ts';
import { Dice } from '../../support/dice.ts';

/** Who reaches a certificate, and who misses it by what. */

const ATTENDANCE: AwardRule = { threshold: 75, test: 'none', passMark: 70 };
const TAKEN: AwardRule = { ...ATTENDANCE, test: 'taken' };
const PASSED: AwardRule = { ...ATTENDANCE, test: 'passed' };
const there = (attended: number, held: number, ...tests: ({ right: number; of: number } | null)[]) => ({ attended, held, tests });

describe('half-days', () => {
  it('exactly the threshold reaches it, one below misses it by one', () => {
    expect(missesOf(there(6, 8), ATTENDANCE)).toEqual([]);
    expect(missesOf(there(5, 8), ATTENDANCE)).toEqual([{ why: 'halfDays', count: 1 }]);
    expect(missesOf(there(0, 8), ATTENDANCE)).toEqual([{ why: 'halfDays', count: 6 }]);
    // 75 % of 7 is 5.25: six are needed.
    expect(missesOf(there(5, 7), ATTENDANCE)).toEqual([{ why: 'halfDays', count: 1 }]);
    expect(missesOf(there(6, 7), ATTENDANCE)).toEqual([]);
  });

  it('before anything was held nobody reaches it', () => {
    expect(missesOf(there(0, 0), ATTENDANCE)).toEqual([{ why: 'nothingHeld' }]);
  });

  it('how many are short agrees with the comparison, for every share and threshold', () => {
    for (let held = 1; held <= 40; held++)
      for (let attended = 0; attended <= held; attended++)
        for (const threshold of [0.001, 33.333, 50, 66.667, 75, 80, 99.999, 100]) {
          const short = halfDaysShort(attended, held, threshold);
          expect(againstThreshold(attended + short, held, threshold)).not.toBe('below');
          if (short > 0) expect(againstThreshold(attended + short - 1, held, threshold)).toBe('below');
        }
  });

  it('are counted as the report counts them', () => {
    const dice = new Dice(7);
    for (let run = 0; run < 200; run++) {
      const people = Array.from({ length: 1 + dice.upTo(9) }, (_, at) => ({ id: `p${at}`, ref: '' }));
      const halfDays = Array.from({ length: 1 + dice.upTo(8) }, (_, at) => `2021-07-${12 + (at >> 1)}-${at % 2 ? 'PM' : 'AM'}`);
      const marks = people.flatMap(({ id }) =>
        halfDays.flatMap((halfDay) => (dice.chance(0.6) ? [{ personId: id, halfDay, status: dice.oneOf(MARKS) }] : [])),
      );
      const counted = attendedHalfDays(people, halfDays, marks);
      const summary = summarise(people, halfDays, marks, 75);
      const reaching = people.filter(({ id }) => missesOf(there(counted.attended(id), counted.held), ATTENDANCE).length === 0);
      expect(reaching.length).toBe(summary.eligible);
      expect(counted.held).toBe(summary.held.length);
    }
  });
});

describe('tests', () => {
  it('are asked for where the rule says so, and beside the half-days', () => {
    expect(missesOf(there(8, 8), TAKEN)).toEqual([{ why: 'testMissing' }]);
    expect(missesOf(there(8, 8, null), TAKEN)).toEqual([]);
    expect(missesOf(there(5, 8), TAKEN)).toEqual([{ why: 'halfDays', count: 1 }, { why: 'testMissing' }]);
    expect(missesOf(there(8, 8), ATTENDANCE)).toEqual([]);
  });

  it('exactly the mark passes, and each of several must', () => {
    expect(missesOf(there(8, 8, { right: 7, of: 10 }), PASSED)).toEqual([]);
    expect(missesOf(there(8, 8, { right: 14, of: 20 }, { right: 6, of: 10 }), PASSED)).toEqual([{ why: 'testFailed', percent: 60 }]);
    expect(missesOf(there(8, 8, { right: 2, of: 3 }), { ...PASSED, passMark: 66.667 })).toEqual([{ why: 'testFailed', percent: 66.6 }]);
    expect(missesOf(there(8, 8, null), PASSED)).toEqual([{ why: 'testFailed', percent: 0 }]);
    expect(missesOf(there(8, 8), PASSED)).toEqual([{ why: 'testMissing' }]);
  });

  it('what certifies learning asks for one where nobody says', () => {
    expect([usualTest('attendance'), usualTest('achievement'), usualTest('trainer')]).toEqual(['none', 'taken', 'taken']);
  });
});

it('issuing again gives the same, a corrected name another one', () => {
  expect(issuingOf('KONÉ Awa', [])).toBe('new');
  expect(issuingOf('KONÉ Awa', [{ id: 'a', name: 'KONÉ Awa' }])).toBe('same');
  expect(issuingOf('KONÉ Awa', [{ id: 'a', name: 'KONE Awa' }])).toBe('reissue');
});
