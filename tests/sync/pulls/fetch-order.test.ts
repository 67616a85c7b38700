import { expect, it } from 'vitest';
import { fetchOrder } from '../../../server/access/grants.ts';
import type { KnownWorkshop } from '../../../server/repository-store.ts';
import { dayInRoom, daysInRooms } from '../../../shared/kernel/dates.ts';
import { LIBRARY, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';

/** The workshop of which a laptop gets the spaces first is the one under way in its room, wherever that is and whatever the hour. */

const DAY = 86_400_000;
const workshops = new Map<string, KnownWorkshop>(
  [
    ['over', '2026-03-01', '2026-03-02'],
    ['now', '2026-03-05', '2026-03-05'],
    ['next', '2026-03-08', '2026-03-09'],
    ['later', '2026-03-20', '2026-03-21'],
  ].map(([id, start, end]) => [id!, { countries: [], creator: 'u', start: start!, end: end! }]),
);
const readable = [LIBRARY, ...[...workshops.keys()].flatMap((id) => [peopleSpace(id), planSpace(id)])];
const orderAt = (now: string): string[] => fetchOrder(readable, workshops, daysInRooms(Date.parse(now)));

it('is the same for the whole of the day in the room, from Kiritimati to the last hours in the far west', () => {
  const expected = ['now', 'next', 'later'].flatMap((id) => [planSpace(id), peopleSpace(id)]);
  const all = [...expected, LIBRARY, planSpace('over'), peopleSpace('over')];
  // The fifth of March begins at UTC+14 while it is ten in the morning of the fourth at UTC, and ends at UTC-12 at noon of the sixth.
  for (const now of ['2026-03-04T10:00:00Z', '2026-03-05T00:00:00Z', '2026-03-05T23:59:59Z', '2026-03-06T11:59:59Z']) {
    expect([now, orderAt(now)]).toEqual([now, all]);
  }
});

it('takes no workshop for one under way that is so nowhere', () => {
  // A second before it begins anywhere, and one after it has ended everywhere.
  expect(daysInRooms(Date.parse('2026-03-04T09:59:59Z'))).toEqual({ first: '2026-03-03', last: '2026-03-04' });
  expect(daysInRooms(Date.parse('2026-03-06T12:00:00Z'))).toEqual({ first: '2026-03-06', last: '2026-03-07' });
  expect(orderAt('2026-03-06T12:00:00Z').slice(0, 2)).toEqual([planSpace('next'), peopleSpace('next')]);
  // The second of March goes on in the far west until noon of the third at UTC.
  expect(orderAt('2026-03-03T11:59:59Z')[0]).toBe(planSpace('over'));
  expect(orderAt('2026-03-03T12:00:00Z').at(-1)).toBe(peopleSpace('over'));
});

it('holds the day that it is where this test runs, at any hour', () => {
  for (let now = Date.parse('2026-03-01T00:00:00Z'); now < Date.parse('2026-03-01T00:00:00Z') + 2 * DAY; now += 1_800_000) {
    const { first, last } = daysInRooms(now);
    expect(first <= dayInRoom(now) && dayInRoom(now) <= last).toBe(true);
  }
});
