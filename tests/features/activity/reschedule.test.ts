import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minutesOf, timesOf } from '../../../shared/features/activity/agenda.ts';
import { halfDaysOf } from '../../../shared/features/activity/half-days.ts';
import { reschedule, type AgendaEntry, type Delivery } from '../../../shared/features/activity/reschedule.ts';
import { addDays, halfDaysBetween } from '../../../shared/kernel/dates.ts';
import { keysAfter } from '../../../shared/kernel/order.ts';

const START = '2021-07-12';

const delivery = fc
  .record({
    days: fc.integer({ min: 1, max: 6 }),
    sizes: fc.array(fc.array(fc.constantFrom(30, 45, 60, 90, 120, 300), { maxLength: 5 }), { minLength: 12, maxLength: 12 }),
    marked: fc.array(fc.nat({ max: 11 }), { maxLength: 2 }),
  })
  .map(({ days, sizes, marked }): Delivery => {
    const halfDays = halfDaysBetween(START, addDays(START, days - 1));
    let count = 0;
    const items = halfDays.flatMap((halfDay, index) => {
      const keys = keysAfter(null, sizes[index]!.length);
      const times = timesOf(halfDay, sizes[index]!);
      return sizes[index]!.map((_, at): AgendaEntry => ({
        id: String(count++).padStart(3, '0'),
        title: {},
        halfDay,
        key: keys[at]!,
        ...times[at]!,
        counts: true,
      }));
    });
    return { start: START, end: addDays(START, days - 1), items, marked: [...new Set(marked.flatMap((at) => halfDays[at] ?? []))] };
  });

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

it(`moving a workshop loses no item, keeps their order and the marks (SEED=${seed})`, () => {
  fc.assert(
    fc.property(
      delivery,
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      (now, shift, days, picks) => {
        const to = { start: addDays(now.start, shift), end: addDays(now.start, shift + days - 1) };
        const drop = now.items.length === 0 ? [] : [...new Set(picks.map((pick) => now.items[pick % now.items.length]!.id))];
        const before = now.items.map((item) => item.id);
        const asked = reschedule(now, to);
        const moved = reschedule(now, { ...to, drop });
        if (!moved.ok) {
          expect(moved.refusal.code).toBe('agenda.marked');
          expect(now.marked.length).toBeGreaterThan(0);
          return;
        }
        expect(new Set(moved.value.deleted)).toEqual(new Set(drop));
        const places = new Map(moved.value.moved.map((item) => [item.id, item]));
        const after = now.items
          .filter((item) => !drop.includes(item.id))
          .map((item) => {
            const place = places.get(item.id);
            return place ? { ...item, halfDay: place.placement[0], key: place.placement[1], start: place.start, end: place.end } : item;
          });
        const inOrder = [...after].sort((a, b) => (a.halfDay + a.key < b.halfDay + b.key ? -1 : 1)).map((item) => item.id);
        // Nothing is lost, and what was kept stands in the order it had.
        expect(inOrder).toEqual(before.filter((id) => !drop.includes(id)));
        for (const item of after) expect(halfDaysBetween(to.start, to.end)).toContain(item.halfDay);
        expect(moved.value.halfDays).toEqual(halfDaysOf(to.start, to.end, after));
        for (const halfDay of now.marked) {
          expect(moved.value.halfDays).toContain(halfDay);
          // What people sat in stays in its half-day.
          for (const item of after) {
            const was = now.items.find((one) => one.id === item.id)!;
            if (was.halfDay === halfDay) expect(item.halfDay).toBe(halfDay);
          }
        }
        for (const item of after) {
          const was = now.items.find((one) => one.id === item.id)!;
          if (item.end !== '23:59') expect(minutesOf(item.start, item.end)).toBe(minutesOf(was.start, was.end));
        }
        if (!asked.ok && asked.refusal.code === 'agenda.overflow') {
          const named = (asked.refusal.details['items'] as { id: string }[]).map((item) => item.id);
          const after = now.marked.length === 0 ? addDays(now.start, days) : addDays(to.end, 1);
          const beyond = now.items.filter((item) => item.halfDay >= after).map((item) => item.id);
          expect(named).toEqual(beyond);
        }
      },
    ),
    { seed, numRuns: 400 },
  );
});

it('leaves a half-day that took nothing in as it was', () => {
  const items = halfDaysBetween(START, addDays(START, 3)).map((halfDay, index): AgendaEntry => ({
    id: String(index),
    title: {},
    halfDay,
    key: 'a0',
    start: '10:00',
    end: '11:00',
    counts: true,
  }));
  const moved = reschedule({ start: START, end: addDays(START, 3), items, marked: [] }, { start: START, end: addDays(START, 2), drop: [] });
  expect(moved).toMatchObject({ ok: true, value: { deleted: [] } });
  // Two more hours fit into the last half-day; the others keep their times.
  expect(moved.ok && moved.value.moved.map(({ id, placement, start }) => [id, placement[0], start])).toEqual([
    ['5', '2021-07-14-PM', '14:00'],
    ['6', '2021-07-14-PM', '15:00'],
    ['7', '2021-07-14-PM', '16:00'],
  ]);
});

it('adds a day before or after what was held, and moves nothing then', () => {
  const items = ['2021-07-13-AM', '2021-07-13-PM'].map((halfDay, index): AgendaEntry => ({
    id: String(index),
    title: {},
    halfDay,
    key: 'a0',
    start: '10:00',
    end: '11:00',
    counts: true,
  }));
  const now = { start: '2021-07-13', end: '2021-07-13', items, marked: ['2021-07-13-AM'] };
  const earlier = reschedule(now, { start: START, end: '2021-07-14' });
  expect(earlier).toMatchObject({ ok: true, value: { moved: [], deleted: [] } });
  expect(earlier.ok && earlier.value.halfDays).toHaveLength(6);
  expect(reschedule(now, { start: '2021-07-14', end: '2021-07-15', drop: [] })).toMatchObject({
    ok: false,
    refusal: { code: 'agenda.marked' },
  });
});
