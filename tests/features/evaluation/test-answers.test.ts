import { describe, expect, it } from 'vitest';
import { bundledForm, csv, known, planOf, readText, workbook } from '../../support/lists/answer-files.ts';
import { rowsAt } from '../../support/lists/lists.ts';

const test = bundledForm('intro-prepost-v1');

const people = known('DIOP|Awa|awa@example.org|P01', 'FALL|Ibra|ibra@example.org|P02', 'TRAORE|Moussa||P03');

describe('tests', () => {
  const blank = test.items.slice(1).map(() => '');
  const headers = test.items.map(({ id }) => id);

  it('are found by name, address or number, and asked about where that does not choose', () => {
    const file = csv([
      ['N°', 'Nom complet', 'E-mail', 'Vague', ...headers],
      ['1', 'Awa Diop', '', 'pré-test', 'a', ...blank],
      ['2', '', 'ibra@example.org', 'Prueba inicial', 'b', ...blank],
      ['3', 'KONE Issa', '', 'antes', 'b', ...blank],
      ['4', 'Awa Diop', '', 'avant', 'c', ...blank],
      ['5', 'TRAORE Moussa', '', 'peut-être', 'c', ...blank],
    ]);
    const plan = planOf(file, test, { people });
    expect(plan.sheets.map(({ personId, wave }) => [personId, wave])).toEqual([
      [people[0]!.id, 'pre'],
      [people[1]!.id, 'pre'],
    ]);
    expect(plan.rejected.map(({ row, code }) => `${row} ${code}`)).toEqual(['4 person.unknown', '5 person.repeated', '6 wave.unknown']);
    const helped = planOf(file, test, {
      people,
      options: {
        decisions: [
          { row: 4, take: 'same', personId: people[2]!.id },
          { row: 5, take: 'leave' },
        ],
      },
    });
    expect(helped.sheets.map(({ personId }) => personId)).toEqual(people.map(({ id }) => id));
  });

  it('that name people by running number alone are asked about once', () => {
    const file = csv([
      ['N°', 'wave', ...headers],
      ['1', 'pre', 'a', ...blank],
      ['2', 'pre', 'b', ...blank],
    ]);
    const numbered = known('DIOP|Awa||1', 'FALL|Ibra||2');
    const open = planOf(file, test, { people: numbered });
    expect(open.questions).toMatchObject([{ key: 'numbers', chosen: null, rows: rowsAt(2, 3) }]);
    expect(open.sheets).toEqual([]);
    const settled = planOf(file, test, { people: numbered, options: { answers: { numbers: 'list' } } });
    expect(settled.sheets.map(({ personId }) => personId)).toEqual(numbered.map(({ id }) => id));
  });

  it('say their wave by the sheet or a title, or it is asked', () => {
    const list = csv([
      ['Nom', ...headers],
      ['DIOP Awa', 'a', ...blank],
    ]);
    const both = readText(workbook({ 'Pré-test': list, 'Post-test': list }), test);
    expect(both.sheets.map(({ wave }) => wave)).toEqual(['pre', 'post']);
    expect(readText(`Prueba final del taller\n${list}`, test).sheets.map(({ wave }) => wave)).toEqual(['post']);
    const open = readText(list, test);
    expect(open.questions).toMatchObject([{ key: 'wave', options: ['pre', 'post'], chosen: null, rows: rowsAt(2) }]);
    expect(open.rejected.map(({ code }) => code)).toEqual(['wave.unknown']);
    expect(readText(list, test, { answers: { wave: 'post' } }).sheets.map(({ wave }) => wave)).toEqual(['post']);
  });

  it('of a quiz tool come with its grades and states beside them', () => {
    const moodle = csv([
      [
        'Surname',
        'First name',
        'Email address',
        'State',
        'Started on',
        'Time taken',
        'Grade/12.00',
        ...headers.map((_, index) => `Response ${index + 1}`),
      ],
      ['DIOP', 'Awa', 'awa@example.org', 'Finished', '2 March 2026 09:00', '10 mins', '1.00', 'Article 35', ...blank],
    ]);
    expect(readText(moodle, test, { answers: { wave: 'pre' } }).sheets).toMatchObject([{ answers: { Q1: 'c' }, points: null }]);
    const google = csv([
      [
        'Horodateur',
        'Score total',
        'Nom et prénom',
        ...test.items.flatMap(({ text }) => [text.fr!, `${text.fr!} [Score]`, `${text.fr!} [Feedback]`]),
      ],
      ['2026/03/02', '1 / 12', 'DIOP Awa', ...test.items.flatMap((_, index) => [index === 0 ? 'Article 35' : '', '1 / 1', ''])],
    ]);
    expect(readText(google, test, { answers: { wave: 'pre' } }).sheets).toMatchObject([{ answers: { Q1: 'c' } }]);
  });
});

describe('tables of marks', () => {
  it('bring points of both tests, out of what the headings or a person say', () => {
    const marks = (header: readonly string[], ...rows: readonly (readonly string[])[]): string => csv([header, ...rows]);
    const both = readText(
      marks(['Nom', 'Pré-test /20', 'Post-test /20'], ['DIOP Awa', '8', '14,5'], ['FALL Ibra', 'abs', '12'], ['Moyenne', '8', '13,25']),
      test,
    );
    expect(both.sheets.map(({ name, wave, points }) => [name, wave, points])).toEqual([
      ['DIOP Awa', 'pre', { points: 8, of: 20 }],
      ['DIOP Awa', 'post', { points: 14.5, of: 20 }],
      ['FALL Ibra', 'post', { points: 12, of: 20 }],
    ]);
    const open = readText(marks(['Nombre', 'Puntaje'], ['DIOP Awa', '8']), test, { answers: { wave: 'pre' } });
    expect(open.questions).toContainEqual(expect.objectContaining({ key: 'of', chosen: null, rows: rowsAt(2) }));
    const settled = readText(marks(['Nombre', 'Puntaje'], ['DIOP Awa', '8']), test, { answers: { wave: 'pre', of: '10' } });
    expect(settled.sheets).toMatchObject([{ points: { points: 8, of: 10 } }]);
    expect(
      readText(marks(['Name', 'Score'], ['DIOP Awa', '23/20']), test, { answers: { wave: 'pre' } }).rejected.map(({ code }) => code),
    ).toEqual(['answer.pointsUnknown']);
  });

  it('never take the place of answers without a word', () => {
    const right = (count: number) => Object.fromEntries(Object.entries(test.key).slice(0, count));
    const stored = [
      { id: 's', personId: people[0]!.id, wave: 'pre' as const, answers: right(6), points: null, day: '2026-03-02', corrects: null },
    ];
    const file = (points: string): string =>
      csv([
        ['Nom', 'Pre-test /12'],
        ['DIOP Awa', points],
      ]);
    expect(planOf(file('6'), test, { people, stored }).rows).toMatchObject([{ does: 'same', why: 'sheet.pointsAgree' }]);
    expect(planOf(file('7'), test, { people, stored }).rejected.map(({ code }) => code)).toEqual(['sheet.answersIn']);
    const decided = planOf(file('7'), test, {
      people,
      stored,
      options: { decisions: [{ row: 2, take: 'same', personId: people[0]!.id }] },
    });
    expect(decided.sheets).toMatchObject([{ plan: { action: 'correct', corrects: 's' }, points: { points: 7, of: 12 } }]);
  });
});
