import { describe, expect, it } from 'vitest';
import {
  countsOf,
  decide,
  doubtsOfHeadings,
  shownRows,
  withDecisions,
  type Decision,
  type PlannedRow,
} from '../../renderer/desktop/import/plan-view.ts';

const planned = (row: number, does: PlannedRow['does'], personId: string | null = null): PlannedRow => ({
  ...{ sheet: '', row, name: `NOM ${row}`, does, personId },
  ...{ candidates: [], changes: [], asks: [], why: '' },
});

describe('the rows of a plan', () => {
  const rows = shownRows([planned(2, 'new'), planned(3, 'change', 'p3'), planned(4, 'ask')], {
    doubtful: [
      { sheet: '', row: 4, field: 'country', code: 'country.unknown' },
      { sheet: '', row: 4, field: 'sex', code: 'sex.unknown' },
    ],
  });
  const decisions = (...all: Decision[]) => new Map(all.map((one) => [`\n${one.row}`, one]));

  it('have their doubts', () => {
    expect(rows.map(({ doubts }) => doubts.map(({ field }) => field))).toEqual([[], [], ['country', 'sex']]);
  });

  it('have no doubts of a row of the same number in another sheet', () => {
    const both = shownRows(
      ['Salle A', 'Salle B'].map((sheet) => ({ ...planned(2, 'new'), sheet })),
      { doubtful: [{ sheet: 'Salle B', row: 2, field: 'country', code: 'country.unknown' }] },
    );
    expect(both.map(({ doubts }) => doubts.length)).toEqual([0, 1]);
  });

  it('become what was decided, the others staying the objects that they are', () => {
    const after = withDecisions(rows, decisions(decide(planned(4, 'ask'), 'leave')));
    expect(after.map(({ does }) => does)).toEqual(['new', 'change', 'leave']);
    expect(after[2]!.doubts).toBe(rows[2]!.doubts);
    expect([after[0], after[1]]).toEqual([rows[0], rows[1]]);
    expect(after[0] === rows[0] && after[1] === rows[1]).toBe(true);
    expect(withDecisions(rows, new Map())).toBe(rows);
  });

  it('change somebody as planned where the same person is chosen, and nothing of another', () => {
    const as = (id: string) => withDecisions(rows, decisions(decide(planned(3, 'change'), 'same', id)))[1]!.does;
    expect([as('p3'), as('p9')]).toEqual(['change', 'same']);
  });

  it('are what the answer says of a decision that it knows, which may still leave something to decide', () => {
    const same = decisions(decide(planned(4, 'ask'), 'same', 'p3'));
    const before = withDecisions(rows, same)[2]!;
    expect([before.does, before.waits]).toEqual(['same', false]);
    const after = withDecisions(rows, same, same)[2]!;
    expect([after.does, after.waits, after.decision?.take]).toEqual(['ask', true, 'same']);
  });

  it('are marked where somebody else bears the name', () => {
    const named = shownRows([planned(2, 'new', 'p2'), planned(3, 'same', 'p3'), planned(4, 'ask')], { homonyms: [['p2', 'p9']] });
    expect([named.map(({ namesake }) => namesake), countsOf(named).namesake]).toEqual([[true, false, false], 1]);
  });

  it('leave over what is doubtful in headings, once, of the sheet in which these stand', () => {
    const about = (sheet: string, row: number, field: string, code: string) => ({ sheet, row, field, code });
    const [inA, inB] = [about('A', 1, 'Email', 'column.personLeft'), about('B', 1, 'Email', 'column.personLeft')];
    const doubts = [inA, inA, inB, about('A', 2, 'sex', 'sex.unknown'), about('A', 1, 'Name', 'column.personLeft')];
    const ofA = [{ ...planned(2, 'new'), sheet: 'A' }];
    expect(doubtsOfHeadings(ofA, doubts)).toEqual([inA, inB, about('A', 1, 'Name', 'column.personLeft')]);
    expect(doubtsOfHeadings([...ofA, { ...planned(1, 'ask'), sheet: 'A', headings: true }], doubts)).toEqual([inB]);
  });
});
