import { expect } from 'vitest';
import { addDays, halfDaysBetween } from '../../../shared/kernel/dates.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { featureCalls, type FeatureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { seeded } from '../../support/seeded.ts';

/**
 * Random plans changed on one laptop while attendance is taken on another, by the product's own calls, in two rounds with an exchange after each. At both
 * laptops every mark is then in its cell or in the flagged list; the only marks that may be neither were let go, or went with a person or a workshop by
 * a removal that had them on that laptop (which is remembered here, beside the program). Nothing counts twice.
 */
export async function playPlans(count: number, from: number): Promise<void> {
  const laptops = [openLaptop(), openLaptop()] as const;
  try {
    const sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as [Side, Side];
    for (let seed = from; seed < from + count; seed++) {
      try {
        await onePlan(sides, seeded(seed));
      } catch (error) {
        throw new Error(`SEED=${seed} ITINERA_PLANS=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  } finally {
    for (const laptop of laptops) await laptop.end();
  }
}

export interface Side {
  readonly laptop: Laptop;
  readonly calls: FeatureCalls;
  /** Up to where in its log the other one has its work. */
  sent: number;
}

/** A removal that succeeded, and the status values that were on that laptop. */
interface Removed {
  readonly id: string;
  readonly held: ReadonlySet<string>;
}

const STATUSES = ['present', 'late', 'absent', 'notTaken'] as const;

async function onePlan(sides: readonly [Side, Side], random: () => number): Promise<void> {
  const [awa, bakary] = sides;
  const below = (limit: number): number => Math.floor(random() * limit);
  const start = addDays('2026-03-02', below(5));
  const { id } = await awa.calls.call('activity.create', { title: 'Atelier', countries: ['SN'], start, end: addDays(start, 1 + below(4)) });
  const people: string[] = [];
  for (const givenName of ['Awa', 'Moussa', 'Fatou']) {
    people.push((await awa.calls.call('people.add', { activityId: id, givenName, familyName: 'KONÉ', country: 'SN' })).id);
  }
  const first = (await awa.calls.call('activity.get', { id })).halfDays;
  for (let i = below(4); i > 0; i--) {
    await awa.calls.call('activity.addItem', { activityId: id, title: `Séance ${i}`, halfDay: first[below(first.length)]! });
  }
  exchange(sides);
  const removed: Removed[] = [];
  for (let round = 0; round < 2; round++) {
    for (const side of random() < 0.3 ? sides : [awa])
      for (let i = 1 + below(4); i > 0; i--) await changePlan(side, id, people, removed, below);
    for (const side of random() < 0.3 ? sides : [bakary]) for (let i = 1 + below(6); i > 0; i--) await takeMark(side, id, people, below);
    exchange(sides);
    for (const side of sides) await nothingVanished(side, id, removed);
    expect(await shownBy(awa, id)).toEqual(await shownBy(bakary, id));
  }
}

/** One change of the plan; a call that is refused (the marks that this laptop knows are guarded) changes nothing. */
async function changePlan(
  { laptop, calls }: Side,
  id: string,
  people: readonly string[],
  removed: Removed[],
  below: (limit: number) => number,
): Promise<void> {
  const found = await calls.try('activity.get', { id });
  const held = new Set(statusValues(laptop, id).flatMap(({ heads }) => heads));
  if (!found.ok) return void (await calls.try('activity.restore', { id }));
  const { start, end, agenda } = found.value;
  const item = agenda[below(agenda.length || 1)]?.id;
  const person = people[below(people.length)]!;
  const days = halfDaysBetween(start, end);
  const kinds: readonly (() => Promise<unknown>)[] = [
    async () => {
      const to = addDays(start, below(15) - 7);
      const dates = { id, start: to, end: addDays(to, below(5)) };
      const moved = await calls.try('activity.reschedule', dates);
      if (!moved.ok && moved.refusal.code === 'agenda.overflow') {
        const { items } = moved.refusal.details as { items: { id: string }[] };
        await calls.try('activity.reschedule', { ...dates, drop: items.map((one) => one.id) });
      }
    },
    async () => item && calls.try('activity.updateItem', { id: item, counts: below(2) === 0 }),
    async () => item && days.length > 0 && calls.try('activity.updateItem', { id: item, halfDay: days[below(days.length)]! }),
    async () => item && calls.try('activity.removeItem', { id: item }),
    async () =>
      days.length > 0 &&
      calls.try('activity.addItem', { activityId: id, title: 'Visite', halfDay: days[below(days.length)]!, counts: false }),
    async () => (await calls.try('people.remove', { id: person })).ok && removed.push({ id: person, held }),
    async () => calls.try('people.restore', { id: person }),
    async () => (await calls.try('activity.remove', { id })).ok && removed.push({ id, held }),
    async () => {
      const orphans = await calls.call('attendance.orphans', { activityId: id });
      const marks = orphans.flatMap(({ personId, halfDay, movedTo, heads }) =>
        movedTo === null ? [] : [{ personId, halfDay, seen: heads, to: { personId, halfDay: movedTo } }],
      );
      if (marks.length > 0) await calls.try('attendance.move', { activityId: id, marks, taken: 'keep' });
    },
    async () => {
      const [one] = await calls.call('attendance.orphans', { activityId: id });
      if (one) await calls.try('activity.bringHalfDayBack', { id, halfDay: one.halfDay });
    },
  ];
  await kinds[below(kinds.length)]!();
}

async function takeMark({ calls }: Side, id: string, people: readonly string[], below: (limit: number) => number): Promise<void> {
  const grid = await calls.try('attendance.grid', { activityId: id });
  if (!grid.ok || grid.value.halfDays.length === 0) return;
  const { halfDays } = grid.value;
  await calls.try('attendance.mark', {
    activityId: id,
    halfDay: halfDays[below(halfDays.length)]!,
    marks: [{ personId: people[below(people.length)]!, status: STATUSES[below(STATUSES.length)]! }],
  });
}

/** What one wrote since the last time, given to the other. */
export function exchange(sides: readonly [Side, Side]): void {
  const fresh = sides.map((side) => {
    const rows = side.laptop.store.reader.all<{ feed: number; body: Uint8Array; replica: string }>(
      'select feed, body, replica from change_set where feed > ? order by feed',
      side.sent,
    );
    return rows.filter(({ replica }) => replica === side.laptop.store.replica).map(({ body }) => decoded(body));
  });
  sides.forEach((side, index) => {
    const { missing } = side.laptop.store.ingest(fresh[1 - index]!);
    expect(missing).toEqual([]);
  });
  for (const side of sides) side.sent = side.laptop.store.reader.get<{ n: number }>('select max(feed) as n from change_set')!.n;
}

function decoded(body: Uint8Array) {
  const changeSet = decodeChangeSet(body, nodeHasher);
  if (!changeSet.ok) throw new Error(changeSet.refusal.code);
  return changeSet.value;
}

interface StatusValues {
  readonly id: string;
  readonly personId: string;
  readonly halfDay: string;
  readonly live: number;
  readonly heads: readonly string[];
}

/** Every mark of a workshop that says something, from the registers and not from what a screen is given. */
function statusValues({ store }: Laptop, id: string): StatusValues[] {
  const rows = store.reader.all<{ id: string; personId: string; halfDay: string; live: number }>(
    'select id, personId, halfDay, live from mark where activityId = ? and space = ? order by id',
    id,
    peopleSpace(id),
  );
  return rows
    .map((row) => ({
      ...row,
      heads: store.reader
        .heads('mark', row.id, 'status')
        .filter(({ value }) => value !== 'notTaken')
        .map((head) => head.id),
    }))
    .filter(({ heads }) => heads.length > 0);
}

async function nothingVanished({ laptop, calls }: Side, id: string, removed: readonly Removed[]): Promise<void> {
  const grid = await calls.try('attendance.grid', { activityId: id });
  const orphans = grid.ok ? await calls.call('attendance.orphans', { activityId: id }) : [];
  const cells = new Set(grid.ok ? grid.value.marks.map(({ personId, halfDay }) => `${personId} ${halfDay}`) : []);
  const rows = new Set(grid.ok ? (await calls.call('people.list', { activityId: id })).map((person) => person.id) : []);
  const listed = new Set(orphans.map(({ personId, halfDay }) => `${personId} ${halfDay}`));
  for (const { personId, halfDay, live, heads } of statusValues(laptop, id)) {
    const cell = `${personId} ${halfDay}`;
    if ((cells.has(cell) && rows.has(personId)) || listed.has(cell)) continue;
    const wentWith = removed.filter((one) => one.id === id || one.id === personId);
    const wasSeen = heads.every((head) => wentWith.some(({ held }) => held.has(head)));
    expect(live === 0 || wasSeen, `${cell} is nowhere`).toBe(true);
  }
  if (!grid.ok) return;
  const { codes, outside, cells: places } = await calls.call('attendance.summary', { activityId: id });
  const inCells = grid.value.marks.filter(({ personId, status }) => rows.has(personId) && status !== 'notTaken').length;
  expect(places - codes.notTaken).toBe(inCells);
  const withoutCell = [...listed].filter((cell) => !(cells.has(cell) && rows.has(cell.split(' ')[0]!)));
  expect(outside).toBe(withoutCell.length);
}

/** What a laptop shows of a workshop, but for the order of writing. */
async function shownBy({ calls }: Side, id: string): Promise<unknown> {
  const orphans = await calls.try('attendance.orphans', { activityId: id });
  if (!orphans.ok) return null;
  const { marks } = await calls.call('attendance.grid', { activityId: id });
  return {
    listed: orphans.value.map(({ personId, halfDay, status, reason, movedTo }) => ({ personId, halfDay, status, reason, movedTo })),
    marks: marks
      .map(({ personId, halfDay, status, conflict }) => `${personId} ${halfDay} ${status} ${conflict}`)
      .sort((a, b) => (a < b ? -1 : 1)),
  };
}
