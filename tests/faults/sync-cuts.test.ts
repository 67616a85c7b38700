import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleSpace } from '../../shared/model/spaces.ts';
import { startFlakyProxy, type FlakyProxy } from '../support/repository/flaky-proxy.ts';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';
import { seeded } from '../support/seeded.ts';
import { enrolledLaptop, makeWorkshop, syncedThroughCuts } from '../support/workshop.ts';
import { SEED } from '../sync/seeds.ts';

/** SYNC, invariants 2 and 4: a link that breaks at any byte of records, either way, and that loses replies. Nothing confirmed is lost, and all hold the same in the end. */
const CUTS = Number(process.env['ITINERA_CUTS'] ?? 30);
let server: TestRepository;
let proxy: FlakyProxy;

beforeAll(async () => {
  server = await startRepository({ library: false });
  proxy = await startFlakyProxy(server.url);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
  expect(server.faults).toEqual([]);
});

it(`${CUTS} cuts of syncs at any byte (SEED=${SEED})`, { timeout: 1_800_000 }, async () => {
  const random = seeded(SEED);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const laptops = [
    await enrolledLaptop(server, 'trainer', 'all', { url: proxy.url }),
    await enrolledLaptop(server, 'trainer', 'all', { url: proxy.url }),
  ];
  const { id } = makeWorkshop(laptops[0]!);
  const confirmed: { entity: string; value: string }[] = [];
  const before = proxy.carried.cuts;
  for (let round = 0; proxy.carried.cuts - before < CUTS; round++) {
    for (const laptop of laptops) {
      for (let i = 0; i < 1 + upTo(5); i++) {
        const mark = { entity: `mark-${upTo(12)}`, value: `${round} ${random()}` };
        laptop.write(peopleSpace(id), 'mark', mark.entity, { method: mark.value });
        confirmed.push(mark);
      }
      const kinds = [{ up: upTo(1_600) }, { down: upTo(1_600) }, { up: upTo(300) }, { down: upTo(300) }, { down: 0 }, { replies: upTo(3) }];
      await syncedThroughCuts(proxy, laptop, ...Array.from({ length: 1 + upTo(3) }, () => kinds[upTo(kinds.length)]!));
    }
  }
  const cuts = proxy.carried.cuts - before;
  for (let moved = 1; moved > 0;) {
    moved = 0;
    // Faults that were planned and not met are met here.
    for (const laptop of laptops) {
      const answer = await laptop.run();
      moved += answer.ok ? answer.value.pushed + answer.value.pulled : 1;
    }
  }
  const holders = [
    ...laptops.map(({ store }) => ({ digest: () => store.digest(), history: (entity: string) => store.reader.history(entity, 'method') })),
    { digest: () => server.digest(), history: (entity: string) => server.history(entity, 'method') },
  ];
  for (const { digest, history } of holders) {
    expect((await digest())[peopleSpace(id)]).toBe(laptops[0]!.store.digest()[peopleSpace(id)]);
    for (const { entity, value } of confirmed) {
      expect(
        (await history(entity)).some((held) => held.value === value),
        `${entity} ${value}`,
      ).toBe(true);
    }
  }
  process.stdout.write(`${cuts} cuts: ${confirmed.length} confirmed, 0 lost\n`);
  for (const laptop of laptops) await laptop.end();
});
