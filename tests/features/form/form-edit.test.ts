import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** A questionnaire from its first word to its order: what is written stands, what is removed comes back, and one that came with the program is changed without losing what it was. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-forms-'));
let engine: TestEngine;
let formId: string;

interface Item {
  readonly id: string;
  readonly code: string;
  readonly type: string;
  readonly text: Readonly<Record<string, string>>;
  readonly options: readonly { readonly letter: string; readonly text: object }[];
  readonly key: object | null;
}
interface Detail {
  readonly title: object;
  readonly items: readonly Item[];
  readonly versions: readonly { readonly version: string }[];
}
const form = (id = formId, more = {}) => engine.call<Detail>('form.get', { id, ...more });
const made = (call: string, args: object) => engine.call<{ id: string; code: string }>(call, args);
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const order = async () => (await form()).items.map(({ text }) => text['pt']);
const seen = () =>
  engine.call<{ seen: Record<string, Record<string, string[]>> }>('form.open', { id: formId }).then((answer) => answer.seen);
const item = (text: string, more: object = {}) => made('form.addItem', { formId, type: 'open', text: { pt: text }, ...more });

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('is written in the library or in the space of an institution that is known here', async () => {
  const school = await made('institution.create', { name: 'Escola Nacional', country: 'CV', languages: ['pt', 'en'] });
  const title = { pt: 'Prova de direito nacional' };
  ({ id: formId } = await made('form.create', { space: `institution/${school.id}`, code: 'n1', kind: 'prepost', title, passMark: 60 }));
  expect(await form('n1')).toMatchObject({ id: formId, title, kind: 'prepost', passMark: 60, items: [], versions: [], languages: ['pt'] });
  expect(await engine.call('form.open', { id: formId })).toMatchObject({ space: `institution/${school.id}`, change: { allowed: true } });
  expect(await codeOf('form.create', { space: 'institution/nowhere', title, kind: 'prepost' })).toBe('institution.unknown');
  expect(await codeOf('form.create', { title: {}, kind: 'prepost' })).toBe('call.arguments');
  await engine.call('form.update', { id: formId, title: { en: 'National law test', pt: '' } });
  expect((await form()).title).toEqual({ en: 'National law test' });
});

it('has items of every type, each where it was put, and moves them', async () => {
  const b = await item('b');
  const a = await item('a', { after: null });
  await item('c', { after: b.id });
  expect(await order()).toEqual(['a', 'b', 'c']);
  await engine.call('form.moveItem', { id: a.id });
  expect(await order()).toEqual(['b', 'c', 'a']);
  expect(await codeOf('form.moveItem', { id: a.id, after: formId })).toBe('form.itemUnknown');
  const options = [{ text: { pt: 'sim' }, right: true }, { text: { pt: 'não' } }];
  const { id } = await item('d', { type: 'choice', options, topic: { pt: 'Convenção' }, explanation: { pt: 'Art. 16' }, points: 2 });
  const added = (await form()).items.find((one) => one.id === id)!;
  expect(added).toMatchObject({ points: 2, topic: { pt: 'Convenção' }, explanation: { pt: 'Art. 16' }, key: { shares: { a: 1 } } });
  expect(added.options).toEqual([
    { letter: 'a', text: { pt: 'sim' } },
    { letter: 'b', text: { pt: 'não' } },
  ]);
  await engine.call('form.updateItem', { id, options: [{ letter: 'b', text: { en: 'no' } }, { text: { en: 'both' } }], key: null });
  const changed = (await form()).items.find((one) => one.id === id)!;
  // A new option has a letter that no other ever had here, and a language that nobody spoke of stays.
  expect(changed).toMatchObject({
    key: null,
    options: [
      { letter: 'b', text: { pt: 'não', en: 'no' } },
      { letter: 'c', text: { en: 'both' } },
    ],
  });
});

it('refuses what does not fit an item, and changes nothing', async () => {
  const before = await form();
  const options = [{ text: { pt: 'x' } }, { text: { pt: 'y' } }];
  expect(await codeOf('form.addItem', { formId, type: 'choice', text: { pt: 'e' } })).toBe('form.optionsMissing');
  expect(await codeOf('form.addItem', { formId, type: 'matrix', text: { pt: 'e' }, options })).toBe('form.optionsMissing');
  expect(await codeOf('form.addItem', { formId, type: 'several', text: { pt: 'e' }, options, key: { shares: { z: 1 } } })).toBe(
    'form.keyUnfit',
  );
  expect(await codeOf('form.addItem', { formId, type: 'number', text: { pt: 'e' }, key: { value: 'ten' } })).toBe('form.keyUnfit');
  expect(await codeOf('form.addItem', { formId, type: 'ranking', text: { pt: 'e' }, options, key: { order: ['a'] } })).toBe(
    'form.keyUnfit',
  );
  const twice = options.map((option) => ({ ...option, letter: 'a' }));
  expect(await codeOf('form.addItem', { formId, type: 'choice', text: { pt: 'e' }, options: twice })).toBe('form.optionTwice');
  expect(await codeOf('form.addItem', { formId: 'nowhere', type: 'open', text: { pt: 'e' } })).toBe('form.unknown');
  expect(await form()).toEqual(before);
});

it('writes over what was shown, and over nothing else', async () => {
  const [first] = (await form()).items;
  const shown = (await seen())[first!.id];
  await engine.call('form.updateItem', { id: first!.id, text: { pt: 'mine' }, seen: shown });
  await engine.call('form.updateItem', { id: first!.id, text: { pt: 'theirs' }, seen: shown });
  const conflicts = await engine.call<{ entity: string; values: { value: string }[] }[]>('sync.conflicts');
  expect(conflicts.flatMap(({ entity, values }) => (entity === first!.id ? values.map(({ value }) => value).sort() : []))).toEqual([
    'mine',
    'theirs',
  ]);
  await engine.call('form.updateItem', { id: first!.id, text: { pt: 'b' } });
});

it('removes an item into the bin, and puts it back where it stood', async () => {
  const before = await form();
  const [, second] = before.items;
  await engine.call('form.removeItem', { id: second!.id });
  expect((await form()).items).not.toContainEqual(second);
  expect(await codeOf('form.updateItem', { id: second!.id, points: 3 })).toBe('form.itemUnknown');
  const binned = await engine.call<{ id: string; type: string; title: object; form: object }[]>('bin.list');
  expect(binned).toMatchObject([{ id: second!.id, type: 'formItem', title: { pt: 'c' }, form: { en: 'National law test' } }]);
  await engine.call('form.restoreItem', { id: second!.id });
  expect(await form()).toEqual(before);
});

it('publishes versions that are read as they were', async () => {
  expect(await engine.call('form.publish', { formId, version: '1.0', notes: { pt: 'Primeira' } })).toMatchObject({ version: '1.0' });
  expect(await codeOf('form.publish', { formId, version: '1.1' })).toBe('form.unchanged');
  const first = (await form()).items;
  await engine.call('form.updateItem', { id: first[0]!.id, text: { pt: 'changed' } });
  await engine.call('form.removeItem', { id: first[1]!.id });
  expect(await codeOf('form.publish', { formId, version: '1.0' })).toBe('form.versionTaken');
  await engine.call('form.publish', { formId, version: '1.1' });
  expect((await form(formId, { version: '1.0' })).items).toEqual(first);
  expect((await form()).items).toMatchObject([{ text: { pt: 'changed' } }, {}, {}]);
  expect((await form()).versions.map(({ version }) => version)).toEqual(['1.0', '1.1']);
  expect(await codeOf('form.get', { id: formId, version: '2' })).toBe('form.versionUnknown');
});

it('is found by its words, a page at a time, and its items by theirs', async () => {
  const all = await engine.call<{ total: number; forms: { code: string }[] }>('form.list', {});
  const bundled = ['adv-prepost-v1', 'coop-prepost-v1', 'evidence-prepost-v1', 'followup6m', 'intro-prepost-v1', 'q247', 'satisfaction-v1'];
  expect(all.forms.map(({ code }) => code)).toEqual([...bundled, 'n1'].sort());
  expect(await engine.call('form.list', { from: 1, limit: 1 })).toMatchObject({ total: 8, forms: [all.forms[1]] });
  expect(await engine.call('form.list', { text: 'national' })).toMatchObject({ total: 1, forms: [{ code: 'n1' }] });
  expect(await engine.call('form.bank', { topic: 'convencao' })).toMatchObject({ total: 1, items: [{ formId, text: { pt: 'd' } }] });
  expect(await engine.call('form.bank', { text: 'dual criminality' })).toMatchObject({
    items: [{ code: 'Q6', formCode: 'intro-prepost-v1' }],
  });
  expect(await engine.call('form.bank', { text: 'nowhere at all' })).toEqual({ total: 0, items: [] });
});

it('that came with the program is changed item by item, and the rest stays as it came', async () => {
  const before = await form('intro-prepost-v1');
  expect(before.items.map(({ code }) => code)).toEqual(Array.from({ length: 12 }, (_, at) => `Q${at + 1}`));
  const [q1, q2, q3] = before.items;
  await engine.call('form.updateItem', { id: q1!.id, text: { fr: 'Quel article ?' }, key: { shares: { d: 1 } } });
  await engine.call('form.moveItem', { id: q2!.id });
  await engine.call('form.removeItem', { id: q3!.id });
  const after = await form('intro-prepost-v1');
  expect(after.items.map(({ code }) => code)).toEqual(['Q1', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q9', 'Q10', 'Q11', 'Q12', 'Q2']);
  expect(after.items[0]).toEqual({ ...q1, text: { ...q1!.text, fr: 'Quel article ?' }, key: { shares: { d: 1 } } });
  expect(after.items[1]).toEqual(before.items[3]);
  const binned = await engine.call<{ title: object }[]>('bin.list');
  expect(binned.map(({ title }) => title)).toContainEqual(q3!.text);
  await engine.call('form.restoreItem', { id: q3!.id });
  expect((await form('intro-prepost-v1')).items.map(({ code }) => code).slice(0, 3)).toEqual(['Q1', 'Q3', 'Q4']);
  await engine.call('form.updateItem', { id: q1!.id, text: { fr: '' } });
  expect((await form('intro-prepost-v1')).items[0]!.text['fr']).toBeUndefined();
});
