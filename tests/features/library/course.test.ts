import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bundleLibrary } from '../../../scripts/bundle-library.ts';
import { formIdOf, libraryWrites, readLibrarySources, type CourseSource } from '../../../scripts/library-sources.ts';
import { courseHandlers, findCourse } from '../../../electron/engine/features/library/course.ts';
import { courseContract } from '../../../shared/features/course/contract.ts';
import { layoutFor } from '../../../shared/features/course/rules.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { LIBRARY } from '../../../shared/model/spaces.ts';
import { newSeed, nodeClock, nodeHasher, nodeRandom, signerOf } from '../../../shared/node/crypto.ts';
import { LIBRARY_PACK, ingestLibrary, readLibrary } from '../../../shared/node/store/library.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { quietCall } from '../../support/quiet-call.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const PACK = path.join(RESOURCES, LIBRARY_PACK);
const sources = readLibrarySources(RESOURCES);

const open: SqliteStore[] = [];
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

function emptyStore(): SqliteStore {
  const opened = openStore({
    file: ':memory:',
    signer: signerOf(newSeed()),
    hasher: nodeHasher,
    clock: nodeClock,
    random: nodeRandom,
    author: () => 'a',
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  open.push(opened.value);
  return opened.value;
}

function storeWithLibrary(): SqliteStore {
  const store = emptyStore();
  const ingested = ingestLibrary(store, PACK);
  expect(ingested.ok && ingested.value).toBeGreaterThan(0);
  return store;
}

describe('the library that ships with the program', () => {
  test('the pack says exactly what the sources say', () => {
    const store = storeWithLibrary();
    const wanted = libraryWrites(sources, nodeHasher);
    for (const { entityType, entityId, field, value } of wanted) {
      const heads = store.reader.heads(entityType, entityId, field);
      expect([field, heads.map((head) => head.value)]).toEqual([field, [value]]);
    }
    for (const type of ['course', 'module', 'session', 'form', 'material']) {
      const ids = new Set(wanted.filter(({ entityType }) => entityType === type).map(({ entityId }) => entityId));
      const live = store.reader.all<{ id: string; conflicts: number; flagged: number }>(
        `select id, conflicts, flagged from "${type}" where live = 1`,
      );
      expect(new Set(live.map(({ id }) => id))).toEqual(ids);
      expect(live.every(({ conflicts, flagged }) => conflicts === 0 && flagged === 0)).toBe(true);
    }
    expect(store.commit([{ space: LIBRARY, writes: wanted }])).toEqual([]);
  });

  test('it comes in once, whoever opens it, and is the same everywhere', () => {
    const [one, two] = [storeWithLibrary(), storeWithLibrary()];
    const again = ingestLibrary(one, PACK);
    expect(again).toEqual({ ok: true, value: 0 });
    expect(one.digest()).toEqual(two.digest());
    expect(one.tips(LIBRARY)).toEqual(two.tips(LIBRARY));
  });

  test('bundling again adds only what differs, beside what laptops hold already', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'library-'));
    try {
      cpSync(RESOURCES, folder, { recursive: true });
      expect(bundleLibrary(folder).added).toBe(0);
      expect(readFileSync(path.join(folder, LIBRARY_PACK)).equals(readFileSync(PACK))).toBe(true);
      const file = path.join(folder, 'courses/c1-introductory.json');
      const changed = JSON.parse(readFileSync(file, 'utf8')) as CourseSource;
      changed.version = '1.1';
      changed.modules[0]!.sessions.splice(2, 1);
      writeFileSync(file, JSON.stringify(changed));
      rmSync(path.join(folder, 'questionnaires/q247.json'));
      // Version, two deletions, and the place of the session that moved up.
      expect(bundleLibrary(folder).added).toBe(4);

      const laptop = storeWithLibrary();
      const ingested = ingestLibrary(laptop, path.join(folder, LIBRARY_PACK));
      // A change-set for each part of the library that holds a difference, of the few that it is sealed in.
      expect(ingested.ok && ingested.value).toBeGreaterThan(0);
      expect(ingested.ok && ingested.value).toBeLessThan(4);
      const course = findCourse(laptop.reader, 'C1')!;
      expect([course.summary.version, course.sessions.length]).toEqual(['1.1', 17]);
      expect(laptop.reader.all("select id from form where live = 1 and code = 'q247'")).toEqual([]);
      const fresh = emptyStore();
      ingestLibrary(fresh, path.join(folder, LIBRARY_PACK));
      expect(fresh.digest()).toEqual(laptop.digest());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a missing pack is refused, and a changed one changes nothing', () => {
    const store = emptyStore();
    expect(ingestLibrary(store, path.join(RESOURCES, 'none.pack'))).toMatchObject({ ok: false, refusal: { code: 'library.missing' } });
    const bytes = readFileSync(PACK);
    for (const at of [0, 7, 20, 300, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = damaged[at]! ^ 1;
      expect(readLibrary(damaged)).toMatchObject({ ok: false, refusal: { code: 'library.damaged' } });
    }
    expect(readLibrary(bytes.subarray(0, bytes.length - 1))).toMatchObject({ ok: false, refusal: { code: 'library.damaged' } });
    expect(store.spaces()).toEqual([]);
  });
});

describe('course calls', () => {
  const context = quietCall();

  test('the list has every course with its lengths and languages, by level', async () => {
    const answer = await courseHandlers({ store: storeWithLibrary() })['course.list']({}, context);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const of = (code: string, level: string, days: number, variants: number[]) =>
      expect.objectContaining({ code, level, version: '1.0', days, variants, languages: [...LANGUAGES] });
    expect(courseContract['course.list'].result.parse(answer.value)).toEqual([
      of('C1', 'introductory', 4, [2, 3, 4, 5]),
      of('C2', 'advanced', 4, [3, 4]),
      of('C3', 'specialised', 3, [3, 4]),
      of('C4', 'specialised', 5, [4, 5]),
    ]);
  });

  test.each(sources.courses)('$code is found by id and by code, whole and in order', async (source) => {
    const handlers = courseHandlers({ store: storeWithLibrary() });
    const byCode = await handlers['course.get']({ id: source.code }, context);
    if (!byCode.ok) throw new Error(byCode.refusal.code);
    const course = courseContract['course.get'].result.parse(byCode.value);
    // What the usual length leaves out is told where the longest one has it.
    const placeIn = (layouts: Readonly<Record<string, string>>) => layouts[source.days] ?? layouts[Math.max(...source.variants)];
    expect(await handlers['course.get']({ id: course.id }, context)).toEqual(byCode);
    expect(course.modules.map(({ title }) => title)).toEqual(source.modules.map(({ title }) => title));
    expect(
      course.modules.map(({ sessions }) => sessions.map(({ title, minutes, day, half }) => [title.fr, minutes, `${day} ${half}`])),
    ).toEqual(source.modules.map(({ sessions }) => sessions.map(({ title, minutes, layouts }) => [title.fr, minutes, placeIn(layouts)])));
  });

  test('an unknown course is refused', async () => {
    const answer = await courseHandlers({ store: storeWithLibrary() })['course.get']({ id: 'C99' }, context);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'course.unknown' } });
  });

  test.each([1, 2, 3, 4, 5, 6])('the introductory course can be laid out over %i days', (days) => {
    const course = findCourse(storeWithLibrary().reader, 'C1')!;
    const layout = layoutFor(course, days);
    const halves = new Set(layout.placed.map(({ day, half }) => `${day} ${half}`));
    expect(halves.size).toBe(Math.min(days, 5) * 2);
    expect(layout.overflow.length > 0).toBe(days === 1);
    expect(layout.placed[0]!.session.title.fr).toBe('Ouverture, présentations et test préalable');
  });
});

describe('what the sources hold', () => {
  const course: CourseSource = sources.courses.find(({ code }) => code === 'C1')!;
  const sessions = course.modules.flatMap((module) => module.sessions);

  test('codes are unique and the usual length is one of the variants', () => {
    expect(new Set(sessions.map(({ code }) => code)).size).toBe(sessions.length);
    expect(new Set(course.modules.map(({ code }) => code)).size).toBe(course.modules.length);
    expect(course.variants).toContain(course.days);
  });

  test('every half-day of every variant has a session, and no more than fits into it', () => {
    for (const variant of course.variants) {
      for (let day = 1; day <= variant; day++) {
        for (const half of ['AM', 'PM']) {
          const minutes = sessions
            .filter(({ layouts }) => layouts[variant] === `${day} ${half}`)
            .reduce((sum, item) => sum + item.minutes, 0);
          expect([variant, day, half, minutes >= 60 && minutes <= 210]).toEqual([variant, day, half, true]);
        }
      }
      for (const { layouts } of sessions) {
        const place = layouts[variant];
        if (place !== undefined) expect(Number(place[0])).toBeLessThanOrEqual(variant);
      }
    }
  });

  test('no variant turns the order of the course around, and each opens and closes alike', () => {
    for (const variant of course.variants) {
      const places = sessions.flatMap(({ layouts }) => layouts[variant] ?? []);
      expect(places).toEqual([...places].sort());
      expect(sessions[0]!.layouts[variant]).toBe('1 AM');
      expect(sessions.at(-1)!.layouts[variant]).toBe(`${variant} PM`);
    }
    expect(sessions.every(({ layouts }) => layouts['4'] !== undefined && layouts['5'] !== undefined)).toBe(true);
  });

  test('questionnaires have the items and the key that were given', () => {
    const form = (code: string): (typeof sources.forms)[number] => sources.forms.find((item) => item.code === code)!;
    const test1 = form('intro-prepost-v1');
    expect(test1.items.map(({ id }) => test1.key[id]).join('')).toBe('cbadbcadbcab');
    expect(
      test1.items.every(
        ({ id, type, options }) => type === 'choice' && Object.keys(options).join('') === 'abcd' && test1.key[id]! in options,
      ),
    ).toBe(true);
    const satisfaction = form('satisfaction-v1');
    expect(satisfaction.anonymous).toBe(true);
    expect(satisfaction.items.map(({ id, type }) => `${id} ${type}`)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `S${i + 1} scale`),
      'O1 open',
      'O2 open',
      'O3 open',
    ]);
    expect(sources.forms.map(({ code, kind }) => [code, kind])).toEqual([
      ['adv-prepost-v1', 'prepost'],
      ['coop-prepost-v1', 'prepost'],
      ['evidence-prepost-v1', 'prepost'],
      ['followup6m', 'followUp'],
      ['intro-prepost-v1', 'prepost'],
      ['q247', 'preEvent'],
      ['satisfaction-v1', 'satisfaction'],
    ]);
    expect(new Set(sources.forms.map(({ code }) => formIdOf(nodeHasher, code))).size).toBe(7);
  });
});
