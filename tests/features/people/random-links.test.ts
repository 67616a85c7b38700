import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PERSON_FIELDS } from '../../../shared/features/people/rules.ts';
import { answersSpace, peopleSpace } from '../../../shared/model/spaces.ts';
import { ingestLibrary, LIBRARY_PACK } from '../../../shared/node/store/library.ts';
import { Dice } from '../../support/dice.ts';
import { featureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { SEED } from '../../sync/seeds.ts';
import { exchange, type Side } from '../activity/random-plans.ts';

const COUNT = Number(process.env['ITINERA_LINKS'] ?? 6);
const STATUSES = ['present', 'late', 'absent', 'notTaken'] as const;
const TEST = 'intro-prepost-v1';
const WAVES = ['pre', 'post'] as const;
const HALF_DAYS = ['2026-03-02-AM', '2026-03-02-PM'] as const;

/** So many histories share two laptops: their digests are of everything that lies on them. */
const TOGETHER = 25;

let laptops: readonly Laptop[] = [];
let sides: readonly [Side, Side];
afterAll(endLaptops);

async function startLaptops(): Promise<void> {
  await endLaptops();
  laptops = [openLaptop(), openLaptop()];
  for (const { store } of laptops) {
    store.trustRulings([store.replica]);
    const library = ingestLibrary(store, path.join(import.meta.dirname, '../../../resources', LIBRARY_PACK));
    if (!library.ok) throw new Error(library.refusal.code);
  }
  sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as unknown as [Side, Side];
}

async function endLaptops(): Promise<void> {
  for (const laptop of laptops) await laptop.end();
  laptops = [];
}

it(
  `${COUNT} histories from seed ${SEED} of two laptops that link, take apart, mark, test, choose, remove, sync and erase: digests equal, nothing lost, all counts once`,
  { timeout: 1_800_000 },
  async () => {
    for (let seed = SEED; seed < SEED + COUNT; seed++) {
      try {
        if ((seed - SEED) % TOGETHER === 0) await startLaptops();
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
    for (const space of [peopleSpace(id), answersSpace(id)])
      expect(awa.laptop.store.digest()[space]).toBe(bakary.laptop.store.digest()[space]);
    expect(await shownBy(awa, id)).toEqual(await shownBy(bakary, id));
    for (const side of sides) {
      await countsOnce(side, id);
      expect([...written].filter((value) => !valuesIn(side.laptop, id).includes(value))).toEqual([]);
    }
  }
  await erasesWhole(dice, id);
  const before = ownHeads(awa.laptop, id);
  const records = recordRows(awa.laptop, id);
  const tests = await sheetsByRecord(awa, id);
  for (const { id: linkId } of awa.laptop.store.reader.all<{ id: string }>('select id from personLink where activityId = ?', id))
    await awa.calls.call('people.unlink', { linkId });
  expect(ownHeads(awa.laptop, id)).toEqual(before);
  const { marks } = await awa.calls.call('attendance.grid', { activityId: id });
  const shown = new Map(marks.map(({ personId, halfDay, heads }) => [`${personId} ${halfDay}`, heads]));
  expect(shown).toEqual(before);
  const list = await awa.calls.call('people.list', { activityId: id });
  expect(list.map(({ linked }) => linked).flat()).toEqual([]);
  for (const person of list.filter(({ erased }) => !erased))
    expect(Object.fromEntries(PERSON_FIELDS.map((field) => [field, person[field] ?? '']))).toEqual(records.get(person.id));
  expect(await sheetsByRecord(awa, id)).toEqual(tests);
}

/** Erases somebody: every record of theirs goes, nobody else's does, and every figure stays of as many. */
async function erasesWhole(dice: Dice, id: string): Promise<void> {
  const before = await sides[0].calls.call('people.list', { activityId: id });
  // Whoever was removed is in sight for what was written since, and leaves the list when that is erased.
  const live = new Set(
    sides[0].laptop.store.reader
      .all<{ id: string }>('select id from participant where activityId = ? and live = 1', id)
      .map((row) => row.id),
  );
  const staying = before.filter(({ id: first, linked }) => [first, ...linked].every((record) => live.has(record)));
  if (staying.length === 0) return;
  const person = dice.oneOf(staying);
  for (const side of sides) {
    const { records } = await side.calls.call('people.erase', { id: person.id, reason: 'asked' });
    expect(records).toBeGreaterThanOrEqual(person.linked.length + 1);
    const after = await side.calls.call('people.list', { activityId: id });
    expect(after.map((one) => [one.id, one.erased])).toEqual(before.map((one) => [one.id, one.id === person.id]));
    for (const record of [person.id, ...person.linked])
      expect(Object.values(recordRows(side.laptop, id).get(record) ?? {}).join('')).toBe('');
    await countsOnce(side, id);
  }
}

/** What each record says by itself, whoever is linked. */
function recordRows({ store }: Laptop, id: string): Map<string, Record<string, string>> {
  const rows = store.reader.all<Record<string, string | null> & { id: string }>('select * from participant where activityId = ?', id);
  // As the calls give it: a sex that nobody recorded is *not stated*.
  const said = (row: Record<string, string | null>, field: string): string =>
    row[field] ?? (field === 'sex' && !isErased(store, row['id']!) ? 'notStated' : '');
  return new Map(rows.map((row) => [row.id, Object.fromEntries(PERSON_FIELDS.map((field) => [field, said(row, field)]))]));
}

function isErased(store: Laptop['store'], record: string): boolean {
  return store.reader.get('select 1 from erasure where entity = ?', record) !== undefined;
}

/** The tests that are in, by the record that each was made for. */
async function sheetsByRecord({ laptop }: Side, id: string): Promise<unknown> {
  return laptop.store.reader.all(
    'select id, personId, wave, answers, corrects from sheet where activityId = ? and live = 1 order by id',
    id,
  );
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
    () => change(calls, one, dice),
    () => chooseField(calls, id, one, heads, laptop, dice),
    () => enterTest(calls, laptop, id, one, dice),
    () => enterTest(calls, laptop, id, one, dice),
    () => chooseTest(calls, laptop, id, dice),
    () => calls.try('people.remove', { id: one }),
    () => calls.try('people.restore', { id: one }),
    ...Array.from({ length: 6 }, () => () => mark(calls, laptop, id, one, dice)),
  ];
  await dice.oneOf(kinds)();
}

/** A field typed in a form that is open: it holds at once, whatever the other records say. */
async function change(calls: Side['calls'], one: string, dice: Dice): Promise<void> {
  const opened = await calls.try('people.open', { id: one });
  if (!opened.ok) return;
  const { seen } = opened.value;
  const [field, value] = dice.oneOf([
    ['institution', 'Parquet'],
    ['institution', 'Tribunal'],
    ['institution', ''],
    ['email', 'awa@example.org'],
    ['ref', '7'],
  ] as const);
  await calls.call('people.update', { id: one, [field]: value, seen: { [field]: seen[field] ?? [] } });
  const after = await calls.call('people.open', { id: one });
  expect(after.participant[field]).toBe(value);
  expect(after.differ.map((differ) => differ.field)).not.toContain(field);
}

/** One of two values that differ: it holds, and no record is written to. */
async function chooseField(
  calls: Side['calls'],
  id: string,
  one: string,
  heads: ReadonlyMap<string, string[]>,
  laptop: Laptop,
  dice: Dice,
): Promise<void> {
  const opened = await calls.try('people.open', { id: one });
  if (!opened.ok || opened.value.differ.length === 0) return;
  const rows = recordRows(laptop, id);
  const { field, values } = dice.oneOf(opened.value.differ);
  const { record, value } = dice.oneOf(values);
  const seen = values.flatMap(({ ids }) => ids);
  await calls.call('people.choose', { id: one, field: field as 'institution', record, seen });
  const after = await calls.call('people.open', { id: one });
  expect(after.participant[field as 'institution']).toBe(value);
  expect(after.differ.map((differ) => differ.field)).not.toContain(field);
  expect(recordRows(laptop, id)).toEqual(rows);
  expect(ownHeads(laptop, id)).toEqual(heads);
}

/** A test is entered over whatever is in: it is the one that counts, and the sheets of other records stay. */
async function enterTest(calls: Side['calls'], laptop: Laptop, id: string, personId: string, dice: Dice): Promise<void> {
  const [wave, answers] = [dice.oneOf(WAVES), { Q1: dice.oneOf(['a', 'b', 'c', 'd']) }];
  const before = laptop.store.reader.all<{ id: string }>('select id from sheet where activityId = ? and live = 1', id);
  const entered = await calls.try('evaluation.enter', { activityId: id, formId: TEST, personId, wave, answers, correct: true });
  const list = await calls.call('people.list', { activityId: id });
  const standing = list.find((person) => person.id === personId || person.linked.includes(personId));
  expect(entered.ok).toBe(standing !== undefined);
  if (!entered.ok) return;
  const { sheets } = await calls.call('evaluation.sheets', { activityId: id, formId: TEST });
  expect(sheets.filter((sheet) => sheet.personId === standing!.id && sheet.wave === wave)).toMatchObject([
    { id: entered.value.id, answers },
  ]);
  const after = new Set(
    laptop.store.reader.all<{ id: string }>('select id from sheet where activityId = ? and live = 1', id).map((sheet) => sheet.id),
  );
  expect(before.filter((sheet) => !after.has(sheet.id))).toEqual([]);
}

/** One of two sheets of a test: it counts alone, and none is written to. */
async function chooseTest(calls: Side['calls'], laptop: Laptop, id: string, dice: Dice): Promise<void> {
  const { sheets } = await calls.call('evaluation.sheets', { activityId: id, formId: TEST });
  const apart = sheets.filter((sheet) => sheet.apart.length > 0);
  if (apart.length === 0) return;
  const { id: shown, personId, wave, apart: others } = dice.oneOf(apart);
  const all = [shown, ...others.map((other) => other.id)];
  const chosen = dice.oneOf(all);
  await calls.call('evaluation.choose', { id: chosen, over: all.filter((one) => one !== chosen) });
  const after = await calls.call('evaluation.sheets', { activityId: id, formId: TEST });
  expect(after.sheets.filter((sheet) => sheet.personId === personId && sheet.wave === wave)).toMatchObject([{ id: chosen, apart: [] }]);
  expect(after.count).toBe(sheets.length);
  expect(laptop.store.reader.get('select 1 from sheet where id = ? and live = 0', chosen)).toBeUndefined();
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
  const report = await calls.call('report.activity', { activityId: id, language: 'fr' });
  expect(report.people).toBe(list.length);
  for (const figure of [report.bySex, report.byProfession, report.byCountry])
    expect(figure.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
  const { sheets, count } = await calls.call('evaluation.sheets', { activityId: id, formId: TEST });
  const taken = sheets.map(({ personId, wave }) => `${wave} ${personId}`);
  expect([new Set(taken).size, count]).toEqual([taken.length, taken.length]);
  expect(sheets.filter(({ personId }) => !standing.has(personId))).toEqual([]);
  const results = await calls.call('evaluation.results', { activityId: id, formId: TEST });
  const wavesOf = (wave: string): number => sheets.filter((sheet) => sheet.wave === wave).length;
  expect(results).toMatchObject({ nPre: wavesOf('pre'), nPost: wavesOf('post') });
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

/** Every value that was ever written to a mark, a link or a sheet. */
function valuesIn({ store }: Laptop, id: string): string[] {
  const marks = store.reader.all<{ id: string }>('select id from mark where activityId = ?', id).map((row) => ['status', row.id] as const);
  const links = store.reader
    .all<{ id: string }>('select id from personLink where activityId = ?', id)
    .flatMap((row) => [['same', row.id] as const, ['settles', row.id] as const]);
  const sheets = store.reader
    .all<{ id: string }>('select id from sheet where activityId = ?', id)
    .map((row) => ['answers', row.id] as const);
  return [...marks, ...links, ...sheets].flatMap(([field, entity]) => store.reader.history(entity, field).map((value) => value.id));
}

async function shownBy({ calls }: Side, id: string): Promise<unknown> {
  const { marks } = await calls.call('attendance.grid', { activityId: id });
  const list = await calls.call('people.list', { activityId: id });
  return {
    people: list,
    sheets: await calls.call('evaluation.sheets', { activityId: id, formId: TEST }),
    results: await calls.call('evaluation.results', { activityId: id, formId: TEST }),
    report: await calls.call('report.activity', { activityId: id, language: 'fr' }),
    marks: marks
      .map(({ personId, halfDay, status, conflict, heads }) => `${personId} ${halfDay} ${status} ${conflict} ${heads.join()}`)
      .sort(),
    summary: await calls.call('attendance.summary', { activityId: id }),
  };
}
