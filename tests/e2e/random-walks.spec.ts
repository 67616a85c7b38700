import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { today } from '../../renderer/desktop/app/clock.ts';
import { reopenAs, type Trainer } from './support/trainer.ts';
import { makeWalkedLaptop } from './support/walked-laptop.ts';
import { shutWaysOut, walk } from './support/walk.ts';
import { watchPage } from './support/walk-watch.ts';

/**
 * The short walks of each run: ten of them, one after the other in one window, each from where the one before has left the laptop. Long ones, each on a laptop of its own: `npm run walks`. A walk
 * that failed fails again when the file is run again; its seed and its last steps are told.
 */

const SEEDS = Array.from({ length: 10 }, (_, index) => 501 + index);
const STEPS = 25;
/** Steps after which the store is asked. */
const ASKS = 5;

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await reopenAs({ data: await makeWalkedLaptop(folder, today()), language: 'fr' });
  await shutWaysOut(trainer);
  await watchPage(trainer.page);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

for (const seed of SEEDS) {
  test(`short walk ${seed}: nothing breaks, and the screen says what is stored`, async () => {
    const { faults, steps } = await walk(trainer.page, { seed, steps: STEPS, asks: ASKS });
    expect(faults, `seed ${seed}, step ${steps.length}:\n${steps.join('\n')}`).toEqual([]);
  });
}
