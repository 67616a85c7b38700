import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** A course from its first word to its order: what is written stands, what is removed comes back, and nothing is written over that nobody saw. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-courses-'));
let engine: TestEngine;
let courseId: string;
let other: string;

interface Detail {
  readonly version: string;
  readonly title: object;
  readonly languages: string[];
  readonly modules: readonly { readonly id: string; readonly title: object; readonly sessions: readonly Session[] }[];
}
interface Session {
  readonly id: string;
  readonly title: object;
  readonly objectives: object;
  readonly day: number;
  readonly half: string;
}
const course = (id = courseId) => engine.call<Detail>('course.get', { id });
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const order = async () => (await course()).modules.map(({ sessions }) => sessions.map(({ title }) => Object.values(title)[0] as string));
const seen = () =>
  engine.call<{ seen: Record<string, Record<string, string[]>> }>('course.open', { id: courseId }).then((answer) => answer.seen);

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('is written in the library or in the space of an institution that is known here', async () => {
  const school = await made('institution.create', { name: 'Escola Nacional', country: 'CV', languages: ['pt', 'en'] });
  expect(await engine.call('institution.list')).toMatchObject([
    { id: school, name: 'Escola Nacional', country: 'CV', languages: ['pt', 'en'], unreadable: [] },
  ]);
  const title = { pt: 'Direito nacional', en: 'National law' };
  courseId = await made('course.create', { space: `institution/${school}`, code: 'N1', title, days: 2, level: 'advanced' });
  other = await made('course.create', { code: 'C1', title: { fr: 'Autre' } });
  expect(await course()).toMatchObject({ title, languages: ['en', 'pt'], days: 2, variants: [2], level: 'advanced', modules: [] });
  expect(await engine.call('course.open', { id: courseId })).toMatchObject({ space: `institution/${school}`, change: { allowed: true } });
  expect(await codeOf('course.create', { space: 'institution/nowhere', title })).toBe('institution.unknown');
  expect(await codeOf('course.create', { space: 'calendar', title })).toBe('call.arguments');
  expect(await codeOf('course.create', { title: {} })).toBe('call.arguments');
});

it('has modules and sessions, each where it was put', async () => {
  const first = await made('course.addModule', { courseId, title: { en: 'One' } });
  const second = await made('course.addModule', { courseId, title: { en: 'Two' } });
  const before = await made('course.addModule', { courseId, title: { en: 'Zero' }, after: null });
  expect((await course()).modules.map(({ id }) => id)).toEqual([before, first, second]);
  const a = await made('course.addSession', { moduleId: first, title: { en: 'a' }, layouts: { 2: { day: 1, half: 'PM' } } });
  const c = await made('course.addSession', { courseId, moduleId: first, title: { en: 'c' }, minutes: 45 });
  const b = await made('course.addSession', { moduleId: first, title: { en: 'b' }, after: a });
  await made('course.addSession', { moduleId: second, title: { en: 'd' } });
  expect(await order()).toEqual([[], ['a', 'b', 'c'], ['d']]);
  // A session of which nobody says when it is given stands where the one before it does.
  expect((await course()).modules.flatMap(({ sessions }) => sessions.map(({ half }) => half))).toEqual(['PM', 'PM', 'PM', 'PM']);
  await made('course.move', { id: c, after: null });
  expect(await order()).toEqual([[], ['c', 'a', 'b'], ['d']]);
  await made('course.move', { id: b, moduleId: second, after: null });
  expect(await order()).toEqual([[], ['c', 'a'], ['b', 'd']]);
  await made('course.move', { id: before });
  expect((await course()).modules.map(({ id }) => id)).toEqual([first, second, before]);
});

it('tells where each session stands in each length, and in which spaces a course can be made', async () => {
  const { layouts } = await engine.call<{ layouts: Record<string, object> }>('course.open', { id: courseId });
  const sessions = (await course()).modules.flatMap((module) => module.sessions);
  expect(Object.keys(layouts).toSorted()).toEqual(sessions.map(({ id }) => id).toSorted());
  expect(Object.values(layouts)).toContainEqual({ 2: { day: 1, half: 'PM' } });
  const [school] = await engine.call<{ id: string }[]>('institution.list');
  expect(await engine.call('course.writableSpaces')).toEqual(['library', `institution/${school!.id}`]);
});

it('refuses what is of another course, unknown, or nothing that a module has', async () => {
  const foreign = await made('course.addModule', { courseId: other, title: { fr: 'Ailleurs' } });
  const [{ id: moduleId, sessions }] = (await course()).modules as [Detail['modules'][number]];
  const { id } = sessions[0]!;
  expect(await codeOf('course.move', { id, moduleId: foreign })).toBe('course.moduleElsewhere');
  expect(await codeOf('course.addSession', { courseId, moduleId: foreign, title: { en: 'x' } })).toBe('course.moduleElsewhere');
  expect(await codeOf('course.move', { id: moduleId, moduleId: foreign })).toBe('course.notOfModule');
  expect(await codeOf('course.move', { id, after: foreign })).toBe('course.partUnknown');
  expect(await codeOf('course.updatePart', { id: moduleId, minutes: 5 })).toBe('course.notOfModule');
  for (const call of ['course.updatePart', 'course.move', 'course.removePart', 'course.restorePart'])
    expect(await codeOf(call, { id: courseId })).toBe('course.partUnknown');
  expect(await codeOf('course.addModule', { courseId: moduleId, title: { en: 'x' } })).toBe('course.unknown');
  expect(await codeOf('course.update', { id: moduleId, code: 'x' })).toBe('course.unknown');
  expect(await order()).toEqual([['c', 'a'], ['b', 'd'], []]);
});

it('the code of a course means that of the library before an institution’s', async () => {
  const bundled = (await engine.call<{ id: string; code: string }[]>('course.list')).filter(({ code }) => code === 'C1').length;
  expect(bundled).toBe(2);
  await made('course.update', { id: courseId, code: 'ZZ' });
  const mine = await made('course.create', { code: 'ZZ', title: { en: 'Central' } });
  expect(await engine.call('course.get', { id: 'zz' })).toMatchObject({ id: mine });
});

it('a form writes over what it showed alone, and a text that is emptied is none', async () => {
  const [{ sessions }] = (await course()).modules as [Detail['modules'][number]];
  const { id } = sessions[0]!;
  const shown = (await seen())[id]!;
  await made('course.updatePart', { id, objectives: { pt: 'Lei 8/IX' }, title: { en: 'c', pt: 'c' }, seen: shown });
  // Somebody else had the same form open.
  await made('course.updatePart', { id, objectives: { pt: 'Lei 9/IX' }, seen: shown });
  expect((await seen())[id]!['objectives@pt']).toHaveLength(2);
  await made('course.updatePart', { id, objectives: { pt: '' }, title: { pt: '' } });
  expect((await course()).modules[0]!.sessions[0]).toMatchObject({ objectives: {}, title: { en: 'c' } });
  await made('course.updatePart', { id, trainerNotes: { en: 'n'.repeat(15_000) } });
  expect((await course()).modules[0]!.sessions[0]).toMatchObject({ trainerNotes: { en: 'n'.repeat(15_000) } });
});

it('what is removed lies in the bin with its sessions, and comes back where it stood', async () => {
  const before = await order();
  const [one, two] = (await course()).modules as [Detail['modules'][number], Detail['modules'][number]];
  await made('course.removePart', { id: one.sessions[0]!.id, seen: (await seen())[one.sessions[0]!.id] });
  await made('course.removePart', { id: two.id });
  expect(await order()).toEqual([['a'], []]);
  expect(await codeOf('course.updatePart', { id: two.sessions[0]!.id, title: { en: 'x' } })).toBe('course.partUnknown');
  const bin = await engine.call<{ id: string; type: string; restorable: boolean }[]>('bin.list', {});
  expect(bin.map(({ id, type, restorable }) => [id, type, restorable])).toEqual(
    expect.arrayContaining([
      [one.sessions[0]!.id, 'session', true],
      [two.id, 'module', true],
    ]),
  );
  expect(bin).toHaveLength(2);
  for (const { id } of bin) await made('course.restorePart', { id });
  expect(await order()).toEqual(before);
  expect(await engine.call('bin.list', {})).toEqual([]);
});

it('a workshop is planned from it', async () => {
  const activity = await made('activity.create', { title: 'Oficina', courseId, start: '2026-03-02', end: '2026-03-03' });
  const { agenda } = await engine.call<{ agenda: { title: object; halfDay: string }[] }>('activity.get', { id: activity });
  expect(agenda.map(({ halfDay }) => halfDay)).toEqual(Array(4).fill('2026-03-02-PM'));
});
