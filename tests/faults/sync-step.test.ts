import { afterAll, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { failFrom } from '../support/failing.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';

/**
 * SYNC, invariants 2 and 9: an exchange that fails at its first statement that writes, at its second, and so on to the last, on the laptop or at the repository;
 * a laptop is then started again. Each time nothing is lost and the next exchange ends the same. Where the kills of `sync-kill.test.ts` try some steps by the
 * real end of a process, this tries every one.
 */
let server: TestRepository | null = null;
afterAll(async () => {
  await server?.stop();
});

it.each(['laptop', 'repository'] as const)('failing at every step of the %s, one after the other', { timeout: 300_000 }, async (side) => {
  server = await startRepository({ library: false });
  const other = await enrolledLaptop(server);
  let laptop: Laptop = await enrolledLaptop(server);
  const { id } = makeWorkshop(other);
  await synced(other);
  await synced(laptop);
  let failures = 0;
  for (let step = 1; ; step++) {
    const mark = (whose: Laptop, name: string): void =>
      whose.write(peopleSpace(id), 'mark', `mark-${step % 5}`, {
        activityId: id,
        status: name === 'other' ? 'late' : 'absent',
        method: `${name} ${step}`,
      });
    for (let i = 0; i < 3; i++) mark(other, 'other');
    await synced(other);
    mark(laptop, 'laptop');
    const fault = failFrom(side === 'laptop' ? laptop.store.db : server.repository.store.db, step);
    const answer = await Promise.resolve(laptop.run()).catch((error: unknown) => String(error));
    const failed = fault.failed();
    fault.undo();
    if (failed) {
      failures++;
      if (side === 'laptop') {
        // The process is gone, and so is all that it had not written down.
        const { folder } = laptop;
        await laptop.close();
        laptop = openLaptop({ folder });
      } else {
        expect(answer).toMatchObject({ ok: false, refusal: { code: 'sync.repositoryFailed' } });
      }
    }
    await synced(laptop);
    await synced(other);
    for (const whose of ['other', 'laptop']) {
      for (const store of [laptop.store, other.store, server.repository.store]) {
        const found = store.reader.history(`mark-${step % 5}`, 'method').some(({ value }) => value === `${whose} ${step}`);
        expect(found, `step ${step}: what the ${whose} wrote`).toBe(true);
      }
    }
    const digests = [laptop.store, other.store, server.repository.store].map((store) => store.digest());
    for (const space of [peopleSpace(id), planSpace(id)]) {
      expect(digests[1]![space], `step ${step}`).toBe(digests[0]![space]);
      expect(digests[2]![space], `step ${step}`).toBe(digests[0]![space]);
    }
    if (!failed) break;
  }
  expect(failures).toBeGreaterThan(side === 'laptop' ? 30 : 5);
  await laptop.end();
  await other.end();
  await server.stop();
  server = null;
});
