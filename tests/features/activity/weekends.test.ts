import { describe, expect, it } from 'vitest';
import { courseAgenda } from '../../../shared/features/activity/course-agenda.ts';
import { expectedHalfDays } from '../../../shared/features/activity/half-days.ts';
import { COUNTRY_CODES } from '../../../shared/kernel/countries.ts';
import { addDays, halfDaysBetween } from '../../../shared/kernel/dates.ts';
import { endOfMovedPeriod, freeDays, isOn, lastWorkingDay, weekendOf } from '../../../shared/kernel/weekends.ts';

const THURSDAY = '2026-03-05';
const COURSE = {
  variants: [4, 5],
  sessions: [4, 5].flatMap((variant) =>
    Array.from({ length: 2 * variant }, (_, index) => ({
      id: `s${variant}-${index}`,
      title: { en: `Session ${index}` },
      minutes: 90,
      layouts: { [variant]: { day: 1 + (index >> 1), half: index % 2 === 0 ? ('AM' as const) : ('PM' as const) } },
    })),
  ),
} as unknown as Parameters<typeof courseAgenda>[0];

function daysOf(delivery: Parameters<typeof courseAgenda>[1]): string[] {
  const agenda = courseAgenda(COURSE, delivery);
  if (!agenda.ok) throw new Error(agenda.refusal.code);
  return [...new Set(agenda.value.map(({ placement: [halfDay] }) => halfDay.slice(0, 10)))];
}

it('knows the weekend of every country that Intl knows', () => {
  for (const code of COUNTRY_CODES) {
    const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & { getWeekInfo(): { weekend: number[] } };
    const theirs = locale.getWeekInfo().weekend.map((day) => day % 7);
    expect([code, weekendOf([code]).toSorted((a, b) => a - b)]).toEqual([code, theirs.toSorted((a, b) => a - b)]);
  }
});

it('takes Saturday and Sunday where countries differ or none is named', () => {
  expect(weekendOf([])).toEqual([6, 0]);
  expect(weekendOf(['JO', 'SN'])).toEqual([6, 0]);
  expect(weekendOf(['JO', 'EG'])).toEqual([5, 6]);
  expect(freeDays(THURSDAY, '2026-03-10', weekendOf(['SN']))).toEqual(['2026-03-07', '2026-03-08']);
  expect(lastWorkingDay(THURSDAY, 4, [6, 0])).toBe('2026-03-10');
  expect(lastWorkingDay('2026-03-07', 1, [6, 0])).toBe('2026-03-09');
});

it('keeps the working days of a period that begins on another day, whichever days of the week it began on', () => {
  const monday = '2021-07-12';
  for (let day = 0; day < 7; day++) {
    const start = addDays(THURSDAY, day);
    for (let count = 1; count <= 10; count++) {
      const end = lastWorkingDay(start, count, [6, 0]);
      expect([start, count, endOfMovedPeriod(start, end, monday, [6, 0])]).toEqual([start, count, lastWorkingDay(monday, count, [6, 0])]);
    }
  }
  expect(endOfMovedPeriod(THURSDAY, '2026-03-10', monday, [])).toBe('2021-07-17');
  // A weekend alone stays as long as it is.
  expect(endOfMovedPeriod('2026-03-07', '2026-03-08', monday, [6, 0])).toBe('2021-07-13');
});

describe('a course from Thursday to Tuesday', () => {
  const dates = { start: THURSDAY, end: '2026-03-10', free: [6, 0] };

  it('is laid on the working days', () => {
    expect(daysOf(dates)).toEqual(['2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10']);
    expect(daysOf({ ...dates, weekends: false })).toEqual(daysOf(dates));
  });

  it('is laid on the weekend where somebody says so, or where the dates leave no other way', () => {
    expect(daysOf({ ...dates, weekends: true })).toEqual(Array.from({ length: 5 }, (_, index) => addDays(THURSDAY, index)));
    expect(daysOf({ ...dates, end: '2026-03-08' })).toEqual(['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
  });

  it('asks what to leave out where the weekend is to stay free', () => {
    expect(courseAgenda(COURSE, { ...dates, end: '2026-03-08', weekends: false })).toMatchObject({
      ok: false,
      refusal: { code: 'agenda.overflow' },
    });
  });

  it('keeps each session in the morning or the afternoon that it had', () => {
    const agenda = courseAgenda(COURSE, dates);
    expect(agenda.ok && agenda.value.map(({ placement: [halfDay] }) => halfDay)).toEqual(
      halfDaysBetween(THURSDAY, '2026-03-10').filter((halfDay) => !isOn(halfDay.slice(0, 10), [6, 0])),
    );
  });
});

it('expects the half-days with a session that counts, else those of working days, else all', () => {
  const halfDays = halfDaysBetween('2026-03-06', '2026-03-07');
  expect(expectedHalfDays(halfDays, [{ halfDay: '2026-03-07-AM', counts: true }], [6, 0])).toEqual(['2026-03-07-AM']);
  expect(expectedHalfDays(halfDays, [{ halfDay: '2026-03-07-AM', counts: false }], [6, 0])).toEqual(['2026-03-06-AM', '2026-03-06-PM']);
  expect(expectedHalfDays(halfDays.slice(2), [], [6, 0])).toEqual(halfDays.slice(2));
});
