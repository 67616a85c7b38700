import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { brotli, nodeHasher } from '../../../shared/node/crypto.ts';
import { encodeChangeSet, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, ChangeSetKind, FieldValue } from '../../../shared/sync/types.ts';
import { BINARY } from '../../../shared/contract/repository.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/**
 * A run carries one signature at its end. Where the repository takes the start of a run and not its end, everything that it took can still be pulled, proven and
 * applied by a device that comes new.
 */
let server: TestRepository;
const laptops: Laptop[] = [];
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
});

async function enrolled(...more: [role?: 'trainer' | 'coordinator' | 'administrator', scope?: string]): Promise<Laptop> {
  const laptop = await enrolledLaptop(server, ...more);
  laptops.push(laptop);
  return laptop;
}

/** Everybody who reads a workshop, and who comes new, holds what the repository holds. */
async function everybodyHolds(space: string, ...readers: readonly Laptop[]): Promise<void> {
  for (const laptop of [...readers, await enrolled('administrator', 'all')]) {
    await synced(laptop);
    await synced(laptop);
    expect(laptop.store.digest()[space]).toBe((await server.digest())[space]);
  }
  expect(server.faults).toEqual([]);
}

it('two ordinary edits, of which the first takes its author’s access away, end nobody’s sync', async () => {
  const owner = await enrolled();
  const { id } = makeWorkshop(owner);
  await synced(owner);
  const helper = await enrolled('trainer', 'country:SN');
  await synced(helper);
  helper.write(planSpace(id), 'activity', id, { countries: ['CI'] });
  helper.write(planSpace(id), 'activity', id, { place: 'Abidjan' });
  await synced(helper);
  await everybodyHolds(planSpace(id), owner, await enrolled('coordinator', 'country:CI'));
  const shown = owner.store.reader.get('select countries, place from activity where id = ?', id);
  expect(shown).toEqual({ countries: '["CI"]', place: null });
  // And work goes on there.
  owner.write(planSpace(id), 'activity', id, { place: 'Saly' });
  await synced(owner);
  await everybodyHolds(planSpace(id), owner);
});

/** What a device pushes as one run: change-sets of one chain, of which the last alone is signed. */
async function pushRun(
  device: BareDevice,
  space: string,
  writes: readonly (readonly [ChangeSetKind, string, string, string, FieldValue])[],
) {
  const run: ChangeSet[] = [];
  for (const [at, [kind, entityType, entityId, field, value]] of writes.entries()) {
    const before = run.at(-1);
    const header = {
      version: 1,
      space,
      replica: device.replica,
      seq: at + 1,
      prev: before?.hash ?? null,
      t: 0,
      tq: 0,
      schema: 1,
      author: 'a',
      kind,
    } as const;
    const ops = [{ entityType, entityId, field, supersedes: [], content: { form: 'plain', value } as const }];
    run.push(sealChangeSet(header, ops, at === writes.length - 1 ? device.signer : null, nodeHasher));
  }
  const ports = { hasher: nodeHasher, compression: brotli, signer: device.signer };
  const pack = encodePack({ spaces: [], certificates: [] }, run.map(encodeChangeSet), ports);
  const answer = await device.ask('POST', '/v1/push', pack, { 'content-type': BINARY });
  return answer.json<{ applied: number; refused: { code: string }[] }>();
}

describe('a run whose end the repository does not take', () => {
  for (const [what, ends] of [
    ['a ruling', (): readonly [ChangeSetKind, string, string, string, FieldValue] => ['refuse', RULED_TYPE, 'a'.repeat(64), REFUSED, 'x']],
    ['an erasure of what is no person', (id: string) => ['erase', 'activity', id, '_erased', null] as const],
    ['a ruling that is none', (id: string) => ['data', 'activity', id, '_erased', null] as const],
    ['something that it takes and rules out', (id: string) => ['data', 'activity', id, 'mode', 'banana'] as const],
  ] as const) {
    it(`because it is ${what}, leaves nothing that nothing proves`, async () => {
      const owner = await enrolled();
      const { id } = makeWorkshop(owner);
      await synced(owner);
      const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
      const answer = await pushRun(device, planSpace(id), [
        ['data', 'activity', id, 'place', 'Dakar'],
        ['data', 'activity', id, 'name', 'Autre nom'],
        ends(id),
      ]);
      expect(answer.refused.length).toBeGreaterThan(0);
      await everybodyHolds(planSpace(id), owner);
    });
  }
});
