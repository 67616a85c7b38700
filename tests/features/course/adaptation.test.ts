import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** An adaptation and its source: what the centre changes is offered, what the school wrote stays. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-adaptation-'));
let engine: TestEngine;
let school: string;
let central: string;
let local: string;
let m: string;
let s: string[];

interface Change {
  readonly part: string;
  readonly field: string;
  readonly language?: string;
  readonly kind: string;
  readonly touchedHere: boolean;
  readonly removedHere: boolean;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}
interface Detail {
  readonly origin: string | null;
  readonly version: string;
  readonly published: readonly { readonly version: string }[];
  readonly modules: readonly { readonly id: string; readonly title: object; readonly sessions: readonly Taught[] }[];
}
interface Taught {
  readonly id: string;
  readonly title: Record<string, string>;
  readonly objectives: Record<string, string>;
  readonly minutes: number;
}
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const detail = (id: string) => engine.call<Detail>('course.get', { id });
const upstream = (courseId = local) => engine.call<{ from: string; to: string; changes: Change[] }>('course.upstream', { courseId });
const take = (choices: object[], courseId = local) => engine.call('course.takeUpstream', { courseId, choices });
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const taught = async (index: number) => (await detail(local)).modules[0]!.sessions[index]!;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  school = await made('institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] });
  central = await made('course.create', { space: 'library', code: 'X1', title: { en: 'Course', pt: 'Curso' }, days: 2 });
  m = await made('course.addModule', { courseId: central, title: { en: 'Module' } });
  s = [];
  for (const name of ['a', 'b', 'c'])
    s.push(
      await made('course.addSession', {
        moduleId: m,
        title: { en: name },
        minutes: 60,
        objectives: { en: 'One.\nTwo.\nThree.\n', pt: 'Um.' },
      }),
    );
  await engine.call('course.publish', { courseId: central, version: '1.0', notes: { en: 'First' } });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('a version is published once by its name, and where something changed', async () => {
  expect(await codeOf('course.publish', { courseId: central, version: '1.0' })).toBe('course.versionTaken');
  expect(await codeOf('course.publish', { courseId: central, version: '1.1' })).toBe('course.unchanged');
  await made('course.updatePart', { id: s[0]!, minutes: 61 });
  await made('course.updatePart', { id: s[0]!, minutes: 60 });
  expect(await codeOf('course.publish', { courseId: central, version: '1.1' })).toBe('course.unchanged');
  expect(await detail(central)).toMatchObject({ version: '1.0', origin: null, published: [{ version: '1.0', notes: { en: 'First' } }] });
});

it('a copy is what was published, and knows where it comes from', async () => {
  await made('course.updatePart', { id: s[2]!, minutes: 75 });
  local = await made('course.fork', { courseId: central, institutionId: school });
  const copy = await detail(local);
  expect(copy).toMatchObject({ origin: central, version: '1.0', published: [], title: { en: 'Course', pt: 'Curso' } });
  expect(copy.modules.map(({ sessions }) => sessions.map(({ title, minutes }) => [title['en'], minutes]))).toEqual([
    [
      ['a', 60],
      ['b', 60],
      ['c', 60],
    ],
  ]);
  expect(await upstream()).toEqual({ from: '1.0', to: '1.0', changes: [] });
  expect(await codeOf('course.upstream', { courseId: central })).toBe('course.notAdapted');
  expect(await codeOf('course.fork', { courseId: central, institutionId: 'nowhere' })).toBe('institution.unknown');
});

it('what the centre publishes is offered part by part, with what was changed here', async () => {
  const [a, b] = [(await taught(0)).id, (await taught(1)).id];
  // Here: a text of our own, the same word as theirs, one session removed.
  await made('course.updatePart', { id: a, objectives: { en: 'One.\nTwo.\nThree, and our law.\n', pt: 'Lei 8/IX.' } });
  await made('course.updatePart', { id: b, minutes: 90 });
  await made('course.removePart', { id: (await taught(2)).id });
  await made('course.updatePart', { id: s[0]!, objectives: { en: 'One, better.\nTwo.\nThree.\n', pt: 'Primeiro.' } });
  await made('course.updatePart', { id: s[1]!, minutes: 90, title: { en: 'b, again' } });
  await made('course.move', { id: s[1]!, after: null });
  const added = await made('course.addSession', { moduleId: m, title: { en: 'd' } });
  expect((await upstream()).changes).toEqual([]);
  await engine.call('course.publish', { courseId: central, version: '1.1', notes: {} });
  const { from, to, changes } = await upstream();
  expect([from, to]).toEqual(['1.0', '1.1']);
  const told = changes.map(({ part, field, language, kind, touchedHere, removedHere }) => [
    part,
    field,
    language,
    kind,
    touchedHere,
    removedHere,
  ]);
  const c = changes.find(({ removedHere }) => removedHere)!.part;
  expect(told).toHaveLength(6);
  expect(told).toEqual(
    expect.arrayContaining([
      [a, 'objectives', 'en', 'changed', true, false],
      [a, 'objectives', 'pt', 'changed', true, false],
      [b, 'title', 'en', 'changed', false, false],
      [b, 'placement', undefined, 'moved', false, false],
      [c, 'minutes', undefined, 'changed', false, true],
      [added, '', undefined, 'added', false, false],
    ]),
  );
  expect(changes.find(({ language }) => language === 'pt')).toMatchObject({ base: 'Um.', mine: 'Lei 8/IX.', theirs: 'Primeiro.' });
});

it('nothing of the school’s is given up but where it was chosen for that very field', async () => {
  const { changes } = await upstream();
  const [a, b] = [(await taught(0)).id, (await taught(1)).id];
  expect(await take([])).toMatchObject({ taken: 0, kept: 0, merged: 0, open: 6 });
  expect(await take([{ part: a, take: 'theirs' }])).toMatchObject({ taken: 0, kept: 0, merged: 0, open: 6 });
  expect((await upstream()).changes).toEqual(changes);
  const outcome = await take([
    { part: a, field: 'objectives', language: 'en', take: 'merge' },
    { part: a, field: 'objectives', language: 'pt', take: 'merge' },
    { part: b, take: 'theirs' },
  ]);
  expect(outcome).toMatchObject({ taken: 2, kept: 0, merged: 1, open: 3 });
  const [{ sessions }] = (await detail(local)).modules as [Detail['modules'][number]];
  expect(sessions.map(({ title, minutes }) => [title['en'], minutes])).toEqual([
    ['b, again', 90],
    ['a', 60],
  ]);
  expect(sessions[1]!.objectives).toEqual({ en: 'One, better.\nTwo.\nThree, and our law.\n', pt: 'Lei 8/IX.' });
  expect((await upstream()).from).toBe('1.0');
  const rest = (await upstream()).changes;
  const added = rest.find(({ kind }) => kind === 'added')!;
  const away = rest.find(({ removedHere }) => removedHere)!;
  expect(
    await take([
      { part: a, field: 'objectives', language: 'pt', take: 'mine' },
      { part: added.part, take: 'theirs' },
      { part: away.part, take: 'mine' },
    ]),
  ).toMatchObject({ taken: 1, kept: 2, merged: 0, open: 0 });
  expect(await upstream()).toEqual({ from: '1.1', to: '1.1', changes: [] });
  expect((await detail(local)).modules[0]!.sessions.map(({ title }) => title['en'])).toEqual(['b, again', 'a', 'd']);
});

it('what the centre removes stays here until it is taken, and what was left is offered again when it changes', async () => {
  await made('course.removePart', { id: s[0]! });
  const extra = await made('course.addSession', { moduleId: m, title: { en: 'e' } });
  await engine.call('course.publish', { courseId: central, version: '1.2' });
  const { changes } = await upstream();
  expect(changes.map(({ kind, touchedHere }) => [kind, touchedHere])).toEqual([
    ['added', false],
    ['removed', true],
  ]);
  const gone = changes[1]!.part;
  expect(
    await take([
      { part: gone, take: 'mine' },
      { part: extra, take: 'mine' },
    ]),
  ).toMatchObject({ taken: 0, kept: 2, merged: 0, open: 0 });
  expect((await upstream()).changes).toEqual([]);
  await made('course.updatePart', { id: extra, minutes: 30 });
  await made('course.restorePart', { id: s[0]! });
  await made('course.removePart', { id: s[1]! });
  await engine.call('course.publish', { courseId: central, version: '1.3' });
  const later = (await upstream()).changes;
  expect(later.map(({ part, kind }) => [part, kind])).toEqual(expect.arrayContaining([[extra, 'added']]));
  const removed = later.find(({ kind }) => kind === 'removed')!;
  await take([{ part: removed.part, take: 'theirs' }]);
  expect((await detail(local)).modules[0]!.sessions.map(({ title }) => title['en'])).toEqual(['a', 'd']);
  const bin = await engine.call<{ id: string }[]>('bin.list', {});
  expect(bin.map(({ id }) => id)).toContain(removed.part);
});

it('a copy of a copy follows the copy', async () => {
  const other = await made('institution.create', { name: 'Liceu', country: 'GW', languages: ['pt'] });
  const chained = await made('course.fork', { courseId: local, institutionId: other });
  expect(await detail(chained)).toMatchObject({ origin: local });
  const { id } = await taught(0);
  await made('course.updatePart', { id, trainerNotes: { pt: 'Só aqui' } });
  const { changes } = await upstream(chained);
  expect(changes.map(({ field, language, theirs }) => [field, language, theirs])).toEqual([['trainerNotes', 'pt', 'Só aqui']]);
  expect(await take([{ part: changes[0]!.part, take: 'merge' }], chained)).toMatchObject({ taken: 0, kept: 0, merged: 1, open: 0 });
  expect((await detail(chained)).modules[0]!.sessions[0]).toMatchObject({ trainerNotes: { pt: 'Só aqui' } });
});
