import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { reportContract } from '../../../shared/features/report/contract.ts';
import { Dice } from '../../support/dice.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

type Period = ResultOf<(typeof reportContract)['report.period']>;
type Double = ResultOf<(typeof reportContract)['report.doubles']>[number];

/** Two names of one country each, as lists of several workshops have them. */
const COUNTRIES = [
  ...[['Albania'], ['Morocco'], ['Tonga'], ['Senegal'], ['Sri Lanka'], ['Mauritius'], ['Chile'], ['Ghana']],
  ...[
    ['Cape Verde', 'Cabo Verde'],
    ['Kosovo*', 'Kosovo'],
    ['Moldova', 'Republic of Moldova'],
    ['United States', 'United States of America'],
  ],
];
const SYLLABLES = ['BA', 'DO', 'KI', 'LU', 'MA', 'NE', 'PO', 'RU', 'SI', 'TA'];
const DATES = ['2021-02-25', '2021-03-25', '2021-04-22', '2021-05-20', '2021-06-17', '2021-07-08'];

interface Professional {
  readonly name: string;
  readonly country: readonly string[];
  readonly sex: 'F' | 'M';
}

/** A series of six online workshops, each with a list of names, countries as somebody typed them, sex and role; some people come again. */
function series(dice: Dice) {
  const people: Professional[] = [];
  const lists = DATES.map((_, workshop) => {
    const again = people.filter(() => workshop > 0 && dice.chance(0.15));
    const first = Array.from({ length: 20 + dice.upTo(15) }, (): Professional => {
      const digits = String(people.length).padStart(3, '0');
      const name = `${[...digits].map((digit) => SYLLABLES[Number(digit)]).join('')}NGA`;
      const one = { name, country: dice.oneOf(COUNTRIES), sex: dice.chance(0.45) ? ('F' as const) : ('M' as const) };
      people.push(one);
      return one;
    });
    return [...again, ...first];
  });
  const label = ({ country }: Professional): string => dice.oneOf(country);
  const rows = lists.map((list) => list.map((one) => [one.name, 'Awa', label(one), one.sex, dice.oneOf(['judge', 'prosecutor', 'other'])]));
  return { people, lists, rows };
}

let folder: string;
let engine: TestEngine;
const made = series(new Dice(2_021));

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-series-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  for (const [at, rows] of made.rows.entries()) {
    const file = path.join(folder, `${at}.csv`);
    writeFileSync(file, [['Family name', 'Given name', 'Country', 'Sex', 'Role'], ...rows].map((row) => row.join(',')).join('\n'));
    const { id } = await engine.call<{ id: string }>('activity.create', {
      ...{ title: `Peer exchange (${at + 1}/6)`, projects: ['GLACY+'], mode: 'online', start: DATES[at], end: DATES[at] },
    });
    const { applied, rejected } = await engine.call<{ applied: boolean; rejected: unknown[] }>('people.import', {
      ...{ activityId: id, path: file, apply: true },
    });
    expect([applied, rejected]).toEqual([true, []]);
  }
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const YEAR = { from: '2021-01-01', to: '2021-12-31' };
const report = (more: object = {}) => engine.call<Period>('report.period', { ...YEAR, language: 'en', ...more });

it('a series of six lists is told as its people, attendances and countries, whatever names these have', async () => {
  const labels = new Set(made.rows.flat().map((row) => row[2]));
  const names = made.lists.flat();
  const again = made.people.filter((one) => names.filter((other) => other === one).length > 1).length;
  expect(labels.size).toBeGreaterThan(COUNTRIES.length);
  const count = (sex: string) => made.people.filter((one) => one.sex === sex).length;
  const figures = await report();
  expect(figures).toMatchObject({
    ...{ activities: 6, workshops: 6, people: made.people.length, attendances: names.length, again, countries: COUNTRIES.length },
    ...{ doubles: names.length - made.people.length, peopleAtMost: names.length, sexWithheld: 0 },
    series: [{ title: 'Peer exchange', of: 6, parts: [1, 2, 3, 4, 5, 6] }],
    bySex: [
      { key: 'female', count: count('F') },
      { key: 'male', count: count('M') },
    ],
  });
  expect(figures.byCountry.reduce((sum, { people }) => sum + people!, 0)).toBe(made.people.length);
  expect(figures.byRegion.reduce((sum, { attendances }) => sum + attendances!, 0)).toBe(names.length);
});

it('who may be one person is asked, and what is said of records of two workshops is counted and makes no list shorter', async () => {
  const before = await report();
  const doubles = await engine.call<Double[]>('report.doubles', YEAR);
  expect(doubles.length).toBe(before.doubles);
  expect(doubles[0]).toMatchObject({ why: 'names.country', workshops: [expect.any(String), expect.any(String)] });
  const [one, other] = doubles;
  const linked = await engine.call<{ linkId: string }>('people.link', { ids: one!.ids });
  await engine.call('people.tellApart', { ids: other!.ids });
  const after = await report();
  expect(after).toMatchObject({ people: before.people + 1, doubles: before.doubles - 2, peopleAtMost: before.peopleAtMost - 1 });
  expect(after.attendances).toBe(before.attendances);
  expect((await engine.call<Double[]>('report.doubles', YEAR)).length).toBe(before.doubles - 2);
  const history = await engine.call<{ id: string; is: string }[]>('people.history', { id: one!.ids[0] });
  expect(history.find(({ id }) => id === one!.ids[1])).toMatchObject({ is: 'linked' });
  const others = await engine.call<{ id: string }[]>('people.history', { id: other!.ids[0] });
  expect(others.some(({ id }) => id === other!.ids[1])).toBe(false);
  const activities = await engine.call<{ people: number }[]>('activity.list', {});
  expect(activities.map(({ people }) => people)).toEqual(made.lists.map(({ length }) => length));
  await engine.call('people.unlink', linked);
  expect(await report()).toMatchObject({ people: before.people + 1, doubles: before.doubles - 1 });
});

it('a period may begin after a meeting, which has a date and lies before its end', async () => {
  const activities = await engine.call<{ id: string; title: string; start: string }[]>('activity.list', {});
  const third = activities.find(({ start }) => start === DATES[2])!;
  const since = await report({ from: undefined, since: third.id });
  expect(since).toMatchObject({ from: '2021-04-23', activities: 3, since: { id: third.id, title: 'Peer exchange (3/6)' } });
  expect(JSON.stringify(since.document)).toContain('since “Peer exchange (3/6)”');
  await expect(report({ from: undefined, since: third.id, to: '2021-04-01' })).rejects.toThrow('report.sinceLater');
  await engine.call('calendar.import', { text: 'JULY 2021\nGLACY+\tSteering committee, date to be confirmed, Online\n', apply: true });
  const undated = (await engine.call<{ id: string; start: string }[]>('activity.list', {})).find(({ start }) => start === '')!;
  await expect(report({ from: undefined, since: undated.id })).rejects.toThrow('report.sinceUndated');
  await expect(report({ since: third.id })).rejects.toThrow();
});

it('parts stand under their whole, and nothing is a part of itself', async () => {
  const activities = await engine.call<{ id: string; start: string }[]>('activity.list', { from: YEAR.from, to: YEAR.to });
  const [whole, part, third] = DATES.map((date) => activities.find(({ start }) => start === date)!.id);
  await engine.call('activity.update', { id: part, partOf: whole });
  await engine.call('activity.update', { id: third, partOf: part });
  await expect(engine.call('activity.update', { id: whole, partOf: third })).rejects.toThrow('activity.partOfItself');
  await expect(engine.call('activity.update', { id: whole, partOf: whole })).rejects.toThrow('activity.partOfItself');
  const { parts, nested } = await report();
  expect(parts).toBe(2);
  expect(nested.map(({ id, parts: count }) => [id, count])).toEqual([
    [whole, 1],
    [part, 1],
  ]);
  await engine.call('activity.update', { id: third, partOf: null });
  expect((await report()).parts).toBe(1);
});
