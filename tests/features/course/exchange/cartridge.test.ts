import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cartridgeOf } from '../../../../shared/features/course/exchange/cartridge.ts';
import { htmlOfMarkdown } from '../../../../shared/features/course/exchange/text-page.ts';
import { differences } from '../../../../shared/features/evaluation/exchange/question.ts';
import { writeQti } from '../../../../shared/features/evaluation/exchange/qti.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { unzipCapped } from '../../../../shared/node/tables/zip-entries.ts';
import { Dice } from '../../../support/dice.ts';
import { openTestEngine, type TestEngine } from '../../../support/laptops/engine.ts';
import { randomForm } from '../../evaluation/exchange/random-questions.ts';
import { imported, importedQuestions } from './cartridge-importer.ts';

/** A course as a Common Cartridge: what an importer makes of it is the course, and what has no place in it is named. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-cartridge-'));
const file = path.join(folder, 'course.imscc');
let engine: TestEngine;
let course: string;

interface Written {
  readonly sessions: number;
  readonly questions: number;
  readonly files: number;
  readonly left: number;
  readonly inOther: number;
  readonly notCarried: readonly { readonly item: string; readonly why: readonly string[] }[];
}
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const written = (more: object) => engine.call<Written>('course.exportCartridge', { courseId: course, path: file, ...more });
const read = () => imported(unzipCapped(readFileSync(file), () => true, { entries: 1000, bytes: 1e9 })!);

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'here'));
  course = await made('course.create', {
    ...{ space: 'library', code: 'N1', title: { en: 'Law & <order>', pt: 'Direito' }, days: 2, description: { en: 'Of "words".' } },
  });
  const moduleId = await made('course.addModule', { courseId: course, title: { en: 'Evidence' } });
  await made('course.addSession', {
    ...{ moduleId, title: { en: 'Seizure', pt: 'Apreensão' }, minutes: 90, objectives: { pt: 'Lei *8/IX*.\n\n- um\n- dois' } },
    trainerNotes: { en: 'Say <nothing>.', pt: 'Nada.' },
  });
  await made('course.addSession', { moduleId, title: { en: 'Other' } });
  await made('course.addModule', { courseId: course, title: { en: 'Empty' } });
  for (const [name, audience] of [
    ['Ficha é', 'everyone'],
    ['police', 'lawEnforcement'],
  ] as const) {
    const source = path.join(folder, `${name}.txt`);
    writeFileSync(source, `for ${name}`);
    await engine.call('material.add', { path: source, title: name, language: 'pt', kind: 'handout', audience, courseId: course });
  }
});
afterAll(() => engine.close());

it('is taken by an importer as sections with pages and files, in one language', async () => {
  const told = await written({ language: 'pt', files: true });
  expect(told).toMatchObject({ sessions: 2, questions: 0, files: 1, left: 1, inOther: 4, notCarried: [] });
  const { title, sections } = read();
  expect(title).toBe('Direito');
  expect(sections.map((section) => [section.title, section.activities.map((one) => [one.kind, one.title, one.isVisible])])).toEqual([
    ['Sobre este curso', [['page', 'Direito', true]]],
    [
      '1. Evidence',
      [
        ['page', '1.1 Apreensão', true],
        ['page', '1.1 Apreensão: notas para o formador', false],
        ['page', '1.2 Other', true],
      ],
    ],
    ['2. Empty', []],
    ['Materiais', [['file', 'Ficha é', true]]],
  ]);
  const [, evidence, , materials] = sections;
  expect(evidence!.activities[0]!.text).toContain(
    '<p>90 min</p>\n<h2>Objetivos</h2>\n<p>Lei <em>8/IX</em>.</p>\n<ul><li>um</li><li>dois</li></ul>',
  );
  expect(Buffer.from(materials!.activities[0]!.bytes).toString()).toBe('for Ficha é');
});

it('takes no files unasked, and says of texts what they say, signs and all', async () => {
  expect(await written({ language: 'en' })).toMatchObject({ files: 0, left: 0, inOther: 1 });
  const { title, sections } = read();
  expect(title).toBe('Law & <order>');
  expect(sections.map((one) => one.title)).toEqual(['About this course', '1. Evidence', '2. Empty']);
  expect(sections[1]!.activities[1]!.text).toContain('<p>Say &lt;nothing&gt;.</p>');
  // What is for whoever teaches stands on no page that is shown.
  for (const { isVisible, text } of sections[1]!.activities) expect(text.includes('nothing'), text).toBe(!isVisible);
});

it('holds each bundled course in each language, with its test', async () => {
  for (const courseId of ['C1', 'C2', 'C3', 'C4'])
    for (const language of LANGUAGES) {
      const { sessions, questions, inOther } = await written({ courseId, language });
      const whole = read();
      const pages = whole.sections.flatMap(({ activities }) => activities).filter(({ kind, isVisible }) => kind === 'page' && isVisible);
      expect([pages.length, inOther]).toEqual([sessions + 1, 0]);
      const asked = whole.sections.flatMap(({ activities }) =>
        activities.flatMap(({ kind, text }) => (kind === 'test' ? importedQuestions(text) : [])),
      );
      expect(asked.length).toBe(questions);
      expect(questions).toBeGreaterThan(10);
    }
});

it('has the tests of the course that it was copied from', async () => {
  const { id: institutionId } = await engine.call<{ id: string }>('institution.create', {
    name: 'Escola',
    country: 'CV',
    languages: ['pt'],
  });
  const copy = await made('course.fork', { courseId: 'C1', institutionId });
  const [own, source] = [await written({ courseId: copy }), await written({ courseId: 'C1' })];
  expect([own.questions, own.notCarried]).toEqual([source.questions, source.notCarried]);
  expect(source.questions).toBeGreaterThan(10);
});

it('carries every question whole, or names what of it is lost', () => {
  const seed = 4_000;
  for (let one = 0; one < 60; one++) {
    const form = randomForm(new Dice(seed + one), false);
    const { text, items, notCarried } = writeQti(form, { id: 'T1', title: 'T', words: ['Vrai', 'Faux'] });
    const back = importedQuestions(text);
    const said = `seed ${seed + one}\n${text}`;
    const gone = new Set(notCarried.flatMap(({ item, why }) => (why === 'question' ? [item] : [])));
    expect(back.length, said).toBe(items);
    form
      .filter((_, item) => !gone.has(item))
      .forEach((question, place) => {
        const named = notCarried.filter(({ item }) => item === form.indexOf(question)).map(({ why }) => why);
        const lines = { ...question, name: '', ...(question.kind === 'trueFalse' && { options: [] }) };
        for (const field of differences(rounded(lines), rounded(back[place]!))) expect(named, `${field}: ${said}`).toContain(field);
      });
  }
});

function rounded(question: ReturnType<typeof randomForm>[number]) {
  return { ...question, options: question.options.map((option) => ({ ...option, share: Math.round(option.share) })) };
}

it('makes no tag and no address of what a text says', () => {
  expect(htmlOfMarkdown('<script>x</script>')).toBe('<p>&lt;script&gt;x&lt;/script&gt;</p>');
  expect(htmlOfMarkdown('[a](javascript:x) [b](https://example.org/_x_"y)')).not.toContain('<a');
  expect(htmlOfMarkdown('[b _c_](https://example.org/_x_/*y*)')).toBe('<p><a href="https://example.org/_x_/*y*">b <em>c</em></a></p>');
  expect(htmlOfMarkdown('Kosovo\\* and 2 * 3 * 4\n# Head\n1. one\n2. **two**')).toBe(
    '<p>Kosovo* and 2 * 3 * 4</p>\n<h3>Head</h3>\n<ol><li>one</li><li><strong>two</strong></li></ol>',
  );
});

it('gives files names that every platform keeps', () => {
  const none = { en: '' };
  const entries = cartridgeOf(
    { id: 'x', title: { en: 'T' }, description: none, audience: none, modules: [] },
    'en',
    {
      files: ['É a/b.PDF', '.hidden', '???', '../x.txt'].map((fileName) => ({ title: 't', fileName, bytes: new Uint8Array() })),
      tests: [],
    },
    { field: (field) => field, minutes: String, notes: String, about: 'a', materials: 'm', tests: 't' },
  );
  expect(entries.map(({ name }) => name)).toEqual([
    ...['imsmanifest.xml', 'pages/about.html', 'files/1-e-a-b.pdf', 'files/2-hidden', 'files/3-file', 'files/4-x.txt'],
  ]);
});
