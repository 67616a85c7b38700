import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

type Activity = typeof activityContract;

const root = quickFolder('itinera-archive-');
const TODAY = dayInRoom(Date.now());
let server: TestRepository;
let awa: TestEngine;
let bento: TestEngine;
let activityId: string;

beforeAll(async () => {
  server = await startRepository();
  [awa, bento] = [await openTestEngine(path.join(root, 'awa')), await openTestEngine(path.join(root, 'bento'))];
  for (const engine of [awa, bento])
    await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa Diop' });
  const workshop = { title: 'Atelier', start: TODAY, end: TODAY, countries: ['SN'] };
  ({ id: activityId } = await awa.call<{ id: string }>('activity.create', workshop));
  const { id: personId } = await awa.call<{ id: string }>('people.add', {
    activityId,
    familyName: 'KONÉ',
    givenName: 'Awa',
    country: 'SN',
  });
  await awa.call('attendance.mark', { activityId, halfDay: `${TODAY}-AM`, marks: [{ personId, status: 'present' }] });
  await sync();
});
afterAll(async () => {
  for (const engine of [awa, bento]) await engine.close();
  await server.stop();
});

async function sync(): Promise<void> {
  for (const engine of [awa, bento, awa]) await engine.call('sync.run');
}
const get = (engine: TestEngine) => engine.call<ResultOf<Activity['activity.get']>>('activity.get', { id: activityId });
const today = async (engine: TestEngine) => {
  const { current, underWay, toComplete } = await engine.call<ResultOf<Activity['activity.today']>>('activity.today', { day: TODAY });
  return [current?.id ?? null, underWay.length, toComplete];
};
const archive = async (engine: TestEngine, archived: boolean) =>
  engine.call('activity.archive', { id: activityId, archived, seen: (await get(engine)).seen });

describe('a workshop that was put away', () => {
  it('is not on Today, on any laptop, and nothing of it is gone', async () => {
    expect(await today(awa)).toEqual([activityId, 1, 1]);
    await archive(awa, true);
    await sync();
    for (const engine of [awa, bento]) {
      expect(await today(engine)).toEqual([null, 0, 0]);
      expect(await get(engine)).toMatchObject({ archived: true, people: 1 });
      expect(await engine.call('activity.list', { text: 'atelier' })).toMatchObject([{ id: activityId, archived: true }]);
      expect(await engine.call('attendance.summary', { activityId })).toMatchObject({ codes: { present: 1 } });
      expect(await engine.call('people.find', { text: 'koné', limit: 5 })).toHaveLength(1);
    }
  });

  it('is written to as before, and comes back in one step', async () => {
    await bento.call('people.add', { activityId, familyName: 'DIOP', givenName: 'Moussa' });
    expect(await get(bento)).toMatchObject({ archived: true, people: 2 });
    await archive(bento, false);
    await sync();
    for (const engine of [awa, bento]) expect(await today(engine)).toEqual([activityId, 1, 2]);
  });

  it('is no conflict where two laptops say it differently: the later says it, and both show one thing', async () => {
    await archive(awa, true);
    await archive(bento, true);
    await archive(bento, false);
    await sync();
    expect(await awa.call('sync.conflicts')).toEqual([]);
    expect((await get(awa)).archived).toBe((await get(bento)).archived);
    expect(await awa.call('store.digest')).toEqual(await bento.call('store.digest'));
  });
});
