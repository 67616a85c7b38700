import { describe, expect, it } from 'vitest';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import { bundledForm, csv, planOf as planAnswersOf, workbook } from '../../support/lists/answer-files.ts';
import { planOf as planMarksOf } from '../../support/lists/attendance-sheets.ts';
import { planOf as planPeople } from '../../support/lists/list-plans.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';

/** Rows that the reader leaves out are somebody's where a person says so, and only then. */

type Decision = NonNullable<IntakeOptions['decisions']>[number];

describe('a row of a list of people that was left out', () => {
  const LIST = [
    'TOTALI Somma||',
    'Nom|Prénom|Pays',
    'DIOP|Awa|Sénégal',
    'Total|4|',
    'Signature :|Ibra|',
    'MALI||',
    'FALL|Ibra|Sénégal',
    'SOW|Ada|Mali',
  ];
  const plan = (...decisions: Decision[]) => planPeople(LIST, [], { options: { decisions } });
  const told = (of: ReturnType<typeof plan>) => of.rows.map(({ row, does, why }) => `${row} ${does} ${why}`);
  const left = ['1 leave title', '4 leave total', '5 leave note', '6 leave section'];

  it('is in the plan with its reason', () => {
    expect(told(plan()).filter((one) => one.includes('leave'))).toEqual(left);
  });

  for (const [row, name] of [
    [1, 'TOTALI Somma'],
    [4, 'Total'],
    [5, 'Signature :'],
    [6, 'MALI'],
  ] as const)
    it(`is a new person by a decision: row ${row}`, () => {
      const taken = plan({ row, take: 'new' });
      expect(told(taken)).toContain(`${row} new decided`);
      expect(told(taken).filter((one) => one.includes('leave'))).toEqual(left.filter((one) => !one.startsWith(`${row} `)));
      expect(taken.additions.some(({ values }) => `${values.familyName} ${values.givenName ?? ''}`.includes(name.split(' ')[0]!))).toBe(
        true,
      );
      expect(taken.account.asked).toBe(0);
    });

  it('may be left out again, and a row that is none is refused', () => {
    expect(told(plan({ row: 4, take: 'leave' }))).toEqual(told(plan()));
    expect(() => plan({ row: 2, take: 'leave' })).toThrow('intake.rowUnknown');
    expect(() => plan({ row: 40, take: 'new' })).toThrow('intake.rowUnknown');
  });

  it('is the one of its sheet', () => {
    const two = sourceOf(
      sheetOf(['Nom|Prénom|Pays', 'DIOP|Awa|Mali', 'Total|1|'], 'A'),
      sheetOf(['Nom|Prénom|Pays', 'FALL|Ibra|Mali', 'Total|1|'], 'B'),
    );
    const taken = planPeople(two, [], { options: { decisions: [{ row: 3, sheet: 'B', take: 'new' }] } });
    expect(taken.rows.filter(({ row }) => row === 3).map(({ sheet, does }) => `${sheet} ${does}`)).toEqual(['A leave', 'B new']);
  });

  it('hidden in the file, or of somebody who does not come, is taken so, too', () => {
    const hidden = sourceOf(sheetOf(['Nom|Prénom', 'DIOP|Awa', 'FALL|Ibra'], '', { rows: [] }));
    expect(hidden.sheets[0]!.rows).toEqual([]);
    const rows = sheetOf(['Nom|Prénom', 'DIOP|Awa', 'FALL|Ibra'], '', { hiddenRows: [3] });
    const taken = (decisions: Decision[]) =>
      planPeople(sourceOf(rows), [], { options: { decisions } }).rows.map(({ row, does }) => `${row} ${does}`);
    expect(taken([])).toEqual(['2 new', '3 leave']);
    expect(taken([{ row: 3, take: 'new' }])).toEqual(['2 new', '3 new']);
    const states = ['Nom|Prénom|Statut', 'DIOP|Awa|confirmé', 'FALL|Ibra|annulé'];
    const withdrawn = planPeople(states, [], { options: { decisions: [{ row: 3, take: 'new' }] } });
    expect(withdrawn.rows.map(({ does }) => does)).toEqual(['new', 'new']);
  });
});

it('a row of an attendance sheet that was left out is the person whom somebody names', () => {
  const lines = ['Nom|02/03 AM|02/03 PM', 'DIOP Awa|P|A', 'Signature :|A|P', 'P = présent, A = absent||'];
  const plan = (decisions: Decision[]) => planMarksOf(sourceOf(lines), { options: { decisions } });
  const { people, plan: before } = plan([]);
  expect(before.rows.map(({ row, does }) => `${row} ${does}`)).toEqual(['2 change', '3 leave', '4 leave']);
  const ibra = people.find(({ familyName }) => familyName === 'FALL')!.id;
  const { plan: after } = plan([{ row: 3, take: 'same', personId: ibra }]);
  expect(after.marks.filter(({ personId }) => personId === ibra).map(({ status }) => status)).toEqual(['absent', 'present']);
  expect(plan([{ row: 3, take: 'leave' }]).plan.rows).toEqual(before.rows);
  expect(() => plan([{ row: 30, take: 'leave' }])).toThrow('intake.rowUnknown');
});

it('a row of answers that cannot be read is in the plan, and may be left out', () => {
  const form = bundledForm('satisfaction-v1');
  const ids = form.items.filter(({ type }) => type === 'scale').map(({ id }) => id);
  const file = csv([
    ['ID', ...ids],
    ['1', ...ids.map(() => '4')],
    ['2', ...ids.map((_, at) => (at === 0 ? '17' : '4'))],
  ]);
  const plan = (decisions: Decision[]) => planAnswersOf(workbook({ '': file }), form, { options: { decisions } });
  expect(plan([]).rows.map(({ row, name, does }) => `${row} ${name} ${does}`)).toEqual(['2 1 new', '3 2 ask']);
  expect(plan([]).rejected).toHaveLength(1);
  const left = plan([{ row: 3, take: 'leave' }]);
  expect(left.rows.map(({ row, does, why }) => `${row} ${does} ${why}`)).toEqual(['2 new sheet.new', '3 leave decided']);
  expect(left).toMatchObject({ rejected: [], account: { asked: 0 } });

  const tests = bundledForm('intro-prepost-v1');
  const marks = planAnswersOf(
    workbook({
      '': csv([
        ['Nom', 'Note /20'],
        ['DIOP Awa', '12'],
      ]),
    }),
    tests,
    {},
  );
  expect(marks.rows.map(({ name, does, why }) => `${name} ${does} ${why}`)).toEqual(['DIOP Awa ask evaluation.wave']);
});

it('a line of means is a sheet where somebody says so', () => {
  const form = bundledForm('satisfaction-v1');
  const ids = form.items.filter(({ type }) => type === 'scale').map(({ id }) => id);
  const file = csv([
    ['ID', ...ids],
    ['1', ...ids.map(() => '4')],
    ['Total', ...ids.map(() => '4')],
  ]);
  const plan = (decisions: Decision[]) => planAnswersOf(workbook({ '': file }), form, { options: { decisions } });
  expect(plan([]).rows.map(({ row, does }) => `${row} ${does}`)).toEqual(['2 new', '3 leave']);
  expect(plan([{ row: 3, take: 'new' }]).rows.map(({ row, does }) => `${row} ${does}`)).toEqual(['2 new', '3 new']);
  expect(plan([{ row: 3, take: 'leave' }]).rows.map(({ row, does }) => `${row} ${does}`)).toEqual(['2 new', '3 leave']);
});
