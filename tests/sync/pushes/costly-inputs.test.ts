import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { COSTLY_INPUTS, sendCostly } from '../../support/costly-inputs.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { spawnRepository, type SpawnedRepository } from '../../support/repository/spawned-repository.ts';

/** SPEC, invariant 16. What others notice in the meantime is measured by `npm run bench:attack`; nothing here is timed. */

const folder = quickFolder('itinera-costly-');
let repository: SpawnedRepository;
let hostile: BareDevice;
let other: BareDevice;

beforeAll(async () => {
  repository = await spawnRepository(folder, { heap: 256 });
  hostile = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
  other = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
});
afterAll(async () => {
  await repository.stop();
  rmSync(folder, { recursive: true, force: true });
});

it.each(COSTLY_INPUTS)('$name: answered by code, others are served meanwhile', { timeout: 120_000 }, async ({ code, make }) => {
  let over = false;
  const attack = sendCostly(hostile, make(hostile)).finally(() => (over = true));
  do await other.hello();
  while (!over);
  expect(await attack).toBe(code);
  const answer = await other.push([other.seal('library', [{ type: 'material', id: crypto.randomUUID(), field: 'name', value: 'Guide' }])]);
  expect(answer.code).toBe('');
  expect(await repository.ask('faults')).toEqual([]);
});

it('leaves the repository within its memory', async () => {
  expect(await repository.ask('peakMemory')).toBeLessThan(512 << 20);
});
