import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, FILTERS, passes, shownRows } from '../../../renderer/desktop/import/plan-view.ts';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import { LONGEST_ANSWER_KEY, type IntakeOptions, type PlannedRow } from '../../../shared/features/intake/shapes.ts';
import { asksAtRow, takesOf, waits } from '../../../shared/features/intake/waiting-rows.ts';
import { bundledForm, csv, known as knownByTests, planOf as planAnswers, workbook } from '../../support/lists/answer-files.ts';
import { planOf as planMarks } from '../../support/lists/attendance-sheets.ts';
import { known as knownByList, planOf as planPeople } from '../../support/lists/list-plans.ts';
import { listOf, sourceOf as listSource } from '../../support/lists/lists.ts';
import { runs } from '../../sync/seeds.ts';

/** What waits for a decision, as sentences, buttons and rows say it: over plans of all four kinds of import. */

interface Made {
  readonly rows: readonly PlannedRow[];
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
}

const test = bundledForm('intro-prepost-v1');
const survey = bundledForm('satisfaction-v1');
const NAMES = ['DIOP;Awa', 'FALL;Ibra', 'TRAORE;Moussa', 'TRAORE;Moussa', 'SOW;Ada', 'DIOP;Aw', ';', 'Total;'];
const name = fc.constantFrom(...NAMES).map((text) => text.split(';'));

const table = (head: fc.Arbitrary<string[]>, cells: fc.Arbitrary<string>, lead: fc.Arbitrary<string[]>) =>
  head.chain((headings) =>
    fc
      .array(fc.tuple(lead, fc.array(cells, { minLength: headings.length, maxLength: headings.length })), { minLength: 1, maxLength: 8 })
      .map((rows) => ({ headings, rows: rows.map(([first, rest]) => [...first, ...rest]) })),
  );

/** In one sheet or two of the same form. */
const sheets = (one: fc.Arbitrary<{ headings: string[]; rows: string[][] }>, lead: readonly string[]) =>
  fc
    .array(one, { minLength: 1, maxLength: 2 })
    .map((tables) =>
      workbook(Object.fromEntries(tables.map(({ headings, rows }, at) => [`Sheet ${at + 1}`, csv([[...lead, ...headings], ...rows])]))),
    );

const attendance = sheets(
  table(
    fc.array(fc.constantFrom('02/03/2026 matin', '02/03/2026 après-midi', '03/03/2026 matin', '09/03/2026 matin'), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('P', 'A', 'Z', 'Z', 'W', '', 'présent', 'venu avec son collègue du parquet'),
    name,
  ),
  ['Nom', 'Prénom'],
);
const tests = sheets(
  table(
    fc.subarray(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q9', 'Q10', 'Q11', 'Q12', 'Q13'], { minLength: 11 }),
    fc.constantFrom('a', 'b', 'c', 'd', '', 'z', '2'),
    fc.tuple(name, fc.constantFrom('pre', 'post', 'post', 'quand')).map(([who, wave]) => [...who, wave]),
  ),
  ['Nom', 'Prénom', 'wave'],
);
const answers = sheets(
  table(
    fc.constant(survey.items.map(({ id }) => id)),
    fc.constantFrom('1', '2', '5', '', '7', 'formidable'),
    fc.nat({ max: 6 }).map((number) => [String(number)]),
  ),
  ['N°'],
);
const people = sheets(table(fc.constant(['Pays']), fc.constantFrom('Sénégal', 'Mali', 'Nulle part', ''), name), ['Nom', 'Prénom']);
const HERE = knownByList(
  ['Nom|Prénom|Pays', 'TRAORE|Moussa|Mali', 'DIOP|Awa|Sénégal'],
  ['Nom|Prénom|Pays|Email', 'TRAORE|Moussa|Niger|moussa@example.org'],
);
const SITTING = knownByTests('DIOP|Awa', 'FALL|Ibra', 'TRAORE|Moussa', 'TRAORE|Moussa|moussa@example.org');

/** Of files that can be read at all. */
function plansOf<T>(files: fc.Arbitrary<T>, plan: (file: T) => Made, more?: (made: Made) => void): void {
  let [read, held] = [0, 0];
  fc.assert(
    fc.property(files, (file) => {
      let made: Made;
      try {
        made = plan(file);
      } catch (error) {
        if (/^[a-z]+\.[A-Za-z]+$/.test((error as Error).message)) return;
        throw error;
      }
      read++;
      if (made.rejected.length > 0) held++;
      agree(made);
      more?.(made);
    }),
    runs(150),
  );
  expect(read).toBeGreaterThan(50);
  expect(held).toBeGreaterThan(20);
}

const said = (row: number, { field, code }: { readonly field: string; readonly code: string }): string => `${row} ${field} ${code}`;

function agree({ rows, rejected, doubtful }: Made): void {
  const shown = shownRows(rows, { doubtful });
  const counts = countsOf(shown);
  for (const filter of FILTERS) expect(counts[filter], filter).toBe(shown.filter((row) => passes(row, filter)).length);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length);
  // What the call rejects is what the rows ask, each in its row, and the file is held up as long as one of them waits.
  expect(rows.flatMap(({ row, asks }) => asks.map((ask) => said(row, ask))).sort()).toEqual(
    rejected.map((one) => said(one.row, one)).sort(),
  );
  expect(counts.ask > 0).toBe(rejected.length > 0);
  expect(counts.ask).toBe(rows.filter((row) => waits(row)).length);
  for (const row of rows) if (row.does === 'leave') expect(row.asks).toEqual([]);
}

describe('the rows that wait', () => {
  it('of attendance are those that the sentence, the button and the filter say', () => plansOf(attendance, (file) => planMarks(file).plan));
  it('of tests are, too', () => plansOf(tests, (file) => planAnswers(file, test, { people: SITTING })));
  it('of anonymous sheets are, too', () => plansOf(answers, (file) => planAnswers(file, survey)));
  it('of people are, too, and the others are what would be added and changed', () => {
    plansOf(
      people,
      (file) => planPeople(file, HERE),
      (made) => {
        const { additions, updates, unchanged } = made as ReturnType<typeof planPeople>;
        const counts = countsOf(shownRows(made.rows));
        expect([counts.new, counts.change, counts.same]).toEqual([additions.length, updates.length, unchanged]);
      },
    );
  });
});

describe('a row of which a part waits', () => {
  const file = workbook({
    '': csv([
      ['Nom', 'Prénom', '02/03/2026 matin', '02/03/2026 après-midi'],
      ['DIOP', 'Awa', 'P', 'Z'],
      ['FALL', 'Ibra', 'P', 'P'],
    ]),
  });
  const of = (options: IntakeOptions = {}) => planMarks(file, { options }).plan;

  it('takes what it can, is to be decided, and says which half-day and which letter nobody knows', () => {
    const [row, other] = shownRows(of().rows);
    expect(row).toMatchObject({ does: 'change', waits: true, planned: { changes: [{ field: '2026-03-02-AM' }] } });
    expect([passes(row!, 'ask'), passes(row!, 'change'), passes(other!, 'ask')]).toEqual([true, true, false]);
    expect(row!.planned.asks).toMatchObject([
      { field: '2026-03-02-PM', code: 'status.unknown', about: 'value', text: 'Z', answer: { key: 'letter:Z', code: 'letter' } },
    ]);
    expect(row!.planned.asks[0]!.answer!.options).toContain('late');
  });

  it('is settled by what was answered, and offers nobody else', () => {
    expect(takesOf(of().rows[0]!, ['new', 'same', 'leave'])).toEqual(['leave']);
    expect(of({ answers: { 'letter:Z': 'late' } }).rejected).toEqual([]);
    const left = of({ decisions: [{ row: 2, take: 'leave' }] });
    expect([left.rejected, left.rows[0]]).toMatchObject([[], { does: 'leave', asks: [] }]);
  });

  it('still offers who it might be where that is in question', () => {
    const unknown = planMarks(
      workbook({
        '': csv([
          ['Nom', 'Prénom', '02/03/2026 matin'],
          ['DIOPP', 'Ava', 'Z'],
        ]),
      }),
    ).plan.rows[0]!;
    expect([unknown.asks.map(({ about }) => about), takesOf(unknown, ['same', 'leave'])]).toEqual([['row'], ['same', 'leave']]);
  });
});

describe('what a cell may mean', () => {
  const keysOf = (questions: readonly { readonly key: string }[]) => new Set(questions.map(({ key }) => key));
  const sheet = (cell: string, ...more: string[][]) =>
    workbook({ '': csv([['Nom', 'Prénom', '02/03/2026 matin', '02/03/2026 après-midi'], ['DIOP', 'Awa', cell, cell], ...more]) });

  it('is asked over the rows where it is asked of the file, of people of one name too, and at no row again', () => {
    const { plan } = planMarks(sheet('Z', ['TRAORE', 'Moussa', 'Z', 'P']), { people: ['DIOP/Awa', 'TRAORE/Moussa', 'TRAORE/Moussa'] });
    expect(plan.questions.filter(({ key }) => key === 'letter:Z')).toHaveLength(1);
    const at = plan.rows.map(({ asks }) => asksAtRow(asks, keysOf(plan.questions)));
    expect(at).toEqual([
      { here: [], above: true },
      { here: [], above: false },
    ]);
    expect(plan.rows[1]!.asks.map(({ about }) => about)).toEqual(['row']);
  });

  it('is asked at the row where it is not asked of the file, once for what stands there twice', () => {
    const { plan } = planMarks(sheet('venu avec son collègue du parquet'));
    const { here, above } = asksAtRow(plan.rows[0]!.asks, keysOf(plan.questions));
    expect([plan.rows[0]!.asks.length, here.map(({ answer }) => answer!.code), above]).toEqual([2, ['letter'], false]);
  });

  it('is asked nowhere where an answer could not be kept under the whole of it', () => {
    const long = 'm'.repeat(300);
    const { plan } = planMarks(sheet(long));
    expect(plan.rows[0]!.asks.map(({ answer }) => answer)).toEqual([null, null]);
    const ids = survey.items.map(({ id }) => id);
    const answered = planAnswers(
      workbook({
        '': csv([
          ['N°', ...ids],
          ['1', ...ids.map(() => long)],
        ]),
      }),
      survey,
    );
    expect(answered.questions).toEqual([]);
    expect(answered.rows[0]!.asks.some(({ answer }) => answer !== null)).toBe(false);
  });

  it('is no question of a list either', () => {
    const profession = 'magistrat '.repeat(30);
    const rows = Array.from({ length: 6 }, (_, at) => `NOM${at}|Awa|${profession}`);
    const { questions } = listOf(listSource(['Nom|Prénom|Profession', ...rows]));
    expect(questions.map(({ code, key }) => [code, key.length <= LONGEST_ANSWER_KEY])).toEqual([['column.unread', true]]);
  });
});

describe('a test with a letter that its question does not have', () => {
  const ids = test.items.map(({ id }) => id);
  const sheet = (letter: string) => ['DIOP', 'Awa', 'pre', letter, ...ids.slice(1).map(() => 'a')];
  const file = (letter: string) =>
    workbook({ '': csv([['Nom', 'Prénom', 'wave', ...ids], sheet(letter), ['FALL', 'Ibra', 'pre', 'Z', ...ids.slice(1).map(() => 'b')]]) });
  const of = (options: IntakeOptions = {}, letter = 'z') => planAnswers(file(letter), test, { people: SITTING, options });

  it('says which question and which letter, and asks for an answer of that question', () => {
    const [row] = of().rows;
    expect(row).toMatchObject({
      does: 'ask',
      asks: [{ field: ids[0], code: 'answer.letterUnknown', about: 'value', text: 'z', answer: { code: 'evaluation.answer' } }],
    });
    expect(row!.asks[0]!.answer!.options).toEqual([...Object.keys(test.items[0]!.options), '']);
    expect(takesOf(row!, ['same', 'leave'])).toEqual(['leave']);
  });

  it('is taken as was answered, wherever the letter stands under that question, or without it', () => {
    const { key } = of().rows[0]!.asks[0]!.answer!;
    for (const [answer, kept] of [
      ['b', 'b'],
      ['', undefined],
    ] as const) {
      const plan = of({ answers: { [key]: answer } });
      expect([plan.rejected, plan.sheets.map(({ answers: given }) => given[ids[0]!])]).toEqual([[], [kept, kept]]);
    }
    expect(of({ answers: { [key]: 'x' } }).rejected).toHaveLength(2);
    // A text of which the key had to be cut is not answered for another that begins alike.
    const long = 'z'.repeat(300);
    expect(of({}, long).rows[0]!.asks[0]).toMatchObject({ text: long, answer: null });
    // What is an answer stays what it is.
    expect(of({ answers: { [`answer ${ids[0]} a`]: 'b' } }, 'a').sheets[0]!.answers[ids[0]!]).toBe('a');
  });
});
