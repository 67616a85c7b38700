import fc from 'fast-check';
import { expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { hasTwin } from '../../shared/node/store/sqlite/opening/replica-key.ts';
import { enrolBareDevice } from '../support/laptops/bare-device.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';
import { countOf, runs } from './seeds.ts';

/** Invariants 2 and 12: access withdrawn and given back at any moment, with work done offline in between, by laptops that hear of it late and are cut off. */
type Step =
  | { readonly do: 'countries'; readonly sn: boolean; readonly cv: boolean }
  | { readonly do: 'write' | 'sync' | 'cut' | 'restart'; readonly who: 0 | 1 };

const who = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('countries' as const), sn: fc.boolean(), cv: fc.boolean() }),
  { arbitrary: fc.record({ do: fc.constantFrom('write' as const, 'sync' as const), who }), weight: 4 },
  fc.record({ do: fc.constantFrom('cut' as const, 'restart' as const), who }),
);

const COUNT = Number(process.env['ITINERA_ACCESS'] ?? countOf(6, 2));

it('loses no confirmed value and shows none that is closed', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const server = await startRepository({ library: false });
      try {
        await play(server, steps);
      } finally {
        await server.stop();
      }
      expect(server.faults).toEqual([]);
    }),
    runs(COUNT),
  );
});

async function play(server: TestRepository, steps: readonly Step[]): Promise<void> {
  const trainer = await enrolledLaptop(server);
  const laptops = [await enrolledLaptop(server, 'coordinator', 'country:SN'), await enrolledLaptop(server, 'coordinator', 'country:CV')];
  const { id, person } = makeWorkshop(trainer, ['SN', 'CV']);
  const space = peopleSpace(id);
  const confirmed: string[] = [];
  let reading = [true, true];
  const move = async (now: readonly boolean[]): Promise<void> => {
    reading = [...now];
    trainer.write(planSpace(id), 'activity', id, { countries: ['SN', 'CV'].filter((_, i) => now[i]) });
    await synced(trainer);
  };
  const caughtUp = async (i: 0 | 1): Promise<void> => {
    await synced(laptops[i]!);
    expect(laptops[i]!.store.spaces().includes(space)).toBe(reading[i]);
  };
  try {
    await synced(trainer);
    for (const laptop of laptops) await synced(laptop);
    for (const one of steps) {
      if (one.do === 'countries') await move([one.sn, one.cv]);
      else if (one.do === 'sync') await caughtUp(one.who);
      else if (one.do === 'cut') await cut(laptops[one.who]!);
      else if (one.do === 'restart') {
        const { folder } = laptops[one.who]!;
        await laptops[one.who]!.close();
        laptops[one.who] = openLaptop({ folder });
      } else if (laptops[one.who]!.store.spaces().includes(space)) {
        const value = `value ${confirmed.length}`;
        if (confirms(laptops[one.who]!, value)) confirmed.push(value);
      }
    }
    await move([true, true]);
    for (const i of [0, 1, 0, 1] as const) await caughtUp(i);
    await synced(trainer);
    const there = new Set((await server.history('mark', 'method')).map(({ value }) => value));
    expect(confirmed.filter((value) => !there.has(value))).toEqual([]);
    for (const { store } of [...laptops, trainer]) {
      const held = new Set(store.reader.history('mark', 'method').map(({ value }) => value));
      expect(confirmed.filter((value) => !held.has(value))).toEqual([]);
      expect(store.digest()[space]).toBe((await server.digest())[space]);
      expect(store.tips(space)).toEqual(await server.tips(space));
    }
    for (const { store } of laptops) {
      expect(hasTwin(store.db)).toBe(false);
      // One chain each, without a branch: no number was used twice.
      expect(store.tips(space).filter(({ replica }) => replica === store.replica).length).toBeLessThan(2);
    }
    expect((await server.registry.counts()).refused).toBe(0);
  } finally {
    for (const laptop of [...laptops, trainer]) await laptop.end();
  }

  /** False where the space is just coming back: then nothing was saved, and the screen says so. */
  function confirms(laptop: Laptop, value: string): boolean {
    try {
      laptop.write(space, 'mark', 'mark', { activityId: id, personId: person, method: value });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== 'SPACE_AWAY') throw error;
      return false;
    }
  }
}

let cuts = 0;

/** A run that is cancelled after a few of its writes. */
async function cut(laptop: Laptop): Promise<void> {
  const controller = new AbortController();
  const after = 1 + (cuts++ % 9);
  let seen = 0;
  const { set } = laptop.settings;
  const settings = laptop.settings as { set: typeof set };
  settings.set = (...args) => {
    if (++seen >= after) controller.abort();
    set(...args);
  };
  await Promise.resolve(laptop.run({ signal: controller.signal })).catch(() => undefined);
  settings.set = set;
}

it('tells nobody of a space that they never had, whatever other records they can name', async () => {
  const server = await startRepository({ library: false });
  const trainer = await enrolledLaptop(server);
  const { id } = makeWorkshop(trainer, ['SN']);
  const stranger = await enrolBareDevice(server.url, await server.invite('curriculum', 'all'));
  try {
    await synced(trainer);
    const own = stranger.seal('library', [{ type: 'newerThing', id: 'thing', field: 'note', value: 'mine' }]);
    expect((await stranger.push([own])).status).toBe(200);
    const lacking = async (space: string, hashes: readonly string[]): Promise<unknown> => {
      const answer = await stranger.ask('POST', '/v1/positions', JSON.stringify({ spaces: [], leaving: { space, hashes } }), {
        'content-type': 'application/json',
      });
      expect(answer.status).toBe(200);
      return answer.json<{ lacks?: string[] }>().lacks;
    };
    for (const kind of ['plan', 'people', 'answers']) {
      const there = `workshop/${id}/${kind}`;
      // A closed space that is there, and one that was never made, are answered alike.
      expect(await lacking(there, [own.hash])).toBeUndefined();
      expect(await lacking(there.replace(id, 'nobody'), [own.hash])).toBeUndefined();
      // Whoever was sent something of it may ask.
      expect(await lacking(there, [trainer.store.tips(there)[0]!.hash, own.hash])).toEqual([own.hash]);
    }
    expect(server.faults).toEqual([]);
  } finally {
    await trainer.end();
    await server.stop();
  }
});
