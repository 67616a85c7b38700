import { tmpdir } from 'node:os';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { missingTexts, textsOfCourse, type WrittenCourse } from '../../../shared/features/course/completeness.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** How much of each course is written in each language, as the library tells it: counted once, and anew when something of it changes. */

let engine: TestEngine;

interface Counted {
  readonly courseId: string;
  readonly of: number;
  readonly written: Readonly<Record<string, number>>;
}
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const counted = () => engine.call<Counted[]>('course.completeness');
const of = async (id: string) => (await counted()).find(({ courseId }) => courseId === id);

beforeAll(async () => {
  engine = await openTestEngine(mkdtempSync(path.join(tmpdir(), 'itinera-completeness-')));
});
afterAll(() => engine.close());

it('is the share that the editor counts, of every course', async () => {
  const all = await counted();
  expect(all.length).toBeGreaterThan(3);
  for (const { courseId, of: every, written } of all) {
    const texts = textsOfCourse(await engine.call<WrittenCourse>('course.get', { id: courseId }));
    expect(LANGUAGES.map((language) => every - written[language]!)).toEqual(
      LANGUAGES.map((language) => missingTexts(texts, language).missing),
    );
    expect(every).toBe(missingTexts(texts, 'en').of);
  }
});

it('follows what is written, removed, brought back and moved into another module', async () => {
  const course = await made('course.create', { space: 'library', title: { en: 'One', pt: 'Um' }, days: 1 });
  expect(await of(course)).toEqual({ courseId: course, of: 1, written: { en: 1, fr: 0, es: 0, pt: 1 } });
  const [first, second] = [
    await made('course.addModule', { courseId: course, title: { en: 'First' } }),
    await made('course.addModule', { courseId: course, title: { en: 'Second' } }),
  ];
  const session = await made('course.addSession', { moduleId: first, title: { en: 'Session' }, objectives: { pt: 'Saber' } });
  expect(await of(course)).toMatchObject({ of: 5, written: { en: 4, pt: 2 } });
  await engine.call('course.updatePart', { id: session, objectives: { en: 'Know', pt: 'Saber' } });
  expect(await of(course)).toMatchObject({ of: 5, written: { en: 5, pt: 2 } });
  await engine.call('course.move', { id: session, moduleId: second });
  await engine.call('course.removePart', { id: first });
  expect(await of(course)).toMatchObject({ of: 4, written: { en: 4, pt: 2 } });
  await engine.call('course.removePart', { id: second });
  expect(await of(course)).toMatchObject({ of: 1, written: { en: 1, pt: 1 } });
  await engine.call('course.restorePart', { id: second });
  expect(await of(course)).toMatchObject({ of: 4, written: { en: 4, pt: 2 } });
});
