import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { markId } from '../../../shared/model/derivations.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { featureCalls, type FeatureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLanLaptop, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { onUsb, overHttp, overLan, type Way } from '../../support/laptops/ways.ts';
import { enrolledLaptop } from '../../support/workshop.ts';

/** Nobody's marks vanish: what lost its place while it was made elsewhere is in sight and flagged on both laptops, by whatever way it travelled. */

let server: TestRepository;
const folder = quickFolder('itinera-orphans-');
const laptops: LanLaptop[] = [];

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterEach(async () => {
  for (const laptop of laptops.splice(0)) await laptop.end();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

interface Pair {
  readonly awa: FeatureCalls;
  readonly bakary: FeatureCalls;
  /** Carries the work of both to the other one. */
  both(): Promise<void>;
}

async function pair(way: Way = overHttp): Promise<Pair> {
  const names = ['Awa', 'Bakary'];
  const [one, two] = await Promise.all(
    names.map(async (name) => openLanLaptop({ name }, await enrolledLaptop(server, 'trainer', 'all', { name }))),
  );
  if (!one || !two) throw new Error('two laptops');
  laptops.push(one, two);
  return {
    awa: featureCalls(one),
    bakary: featureCalls(two),
    async both() {
      await way.carry(one, two);
      await way.carry(two, one);
    },
  };
}

/** A workshop of four days with one person, on both laptops. */
async function workshop({ awa, both }: Pair): Promise<{ readonly id: string; readonly person: string }> {
  const { id } = await awa.call('activity.create', { title: 'Atelier', countries: ['SN'], start: '2026-03-02', end: '2026-03-05' });
  const person = (await awa.call('people.add', { activityId: id, givenName: 'Moussa', familyName: 'KONÉ', country: 'SN' })).id;
  await both();
  return { id, person };
}

const mark = (
  calls: FeatureCalls,
  activityId: string,
  personId: string,
  halfDay: string,
  status: 'present' | 'late' | 'absent' = 'present',
) => calls.call('attendance.mark', { activityId, halfDay, marks: [{ personId, status }] });
const cells = async (calls: FeatureCalls, activityId: string) =>
  (await calls.call('attendance.grid', { activityId })).marks.map(({ halfDay, status }) => `${halfDay} ${status}`);
const listed = async (calls: FeatureCalls, activityId: string) =>
  (await calls.call('attendance.orphans', { activityId })).map(({ halfDay, status, reason }) => `${halfDay} ${status} ${reason}`);
const counted = async (calls: FeatureCalls, activityId: string) => {
  const { codes, outside } = await calls.call('attendance.summary', { activityId });
  return { present: codes.present, outside };
};

const WAYS: readonly Way[] = [overHttp, overLan(), onUsb(folder)];

describe.each(WAYS.map((way) => [way.name, way] as const))('by %s', (_name, way) => {
  it('what Awa shortens, moves and removes while Bakary marks is in sight on both laptops', async () => {
    const there = await pair(way);
    const { awa, bakary, both } = there;
    const shortened = await workshop(there);
    const moved = await workshop(there);
    const removed = await workshop(there);
    const left = await workshop(there);
    await awa.call('activity.reschedule', { id: shortened.id, start: '2026-03-02', end: '2026-03-04' });
    await awa.call('activity.reschedule', { id: moved.id, start: '2026-03-09', end: '2026-03-12' });
    await awa.call('activity.remove', { id: removed.id });
    await awa.call('people.remove', { id: left.person });
    for (const { id, person } of [shortened, moved, removed, left]) {
      await mark(bakary, id, person, '2026-03-02-AM');
      await mark(bakary, id, person, '2026-03-05-PM', 'late');
    }
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await cells(laptop, shortened.id)).toEqual(['2026-03-02-AM present']);
      expect(await listed(laptop, shortened.id)).toEqual(['2026-03-05-PM late halfDayGone']);
      expect(await counted(laptop, shortened.id)).toEqual({ present: 1, outside: 1 });

      expect(await cells(laptop, moved.id)).toEqual([]);
      expect(await listed(laptop, moved.id)).toEqual(['2026-03-02-AM present halfDayGone', '2026-03-05-PM late halfDayGone']);
      expect(await counted(laptop, moved.id)).toEqual({ present: 0, outside: 2 });

      const told = { by: 'Awa', writtenBy: 'Bakary' };
      expect(await listed(laptop, removed.id)).toEqual(['2026-03-02-AM present workshopRemoved', '2026-03-05-PM late workshopRemoved']);
      expect(await laptop.call('activity.get', { id: removed.id })).toMatchObject({ removed: told });
      const all = await laptop.call('activity.list', {});
      expect(all.find(({ id }) => id === removed.id)).toMatchObject({ removed: told });
      expect(await counted(laptop, removed.id)).toEqual({ present: 1, outside: 0 });

      expect(await listed(laptop, left.id)).toEqual(['2026-03-02-AM present personRemoved', '2026-03-05-PM late personRemoved']);
      expect(await laptop.call('people.list', { activityId: left.id })).toMatchObject([{ id: left.person, removed: told }]);
      const mine = new Set([shortened, moved, removed, left].map(({ id }) => id));
      expect((await laptop.call('attendance.orphans', {})).filter(({ activityId }) => mine.has(activityId))).toHaveLength(7);
    }
    const seen = async (laptop: FeatureCalls, id: string) => (await laptop.call('activity.contents', { id })).seen;
    // *Remove after all* on one, *keep* on the other question; both are heard everywhere.
    await bakary.call('activity.remove', { id: removed.id, seen: await seen(bakary, removed.id) });
    await bakary.call('people.restore', { id: left.person });
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await laptop.try('activity.get', { id: removed.id })).toMatchObject({ refusal: { code: 'activity.unknown' } });
      expect(await cells(laptop, left.id)).toHaveLength(2);
      expect(await laptop.call('people.list', { activityId: left.id })).toMatchObject([{ removed: null }]);
      expect(await listed(laptop, left.id)).toEqual([]);
    }
  });
});

describe('what a person decides', () => {
  it('the half-day comes back, and with it the mark', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await awa.call('activity.reschedule', { id, start: '2026-03-02', end: '2026-03-04' });
    await mark(bakary, id, person, '2026-03-05-PM');
    await both();
    const { seen } = await bakary.call('activity.get', { id });
    const { halfDays } = await bakary.call('activity.bringHalfDayBack', { id, halfDay: '2026-03-05-PM', seen });
    expect(halfDays).toHaveLength(8);
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await cells(laptop, id)).toEqual(['2026-03-05-PM present']);
      expect(await listed(laptop, id)).toEqual([]);
    }
  });

  it('marks on the days of before are offered the days of now, in order, and never written over another mark unasked', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await awa.call('activity.reschedule', { id, start: '2026-03-09', end: '2026-03-12' });
    await mark(awa, id, person, '2026-03-09-AM', 'absent');
    await mark(bakary, id, person, '2026-03-02-AM');
    await mark(bakary, id, person, '2026-03-03-PM', 'late');
    await both();
    const orphans = await bakary.call('attendance.orphans', { activityId: id });
    expect(orphans).toMatchObject([
      { halfDay: '2026-03-02-AM', movedTo: '2026-03-09-AM', there: 'absent', person: 'KONÉ Moussa', author: 'Bakary' },
      { halfDay: '2026-03-03-PM', movedTo: '2026-03-10-PM', there: null },
    ]);
    const marks = orphans.map(({ personId, halfDay, movedTo, heads, thereHeads }) => ({
      personId,
      halfDay,
      seen: heads,
      to: { personId, halfDay: movedTo! },
      seenThere: thereHeads,
    }));
    expect(await bakary.try('attendance.move', { activityId: id, marks })).toMatchObject({
      refusal: { code: 'attendance.cellTaken', details: { count: 1, cells: [{ personId: person, halfDay: '2026-03-09-AM' }] } },
    });
    expect(await listed(bakary, id)).toHaveLength(2);
    expect(await bakary.call('attendance.move', { activityId: id, marks, taken: 'keep' })).toEqual({ moved: 1, left: 1 });
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await cells(laptop, id)).toEqual(expect.arrayContaining(['2026-03-09-AM absent', '2026-03-10-PM late']));
      expect(await listed(laptop, id)).toEqual(['2026-03-02-AM present halfDayGone']);
    }
    expect(await awa.call('attendance.move', { activityId: id, marks: [marks[0]!], taken: 'replace' })).toEqual({ moved: 1, left: 0 });
    await both();
    expect(await cells(bakary, id)).toEqual(expect.arrayContaining(['2026-03-09-AM present', '2026-03-10-PM late']));
    expect(await listed(bakary, id)).toEqual([]);
    // Moved away is recorded as such, and can be looked up.
    expect(await bakary.call('attendance.gone', { activityId: id })).toMatchObject([
      { halfDay: '2026-03-02-AM', status: 'present', goneBy: 'Awa' },
      { halfDay: '2026-03-03-PM', status: 'late', goneBy: 'Bakary' },
    ]);
  });

  it('a mark is let go, which others are told, and comes back when that is taken back or when it is marked again', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await awa.call('activity.reschedule', { id, start: '2026-03-02', end: '2026-03-04' });
    await mark(bakary, id, person, '2026-03-05-PM');
    await both();
    const cell = { personId: person, halfDay: '2026-03-05-PM' };
    const [orphan] = await awa.call('attendance.orphans', { activityId: id });
    await awa.call('attendance.letGo', { activityId: id, marks: [{ ...cell, seen: orphan!.heads }] });
    await both();
    expect(await listed(bakary, id)).toEqual([]);
    expect(await bakary.call('attendance.gone', { activityId: id })).toMatchObject([{ ...cell, status: 'present', goneBy: 'Awa' }]);
    expect(await bakary.call('attendance.grid', { activityId: id })).toMatchObject({ gone: 1 });
    expect(await awa.try('attendance.letGo', { activityId: id, marks: [cell] })).toMatchObject({
      refusal: { code: 'attendance.markUnknown' },
    });
    expect(await bakary.call('attendance.bringBack', { activityId: id, marks: [cell] })).toEqual({ back: 1 });
    await both();
    expect(await listed(awa, id)).toEqual(['2026-03-05-PM present halfDayGone']);
    expect(await awa.call('attendance.grid', { activityId: id })).toMatchObject({ gone: 0 });
    await awa.call('attendance.letGo', { activityId: id, marks: [cell] });
    await awa.call('activity.bringHalfDayBack', { id, halfDay: '2026-03-05-PM' });
    expect(await cells(awa, id)).toEqual([]);
    await mark(awa, id, person, '2026-03-05-PM');
    expect(await cells(awa, id)).toEqual(['2026-03-05-PM present']);
    expect(await awa.call('attendance.grid', { activityId: id })).toMatchObject({ marks: [{ conflict: false }] });
  });

  it('a mark of which status or name cannot be read says so where it waits and where it was let go', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await awa.call('activity.reschedule', { id, start: '2026-03-02', end: '2026-03-04' });
    await mark(bakary, id, person, '2026-03-05-PM');
    await both();
    const [store] = laptops.map((laptop) => laptop.store);
    const odd = (entityType: string, entityId: string, field: string, value: unknown) =>
      store!.commit([{ space: peopleSpace(id), writes: [{ entityType, entityId, field, value: value as FieldValue }] }]);
    odd('mark', markId(nodeHasher, { activityId: id, halfDay: '2026-03-05-PM', personId: person }), 'status', 'asleep');
    odd('participant', person, 'familyName', 7);
    odd('participant', person, 'givenName', '');
    const [orphan] = await awa.call('attendance.orphans', { activityId: id });
    expect(orphan).toMatchObject({ status: 'notTaken', person: '', unreadable: ['status', 'person'] });
    await awa.call('attendance.letGo', { activityId: id, marks: [{ personId: person, halfDay: '2026-03-05-PM', seen: orphan!.heads }] });
    expect(await awa.call('attendance.gone', { activityId: id })).toMatchObject([{ status: 'notTaken', unreadable: ['status', 'person'] }]);
  });

  it('a mark that is made over while somebody lets it go, stays', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await mark(bakary, id, person, '2026-03-05-PM');
    await both();
    await awa.call('attendance.letGo', { activityId: id, marks: [{ personId: person, halfDay: '2026-03-05-PM' }] });
    await mark(bakary, id, person, '2026-03-05-PM', 'late');
    await both();
    for (const laptop of [awa, bakary]) expect(await cells(laptop, id)).toEqual(['2026-03-05-PM late']);
  });
});

describe('what a removal had seen', () => {
  it('goes with the person, and with the workshop, without a question', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const one = await workshop(there);
    const other = await workshop(there);
    for (const { id, person } of [one, other]) await mark(bakary, id, person, '2026-03-02-AM');
    await both();
    await awa.call('people.remove', { id: one.person, seen: (await awa.call('people.open', { id: one.person })).seen });
    await awa.call('activity.remove', { id: other.id, seen: (await awa.call('activity.contents', { id: other.id })).seen });
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await laptop.call('people.list', { activityId: one.id })).toEqual([]);
      const ids = [one.id, other.id];
      expect((await laptop.call('attendance.orphans', {})).filter(({ activityId }) => ids.includes(activityId))).toEqual([]);
      expect((await laptop.call('activity.list', {})).map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([one.id]);
    }
  });

  it('does not grow with what arrives between the screen and the click', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    const { seen } = await awa.call('activity.contents', { id });
    const open = await awa.call('people.open', { id: person });
    await mark(bakary, id, person, '2026-03-02-AM');
    await both();
    await awa.call('people.remove', { id: person, seen: open.seen });
    expect(await listed(awa, id)).toEqual(['2026-03-02-AM present personRemoved']);
    await awa.call('people.restore', { id: person });
    await awa.call('activity.remove', { id, seen });
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await listed(laptop, id)).toEqual(['2026-03-02-AM present workshopRemoved']);
      expect(await laptop.call('activity.get', { id })).toMatchObject({ removed: { by: 'Awa', writtenBy: 'Bakary' } });
    }
  });

  it('is nobody else’s work where the removal was made before removals named chains', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const { id, person } = await workshop(there);
    await mark(awa, id, person, '2026-03-02-AM');
    await mark(bakary, id, person, '2026-03-02-PM');
    await both();
    const [one] = laptops;
    const heads = one!.store.reader.headsOfEntity('activity', id).map((head) => head.id);
    one!.store.commit([
      {
        space: `workshop/${id}/plan`,
        writes: [{ entityType: 'activity', entityId: id, field: '_deleted', value: true, supersedes: heads }],
      },
    ]);
    await both();
    for (const laptop of [awa, bakary]) expect(await listed(laptop, id)).toEqual(['2026-03-02-PM present workshopRemoved']);
  });

  it('leaves nothing of a person who was added, and of a session that was added, to a workshop removed meanwhile', async () => {
    const there = await pair();
    const { awa, bakary, both } = there;
    const one = await workshop(there);
    const other = await workshop(there);
    await awa.call('activity.remove', { id: one.id });
    await awa.call('activity.remove', { id: other.id });
    await bakary.call('people.add', { activityId: one.id, givenName: 'Fatou', familyName: 'SARR', country: 'SN' });
    await bakary.call('activity.addItem', { activityId: other.id, title: 'Visite', halfDay: '2026-03-03-AM' });
    await both();
    for (const laptop of [awa, bakary]) {
      expect(await laptop.call('people.list', { activityId: one.id })).toHaveLength(2);
      expect((await laptop.call('activity.get', { id: other.id })).agenda).toHaveLength(1);
    }
  });
});

it('a session that was added while the dates moved is shown outside them', async () => {
  const there = await pair();
  const { awa, bakary, both } = there;
  const { id } = await workshop(there);
  await awa.call('activity.reschedule', { id, start: '2026-03-09', end: '2026-03-12' });
  await bakary.call('activity.addItem', { activityId: id, title: 'Visite', halfDay: '2026-03-03-AM' });
  await both();
  for (const laptop of [awa, bakary]) {
    expect((await laptop.call('activity.get', { id })).agenda).toMatchObject([{ halfDay: '2026-03-03-AM', outside: true }]);
  }
});

it('a half-day that counts no more because a colleague says so apart, and a mark of somebody who was never received, are listed', async () => {
  const there = await pair();
  const { awa, bakary, both } = there;
  const { id, person } = await workshop(there);
  const item = (await awa.call('activity.addItem', { activityId: id, title: 'Visite', halfDay: '2026-03-03-AM' })).id;
  await both();
  await awa.call('activity.updateItem', { id: item, counts: false });
  await mark(bakary, id, person, '2026-03-03-AM');
  await both();
  for (const laptop of [awa, bakary]) expect(await listed(laptop, id)).toEqual(['2026-03-03-AM present halfDayGone']);
  await awa.call('activity.bringHalfDayBack', { id, halfDay: '2026-03-03-AM' });
  expect(await cells(awa, id)).toEqual(['2026-03-03-AM present']);
  const [one] = laptops;
  const personId = randomUUID();
  const stranger = { activityId: id, personId, halfDay: '2026-03-02-AM', status: 'present' };
  one!.write(`workshop/${id}/people`, 'mark', derivedId(nodeHasher, 'attendance', id, '2026-03-02-AM', personId), stranger);
  expect(await listed(awa, id)).toEqual(['2026-03-02-AM present personRemoved']);
  expect(await counted(awa, id)).toEqual({ present: 1, outside: 1 });
});

it('all of it stands after a restart', async () => {
  const there = await pair();
  const { awa, bakary, both } = there;
  const { id, person } = await workshop(there);
  await awa.call('people.remove', { id: person });
  await mark(bakary, id, person, '2026-03-02-AM');
  await both();
  const [one] = laptops;
  await one!.close();
  const again = openLanLaptop({ folder: one!.folder });
  laptops.push(again);
  expect(await listed(featureCalls(again), id)).toEqual(['2026-03-02-AM present personRemoved']);
  laptops.shift();
  expect(path.isAbsolute(again.folder)).toBe(true);
});
