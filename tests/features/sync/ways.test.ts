import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { type Laptop } from '../../support/laptops/laptop.ts';
import { openLanLaptop, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { logOf } from '../../support/laptops/usb.ts';
import { onUsb, onUsbSince, overHttp, overLan, type Way } from '../../support/laptops/ways.ts';
import { enrolledLaptop, makeWorkshop } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

/** Invariant 11: by whatever ways the work of two laptops reaches the other, their stores and logs end the same. */

const folder = quickFolder('itinera-ways-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A new way joins here, and every pair with it is tried. */
const WAYS: readonly Way[] = [overHttp, overLan(), onUsb(path.join(folder, 'whole')), onUsbSince(path.join(folder, 'since'))];
const PAIRS = WAYS.flatMap((there) => WAYS.map((back) => [there.name, back.name, there, back] as const));

async function withLaptops(count: number, work: (laptops: LanLaptop[], server: TestRepository) => Promise<void>): Promise<void> {
  const server = await startRepository({ library: false });
  const laptops: LanLaptop[] = [];
  try {
    for (let i = 0; i < count; i++) {
      laptops.push(openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all', { name: `Awa ${i}` })));
    }
    await work(laptops, server);
    expect(server.faults).toEqual([]);
  } finally {
    for (const laptop of laptops) await laptop.end();
    await server.stop();
  }
}

function conflicts(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.conflicts']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('conflicts');
  return answer.value.map(({ entity, field, shown, values }) => ({
    entity,
    field,
    shown,
    values: values.map(({ value }) => JSON.stringify(value)).sort((a, b) => (a < b ? -1 : 1)),
  }));
}

function mark(laptop: Laptop, id: string, status: string): void {
  laptop.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status });
}

function expectSame(one: Laptop, two: Laptop): void {
  expect(two.store.digest()).toEqual(one.store.digest());
  expect(logOf(two)).toEqual(logOf(one));
  expect(conflicts(two)).toEqual(conflicts(one));
}

describe('two marks in one cell (journey 8)', () => {
  it.each(PAIRS)('there by %s and back by %s', async (_there, _back, there, back) => {
    await withLaptops(2, async ([one, two]) => {
      if (!one || !two) throw new Error('two laptops');
      const { id } = makeWorkshop(one);
      await there.carry(one, two);
      mark(one, id, 'late');
      mark(two, id, 'absent');
      await there.carry(one, two);
      await back.carry(two, one);
      expectSame(one, two);
      expect(conflicts(one)).toMatchObject([{ field: 'status', values: ['"absent"', '"late"'] }]);

      const settled = await two.sync.handlers['sync.settle']({ entity: 'cell', field: 'status', value: 'late' }, quietCall());
      expect(settled.ok).toBe(true);
      await back.carry(two, one);
      expectSame(one, two);
      expect(conflicts(one)).toEqual([]);
      const digest = one.store.digest();
      await there.carry(one, two);
      await back.carry(two, one);
      expectSame(one, two);
      expect(one.store.digest()).toEqual(digest);
    });
  });
});

it('the same work by each way gives equal logs, and whoever has it can pass it on by any other', async () => {
  await withLaptops(1 + WAYS.length, async ([one, ...others]) => {
    if (!one) throw new Error('a laptop');
    const { id, person } = makeWorkshop(one);
    const file = path.join(folder, 'slides.pdf');
    writeFileSync(file, randomBytes(1_000));
    const { sha256, size } = await one.files.put(sourceFile(file));
    const materialId = randomUUID();
    one.write(planSpace(id), 'material', materialId, { name: 'Diapositives', kind: 'slides' });
    one.write(planSpace(id), 'materialVersion', randomUUID(), { materialId, language: 'fr', sha256, size });
    for (const givenName of ['Awa', 'Aminata', 'Fatou']) one.write(peopleSpace(id), 'participant', person, { givenName });
    for (const [i, way] of WAYS.entries()) await way.carry(one, others[i]!);
    for (const other of others) expectSame(one, other);
    // On from hand to hand, each time by another way, and round again to the first.
    for (const [i, way] of WAYS.entries()) {
      mark(others[i]!, id, ['present', 'late', 'absent', 'remote'][i % 4]!);
      await way.carry(others[i]!, others[(i + 1) % others.length]!);
    }
    for (const way of WAYS) for (const other of others) await way.carry(other, one);
    for (const way of WAYS) for (const other of others) await way.carry(one, other);
    for (const other of others) expectSame(one, other);
  });
});
