import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleSpace } from '../../shared/model/spaces.ts';
import { countsOf } from '../../shared/node/store/sqlite/change-log.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';
import { seeded } from '../support/seeded.ts';
import { exported, imported } from '../support/laptops/usb.ts';
import { makeWorkshop } from '../support/workshop.ts';

/**
 * The engine is killed (SIGKILL) at random moments while it reads or writes a stick: a file is read whole or not at all, and a file under
 * its name is whole.
 */
const KILLS = Number(process.env['ITINERA_KILLS'] ?? 50);
const seed = Number(process.env['ITINERA_SEED'] ?? Date.now() % 1_000_000_000);
const MARKS = 1_500;
const folder = quickFolder('itinera-usb-kill-');
const file = path.join(folder, 'records.itinera');
let source: Laptop;
let space: string;

beforeAll(async () => {
  source = openLaptop();
  const { id } = makeWorkshop(source);
  space = peopleSpace(id);
  source.store.transaction(() => {
    for (let i = 0; i < MARKS; i++)
      source.write(space, 'mark', randomUUID(), { activityId: id, status: 'present', halfDay: '2026-03-02-AM' });
  });
  await exported(source, file);
});
afterAll(async () => {
  await source.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs one call at a terminal and kills it so many milliseconds after it started; null: until it ends. Says how long it took. */
async function run(data: string, call: string, args: unknown, killAfter: number | null): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['electron/cli.ts', '--data', data, call, JSON.stringify(args)], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  await ended;
  clearTimeout(timer);
  return performance.now() - started;
}

it(
  `killed ${KILLS} times while it reads a stick, it has read all of it or nothing (ITINERA_SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    const random = seeded(seed);
    let whole = 0;
    const blank = path.join(folder, 'blank');
    await run(blank, 'settings.get', {}, null);
    const full = await run(path.join(folder, 'measured'), 'sync.import', { path: file }, null);
    for (let kill = 0; kill < KILLS; kill++) {
      const data = path.join(folder, `reader-${kill}`);
      cpSync(blank, data, { recursive: true });
      await run(data, 'sync.import', { path: file }, full * (0.2 + 1.3 * random()));
      const reader = openLaptop({ folder: data });
      const here = countsOf(reader.store.db).get(space) ?? 0;
      expect([0, MARKS + 2], `kill ${kill}`).toContain(here);
      if (here > 0) whole++;
      await imported(reader, file);
      expect(reader.store.digest()[space]).toBe(source.store.digest()[space]);
      await reader.end();
    }
    console.log(`${KILLS} kills while reading: ${whole} whole, the others nothing`);
  },
);

it(`killed ${KILLS} times while it writes to a stick, what stands there under its name is whole`, { timeout: 600_000 }, async () => {
  const random = seeded(seed + 1);
  const data = path.join(folder, 'writer');
  await run(data, 'sync.import', { path: file }, null);
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const target = path.join(stick, 'records.itinera');
  const full = await run(data, 'sync.export', { path: target }, null);
  let replaced = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = readFileSync(target);
    await run(data, 'sync.export', { path: target }, full * (0.3 + 1.2 * random()));
    if (!readFileSync(target).equals(before)) replaced++;
    const reader = openLaptop();
    expect(await imported(reader, target), `kill ${kill}`).toMatchObject({ applied: MARKS + 4 });
    await reader.end();
  }
  await run(data, 'sync.export', { path: target }, null);
  expect(readdirSync(stick)).toEqual(['records.itinera']);
  console.log(`${KILLS} kills while writing: ${replaced} new files whole, the others as before`);
});
