import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSpace } from '../../shared/model/spaces.ts';
import { startFlakyProxy, type FlakyProxy } from '../support/repository/flaky-proxy.ts';
import { fileBytes, openLaptop } from '../support/laptops/laptop.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced, syncedThroughCuts } from '../support/workshop.ts';
import { sourceFile } from '../../shared/node/files/source-file.ts';

/** SYNC, invariant 18: a file goes on from the byte that had arrived when the link broke, after the laptop was started again, too. */

/** Bytes between two places where the transfer is cut. */
const EVERY = Number(process.env['ITINERA_CUT_EVERY'] ?? 3_000);
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
    const { sha256, size } = await sender.files.put(sourceFile(source));
    sender.write(planSpace(id), 'materialVersion', `version-${at}`, { sha256, size, language: 'fr', type: 'text/plain', fileName: 'x' });
    await synced(sender, { files: false });
    const before = { ...proxy.carried };
    // What is sent may go over a connection of its own.
    await syncedThroughCuts(proxy, sender, { up: at }, { up: at });
    await sender.close();
    sender = openLaptop({ folder: places.owner });
    await synced(sender);
    await sender.close();
    expect(proxy.carried.up - before.up, `sent, cut at ${at}`).toBeLessThan(FILE + QUESTIONS);

    let receiver = openLaptop({ folder: places.reader });
    await synced(receiver, { files: false });
    const fetched = proxy.carried.down;
    await syncedThroughCuts(proxy, receiver, { down: at }, { down: at });
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
