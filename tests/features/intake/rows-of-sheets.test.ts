import { describe, expect, it } from 'vitest';
import { shownRows } from '../../../renderer/desktop/import/plan-view.ts';
import { bundledForm, csv, known, planOf as planAnswers, workbook } from '../../support/lists/answer-files.ts';
import { marksOf, planOf as planMarks } from '../../support/lists/attendance-sheets.ts';
import { planOf as planPeople } from '../../support/lists/list-plans.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';

/** Rows of one number in two sheets of a workbook: what is said, asked and decided of the one is never the other's. */

const at = ({ sheet, row }: { readonly sheet: string; readonly row: number }): string => `${sheet}${row}`;

describe('people in two sheets', () => {
  it('have each their own doubts', () => {
    const plan = planPeople(
      sourceOf(
        sheetOf(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Mali'], 'A'),
        sheetOf(['Nom|Prénom|Pays', 'SOW|Ada|Nulle part', 'SARR|Rose|Mali'], 'B'),
      ),
    );
    expect(plan.doubtful).toEqual([{ sheet: 'B', row: 2, field: 'country', code: 'country.unknown' }]);
    expect(shownRows(plan.rows, plan).flatMap(({ planned, doubts }) => (doubts.length > 0 ? [at(planned)] : []))).toEqual(['B2']);
  });

  it('wait for an open question where it is asked of their sheet, and only there', () => {
    const book = sourceOf(
      sheetOf(['Nom|Prénom|Sexo', 'DIOP|Awa|M', 'FALL|Ibra|M'], 'A'),
      sheetOf(['Nom|Prénom', 'SOW|Ada', 'SARR|Rose', 'KANE|Lamine'], 'B'),
    );
    const plan = planPeople(book);
    expect(plan.rejected.map(at)).toEqual(['A2', 'A3']);
    expect(plan.rows.map((row) => `${at(row)} ${row.does}`)).toEqual(['A2 ask', 'A3 ask', 'B2 new', 'B3 new', 'B4 new']);
    const settled = planPeople(book, [], { options: { answers: { 'sex:C:M:A': 'male' } } });
    expect(settled.additions.map(({ values }) => values.sex)).toEqual(['male', 'male', undefined, undefined, undefined]);
  });
});

describe('sheets of attendance', () => {
  const day = (...rows: string[][]) => csv([['Nom', 'Prénom', '02/03/2026 matin'], ...rows]);
  const book = workbook({
    A: day(['DIOP', 'Awa', 'P'], ['TOTAL', '', '1']),
    B: csv([
      ['Nom', 'Prénom', '03/03/2026 matin'],
      ['FALL', 'Ibra', 'Z'],
      ['TRAORE', 'Moussa', 'Z'],
    ]),
  });

  it('have a letter asked with its rows in each of them', () => {
    const both = workbook({
      A: day(['DIOP', 'Awa', 'Z']),
      B: csv([
        ['Nom', 'Prénom', '03/03/2026 matin'],
        ['FALL', 'Ibra', 'Z'],
      ]),
    });
    const { questions, rejected } = planMarks(both).plan;
    expect(questions.find(({ key }) => key === 'letter:Z')!.rows.map(at)).toEqual(['A2', 'B2']);
    expect(rejected.map(at)).toEqual(['A2', 'B2']);
  });

  it('take a decision about a row of the one sheet, and refuse one that does not say which', () => {
    const left = planMarks(book, { options: { decisions: [{ sheet: 'B', row: 2, take: 'leave' }] } }).plan;
    expect(left.rows.filter(({ why }) => why === 'decided').map(at)).toEqual(['B2']);
    expect(() => planMarks(book, { options: { decisions: [{ row: 2, take: 'leave' }] } })).toThrow('intake.rowUnknown');
  });

  it('are each told of which half-day a column is that says nothing of it', () => {
    const sheet = (who: string) =>
      csv([
        ['Nom', 'Prénom', 'Présence'],
        [who, '', 'P'],
      ]);
    const two = workbook({ A: sheet('DIOP Awa'), B: sheet('FALL Ibra') });
    const asked = planMarks(two).plan.questions.filter(({ code }) => code === 'session');
    expect(asked.map(({ rows }) => rows.map(at))).toEqual([['A2'], ['B2']]);
    const answers = { [asked[0]!.key]: '2026-03-02-AM', [asked[1]!.key]: '2026-03-03-PM' };
    expect(marksOf(two, { options: { answers } })).toEqual(['DIOP 02AM present', 'FALL 03PM present']);
  });
});

describe('answers in two sheets', () => {
  const test = bundledForm('intro-prepost-v1');
  const ids = test.items.map(({ id }) => id);
  const sheet = (who: string, letter: string) =>
    csv([
      ['Nom', 'Prénom', 'wave', ...ids],
      [...who.split(' '), 'pre', letter, ...ids.slice(1).map(() => 'a')],
    ]);
  const people = known('DIOP|Awa', 'FALL|Ibra');
  const book = workbook({ A: sheet('DIOP Awa', 'a'), B: sheet('FALL Ibra', 'z') });

  it('wait where the letter stands, and are left out where that was decided', () => {
    expect(planAnswers(book, test, { people }).rejected).toMatchObject([{ sheet: 'B', row: 2, code: 'answer.letterUnknown' }]);
    const left = planAnswers(book, test, { people, options: { decisions: [{ sheet: 'B', row: 2, take: 'leave' }] } });
    expect([left.rejected, left.sheets.length]).toEqual([[], 1]);
    const unclear = { decisions: [{ row: 2, take: 'leave' as const }] };
    expect(() => planAnswers(book, test, { people, options: unclear })).toThrow('intake.rowUnknown');
  });

  it('say of which sheet the headings are that are worth a look', () => {
    const survey = bundledForm('satisfaction-v1');
    const items = survey.items.map(({ id }) => id);
    const lines = (first: number) => Array.from({ length: 3 }, (_, at_) => [String(first + at_), `DIOP ${at_}`, ...items.map(() => '4')]);
    const plan = planAnswers(
      workbook({
        A: csv([['N°', ...items], ...lines(1).map(([number, , ...rest]) => [number!, ...rest])]),
        B: csv([['N°', 'Nom', ...items], ...lines(9)]),
      }),
      survey,
    );
    expect(plan.doubtful).toEqual([{ sheet: 'B', row: 1, field: 'Nom', code: 'column.personLeft' }]);
  });
});
