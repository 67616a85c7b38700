import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** A taking is taken back whole, but for what somebody wrote over since; what it decided is open again. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-undo-taking-'));
let engine: TestEngine;
let central: string;
let local: string;
let m: string;
let s: string[];
let copies: string[];

interface Change {
  readonly part: string;
  readonly kind: string;
  readonly type: string;
  readonly title: Record<string, string>;
  readonly inside: Record<string, string> | null;
  readonly places: object | null;
}
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const upstream = () => engine.call<{ from: string; changes: Change[] }>('course.upstream', { courseId: local });
const take = (choices: object[]) =>
  engine.call<{ taking: string | null; open: number }>('course.takeUpstream', { courseId: local, choices });
const undo = (taking: string | null) => engine.call<{ undone: number; left: number }>('course.undoTaking', { courseId: local, taking });
const said = () => engine.call<{ modules: unknown[] }>('course.get', { id: local });

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  const school = await made('institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] });
  central = await made('course.create', { space: 'library', title: { en: 'Course' }, days: 2 });
  m = await made('course.addModule', { courseId: central, title: { en: 'Module' } });
  s = [];
  for (const name of ['a', 'b', 'c', 'd']) s.push(await made('course.addSession', { moduleId: m, title: { en: name }, minutes: 60 }));
  await engine.call('course.publish', { courseId: central, version: '1.0' });
  local = await made('course.fork', { courseId: central, institutionId: school });
  const { modules } = await engine.call<{ modules: { sessions: { id: string }[] }[] }>('course.get', { id: local });
  copies = modules[0]!.sessions.map(({ id }) => id);
  await made('course.removePart', { id: copies[2]! });
  await made('course.updatePart', { id: s[0]!, title: { en: 'a, better' }, minutes: 75 });
  await made('course.move', { id: s[1]!, after: null });
  await made('course.updatePart', { id: s[2]!, minutes: 90 });
  await made('course.removePart', { id: s[3]! });
  await made('course.addSession', { moduleId: m, title: { en: 'e' }, minutes: 30 });
  await engine.call('course.publish', { courseId: central, version: '1.1' });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('changes tell what they are of, and where what was moved stands', async () => {
  const { changes } = await upstream();
  expect(changes.every(({ type, inside }) => type === 'session' && inside?.['en'] === 'Module')).toBe(true);
  const moved = changes.find(({ kind }) => kind === 'moved')!;
  expect(moved.title).toEqual({ en: 'b' });
  expect(moved.places).toEqual({
    mine: { inside: { en: 'Module' }, after: { en: 'a' } },
    theirs: { inside: { en: 'Module' }, after: null },
  });
  expect(await engine.call('course.updates')).toEqual([
    { courseId: local, to: '1.1', changes: { changed: 3, moved: 1, added: 1, removed: 1 } },
  ]);
});

it('everything that was taken goes back, and may be taken again', async () => {
  const [open, before] = [await upstream(), await said()];
  const all = open.changes.map(({ part }) => ({ part, take: 'theirs' }));
  for (let round = 0; round < 2; round++) {
    const { taking } = await take(all);
    expect((await upstream()).changes).toEqual([]);
    const after = await said();
    expect(await undo(taking)).toMatchObject({ left: 0 });
    expect(await said()).toEqual(before);
    const again = await upstream();
    expect(again.from).toBe('1.0');
    expect(again.changes.map(({ part, kind }) => [part, kind])).toEqual(open.changes.map(({ part, kind }) => [part, kind]));
    if (round === 1) continue;
    const last = await take(all);
    expect(await said()).toEqual(after);
    await undo(last.taking);
  }
  expect(await engine.call('course.updates')).toHaveLength(1);
});

it('what was left is open again, and what was written since stays', async () => {
  const { taking } = await take([{ part: copies[0]!, take: 'theirs' }]);
  await made('course.updatePart', { id: copies[0]!, minutes: 80 });
  expect(await undo(taking)).toEqual({ undone: 2, left: 1 });
  const { modules } = await engine.call<{ modules: { sessions: object[] }[] }>('course.get', { id: local });
  expect(modules[0]!.sessions[0]).toMatchObject({ title: { en: 'a' }, minutes: 80 });
  const kept = await take([{ part: copies[1]!, take: 'mine' }]);
  expect((await upstream()).changes.some(({ kind }) => kind === 'moved')).toBe(false);
  await undo(kept.taking);
  expect((await upstream()).changes.some(({ kind }) => kind === 'moved')).toBe(true);
  expect(await engine.call('course.undoTaking', { courseId: local, taking: 'nothing' })).toEqual({ undone: 0, left: 0 });
});
