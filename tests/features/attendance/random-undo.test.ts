import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { desktopContract } from '../../../shared/contract/desktop.ts';
import { Dice } from '../../support/dice.ts';
import { featureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { SEED } from '../../sync/seeds.ts';
import { exchange, type Side } from '../activity/random-plans.ts';

type Person = ResultOf<(typeof desktopContract)['people.list']>[number];
type Field = (typeof FIELDS)[number];
type Row = readonly [family: string, given: string, country: string, institution: string, email: string];

const COUNT = Number(process.env['ITINERA_UNDOS'] ?? 30);
const FIELDS = ['country', 'institution', 'email'] as const;
const NAMES = ['DIOP Awa', 'TRAORE Moussa', 'KONE Fatou', 'FALL Ibra', 'SOW Ada', 'KEITA Bakary', 'MENDY Astou', 'SARR Coumba'];
const COUNTRIES = ['', 'SN', 'ML', 'CI'];
const INSTITUTIONS = ['', 'Parquet de Dakar', 'Cour suprême', 'Greffe de Thiès'];

let laptops: readonly [Laptop, Laptop];
let sides: readonly [Side, Side];
beforeAll(() => {
  laptops = [openLaptop(), openLaptop()];
  sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as unknown as [Side, Side];
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
});

it(`${COUNT} imports from seed ${SEED} are undone: all is as before, but for what somebody wrote since`, { timeout: 600_000 }, async () => {
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    try {
      await oneUndo(new Dice(seed));
    } catch (error) {
      throw new Error(`SEED=${seed} ITINERA_UNDOS=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
});

async function oneUndo(dice: Dice): Promise<void> {
  const [here] = sides;
  const { id: activityId } = await here.calls.call('activity.create', {
    ...{ title: 'Atelier', languages: ['fr'], start: '2026-03-02', end: '2026-03-02' },
  });
  await importing(activityId, rowsOf(dice));
  for (const { id } of await listOf(here, activityId)) if (dice.chance(0.15)) await here.calls.call('people.remove', { id });
  exchange(sides);
  const before = new Map((await listOf(here, activityId)).map((person) => [person.id, person]));
  const { importId, rows } = await importing(activityId, rowsOf(dice));
  if (dice.chance(0.5)) exchange(sides);
  const after = new Map((await listOf(here, activityId)).map((person) => [person.id, person]));
  const touched = new Set<string>();
  const edited = new Map<string, Partial<Record<Field, string>>>();
  const removed = new Set<string>();
  for (const id of after.keys()) {
    // Where the other laptop has not heard of the import, it knows only those of before.
    const side = dice.oneOf(sides.filter((one) => one.laptop.store.reader.get('select 1 from participant where id = ? and live = 1', id)));
    if (!dice.chance(0.4)) continue;
    const heard = side === here || (await listOf(side, activityId)).find((person) => person.id === id)?.email === after.get(id)!.email;
    if (!heard) continue;
    const what = dice.upTo(3);
    if (what === 0)
      await side.calls.call('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks: [{ personId: id, status: 'late' }] });
    else if (what === 1) {
      await side.calls.call('people.update', { id, email: `changed.${id.slice(0, 8)}@example.org` });
      edited.set(id, { email: `changed.${id.slice(0, 8)}@example.org` });
    } else {
      exchange(sides);
      await here.calls.call('people.remove', { id });
      removed.add(id);
    }
    if (what < 2) touched.add(id);
  }
  exchange(sides);
  const now = new Map((await listOf(here, activityId)).map((person) => [person.id, person]));
  if (importId === null) {
    expect(rows.every(({ does }) => does !== 'new' && does !== 'change')).toBe(true);
    return;
  }
  const { left } = await here.calls.call('intake.undo', { importId });
  const wanted = [...after.keys()].flatMap((id): Person[] => {
    if (removed.has(id)) return [];
    const old = before.get(id);
    // Who came with the import stays as they are now where somebody wrote about them, else they go.
    if (!old) return touched.has(id) ? [now.get(id)!] : [];
    return [{ ...old, ...edited.get(id) }];
  });
  const told = async (side: Side) => new Map((await listOf(side, activityId)).map((person) => [person.id, compared(person)]));
  expect(await told(here)).toEqual(new Map(wanted.map((person) => [person.id, compared(person)])));
  exchange(sides);
  expect(await told(sides[1])).toEqual(await told(here));
  for (const { id, name } of left)
    expect([touched.has(id) || removed.has(id), name]).toEqual([true, `${after.get(id)!.familyName} ${after.get(id)!.givenName}`]);
}

/** What a person is, without what follows from others. */
function compared({ familyName, givenName, country, institution, email }: Person): string {
  return [familyName, givenName, country ?? '', institution, email].join('|');
}

function listOf({ calls }: Side, activityId: string): Promise<Person[]> {
  return calls.call('people.list', { activityId });
}

function rowsOf(dice: Dice): Row[] {
  return NAMES.filter(() => dice.chance(0.6)).map((name, at) => {
    const [family, given] = name.split(' ') as [string, string];
    return [
      family,
      given,
      dice.oneOf(COUNTRIES),
      dice.oneOf(INSTITUTIONS),
      dice.chance(0.5) ? `${family}.${at}@example.org`.toLowerCase() : '',
    ];
  });
}

async function importing(activityId: string, rows: readonly Row[]) {
  const [{ laptop, calls }] = sides;
  const file = path.join(laptop.folder, 'liste.csv');
  const list = rows.length === 0 ? [['NDIAYE', 'Seynabou', '', '', '']] : rows;
  writeFileSync(file, [['Nom', 'Prénom', 'Pays', 'Institution', 'Courriel'], ...list].map((cells) => cells.join(';')).join('\n'));
  return calls.call('people.import', { activityId, path: file, apply: true, skipRejected: true });
}
