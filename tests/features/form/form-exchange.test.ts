import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUESTION_FORMATS } from '../../../shared/features/evaluation/exchange/formats.ts';
import { Dice } from '../../support/dice.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { randomForm } from '../evaluation/exchange/random-questions.ts';

/** Questionnaires and the files of other tools: what comes in becomes items, each or not at all with its line; what goes out comes back, or is named. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-form-exchange-'));
let engine: TestEngine;

interface Item {
  readonly id: string;
  readonly code: string;
  readonly type: string;
  readonly key: object | null;
  readonly options: readonly { readonly letter: string; readonly text: Readonly<Record<string, string>> }[];
}
interface Taken {
  readonly id: string;
  readonly added: number;
  readonly rejected: readonly { readonly line: number; readonly code: string }[];
  readonly lost: readonly { readonly line: number; readonly what: string }[];
}

const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const take = (args: object): Promise<Taken> => engine.call<Taken>('form.import', args);
const itemsOf = async (id: string): Promise<Item[]> => (await engine.call<{ items: Item[] }>('form.get', { id })).items;
/** What an item says, whatever it is called. */
const said = ({ id: _id, code: _code, ...others }: Item) => others;
const codeOf = async (args: object): Promise<string> => {
  const answer = await engine.try('form.import', args);
  return answer.ok ? '' : answer.error.code;
};

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const GIFT = [
  ...['$CATEGORY: Law', '::Q1:: Which treaty? {=ETS 185 #right ~CETS 224}', '', 'Broken {=a', '', 'When? {#=2001:1 =%50%2004:1}', ''],
  ...['True? {T}', '', 'Match {=a -> 1 =b -> 2 =c -> 3}', '', 'Say {=preservation =%50%order}', '', 'A comma {#3,5}'],
].join('\n');

it('takes a file question by question into a new test, and names what it does not take by its line', async () => {
  const file = fileOf('Direito.gift', GIFT);
  const looked = await take({ path: file, format: 'gift', language: 'pt', apply: false });
  expect(looked).toMatchObject({ id: '', added: 5 });
  const before = await engine.call<{ total: number }>('form.list', {});
  const taken = await take({ path: file, format: 'gift', language: 'pt' });
  expect(taken).toMatchObject({
    added: looked.added,
    rejected: [
      { line: 4, code: 'syntax' },
      { line: 14, code: 'decimalComma' },
    ],
    lost: [
      { line: 1, what: 'feedback' },
      { line: 6, what: 'answers' },
      { line: 12, what: 'answers' },
    ],
  });
  expect((await engine.call<{ total: number }>('form.list', {})).total).toBe(before.total + 1);
  expect((await itemsOf(taken.id)).map(said)).toMatchObject([
    { type: 'choice', text: { pt: 'Which treaty?' }, topic: { pt: 'Law' }, key: { shares: { a: 1 } } },
    { type: 'number', key: { value: '2001', tolerance: 1 } },
    { type: 'trueFalse', key: { shares: { true: 1 } } },
    { type: 'matrix', key: { rows: { r1: 'a', r2: 'b', r3: 'c' } } },
    { type: 'open', key: { texts: ['preservation'] } },
  ]);
  // Once more into the same one: behind what stands there.
  expect(await take({ formId: taken.id, path: fileOf('one.gift', 'More? {F}'), format: 'gift' })).toMatchObject({ id: taken.id, added: 1 });
  expect((await itemsOf(taken.id)).at(-1)).toMatchObject({ type: 'trueFalse', key: { shares: { false: 1 } } });
});

it('refuses what is no file of questions, and then writes nothing', async () => {
  const before = await engine.call<{ total: number }>('form.list', {});
  expect(await codeOf({ path: path.join(folder, 'nowhere.gift'), format: 'gift' })).toBe('file.missing');
  expect(await codeOf({ path: fileOf('picture.png', '\u0089PNG\u0000\u0000\u0000'), format: 'moodleXml' })).toBe('form.notQuestions');
  expect(await codeOf({ path: fileOf('empty.txt', ' \n'), format: 'aiken' })).toBe('form.notQuestions');
  expect(await codeOf({ formId: 'nowhere', path: fileOf('one.txt', 'More? {F}'), format: 'gift' })).toBe('form.unknown');
  expect(await take({ path: fileOf('bad.gift', 'Broken {=a'), format: 'gift' })).toMatchObject({ id: '', added: 0 });
  expect(await engine.call('form.list', {})).toEqual(before);
});

it.each(['gift', 'moodleXml', 'aiken'] as const)(
  'writes the test that came with the program as %s, and takes it back as it was',
  async (format) => {
    for (const language of ['fr', 'pt'] as const) {
      const file = path.join(folder, `intro-${language}.${format}`);
      const args = { formId: 'intro-prepost-v1', path: file, format, language };
      const written = await engine.call<{ items: number; notCarried: { item: string; why: string }[] }>('form.export', args);
      expect(written.items).toBe(12);
      const { id, ...taken } = await take({ path: file, format, language });
      expect(taken).toEqual({ added: 12, rejected: [], lost: [] });
      const [out, back] = [await itemsOf('intro-prepost-v1'), await itemsOf(id)];
      const inLanguage = (items: readonly Item[]) =>
        items.map(({ type, key, options }) => [type, key, options.map(({ text }) => text[language])]);
      expect(inLanguage(back)).toEqual(inLanguage(out));
      expect(readFileSync(file, 'utf8')).not.toContain('undefined');
    }
  },
);

it('names what a format cannot hold of the items of a questionnaire', async () => {
  const made = (call: string, args: object) => engine.call<{ id: string; code: string }>(call, args);
  const { id } = await made('form.create', { kind: 'prepost', title: { en: 'All types' } });
  const options = [{ text: { en: 'one' } }, { text: { en: 'two' } }];
  const day = await made('form.addItem', { formId: id, type: 'date', text: { en: 'When?' } });
  const consent = await made('form.addItem', { formId: id, type: 'consent', text: { en: 'May we write to you?' } });
  const order = await made('form.addItem', {
    formId: id,
    type: 'ranking',
    text: { en: 'Which first?' },
    options,
    key: { order: ['b', 'a'] },
  });
  const file = path.join(folder, 'all.gift');
  const { items, notCarried } = await engine.call<{ items: number; notCarried: object[] }>('form.export', {
    formId: id,
    path: file,
    format: 'gift',
  });
  expect(items).toBe(0);
  for (const { code } of [day, consent, order]) expect(notCarried).toContainEqual({ item: code, why: 'question' });
  expect(existsSync(file)).toBe(true);
});

it('goes through Moodle XML and comes back the same, whatever its items are', { timeout: 120_000 }, async () => {
  for (let seed = 1; seed <= Number(process.env['ITINERA_FORMS'] ?? 25); seed++) {
    const file = fileOf(`${seed}.xml`, QUESTION_FORMATS.moodleXml.write(randomForm(new Dice(seed), true)).text);
    const first = await take({ path: file, format: 'moodleXml', language: 'en' });
    if (first.added === 0) continue;
    expect(first.rejected, `seed ${seed}`).toEqual([]);
    const again = path.join(folder, `${seed}-again.xml`);
    const written = await engine.call<{ items: number; notCarried: { item: string; why: string }[] }>('form.export', {
      ...{ formId: first.id, path: again, format: 'moodleXml', language: 'en' },
    });
    const second = await take({ path: again, format: 'moodleXml', language: 'en' });
    const [out, back] = [await itemsOf(first.id), await itemsOf(second.id)];
    const lost = new Set(written.notCarried.map(({ item }) => item));
    const whole = new Set(written.notCarried.filter(({ why }) => why === 'question').map(({ item }) => item));
    const came = out.filter(({ code }) => !whole.has(code));
    expect(back, `seed ${seed}`).toHaveLength(came.length);
    came.forEach((item, at) => {
      if (!lost.has(item.code)) expect(said(back[at]!), `seed ${seed}, ${item.code}`).toEqual(said(item));
    });
  }
});
