import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/kernel/result.ts';
import { planSpace, peopleSpace } from '../../../shared/model/spaces.ts';
import { fileBytes, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { SEED } from '../../sync/seeds.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

let server: TestRepository;
const folder = quickFolder('itinera-laptop-calls-');
const laptops: Laptop[] = [];
const random = seeded(SEED);

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

async function enrolled(name: string): Promise<Laptop> {
  const laptop = await enrolledLaptop(server, 'trainer', 'all', { name });
  laptops.push(laptop);
  return laptop;
}

/** What a call that answers at once says. */
function said<T>(answer: Result<T> | Promise<Result<T>>): T {
  if (answer instanceof Promise || !answer.ok) throw new Error(answer instanceof Promise ? 'late' : answer.refusal.code);
  return answer.value;
}

async function addFile(laptop: Laptop, space: string, size: number): Promise<string> {
  const source = path.join(folder, randomUUID());
  writeFileSync(source, Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256))));
  const { sha256 } = await laptop.files.put(sourceFile(source));
  laptop.write(space, 'materialVersion', randomUUID(), { language: 'fr', fileName: 'x.pdf', type: 'application/pdf', sha256, size });
  return sha256;
}

/** The conflicts about one record: the repository has those of the other tests, too. */
const conflictsOf = (laptop: Laptop, entity: string) =>
  said(laptop.sync.handlers['sync.conflicts']({}, quietCall())).filter((one) => one.entity === entity);

describe('a record that one removed while another wrote to it', () => {
  async function disagree() {
    const awa = await enrolled('Awa Diop');
    const bento = await enrolled('Bento Lima');
    const { id, person } = makeWorkshop(awa);
    await synced(awa);
    await synced(bento);
    const seen = bento.store.reader.headsOfEntity('participant', person).map((head) => head.id);
    bento.store.commit([
      {
        space: peopleSpace(id),
        writes: [{ entityType: 'participant', entityId: person, field: '_deleted', value: true, supersedes: seen }],
      },
    ]);
    awa.write(peopleSpace(id), 'participant', person, { institution: 'Parquet de Thiès' });
    for (const laptop of [bento, awa, bento]) await synced(laptop);
    return { awa, bento, person };
  }
  const isLive = (laptop: Laptop, person: string) =>
    laptop.store.reader.get<{ live: number }>('select live from participant where id = ?', person)?.live === 1;

  it('is a conflict on both laptops, counted, with both people and what each did', async () => {
    const { awa, bento, person } = await disagree();
    for (const laptop of [awa, bento]) {
      expect(conflictsOf(laptop, person)).toMatchObject([
        {
          entity: person,
          field: '_deleted',
          values: [
            { value: false, author: 'Awa Diop' },
            { value: true, author: 'Bento Lima' },
          ],
        },
      ]);
      expect(laptop.sync.conflicts()).toBe(said(laptop.sync.handlers['sync.conflicts']({}, quietCall())).length);
    }
  });

  it('is kept or removed for everybody by one choice, and asked again when that is taken back', async () => {
    const { awa, bento, person } = await disagree();
    const settle = (value: boolean, seen?: string[]) =>
      awa.sync.handlers['sync.settle']({ entity: person, field: '_deleted', value, ...(seen && { seen }) }, quietCall());
    const [conflict] = conflictsOf(awa, person);
    const removal = conflict!.values.find(({ value }) => value === true)!;
    said(settle(false, conflict!.seen));
    expect(conflictsOf(awa, person)).toEqual([]);
    expect(isLive(awa, person)).toBe(true);
    said(settle(true, [removal.id]));
    expect(conflictsOf(awa, person)).toMatchObject([{ field: '_deleted' }]);
    said(settle(true, conflictsOf(awa, person)[0]!.seen));
    expect(conflictsOf(awa, person)).toEqual([]);
    expect(isLive(awa, person)).toBe(false);
    for (const laptop of [awa, bento]) await synced(laptop);
    expect(isLive(bento, person)).toBe(false);
    expect(conflictsOf(bento, person)).toEqual([]);
    expect(said(awa.sync.handlers['sync.history']({ entity: person, field: 'institution' }, quietCall()))[0]).toMatchObject({
      value: 'Parquet de Thiès',
    });
    expect(settle(true, ['0:0'])).toMatchObject({ ok: false, refusal: { code: 'sync.registerUnknown' } });
  });
});

describe('a settled conflict that is asked again', () => {
  it('holds both values once more, and says what they were written over', async () => {
    const awa = await enrolled('Awa Diop');
    const bento = await enrolled('Bento Lima');
    const { id } = makeWorkshop(awa);
    await synced(awa);
    await synced(bento);
    awa.write(planSpace(id), 'activity', id, { name: 'Atelier de Dakar' });
    bento.write(planSpace(id), 'activity', id, { name: 'Atelier de Thiès' });
    for (const laptop of [bento, awa]) await synced(laptop);
    const conflicts = () => conflictsOf(awa, id);
    const [conflict] = conflicts();
    expect(conflict).toMatchObject({ field: 'name', base: 'Atelier' });
    const settle = (value: unknown, seen: string[]) =>
      said(awa.sync.handlers['sync.settle']({ entity: id, field: 'name', value: value as string, seen }, quietCall()));
    const [chosen, other] = conflict!.values;
    settle(chosen!.value, conflict!.seen);
    expect(conflicts()).toEqual([]);
    settle(other!.value, [other!.id]);
    expect(new Set(conflicts()[0]!.values.map(({ value }) => value))).toEqual(new Set(['Atelier de Dakar', 'Atelier de Thiès']));
  });
});

describe('what this laptop is and keeps', () => {
  it('says who it is enrolled as', async () => {
    const laptop = await enrolled('Awa Diop');
    expect(said(laptop.sync.handlers['sync.devices']({}, quietCall()))).toMatchObject({
      here: { author: 'Awa Diop', role: 'trainer', scope: 'all', url: server.url, certified: true },
      earlier: [],
      revoked: [],
    });
  });

  it('tells what arrived from whom, until it is marked as seen', async () => {
    const awa = await enrolled('Awa Diop');
    const bento = await enrolled('Bento Lima');
    await synced(bento);
    const arrived = () => said(bento.sync.handlers['sync.arrived']({}, quietCall()));
    said(bento.sync.handlers['sync.arrivedSeen']({ upTo: arrived().upTo }, quietCall()));
    expect(arrived().from).toEqual([]);
    const { id } = makeWorkshop(awa);
    await synced(awa);
    await synced(bento);
    expect(arrived().from.find(({ space }) => space === peopleSpace(id))).toMatchObject({
      author: 'Awa Diop',
      changeSets: 2,
      kinds: expect.arrayContaining([{ entityType: 'participant', records: 1 }]) as unknown,
    });
    said(bento.sync.handlers['sync.arrivedSeen']({ upTo: arrived().upTo }, quietCall()));
    expect(arrived().from).toEqual([]);
  });

  it('lets go only of files that the repository holds and nobody keeps, and does not fetch them again', async () => {
    const laptop = await enrolled('Awa Diop');
    const { id } = makeWorkshop(laptop);
    const [sent, kept] = [await addFile(laptop, planSpace(id), 20_000), await addFile(laptop, planSpace(id), 10_000)];
    laptop.files.flags.pin(kept);
    const usage = () => said(laptop.sync.handlers['store.usage']({}, quietCall()));
    const free = () => said(laptop.sync.handlers['store.free']({ activityId: id }, quietCall()));
    expect(usage().files).toEqual([{ activityId: id, files: 2, bytes: 30_000, freeable: 0 }]);
    expect(usage().records).toBeGreaterThan(0);
    expect(free()).toEqual({ files: 0, bytes: 0 });
    await synced(laptop);
    const unsent = await addFile(laptop, planSpace(id), 5_000);
    expect(usage().files).toEqual([{ activityId: id, files: 3, bytes: 35_000, freeable: 20_000 }]);
    expect(free()).toEqual({ files: 1, bytes: 20_000 });
    expect([sent, kept, unsent].map((sha256) => fileBytes(laptop, sha256)?.length)).toEqual([undefined, 10_000, 5_000]);
    expect(await synced(laptop)).toMatchObject({ filesDown: 0, filesUp: 1 });
    laptop.files.flags.pin(sent);
    expect(await synced(laptop)).toMatchObject({ filesDown: 1 });
    expect(fileBytes(laptop, sent)?.length).toBe(20_000);
  });
});
