import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import { checkLetters, lettersOf, type LetterSet } from '../../../shared/features/attendance/letters.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { MODEL_VERSION } from '../../../shared/model/entities.ts';
import { judgeValue } from '../../../shared/model/judge.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

const CHOSEN: LetterSet = { present: 'O', late: 'T', leftEarly: 'S', excused: 'J', absent: 'N', remote: 'R' };

let folder: string;
let engine: TestEngine;
let activityId: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-letters-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' }));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (id = activityId) => engine.call<ResultOf<(typeof activityContract)['activity.get']>>('activity.get', { id });
const choose = async (letters: LetterSet | null) => engine.try('activity.update', { id: activityId, letters, seen: (await get()).seen });

describe('the letters of a workshop', () => {
  it('are those of the language until some are chosen, and again after', async () => {
    expect((await get()).letters).toBeNull();
    expect(await choose(CHOSEN)).toMatchObject({ ok: true });
    expect((await get()).letters).toEqual(CHOSEN);
    const made = await engine.call<{ id: string }>('activity.duplicate', { from: activityId, start: '2026-04-06', end: '2026-04-06' });
    expect((await get(made.id)).letters).toEqual(CHOSEN);
    expect(await choose(null)).toMatchObject({ ok: true });
    expect((await get()).letters).toBeNull();
  });

  it('are written in capitals, one for each status', async () => {
    await choose({ ...CHOSEN, late: ' t' });
    expect((await get()).letters).toEqual(CHOSEN);
    for (const [letters, code, letter] of [
      [{ ...CHOSEN, late: 'O' }, 'attendance.letterTwice', 'O'],
      [{ ...CHOSEN, late: '1' }, 'attendance.letterWrong', '1'],
      [{ ...CHOSEN, late: '' }, 'attendance.letterWrong', ''],
      [{ ...CHOSEN, late: 'TT' }, 'attendance.letterWrong', 'TT'],
      [{ ...CHOSEN, late: 'm' }, 'attendance.letterOfKey', 'M'],
    ] as const)
      expect(await choose(letters)).toMatchObject({ ok: false, error: { code, details: { letter } } });
    expect((await get()).letters).toEqual(CHOSEN);
  });

  it('mean one thing each in a record too, whoever wrote it', () => {
    const judged = (value: FieldValue, schema = MODEL_VERSION) => judgeValue('activity', 'letters', { form: 'plain', value }, schema);
    expect(judged({ ...CHOSEN })).toBeNull();
    for (const wrong of [{ late: 'O' }, { late: 't' }, { late: 'TT' }, { late: null }, { early: 'E' }])
      expect(judged({ ...CHOSEN, ...wrong }), JSON.stringify(wrong)).toBe('sync.valueInvalid');
    // A newer program knows more of them, and none of its letters means two things either.
    expect(judged({ ...CHOSEN, early: 'E' }, MODEL_VERSION + 1)).toBeNull();
    expect(judged({ ...CHOSEN, early: 'O' }, MODEL_VERSION + 1)).toBe('sync.valueInvalid');
  });

  it('can be those of any language', () => {
    for (const language of LANGUAGES) expect(checkLetters(lettersOf(language))).toEqual({ ok: true, value: lettersOf(language) });
  });

  it('are settled by somebody where two laptops chose others', async () => {
    const { seen } = await get();
    await engine.call('activity.update', { id: activityId, letters: { ...CHOSEN, absent: 'A' }, seen });
    await engine.call('activity.update', { id: activityId, letters: { ...CHOSEN, absent: 'F' }, seen });
    const conflicts = await engine.call<{ entity: string; field: string; values: { value: LetterSet }[] }[]>('sync.conflicts');
    expect(conflicts.map(({ field, values }) => [field, values.map(({ value }) => value.absent).toSorted()])).toEqual([
      ['letters', ['A', 'F']],
    ]);
    await engine.call('sync.settle', { entity: activityId, field: 'letters', value: CHOSEN });
    expect((await get()).letters).toEqual(CHOSEN);
  });
});
