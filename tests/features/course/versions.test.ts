import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** Published versions: each is read as it was then, and a workshop keeps the one as which it was planned. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-versions-'));
let engine: TestEngine;
let central: string;
let m: string;
let s: string[];

interface Detail {
  readonly published: readonly { readonly id: string; readonly version: string }[];
  readonly modules: readonly { readonly id: string; readonly sessions: readonly { readonly id: string; readonly minutes: number }[] }[];
}
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const detail = (args: object) => engine.call<Detail>('course.get', { id: central, ...args });
const planned = async (activityId: string) => engine.call('course.planned', { activityId });
const plan = () => made('activity.create', { title: 'Oficina', courseId: central, start: '2026-03-02', end: '2026-03-03' });
let before: string;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  central = await made('course.create', { space: 'library', title: { en: 'Course', pt: 'Curso' }, audience: { en: 'Judges' }, days: 2 });
  m = await made('course.addModule', { courseId: central, title: { en: 'Module' } });
  s = [];
  for (const name of ['a', 'b', 'c']) s.push(await made('course.addSession', { moduleId: m, title: { en: name }, minutes: 60 }));
  before = await plan();
  await engine.call('course.publish', { courseId: central, version: '1.0', notes: { en: 'First' } });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('a published version is read as it was then, in its order, with what was removed since', async () => {
  const asPublished = await detail({});
  await made('course.updatePart', { id: s[0]!, minutes: 75, objectives: { en: 'New' } });
  await made('course.move', { id: s[2]!, after: null });
  await made('course.removePart', { id: s[1]! });
  const added = await made('course.addSession', { moduleId: m, title: { en: 'd' } });
  await made('course.update', { id: central, audience: { en: 'Judges and prosecutors' } });
  const today = await detail({});
  expect(today.modules[0]!.sessions.map(({ id }) => id)).toEqual([s[2], s[0], added]);
  const then = await detail({ version: asPublished.published[0]!.id });
  expect(then).toEqual(asPublished);
  expect(await engine.try('course.get', { id: central, version: central })).toMatchObject({ error: { code: 'course.versionUnknown' } });
});

it('a workshop keeps the version as which it was planned, and is told of a newer one', async () => {
  // Planned before anything was published, and from what nobody has published.
  expect(await planned(before)).toEqual({ planned: null, newer: null });
  expect(await planned(await plan())).toEqual({ planned: null, newer: null });
  await engine.call('course.publish', { courseId: central, version: '1.1' });
  const first = await plan();
  expect(await planned(first)).toMatchObject({ planned: { version: '1.1' }, newer: null });
  await made('course.updatePart', { id: s[0]!, minutes: 80, title: { en: 'a, again', pt: 'a' } });
  await made('course.removePart', { id: s[2]! });
  await made('course.move', { id: s[0]! });
  await made('course.addSession', { moduleId: m, title: { en: 'e' } });
  expect(await planned(first)).toMatchObject({ newer: null });
  await engine.call('course.publish', { courseId: central, version: '1.2', notes: { en: 'More' } });
  expect(await planned(first)).toMatchObject({
    planned: { version: '1.1' },
    newer: { version: '1.2', notes: { en: 'More' }, changes: { changed: 3, moved: 1, added: 1, removed: 1 } },
  });
  const { id: like } = await engine.call<{ id: string }>('activity.duplicate', { from: first, start: '2026-04-06', end: '2026-04-07' });
  expect(await planned(like)).toMatchObject({ planned: { version: '1.1' } });
});
