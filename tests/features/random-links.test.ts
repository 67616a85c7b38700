import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleSpace } from '../../shared/model/spaces.ts';
import { Dice } from '../support/dice.ts';
import { featureCalls } from '../support/feature-laptop.ts';
import { openLaptop, type Laptop } from '../support/laptop.ts';
import { SEED } from '../sync/seeds.ts';
import { exchange, type Side } from './random-plans.ts';

const COUNT = Number(process.env['ITINERA_LINKS'] ?? 40);
const STATUSES = ['present', 'late', 'absent', 'notTaken'] as const;
const HALF_DAYS = ['2026-03-02-AM', '2026-03-02-PM'] as const;

let laptops: readonly [Laptop, Laptop];
let sides: readonly [Side, Side];
beforeAll(() => {
  laptops = [openLaptop(), openLaptop()];
  sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as unknown as [Side, Side];
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
});

it(
  `${COUNT} histories from seed ${SEED} of two laptops that link, take apart, mark, remove and sync: digests equal, nothing lost, all counts once`,
  { timeout: 1_800_000 },
  async () => {
    for (let seed = SEED; seed < SEED + COUNT; seed++) {
      try {
        await oneHistory(new Dice(seed));
      } catch (error) {
        throw new Error(`SEED=${seed} ITINERA_LINKS=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  },
);

async function oneHistory(dice: Dice): Promise<void> {
  const [awa, bakary] = sides;
  const { id } = await awa.calls.call('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' });
  const people: string[] = [];
  for (const givenName of ['Awa', 'Awa', 'Moussa', 'Moussa', 'Fatou']) {
    people.push((await awa.calls.call('people.add', { activityId: id, givenName, familyName: 'KONÉ', country: 'SN' })).id);
  }
  exchange(sides);
  const written = new Set<string>();
  for (let round = 0; round < 3; round++) {
    for (const side of sides) {
      for (let step = dice.upTo(6); step > 0; step--) {
        await oneStep(side, id, people, dice);
        await countsOnce(side, id);
        for (const value of valuesIn(side.laptop, id)) written.add(value);
      }
    }
    exchange(sides);
    expect(awa.laptop.store.digest()[peopleSpace(id)]).toBe(bakary.laptop.store.digest()[peopleSpace(id)]);
    expect(await shownBy(awa, id)).toEqual(await shownBy(bakary, id));
    for (const side of sides) {
      await countsOnce(side, id);
      expect([...written].filter((value) => !valuesIn(side.laptop, id).includes(value))).toEqual([]);
    }
  }
  const before = ownHeads(awa.laptop, id);
  for (const { id: linkId } of awa.laptop.store.reader.all<{ id: string }>('select id from personLink where activityId = ?', id))
    await awa.calls.call('people.unlink', { linkId });
  expect(ownHeads(awa.laptop, id)).toEqual(before);
  const { marks } = await awa.calls.call('attendance.grid', { activityId: id });
  const shown = new Map(marks.map(({ personId, halfDay, heads }) => [`${personId} ${halfDay}`, heads]));
  expect(shown).toEqual(before);
  const list = await awa.calls.call('people.list', { activityId: id });
  expect(list.map(({ linked }) => linked).flat()).toEqual([]);
}

async function oneStep({ laptop, calls }: Side, id: string, people: readonly string[], dice: Dice): Promise<void> {
  const [one, other] = [dice.oneOf(people), dice.oneOf(people)];
  const heads = ownHeads(laptop, id);
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => calls.try('people.link', { ids: [one, other] }),
    () => calls.try('people.link', { ids: [one, other] }),
    () => calls.try('people.tellApart', { ids: [one, other] }),
    async () => {
      const links = laptop.store.reader.all<{ id: string }>('select id from personLink where activityId = ? order by id', id);
      if (links.length > 0) await calls.call('people.unlink', { linkId: dice.oneOf(links).id });
      expect(ownHeads(laptop, id)).toEqual(heads);
    },
    () => calls.try('people.remove', { id: one }),
    () => calls.try('people.restore', { id: one }),
    ...Array.from({ length: 6 }, () => () => mark(calls, laptop, id, one, dice)),
  ];
  await dice.oneOf(kinds)();
}

/** A tap on what is shown, as the window makes it: it shows at once, and no other record of the person is written to. */
async function mark(calls: Side['calls'], laptop: Laptop, id: string, personId: string, dice: Dice): Promise<void> {
  const [halfDay, status] = [dice.oneOf(HALF_DAYS), dice.oneOf(STATUSES)];
  const before = ownHeads(laptop, id);
  const list = await calls.call('people.list', { activityId: id });
  const standing = list.find((person) => person.id === personId || person.linked.includes(personId));
  const { marks } = await calls.call('attendance.grid', { activityId: id });
  const seen = marks.find((cell) => cell.personId === standing?.id && cell.halfDay === halfDay)?.heads ?? [];
  const marked = await calls.try('attendance.mark', { activityId: id, halfDay, marks: [{ personId, status, seen }] });
  expect(marked.ok).toBe(standing !== undefined);
  if (!marked.ok) return;
  expect(marked.value.cells).toMatchObject([{ personId, status, conflict: false }]);
  const touched = [...ownHeads(laptop, id)].filter(([cell, heads]) => JSON.stringify(before.get(cell)) !== JSON.stringify(heads));
  expect(touched.every(([cell]) => cell === `${standing!.id} ${halfDay}`)).toBe(true);
}

/** The list has each person once, found here step by step over what the records say; every figure is of that many, every cell stands once. */
async function countsOnce({ laptop, calls }: Side, id: string): Promise<void> {
  const list = await calls.call('people.list', { activityId: id });
  const links = laptop.store.reader
    .all<{ id: string; first: string; second: string }>('select id, "first", "second" from personLink where activityId = ?', id)
    .filter((link) => laptop.store.reader.heads('personLink', link.id, 'same').every(({ value }) => value === true));
  const records = list.flatMap((person) => [person.id, ...person.linked]);
  expect(new Set(records).size).toBe(records.length);
  const groups = new Set(records.map((record) => [...reached(record, links)].sort().join(' ')));
  expect(list.length).toBe(groups.size);
  for (const { id: first, linked } of list) for (const other of linked) expect(reached(first, links)).toContain(other);
  const { registered, cells, codes } = await calls.call('attendance.summary', { activityId: id });
  expect([registered, cells]).toEqual([list.length, list.length * HALF_DAYS.length]);
  const { marks } = await calls.call('attendance.grid', { activityId: id });
  const places = marks.map(({ personId, halfDay }) => `${personId} ${halfDay}`);
  expect(new Set(places).size).toBe(places.length);
  const standing = new Set(list.map((person) => person.id));
  const counted = marks.filter(({ personId, status }) => standing.has(personId) && status !== 'notTaken').length;
  expect(cells - codes.notTaken).toBe(counted);
}

function reached(id: string, links: readonly { readonly first: string; readonly second: string }[]): Set<string> {
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { first, second } of links) if (found.has(first) || found.has(second)) found.add(first).add(second);
  }
  return found;
}

/** What stands in each live mark by itself, whoever is linked. */
function ownHeads({ store }: Laptop, id: string): Map<string, string[]> {
  const marks = store.reader.all<{ id: string; personId: string; halfDay: string }>(
    'select id, personId, halfDay from mark where activityId = ? and live = 1 order by id',
    id,
  );
  return new Map(
    marks.map((row) => [`${row.personId} ${row.halfDay}`, store.reader.heads('mark', row.id, 'status').map((head) => head.id)]),
  );
}

/** Every value that was ever written to a mark or a link. */
function valuesIn({ store }: Laptop, id: string): string[] {
  const marks = store.reader.all<{ id: string }>('select id from mark where activityId = ?', id).map((row) => ['status', row.id] as const);
  const links = store.reader
    .all<{ id: string }>('select id from personLink where activityId = ?', id)
    .map((row) => ['same', row.id] as const);
  return [...marks, ...links].flatMap(([field, entity]) => store.reader.history(entity, field).map((value) => value.id));
}

async function shownBy({ calls }: Side, id: string): Promise<unknown> {
  const { marks } = await calls.call('attendance.grid', { activityId: id });
  const list = await calls.call('people.list', { activityId: id });
  return {
    people: list.map(({ id: person, linked, apart }) => ({ person, linked, apart })),
    marks: marks
      .map(({ personId, halfDay, status, conflict, heads }) => `${personId} ${halfDay} ${status} ${conflict} ${heads.join()}`)
      .sort(),
    summary: await calls.call('attendance.summary', { activityId: id }),
  };
}
