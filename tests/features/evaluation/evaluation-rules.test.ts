import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalAnswers } from '../../../shared/features/evaluation/answers.ts';
import { checkEntry, shuffled } from '../../../shared/features/evaluation/entry.ts';
import { surveyFigures, testFigures } from '../../../shared/features/evaluation/figures.ts';
import type { ReadSheet } from '../../../shared/features/evaluation/read-sheet.ts';
import { pointsOf } from '../../../shared/features/evaluation/scoring.ts';
import type { StoredSheet } from '../../../shared/features/evaluation/sheets.ts';
import { effectiveSheets } from '../../../shared/features/evaluation/sheets.ts';
import { roundedRatio } from '../../../shared/kernel/ratio.ts';
import { seeded } from '../../support/seeded.ts';
import { readText } from '../../support/lists/answer-files.ts';
import { expectedA, listedPeople, preAndPost, satisfactionSheet, WORKSHOP_A } from '../activity/workshop-a.ts';

const everybody = new Set(listedPeople().map((person) => person.id));

function stored(sheets: readonly ReadSheet[]): StoredSheet[] {
  return sheets.map(({ person, wave, answers, points }, i) => ({
    id: `s${String(i).padStart(4, '0')}`,
    personId: listedPeople().find(({ ref }) => ref === person?.ref)?.id ?? null,
    ...{ wave, answers, points },
    day: '2021-07-15',
    corrects: null,
  }));
}

const fileOf = (name: string): string => readFileSync(path.join(WORKSHOP_A, name), 'utf8');

test('the tests of workshop A give every figure expected of them', () => {
  const expected = expectedA().A_prepost;
  const read = readText(fileOf('prepost.csv'), preAndPost());
  expect(read.rejected).toEqual([]);
  expect(testFigures(preAndPost(), stored(read.sheets), everybody)).toEqual({
    kind: 'prepost',
    nPre: expected.nPre,
    nPost: expected.nPost,
    nPaired: expected.nMatched,
    meanPre: expected.meanPre,
    meanPost: expected.meanPost,
    meanPrePaired: expected.meanPreMatched,
    meanPostPaired: expected.meanPostMatched,
    gain: expected.meanGainMatched,
    improved: expected.improved,
    same: expected.same,
    worse: expected.worse,
    postAtLeast70: expected.postAtLeast70pct,
    questions: 12,
    items: Object.fromEntries(
      Object.entries(expected.itemCorrectPre).map(([item, pre]) => [item, { pre, post: expected.itemCorrectPost[item] }]),
    ),
    points: null,
  });
});

test('the satisfaction sheets of workshop A give every figure expected of them', () => {
  const expected = expectedA().A_satisfaction;
  const read = readText(fileOf('satisfaction.csv'), satisfactionSheet());
  expect(read.rejected).toEqual([]);
  expect(surveyFigures(satisfactionSheet(), stored(read.sheets), 25)).toEqual({
    kind: 'satisfaction',
    n: expected.returned,
    registered: 25,
    rate: expected.responseRatePercent,
    mean: expected.overallMean,
    blanks: expected.blanks,
    items: Object.fromEntries(
      Object.entries(expected.items).map(([item, { n, mean, dist, top2pct }]) => [item, { n, withheld: false, mean, dist, top2: top2pct }]),
    ),
    comments: { O1: [], O2: [], O3: [] },
    suppressed: false,
  });
});

const answersOfTest = fc.record(
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`Q${i + 1}`, fc.constantFrom('a', 'b', 'c', 'd')])),
  { requiredKeys: [] },
);
const tests = fc.array(fc.record({ pre: fc.option(answersOfTest), post: fc.option(answersOfTest) }), { maxLength: 20 });

test('whatever the tests: the figures equal a plain recomputation', () => {
  const form = preAndPost();
  fc.assert(
    fc.property(tests, (people) => {
      const sheets = people.flatMap(({ pre, post }, i): StoredSheet[] => {
        const base = { personId: `p${i}`, points: null, day: '2021-07-15', corrects: null };
        return [
          ...(pre ? [{ ...base, id: `pre${i}`, wave: 'pre' as const, answers: pre as Record<string, string> }] : []),
          ...(post ? [{ ...base, id: `post${i}`, wave: 'post' as const, answers: post as Record<string, string> }] : []),
        ];
      });
      const removed = { id: 'x', personId: 'gone', wave: 'post' as const, answers: {}, points: null, day: '2021-07-15', corrects: null };
      const figures = testFigures(form, [...sheets, removed].toReversed(), new Set(people.map((_, i) => `p${i}`)));
      const right = (answers: object | null): number | null => {
        if (answers === null) return null;
        let count = 0;
        for (const [item, letter] of Object.entries(form.key)) if ((answers as Record<string, string>)[item] === letter) count++;
        return count;
      };
      const scores = people.map(({ pre, post }) => ({ pre: right(pre), post: right(post) }));
      const pre = scores.flatMap((score) => score.pre ?? []);
      const post = scores.flatMap((score) => score.post ?? []);
      const both = scores.filter((score) => score.pre !== null && score.post !== null) as { pre: number; post: number }[];
      const near = (shown: number | null, values: readonly number[]): void => {
        if (values.length === 0) expect(shown).toBeNull();
        else expect(Math.abs(shown! - values.reduce((a, b) => a + b, 0) / values.length)).toBeLessThanOrEqual(0.005 + 1e-9);
      };
      expect(figures).toMatchObject({ nPre: pre.length, nPost: post.length, nPaired: both.length });
      near(figures.meanPre, pre);
      near(figures.meanPost, post);
      near(
        figures.meanPrePaired,
        both.map((pair) => pair.pre),
      );
      near(
        figures.meanPostPaired,
        both.map((pair) => pair.post),
      );
      near(
        figures.gain,
        both.map((pair) => pair.post - pair.pre),
      );
      expect(figures.improved + figures.same + figures.worse).toBe(both.length);
      expect(figures.worse).toBe(both.filter((pair) => pair.post < pair.pre).length);
      expect(figures.postAtLeast70).toBe(post.filter((score) => score >= 9).length);
      expect(Object.values(figures.items).reduce((sum, item) => sum + item.pre, 0)).toBe(pre.reduce((a, b) => a + b, 0));
      expect(Object.values(figures.items).reduce((sum, item) => sum + item.post, 0)).toBe(post.reduce((a, b) => a + b, 0));
    }),
  );
});

const survey = fc.array(fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 10, maxLength: 10 }), { maxLength: 30 });

test('whatever the sheets: distributions, blanks and means hold together, and under five nothing is said', () => {
  fc.assert(
    fc.property(survey, fc.integer({ min: 0, max: 40 }), (rows, registered) => {
      const sheets = rows.map((row, i): StoredSheet => ({
        id: `s${i}`,
        personId: null,
        wave: null,
        points: null,
        day: '2021-07-15',
        corrects: null,
        answers: Object.fromEntries(row.flatMap((value, j) => (value === null ? [] : [[`S${j + 1}`, String(value)]]))),
      }));
      const figures = surveyFigures(satisfactionSheet(), sheets, registered);
      expect(figures.n).toBe(rows.length);
      if (rows.length < 5) {
        expect(figures).toMatchObject({ suppressed: true, mean: null, blanks: 0, items: {}, comments: {} });
        return;
      }
      const values = rows.flat().filter((value) => value !== null);
      expect(figures.blanks).toBe(rows.length * 10 - values.length);
      for (const [j, item] of Object.values(figures.items).entries()) {
        const column = rows.map((row) => row[j]).filter((value) => value !== null);
        expect([item.n, item.withheld]).toEqual([column.length, column.length < 5]);
        if (item.withheld) {
          expect(item).toMatchObject({ mean: null, dist: {}, top2: null });
          continue;
        }
        expect(Object.values(item.dist).reduce((a, b) => a + b, 0)).toBe(column.length);
        expect(Object.keys(item.dist)).toEqual(['1', '2', '3', '4', '5']);
      }
      // What is withheld is in no mean beside which it could be told.
      const told = Object.values(figures.items).flatMap(({ dist }) =>
        Object.entries(dist).flatMap(([value, n]) => Array<number>(n).fill(Number(value))),
      );
      if (told.length === 0) expect(figures.mean).toBeNull();
      else
        expect(figures.mean).toBe(
          roundedRatio(
            told.reduce((a, b) => a + b, 0),
            told.length,
            2,
          ),
        );
    }),
  );
});

test('a half is rounded away from zero, exactly', () => {
  expect(roundedRatio(77, 20, 1)).toBe(3.9);
  expect(roundedRatio(1005, 1000, 2)).toBe(1.01);
  expect(roundedRatio(-1, 8, 2)).toBe(-0.13);
  expect(Object.is(roundedRatio(-1, 1000, 2), 0)).toBe(true);
  expect(() => roundedRatio(1, 0, 2)).toThrow(RangeError);
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 5_000 }), (top, bottom) => {
      const twice = Math.round(roundedRatio(top, bottom, 2) * 100);
      expect(Math.abs(2 * (twice * bottom - top * 100))).toBeLessThanOrEqual(bottom);
    }),
  );
});

test('only the end of a line of corrections counts, wherever it was made', () => {
  const sheet = (id: string, corrects: string | null, q1: string): StoredSheet => ({
    id,
    personId: 'p',
    wave: 'pre',
    answers: { Q1: q1 },
    points: null,
    day: '2021-07-15',
    corrects,
  });
  const line = [sheet('c', 'b', 'c'), sheet('a', null, 'a'), sheet('b', 'a', 'b'), sheet('z', 'a', 'd')];
  expect(effectiveSheets(line).map(({ id, first }) => ({ id, first }))).toEqual([{ id: 'c', first: 'a' }]);
  expect(effectiveSheets(line.toReversed()).map((s) => s.id)).toEqual(['c']);
  expect(effectiveSheets([sheet('b', 'gone', 'b')]).map((s) => s.id)).toEqual(['b']);
  expect(effectiveSheets([sheet('b', 'a', 'b'), sheet('a', 'b', 'a')]).length).toBeGreaterThan(0);
  expect(testFigures(preAndPost(), line, new Set(['p']))).toMatchObject({ nPre: 1, items: { Q1: { pre: 1 } } });
});

test('a sheet typed in is checked', () => {
  const form = preAndPost();
  const people = new Set(['p']);
  const entry = { personId: 'p', wave: 'pre' as const, answers: { Q1: 'A' } };
  expect(checkEntry(form, entry, people)).toEqual({ answers: { Q1: 'a' } });
  const code = (result: ReturnType<typeof checkEntry>): string => ('refusal' in result ? result.refusal.code : '');
  expect(code(checkEntry(form, { ...entry, personId: null }, people))).toBe('evaluation.personNeeded');
  expect(code(checkEntry(form, { ...entry, wave: null }, people))).toBe('evaluation.waveNeeded');
  expect(code(checkEntry(form, { ...entry, personId: 'q' }, people))).toBe('evaluation.personUnknown');
  expect(code(checkEntry(form, { ...entry, answers: { Q1: 'z' } }, people))).toBe('evaluation.answerUnknown');
  expect(code(checkEntry(form, { ...entry, answers: { constructor: 'a' } }, people))).toBe('evaluation.answerUnknown');
  expect(code(checkEntry(satisfactionSheet(), { personId: 'p', wave: null, answers: {} }, people))).toBe('evaluation.anonymous');
  expect(normalAnswers(form, { Q1: ' ' })).toEqual({ answers: {} });
  expect(pointsOf(form, {})).toBe(0);
});

test('shuffling keeps everything and favours no order', () => {
  const random = seeded(20210712);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const seen = new Map<string, number>();
  for (let i = 0; i < 6_000; i++) {
    const order = shuffled(['a', 'b', 'c'], bytes).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
