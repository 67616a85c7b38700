import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_SIDE_BY_SIDE } from '../../../shared/sync/accept.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet, FieldValue, Op } from '../../../shared/sync/types.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { exported, imported } from '../../support/laptops/usb.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

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

it('what follows a person’s value that no erasure reaches has no effect on a laptop either: the repository never takes the chain', async () => {
  const trainer = await enrolled('trainer', 'all');
  const { id, person } = makeWorkshop(trainer);
  await synced(trainer);
  const other = await enrolled('trainer', 'all');
  await synced(other);
  const signer = signerOf(readOrMintKey(other.folder, other.store.db));
  const { replica } = other.store;
  const header = { version: 1, space: peopleSpace(id), replica, t: Date.now(), tq: 0, schema: 1, author: '', kind: 'data' } as const;
  const over = other.store.reader.heads('participant', person, 'familyName').map((head) => head.id);
  const named = (content: Op['content']): Op[] => [
    { entityType: 'participant', entityId: person, field: 'familyName', supersedes: over, content },
  ];
  const plain = sealChangeSet({ ...header, seq: 1, prev: null }, named({ form: 'plain', value: 'PLAIN' }), signer, nodeHasher);
  const chain = [plain];
  for (const value of ['AFTER', 'LATER']) {
    const before = chain.at(-1)!;
    const content = { form: 'erasable', value, salt: 'ab'.repeat(16) } as const;
    chain.push(sealChangeSet({ ...header, seq: before.header.seq + 1, prev: before.hash }, named(content), signer, nodeHasher));
  }
  other.store.ingest(chain);
  const stick = path.join(folder, `${randomUUID()}.itinera`);
  await exported(other, stick, { spaces: [peopleSpace(id)], files: false });
  await imported(trainer, stick);
  expect(namesOf(trainer, person)).toEqual(['KONÉ']);
  await synced(trainer);
  const fresh = await enrolled('coordinator', 'country:SN');
  await synced(fresh);
  expect(namesOf(trainer, person)).toEqual(namesOf(fresh, person));
  expect(trainer.store.digest()[peopleSpace(id)]).toBe(fresh.store.digest()[peopleSpace(id)]);
});

it('what one device piles up on a field beyond what may stand there has no effect, by stick and by the repository, and closes nothing', async () => {
  const trainer = await enrolled('trainer', 'all');
  const { id, person } = makeWorkshop(trainer);
  await synced(trainer);
  const other = await enrolled('trainer', 'all');
  await synced(other);
  const pile = (value: string): void => {
    const write = { entityType: 'participant', entityId: person, field: 'familyName', value, supersedes: [] };
    other.store.commit([{ space: peopleSpace(id), writes: [write] }]);
  };
  for (let n = 0; n < MOST_SIDE_BY_SIDE; n++) pile(`N${n}`);
  const most = path.join(folder, `${randomUUID()}.itinera`);
  await exported(other, most, { spaces: [peopleSpace(id)], files: false });
  pile('BEYOND');
  other.write(peopleSpace(id), 'participant', person, { givenName: 'Awa' });
  const stick = path.join(folder, `${randomUUID()}.itinera`);
  await exported(other, stick, { spaces: [peopleSpace(id)], files: false });
  expect(await imported(trainer, most)).toMatchObject({ applied: MOST_SIDE_BY_SIDE, refused: 0 });
  expect(await imported(trainer, stick)).toMatchObject({ applied: 1, refused: 1 });
  const shown = (laptop: Laptop): unknown => [namesOf(laptop, person).length, namesOf(laptop, person).includes('BEYOND')];
  expect(shown(trainer)).toEqual([MOST_SIDE_BY_SIDE + 1, false]);
  expect(await trayOf(trainer)).toMatchObject([{ own: false, code: 'sync.tooManyValues' }]);
  // The repository judges as the laptop did, and whoever fetches it has the same.
  await synced(other);
  const third = await enrolled('trainer', 'all');
  await synced(third);
  await synced(trainer);
  for (const laptop of [other, third, trainer]) expect(shown(laptop)).toEqual([MOST_SIDE_BY_SIDE + 1, false]);
  expect(await trayOf(other)).toMatchObject([{ own: true, code: 'sync.tooManyValues' }]);
  // Whoever is entitled writes over all of it, its author as well.
  other.write(peopleSpace(id), 'participant', person, { familyName: 'KONÉ' });
  await synced(other);
  await synced(trainer);
  expect(namesOf(trainer, person)).toEqual(['KONÉ']);
  await synced(third);
  expect(third.store.digest()[peopleSpace(id)]).toBe(trainer.store.digest()[peopleSpace(id)]);
});

it('of two branches of one chain that are too much together, laptops that met them in other orders end with the one that the repository took', async () => {
  const trainer = await enrolled('trainer', 'all');
  const { id, person } = makeWorkshop(trainer);
  const space = peopleSpace(id);
  await synced(trainer);
  const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
  const link = (before: ChangeSet | null, field: string, values: readonly string[]): ChangeSet => {
    const header = { version: 1, space, replica: device.replica, t: 0, tq: 0, schema: 1, author: 'u', kind: 'data' } as const;
    const ops = values.map((value): Op => {
      const content = { form: 'erasable', value, salt: 'ab'.repeat(16) } as const;
      return { entityType: 'participant', entityId: person, field, supersedes: [], content };
    });
    return sealChangeSet({ ...header, seq: (before?.header.seq ?? 0) + 1, prev: before?.hash ?? null }, ops, device.signer, nodeHasher);
  };
  const many = (letter: string) => Array.from({ length: 0.6 * MOST_SIDE_BY_SIDE }, (_, n) => `${letter}${n}`);
  const first = link(null, 'givenName', ['Awa']);
  const [a, b] = [link(first, 'familyName', many('A')), link(first, 'familyName', many('B'))];
  expect((await device.push([first])).json()).toEqual({ applied: 1 });
  const stickOf = async (branch: ChangeSet): Promise<string> => {
    const carrier = await enrolled('trainer', 'all');
    await synced(carrier);
    carrier.store.ingest([branch]);
    const stick = path.join(folder, `${randomUUID()}.itinera`);
    await exported(carrier, stick, { spaces: [space], files: false });
    return stick;
  };
  const sticks = [await stickOf(a), await stickOf(b)];
  const [left, right] = [await enrolled('trainer', 'all'), await enrolled('trainer', 'all')];
  const letters = (laptop: Laptop) =>
    [...new Set(namesOf(laptop, person).map((name) => String(name).charAt(0)))].sort((a, b) => (a < b ? -1 : 1));
  for (const [laptop, order] of [
    [left, sticks],
    [right, sticks.toReversed()],
  ] as const) {
    await synced(laptop);
    for (const stick of order) await imported(laptop, stick);
  }
  expect([letters(left), letters(right)]).toEqual([
    ['A', 'K'],
    ['B', 'K'],
  ]);
  expect((await device.push([b])).json()).toEqual({ applied: 1 });
  expect((await device.push([a])).json()).toMatchObject({ refused: [{ hash: a.hash, code: 'sync.tooManyValues' }] });
  for (const laptop of [trainer, left, right]) {
    await synced(laptop);
    expect(letters(laptop)).toEqual(['B', 'K']);
    expect(laptop.store.digest()[space]).toBe(trainer.store.digest()[space]);
  }
});

it('what is refused in a push makes no room in it for more', async () => {
  const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
  const material = randomUUID();
  const chain: ChangeSet[] = [];
  const add = (count: number, value: FieldValue, supersedes: readonly string[] = []): ChangeSet => {
    const before = chain.at(-1);
    const header = { version: 1, space: 'library', replica: device.replica, t: 0, tq: 0, schema: 1, author: 'u', kind: 'data' } as const;
    const op: Op = { entityType: 'material', entityId: material, field: 'name', supersedes, content: { form: 'plain', value } };
    const made = sealChangeSet(
      { ...header, seq: (before?.header.seq ?? 0) + 1, prev: before?.hash ?? null },
      Array.from({ length: count }, () => op),
      device.signer,
      nodeHasher,
    );
    chain.push(made);
    return made;
  };
  const most = add(MOST_SIDE_BY_SIDE, 'Cas');
  const everything = most.ops.map((_, index) => `${most.hash}:${index}`);
  const refused = add(1, 5, everything);
  const more = add(2, 'Cas');
  add(1, 'Cas', everything);
  add(MOST_SIDE_BY_SIDE - 1, 'Cas');
  expect((await device.push(chain)).json()).toEqual({
    applied: 5,
    refused: [
      { hash: refused.hash, code: 'sync.valueInvalid' },
      { hash: more.hash, code: 'sync.tooManyValues' },
    ],
  });
  const beyond = add(1, 'Cas');
  expect((await device.push([beyond])).json()).toMatchObject({ refused: [{ hash: beyond.hash, code: 'sync.tooManyValues' }] });
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
