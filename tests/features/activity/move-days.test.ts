import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveDays } from '../../../shared/features/activity/move-days.ts';
import type { AgendaEntry } from '../../../shared/features/activity/reschedule.ts';
import { addDays, dayCount, halfDaysBetween, type Day } from '../../../shared/kernel/dates.ts';
import { keysAfter } from '../../../shared/kernel/order.ts';
import { endOfMovedPeriod, isOn, lastWorkingDay } from '../../../shared/kernel/weekends.ts';

/** A workshop that is moved to another day of the week: its sessions keep to working days. */

const WEEKENDS: readonly { readonly free: readonly number[] }[] = [{ free: [6, 0] }, { free: [5, 6] }, { free: [5] }];
const MONDAY = '2021-07-12';

/** One session in each half-day of these days, by the name of its place among them. */
function sessionsOn(days: readonly Day[]): AgendaEntry[] {
  const [key] = keysAfter(null, 1);
  return days.flatMap((day, at) =>
    (['AM', 'PM'] as const).map((half): AgendaEntry => ({
      ...{ id: `${at}-${half}`, title: {}, halfDay: `${day}-${half}`, key: key!, counts: true },
      ...(half === 'AM' ? { start: '09:00', end: '10:30' } : { start: '14:00', end: '15:30' }),
    })),
  );
}

function workingDays(start: Day, end: Day, free: readonly number[]): Day[] {
  return Array.from({ length: dayCount(start, end) }, (_, index) => addDays(start, index)).filter((day) => !isOn(day, free));
}

/** On which day each session stands afterwards, by its id. */
function daysAfter(items: readonly AgendaEntry[], moved: ReturnType<typeof moveDays>): Record<string, string> {
  if (!moved.ok) throw new Error(moved.refusal.code);
  const places = new Map(moved.value.moved.map(({ id, placement: [halfDay] }) => [id, halfDay]));
  return Object.fromEntries(items.map(({ id, halfDay }) => [id, places.get(id) ?? halfDay]));
}

describe.each(WEEKENDS)('where $free is free', ({ free }) => {
  it('takes each session from any day of the week to the working day of the same place on any other, in its half-day', () => {
    for (let from = 0; from < 7; from++)
      for (let to = 0; to < 7; to++)
        for (let count = 1; count <= 7; count++) {
          const start = addDays(MONDAY, from);
          const end = lastWorkingDay(start, count, free);
          const first = addDays('2021-09-06', to);
          const last = endOfMovedPeriod(start, end, first, free);
          const items = sessionsOn(workingDays(start, end, free));
          const after = daysAfter(items, moveDays({ start, end, items, marked: [] }, { start: first, end: last, free }));
          const expected = sessionsOn(workingDays(first, last, free)).map(({ id, halfDay }) => [id, halfDay]);
          expect([start, first, after]).toEqual([start, first, Object.fromEntries(expected)]);
        }
  });
});

const THURSDAY = '2026-03-05';
const FOUR_DAYS = { start: '2026-03-02', end: THURSDAY, items: sessionsOn(workingDays('2026-03-02', THURSDAY, [])), marked: [] };

it('stands on the weekend where that is said, where it did before, or where the dates leave no other way', () => {
  const to = { start: THURSDAY, end: '2026-03-08', free: [6, 0] };
  const throughout = sessionsOn(workingDays(THURSDAY, '2026-03-08', [])).map(({ id, halfDay }) => [id, halfDay]);
  expect(daysAfter(FOUR_DAYS.items, moveDays(FOUR_DAYS, { ...to, weekends: true }))).toEqual(Object.fromEntries(throughout));
  expect(daysAfter(FOUR_DAYS.items, moveDays(FOUR_DAYS, to))).toEqual(Object.fromEntries(throughout));
  const before = { ...FOUR_DAYS, start: '2026-03-06', end: '2026-03-09', items: sessionsOn(workingDays('2026-03-06', '2026-03-09', [])) };
  const later = { start: '2026-03-12', end: '2026-03-17', free: [6, 0] };
  expect(Object.values(daysAfter(before.items, moveDays(before, later))).at(-1)).toBe('2026-03-15-PM');
  expect(Object.values(daysAfter(before.items, moveDays(before, { ...later, weekends: false }))).at(-1)).toBe('2026-03-17-PM');
});

it('asks what to leave out where the weekend is to stay free, by the half-days on which it stands, and moves the rest up to a working day', () => {
  const to = { start: THURSDAY, end: '2026-03-08', free: [6, 0], weekends: false };
  const asked = moveDays(FOUR_DAYS, to);
  expect(asked).toMatchObject({
    ok: false,
    refusal: {
      code: 'agenda.overflow',
      details: { count: 4, items: [{ id: '2-AM', halfDay: '2026-03-04-AM' }, { id: '2-PM' }, { id: '3-AM' }, { id: '3-PM' }] },
    },
  });
  const rest = FOUR_DAYS.items.filter(({ id }) => !id.startsWith('3'));
  const after = daysAfter(rest, moveDays(FOUR_DAYS, { ...to, drop: ['3-AM', '3-PM'] }));
  expect(after['2-PM']).toBe('2026-03-06-PM');
});

it('leaves sessions where they are while the first day is the same or attendance was taken', () => {
  const items = sessionsOn(['2026-03-05', '2026-03-06', '2026-03-09']);
  const now = { start: THURSDAY, end: '2026-03-09', items, marked: [] };
  const stays = Object.fromEntries(items.map(({ id, halfDay }) => [id, halfDay]));
  const free = [6, 0];
  expect(daysAfter(items, moveDays(now, { start: THURSDAY, end: '2026-03-11', free }))).toEqual(stays);
  const taken = { ...now, marked: ['2026-03-05-AM' as const] };
  expect(daysAfter(items, moveDays(taken, { start: '2026-03-03', end: '2026-03-10', free }))).toEqual(stays);
});

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

it(`loses no session and puts none outside the dates (SEED=${seed})`, () => {
  const day = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      day,
      day,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      fc.array(fc.nat({ max: 11 })),
      (from, to, days, length, weekends, picks) => {
        const start = addDays(MONDAY, from);
        const end = addDays(start, days - 1);
        const all = workingDays(start, addDays(end, 2), []);
        const items = sessionsOn([...new Set(picks.map((pick) => all[pick % all.length]!))].sort());
        const first = addDays(MONDAY, to);
        const dates = { start: first, end: addDays(first, length - 1), free: [6, 0], weekends, drop: [] };
        const moved = moveDays({ start, end, items, marked: [] }, dates);
        const within = halfDaysBetween(dates.start, dates.end);
        const after = daysAfter(items, moved);
        expect(Object.keys(after)).toHaveLength(items.length);
        if (start !== first) for (const halfDay of Object.values(after)) expect(within).toContain(halfDay);
      },
    ),
    { seed, numRuns: 500 },
  );
});
