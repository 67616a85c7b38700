import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { seeded } from '../../support/seeded.ts';
import { TwinWorld, type Fault } from './twins.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 0x7fffffff));
const root = quickFolder('itinera-incarnation-');
afterEach(() => rmSync(root, { recursive: true, force: true }));

const replicaIn = async (folder: string, state?: string): Promise<string> => {
  const engine = await openTestEngine(folder, state);
  const { replica } = await engine.call<{ replica: string }>('sync.status');
  await engine.close();
  return replica;
};

describe('an incarnation', () => {
  it('is the same at every opening, and another once the folder was put back, moved or copied', async () => {
    const [folder, state] = [path.join(root, 'data'), path.join(root, 'state')];
    mkdirSync(root, { recursive: true });
    const first = await replicaIn(folder, state);
    expect(await replicaIn(folder, state)).toBe(first);
    const earlier = path.join(root, 'earlier');
    cpSync(folder, earlier, { recursive: true });
    expect(await replicaIn(folder, state)).toBe(first);

    rmSync(folder, { recursive: true });
    cpSync(earlier, folder, { recursive: true });
    const restored = await replicaIn(folder, state);
    expect(restored).not.toBe(first);
    expect(await replicaIn(folder, state)).toBe(restored);

    const elsewhere = path.join(root, 'elsewhere');
    cpSync(folder, elsewhere, { recursive: true });
    const copied = await replicaIn(elsewhere, state);
    expect(new Set([first, restored, copied]).size).toBe(3);
    expect(await replicaIn(folder, state)).toBe(restored);
    expect(await replicaIn(elsewhere, path.join(root, 'another machine'))).not.toBe(copied);
  });

  it('is taken on trust where its token cannot be kept', async () => {
    mkdirSync(root, { recursive: true });
    const folder = path.join(root, 'data');
    const nowhere = path.join(root, 'a file', 'state');
    writeFileSync(path.join(root, 'a file'), '');
    const first = await replicaIn(folder, nowhere);
    expect(await replicaIn(folder, nowhere)).toBe(first);
    expect(await replicaIn(folder)).toBe(first);
  });
});

describe('laptops put back from copies and cloned, in any order (invariants 2 and 5)', () => {
  for (const [fault, times] of [
    ['restore', 4],
    ['clone', 5],
  ] as [Fault, number][]) {
    it(`${times} times ${fault}: nothing is lost, and both go on`, async () => {
      process.stdout.write(`twins ${fault}: SEED=${seed}\n`);
      const world = new TwinWorld(seeded(seed + (fault === 'clone' ? 1 : 0)));
      await world.start();
      try {
        for (let round = 0; round < times; round++) await world.round(fault);
        expect(await world.settle()).toEqual([]);
        expect(world.replicas.size).toBeGreaterThan(1);
      } finally {
        await world.stop();
      }
    });
  }
});
