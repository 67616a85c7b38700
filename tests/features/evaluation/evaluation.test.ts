import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { sealDrafts } from '../../../electron/engine/features/evaluation/evaluation-sheets.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { peopleOf } from '../../../electron/engine/features/activity/workshop.ts';
import { deletion } from '../../../shared/node/store/deletion.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { answersSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import type { FeatureContext } from '../feature-context.ts';
import { openFeatureContext, refusal, value, workshopA } from '../feature-context.ts';
import { expectedA, WORKSHOP_A } from '../activity/workshop-a.ts';
import { quietCall } from '../../support/quiet-call.ts';

const TEST = 'intro-prepost-v1';
const SATISFACTION = 'satisfaction-v1';

let context: FeatureContext;
let activityId: Id;
let calls: ReturnType<typeof evaluationHandlers>;
beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
  calls = evaluationHandlers(context);
});
afterEach(() => context.close());

const person = (ref: string): Id => peopleOf(context.store.reader, activityId).find((one) => one.ref === ref)!.id;
const importing = (formId: string, file: string, more: { apply?: boolean; skipRejected?: boolean } = {}) =>
  value(calls['evaluation.import']({ activityId, formId, path: file, apply: true, skipRejected: false, ...more }, quietCall()));
const results = (formId: string) => value(calls['evaluation.results']({ activityId, formId }, quietCall()));
const enter = (formId: string, answers: Record<string, string>, more: { personId?: Id; wave?: 'pre' | 'post'; correct?: boolean } = {}) =>
  calls['evaluation.enter']({ activityId, formId, answers, correct: false, ...more }, quietCall());
const satisfied = (answer: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`S${i + 1}`, answer]));

interface Kept {
  readonly t: number;
  readonly seq: number;
  readonly type: string;
  readonly id: Id;
  readonly field: string;
  readonly value: string;
}
/** Everything that the change-sets of the space of answers hold, in the order in which it lies there. */
const kept = (): Kept[] =>
  context.store.reader
    .all<{ body: Uint8Array }>('select body from change_set where space = ? order by feed', answersSpace(activityId))
    .flatMap(({ body }) => {
      const decoded = decodeChangeSet(body, nodeHasher);
      if (!decoded.ok) throw new Error(decoded.refusal.code);
      const { header, ops } = decoded.value;
      return ops.map(({ entityType, entityId, field, content }) => ({
        t: header.t,
        seq: header.seq,
        type: entityType,
        id: entityId,
        field,
        value: content.form === 'redacted' ? '' : JSON.stringify(content.value),
      }));
    });

test('the tests of workshop A are imported once and give the figures expected', async () => {
  const file = path.join(WORKSHOP_A, 'prepost.csv');
  const expected = expectedA().A_prepost;
  expect(await importing(TEST, file, { apply: false })).toMatchObject({
    applied: false,
    added: 44,
    replaced: 0,
    unchanged: 0,
    rejected: [],
  });
  expect(await results(TEST)).toMatchObject({ nPre: 0, nPost: 0, gain: null });
  expect(await importing(TEST, file)).toMatchObject({ applied: true, added: 44, unchanged: 0, rejected: [] });
  const before = kept().length;
  expect(await importing(TEST, file)).toMatchObject({ applied: true, added: 0, unchanged: 44, rejected: [] });
  expect(kept().length).toBe(before);
  expect(await results(TEST)).toMatchObject({
    kind: 'prepost',
    nPre: expected.nPre,
    nPost: expected.nPost,
    nPaired: expected.nMatched,
    meanPre: expected.meanPre,
    meanPost: expected.meanPost,
    gain: expected.meanGainMatched,
    improved: expected.improved,
    same: expected.same,
    worse: expected.worse,
    postAtLeast70: expected.postAtLeast70pct,
    items: Object.fromEntries(Object.entries(expected.itemCorrectPre).map(([q, pre]) => [q, { pre, post: expected.itemCorrectPost[q] }])),
  });
  const { count, sheets } = await value(calls['evaluation.sheets']({ activityId, formId: TEST }, quietCall()));
  expect([count, sheets.length]).toEqual([44, 44]);
  expect(sheets.filter(({ wave }) => wave === 'pre').reduce((sum, { right }) => sum + right, 0)).toBe(132);
});

test('a row that changed becomes a linked correction, and only that one counts', async () => {
  const file = path.join(context.outside, 'prepost.csv');
  const text = readFileSync(path.join(WORKSHOP_A, 'prepost.csv'), 'utf8');
  writeFileSync(file, text);
  await importing(TEST, file);
  writeFileSync(file, text.replace(/^P01,pre,.*$/m, 'P01,pre,c,b,a,d,b,c,a,d,b,c,a,b'));
  expect(await importing(TEST, file)).toMatchObject({ applied: true, added: 1, replaced: 1, unchanged: 43, rejected: [] });
  expect(await importing(TEST, file)).toMatchObject({ added: 0, unchanged: 44 });
  expect(await results(TEST)).toMatchObject({ nPre: 22, nPaired: 20, improved: 17 });
  const corrections = context.store.reader.all('select id from sheet where corrects is not null');
  expect(corrections.length).toBe(1);
});

test('the satisfaction sheets of workshop A are imported once and give the figures expected', async () => {
  const file = path.join(WORKSHOP_A, 'satisfaction.csv');
  const expected = expectedA().A_satisfaction;
  expect(await importing(SATISFACTION, file)).toMatchObject({ applied: true, added: 21, unchanged: 0, rejected: [] });
  expect(await importing(SATISFACTION, file)).toMatchObject({ applied: true, added: 0, unchanged: 21, rejected: [] });
  expect(await results(SATISFACTION)).toMatchObject({
    kind: 'satisfaction',
    n: expected.returned,
    registered: 25,
    rate: expected.responseRatePercent,
    mean: expected.overallMean,
    blanks: expected.blanks,
    items: Object.fromEntries(
      Object.entries(expected.items).map(([item, { n, mean, dist, top2pct }]) => [item, { n, withheld: false, mean, dist, top2: top2pct }]),
    ),
    suppressed: false,
  });
  expect(await value(calls['evaluation.sheets']({ activityId, formId: SATISFACTION }, quietCall()))).toEqual({
    count: 21,
    waiting: 0,
    sheets: [],
    removed: [],
  });
});

test('nothing that is kept of anonymous sheets names a person, a token, an order or a minute', async () => {
  await importing(TEST, path.join(WORKSHOP_A, 'prepost.csv'));
  const before = kept().length;
  await importing(SATISFACTION, path.join(WORKSHOP_A, 'satisfaction.csv'));
  const fresh = kept().slice(before);
  expect(
    new Set(
      kept()
        .filter(({ type }) => type === 'sheet')
        .map(({ t }) => t),
    ),
  ).toEqual(new Set([Date.parse('2021-07-15T00:00:00Z')]));
  expect(new Set(fresh.map(({ field }) => field))).toEqual(new Set(['activityId', 'formId', 'answers', 'day']));
  expect(new Set(fresh.filter(({ field }) => field === 'day').map((row) => row.value))).toEqual(new Set(['"2021-07-15"']));
  expect(fresh.some((row) => /F\d\d/.test(row.value))).toBe(false);
  const inFile = readFileSync(path.join(WORKSHOP_A, 'satisfaction.csv'), 'utf8').trim().split('\n').slice(1);
  const asKept = fresh.filter(({ field }) => field === 'answers').map((row) => JSON.parse(row.value) as Record<string, string>);
  const asInFile = inFile.map((line) =>
    Object.fromEntries(
      line
        .trim()
        .split(',')
        .slice(1)
        .flatMap((a, i) => (a === '' ? [] : [[`S${i + 1}`, a]])),
    ),
  );
  expect(asKept.length).toBe(21);
  expect(asKept).not.toEqual(asInFile);
  const sorted = (list: object[]): string[] =>
    list.map((one) => JSON.stringify(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted();
  expect(sorted(asKept)).toEqual(sorted(asInFile));
});

test('under five sheets nothing is broken down; with five it is, and comments lose their order', async () => {
  const comments = ['zebra', 'alpha', 'mike', 'bravo', 'yankee'];
  for (const comment of comments.slice(0, 4)) await value(enter(SATISFACTION, { ...satisfied('5'), O1: comment }));
  expect(await results(SATISFACTION)).toMatchObject({ n: 4, rate: 16, mean: null, items: {}, comments: {}, suppressed: true });
  await value(enter(SATISFACTION, { ...satisfied('4'), O1: comments[4]! }));
  const figures = await results(SATISFACTION);
  expect(figures).toMatchObject({ n: 5, mean: 4.8, suppressed: false, comments: { O1: comments.toSorted() } });
});

test('anonymous sheets typed in are safe at once, outlive a restart, and are sealed as one shuffled batch without a time', async () => {
  for (const answer of ['1', '2', '3', '4', '5', '1']) await value(enter(SATISFACTION, satisfied(answer)));
  expect(kept().filter(({ type }) => type === 'sheet')).toEqual([]);
  context = context.reopened();
  calls = evaluationHandlers(context);
  expect(await results(SATISFACTION)).toMatchObject({ n: 6, mean: 2.67 });
  expect(await value(calls['evaluation.sheets']({ activityId, formId: SATISFACTION }, quietCall()))).toMatchObject({
    count: 6,
    waiting: 6,
  });
  expect(sealDrafts(context)).toBe(6);
  expect(sealDrafts(context)).toBe(0);
  expect(await results(SATISFACTION)).toMatchObject({ n: 6, mean: 2.67 });
  const sheets = kept().filter(({ type }) => type === 'sheet');
  expect(new Set(sheets.map(({ seq }) => seq)).size).toBe(1);
  expect(new Set(sheets.map(({ t }) => t))).toEqual(new Set([Date.parse('2021-07-15T00:00:00Z')]));
  expect(context.settings.list('draft/')).toEqual([]);
});

test('fewer than five anonymous sheets wait, are counted as waiting, and leave when the form is closed', async () => {
  const waiting = async () => (await value(calls['evaluation.sheets']({ activityId, formId: SATISFACTION }, quietCall()))).waiting;
  for (let typed = 1; typed <= 4; typed++) {
    await value(enter(SATISFACTION, satisfied(String(typed))));
    context.departures.prepare();
    expect(await waiting()).toBe(typed);
  }
  expect(kept().filter(({ type }) => type === 'sheet')).toEqual([]);
  expect(await value(calls['evaluation.close']({ activityId, formId: SATISFACTION }, quietCall()))).toEqual({ sealed: 4 });
  expect(await waiting()).toBe(0);
  expect(await results(SATISFACTION)).toMatchObject({ n: 4 });
  expect(await value(calls['evaluation.close']({ activityId, formId: SATISFACTION }, quietCall()))).toEqual({ sealed: 0 });
});

test('an anonymous sheet that waits here is taken back, and no other', async () => {
  const waiting = async () => (await value(calls['evaluation.sheets']({ activityId, formId: SATISFACTION }, quietCall()))).waiting;
  const ids: string[] = [];
  for (let typed = 1; typed <= 2; typed++) ids.push((await value(enter(SATISFACTION, satisfied(String(typed))))).id);
  const takeBack = (sheetId: string) => calls['evaluation.takeBack']({ activityId, formId: SATISFACTION, sheetId }, quietCall());
  await value(takeBack(ids[1]!));
  expect(await waiting()).toBe(1);
  const again = { ok: false, refusal: { code: 'evaluation.sheetSealed' } };
  expect(await takeBack(ids[1]!)).toMatchObject(again);
  await value(calls['evaluation.close']({ activityId, formId: SATISFACTION }, quietCall()));
  expect(await takeBack(ids[0]!)).toMatchObject(again);
  expect(await results(SATISFACTION)).toMatchObject({ n: 1 });
});

test('the order of typing cannot be told from the chain: whoever guesses by places is right as often as chance', async () => {
  let [right, sheets] = [0, 0];
  for (let round = 0; round < 40; round++) {
    const typed: string[] = [];
    for (let i = 0; i < 5; i++) {
      typed.push((await value(enter(SATISFACTION, satisfied(String(1 + i))))).id);
      // Another laptop asks, or a sync runs, between any two of them.
      context.departures.prepare();
    }
    const inChain = kept().filter(({ type }) => type === 'sheet');
    const batch = inChain.filter(({ id }) => typed.includes(id));
    expect(new Set(batch.map(({ seq }) => seq)).size).toBe(1);
    const order = [...new Set(batch.map(({ id }) => id))];
    order.forEach((id, place) => {
      sheets++;
      if (typed[place] === id) right++;
    });
  }
  // 200 guesses, one in five right by chance: 40, and past 80 (or under 10) less than once in ten million runs.
  expect(sheets).toBe(200);
  expect(right).toBeLessThan(80);
  expect(right).toBeGreaterThan(10);
});

test('a sealing that was cut short is neither lost nor doubled', async () => {
  for (const answer of ['1', '2', '3', '4', '5']) await value(enter(SATISFACTION, satisfied(answer)));
  const drafts = context.settings.list('draft/sheet/');
  sealDrafts(context);
  for (const { key, value: draft } of drafts.slice(0, 3)) context.settings.set(key, draft);
  expect(await results(SATISFACTION)).toMatchObject({ n: 5 });
  context.setClock('2021-07-20T08:00:00Z');
  await value(enter(SATISFACTION, satisfied('5')));
  // After the workshop the last ones leave too, but not on the day on which they are typed in.
  expect(sealDrafts(context)).toBe(0);
  context.setClock('2021-07-21T08:00:00Z');
  expect(sealDrafts(context)).toBe(1);
  expect(await results(SATISFACTION)).toMatchObject({ n: 6 });
  expect(context.settings.list('draft/')).toEqual([]);
});

test('a test typed in is kept once, and replaced only when that is meant', async () => {
  const pre = { personId: person('P01'), wave: 'pre' as const };
  const first = await value(enter(TEST, { Q1: 'C', Q2: 'b' }, pre));
  expect(await value(enter(TEST, { Q1: 'c', Q2: 'b' }, pre))).toEqual(first);
  expect(await refusal(enter(TEST, { Q1: 'a' }, pre))).toBe('evaluation.alreadyIn');
  const second = await value(enter(TEST, { Q1: 'c' }, { ...pre, correct: true }));
  expect(second).not.toEqual(first);
  const { sheets } = await value(calls['evaluation.sheets']({ activityId, formId: TEST }, quietCall()));
  expect(sheets).toMatchObject([{ personId: person('P01'), wave: 'pre', answers: { Q1: 'c' }, right: 1, points: null }]);
  expect(await refusal(enter(TEST, { Q1: 'c' }))).toBe('evaluation.personNeeded');
  expect(await refusal(enter(SATISFACTION, {}, pre))).toBe('evaluation.anonymous');
  expect(await refusal(enter('no-such-form', {}))).toBe('evaluation.formUnknown');
});

test('a sheet with a name that is no test is in without a wave, corrected, taken out and put back', async () => {
  const whose = { personId: person('P01') };
  const inNow = () => value(calls['evaluation.sheets']({ activityId, formId: 'q247' }, quietCall()));
  expect(await refusal(enter('q247', { N1: 'the point of contact' }, { ...whose, wave: 'pre' }))).toBe('evaluation.waveNotMeant');
  await value(enter('q247', { N1: 'the point of contact' }, whose));
  await value(enter('q247', { N1: 'the network' }, { ...whose, correct: true }));
  const { sheets, count } = await inNow();
  expect(count).toBe(1);
  expect(sheets).toMatchObject([{ ...whose, wave: null, answers: { N1: 'the network' } }]);
  await value(calls['evaluation.removeSheet']({ id: sheets[0]!.id, seen: sheets[0]!.heads }, quietCall()));
  expect(await inNow()).toMatchObject({ count: 0, sheets: [], removed: [{ id: sheets[0]!.id, ...whose, wave: null }] });
  await value(calls['evaluation.restoreSheet']({ id: sheets[0]!.id }, quietCall()));
  expect(await inNow()).toMatchObject({ count: 1, removed: [] });
});

test('sheets of people taken off the list do not count', async () => {
  await importing(TEST, path.join(WORKSHOP_A, 'prepost.csv'));
  await value(peopleHandlers(context)['people.remove']({ id: person('P01') }, quietCall()));
  expect(await results(TEST)).toMatchObject({ nPre: 21, nPost: 21, nPaired: 19 });
});

test('a list with bad rows is not half in, unless that is asked for', async () => {
  const file = path.join(context.outside, 'satisfaction.csv');
  const header = ['sheet', ...Array.from({ length: 10 }, (_, i) => `S${i + 1}`)].join(';');
  writeFileSync(file, `${header}\nX1;5;5;5;5;5;5;5;5;5;5\nX2;7;5;5;5;5;5;5;5;5;5\n`);
  const rejected = [{ row: 3, field: 'S1', code: 'answer.scaleUnknown' }];
  expect(await importing(SATISFACTION, file)).toMatchObject({ applied: false, added: 1, unchanged: 0, rejected });
  expect(await results(SATISFACTION)).toMatchObject({ n: 0 });
  expect(await importing(SATISFACTION, file, { skipRejected: true })).toMatchObject({ applied: true, added: 1 });
  expect(await results(SATISFACTION)).toMatchObject({ n: 1, suppressed: true });
});

test('the bundled questionnaires are there, and their key is not given out', async () => {
  const forms = await value(calls['evaluation.forms']({ activityId }, quietCall()));
  expect(forms.map(({ code }) => code)).toEqual([
    ...[TEST, 'adv-prepost-v1', 'coop-prepost-v1', 'evidence-prepost-v1'],
    ...[SATISFACTION, 'followup6m', 'q247'],
  ]);
  expect(forms[0]!.items.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `Q${i + 1}`));
  for (const form of forms) {
    expect('key' in form).toBe(false);
    for (const language of ['en', 'fr', 'es', 'pt'] as const) expect(form.title[language]).toBeTruthy();
  }
});

test('a questionnaire that is removed stays, flagged, while there are sheets of it; without any it goes', async () => {
  const forms = await value(calls['evaluation.forms']({}, quietCall()));
  const used = forms.find(({ code }) => code === TEST)!;
  const unused = forms.find(({ code }) => code !== TEST)!;
  const answers = Object.fromEntries(used.items.map((item) => [item.id, Object.keys(item.options)[0]!]));
  await value(
    calls['evaluation.enter']({ activityId, formId: used.id, personId: person('P01'), wave: 'pre', answers, correct: false }, quietCall()),
  );
  for (const { id } of [used, unused]) context.store.commit([{ space: 'library', writes: deletion(context.store.reader, 'form', id) }]);
  const left = await value(calls['evaluation.forms']({ activityId }, quietCall()));
  expect(left.find(({ id }) => id === used.id)).toMatchObject({ removed: true });
  expect(left.find(({ id }) => id === unused.id)).toBeUndefined();
  expect(await value(calls['evaluation.results']({ activityId, formId: used.id }, quietCall()))).toMatchObject({ nPre: 1 });
});
