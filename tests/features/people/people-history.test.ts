import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { historyContract } from '../../../shared/features/people/history-contract.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';

/** People over all workshops: found by what is typed, and each with where they were. */

type Found = ResultOf<(typeof historyContract)['people.find']>;
type History = ResultOf<(typeof historyContract)['people.history']>;

let folder: string;
let engine: TestEngine;
beforeEach(async () => {
  folder = quickFolder('itinera-history-');
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function workshop(title: string, day: string): Promise<string> {
  return (await engine.call<{ id: string }>('activity.create', { title, languages: ['fr'], countries: ['SN'], start: day, end: day })).id;
}

async function add(activityId: string, familyName: string, givenName: string, more: object = {}): Promise<string> {
  return (await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, ...more })).id;
}

const find = (text: string, limit = 20): Promise<Found> => engine.call<Found>('people.find', { text, limit });
const history = (id: string): Promise<History> => engine.call<History>('people.history', { id });

describe('somebody', () => {
  it('is found by the beginnings of their names without accents, in whichever order, the latest workshop first', async () => {
    const [old, later] = [await workshop('Mars', '2024-03-04'), await workshop('Juin', '2025-06-02')];
    const first = await add(old, 'N’DIAYE', 'Aïssatou', { institution: 'Tribunal de Thiès' });
    const second = await add(later, 'NDIAYE', 'Awa');
    const gone = await add(later, 'NDIAYE', 'Astou');
    await engine.call('people.remove', { id: gone });
    expect((await find('ndiaye a')).map(({ id }) => id)).toEqual(expect.arrayContaining([second]));
    expect((await find('aissatou')).map(({ id, workshop: title, start }) => [id, title, start])).toEqual([[first, 'Mars', '2024-03-04']]);
    expect((await find('awa ndi')).map(({ id }) => id)).toEqual([second]);
    expect((await find('thies')).map(({ id }) => id)).toEqual([first]);
    for (const nothing of ['', '  ', '...', 'astou']) expect(await find(nothing)).toEqual([]);
    await engine.call('activity.remove', { id: old });
    expect(await find('aissatou')).toEqual([]);
  });

  it('who was erased is found by nothing, and has no history', async () => {
    const activityId = await workshop('Mars', '2024-03-04');
    const id = await add(activityId, 'FAYE', 'Ousmane');
    await engine.call('people.erase', { id, reason: 'asked' });
    expect(await find('faye')).toEqual([]);
    expect(await engine.try('people.history', { id })).toMatchObject({ ok: false, error: { code: 'people.unknown' } });
  });

  it('no more are given than are asked for', async () => {
    const activityId = await workshop('Mars', '2024-03-04');
    for (let i = 0; i < 6; i++) await add(activityId, `DIOP${i}`, 'Moussa');
    expect(await find('moussa', 4)).toHaveLength(4);
  });
});

describe('a history', () => {
  it('counts as the report does: a half-day in which only somebody was marked who is not on the list any more was not held', async () => {
    const activityId = await workshop('Mars', '2024-03-04');
    const self = await add(activityId, 'KONÉ', 'Awa');
    const gone = await add(activityId, 'DIOP', 'Moussa');
    await engine.call('attendance.mark', { activityId, halfDay: '2024-03-04-AM', marks: [{ personId: self, status: 'late' }] });
    await engine.call('attendance.mark', { activityId, halfDay: '2024-03-04-PM', marks: [{ personId: gone, status: 'present' }] });
    const shown = async () => (await history(self)).find(({ id }) => id === self);
    expect(await shown()).toMatchObject({ held: 2, attended: 1 });
    await engine.call('people.remove', { id: gone });
    expect(await shown()).toMatchObject({ held: 1, attended: 1 });
    expect(await engine.call('attendance.summary', { activityId })).toMatchObject({ held: ['2024-03-04-AM'], full: 1 });
  });

  it('has attendance and tests of each workshop, what was joined as such, and what is perhaps theirs apart with its reason', async () => {
    const [march, june, other] = [
      await workshop('Mars', '2024-03-04'),
      await workshop('Juin', '2025-06-02'),
      await workshop('Août', '2025-08-04'),
    ];
    const email = 'awa.kone@example.org';
    const self = await add(june, 'KONÉ', 'Awa', { email, country: 'SN' });
    const double = await add(june, 'KONE', 'Awa', { country: 'SN' });
    const before = await add(march, 'KONE', 'Awa', { email, country: 'SN' });
    const turned = await add(other, 'AWA', 'Koné', { country: 'SN' });
    const homonym = await add(other, 'KONÉ', 'Awa', { email: 'other@example.org', country: 'ML', institution: 'Cour de Bamako' });
    await add(other, 'KONTÉ', 'Adama');
    await engine.call('people.link', { ids: [self, double] });
    for (const [halfDay, status] of [
      ['2024-03-04-AM', 'late'],
      ['2024-03-04-PM', 'absent'],
    ])
      await engine.call('attendance.mark', { activityId: march, halfDay, marks: [{ personId: before, status }] });
    const found = await history(self);
    const by = new Map(found.map((one) => [one.id, one]));
    expect(found.map(({ start }) => start)).toEqual(
      found
        .map(({ start }) => start)
        .toSorted()
        .reverse(),
    );
    expect(by.get(self)).toMatchObject({ is: 'itself', workshop: 'Juin', held: 0, attended: 0, tests: [] });
    expect(by.get(double)).toMatchObject({ is: 'linked' });
    expect(by.get(before)).toMatchObject({ is: 'same', why: 'names.email', workshop: 'Mars', held: 2, attended: 1 });
    expect(by.get(turned)?.is).toBe('perhaps');
    // Country and institution and address all differ: somebody else of that name.
    expect(by.has(homonym)).toBe(false);
    expect(found).toHaveLength(4);
  });

  it('a number of one list says nothing of another', async () => {
    const [march, june] = [await workshop('Mars', '2024-03-04'), await workshop('Juin', '2025-06-02')];
    const self = await add(june, 'KONÉ', 'Awa', { ref: '7' });
    await add(march, 'DIALLO', 'Binta', { ref: '7' });
    expect((await history(self)).map(({ is }) => is)).toEqual(['itself']);
  });
});
