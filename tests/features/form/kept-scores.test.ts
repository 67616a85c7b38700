import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { seeded } from '../../support/seeded.ts';

/** A sheet keeps its score whatever becomes of its form: it is counted by the version that it names, and a workshop asks everybody the same. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-scores-'));
let engine: TestEngine;
let activityId: string;
let people: string[];

interface Results {
  readonly meanPre: number | null;
  readonly meanPost: number | null;
  readonly questions: number;
  readonly nPre: number;
  readonly passed?: number;
}
interface Asked {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly options: object;
  readonly rows: object;
}
const made = (call: string, args: object) => engine.call<{ id: string; code: string }>(call, args);
const results = (formId: string, activity = activityId) => engine.call<Results>('evaluation.results', { activityId: activity, formId });
const sheetsIn = (formId: string) =>
  engine
    .call<{ sheets: { personId: string; wave: string; right: number }[] }>('evaluation.sheets', { activityId, formId })
    .then(({ sheets }) => sheets.map(({ personId, wave, right }) => `${wave} ${personId} ${right}`).sort());
const asked = (formId: string, activity = activityId) =>
  engine
    .call<{ id: string; items: Asked[] }[]>('evaluation.forms', { activityId: activity })
    .then((forms) => forms.find(({ id }) => id === formId)!.items);
const enter = (formId: string, at: number, wave: 'pre' | 'post', answers: object) =>
  engine.call('evaluation.enter', { activityId, formId, personId: people[at], wave, answers });
const workshop = () =>
  made('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-05', countries: ['SN'] }).then(({ id }) => id);

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  activityId = await workshop();
  people = [];
  for (const familyName of ['DIALLO', 'KONÉ', 'MAÏGA', 'SOW', 'TRAORE', 'LOPES'])
    people.push((await made('people.add', { activityId, familyName, givenName: 'Awa', country: 'SN' })).id);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const options = [{ text: { en: 'one' }, right: true }, { text: { en: 'two' } }, { text: { en: 'three' } }];
const test = async (kind = 'prepost', more: object = {}) => (await made('form.create', { title: { en: 'Test' }, kind, ...more })).id;

it('counts by points and a pass mark, items of every type', async () => {
  const formId = await test('prepost', { passMark: 50 });
  const add = (type: string, more: object) => made('form.addItem', { formId, type, text: { en: type }, ...more }).then(({ code }) => code);
  const one = await add('choice', { options, points: 2 });
  const several = await add('several', { options: [...options.slice(0, 2).map((option) => ({ ...option, right: true })), options[2]] });
  const yes = await add('trueFalse', { key: { shares: { false: 1 } } });
  const table = await add('matrix', {
    options: options.map(({ text }) => ({ text })),
    rows: [{ text: { en: 'x' } }, { text: { en: 'y' } }],
    key: { rows: { r1: 'a', r2: 'b' } },
  });
  const number = await add('number', { key: { value: '90', tolerance: 0.5 } });
  await add('consent', {});
  const full = { [one]: 'a', [several]: 'b, a', [yes]: 'Faux', [table]: 'r1:a, r2:b', [number]: '90,5' };
  await enter(formId, 0, 'pre', {});
  await enter(formId, 0, 'post', full);
  await enter(formId, 1, 'post', { ...full, [one]: 'b', [table]: 'r1:a' });
  await enter(formId, 2, 'post', { [number]: '12' });
  expect(await sheetsIn(formId)).toEqual(
    [`post ${people[0]} 6`, `post ${people[1]} 3.5`, `post ${people[2]} 0`, `pre ${people[0]} 0`].sort(),
  );
  expect(await results(formId)).toMatchObject({ nPre: 1, questions: 6, meanPost: 3.17, passed: 2 });
  const wrong = await engine.try('evaluation.enter', {
    activityId,
    formId,
    personId: people[3],
    wave: 'pre',
    answers: { [number]: 'many' },
  });
  expect(wrong).toMatchObject({ ok: false, error: { code: 'evaluation.answerUnknown' } });
});

it('asks a workshop what it asked its first sheet, and another one what stands, or was published', async () => {
  const formId = await test();
  const { id, code } = await made('form.addItem', { formId, type: 'choice', text: { en: 'first' }, options });
  await enter(formId, 0, 'pre', { [code]: 'a' });
  await engine.call('form.updateItem', { id, text: { en: 'second' }, key: { shares: { b: 1 } } });
  expect(await asked(formId)).toMatchObject([{ id: code, label: '1', text: { en: 'first' } }]);
  await enter(formId, 0, 'post', { [code]: 'a' });
  expect(await sheetsIn(formId)).toEqual([`post ${people[0]} 1`, `pre ${people[0]} 1`]);
  const other = await workshop();
  expect(await asked(formId, other)).toMatchObject([{ text: { en: 'second' } }]);
  await engine.call('form.publish', { formId, version: '1' });
  await engine.call('form.updateItem', { id, text: { en: 'third' } });
  expect(await asked(formId, other)).toMatchObject([{ text: { en: 'second' } }]);
  expect(await engine.call('form.whereUsed', { id: formId })).toMatchObject({ workshops: [{ activityId, sheets: 2 }], copies: [] });
});

it('keeps the scores of a test that came with the program where it is changed afterwards', async () => {
  const formId = 'intro-prepost-v1';
  await enter(formId, 0, 'pre', { Q1: 'c', Q2: 'b' });
  const before = await sheetsIn(formId);
  const { items } = await engine.call<{ items: { id: string }[] }>('form.get', { id: formId });
  await engine.call('form.updateItem', { id: items[0]!.id, key: { shares: { a: 1 } } });
  await engine.call('form.removeItem', { id: items[1]!.id });
  expect(await sheetsIn(formId)).toEqual(before);
  // Those who come later are asked the same.
  await enter(formId, 1, 'pre', { Q1: 'c', Q2: 'b' });
  expect(await sheetsIn(formId)).toEqual([...before, `pre ${people[1]} 2`].sort());
  expect(
    (await asked((await engine.call<{ id: string }>('form.get', { id: formId })).id, await workshop())).map(({ id }) => id),
  ).not.toContain('Q2');
});

it('draws as many of a topic as the form says, once for a workshop', async () => {
  const formId = await test();
  const of = (topic: string) => (text: string) =>
    made('form.addItem', { formId, type: 'choice', text: { en: text }, topic: { fr: topic }, options });
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await of('Preuve')(text);
  for (const text of ['g', 'h', 'i']) await of('Coopération')(text);
  await made('form.addItem', { formId, type: 'open', text: { en: 'z' } });
  await engine.call('form.update', {
    id: formId,
    draws: [
      { topic: 'preuve', count: 3 },
      { topic: 'Cooperation', count: 1 },
    ],
  });
  const drawn = await engine.call<{ version: string; items: { id: string; text: { en: string } }[] }>('form.draw', { activityId, formId });
  const words = drawn.items.map(({ text }) => text.en);
  expect([words.filter((word) => word < 'g').length, words.filter((word) => word >= 'g' && word < 'z').length, words.at(-1)]).toEqual([
    3,
    1,
    'z',
  ]);
  expect(words).toEqual(words.toSorted());
  for (const text of ['j', 'k', 'l']) await of('Preuve')(text);
  expect(await engine.call('form.draw', { activityId, formId })).toEqual(drawn);
  expect((await asked(formId)).map(({ id }) => id)).toEqual(drawn.items.map(({ id }) => id));
  await enter(formId, 0, 'pre', { [drawn.items[0]!.id]: 'a' });
  expect(await results(formId)).toMatchObject({ questions: 4, meanPre: 1 });
  const others = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const answer = await engine.call<typeof drawn>('form.draw', { activityId: await workshop(), formId });
      return answer.items.map(({ text }) => text.en).join('');
    }),
  );
  expect(new Set(others).size).toBeGreaterThan(1);
});

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
it.each(SEEDS)('sheets keep their scores whatever becomes of the form (seed %i)', async (seed) => {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const formId = await test();
  const items: string[] = [];
  const types = [
    { type: 'choice', options },
    { type: 'several', options: options.map((option, at) => ({ ...option, right: at < 2 })) },
    { type: 'trueFalse', key: { shares: { true: 1 } } },
    { type: 'number', key: { value: '3', tolerance: 1 } },
  ];
  const change = async () => {
    const step = below(6);
    const id = items.length > 0 ? one(items) : '';
    if (step === 0 || items.length < 2)
      items.push((await made('form.addItem', { formId, text: { en: `item ${items.length}` }, ...one(types) })).id);
    else if (step === 1) await engine.try('form.updateItem', { id, points: below(5) });
    else if (step === 2) await engine.try('form.updateItem', { id, key: null });
    else if (step === 3) await engine.try('form.moveItem', { id, after: null });
    else if (step === 4) await engine.try(one(['form.removeItem', 'form.restoreItem']), { id });
    else await engine.try('form.publish', { formId, version: String(below(1_000_000)) });
  };
  for (let step = 0; step < 8; step++) await change();
  const answers = async () =>
    Object.fromEntries(
      (await asked(formId)).map(({ id, type }) => [
        id,
        type === 'number' ? String(below(6)) : type === 'trueFalse' ? one(['true', 'false']) : one(['a', 'b', 'c']),
      ]),
    );
  const scores = new Map<string, string>();
  for (let person = 0; person < people.length; person++) {
    await enter(formId, person, one(['pre', 'post']), await answers());
    for (const sheet of await sheetsIn(formId)) {
      const [wave, whose] = sheet.split(' ');
      expect(scores.get(`${wave} ${whose}`) ?? sheet).toBe(sheet);
      scores.set(`${wave} ${whose}`, sheet);
    }
    for (let step = 0; step < 4; step++) await change();
    expect((await sheetsIn(formId)).toSorted()).toEqual([...scores.values()].sort());
  }
});
