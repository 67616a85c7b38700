import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRevoked, revocationsHere } from '../../../electron/engine/sync/revocations.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** A repository that was put back from a backup has forgotten whom it turned out; those who heard of it bring the signed list back. */
let server: TestRepository;
let laptops: Laptop[];
beforeEach(async () => {
  server = await startRepository({ library: false });
  laptops = [];
});
afterEach(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

async function enrolled(): Promise<Laptop> {
  const laptop = openLaptop();
  laptops.push(laptop);
  const done = await laptop.enrol(server.url, await server.invite('trainer', 'all'));
  if (!done.ok) throw new Error(done.refusal.code);
  await ran(laptop);
  return laptop;
}

async function ran(laptop: Laptop): Promise<void> {
  expect(await laptop.run()).toMatchObject({ ok: true });
}

const onDatabase = (): boolean => server.database !== undefined;

/** Puts the register back to before anybody was turned out; of `unknown` it knows nothing, for they were enrolled after the backup. */
async function putBack(...unknown: readonly Laptop[]): Promise<void> {
  const replicas = unknown.map(({ store }) => `'${store.replica}'`).join(', ');
  if (replicas !== '') await server.alterRegister(`delete from device where replica in (${replicas})`);
  await server.alterRegister(onDatabase() ? 'update device set revoked_at = null' : 'update device set revokedAt = null');
  await server.alterRegister(
    onDatabase() ? `update counter set value = 0 where name = 'revocations'` : `delete from setting where key = 'revocations'`,
  );
}

const DAY = 86_400_000;

describe('a repository that was put back to before devices were turned out', () => {
  it('turns them out again with the first laptop that heard of it, also whom it does not know any more', async () => {
    const [honest, thief, late] = [await enrolled(), await enrolled(), await enrolled()];
    for (const { store } of [thief, late]) await server.registry.revoke(store.replica, Date.now());
    await ran(honest);
    const { number } = revocationsHere(honest.settings)!.list;
    await putBack(late);
    await ran(thief);
    await ran(late);
    await ran(honest);
    for (const laptop of [thief, late]) expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
    const list = await server.registry.revocations();
    expect(list.revoked.map(({ replica }) => replica)).toEqual(expect.arrayContaining([thief.store.replica, late.store.replica]));
    expect(list.number).toBeGreaterThan(number);
    // Once told, nothing more travels.
    await ran(honest);
    expect(await honest.run()).toMatchObject({ ok: true, value: { requests: 1 } });
  });

  it('goes on with a higher number, so that whoever is turned out afterwards is known with those before, by stick too', async () => {
    const root = quickFolder('itinera-revocation-restored-');
    const engines: TestEngine[] = [];
    const open = async (name: string): Promise<TestEngine> => {
      const engine = await openTestEngine(path.join(root, name));
      engines.push(engine);
      await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name });
      await engine.call('sync.run');
      return engine;
    };
    try {
      const [honest, thief, third] = [await enrolled(), await enrolled(), await enrolled()];
      const [carrier, away] = [await open('Carrier'), await open('Away')];
      await carrier.call('activity.create', {
        title: 'Atelier',
        countries: ['SN'],
        languages: ['fr'],
        start: '2026-03-02',
        end: '2026-03-03',
      });
      await server.registry.revoke(thief.store.replica, Date.now());
      for (const engine of [carrier, away]) await engine.call('sync.run');
      await ran(honest);
      await putBack();
      // Before any laptop has brought the list: the operator turns out another.
      await server.registry.revoke(third.store.replica, Date.now());
      await ran(honest);
      for (const { store } of [thief, third]) expect(isRevoked(honest.settings, store.replica)).toBe(true);
      await carrier.call('sync.run');
      const stick = path.join(root, 'stick.itinera');
      await carrier.call('sync.export', { path: stick });
      await away.call('sync.import', { path: stick });
      const { revoked } = await away.call<{ revoked: { replica: string }[] }>('sync.devices');
      expect(revoked.map(({ replica }) => replica)).toEqual(expect.arrayContaining([thief.store.replica, third.store.replica]));
    } finally {
      for (const engine of engines) await engine.close();
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('keeps whom it has admitted again by a code, whatever older list is brought', async () => {
    const [honest, lost] = [await enrolled(), await enrolled()];
    await server.registry.revoke(lost.store.replica, Date.now() - DAY);
    await ran(honest);
    expect((await lost.enrol(server.url, await server.invite('trainer', 'all'))).ok).toBe(true);
    await ran(honest);
    expect(isRevoked(honest.settings, lost.store.replica)).toBe(false);
    await ran(lost);
    expect((await server.registry.revocations()).revoked).toEqual([]);
  });
});
