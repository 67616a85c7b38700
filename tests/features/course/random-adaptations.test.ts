import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { SEED } from '../../sync/seeds.ts';
import { RandomAdaptations } from './random-adaptations.ts';

const COUNT = Number(process.env['ITINERA_ADAPTATIONS'] ?? 6);

it(
  `${COUNT} histories of a centre, a hub and two schools from seed ${SEED}: nothing goes that nobody gave up`,
  { timeout: 1_800_000 },
  async () => {
    let contested = 0;
    let merged = 0;
    for (let seed = SEED; seed < SEED + COUNT; seed++) {
      const history = await played(seed);
      contested += history.contested;
      merged += history.merged;
    }
    expect(contested).toBeGreaterThan(COUNT);
    expect(merged).toBeGreaterThan(0);
  },
);

/** Plays a history in a store of its own, and hands all of it to another laptop. */
async function played(seed: number): Promise<RandomAdaptations> {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-adaptations-'));
  const [engine, other] = [await openTestEngine(path.join(folder, 'a')), await openTestEngine(path.join(folder, 'b'))];
  try {
    const institutions: string[] = [];
    for (const name of ['Hub', 'One', 'Two'])
      institutions.push((await engine.call<{ id: string }>('institution.create', { name, country: 'CV', languages: ['pt'] })).id);
    const history = new RandomAdaptations(engine, seed, institutions);
    await history.run(60);
    expect(await engine.call('store.check')).toMatchObject({ ok: true });
    const stick = path.join(folder, 'stick.itinera');
    await engine.call('sync.export', { path: stick });
    await other.call('sync.import', { path: stick });
    expect(await other.call('store.digest')).toEqual(await engine.call('store.digest'));
    expect(await other.call('course.updates')).toEqual(await engine.call('course.updates'));
    return history;
  } catch (error) {
    throw new Error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await engine.close();
    await other.close();
    rmSync(folder, { recursive: true });
  }
}
