import { describe, expect, it } from 'vitest';
import { seeded } from '../../support/seeded.ts';
import { TwinWorld, type Fault } from './twins.ts';

const seed = Number(process.env['SEED'] ?? 20_261_126);
/** Worlds of ten faults each, so that every one begins small. */
const WORLDS = 10;
const FAULTS = 10;

describe('100 restores and 100 clones (invariants 2 and 5)', () => {
  for (const fault of ['restore', 'clone'] satisfies Fault[]) {
    for (let n = 0; n < WORLDS; n++) {
      it(`${fault} ${n * FAULTS + 1} to ${(n + 1) * FAULTS}`, async () => {
        process.stdout.write(`twins ${fault} ${n}: SEED=${seed}\n`);
        const world = new TwinWorld(seeded(seed + n * 31 + (fault === 'clone' ? 7 : 0)));
        await world.start();
        try {
          for (let round = 0; round < FAULTS; round++) await world.round(fault);
          expect(await world.settle()).toEqual([]);
        } finally {
          await world.stop();
        }
      });
    }
  }
});
