import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { planUnknownColumns } from '../../../shared/features/intake/unknown-columns.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { listOf, peopleOf, sheetOf, sourceOf } from '../../support/lists/lists.ts';
import { planOf } from '../../support/lists/attendance-sheets.ts';
import { openFeatureContext, refusal, value, workshopA, type FeatureContext } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';

const UNKNOWN = { code: 'people.headerUnknown', details: {} };

describe('a list of which no column is known', () => {
  const shown = (lines: readonly string[], options: IntakeOptions = {}) => planUnknownColumns(sourceOf(lines), options, UNKNOWN, false)!;

  it('is shown with its headings and what stands under them', () => {
    const plan = shown(['Registo interno||', '', 'Zol|Brak|Ref', 'x1|y1|1', 'x2||2', 'x3|y3|3', 'x4|y4|4']);
    expect(plan.understood).toMatchObject({ headerRow: 3, sheet: '' });
    expect(plan.understood.columns).toEqual([
      { column: 'A', header: 'Zol', field: '', why: 'none', sample: ['x1', 'x2', 'x3'] },
      { column: 'B', header: 'Brak', field: '', why: 'none', sample: ['y1', 'y3', 'y4'] },
      { column: 'C', header: 'Ref', field: '', why: 'none', sample: ['1', '2', '3'] },
    ]);
    expect(plan).toMatchObject({ rows: [], columnsUnknown: UNKNOWN, rejected: [{ row: 3, field: '', code: 'people.headerUnknown' }] });
    expect(plan.account).toEqual({ cells: 15, taken: 0, asked: 11, left: 4, leftFor: [expect.anything(), expect.anything()] });
  });

  it('keeps what was said of some of its columns, the row and the sheet that were chosen', () => {
    expect(shown(['Zol|Brak', 'x|y'], { columns: { B: 'country' } }).understood.columns.map(({ field, why }) => `${field} ${why}`)).toEqual(
      [' none', 'country chosen'],
    );
    expect(shown(['Zol|Brak', 'x|y'], { headerRow: 2 }).understood.columns.map(({ header }) => header)).toEqual(['x', 'y']);
    const two = sourceOf(sheetOf(['a|b', 'c|d'], 'Long'), sheetOf(['e|f'], 'Short'));
    expect(planUnknownColumns(two, {}, UNKNOWN, false)!.understood.sheet).toBe('Long');
    expect(planUnknownColumns(two, { sheet: 'Short' }, UNKNOWN, false)!.understood.sheet).toBe('Short');
    expect(planUnknownColumns(two, { sheet: 'None' }, UNKNOWN, false)).toBeNull();
  });

  it('seems to have no headings where the first row is like the others', () => {
    expect(shown(['x1|10|a@example.org', 'x2|20|b@example.org']).understood.headerRow).toBe(0);
    expect(shown(['x1|10 (ten)|mail', 'x2|20|b@example.org']).understood.headerRow).toBe(1);
  });

  it('is no plan where the refusal is about something else', () => {
    expect(planUnknownColumns(sourceOf(['a|b']), {}, { code: 'table.empty', details: {} }, false)).toBeNull();
  });
});

describe('columns that are given their meaning by hand', () => {
  const columns = { A: 'familyName', B: 'givenName' };

  it('leave the headings where they were shown', () => {
    const people = peopleOf(['Registo interno|', 'Zol|Brak', 'qx|wy', 'qz|wv'], { options: { columns } });
    expect(people.map(({ row, values }) => [row, values.familyName, values.givenName])).toEqual([
      [3, 'qx', 'wy'],
      [4, 'qz', 'wv'],
    ]);
    // A list that is known by its names alone has no headings after a choice either.
    const headless = ['DIOP|Awa|awa.diop@example.org|x', 'FALL|Ibra|ibra.fall@example.org|y'];
    expect(listOf(sourceOf(headless)).understood.headerRow).toBe(0);
    expect(peopleOf(headless, { options: { columns: { D: 'institution' } } }).map(({ row }) => row)).toEqual([1, 2]);
  });

  it('make no list of a cover page', () => {
    const cover = sheetOf(['Atelier de Dakar|12 mars', 'Organisé par|le greffe'], 'Garde');
    const list = sheetOf(['Zol|Brak', 'qx|wy', 'qz|wv', 'qa|wb'], 'Liste');
    const read = listOf(sourceOf(cover, list), { options: { columns } });
    expect(read.rows.map(({ sheet, row }) => `${sheet} ${row}`)).toEqual(['Liste 2', 'Liste 3', 'Liste 4']);
    const known = sheetOf(['Nom|Prénom|Zol', 'qx|wy|t', 'qz|wv|u', 'qa|wb|v'], 'Liste');
    expect(listOf(sourceOf(cover, known), { options: { columns: { C: 'institution' } } }).rows).toHaveLength(3);
  });

  it('hold on another sheet where the same heading stands, and there alone', () => {
    const first = sheetOf(['Nom|Prénom|Zol', 'DIOP|Awa|Greffe', 'FALL|Ibra|Cour'], 'A');
    const same = sheetOf(['Nom|Prénom|ZOL', 'SOW|Ada|Parquet'], 'B');
    const other = sheetOf(['Pays|Prénom|Nom', 'Mali|Fanta|KEITA'], 'C');
    const { rows } = listOf(sourceOf(first, same, other), { options: { columns: { C: 'institution' } } });
    expect(rows.map(({ sheet, values }) => `${sheet} ${values.familyName} ${values.institution ?? '-'}`)).toEqual([
      'A DIOP Greffe',
      'A FALL Cour',
      'B SOW Parquet',
      'C KEITA -',
    ]);
  });

  it('hold for attendance, with headings or without', () => {
    const marks = { A: 'fullName', B: '2026-03-02-AM' };
    const plan = (lines: readonly string[], options: IntakeOptions) => {
      const { plan: made, people } = planOf(sourceOf(lines), { options });
      return made.marks.map(
        ({ personId, halfDay, status }) => `${people.find(({ id }) => id === personId)!.familyName} ${halfDay} ${status}`,
      );
    };
    const taken = ['DIOP 2026-03-02-AM present', 'FALL 2026-03-02-AM absent'];
    expect(plan(['Registo|', 'Zol|Brak', 'DIOP Awa|P', 'FALL Ibra|A'], { columns: marks })).toEqual(taken);
    expect(plan(['DIOP Awa|P', 'FALL Ibra|A'], { columns: marks, headerRow: 0 })).toEqual(taken);
  });
});

describe('the calls', () => {
  let context: FeatureContext;
  let activityId: Id;
  beforeEach(async () => {
    context = openFeatureContext();
    activityId = await workshopA(context);
  });
  afterEach(() => context.close());

  const handlersOf = (at: FeatureContext) => ({
    ...peopleHandlers(at),
    ...attendanceHandlers(at),
    ...evaluationHandlers(at),
  });
  const KINDS = [
    {
      call: 'people.import',
      more: {},
      lines: ['Zol\tBrak', 'qx\twy', 'qz\twv'],
      columns: { A: 'familyName', B: 'givenName' },
      code: 'people.headerUnknown',
      taken: { added: 2 },
    },
    {
      call: 'attendance.import',
      more: {},
      lines: ['Zol\tBrak', 'P01\tgris', 'P02\tbleu'],
      columns: { A: 'ref', B: '2021-07-12-AM' },
      answers: { 'letter:gris': 'present', 'letter:bleu': 'absent' },
      code: 'attendance.formUnknown',
      taken: { marked: 2 },
    },
    {
      call: 'evaluation.import',
      more: { formId: 'satisfaction-v1' },
      lines: ['Zol\tBrak\tGrum', 'x\t4\t5', 'y\t3\t4'],
      columns: { A: 'sheet', B: 'S1', C: 'S2' },
      answers: { missing: 'blank' },
      code: 'evaluation.notThisForm',
      taken: { added: 2 },
    },
  ] as const;
  for (const { call, more, lines, columns, code, taken, ...rest } of KINDS)
    test(`${call} shows the columns when it looks, refuses to take them, and takes what was given a meaning`, async () => {
      const text = lines.join('\n');
      const run = (said: object) =>
        (handlersOf(context)[call] as (args: never, job: never) => ReturnType<ReturnType<typeof peopleHandlers>['people.import']>)(
          desktopContract[call].args.parse({ activityId, text, ...more, ...said }) as never,
          quietCall() as never,
        );
      const look = await value(run({ apply: false }));
      expect(look).toMatchObject({ applied: false, importId: null, rows: [], columnsUnknown: { code }, rejected: [{ row: 1, code }] });
      const [headings, ...rows] = lines.map((line) => line.split('\t'));
      expect(look.understood.columns.map(({ header, field }) => ({ header, field }))).toEqual(
        headings!.map((header) => ({ header, field: '' })),
      );
      expect(look.understood.columns.map(({ sample }) => sample)).toEqual(headings!.map((_, place) => rows.map((row) => row[place])));
      expect(await refusal(run({ apply: true }))).toBe(code);
      expect(await refusal(run({ apply: true, skipRejected: true }))).toBe(code);
      const said = { columns, ...('answers' in rest && { answers: rest.answers }) };
      expect(await value(run({ apply: false, ...said }))).toMatchObject({ columnsUnknown: null, ...taken });
      expect(await value(run({ apply: true, ...said }))).toMatchObject({ applied: true, columnsUnknown: null, ...taken });
    });
});
