import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { startFlakyProxy, type Fault, type FlakyProxy } from '../support/flaky-proxy.ts';
import { fileBytes, openLaptop, type Laptop } from '../support/laptop.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { startRepository, type TestRepository } from '../support/repository.ts';
import { seeded } from '../support/seeded.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';
import { SEED } from '../sync/seeds.ts';

/**
 * SYNC, invariants 2, 4 and 18: a link that breaks at any byte, either way, of records and of files, and that loses replies. Nothing confirmed is lost, a
 * file goes on from the byte that had arrived (after the laptop was started again, too), and all hold the same in the end.
 */
const CUTS = Number(process.env['ITINERA_CUTS'] ?? 60);
/** Bytes between two places where the transfer of a file is cut. */
const EVERY = Number(process.env['ITINERA_CUT_EVERY'] ?? 1_500);
const FILE = 12_000;
/** All that is asked and answered around the file, twice; what had arrived is not sent again. */
const QUESTIONS = 5_000;

const folder = quickFolder('itinera-cuts-');
let server: TestRepository;
let proxy: FlakyProxy;

beforeAll(async () => {
  server = await startRepository({ library: false });
  proxy = await startFlakyProxy(server.url);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

async function tryToSync(laptop: Laptop): Promise<boolean> {
  const answer = await laptop.run();
  if (!answer.ok) expect(['sync.interrupted', 'sync.unreachable', 'sync.packCut']).toContain(answer.refusal.code);
  return answer.ok;
}

/** A laptop finds the next connections in order; after a cut each run makes new ones. */
async function throughCuts(laptop: Laptop, ...faults: Fault[]): Promise<void> {
  proxy.next(...faults);
  await tryToSync(laptop);
}

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
      await throughCuts(laptop, ...Array.from({ length: 1 + upTo(3) }, () => kinds[upTo(kinds.length)]!));
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
  for (const { store } of [...laptops, server.repository]) {
    expect(store.digest()[peopleSpace(id)]).toBe(laptops[0]!.store.digest()[peopleSpace(id)]);
    for (const { entity, value } of confirmed) {
      expect(
        store.reader.history(entity, 'method').some((held) => held.value === value),
        `${entity} ${value}`,
      ).toBe(true);
    }
  }
  process.stdout.write(`${cuts} cuts: ${confirmed.length} confirmed, 0 lost\n`);
  for (const laptop of laptops) await laptop.end();
});

it(`a file cut every ${EVERY} bytes, up and down, the laptop started again after each cut`, { timeout: 1_800_000 }, async () => {
  const owner = await enrolledLaptop(server, 'trainer', 'all', { url: proxy.url });
  const { id } = makeWorkshop(owner);
  await synced(owner);
  const reader = await enrolledLaptop(server, 'trainer', `workshop:${id}`, { url: proxy.url });
  await synced(reader);
  const places = { owner: owner.folder, reader: reader.folder };
  await owner.close();
  await reader.close();

  let cuts = 0;
  for (let at = 0; at <= FILE + 2 * EVERY; at += EVERY) {
    const bytes = randomBytes(FILE);
    const source = path.join(folder, `source-${at}`);
    writeFileSync(source, bytes);
    let sender = openLaptop({ folder: places.owner });
    const { sha256, size } = await sender.files.add(source);
    sender.write(planSpace(id), 'materialVersion', `version-${at}`, { sha256, size, language: 'fr', type: 'text/plain', fileName: 'x' });
    await synced(sender, { files: false });
    const before = { ...proxy.carried };
    // What is sent may go over a connection of its own.
    await throughCuts(sender, { up: at }, { up: at });
    await sender.close();
    sender = openLaptop({ folder: places.owner });
    await synced(sender);
    await sender.close();
    expect(proxy.carried.up - before.up, `sent, cut at ${at}`).toBeLessThan(FILE + QUESTIONS);

    let receiver = openLaptop({ folder: places.reader });
    await synced(receiver, { files: false });
    const fetched = proxy.carried.down;
    await throughCuts(receiver, { down: at }, { down: at });
    await receiver.close();
    receiver = openLaptop({ folder: places.reader });
    await synced(receiver);
    expect(fileBytes(receiver, sha256), `cut at ${at}`).toEqual(bytes);
    expect(await receiver.files.verify(sha256)).toBe(true);
    await receiver.close();
    expect(proxy.carried.down - fetched, `fetched, cut at ${at}`).toBeLessThan(FILE + QUESTIONS);
    cuts += proxy.carried.cuts - before.cuts;
  }
  // Up and down.
  expect(cuts).toBeGreaterThan((1.5 * FILE) / EVERY);
  for (const place of Object.values(places)) rmSync(place, { recursive: true, force: true });
});
