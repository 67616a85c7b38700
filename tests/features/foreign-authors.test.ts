import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import type { Role } from '../../shared/features/sync/reading.ts';
import { quietCall, type Laptop } from '../support/laptop.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { startRepository, type TestRepository } from '../support/repository.ts';
import { exported, imported } from '../support/usb.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';

/** Who may not write is judged wherever their work comes in, and a verdict concerns whose work it is about. */
const folder = quickFolder('itinera-authors-');
let server: TestRepository;
const laptops: Laptop[] = [];
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function enrolled(role: Role, scope: string, options: Parameters<typeof enrolledLaptop>[3] = {}): Promise<Laptop> {
  const laptop = await enrolledLaptop(server, role, scope, options);
  laptops.push(laptop);
  return laptop;
}

const namesOf = (laptop: Laptop, person: string): unknown[] =>
  laptop.store.reader.heads('participant', person, 'familyName').map(({ value }) => value);
const trayOf = async (laptop: Laptop) => {
  const answer = await laptop.sync.handlers['sync.setAside']({ others: false }, quietCall());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};

describe('work of somebody who may not write there', () => {
  for (const [role, scope] of [
    ['expert', 'all'],
    ['curriculum', 'all'],
    ['officer', 'all'],
    ['trainer', 'workshop:another'],
    ['coordinator', 'country:FR'],
  ] as const) {
    it(`brought by a stick, of ${role} ${scope}, has no effect, is shown as set aside, and closes nothing of who brought it`, async () => {
      const trainer = await enrolled('trainer', 'all');
      const { id, person } = makeWorkshop(trainer);
      await synced(trainer);
      const other = await enrolled(role, scope);
      await synced(other);
      other.write(peopleSpace(id), 'participant', person, { familyName: 'REPLACED' });
      const stick = path.join(folder, `${randomUUID()}.itinera`);
      await exported(other, stick, { spaces: [peopleSpace(id)], files: false });
      expect(await imported(trainer, stick)).toMatchObject({ applied: 0, refused: 1 });
      expect(namesOf(trainer, person)).toEqual(['KONÉ']);
      expect(await trayOf(trainer)).toMatchObject([{ own: false, entities: [{ entity: person, field: 'familyName' }] }]);

      // Own work goes on, at each run, beside what was turned down.
      for (const name of ['DIOP', 'NDIAYE', 'SOW']) {
        trainer.write(peopleSpace(id), 'participant', person, { familyName: name });
        await synced(trainer);
        expect(namesOf(trainer, person)).toEqual([name]);
        expect((await trayOf(trainer)).filter(({ own }) => own)).toEqual([]);
      }
      expect(await synced(trainer)).toMatchObject({ pushed: 0 });
      const coordinator = await enrolled('coordinator', 'country:SN');
      await synced(coordinator);
      expect(namesOf(coordinator, person)).toEqual(['SOW']);
      expect(coordinator.store.digest()[peopleSpace(id)]).toBe((await server.digest())[peopleSpace(id)]);
    });
  }

  it('stands as soon as the repository accepts it from its author', async () => {
    const trainer = await enrolled('trainer', 'all');
    const { id, person } = makeWorkshop(trainer, ['SN']);
    await synced(trainer);
    // Read before the plan says that the coordinator's country belongs to it.
    const coordinator = await enrolled('coordinator', 'country:CI');
    const stick = path.join(folder, `${randomUUID()}.itinera`);
    coordinator.write(peopleSpace(id), 'participant', person, { familyName: 'CORRECTED' });
    await exported(coordinator, stick, { spaces: [peopleSpace(id)], files: false });
    expect(await imported(trainer, stick)).toMatchObject({ refused: 1 });
    trainer.write(planSpace(id), 'activity', id, { countries: ['SN', 'CI'] });
    await synced(trainer);
    await synced(coordinator);
    await synced(coordinator);
    await synced(trainer);
    expect(await trayOf(trainer)).toEqual([]);
    // Written without having seen the name: both stand, and a person decides.
    expect(new Set(namesOf(trainer, person))).toEqual(new Set(['CORRECTED', 'KONÉ']));
    expect(trainer.store.digest()[peopleSpace(id)]).toBe(coordinator.store.digest()[peopleSpace(id)]);
  });
});

it('a clock that leapt ahead wins nothing, and what was written meanwhile is written again by itself', async () => {
  let ahead = 0;
  const awa = await enrolled('trainer', 'all', { clock: { now: () => Date.now() + ahead } });
  const { id, person } = makeWorkshop(awa);
  await synced(awa);
  const bento = await enrolled('coordinator', 'all');
  await synced(bento);
  // Still trusted: it was compared a moment ago.
  ahead = 5 * 86_400_000;
  awa.write(peopleSpace(id), 'participant', person, { familyName: 'FROM THE FUTURE' });
  bento.write(peopleSpace(id), 'participant', person, { familyName: 'OF TODAY' });
  await synced(bento);
  await synced(awa);
  await synced(awa);
  await synced(bento);
  for (const laptop of [awa, bento]) expect(namesOf(laptop, person)).toEqual(['OF TODAY', 'FROM THE FUTURE']);
  expect(awa.store.digest()[peopleSpace(id)]).toBe(bento.store.digest()[peopleSpace(id)]);
  expect((await trayOf(awa)).map(({ code, reissued }) => [code, reissued !== ''])).toEqual([['sync.clockAhead', true]]);
});
