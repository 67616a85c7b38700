import { describe, expect, test } from 'vitest';
import { marksOf, planOf, type SheetSaid } from '../../support/lists/attendance-sheets.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';

const asked = (lines: readonly string[], said?: SheetSaid): string[] => planOf(sourceOf(lines), said).plan.rejected.map(({ code }) => code);

describe('signs and figures', () => {
  test.each(['✖', '✕', '☒', '🗙'])('%s beside a tick is absent', (sign) => {
    const tick = sign === '☒' ? '☑' : '✔';
    expect(marksOf(sourceOf(['Nom|02/03 matin', `DIOP Awa|${tick}`, `FALL Ibra|${sign}`]))).toEqual([
      'DIOP 02AM present',
      'FALL 02AM absent',
    ]);
  });

  test('a box with a cross beside empty boxes is a tick', () => {
    expect(marksOf(sourceOf(['Nom|02/03 matin', 'DIOP Awa|☒', 'FALL Ibra|☐']))).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
  });

  test('a cross alone is asked about', () => {
    expect(asked(['Nom|02/03 matin|03/03 matin', 'DIOP Awa|✖|', 'FALL Ibra||✖', 'TRAORE Moussa|P|P'])).toContain('status.unknown');
  });

  test('1.0, 0.0 and nan are ones, noughts and nothing, as programs of tables write them', () => {
    const lines = ['Nom|2026-03-02-AM|2026-03-02-PM', 'DIOP Awa|1.0|0.0', 'FALL Ibra|nan|1.0', 'TRAORE Moussa|0,0|NaN'];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'DIOP 02PM absent', 'FALL 02PM present', 'TRAORE 02AM absent']);
  });

  test.each(['Cancelled', 'ANNULÉ', 'cancelado', 'Feriado', 'Férié', 'Holiday'])('%s says of nobody whether they came', (word) => {
    const lines = ['Nom|02/03 matin|03/03 matin', `DIOP Awa|P|${word}`, `FALL Ibra|A|${word}`];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
    expect(asked(lines)).toEqual([]);
  });
});

describe('times under other words', () => {
  test.each(['Time in Call', 'Duração da chamada', 'Tiempo en la llamada', 'Temps dans l’appel', 'Time attended (min)'])(
    '%s is how long somebody stayed',
    (heading) => {
      const lines = [`Full Name|First Seen|${heading}`, 'Awa Diop|2026-03-02 09:00:00|02:50:00', 'Ibra Fall|2026-03-02 09:05:00|00:00:41'];
      expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
    },
  );

  test.each(['Time of Entry', 'Time of arrival', 'Hora de marcação', 'Heure de passage', 'Hora de marcaje', 'Entry Time'])(
    'a line with %s is of the half-day in which it falls',
    (heading) => {
      expect(marksOf(sourceOf([`Name|Date|${heading}`, 'Awa Diop|2026-03-02|09:02:11', 'Ibra Fall|2026-03-02|09:03:40']))).toEqual([
        'DIOP 02AM present',
        'FALL 02AM present',
      ]);
    },
  );

  test('who was present and not on time was late', () => {
    const lines = ['Name|Date|Status|Was On Time', 'Awa Diop|2026-03-02 09:00|Present|On Time', 'Ibra Fall|2026-03-02 09:40|Present|Late'];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02AM late']);
  });
});

describe('a form that asks for the date of the session', () => {
  const lines = [
    'Carimbo de data/hora|Endereço de e-mail|Nome completo, sem abreviações|Data em que ocorreu a aula',
    '3/2/2026 15:10:02|awa@example.org|Awa Diop|3/2/2026',
    '3/2/2026 15:11:40|ibra@example.org|Ibra Fall|3/2/2026',
    '3/3/2026 8:05:00|moussa@example.org|Moussa Traoré|3/2/2026',
  ];
  const said = { start: '2026-03-02', end: '2026-03-03' };

  test('goes by that date, and asks which half it was of a line that was sent on another day', () => {
    expect(marksOf(sourceOf(lines), said)).toEqual(['DIOP 02PM present', 'FALL 02PM present']);
    expect(asked(lines, said)).toEqual(['halfDay.ambiguous']);
  });

  test.each(['Date of the class', 'Session date', 'Date de la formation', 'Fecha de la clase', 'Data da formação'])('as %s', (heading) => {
    const [first, ...rows] = lines;
    const headings = first!.replace('Data em que ocorreu a aula', heading);
    expect(marksOf(sourceOf([headings, ...rows]), said)).toEqual(['DIOP 02PM present', 'FALL 02PM present']);
  });
});

describe('columns under numbers', () => {
  test('of sessions that no date tells are asked about, each', () => {
    const lines = ['Student Name|1|2|3|Total|%', 'Awa Diop|P|A|P|2|66%', 'Ibra Fall|A|P|P|2|66%'];
    const { plan } = planOf(sourceOf(lines));
    expect(plan.questions.filter(({ code }) => code === 'session').map(({ subject }) => subject)).toEqual(['1', '2', '3']);
    expect(plan.marks).toEqual([]);
    expect(
      marksOf(sourceOf(lines), { options: { answers: { 'session:B': '2026-03-02-AM', 'session:C': '2026-03-02-PM', 'session:D': '' } } }),
    ).toEqual(['DIOP 02AM present', 'DIOP 02PM absent', 'FALL 02AM absent', 'FALL 02PM present']);
  });

  test('stay columns of marks over notes in merged cells', () => {
    const sheet = sheetOf([
      'Student Name|1|2',
      'Awa Diop|P|A',
      'Ibra Fall|A|P',
      ...['How to fill in:', 'P or A', 'Total'].map((note) => `${note}|${note}|${note}`),
    ]);
    const merged = { ...sheet, rows: sheet.rows.map((row) => (row.row > 3 ? { ...row, spread: [1, 2] } : row)) };
    expect(planOf(sourceOf(merged)).plan.questions.flatMap(({ code, subject }) => (code === 'session' ? [subject] : []))).toEqual([
      '1',
      '2',
    ]);
  });

  test.each([
    ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    ['dim', 'lun', 'mar', 'mer', 'jeu', 'ven', 'sam'],
    ['Dom', 'Lun', 'Mar', 'Mié', 'Jue', 'Vie', 'Sáb'],
    ['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb'],
  ])('of days of the month over %s, %s, %s are those days', (...week) => {
    const days = Array.from({ length: 14 }, (_, at) => at + 1);
    const lines = [
      `N°|Nom|Poste|${days.join('|')}|Total`,
      `N°|Nom|Poste|${days.map((day) => week[(day + 6) % 7]).join('|')}|`,
      `1|Diop Awa|juge|${days.map((day) => (day === 3 ? 'P' : '')).join('|')}|1`,
      `2|Fall Ibra|greffe|${days.map((day) => (day === 10 ? 'A' : '')).join('|')}|0`,
    ];
    expect(marksOf(sourceOf(lines), { start: '2026-03-01', end: '2026-03-14' })).toEqual([
      'DIOP 03AM present',
      'DIOP 03PM present',
      'FALL 10AM absent',
      'FALL 10PM absent',
    ]);
  });
});

describe('hours under days of the week', () => {
  test('are no dates: each is asked about', () => {
    const hours = ['Lunes', 'Martes'].flatMap((day) => [1, 2, 3, 4].map((hour) => `${day} ${hour}`));
    const lines = [`Id|Nombre|${hours.join('|')}`, '1|Diop Awa|P|A|P|P|P|P|A|P', '2|Fall Ibra|A|P|P|P|P|P|P|P'];
    const { plan } = planOf(sourceOf(lines), { start: '2026-03-02', end: '2026-03-06' });
    expect(plan.marks).toEqual([]);
    expect(plan.questions.flatMap(({ code, subject }) => (code === 'session' ? [subject] : []))).toEqual(hours);
  });

  test('and dates a week apart are dates', () => {
    expect(marksOf(sourceOf(['Nom|Lundi 2|Mardi 3|Lundi 9', 'DIOP Awa|P||A']), { start: '2026-03-02', end: '2026-03-10' })).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM present',
      'DIOP 09AM absent',
      'DIOP 09PM absent',
    ]);
  });
});

describe('a sheet that was printed to be signed', () => {
  const said = { start: '2026-03-02', end: '2026-03-02' };
  const linesOf = (heading: string, ...signed: readonly string[]): string[] => [
    'Atelier, 2 mars, matin||',
    `N°|Nom et prénom|${heading}`,
    `1|Diop Awa|${signed[0] ?? ''}`,
    `2|Fall Ibra|${signed[1] ?? ''}`,
  ];

  test.each(['Signature', 'Firma', 'Assinatura', 'Émargement', 'Present'])(
    'and has nothing under %s: whether they came is asked once',
    (heading) => {
      const { plan } = planOf(sourceOf(linesOf(heading)), said);
      expect([plan.marks, plan.questions.filter(({ code }) => code === 'letter').length]).toEqual([[], 1]);
      const [{ subject }] = plan.questions.filter(({ code }) => code === 'letter') as [(typeof plan.questions)[number]];
      expect(marksOf(sourceOf(linesOf(heading)), { ...said, letters: { [subject]: 'present' } })).toEqual([
        'DIOP 02AM present',
        'FALL 02AM present',
      ]);
      expect(marksOf(sourceOf(linesOf(heading)), { ...said, letters: { [subject]: 'notTaken' } })).toEqual([]);
    },
  );

  test('and was signed says it of those who signed', () => {
    expect(marksOf(sourceOf(linesOf('Signature', 'signé')), said)).toEqual(['DIOP 02AM present']);
  });

  test('lists those who came where a person leaves the empty column out', () => {
    const options = { columns: { B: 'fullName', C: '' } };
    expect(marksOf(sourceOf(linesOf('Signature')), { ...said, options })).toEqual(['DIOP 02AM present', 'FALL 02AM present']);
  });
});
