import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** What a school changed is offered to the centre, which takes, leaves or merges it as a school does of a source, and answers. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-suggestions-'));
let centre: TestEngine;
let school: TestEngine;
let central: string;
let local: string;
let m: string;
let s: string[];
let copies: string[];
let suggested: string;

interface Change {
  readonly part: string;
  readonly field: string;
  readonly language?: string;
  readonly kind: string;
  readonly title: Readonly<Record<string, string>>;
  readonly touchedHere: boolean;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}
interface Suggestion {
  readonly id: string;
  readonly institution: { readonly name: string };
  readonly note: string;
  readonly open: number;
  readonly answer: { readonly taken: boolean | null; readonly why: string } | null;
}
interface Detail {
  readonly modules: readonly {
    readonly id: string;
    readonly sessions: readonly { id: string; title: Record<string, string>; minutes: number }[];
  }[];
}
const made = (engine: TestEngine, call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const codeOf = async (engine: TestEngine, call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const detail = (engine: TestEngine, id: string) => engine.call<Detail>('course.get', { id });
const suggestions = (engine: TestEngine, courseId: string) => engine.call<Suggestion[]>('course.suggestions', { courseId });
const changes = () => centre.call<{ changes: Change[] }>('course.suggestion', { id: suggested }).then((one) => one.changes);
const take = (choices: object[]) =>
  centre.call<{ taken: number; open: number; taking: string | null }>('course.takeSuggestion', { id: suggested, choices });
const suggestable = () => school.call<{ changes: Change[] }>('course.suggestable', { courseId: local }).then((one) => one.changes);
const upstream = () => school.call<{ changes: Change[] }>('course.upstream', { courseId: local }).then((one) => one.changes);
let sticks = 0;
const carry = async (from: TestEngine, to: TestEngine) => {
  const stick = path.join(folder, `${sticks++}.itinera`);
  await from.call('sync.export', { path: stick });
  await to.call('sync.import', { path: stick });
};

beforeAll(async () => {
  centre = await openTestEngine(path.join(folder, 'centre'));
  school = await openTestEngine(path.join(folder, 'school'));
  central = await made(centre, 'course.create', { space: 'library', title: { en: 'Course', pt: 'Curso' }, days: 2 });
  m = await made(centre, 'course.addModule', { courseId: central, title: { en: 'Module' } });
  s = [];
  for (const name of ['a', 'b', 'c'])
    s.push(
      await made(centre, 'course.addSession', {
        moduleId: m,
        title: { en: name },
        minutes: 60,
        objectives: { en: 'One.\nTwo.\nThree.\n' },
      }),
    );
  await centre.call('course.publish', { courseId: central, version: '1.0' });
  await carry(centre, school);
  const institutionId = await made(school, 'institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] });
  local = await made(school, 'course.fork', { courseId: central, institutionId });
  copies = (await detail(school, local)).modules[0]!.sessions.map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  await centre.close();
  await school.close();
  rmSync(folder, { recursive: true });
});

it('nothing is suggested where nothing was changed', async () => {
  expect(await codeOf(school, 'course.suggest', { courseId: local })).toBe('course.nothingToSuggest');
  expect(await codeOf(school, 'course.suggest', { courseId: central })).toBe('course.notAdapted');
  expect(await codeOf(centre, 'course.suggestion', { id: m })).toBe('course.suggestionUnknown');
});

it('what the school changed is offered with what it was made from, and with what the centre changed since', async () => {
  await made(school, 'course.updatePart', { id: copies[0]!, minutes: 90, objectives: { en: 'One.\nTwo.\nThree, with our law.\n' } });
  await made(school, 'course.removePart', { id: copies[1]! });
  const module = (await detail(school, local)).modules[0]!.id;
  await made(school, 'course.addSession', { moduleId: module, title: { pt: 'Nossa lei' }, minutes: 45 });
  suggested = await made(school, 'course.suggest', { courseId: local, note: 'From two deliveries in Praia' });
  // Said later, and not suggested.
  await made(school, 'course.updatePart', { id: copies[2]!, minutes: 15 });
  await made(centre, 'course.updatePart', { id: s[0]!, objectives: { en: 'One, better.\nTwo.\nThree.\n' } });
  await carry(school, centre);
  expect(await suggestions(centre, central)).toMatchObject([
    { id: suggested, institution: { name: 'Escola' }, note: 'From two deliveries in Praia', open: 4, answer: null },
  ]);
  expect(
    (await changes()).map(({ part, field, kind, touchedHere, base, mine, theirs }) => [part, field, kind, touchedHere, base, mine, theirs]),
  ).toEqual([
    [s[0], 'minutes', 'changed', false, 60, 60, 90],
    [s[0], 'objectives', 'changed', true, 'One.\nTwo.\nThree.\n', 'One, better.\nTwo.\nThree.\n', 'One.\nTwo.\nThree, with our law.\n'],
    [expect.any(String), '', 'added', false, null, null, expect.objectContaining({ 'title@pt': 'Nossa lei' })],
    [s[1], '', 'removed', false, expect.anything(), expect.anything(), null],
  ]);
});

it('it is taken, merged and left as of a source, and what is decided is not offered again', async () => {
  const added = (await changes()).find(({ kind }) => kind === 'added')!.part;
  const { taking: _taking, ...counts } = await take([
    { part: s[0]!, take: 'merge' },
    { part: added, take: 'theirs' },
    { part: s[1]!, take: 'mine' },
  ]);
  expect(counts).toEqual({ taken: 1, kept: 1, merged: 2, open: 0 });
  expect(await changes()).toEqual([]);
  const [module] = (await detail(centre, central)).modules;
  expect(module!.sessions.map(({ title, minutes }) => [title['en'] ?? title['pt'], minutes])).toEqual([
    ['a', 90],
    ['b', 60],
    ['c', 60],
    ['Nossa lei', 45],
  ]);
  expect(module!.sessions[0]).toMatchObject({ objectives: { en: 'One, better.\nTwo.\nThree, with our law.\n' } });
  expect((await suggestions(centre, central))[0]).toMatchObject({ open: 0 });
  // What the centre writes later of it is not offered once more.
  await made(centre, 'course.updatePart', { id: s[0]!, minutes: 95 });
  expect(await changes()).toEqual([]);
});

it('the school sees the answer, and is not offered its own session', async () => {
  await centre.call('course.answerSuggestion', { id: suggested, taken: true, why: 'Thank you; b stays.' });
  await centre.call('course.publish', { courseId: central, version: '1.1' });
  await carry(centre, school);
  expect(await suggestions(school, local)).toMatchObject([{ id: suggested, answer: { taken: true, why: 'Thank you; b stays.' } }]);
  expect((await upstream()).map(({ kind, field }) => [kind, field])).toEqual([
    ['changed', 'minutes'],
    ['changed', 'objectives'],
  ]);
  expect(await school.call('course.updates')).toMatchObject([{ courseId: local, changes: { changed: 2, added: 0, removed: 0 } }]);
});

it('a taking of a suggestion goes back, and is offered again', async () => {
  await made(school, 'course.updatePart', { id: copies[2]!, title: { pt: 'Prova' } });
  const module = (await detail(school, local)).modules[0]!.id;
  await made(school, 'course.addSession', { moduleId: module, title: { pt: 'Outra' } });
  suggested = await made(school, 'course.suggest', { courseId: local });
  await carry(school, centre);
  const [open, before] = [await changes(), await detail(centre, central)];
  expect(open.map(({ kind, field }) => [kind, field])).toContainEqual(['added', '']);
  for (let round = 0; round < 2; round++) {
    const { taking } = await take(open.map(({ part }) => ({ part, take: 'theirs' })));
    expect(await changes()).toEqual([]);
    const undone = await centre.call<{ left: number }>('course.undoSuggestion', { id: suggested, taking });
    expect(undone.left).toBe(0);
    expect(await detail(centre, central)).toEqual(before);
    expect((await changes()).map(({ part, kind, field }) => [part, kind, field])).toEqual(
      open.map(({ part, kind, field }) => [part, kind, field]),
    );
  }
  await centre.call('course.answerSuggestion', { id: suggested, taken: false, why: '' });
  expect((await suggestions(centre, central)).map(({ answer }) => answer?.taken)).toEqual([false, true]);
});

it('what the centre decided is not offered for another suggestion, and of the rest some is suggested', async () => {
  const module = (await detail(school, local)).modules[0]!.id;
  await made(school, 'course.updatePart', { id: module, title: { pt: 'Módulo' } });
  const unit = await made(school, 'course.addModule', { courseId: local, title: { pt: 'Anexo' } });
  await made(school, 'course.addSession', { moduleId: unit, title: { pt: 'Formulários' } });
  await made(school, 'course.addSession', { moduleId: unit, title: { pt: 'Contactos' } });
  await made(school, 'course.updatePart', { id: copies[2]!, minutes: 20, title: { en: 'c, longer' } });
  await made(school, 'course.removePart', { id: copies[0]! });
  const offered = await suggestable();
  const titles = offered.map(({ kind, field, language, title }) => [kind, field, language ?? '', title['pt'] ?? title['en']]);
  expect(titles).toEqual(
    expect.arrayContaining([
      ['changed', 'title', 'pt', 'Módulo'],
      ['changed', 'minutes', '', 'Prova'],
      ['changed', 'title', 'en', 'Prova'],
      ['added', '', '', 'Anexo'],
      ['added', '', '', 'Formulários'],
      ['added', '', '', 'Contactos'],
      ['removed', '', '', 'a'],
    ]),
  );
  // That session b goes was declined.
  expect(titles).not.toContainEqual(['removed', '', '', 'b']);
  const named = ({ part, field, language }: Change) => ({ part, field, ...(language !== undefined && { language }) });
  const session = offered.find(({ title }) => title['pt'] === 'Formulários')!;
  const minutes = offered.find(({ field }) => field === 'minutes')!;
  suggested = await made(school, 'course.suggest', { courseId: local, changes: [named(minutes), named(session)] });
  await carry(school, centre);
  const [open, before] = [await changes(), await detail(centre, central)];
  expect(open.map(({ kind, field, title }) => [kind, field, title['pt'] ?? title['en']])).toEqual([
    ['changed', 'minutes', 'c'],
    ['added', '', 'Anexo'],
    ['added', '', 'Formulários'],
  ]);
  await take(open.map(({ part }) => ({ part, take: 'theirs' })));
  const after = await detail(centre, central);
  expect(after.modules[0]!.sessions.map(({ minutes: length }) => length)).toEqual(
    before.modules[0]!.sessions.map(({ minutes: length }, at) => (at === 2 ? 20 : length)),
  );
  expect(after.modules[1]!.sessions.map(({ title }) => title)).toEqual([{ pt: 'Formulários' }]);
  // What was left out is still there to be suggested.
  await carry(centre, school);
  expect((await suggestable()).map(({ kind, field, title }) => [kind, field, title['pt'] ?? title['en']])).toEqual(
    expect.arrayContaining([
      ['changed', 'title', 'Módulo'],
      ['added', '', 'Contactos'],
      ['removed', '', 'a'],
    ]),
  );
  expect(await codeOf(school, 'course.suggest', { courseId: local, changes: [] })).toBe('course.nothingToSuggest');
});

it('the centre asks for something else, and knows what waits for its answer', async () => {
  expect(await centre.call('course.suggestionCounts')).toEqual([{ courseId: central, count: 1 }]);
  await centre.call('course.answerSuggestion', { id: suggested, taken: null, why: 'Shorter, please.' });
  expect(await centre.call('course.suggestionCounts')).toEqual([]);
  await carry(centre, school);
  expect((await suggestions(school, local))[0]).toMatchObject({ id: suggested, answer: { taken: null, why: 'Shorter, please.' } });
  // One that did not see that answer does not write over it.
  await centre.call('course.answerSuggestion', { id: suggested, taken: true, seen: {} });
  const conflicts = await centre.call<{ entityType: string }[]>('sync.conflicts');
  expect(conflicts.map(({ entityType }) => entityType)).toContain('suggestionAnswer');
});
