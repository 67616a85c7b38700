import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { today } from '../../renderer/desktop/app/clock.ts';
import { reopenAs } from '../e2e/support/trainer.ts';
import { copyLaptop, makeWalkedLaptop } from '../e2e/support/walked-laptop.ts';
import { watchPage } from '../e2e/support/walk-watch.ts';
import { shutWaysOut, walk } from '../e2e/support/walk.ts';

/**
 * Somebody who goes about in the window at random, with keys and clicks: no page breaks, the keyboard is never nowhere, and what the screen says is recorded is what the store holds. A walk that failed
 * is walked again with its seed: `SEED=7 npm run walks`.
 */

const STEPS = 200;
const WALKS = Number(process.env['ITINERA_WALKS'] ?? 20);
const SEEDS = process.env['SEED'] === undefined ? Array.from({ length: WALKS }, (_, index) => index + 1) : [Number(process.env['SEED'])];
/** Steps after which the store is asked. */
const ASKS = 5;
/** So many of the last steps are told. */
const TOLD = 30;

test.use({ trace: 'off' });

let folder: string;
let laptop: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  laptop = await makeWalkedLaptop(folder, today());
});

test.afterAll(() => rm(folder, { recursive: true }));

for (const seed of SEEDS) {
  test(`walk ${seed}: nothing breaks, and the screen says what is stored`, async () => {
    const data = await copyLaptop(laptop, path.join(folder, `walk-${seed}`));
    const trainer = await reopenAs({ data, language: 'fr' });
    try {
      await shutWaysOut(trainer);
      await watchPage(trainer.page);
      const { faults, steps } = await walk(trainer.page, { seed, steps: STEPS, asks: ASKS });
      expect(faults, `seed ${seed}, step ${steps.length}, the last of them:\n${steps.slice(-TOLD).join('\n')}`).toEqual([]);
    } finally {
      await trainer.close();
      await rm(data, { recursive: true });
    }
  });
}
