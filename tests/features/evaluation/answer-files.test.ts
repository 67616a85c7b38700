import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../shared/features/evaluation/read-answers.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { bundledForm, csv, otherForms, planOf, readText, workbook } from '../../support/lists/answer-files.ts';
import { rowsAt } from '../../support/lists/lists.ts';

const satisfaction = bundledForm('satisfaction-v1');
const test = bundledForm('intro-prepost-v1');
const scales = satisfaction.items.filter(({ type }) => type === 'scale');
const ids = scales.map(({ id }) => id);
const five = (value: string): string[] => ids.map(() => value);
const all = (value: string): Record<string, string> => Object.fromEntries(ids.map((id) => [id, value]));

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
      { sheet: '', row: 3, field: 'S1', code: 'answer.scaleUnknown' },
      { sheet: '', row: 3, field: 'S2', code: 'answer.scaleUnknown' },
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
    expect(readText(file, satisfaction).questions).toMatchObject([
      { key: 'word super', subject: 'Super', chosen: null, rows: rowsAt(2, 3) },
    ]);
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
      { sheet: '', row: 1, field: 'Email', code: 'column.personLeft' },
      { sheet: '', row: 1, field: 'Name', code: 'column.personLeft' },
    ]);
    expect(JSON.stringify([plan.sheets, plan.rows])).not.toMatch(/awa|DIOP/i);
    const hidden = planOf(file.replaceAll('awa@example.org', 'anonymous').replaceAll('Awa DIOP', ''), satisfaction);
    expect(hidden.doubtful).toEqual([]);
  });
});
