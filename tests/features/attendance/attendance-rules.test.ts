import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfDaysOf } from '../../../shared/features/activity/half-days.ts';
import type { CellMark, ListedPerson } from '../../../shared/features/attendance/rules.ts';
import { attended } from '../../../shared/features/attendance/counts.ts';
import { againstThreshold, refuseMarks, summarise, thresholdPercent } from '../../../shared/features/attendance/rules.ts';
import { lettersOf, markOfLetter } from '../../../shared/features/attendance/letters.ts';
import { halfDaysBetween } from '../../../shared/kernel/dates.ts';
import { STATUSES } from '../../../shared/model/vocabularies.ts';
import { expectedA, listedPeople, tableOf } from '../activity/workshop-a.ts';

const HALF_DAYS = halfDaysBetween('2021-07-12', '2021-07-15');

/** The marks of the bundled sheet, by the letters that Itinera writes. */
function marksOfA(): CellMark[] {
  const { header, rows } = tableOf('attendance.csv');
  const ids = new Map(listedPeople().map(({ id, ref }) => [ref, id]));
  return rows.flatMap(({ cells }) =>
    cells
      .slice(1)
      .map((letter, at) => ({ personId: ids.get(cells[0]!)!, halfDay: header[at + 1]!, status: markOfLetter(lettersOf('en'), letter)! })),
  );
}

test('the sheet of workshop A gives every figure expected of it', () => {
  const expected = expectedA().A;
  const read = { marks: marksOfA() };
  const summary = summarise(listedPeople(), HALF_DAYS, read.marks);
  expect(summary).toMatchObject({
    registered: expected.registered,
    cells: expected.cells,
    codes: {
      present: expected.codes.P,
      late: expected.codes.L,
      absent: expected.codes.A,
      excused: expected.codes.E,
      remote: 0,
      leftEarly: 0,
      notTaken: 0,
    },
    presentOrLate: expected.presentOrLate,
    rate: expected.ratePercent,
    perHalfDay: expected.presentPerHalfDay,
    full: expected.fullAttendance,
    eligible: expected.certificatesAt75,
    below: expected.below75,
    exactly: expected.exactly75,
    threshold: 75,
  });
  expect(summarise(listedPeople(), HALF_DAYS, read.marks, 0.8).eligible).toBe(expected.certificatesAt80);
  expect(summarise(listedPeople(), HALF_DAYS, read.marks, 80).eligible).toBe(expected.certificatesAt80);
});

const sheet = fc
  .record({
    people: fc.integer({ min: 0, max: 12 }),
    halfDays: fc.integer({ min: 0, max: 8 }),
    threshold: fc.double({ min: 0.01, max: 100, noNaN: true }),
  })
  .chain(({ people, halfDays, threshold }) =>
    fc.record({
      people: fc.constant(Array.from({ length: people }, (_, i): ListedPerson => ({ id: `p${i}`, ref: i % 3 === 0 ? '' : `R${i}` }))),
      halfDays: fc.constant(HALF_DAYS.slice(0, halfDays)),
      threshold: fc.constant(threshold),
      statuses: fc.array(fc.option(fc.constantFrom(...STATUSES), { nil: undefined }), {
        minLength: people * halfDays,
        maxLength: people * halfDays,
      }),
    }),
  );

test('whatever the sheet: the codes make up the cells, the half-days make up the attendances, everybody is above or below', () => {
  fc.assert(
    fc.property(sheet, ({ people, halfDays, threshold, statuses }) => {
      const marks = statuses.flatMap((status, i): CellMark[] =>
        status === undefined
          ? []
          : [{ personId: people[Math.floor(i / halfDays.length)]!.id, halfDay: halfDays[i % halfDays.length]!, status }],
      );
      const strangers: CellMark[] = [
        { personId: 'gone', halfDay: HALF_DAYS[0]!, status: 'present' },
        ...people.slice(0, 1).map((person): CellMark => ({ personId: person.id, halfDay: '2021-07-16-AM', status: 'absent' })),
      ];
      const summary = summarise(people, halfDays, [...marks, ...strangers], threshold);
      const taken = marks.filter((mark) => mark.status !== 'notTaken').length;
      const there = marks.filter((mark) => attended(mark.status)).length;
      expect(Object.values(summary.codes).reduce((a, b) => a + b, 0)).toBe(summary.cells);
      expect(summary.codes.notTaken).toBe(summary.cells - taken);
      expect(Object.values(summary.perHalfDay).reduce((a, b) => a + b, 0)).toBe(there);
      expect(summary.presentOrLate).toBe(there);
      if (taken === 0) expect(summary.rate).toBeNull();
      else expect(Math.abs(summary.rate! - (100 * there) / taken)).toBeLessThanOrEqual(0.05 + 1e-9);
      const held = new Set(marks.filter((mark) => mark.status !== 'notTaken').map((mark) => mark.halfDay));
      expect(summary.held).toEqual(halfDays.filter((halfDay) => held.has(halfDay)));
      expect(new Set([...summary.held, ...summary.notHeld])).toEqual(new Set(halfDays));
      if (held.size > 0) {
        expect(summary.eligible + summary.below.length).toBe(people.length);
        const exactHundredths = people.filter((person) => {
          const mine = marks.filter((mark) => mark.personId === person.id && attended(mark.status)).length;
          return BigInt(mine) * 100_000n >= BigInt(Math.round(summary.threshold * 1000)) * BigInt(held.size);
        });
        expect(summary.eligible).toBe(exactHundredths.length);
      }
      expect(summary.full).toBeLessThanOrEqual(people.length);
    }),
  );
});

test('exactly the threshold is in, whatever the number of half-days', () => {
  expect(againstThreshold(6, 8, 75)).toBe('exactly');
  expect(againstThreshold(5, 8, 75)).toBe('below');
  expect(againstThreshold(11, 20, thresholdPercent(0.55))).toBe('exactly');
  expect(againstThreshold(2, 3, 66.667)).toBe('below');
  expect(againstThreshold(2, 3, 66.666)).toBe('above');
  expect(thresholdPercent()).toBe(75);
  expect(thresholdPercent(1)).toBe(100);
});

test('an empty workshop has no rate and nobody below', () => {
  expect(summarise([], HALF_DAYS, [])).toMatchObject({ registered: 0, cells: 0, rate: null, full: 0, eligible: 0, below: [], exactly: [] });
  expect(summarise(listedPeople(), HALF_DAYS, [])).toMatchObject({ full: 0, eligible: 0, below: [], held: [], notHeld: HALF_DAYS });
  expect(summarise(listedPeople(), [], [])).toMatchObject({ registered: 25, cells: 0, rate: null, full: 0, eligible: 0, below: [] });
});

test('marks are refused whole when a person or the half-day is not the workshop\u2019s', () => {
  const people = new Set(['a', 'b']);
  expect(refuseMarks(people, HALF_DAYS, HALF_DAYS[0]!, ['a', 'b'])).toBeUndefined();
  expect(refuseMarks(people, HALF_DAYS, '2021-07-16-AM', ['a'])?.code).toBe('attendance.halfDayUnknown');
  expect(refuseMarks(people, HALF_DAYS, HALF_DAYS[0]!, ['a', 'c'])).toEqual({ code: 'attendance.personUnknown', details: { count: 1 } });
});

test('a half-day counts unless everything planned in it does not', () => {
  const items = [
    { halfDay: '2021-07-12-AM', counts: false },
    { halfDay: '2021-07-12-AM', counts: true },
    { halfDay: '2021-07-13-PM', counts: false },
  ];
  expect(halfDaysOf('2021-07-12', '2021-07-13', items)).toEqual(['2021-07-12-AM', '2021-07-12-PM', '2021-07-13-AM']);
});
