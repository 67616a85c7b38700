import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import { datesAfter } from '../../../shared/features/activity/duplicate.ts';
import type { peopleContract } from '../../../shared/features/people/contract.ts';
import { addDays, dayCount } from '../../../shared/kernel/dates.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-duplicate-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

type Activity = typeof activityContract;
const get = (id: string) => engine.call<ResultOf<Activity['activity.get']>>('activity.get', { id });
const listed = (activityId: string) => engine.call<ResultOf<(typeof peopleContract)['people.list']>>('people.list', { activityId });
const add = (activityId: string, familyName: string, givenName: string) =>
  engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, country: 'SN' });

/** A workshop of four days from a course, with a visit of one's own. */
async function makeWorkshop(): Promise<string> {
  const plan = {
    ...{ title: { fr: 'Formation de base', en: 'Basic training' }, courseId: 'C1', projects: ['GLACY+'], partners: ['OCWAR-C'] },
    ...{ languages: ['fr' as const, 'en' as const], countries: ['SN', 'BJ'], mode: 'hybrid' as const, place: 'Dakar' },
    ...{ start: '2026-03-02', end: '2026-03-05' },
  };
  const { id } = await engine.call<{ id: string }>('activity.create', plan);
  await engine.call('activity.addItem', {
    ...{ activityId: id, title: 'Visite du tribunal', halfDay: '2026-03-05-PM', start: '16:30', end: '18:00' },
    ...{ room: 'Salle 2', trainers: 'Bento Évora', counts: false },
  });
  return id;
}

interface Wanted {
  readonly start: string;
  readonly end: string;
  readonly people?: boolean;
  readonly title?: string;
  readonly drop?: readonly string[];
}
const duplicate = (id: string, wanted: Wanted) =>
  engine.call<ResultOf<Activity['activity.duplicate']>>('activity.duplicate', { from: id, ...wanted });
const refused = async (id: string, wanted: Wanted) => {
  const answer = await engine.try('activity.duplicate', { from: id, ...wanted });
  if (answer.ok) throw new Error('it was not refused');
  return answer.error;
};

describe('a workshop like another one', () => {
  it('has its facts and its agenda, each session on the same day from the first', async () => {
    const id = await makeWorkshop();
    const made = await duplicate(id, { start: '2026-06-08', end: '2026-06-11' });
    expect(made).toMatchObject({ people: 0, left: 0 });
    const [before, after] = [await get(id), await get(made.id)];
    for (const field of ['title', 'projects', 'partners', 'languages', 'countries', 'mode', 'place', 'courseId'] as const)
      expect(after[field], field).toEqual(before[field]);
    expect([after.start, after.end, after.sample]).toEqual(['2026-06-08', '2026-06-11', false]);
    const bare = (agenda: typeof after.agenda) =>
      agenda.map(({ id: _id, seen: _seen, halfDay, ...item }) => ({
        ...item,
        place: `${dayCount(agenda[0]!.halfDay.slice(0, 10), halfDay.slice(0, 10))} ${halfDay.slice(11)}`,
      }));
    expect(after.agenda.length).toBeGreaterThan(8);
    expect(bare(after.agenda)).toEqual(bare(before.agenda));
    expect(after.agenda.at(-1)).toMatchObject({ room: 'Salle 2', trainers: 'Bento Évora', counts: false, halfDay: '2026-06-11-PM' });
    const ids = new Set(before.agenda.map((item) => item.id));
    expect(after.agenda.filter((item) => ids.has(item.id))).toEqual([]);
    // The other one is as it was.
    expect(before).toMatchObject({ start: '2026-03-02', end: '2026-03-05' });
  });

  it('has its people as new participants, homonyms too, and none of their marks', async () => {
    const id = await makeWorkshop();
    await add(id, 'TRAORE', 'Moussa');
    const second = await add(id, 'TRAORE', 'Moussa');
    await add(id, 'N’GUESSAN', 'Awa');
    const marks = [{ personId: second.id, status: 'present' as const }];
    await engine.call('attendance.mark', { activityId: id, halfDay: '2026-03-02-AM', marks });

    const made = await duplicate(id, { start: '2026-06-08', end: '2026-06-11', people: true, title: 'Deuxième groupe' });
    expect(made).toMatchObject({ people: 3, left: 0 });
    const [before, after] = [await listed(id), await listed(made.id)];
    const named = (some: typeof before) => some.map(({ familyName, givenName, country }) => `${familyName} ${givenName} ${country}`);
    expect(named(after)).toEqual(named(before));
    expect(after.filter((one) => before.some((other) => other.id === one.id))).toEqual([]);
    expect((await get(made.id)).title).toBe('Deuxième groupe');
    const contents = await engine.call<ResultOf<Activity['activity.contents']>>('activity.contents', { id: made.id });
    expect(contents).toMatchObject({ people: 3, marks: 0, sheets: 0 });
    // Removed with what its makers have seen, it is gone at one stroke.
    await engine.call('activity.remove', { id: made.id, seen: contents.seen });
    expect((await engine.call<{ id: string }[]>('activity.list')).map((one) => one.id)).toEqual([id]);
  });

  it('leaves out whoever was erased or removed', async () => {
    const id = await makeWorkshop();
    const gone = await add(id, 'DIOP', 'Fatou');
    const erased = await add(id, 'MENDY', 'Rose');
    await add(id, 'KONÉ', 'Awa');
    await engine.call('people.remove', { id: gone.id });
    await engine.call('people.erase', { id: erased.id, reason: 'asked' });
    const made = await duplicate(id, { start: '2026-06-08', end: '2026-06-11', people: true });
    expect((await listed(made.id)).map(({ familyName }) => familyName)).toEqual(['KONÉ']);
  });

  it('asks what to drop where it is shorter, and leaves that out of the new one alone', async () => {
    const id = await makeWorkshop();
    const before = await get(id);
    const { code, details } = await refused(id, { start: '2026-06-08', end: '2026-06-10' });
    expect(code).toBe('agenda.overflow');
    const drop = (details['items'] as { id: string }[]).map((item) => item.id);
    expect(drop.length).toBeGreaterThan(0);
    const made = await duplicate(id, { start: '2026-06-08', end: '2026-06-10', drop });
    expect((await get(made.id)).agenda).toHaveLength(before.agenda.length - drop.length);
    expect((await get(id)).agenda).toHaveLength(before.agenda.length);
  });

  it('refuses an unknown workshop and dates that are none', async () => {
    const id = await makeWorkshop();
    expect((await refused('00000000-0000-4000-8000-000000000000', { start: '2026-06-08', end: '2026-06-09' })).code).toBe(
      'activity.unknown',
    );
    expect((await refused(id, { start: '2026-06-08', end: '2026-06-07' })).code).toBe('activity.dates');
  });
});

describe('the dates that are proposed', () => {
  it('are as long, on the same days of the week, after the workshop and not before today', () => {
    expect(datesAfter({ start: '2026-03-02', end: '2026-03-05' }, '2026-12-01')).toEqual({ start: '2026-12-07', end: '2026-12-10' });
    expect(datesAfter({ start: '2027-03-01', end: '2027-03-02' }, '2026-12-01')).toEqual({ start: '2027-03-08', end: '2027-03-09' });
    expect(datesAfter({ start: '2026-12-05', end: '' }, '2026-12-01')).toEqual({ start: '2026-12-01', end: '2026-12-01' });
    const days = fc.integer({ min: -900, max: 900 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 30 }), (from, length) => {
        const [start, today] = [addDays('2026-12-01', from), '2026-12-01'];
        const end = addDays(start, length);
        const next = datesAfter({ start, end }, today);
        expect(dayCount(next.start, next.end)).toBe(length + 1);
        expect((dayCount(start, next.start) - 1) % 7).toBe(0);
        expect(next.start > end && next.start >= today).toBe(true);
        // No week earlier is both.
        const earlier = addDays(next.start, -7);
        expect(earlier > end && earlier >= today).toBe(false);
      }),
    );
  });
});
