import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evictedSpaces } from '../../../electron/engine/sync/access/evicted-spaces.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { nodeVerifier, nodeHasher } from '../../../shared/node/crypto.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { hasTwin } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { failFrom } from '../../support/failing.ts';
import { type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { everyFlag } from '../../../shared/node/files/file-flags.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

/** SPEC, invariants 2 and 12: who may no longer read a space holds no byte of it, and nothing that was confirmed there is lost. */
let server: TestRepository;
const { enrolled, reopened, end } = laptopsAround(() => server);

beforeEach(async () => {
  server = await startRepository({ library: false });
});
afterEach(async () => {
  await end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

const NAME = 'ZIGUINCHORAISE';

interface Case {
  readonly trainer: Laptop;
  readonly coordinator: Laptop;
  readonly id: string;
  readonly person: string;
  readonly spaces: readonly string[];
}

/** A trainer's workshop in Cabo Verde, and the country's coordinator, who has it. */
async function begin(): Promise<Case> {
  const trainer = await enrolled('trainer', 'all', { name: 'Awa MBENGUE' });
  const { id, person } = makeWorkshop(trainer, ['CV'], NAME);
  await synced(trainer);
  const coordinator = await enrolled('coordinator', 'country:CV', { name: 'Bento' });
  await synced(coordinator);
  coordinator.write(peopleSpace(id), 'mark', 'mark-0', { activityId: id, personId: person, status: 'present', method: 'before' });
  await synced(coordinator);
  await synced(trainer);
  return { trainer, coordinator, id, person, spaces: [planSpace(id), peopleSpace(id), answersSpace(id)] };
}

async function move({ trainer, id }: Pick<Case, 'trainer' | 'id'>, countries: string[]): Promise<void> {
  trainer.write(planSpace(id), 'activity', id, { countries });
  await synced(trainer);
}

/** The files of a laptop's folder in which a text lies, the database's own logs among them. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(text);
  });
}

function setAside(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.setAside']({ others: false }, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('setAside');
  return answer.value;
}

function lost(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.lost']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('lost');
  return answer.value;
}

const keptAtRepository = async (): Promise<number> => (await server.registry.counts()).refused;
const methodThere = async (mark: string): Promise<unknown> => (await server.shown('mark')).find(({ id }) => id === mark)?.['method'];
const methodOf = (laptop: Pick<Laptop, 'store'>, mark: string): unknown =>
  laptop.store.reader.get<{ method: string }>('select method from mark where id = ?', mark)?.method;
const check = (laptop: Laptop) =>
  checkStore(laptop.store.db, { hasher: nodeHasher, verifier: nodeVerifier(), unsigned: laptop.store.replica });

describe('a workshop that a laptop may no longer read', () => {
  it('is wiped once what was written there lies at the repository, and says so', async () => {
    const one = await begin();
    const { coordinator, id, person, spaces } = one;
    expect(filesWith(coordinator.folder, NAME)).not.toEqual([]);
    await move(one, ['SN']);
    coordinator.write(peopleSpace(id), 'mark', 'mark-1', { activityId: id, personId: person, status: 'late', method: 'offline' });
    coordinator.write(peopleSpace(id), 'participant', person, { email: `${NAME}@example.org` });
    expect(lost(coordinator)).toEqual([]);
    await synced(coordinator);

    expect(coordinator.store.spaces().filter((space) => space.includes(id))).toEqual([]);
    expect(coordinator.store.reader.all('select * from activity')).toEqual([]);
    expect(coordinator.store.reader.all('select * from searchable')).toEqual([]);
    for (const text of [NAME, NAME.toLowerCase(), 'MBENGUE']) expect(filesWith(coordinator.folder, text), text).toEqual([]);
    expect(await keptAtRepository()).toBe(2);
    expect(lost(coordinator)).toMatchObject([{ activityId: id, title: 'Atelier', removed: true, setAside: 2, seen: false }]);
    // The author still reads what they did, in words; what was personal is not theirs to keep.
    const tray = setAside(coordinator).map(({ code, entities }) => [code, entities.map(({ field, value }) => [field, value])]);
    expect(tray).toEqual([
      ['sync.spaceClosed', [['email', null]]],
      [
        'sync.spaceClosed',
        [
          ['activityId', id],
          ['personId', person],
          ['status', 'late'],
          ['method', 'offline'],
        ],
      ],
    ]);
    expect(await check(coordinator)).toMatchObject({ ok: true, problems: [] });
    expect(() => coordinator.write(peopleSpace(id), 'mark', 'mark-2', { activityId: id, status: 'late' })).toThrow('not here');
    // Nothing more to be said about it.
    expect(await synced(coordinator)).toMatchObject({ requests: 1, refused: 0 });
    expect(spaces.every((space) => evictedSpaces(coordinator.settings).some((entry) => entry.space === space))).toBe(true);
  });

  it('comes back whole with the access, and its chains go on', async () => {
    const one = await begin();
    const { trainer, coordinator, id, person, spaces } = one;
    await move(one, ['SN']);
    coordinator.write(peopleSpace(id), 'mark', 'mark-1', { activityId: id, personId: person, status: 'late', method: 'offline' });
    coordinator.write(peopleSpace(id), 'participant', person, { email: 'p@example.org' });
    const before = coordinator.store.tips(peopleSpace(id)).find(({ replica }) => replica === coordinator.store.replica)!;
    await synced(coordinator);
    trainer.write(peopleSpace(id), 'mark', 'mark-2', { activityId: id, personId: person, status: 'late', method: 'meanwhile' });
    await move(one, ['SN', 'CV']);

    expect(await synced(coordinator)).toMatchObject({ refused: 0 });
    expect(hasTwin(coordinator.store.db)).toBe(false);
    expect(lost(coordinator)).toEqual([]);
    expect(setAside(coordinator)).toEqual([]);
    expect(coordinator.store.tips(peopleSpace(id))).toContainEqual(before);
    coordinator.write(peopleSpace(id), 'mark', 'mark-3', { activityId: id, personId: person, status: 'late', method: 'after' });
    const [end] = coordinator.store.tips(peopleSpace(id)).filter(({ replica }) => replica === coordinator.store.replica);
    expect(end).toMatchObject({ seq: before.seq + 1 });
    await synced(coordinator);
    await synced(trainer);
    for (const mark of ['mark-0', 'mark-1', 'mark-2', 'mark-3']) expect(await methodThere(mark)).toBe(methodOf(trainer, mark));
    for (const laptop of [coordinator, trainer]) {
      const methods = ['mark-0', 'mark-1', 'mark-2', 'mark-3'].map((mark) => methodOf(laptop, mark));
      expect(methods).toEqual(['before', 'offline', 'meanwhile', 'after']);
      expect(laptop.store.reader.get('select email from participant where id = ?', person)).toEqual({ email: 'p@example.org' });
    }
    for (const space of spaces) {
      const digests = [coordinator.store.digest(), trainer.store.digest(), await server.digest()].map((held) => held[space]);
      expect(new Set(digests).size, space).toBe(1);
      expect(coordinator.store.tips(space)).toEqual(trainer.store.tips(space));
    }
    expect(await keptAtRepository()).toBe(0);
    expect(await check(coordinator)).toMatchObject({ ok: true, problems: [] });
    expect(await synced(coordinator)).toMatchObject({ requests: 1 });
  });

  it('takes its files along, but for one that nobody else has', async () => {
    const one = await begin();
    const { trainer, coordinator, id } = one;
    const add = async (laptop: Laptop, text: string): Promise<string> => {
      const source = path.join(laptop.folder, 'source.bin');
      writeFileSync(source, text);
      const { sha256, size } = await laptop.files.put(sourceFile(source));
      const record = {
        materialId: '00000000-0000-4000-8000-0000000000a1',
        sha256,
        size,
        language: 'fr',
        type: 'text/plain',
        fileName: 'x',
      };
      laptop.write(planSpace(id), 'materialVersion', randomUUID(), record);
      return sha256;
    };
    const theirs = await add(trainer, 'slides');
    await synced(trainer);
    await synced(coordinator);
    coordinator.files.flags.pin(theirs);
    await synced(coordinator);
    expect(coordinator.files.has(theirs)).toBe(true);
    await move(one, ['SN']);
    const own = await add(coordinator, 'photographs of the board');
    await synced(coordinator);
    expect(coordinator.files.has(theirs)).toBe(false);
    expect(everyFlag(coordinator.store.db).filter((flags) => flags.pinned)).toEqual([]);
    expect(coordinator.files.has(own)).toBe(true);
  });
});

describe('what is not lost', () => {
  it('a revoked device keeps everything: what it had not sent is nowhere else', async () => {
    const { coordinator, id, person } = await begin();
    coordinator.write(peopleSpace(id), 'mark', 'mark-1', { activityId: id, personId: person, status: 'late', method: 'unsent' });
    await server.registry.revoke(coordinator.store.replica, Date.now());
    expect(await coordinator.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
    expect(methodOf(coordinator, 'mark-1')).toBe('unsent');
    expect(lost(coordinator)).toEqual([]);
  });

  it('a workshop that the repository never had, and a sample, stay', async () => {
    const { coordinator } = await begin();
    const own = makeWorkshop(coordinator, ['CV'], 'OWN');
    const sample = randomUUID();
    coordinator.write(planSpace(sample), 'activity', sample, { name: 'Sample', sample: true }, true);
    await synced(coordinator);
    await synced(coordinator);
    expect(coordinator.store.spaces()).toContain(planSpace(own.id));
    expect(coordinator.store.spaces()).toContain(planSpace(sample));
    expect(lost(coordinator)).toEqual([]);
  });

  it('a space that the repository does not hold stays: it was put back to a time before there was one', async () => {
    const { coordinator, trainer, id, spaces } = await begin();
    // The same laptops, before a repository that knows them and the plan, and has none of their work.
    for (const space of [peopleSpace(id), answersSpace(id)]) await server.forgetSpace(space);
    const { folder } = server;
    await server.stop(true);
    server = await startRepository({ folder, library: false });
    for (const laptop of [coordinator, trainer])
      laptop.settings.set('sync/account', { ...(laptop.settings.get('sync/account') as object), url: server.url });
    await coordinator.run();
    expect(methodOf(coordinator, 'mark-0')).toBe('before');
    expect(coordinator.store.spaces()).toEqual(expect.arrayContaining([...spaces]));
    await trainer.run();
    await synced(coordinator);
    expect(await methodThere('mark-0')).toBe('before');
    expect(evictedSpaces(coordinator.settings)).toEqual([]);
    expect(coordinator.store.digest()[peopleSpace(id)]).toBe(trainer.store.digest()[peopleSpace(id)]);
  });
});

/** Every step takes 25 seconds; `ITINERA_ACCESS_STRIDE=1` tries them all. */
const STRIDE = Number(process.env['ITINERA_ACCESS_STRIDE'] ?? 15);

it('failing at every step, one after the other, the work arrives and the space goes', { timeout: 300_000 }, async () => {
  const trainer = await enrolled('trainer', 'all');
  let coordinator = await enrolled('coordinator', 'country:CV');
  let failures = 0;
  for (let step = 1, before = -1; failures !== before; step += STRIDE) {
    before = failures;
    const { id, person } = makeWorkshop(trainer, ['CV'], NAME);
    await synced(trainer);
    await synced(coordinator);
    const mark = `mark-${step}`;
    coordinator.write(peopleSpace(id), 'mark', mark, { activityId: id, personId: person, method: 'while away' });
    for (const countries of [['SN'], ['SN', 'CV'], ['SN']]) {
      await move({ trainer, id }, countries);
      const fault = failFrom(coordinator.store.db, step);
      await Promise.resolve(coordinator.run()).catch(() => undefined);
      const failed = fault.failed();
      fault.undo();
      if (failed) {
        failures++;
        coordinator = await reopened(coordinator);
      }
      await synced(coordinator);
      await synced(trainer);
      const mayRead = countries.includes('CV');
      const reading = mayRead ? [coordinator, trainer] : [];
      if (mayRead) expect(await methodThere(mark), `step ${step}`).toBe('while away');
      const there = await server.digest();
      for (const laptop of reading) expect(methodOf(laptop, mark), `step ${step}`).toBe('while away');
      for (const space of [planSpace(id), peopleSpace(id), answersSpace(id)]) {
        expect(coordinator.store.spaces().includes(space), `step ${step}`).toBe(mayRead);
        for (const { store } of reading) expect(store.digest()[space], `step ${step}`).toBe(there[space]);
      }
      if (!mayRead) expect(filesWith(coordinator.folder, NAME), `step ${step}`).toEqual([]);
      expect(hasTwin(coordinator.store.db)).toBe(false);
    }
  }
  expect(failures).toBeGreaterThan(100 / STRIDE);
  expect(await check(coordinator)).toMatchObject({ ok: true, problems: [] });
});
