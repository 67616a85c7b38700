import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { SEED } from '../../sync/seeds.ts';
import { RandomAdaptations } from './random-adaptations.ts';

const COUNT = 25;

it(
  `${COUNT} histories of a centre, a hub and two schools from seed ${SEED}: nothing goes that nobody gave up`,
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'itinera-adaptations-'));
    const engine = await openTestEngine(folder);
    try {
      const institutions: string[] = [];
      for (const name of ['Hub', 'One', 'Two'])
        institutions.push((await engine.call<{ id: string }>('institution.create', { name, country: 'CV', languages: ['pt'] })).id);
      let contested = 0;
      for (let seed = SEED; seed < SEED + COUNT; seed++) {
        const history = new RandomAdaptations(engine, seed, institutions);
        try {
          await history.run(30);
        } catch (error) {
          throw new Error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
        contested += history.contested;
      }
      expect(contested).toBeGreaterThan(COUNT);
      expect(await engine.call('store.check')).toMatchObject({ ok: true });
    } finally {
      await engine.close();
      rmSync(folder, { recursive: true });
    }
  },
);
