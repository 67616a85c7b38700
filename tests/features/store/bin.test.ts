import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { binContract } from '../../../shared/features/bin/contract.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';

/** Everything that can be removed stands in the bin, with who and when, and comes back whole. */

type Removed = ResultOf<(typeof binContract)['bin.list']>;

let folder: string;
let engine: TestEngine;
beforeEach(async () => {
  folder = quickFolder('itinera-bin-');
  engine = await openTestEngine(path.join(folder, 'data'));
  await engine.call('settings.set', { language: 'fr', name: 'Awa Diop' });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const listed = (activityId?: string): Promise<Removed> => engine.call<Removed>('bin.list', activityId === undefined ? {} : { activityId });

const NEW = { title: 'Atelier de Thiès', courseId: 'C1', languages: ['fr'], countries: ['SN'], start: '2021-07-12', end: '2021-07-15' };

async function workshop(): Promise<string> {
  return (await engine.call<{ id: string }>('activity.create', NEW)).id;
}

it('of each kind: listed with who and when, and back with what it had', async () => {
  const activityId = await workshop();
  const person = (await engine.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' })).id;
  await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks: [{ personId: person, status: 'late' }] });
  const [item] = (await engine.call<{ agenda: { id: string }[] }>('activity.get', { id: activityId })).agenda;
  writeFileSync(path.join(folder, 'a.pdf'), '%PDF-1.7 a');
  const material = (
    await engine.call<{ id: string }>('material.add', {
      path: path.join(folder, 'a.pdf'),
      title: 'Fiche',
      language: 'fr',
      kind: 'handout',
      activityId,
    })
  ).id;
  const before = {
    people: await engine.call('people.list', { activityId }),
    grid: await engine.call('attendance.summary', { activityId }),
    materials: await engine.call('material.list', { activityId }),
  };
  expect(await listed()).toEqual([]);

  for (const [type, id, remove, restore, title] of [
    ['participant', person, 'people.remove', 'people.restore', null],
    ['agendaItem', item!.id, 'activity.removeItem', 'activity.restoreItem', undefined],
    ['material', material, 'material.remove', 'material.restore', 'Fiche'],
    ['activity', activityId, 'activity.remove', 'activity.restore', 'Atelier de Thiès'],
  ] as const) {
    await engine.call(remove, { id });
    const [one, ...others] = await listed();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ type, id, by: 'Awa Diop', restorable: true, activityId: type === 'activity' ? null : activityId });
    expect(Math.abs(Date.parse(one!.at) - Date.now())).toBeLessThan(60_000);
    if (title === null) expect(one!.person).toEqual({ familyName: 'KONÉ', givenName: 'Awa' });
    else if (title !== undefined) expect(one!.title).toBe(title);
    expect((await listed(activityId)).length).toBe(type === 'activity' ? 0 : 1);
    await engine.call(restore, { id });
    expect(await listed()).toEqual([]);
  }
  expect(await engine.call('people.list', { activityId })).toEqual(before.people);
  expect(await engine.call('attendance.summary', { activityId })).toEqual(before.grid);
  expect(((await engine.call('material.list', { activityId })) as object[]).length).toBe((before.materials as object[]).length);
});

it('what went with a workshop comes back with it, and is not listed beside it; the last removed stands first', async () => {
  const activityId = await workshop();
  const person = (await engine.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa' })).id;
  await engine.call('people.remove', { id: person });
  const other = await workshop();
  await engine.call('activity.remove', { id: other });
  expect((await listed()).map(({ id }) => id)).toEqual([other, person]);
  await engine.call('activity.remove', { id: activityId });
  expect((await listed()).map(({ id }) => id)).toEqual([activityId, other]);
  await engine.call('activity.restore', { id: activityId });
  expect((await listed()).map(({ id }) => id)).toEqual([other, person]);
});

it('somebody who was erased is in no bin', async () => {
  const activityId = await workshop();
  const person = (await engine.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa' })).id;
  await engine.call('people.erase', { id: person, reason: 'asked' });
  expect(await listed()).toEqual([]);
});
