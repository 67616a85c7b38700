import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/**
 * What is applied can be proven from the log alone. A log that holds an unproven end of a chain all the same (an earlier program left it there) is stepped over:
 * it stops nobody, the operator is told, and its author's next signature vouches for it.
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

async function enrolled(...more: [role?: 'trainer' | 'coordinator', scope?: string]): Promise<Laptop> {
  const laptop = await enrolledLaptop(server, ...more);
  laptops.push(laptop);
  return laptop;
}

const placeOf = (laptop: Laptop, id: string): unknown =>
  laptop.store.reader.get<{ place: string | null }>('select place from activity where id = ?', id)?.place;

it('gives everything that can be proven to everybody, whatever unproven end lies between', async () => {
  const owner = await enrolled();
  const { id } = makeWorkshop(owner);
  await synced(owner);
  const reader = await enrolled('coordinator', 'country:SN');
  await synced(reader);

  owner.write(planSpace(id), 'activity', id, { place: 'Dakar' });
  const bare = owner.store.db.prepare('select body from change_set where space = ? order by feed desc limit 1').pluck();
  const left = decodeChangeSet(bare.get(planSpace(id)) as Uint8Array, nodeHasher);
  if (!left.ok) throw new Error(left.refusal.code);
  expect(left.value.signature).toBe('');
  server.repository.store.ingest([left.value]);
  // Others' work lies behind it.
  const other = await enrolled();
  const later = makeWorkshop(other, ['SN'], 'MAÏGA');
  await synced(other);

  for (const laptop of [reader, await enrolled(), await enrolled('coordinator', 'country:SN')]) {
    expect(await laptop.run()).toMatchObject({ ok: true });
    expect(placeOf(laptop, id) ?? null).toBeNull();
    expect(laptop.store.reader.get('select 1 as here from activity where id = ?', later.id)).toEqual({ here: 1 });
  }
  expect(server.faults.map(String).join()).toContain(left.value.hash);

  // The author's own next signature vouches for what lies before it.
  await synced(owner);
  owner.write(planSpace(id), 'activity', id, { place: 'Saly' });
  await synced(owner);
  for (const laptop of [reader, await enrolled()]) {
    await synced(laptop);
    await synced(laptop);
    expect(placeOf(laptop, id)).toBe('Saly');
    expect(laptop.store.digest()[planSpace(id)]).toBe(owner.store.digest()[planSpace(id)]);
  }
});
