import { describe, expect, test } from 'vitest';
import { marksOf, planOf } from '../../support/lists/attendance-sheets.ts';
import { sheetOf, sourceOf, rowsAt } from '../../support/lists/lists.ts';

describe('a column for each half-day', () => {
  const two = ['DIOP 02AM present', 'DIOP 02PM absent', 'FALL 02AM absent', 'FALL 02PM present'];
  const rows = ['DIOP Awa|P|A', 'FALL Ibra|A|P'];
  const headings: readonly (readonly [string, string])[] = [
    ['2026-03-02-AM', '2026-03-02-PM'],
    ['02/03/2026 Matin', '02/03/2026 Après midi'],
    ['02/03 matin', '02/03 après-midi'],
    ['2/3/26 (matin)', '2/3/26 (PM)'],
    ['Lundi 2 mars AM', 'Lundi 2 mars PM'],
    ['Day 1 - morning', 'Day 1 - afternoon'],
    ['Jour 1 AM', 'Jour 1 PM'],
    ['Lun. 2 (M)', 'Lun. 2 (AM)'],
    ['Lun 2 (M)', 'Lun 2 (T)'],
    ['Lunes 2 de marzo, mañana', 'Lunes 2 de marzo, tarde'],
    ['Segunda-feira 2 manhã', 'Segunda-feira 2 tarde'],
    ['March 2nd, 2026 a.m.', 'March 2nd, 2026 p.m.'],
    ['J1 matin', 'J1 après-midi'],
    ['J1 matin', 'J1 AM'],
    ['2 mars matinée', '2 mars A-M'],
    ['Lundi mat.', 'Lundi A.-M.'],
    ['Demi-journée 1', 'Demi-journée 2'],
    ['20260302 AM', '20260302 PM'],
    ['03/02/2026 AM', '03/02/2026 PM'],
    ['1er jour matin', '1er jour après-midi'],
    ['02-mar-26 AM', '02-mar-26 PM'],
    ['2 mars 9h-12h30', '2 mars 14h-17h'],
    ['2 Mar 2026 9.00AM All students', '2 Mar 2026 2.00PM All students'],
    ['Lundi matin', 'Lundi soir'],
    ['2026_03_02_AM', '2026_03_02_PM'],
  ];
  for (const [morning, afternoon] of headings) {
    test(`headed ${morning} and ${afternoon}`, () => {
      expect(marksOf(sourceOf([`Nom et prénom|${morning}|${afternoon}`, ...rows]))).toEqual(two);
    });
  }

  test('the date stands over the halves, once a day', () => {
    const lines = ['N°|Nom|02/03/2026||03/03/2026|', '||Matin|Après-midi|Matin|Après-midi', '1|DIOP|P|P|P|A', '2|FALL|P|||'];
    expect(marksOf(sourceOf(lines))).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM present',
      'DIOP 03AM present',
      'DIOP 03PM absent',
      'FALL 02AM present',
    ]);
  });

  test('titles, totals, signature lines and the legend are nobody', () => {
    const lines = [
      'Atelier de formation||',
      'Dakar, 2-3 mars 2026||',
      'Nom|Prénom|02/03 AM|02/03 PM',
      'DIOP|Awa|P|R',
      'FALL|Ibra|A|P',
      'Total présents||1|2',
      'P = présent, R = retard, A = absent|||',
      'Signature du formateur :|||',
    ];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'DIOP 02PM late', 'FALL 02AM absent', 'FALL 02PM present']);
  });

  test('a day that is none of the workshop’s is named, and the others are taken', () => {
    const { plan } = planOf(sourceOf(['Nom|2026-03-02-AM|2026-03-19-AM', 'DIOP Awa|P|P']));
    expect(plan.rejected).toEqual([{ sheet: '', row: 1, field: '2026-03-19-AM', code: 'halfDay.unknown' }]);
    expect(plan.marks.length).toBe(1);
  });

  test('a date that may be two of the workshop’s is asked about, once for the file', () => {
    const said = { start: '2026-02-03', end: '2026-03-02' };
    const lines = ['Nom|02/03/2026 AM|03/02/2026 AM', 'DIOP Awa|P|A'];
    const { plan } = planOf(sourceOf(lines), said);
    expect(plan.questions.map(({ key, chosen }) => [key, chosen])).toContainEqual(['dates', null]);
    expect(plan.marks).toEqual([]);
    expect(marksOf(sourceOf(lines), { ...said, options: { answers: { dates: 'dmy' } } })).toEqual(
      ['DIOP 02AM present', 'DIOP 03AM absent'].sort(),
    );
    const chosen = planOf(sourceOf(lines), { ...said, options: { answers: { dates: 'mdy' } } }).plan.marks.map(
      ({ halfDay, status }) => `${halfDay} ${status}`,
    );
    expect(chosen.sort()).toEqual(['2026-02-03-AM present', '2026-03-02-AM absent']);
  });
});

describe('a column for each day or session', () => {
  test('a day is both of its half-days', () => {
    const lines = ['participant_id|2026-03-02|2026-03-03', 'P1|Present|Present', 'P2|Absent|Present'];
    const marks = marksOf(sourceOf(lines), { people: ['MENDY/Astou/P1', 'KEITA/Bakary/P2'] });
    expect(marks).toEqual([
      'KEITA 02AM absent',
      'KEITA 02PM absent',
      'KEITA 03AM present',
      'KEITA 03PM present',
      'MENDY 02AM present',
      'MENDY 02PM present',
      'MENDY 03AM present',
      'MENDY 03PM present',
    ]);
  });

  test('sessions are found by their titles, and those of one half-day taken together', () => {
    const sessions = [
      { titles: ['Ouverture et introduction'], halfDay: '2026-03-02-AM', start: '09:00', end: '10:30' },
      { titles: ['Preuve électronique'], halfDay: '2026-03-02-AM', start: '11:00', end: '12:30' },
      { titles: ['Cas pratique'], halfDay: '2026-03-02-PM', start: '14:00', end: '17:00' },
    ];
    const lines = [
      'Nom|Ouverture et introduction|Preuve électronique|Cas pratique',
      'DIOP Awa|Présent|Présent|Absent',
      'FALL Ibra|Absent|Présent|Présent',
    ];
    expect(marksOf(sourceOf(lines), { sessions })).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM absent',
      'FALL 02AM late',
      'FALL 02PM present',
    ]);
    expect(marksOf(sourceOf(['Name|Session 1|Session 3', 'DIOP Awa|Present|Absent']), { sessions })).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM absent',
    ]);
  });

  test('columns that say nothing of when are asked about, each', () => {
    const lines = ['Name|Round A|Round B', 'DIOP Awa|Present|Absent'];
    const { plan } = planOf(sourceOf(lines));
    expect(plan.marks).toEqual([]);
    expect(plan.questions.map(({ key }) => key)).toEqual(['session:B', 'session:C']);
    const options = { answers: { 'session:B': '2026-03-02-AM', 'session:C': '2026-03-03' } };
    expect(marksOf(sourceOf(lines), { options })).toEqual(['DIOP 02AM present', 'DIOP 03AM absent', 'DIOP 03PM absent']);
    expect(marksOf(sourceOf(lines), { options: { columns: { B: '2026-03-02-PM', C: '' } } })).toEqual(['DIOP 02PM present']);
  });
});

describe('a line for each person and session', () => {
  const people = ['MENDY/Astou/P1/astou@example.org', 'KEITA/Bakary/P2/bakary@example.org'];
  test('with a date, a half and a status', () => {
    const lines = [
      'participant_id|date|half_day|status',
      'P1|2026-03-02|AM|Present',
      'P2|2026-03-02|AM|Absent',
      'P1|2026-03-02|PM|Late',
      'P2|2026-03-02|PM|Present',
    ];
    expect(marksOf(sourceOf(lines), { people })).toEqual([
      'KEITA 02AM absent',
      'KEITA 02PM present',
      'MENDY 02AM present',
      'MENDY 02PM late',
    ]);
  });

  test('in other languages and orders', () => {
    const lines = [
      'Estado|Fecha|Turno|Correo',
      'Presente|02/03/2026|mañana|astou@example.org',
      'Ausente|02/03/2026|tarde|bakary@example.org',
    ];
    expect(marksOf(sourceOf(lines), { people, languages: ['es'] })).toEqual(['KEITA 02PM absent', 'MENDY 02AM present']);
  });

  test('of those who signed in, at the time at which they did', () => {
    const lines = ['Horodateur|Nom et prénom', '02/03/2026 08:55:10|MENDY Astou', '02/03/2026 14:02:00|KEITA Bakary'];
    expect(marksOf(sourceOf(lines), { people })).toEqual(['KEITA 02PM present', 'MENDY 02AM present']);
  });

  test('that contradict each other are asked about', () => {
    const { plan } = planOf(sourceOf(['id|date|status', 'P1|2026-03-02|Present', 'P1|2026-03-02|Absent']), { people });
    expect(plan.rejected.map(({ row, code }) => [row, code])).toContainEqual([3, 'mark.repeated']);
  });
});

describe('joining and leaving times', () => {
  const people = ['MENDY/Astou//astou@example.org', 'KEITA/Bakary//bakary@example.org', 'SOW/Fatou', 'NDIAYE/Omar'];
  for (const heads of [
    'Nome|Primeira entrada|Última saída|Duração',
    'Nombre|Primer ingreso|Última salida|Duración',
    'Nom|Première participation|Dernier départ|Durée',
    // Words that nobody foresaw: the times of leaving say what those beside them are.
    'Name|Date and time|Left at|Duration',
  ])
    test(`are those of coming beside those of leaving: ${heads}`, () => {
      const lines = [
        heads,
        'Astou MENDY|02/03/2026 08:58:10|02/03/2026 12:30:00|3 h 31 min',
        'Bakary KEITA|02/03/2026 09:40:00|02/03/2026 12:30:00|2 h 50 min',
        'Omar NDIAYE|02/03/2026 09:00:00|02/03/2026 09:20:00|20 min',
      ];
      expect(marksOf(sourceOf(lines), { people })).toEqual(['KEITA 02AM late', 'MENDY 02AM present', 'NDIAYE 02AM absent']);
    });

  test('become minutes and a status by the rule that the answer shows', () => {
    const lines = [
      '1. Summary||||',
      'Meeting title|Training|||',
      'Start time|3/2/2026, 9:00:00 AM|||',
      '2. Participants||||',
      'Name|First Join|Last Leave|In-Meeting Duration|Email',
      'Astou MENDY|3/2/2026, 8:58:10 AM|3/2/2026, 12:30:00 PM|3h 31m|astou@example.org',
      'Bakary KEITA (Guest)|3/2/2026, 9:40:00 AM|3/2/2026, 12:30:00 PM|2h 50m|bakary@example.org',
      'Fatou SOW|3/2/2026, 9:01:00 AM|3/2/2026, 11:30:00 AM|2h 29m|',
      'Omar NDIAYE|3/2/2026, 9:00:00 AM|3/2/2026, 9:20:00 AM|20m|',
      '3. In-Meeting Activities||||',
      'Name|Join Time|Leave Time|Duration|Email',
      'Astou MENDY|3/2/2026, 8:58:10 AM|3/2/2026, 12:30:00 PM|3h 31m|astou@example.org',
    ];
    const { plan } = planOf(sourceOf(lines), { people, languages: ['en'] });
    expect(plan.questions.map(({ key, chosen }) => [key, chosen])).toEqual([['stay', '50']]);
    expect(marksOf(sourceOf(lines), { people, languages: ['en'] })).toEqual([
      'KEITA 02AM late',
      'MENDY 02AM present',
      'NDIAYE 02AM absent',
      'SOW 02AM leftEarly',
    ]);
    expect(marksOf(sourceOf(lines), { people, languages: ['en'], options: { answers: { stay: '0' } } })).toContain('NDIAYE 02AM leftEarly');
  });

  test('in parts count together, and a whole day is both half-days', () => {
    const lines = [
      'Nome|Hora de entrada|Hora de saída',
      'Astou MENDY|02/03/2026 09:00|02/03/2026 10:00',
      'Astou MENDY|02/03/2026 10:05|02/03/2026 12:30',
      'Bakary KEITA|02/03/2026 09:00|02/03/2026 17:00',
    ];
    expect(marksOf(sourceOf(lines), { people, languages: ['pt'] })).toEqual([
      'KEITA 02AM present',
      'KEITA 02PM present',
      'MENDY 02AM present',
    ]);
  });

  test('are minutes alone on a sheet of one session, which is asked', () => {
    const lines = [
      'Name (Original Name)|User Email|Total Duration (Minutes)|Guest',
      'Astou MENDY|astou@example.org|180|No',
      'Bakary KEITA|bakary@example.org|30|No',
    ];
    expect(planOf(sourceOf(lines), { people }).plan.marks).toEqual([]);
    expect(marksOf(sourceOf(lines), { people, options: { answers: { session: '2026-03-02-PM' } } })).toEqual([
      'KEITA 02PM absent',
      'MENDY 02PM present',
    ]);
  });
});

describe('one session', () => {
  test('without a date is asked about, whole', () => {
    for (const lines of [
      ['Nom|Présence', 'DIOP Awa|Présent', 'FALL Ibra|Absent'],
      ['Nombre|Asistencia', 'DIOP Awa|Sí', 'FALL Ibra|No'],
      ['Name|Attended', 'DIOP Awa|1', 'FALL Ibra|0'],
    ]) {
      const { plan } = planOf(sourceOf(lines));
      expect(plan.questions.find(({ key }) => key === 'session')).toMatchObject({ chosen: null, rows: rowsAt(2, 3) });
      expect(plan.marks).toEqual([]);
      expect(plan.rejected.map(({ code }) => code)).toEqual(['session.unknown', 'session.unknown']);
      expect(marksOf(sourceOf(lines), { options: { answers: { session: '2026-03-03-AM' } } })).toEqual([
        'DIOP 03AM present',
        'FALL 03AM absent',
      ]);
    }
  });

  test('has its day in the name of the sheet or in a title', () => {
    const lines = ['Nom|Présence', 'DIOP Awa|Présent'];
    expect(marksOf(sourceOf(sheetOf(lines, 'Jour 2')))).toEqual(['DIOP 03AM present', 'DIOP 03PM present']);
    expect(marksOf(sourceOf(sheetOf(['Date : 02/03/2026|', 'Séance : Matin|', ...lines])))).toEqual(['DIOP 02AM present']);
    expect(marksOf(sourceOf(sheetOf(['Nom|Matin|Après-midi', 'DIOP Awa|P|A'], '3 mars')))).toEqual([
      'DIOP 03AM present',
      'DIOP 03PM absent',
    ]);
  });

  test('lists those alone who were not there, where its title says so', () => {
    expect(marksOf(sourceOf(['Liste des absents, 2 mars 2026 matin|', 'Nom|Prénom', 'DIOP|Awa']))).toEqual(['DIOP 02AM absent']);
    const both = planOf(sourceOf(['Présents et absents, 2 mars 2026 matin|', 'Nom|Prénom', 'DIOP|Awa'])).plan;
    expect([both.marks, both.rejected.map(({ code }) => code)]).toEqual([[], ['status.unknown']]);
  });

  test('may have a column to tick for each status', () => {
    const lines = ['Nom|Présent|Absent', 'DIOP Awa|X|', 'FALL Ibra||X'];
    expect(planOf(sourceOf(lines)).plan.questions.map(({ key, chosen }) => [key, chosen])).toEqual([['session', null]]);
    const read = ['DIOP 02AM present', 'FALL 02AM absent'];
    expect(marksOf(sourceOf(lines), { options: { answers: { session: '2026-03-02-AM' } } })).toEqual(read);
    expect(marksOf(sourceOf(['Nom|02/03 AM Présent|02/03 AM Absent', ...lines.slice(1)]))).toEqual(read);
  });

  test('lists those alone who came; the others are not touched', () => {
    const lines = ['Liste de présence, 2 mars 2026 matin|', 'Nom|Prénom', 'DIOP|Awa', 'TRAORE|Moussa'];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'TRAORE 02AM present']);
  });
});

test('a sheet a day, and hidden ones left out', () => {
  const day = (name: string, mark: string) => sheetOf(['Nom|Matin|Après-midi', `DIOP Awa|${mark}|P`], name);
  expect(marksOf(sourceOf(day('Lundi 2', 'A'), day('Mardi 3', 'P')))).toEqual([
    'DIOP 02AM absent',
    'DIOP 02PM present',
    'DIOP 03AM present',
    'DIOP 03PM present',
  ]);
  expect(marksOf(sourceOf(day('Day 1', 'A'), { ...day('Day 2', 'P'), hidden: true }))).toEqual(['DIOP 02AM absent', 'DIOP 02PM present']);
});

test('lists under each other, each with its day', () => {
  const lines = ['Jour 1||', 'Nom|Matin|Après-midi', 'DIOP Awa|P|A', 'FALL Ibra|P|P', 'Jour 2||', 'Nom|Matin|Après-midi', 'DIOP Awa|A|A'];
  expect(marksOf(sourceOf(lines))).toEqual([
    'DIOP 02AM present',
    'DIOP 02PM absent',
    'DIOP 03AM absent',
    'DIOP 03PM absent',
    'FALL 02AM present',
    'FALL 02PM present',
  ]);
});

test('what is no attendance of anybody is refused', () => {
  expect(() => planOf(sourceOf(['Item|Price', 'Pens|12', 'Paper|30']))).toThrow('attendance.formUnknown');
});
