import { describe, expect, it } from 'vitest';
import { isToken } from '../../../shared/features/evaluation/answer-columns.ts';
import { readAnswers } from '../../../shared/features/evaluation/read-answers.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { bundledForm, csv, known, otherForms, planOf, readText, workbook } from '../../support/lists/answer-files.ts';

const satisfaction = bundledForm('satisfaction-v1');
const test = bundledForm('intro-prepost-v1');
const scales = satisfaction.items.filter(({ type }) => type === 'scale');
const ids = scales.map(({ id }) => id);
const five = (value: string): string[] => ids.map(() => value);
const all = (value: string): Record<string, string> => Object.fromEntries(ids.map((id) => [id, value]));
const people = known('DIOP|Awa|awa@example.org|P01', 'FALL|Ibra|ibra@example.org|P02', 'TRAORE|Moussa||P03');

describe('headings of answers', () => {
  for (const language of LANGUAGES) {
    it(`are the wording of the questions in ${language}, whole, numbered, cut or in a group`, () => {
      const texts = satisfaction.items.map(({ text }) => text[language]!);
      const forms: ((text: string, index: number) => string)[] = [
        (text) => text,
        (text, index) => `${index + 1}. ${text}`,
        (text, index) => `Q${String(index + 1).padStart(2, '0')} - ${text} *`,
        (text) => `Satisfaction/${text}`,
        (text) => `1 = bas, 5 = haut [${text}]`,
        (text) => (text.length > 24 ? `${text.slice(0, 24)}...` : text),
        (text, index) => (index < 10 ? `S${index + 1}: ${text}` : `O${index - 9}`),
      ];
      for (const form of forms) {
        const read = readText(csv([texts.map(form), ...[1, 2].map(() => [...five('4'), 'a', '', ''])]), satisfaction);
        expect(read.rejected).toEqual([]);
        expect(read.sheets.map(({ answers }) => answers)).toEqual([1, 2].map(() => ({ ...all('4'), O1: 'a' })));
      }
    });
  }

  it('of XLSForms have lost the letters with accents', () => {
    const slugs = satisfaction.items.map(({ text }) => text.fr!.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 40));
    expect(
      readText(
        csv([
          ['_id', ...slugs],
          ['31', ...five('2'), '', '', ''],
        ]),
        satisfaction,
      ).sheets[0],
    ).toMatchObject({ answers: all('2') });
  });

  it('in two rows are read together, and wording under ids is no sheet', () => {
    const under = csv([
      ['', ...ids],
      ['N°', ...scales.map(({ text }) => text.es!)],
      ['1', ...five('3')],
      ['2', ...five('3')],
    ]);
    expect(readText(under, satisfaction).sheets).toHaveLength(2);
    const grouped = csv([
      ['', 'Pré-test', ...test.items.slice(1).map(() => ''), 'Post-test', ...test.items.slice(1).map(() => '')],
      ['Nom', ...test.items.map(({ id }) => id), ...test.items.map(({ id }) => id)],
      ['DIOP Awa', ...test.items.map(() => 'a'), ...test.items.map(() => 'b')],
      ['FALL Ibra', ...test.items.map(() => 'c'), ...test.items.map(() => '')],
    ]);
    const { sheets } = readText(grouped, test);
    expect(sheets.map(({ name, wave, answers }) => [name, wave, answers['Q1']])).toEqual([
      ['DIOP Awa', 'pre', 'a'],
      ['DIOP Awa', 'post', 'b'],
      ['FALL Ibra', 'pre', 'c'],
    ]);
  });

  it('of another sense or about an item are not taken for it', () => {
    const headers = ['Les objectifs n’étaient pas clairs', 'Comment: The objectives were clear', ...ids.slice(1)];
    const read = readText(csv([headers, ['1', 'because', ...five('5').slice(1)]]), satisfaction, { answers: { missing: 'blank' } });
    expect(read.sheets[0]!.answers['S1']).toBeUndefined();
    expect(read.questions).toMatchObject([{ key: 'missing', subject: 'S1', chosen: 'blank' }]);
  });

  it('that lack a question, repeat one or name a foreign one hold the file up, each with its heading', () => {
    const read = readText(
      csv([
        ['sheet', ...ids.slice(0, 9), 'S1', 'S44'],
        ['1', ...five('5').slice(0, 9), '5', '5'],
      ]),
      satisfaction,
    );
    expect(read.rejected.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'S1 column.repeated',
      'S44 item.unknown',
      'S10 column.missing',
    ]);
    expect(read.sheets).toEqual([]);
  });

  it('are found by hand where nothing says what they are: their order alone is no evidence', () => {
    const file = csv([ids.map((_, index) => `Colonne ${index + 1}`), five('1')]);
    expect(readAnswers(workbook({ '': file }), satisfaction, {})).toMatchObject({ refusal: { code: 'evaluation.notThisForm' } });
    const columns = Object.fromEntries(ids.map((id, index) => ['ABCDEFGHIJ'[index]!, id]));
    expect(readText(file, satisfaction, { columns, headerRow: 1 }).sheets).toMatchObject([{ answers: all('1') }]);
  });

  it('that are none of the form are named in one sentence, with the form that they are of', () => {
    const file = csv([
      ['participant', 'wave', ...test.items.map(({ id }) => id)],
      ['P01', 'pre', ...test.items.map(() => 'a')],
    ]);
    const read = readAnswers(workbook({ '': file }), satisfaction, {}, otherForms('satisfaction-v1'));
    expect(read).toMatchObject({ refusal: { code: 'evaluation.notThisForm', details: { form: test.title['en'] } } });
    const foreign = readAnswers(
      workbook({
        '': csv([
          ['Nom', 'Ville'],
          ['DIOP', 'Dakar'],
        ]),
      }),
      satisfaction,
      {},
      otherForms('satisfaction-v1'),
    );
    expect(foreign).toMatchObject({ refusal: { code: 'evaluation.notThisForm', details: { form: '' } } });
  });

  for (const [name, head, answer] of [
    ['words of a scale', (at: number) => `Q_${String(at).padStart(2, '0')}`, 'Très satisfait'],
    ['numbers and words', (at: number) => `Q${String(at).padStart(2, '0')}_Utilidad del curso`, '2 : Útil'],
    ['figures', (at: number) => `G1Q${at}[Q${at}A1]`, '5034'],
  ] as const) {
    it(`of another form may have the same numbers: ${name}`, () => {
      const at = test.items.map((_, index) => index + 1);
      const file = workbook({ '': csv([['Nom', ...at.map(head)], ...['DIOP', 'FALL'].map((who) => [who, ...at.map(() => answer)])]) });
      expect(readAnswers(file, test, {}, otherForms('intro-prepost-v1'))).toMatchObject({
        refusal: { code: 'evaluation.notThisForm', details: { form: '' } },
      });
    });
  }

  it('by their numbers alone are the form’s where most answers are, and what cannot be read is asked', () => {
    const file = csv([
      ['participant', 'wave', ...test.items.map(({ id }) => id)],
      ['P01', 'pre', ...test.items.map(() => 'a')],
      ['P02', 'pre', ...test.items.map((_, index) => (index < 2 ? 'zz' : 'a'))],
    ]);
    const read = readText(file, test);
    expect(read.rejected.map(({ row }) => row)).toEqual([3, 3]);
    expect(read.sheets).toHaveLength(1);
  });
});

describe('answers', () => {
  const answersOf = (...cells: string[]): (string | undefined)[] =>
    readText(csv([['id', ...ids], ...cells.map((cell, index) => [String(index + 1), ...five(cell)])]), satisfaction).sheets.map(
      ({ answers }) => answers['S1'],
    );

  it('are steps of the scale by number, words in four languages, or both; what says nothing is blank', () => {
    expect(
      answersOf(
        '5 - Strongly agree',
        'Tout à fait d’accord',
        'Totalmente de acuerdo',
        'Concordo totalmente',
        '5 = Excellent',
        '5/5',
        '★★★★★',
        '(5)',
      ),
    ).toEqual(Array.from({ length: 8 }, () => '5'));
    expect(
      answersOf('Pas du tout d’accord', '1 - Strongly disagree', 'Discordo totalmente', 'Muy en desacuerdo', 'Strongly disagree (1)'),
    ).toEqual(Array.from({ length: 5 }, () => '1'));
    expect(answersOf('4,0', 'Plutôt d’accord', 'N/A', 'Sans opinion', 'No sabe', '-', 'ni d’accord ni pas d’accord')).toEqual([
      '4',
      '4',
      undefined,
      undefined,
      undefined,
      undefined,
      '3',
    ]);
  });

  it('out of the scale are asked about with row and column', () => {
    const read = readText(
      csv([
        ['id', ...ids],
        ['1', ...five('5')],
        ['2', '7', '4,5', ...five('5').slice(2)],
      ]),
      satisfaction,
    );
    expect(read.rejected).toEqual([
      { row: 3, field: 'S1', code: 'answer.scaleUnknown' },
      { row: 3, field: 'S2', code: 'answer.scaleUnknown' },
    ]);
    expect(read.sheets).toHaveLength(1);
  });

  it('of a scale that runs the other way are turned, and that is said', () => {
    for (const legend of ['1 = Tout à fait d’accord, 5 = Pas du tout d’accord', '(1: Strongly agree; 5: Strongly disagree)']) {
      const read = readText(csv([[legend], ['id', ...ids], ['1', ...five('1')], ['2', ...five('4')]]), satisfaction);
      expect(read.sheets.map(({ answers }) => answers['S1'])).toEqual(['5', '2']);
      expect(read.doubtful.map(({ code }) => code)).toEqual(['answer.scaleReversed']);
    }
    expect(answersOf('1 - Strongly agree', '2')).toEqual(['5', '4']);
    const both = readText(
      csv([
        ['id', ...ids],
        ['1', '1 - Strongly agree', '5 - Strongly agree', ...five('5').slice(2)],
      ]),
      satisfaction,
    );
    expect(both.questions.find(({ key }) => key === 'direction')).toMatchObject({ chosen: null });
    expect(both.sheets).toEqual([]);
  });

  it('in words that the scale does not know are asked once for the whole file', () => {
    const file = csv([
      ['id', ...ids],
      ['1', ...five('Super')],
      ['2', ...five('Super')],
      ['3', ...five('Agree')],
    ]);
    expect(readText(file, satisfaction).questions).toMatchObject([{ key: 'word super', subject: 'Super', chosen: null, rows: [2, 3] }]);
    const settled = readText(file, satisfaction, { answers: { 'word super': '5' } });
    expect(settled.rejected).toEqual([]);
    expect(settled.sheets.map(({ answers }) => answers['S1'])).toEqual(['5', '5', '4']);
    // *Rather agree* beside *agree* is a step that a scale of five does not have.
    const long = readText(
      csv([
        ['id', ...ids],
        ['1', ...five('Agree')],
        ['2', ...five('Somewhat agree')],
      ]),
      satisfaction,
    );
    expect(long.questions).toMatchObject([{ subject: 'Somewhat agree', chosen: null }]);
  });

  it('to questions with letters are letters, options in four languages, or numbers once somebody says so', () => {
    const q1 = (cell: string, answers: Record<string, string> = {}) => {
      const file = csv([
        ['participant', 'wave', ...test.items.map(({ id }) => id)],
        ['P01', 'pre', cell, ...test.items.slice(1).map(() => '')],
      ]);
      const read = readText(file, test, { answers });
      return read.sheets[0]?.answers['Q1'] ?? read.rejected[0]?.code ?? '';
    };
    for (const cell of ['c', 'C', 'c)', '(C)', 'c. Article 35', 'C - Artículo 35', 'Article 35', 'Artigo 35.º'])
      expect(q1(cell), cell).toBe('c');
    expect(q1('e')).toBe('answer.letterUnknown');
    expect(q1('a - Article 35')).toBe('answer.letterUnknown');
    expect(q1('3')).toBe('answer.optionNumbered');
    expect(q1('3', { optionNumbers: 'order' })).toBe('c');
    expect(q1('N/A')).toBe('');
  });
});

describe('rows that are no sheets', () => {
  for (const [label, mean] of [
    ['Moyenne', '3,5'],
    ['Total', '14'],
    ['Promedio', '3.5'],
    ['Média', '3,5'],
    ['Average', '3.50'],
    ['Mediana', '3,5'],
    ['', '3,5'],
  ] as const) {
    it(`a line of figures called “${label}” is left out and listed`, () => {
      const plan = planOf(
        csv([['id', ...ids], ...['5', '4', '3', '2'].map((value, index) => [String(index + 1), ...five(value)]), [label, ...five(mean)]]),
        satisfaction,
      );
      expect(plan.sheets).toHaveLength(4);
      expect(plan.rejected).toEqual([]);
      expect(plan.rows.at(-1)).toMatchObject({ row: 6, does: 'leave', why: 'total' });
    });
  }

  it('titles, headings once more and sections are none', () => {
    const plan = planOf(
      csv([['Évaluation du 5 mars'], ['id', ...ids], ['Groupe 1'], ['1', ...five('5')], ['id', ...ids], ['Groupe 2'], ['1', ...five('4')]]),
      satisfaction,
    );
    expect(plan.sheets.map(({ answers }) => answers['S1'])).toEqual(['5', '4']);
    expect(plan.rejected).toEqual([]);
  });
});

describe('what an anonymous form never keeps', () => {
  it('names, addresses and times of the tools are left out; that a column named people is said', () => {
    const file = csv([
      ['ID', 'Start time', 'Completion time', 'Email', 'Name', ...scales.map(({ text }) => text.en!)],
      ['1', '3/5/26 10:00', '3/5/26 10:02', 'awa@example.org', 'Awa DIOP', ...five('5')],
      ['2', '3/5/26 10:01', '3/5/26 10:03', 'anonymous', '', ...five('4')],
    ]);
    const plan = planOf(file, satisfaction);
    expect(plan.doubtful).toEqual([
      { row: 1, field: 'Email', code: 'column.personLeft' },
      { row: 1, field: 'Name', code: 'column.personLeft' },
    ]);
    expect(JSON.stringify([plan.sheets, plan.rows])).not.toMatch(/awa|DIOP/i);
    const hidden = planOf(file.replaceAll('awa@example.org', 'anonymous').replaceAll('Awa DIOP', ''), satisfaction);
    expect(hidden.doubtful).toEqual([]);
  });
});

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
    expect(open.questions).toMatchObject([{ key: 'batch', options: ['new', 'same'], chosen: null, rows: [2, 3, 4] }]);
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
    expect(open.questions).toMatchObject([{ key: 'numbers', chosen: null, rows: [2, 3] }]);
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
    expect(open.questions).toMatchObject([{ key: 'wave', options: ['pre', 'post'], chosen: null, rows: [2] }]);
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
    expect(open.questions).toContainEqual(expect.objectContaining({ key: 'of', chosen: null, rows: [2] }));
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
