import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { lanContract } from '../../../shared/features/sync/lan-contract.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { joinByCable, type Cable, type PlacedEngine } from '../../support/laptops/two-rooms.ts';

type Status = ResultOf<(typeof lanContract)['sync.lanStatus']>;

let cable: Cable;
const folders = [quickFolder('itinera-awa-'), quickFolder('itinera-bento-')];

beforeAll(async () => {
  cable = await joinByCable();
});
afterAll(async () => {
  await cable?.cut();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Asks until it is so. */
async function until(engine: PlacedEngine, isSo: (status: Status) => boolean): Promise<Status> {
  for (;;) {
    const status = await engine.call<Status>('sync.lanStatus');
    if (isSo(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('two laptops on one cable, with no other network', () => {
  it('meet by an address, and once the cable carries multicast find each other', async () => {
    const [awa, bento] = cable.places.map((place, i) => place.engine(folders[i]!)) as [PlacedEngine, PlacedEngine];
    await awa.call('settings.set', { name: 'Awa' });
    await bento.call('settings.set', { name: 'Bento' });
    const { id } = await awa.call<{ id: string }>('activity.create', {
      title: 'Atelier',
      projects: [],
      partners: [],
      languages: ['fr'],
      countries: ['SN'],
      mode: 'inPerson',
      start: '2021-07-12',
      end: '2021-07-13',
    });
    await awa.call('people.add', { activityId: id, givenName: 'Moussa', familyName: 'TRAORE', country: 'SN' });

    // Without a multicast route nobody is seen, and both are told so.
    for (const one of [awa, bento]) await one.call('sync.lanOpen', { port: 0 });
    const alone = await until(bento, ({ multicast }) => !multicast);
    expect(alone.nearby).toEqual([]);
    const { addresses, invitations } = await until(awa, ({ multicast }) => !multicast);
    expect(addresses).toEqual([expect.stringMatching(/^10\.77\.0\.1:\d+$/)]);
    const asked = await bento.call<{ code: string; name: string }>('sync.lanPair', { address: invitations[0] });
    expect(asked.name).toBe('Awa');
    const { pairing } = await until(awa, (status) => status.pairing !== null);
    expect(pairing!.code).toBe(asked.code);
    const [, { replica }] = await Promise.all([
      awa.call('sync.lanConfirm', { equal: true, workshops: [id] }),
      bento.call<{ replica: string }>('sync.lanConfirm', { equal: true }),
    ]);
    expect(await bento.call('sync.lanRun', { replica })).toMatchObject({ sent: 0, held: 0, conflicts: 0 });
    const [ours, theirs] = await Promise.all([awa, bento].map((one) => one.call<{ spaces: Record<string, string> }>('store.digest')));
    expect(theirs!.spaces[planSpace(id)]).toBe(ours!.spaces[planSpace(id)]);

    for (const [i, place] of cable.places.entries()) await place.ip('route', 'add', '224.0.0.0/4', 'dev', `cable${i}`);
    for (const one of [awa, bento]) await one.call('sync.lanOpen', { port: 0 });
    const found = await until(bento, ({ nearby }) => nearby.length > 0);
    expect(found).toMatchObject({ multicast: true, nearby: [{ name: 'Awa', replica }], peers: [{ name: 'Awa', nearby: true }] });
    const seen = await until(awa, ({ nearby }) => nearby.length > 0);
    expect(seen.label).toBe(found.nearby[0]!.label);
    // The port is another one now: it is the beacon that leads there.
    await bento.call('people.add', { activityId: id, givenName: 'Aïcha', familyName: 'MAÏGA', country: 'ML' });
    const run = await bento.call<{ sent: number }>('sync.lanRun', { replica });
    expect(run.sent).toBeGreaterThan(0);
    expect(await awa.call<unknown[]>('people.list', { activityId: id })).toHaveLength(2);
    await bento.call('sync.lanClose');
    await until(awa, ({ nearby }) => nearby.length === 0);
    await Promise.all([awa.stop(), bento.stop()]);
  });
});
