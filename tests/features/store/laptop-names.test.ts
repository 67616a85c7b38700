import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../shared/features/sync/reading.ts';
import { LIBRARY } from '../../../shared/model/spaces.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** Names that people give their laptops: told with what was written there, on every laptop, and believed of nobody else's. */

interface Written {
  readonly author: string;
  readonly laptop: string;
  readonly device: string;
}
interface Devices {
  readonly here: Written & { readonly replica: string };
}

const root = quickFolder('itinera-laptops-');
const opened: TestEngine[] = [];
let server: TestRepository;
let office: TestEngine;
let bag: TestEngine;
let bento: TestEngine;
let activityId: string;

async function engineOf(folder: string, name: string, laptop: string): Promise<TestEngine> {
  const engine = await openTestEngine(path.join(root, folder));
  opened.push(engine);
  if (laptop !== '') await engine.call('settings.set', { laptopName: laptop });
  await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name });
  return engine;
}

beforeAll(async () => {
  server = await startRepository();
  office = await engineOf('office', 'Awa Diop', 'Bureau de Thiès');
  bag = await engineOf('bag', 'Awa Diop', '');
  bento = await engineOf('bento', 'Bento Lima', '');
  ({ id: activityId } = await office.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' }));
  await sync();
});
afterAll(async () => {
  for (const engine of opened) await engine.close();
  await server.stop();
});

async function sync(): Promise<void> {
  for (const engine of [...opened, ...opened]) await engine.call('sync.run');
}
const placeHistory = (engine: TestEngine) =>
  engine.call<(Written & { value: string })[]>('sync.history', { entity: activityId, field: 'place' });
/** What each value of the workshop's place is said to have been written on. */
const shownOn = async (engine: TestEngine) =>
  Object.fromEntries(
    (await placeHistory(engine)).map(({ value, author, laptop, device }) => [value, [author, laptop === device ? 'number' : laptop]]),
  );

describe('a laptop with a name', () => {
  it('is told apart from another one of the same person, on every laptop', async () => {
    await office.call('activity.update', { id: activityId, place: 'Dakar' });
    await sync();
    await bag.call('activity.update', { id: activityId, place: 'Thiès' });
    await sync();
    expect(await shownOn(bento)).toEqual({ Dakar: ['Awa Diop', 'Bureau de Thiès'], Thiès: ['Awa Diop', 'number'] });
    await bag.call('settings.set', { laptopName: 'Portable du sac' });
    await sync();
    for (const engine of opened)
      expect(await shownOn(engine)).toEqual({ Dakar: ['Awa Diop', 'Bureau de Thiès'], Thiès: ['Awa Diop', 'Portable du sac'] });
  });

  it('is called otherwise everywhere once its user says so, or not at all', async () => {
    await bag.call('settings.set', { laptopName: 'Salle 2' });
    expect(await bag.call('settings.get')).toMatchObject({ laptopName: 'Salle 2' });
    expect((await bag.call<Devices>('sync.devices')).here.laptop).toBe('Salle 2');
    await sync();
    expect((await shownOn(bento))['Thiès']).toEqual(['Awa Diop', 'Salle 2']);
    await bag.call('settings.set', { laptopName: '' });
    await sync();
    expect((await shownOn(bento))['Thiès']).toEqual(['Awa Diop', 'number']);
    await bag.call('settings.set', { laptopName: 'Salle 2' });
    await sync();
  });

  it('that is called like another one of the same person is told with its number', async () => {
    await bag.call('settings.set', { laptopName: 'Bureau de Thiès' });
    await sync();
    const [officeNumber, bagNumber] = await Promise.all(
      [office, bag].map(async (engine) => (await engine.call<Devices>('sync.devices')).here.device),
    );
    for (const engine of opened)
      expect(await shownOn(engine)).toEqual({
        Dakar: ['Awa Diop', `Bureau de Thiès (${officeNumber})`],
        Thiès: ['Awa Diop', `Bureau de Thiès (${bagNumber})`],
      });
    await bag.call('settings.set', { laptopName: 'Salle 2' });
    await sync();
    expect((await shownOn(bento))['Dakar']).toEqual(['Awa Diop', 'Bureau de Thiès']);
  });

  it('writes its name once, and nothing more while it stands', async () => {
    const before = await bento.call<{ spaces: Record<string, string> }>('store.digest');
    await office.call('settings.set', { laptopName: 'Bureau de Thiès' });
    await sync();
    expect(await bento.call('store.digest')).toEqual(before);
    expect(await office.call('sync.status')).toMatchObject({ pending: 0, refused: 0 });
  });

  it('is named beside both marks of a conflict', async () => {
    const { id: personId } = await office.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa' });
    await sync();
    for (const [engine, status] of [
      [office, 'late'],
      [bag, 'absent'],
    ] as const)
      await engine.call('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks: [{ personId, status }] });
    await sync();
    const [conflict] = await bento.call<{ values: (Written & { value: string })[] }[]>('sync.conflicts');
    expect(Object.fromEntries(conflict!.values.map(({ value, laptop }) => [value, laptop]))).toEqual({
      late: 'Bureau de Thiès',
      absent: 'Salle 2',
    });
  });

  it('is named where two laptops are paired in a room, and among those that are', async () => {
    const [address] = (await office.call<{ addresses: string[] }>('sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false }))
      .addresses;
    expect(await bag.call('sync.lanPair', { address })).toMatchObject({ name: 'Awa Diop', laptop: 'Bureau de Thiès' });
    expect(await office.call('sync.lanStatus')).toMatchObject({ pairing: { name: 'Awa Diop', laptop: 'Salle 2' } });
    await Promise.all([office, bag].map((engine) => engine.call('sync.lanConfirm', { equal: true })));
    expect(await office.call('sync.lanStatus')).toMatchObject({ pairing: null, peers: [{ name: 'Awa Diop', laptop: 'Salle 2' }] });
    expect(await bag.call('sync.lanStatus')).toMatchObject({ peers: [{ laptop: 'Bureau de Thiès' }] });
    await office.call('sync.lanClose');
  });

  it('cannot be named by anybody else', async () => {
    const hostile = openLaptop();
    expect(await hostile.enrol(server.url, await server.invite('trainer', 'all'), 'Mallory')).toMatchObject({ ok: true });
    expect(await hostile.run()).toMatchObject({ ok: true });
    const [{ id }] = hostile.store.reader.all<{ id: string }>('select id from laptop where name = ?', 'Bureau de Thiès') as [
      { id: string },
    ];
    hostile.write(LIBRARY, 'laptop', id, { name: 'Mallory’s' });
    expect(await hostile.run()).toMatchObject({ ok: true });
    await hostile.end();
    await sync();
    expect((await shownOn(bento))['Dakar']).toEqual(['Awa Diop', 'Bureau de Thiès']);
  });
});

it('whoever writes may name their laptop, in every role', async () => {
  for (const role of ROLES) {
    const engine = await openTestEngine(path.join(root, role));
    await engine.call('settings.set', { laptopName: `Of the ${role}` });
    await engine.call('sync.enrol', { url: server.url, code: await server.invite(role, 'country:SN'), name: role });
    await engine.call('sync.run');
    expect(await engine.call('sync.status'), role).toMatchObject({ pending: 0, refused: 0 });
    await engine.close();
  }
});
