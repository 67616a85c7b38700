import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '../../../shared/features/evaluation/answers.ts';
import { surveyFigures } from '../../../shared/features/evaluation/figures.ts';
import type { StoredSheet } from '../../../shared/features/evaluation/sheets.ts';
import { deliveryFigures, minutesBetween } from '../../../shared/features/report/delivery.ts';
import { learningFigures } from '../../../shared/features/report/learning.ts';
import { opinionFigures } from '../../../shared/features/report/opinions.ts';

/** What a report counts of tests, opinions and sessions, and what it leaves untold. */

const LAW = { en: 'Law', fr: 'Droit' };
const choice = (id: string, topic?: typeof LAW) => ({ id, type: 'choice' as const, text: {}, options: {}, ...(topic && { topic }) });
const TEST: Questionnaire = {
  kind: 'prepost',
  anonymous: false,
  items: [choice('Q1', LAW), choice('Q2', LAW), choice('Q3'), choice('Q4')],
  key: { Q1: 'a', Q2: 'a', Q3: 'a', Q4: 'a' },
};

let made = 0;
const sheet = (personId: string | null, wave: 'pre' | 'post' | null, answers: StoredSheet['answers']): StoredSheet => ({
  ...{ id: String(++made).padStart(4, '0'), personId, wave, answers, points: null, day: '2026-05-04', corrects: null },
});
/** The first items right, the others wrong. */
const right = (count: number) => Object.fromEntries(['Q1', 'Q2', 'Q3', 'Q4'].map((id, at) => [id, at < count ? 'a' : 'b']));
const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);

describe('learning', () => {
  const five = people(5);
  const sheets = [...five.map((id) => sheet(id, 'pre', right(1))), ...five.map((id, at) => sheet(id, 'post', right(at === 0 ? 1 : 3)))];

  it('is of those who sat both tests: gain, normalised gain, per question, per topic', () => {
    const alone = [sheet('p9', 'pre', right(4)), sheet('stranger', 'post', right(4))];
    expect(learningFigures(TEST, [...sheets, ...alone], new Set([...five, 'p9']))).toEqual({
      ...{ n: 5, withheld: false, questions: 4, meanPre: 1, meanPost: 2.6, gain: 1.6, improved: 4, same: 1, worse: 0 },
      // 8 of the 15 items that were wrong before.
      normalised: 53.3,
      items: [
        { id: 'Q1', pre: 100, post: 100 },
        { id: 'Q2', pre: 0, post: 80 },
        { id: 'Q3', pre: 0, post: 80 },
        { id: 'Q4', pre: 0, post: 0 },
      ],
      topics: [{ topic: LAW, questions: 2, pre: 50, post: 90 }],
    });
  });

  it('of four people says that there are four, and nothing else', () => {
    const four = learningFigures(TEST, sheets, new Set(five.slice(1)));
    expect(four).toMatchObject({ n: 4, withheld: true, meanPre: null, meanPost: null, gain: null, normalised: null, improved: 0 });
    expect([...four.items, ...four.topics]).toEqual([]);
  });

  it('has no normalised gain where all was right before, and a loss is one', () => {
    const all = [...five.map((id) => sheet(id, 'pre', right(4))), ...five.map((id) => sheet(id, 'post', right(3)))];
    expect(learningFigures(TEST, all, new Set(five))).toMatchObject({ normalised: null, gain: -1, worse: 5 });
  });
});

describe('opinions', () => {
  const SURVEY: Questionnaire & { kind: 'satisfaction' } = {
    ...{ kind: 'satisfaction', anonymous: true, key: {} },
    items: [
      { id: 'S1', type: 'scale', text: {}, options: {} },
      { id: 'S2', type: 'scale', text: {}, options: {} },
      { id: 'O1', type: 'open', text: {}, options: {} },
    ],
  };
  const given = (list: readonly StoredSheet['answers'][]) =>
    opinionFigures(
      SURVEY,
      surveyFigures(
        SURVEY,
        list.map((answers) => sheet(null, null, answers)),
        9,
      ),
    );

  it('are told with their number, mean and distribution, and what people wrote', () => {
    const figures = given([1, 2, 3, 4, 5].map((value) => ({ S1: String(value), S2: '4', O1: 'b' + String(9 - value) })));
    expect(figures).toMatchObject({ n: 5, registered: 9, rate: 55.6, mean: 3.5, withheld: false });
    expect(figures.items.map(({ n, mean }) => ({ n, mean }))).toEqual([
      { n: 5, mean: 3 },
      { n: 5, mean: 4 },
    ]);
    expect(figures.items[0]!.dist.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    expect(figures.comments.map(({ comments }) => comments)).toEqual([['b4', 'b5', 'b6', 'b7', 'b8']]);
  });

  it('of an item with fewer than five answers are not told, and no mean gives them away', () => {
    const figures = given([1, 2, 3, 4, 5].map((value) => ({ S1: '3', ...(value < 5 && { S2: '1' }) })));
    expect(figures.items[1]).toMatchObject({ n: 4, withheld: true, mean: null, dist: [] });
    expect(figures.mean).toBe(3);
  });

  it('of four sheets are not told at all', () => {
    expect(given([1, 2, 3, 4].map(() => ({ S1: '3', O1: 'x' })))).toMatchObject({
      n: 4,
      withheld: true,
      mean: null,
      items: [],
      comments: [],
    });
  });
});

describe('sessions and hours', () => {
  const sessions = [
    { halfDay: '2026-05-04-AM', minutes: 90 },
    { halfDay: '2026-05-04-PM', minutes: null },
    { halfDay: '2026-05-05-AM', minutes: 60 },
  ];

  it('are held where somebody was marked', () => {
    expect(deliveryFigures(sessions, ['2026-05-04-AM', '2026-05-04-PM'])).toEqual({
      ...{ planned: 3, held: 2, minutesPlanned: 150, minutesHeld: 90, timed: 2 },
    });
  });

  it('are not known before anybody is, nor without a length', () => {
    expect(deliveryFigures(sessions, [])).toMatchObject({ held: null, minutesHeld: null });
    expect(deliveryFigures([sessions[1]!], ['2026-05-04-PM'])).toMatchObject({ held: 1, minutesPlanned: null, minutesHeld: null });
  });

  it.each([
    ['09:00', '10:30', 90],
    ['10:30', '09:00', null],
    ['09:00', '09:00', null],
    ['', '09:00', null],
    [null, null, null],
  ])('from %j to %j: %j minutes', (start, end, minutes) => expect(minutesBetween(start, end)).toBe(minutes));
});
