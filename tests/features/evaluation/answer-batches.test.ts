import { describe, expect, it } from 'vitest';
import { isToken } from '../../../shared/features/evaluation/answer-columns.ts';
import { bundledForm, csv, planOf } from '../../support/lists/answer-files.ts';
import { rowsAt } from '../../support/lists/lists.ts';

const satisfaction = bundledForm('satisfaction-v1');

const scales = satisfaction.items.filter(({ type }) => type === 'scale');
const ids = scales.map(({ id }) => id);
const five = (value: string): string[] => ids.map(() => value);

describe('a batch', () => {
  const group = (values: readonly string[], from = 1): string =>
    csv([['ID', ...ids], ...values.map((value, index) => [String(from + index), ...five(value)])]);
  const kept = (plan: ReturnType<typeof planOf>) =>
    plan.sheets.map(({ plan: { id }, answers, points }) => ({
      id,
      personId: null,
      wave: null,
      answers,
      points,
      day: '2026-03-05',
      corrects: null,
    }));

  it('has numbers of its own: the next group’s sheets are new, the same file adds nothing', () => {
    const first = planOf(group(['5', '4', '5', '3', '5', '5']), satisfaction);
    const stored = kept(first);
    expect(planOf(group(['1', '2', '1', '1', '2', '1']), satisfaction, { stored }).sheets.map(({ plan }) => plan.action)).toEqual(
      Array.from({ length: 6 }, () => 'add'),
    );
    const again = planOf(group(['5', '4', '5', '3', '5', '5']), satisfaction, { stored });
    expect(again.sheets.map(({ plan }) => plan.action)).toEqual(Array.from({ length: 6 }, () => 'unchanged'));
    expect(again.rows.map(({ does, why }) => `${does} ${why}`)).toEqual(Array.from({ length: 6 }, () => 'same sheet.in'));
  });

  it('has the same sheets on two laptops, in whatever order its rows stand', () => {
    const one = planOf(group(['5', '4', '3', '2', '1', '5']), satisfaction);
    const [header, ...rows] = group(['5', '4', '3', '2', '1', '5']).split('\n');
    const other = planOf([header, ...rows.toReversed()].join('\n'), satisfaction);
    const idsOf = (plan: ReturnType<typeof planOf>) => plan.sheets.map(({ plan: { id }, answers }) => `${id} ${answers['S1']}`).sort();
    expect(idsOf(other)).toEqual(idsOf(one));
    expect(new Set(idsOf(one)).size).toBe(6);
  });

  it('that was added to is asked about, and one answer settles it', () => {
    const written = (comment: string): string[] => [...five('4').slice(1), '2', comment];
    const grown = (comments: readonly string[]): string => csv([[...ids, 'O1'], ...comments.map(written)]);
    const stored = kept(planOf(grown(['plus de cas pratiques', 'moins de droit pénal', 'le juge invité']), satisfaction));
    const file = grown(['plus de cas pratiques', 'moins de droit pénal', 'le juge invité', 'les pauses']);
    const open = planOf(file, satisfaction, { stored });
    expect(open.questions).toMatchObject([{ key: 'batch', options: ['new', 'same'], chosen: null, rows: rowsAt(2, 3, 4) }]);
    expect(open.rejected.map(({ row, code }) => `${row} ${code}`)).toEqual(['2 sheet.perhapsIn', '3 sheet.perhapsIn', '4 sheet.perhapsIn']);
    const actions = (batch: string) =>
      planOf(file, satisfaction, { stored, options: { answers: { batch } } }).sheets.map(({ plan }) => plan.action);
    expect(actions('same')).toEqual(['unchanged', 'unchanged', 'unchanged', 'add']);
    expect(actions('new')).toEqual(['add', 'add', 'add', 'add']);
    const byRow = planOf(file, satisfaction, {
      stored,
      options: { decisions: [2, 3, 4].map((row) => ({ row, take: row === 3 ? ('new' as const) : ('same' as const) })) },
    });
    expect(byRow.sheets.map(({ plan }) => plan.action)).toEqual(['unchanged', 'add', 'unchanged', 'add']);
  });

  it('with tokens that nobody can guess knows each sheet in whatever file, and says what a corrected one replaces', () => {
    const tokens = ['uuid:1f0d7a52-0c3e-4b7c-9d7e-2b9d5f0a1c11', 'uuid:2e0d7a52-0c3e-4b7c-9d7e-2b9d5f0a1c12'];
    const file = (values: readonly string[]): string =>
      csv([['_uuid', '_submission_time', ...ids], ...values.map((value, index) => [tokens[index]!, `t${index}`, ...five(value)])]);
    const stored = kept(planOf(file(['5', '4']), satisfaction));
    const corrected = planOf(file(['5', '3']), satisfaction, { stored });
    expect(corrected.rows.map(({ does }) => does)).toEqual(['same', 'change']);
    expect(corrected.rows[1]!.changes[0]).toEqual({ field: 'S1', from: '4', to: '3' });
    expect(corrected.sheets[1]!.plan).toMatchObject({ action: 'correct', corrects: stored[1]!.id });
  });

  it('knows tokens from numbers', () => {
    expect(['7', 'F12', 'SHEET0001', '2021ABIDJAN', 'abcdefgh', 'P-0012'].filter(isToken)).toEqual([]);
    expect(['k7Qx92Lm4z', '1f0d7a52-0c3e-4b7c-9d7e-2b9d5f0a1c11', 'R_3Jk2LmN4pQ5rS6t'].filter(isToken)).toHaveLength(3);
  });

  it('with one number twice, or one sheet without, asks about these alone', () => {
    const file = csv([
      ['ID', ...ids],
      ['1', ...five('5')],
      ['1', ...five('4')],
      ...Array.from({ length: 20 }, (_, i) => [String(i + 2), ...five('3')]),
      ['', ...five('2')],
    ]);
    const plan = planOf(file, satisfaction);
    expect(plan.rejected.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 sheet.repeated', '24 sheet.missing']);
    const decided = planOf(file, satisfaction, {
      options: {
        decisions: [
          { row: 3, take: 'new' },
          { row: 24, take: 'leave' },
        ],
      },
    });
    expect(decided.rejected).toEqual([]);
    expect(decided.sheets).toHaveLength(22);
  });
});
