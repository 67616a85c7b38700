import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { SEED } from '../../sync/seeds.ts';
import { RandomAdaptations } from './random-adaptations.ts';

const COUNT = Number(process.env['ITINERA_ADAPTATIONS'] ?? 25);

it(
  `${COUNT} histories of a centre, a hub and two schools from seed ${SEED}: nothing goes that nobody gave up`,
  { timeout: 1_800_000 },
  async () => {
    let contested = 0;
    for (let seed = SEED; seed < SEED + COUNT; seed++) contested += await played(seed);
    expect(contested).toBeGreaterThan(COUNT);
  },
);

/** Plays a history in a store of its own; returns how many changes were offered over what had been changed there too. */
async function played(seed: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-adaptations-'));
  const engine = await openTestEngine(folder);
  try {
    const institutions: string[] = [];
    for (const name of ['Hub', 'One', 'Two'])
      institutions.push((await engine.call<{ id: string }>('institution.create', { name, country: 'CV', languages: ['pt'] })).id);
    const history = new RandomAdaptations(engine, seed, institutions);
    await history.run(30);
    expect(await engine.call('store.check')).toMatchObject({ ok: true });
    return history.contested;
  } catch (error) {
    throw new Error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}
