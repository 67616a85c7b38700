import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { sealSheets } from '../../../electron/engine/features/evaluation/evaluation-sheets.ts';
import { inWorkshop } from '../../../electron/engine/features/form/asked-forms.ts';
import { intakeHandlers } from '../../../electron/engine/features/intake.ts';
import { peopleOf } from '../../../electron/engine/features/activity/workshop.ts';
import { randomId, type Id } from '../../../shared/kernel/ids.ts';
import { csv } from '../../support/lists/answer-files.ts';
import type { FeatureContext } from '../feature-context.ts';
import { openFeatureContext, refusal, value, workshopA } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';

const TEST = 'intro-prepost-v1';
const SATISFACTION = 'satisfaction-v1';
const SCALES = Array.from({ length: 10 }, (_, i) => `S${i + 1}`);
const ITEMS = Array.from({ length: 12 }, (_, i) => `Q${i + 1}`);

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
const importing = (formId: string, text: string, more: object = {}) => {
  const file = path.join(context.outside, 'answers.csv');
  writeFileSync(file, text);
  return value(calls['evaluation.import']({ activityId, formId, path: file, apply: true, skipRejected: false, ...more }, quietCall()));
};
const results = (formId: string) => value(calls['evaluation.results']({ activityId, formId }, quietCall()));
const sheets = () => value(calls['evaluation.sheets']({ activityId, formId: TEST }, quietCall()));
const undo = (importId: string | null) => value(intakeHandlers(context)['intake.undo']({ importId: importId! }, quietCall()));
const group = (...values: string[]): string =>
  csv([['ID', ...SCALES], ...values.map((one, index) => [String(index + 1), ...SCALES.map(() => one)])]);
const tests = (...rows: (readonly [ref: string, wave: string, answer: string])[]): string =>
  csv([['ID', 'wave', ...ITEMS], ...rows.map(([ref, wave, answer]) => [ref, wave, ...ITEMS.map(() => answer)])]);

test('the next group’s sheets are new, the same file adds nothing, and an import is undone and taken again', async () => {
  await importing(SATISFACTION, group('5', '5', '5', '5', '5', '5'));
  const second = await importing(SATISFACTION, group('1', '1', '1', '1', '1', '1'));
  expect(second).toMatchObject({ applied: true, added: 6, replaced: 0, unchanged: 0 });
  expect(await results(SATISFACTION)).toMatchObject({ n: 12, mean: 3 });
  expect(await importing(SATISFACTION, group('1', '1', '1', '1', '1', '1'))).toMatchObject({
    applied: true,
    added: 0,
    unchanged: 6,
    importId: null,
  });
  expect(await undo(second.importId)).toMatchObject({ undone: 6, left: [] });
  expect(await results(SATISFACTION)).toMatchObject({ n: 6, mean: 5 });
  expect(await importing(SATISFACTION, group('1', '1', '1', '1', '1', '1'))).toMatchObject({ added: 6, unchanged: 0 });
  expect(await results(SATISFACTION)).toMatchObject({ n: 12, mean: 3 });
});

test('sheets that were typed in stay when an import is undone, and wait as before', async () => {
  for (const answer of ['1', '2', '3']) {
    const answers = Object.fromEntries(SCALES.map((id) => [id, answer]));
    await value(calls['evaluation.enter']({ activityId, formId: SATISFACTION, answers, correct: false }, quietCall()));
  }
  const taken = await importing(SATISFACTION, group('5', '5', '5', '5', '4'));
  expect(await value(calls['evaluation.sheets']({ activityId, formId: SATISFACTION }, quietCall()))).toMatchObject({
    count: 8,
    waiting: 3,
  });
  expect(await undo(taken.importId)).toMatchObject({ undone: 5 });
  expect(await results(SATISFACTION)).toMatchObject({ n: 3 });
});

test('a test imported again with other answers says before and after what it replaces, and undoing brings the first back', async () => {
  await importing(TEST, tests(['P01', 'pre', 'a'], ['P02', 'pre', 'a']));
  const look = await importing(TEST, tests(['P01', 'pre', 'b'], ['P02', 'pre', 'a']), { apply: false });
  expect(look).toMatchObject({ applied: false, added: 1, replaced: 1, unchanged: 1 });
  expect(look.rows.map(({ does, why }) => `${does} ${why}`)).toEqual(['change sheet.replaces', 'same sheet.in']);
  expect(look.rows[0]!.changes[0]).toEqual({ field: 'pre.Q1', from: 'a', to: 'b' });
  const answersOf = async (ref: string) => (await sheets()).sheets.find(({ personId }) => personId === person(ref))?.answers['Q1'];
  expect(await answersOf('P01')).toBe('a');
  const taken = await importing(TEST, tests(['P01', 'pre', 'b'], ['P02', 'pre', 'a']));
  expect(await answersOf('P01')).toBe('b');
  await undo(taken.importId);
  expect(await answersOf('P01')).toBe('a');
});

test('a sheet is removed with what it took the place of, listed with who and when, and put back', async () => {
  await importing(TEST, tests(['P01', 'pre', 'a']));
  await importing(TEST, tests(['P01', 'pre', 'c']));
  const [one] = (await sheets()).sheets;
  await value(calls['evaluation.removeSheet']({ id: one!.id, seen: one!.heads }, quietCall()));
  const after = await sheets();
  expect(after).toMatchObject({ count: 0, sheets: [] });
  expect(after.removed).toMatchObject([{ id: one!.id, personId: person('P01'), wave: 'pre', replaced: false }]);
  expect(after.removed[0]!.at).toMatch(/^2021-07-15T/);
  expect(await results(TEST)).toMatchObject({ nPre: 0 });
  expect(await refusal(calls['evaluation.removeSheet']({ id: one!.id }, quietCall()))).toBe('evaluation.sheetUnknown');
  await value(calls['evaluation.restoreSheet']({ id: one!.id }, quietCall()));
  expect(await sheets()).toMatchObject({ count: 1, sheets: [{ id: one!.id, answers: { Q1: 'c' } }], removed: [] });
  expect(await refusal(calls['evaluation.restoreSheet']({ id: one!.id }, quietCall()))).toBe('evaluation.sheetUnknown');
});

test('after a removal other answers are another sheet, the same ones bring it back, and what is in is not hidden by one put back', async () => {
  await importing(TEST, tests(['P01', 'pre', 'a']));
  const [first] = (await sheets()).sheets;
  await value(calls['evaluation.removeSheet']({ id: first!.id }, quietCall()));
  expect(await importing(TEST, tests(['P01', 'pre', 'a']))).toMatchObject({ added: 1, rows: [{ does: 'new', why: 'sheet.back' }] });
  expect((await sheets()).sheets.map(({ id }) => id)).toEqual([first!.id]);
  await value(calls['evaluation.removeSheet']({ id: first!.id }, quietCall()));
  const answers = Object.fromEntries(ITEMS.map((id) => [id, 'b']));
  const entered = await value(
    calls['evaluation.enter']({ activityId, formId: TEST, personId: person('P01'), wave: 'pre', answers, correct: false }, quietCall()),
  );
  expect((await sheets()).sheets).toMatchObject([{ id: entered.id, answers: { Q1: 'b' } }]);
  expect((await sheets()).removed).toMatchObject([{ id: first!.id, replaced: true }]);
  await value(calls['evaluation.restoreSheet']({ id: first!.id }, quietCall()));
  expect((await sheets()).sheets).toMatchObject([{ id: entered.id, answers: { Q1: 'b' } }]);
});

test('points have figures of their own and are in no other', async () => {
  await importing(TEST, tests(['P01', 'pre', 'a'], ['P01', 'post', 'a']));
  const marks = csv([
    ['ID', 'Pré-test /20', 'Post-test /20'],
    ['P02', '8', '14,5'],
    ['P03', '10', '9'],
    ['P04', '', '12'],
  ]);
  expect(await importing(TEST, marks)).toMatchObject({ applied: true, added: 5 });
  expect(await importing(TEST, marks)).toMatchObject({ added: 0, unchanged: 5 });
  const figures = await results(TEST);
  expect(figures).toMatchObject({
    ...{ nPre: 1, nPost: 1, nPaired: 1 },
    points: { of: 20, nPre: 2, nPost: 3, nPaired: 2, meanPre: 9, meanPost: 11.83, gain: 2.75, improved: 1, same: 0, worse: 1 },
  });
  expect((await sheets()).sheets.find(({ personId, wave }) => personId === person('P02') && wave === 'pre')).toMatchObject({
    answers: {},
    points: { points: 8, of: 20 },
  });
});

test('columns that are another form’s are refused with its title in the laptop’s language', async () => {
  const answer = await calls['evaluation.import'](
    { activityId, formId: SATISFACTION, text: tests(['P01', 'pre', 'a']), apply: true, skipRejected: false },
    quietCall(),
  );
  expect(answer).toMatchObject({
    refusal: { code: 'evaluation.notThisForm', details: { form: 'Pre-training and post-training test, introductory course' } },
  });
});

test('a sheet that another laptop entered meanwhile is not hidden by one put back', async () => {
  await importing(TEST, tests(['P01', 'pre', 'a']));
  const [first] = (await sheets()).sheets;
  await value(calls['evaluation.removeSheet']({ id: first!.id }, quietCall()));
  const form = value(Promise.resolve(inWorkshop(context, activityId, TEST)));
  // Whoever entered it there had not seen the one that was removed.
  const apart = {
    id: randomId(context.random),
    personId: person('P01'),
    wave: 'pre' as const,
    answers: { Q1: 'd' },
    points: null,
    corrects: null,
  };
  sealSheets(context, await form, [apart]);
  expect(await refusal(calls['evaluation.restoreSheet']({ id: first!.id }, quietCall()))).toBe('evaluation.alreadyIn');
  expect((await sheets()).sheets).toMatchObject([{ id: apart.id, answers: { Q1: 'd' } }]);
});

test('a table with the questions down its side and a sheet in each column is turned, and says so', async () => {
  const given = ['5', '4', '3', '4', '4'];
  const lying = csv([['Question', ...given.map((_, index) => `Fiche ${index + 1}`)], ...SCALES.map((id) => [id, ...given])]);
  const taken = await importing(SATISFACTION, lying);
  expect(taken).toMatchObject({ applied: true, added: 5, understood: { turned: true, headerRow: 1 } });
  // The rows are the columns of the file, and every cell is accounted for.
  expect(taken.rows.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6]);
  expect(taken.account).toMatchObject({ cells: 66, asked: 0 });
  expect(taken.account.taken).toBeGreaterThanOrEqual(50);
  expect(await results(SATISFACTION)).toMatchObject({ n: 5, mean: 4 });
  const upright = { activityId, formId: SATISFACTION, text: lying, turned: false, apply: true, skipRejected: false };
  expect(await refusal(calls['evaluation.import'](upright, quietCall()))).toBe('evaluation.notThisForm');
});
