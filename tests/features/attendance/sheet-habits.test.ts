import { describe, expect, test } from 'vitest';
import { marksOf, planOf } from '../../support/lists/attendance-sheets.ts';
import { sourceOfText } from '../../../shared/node/tables/read-source-file.ts';
import { sourceOf } from '../../support/lists/lists.ts';

const MONTH = { start: '2026-05-26', end: '2026-06-04' };
const WEEK = { start: '2026-06-22', end: '2026-06-26' };

describe('days written by their number', () => {
  for (const word of ['DIA', 'Jour', 'Day', 'Día']) {
    test(`${word} 26 is a date where the workshop has no twenty-six days`, () => {
      const marks = marksOf(sourceOf([`Nom|${word} 26:|${word} 27:|${word} 1:`, 'DIOP|X||X', 'FALL|X|X|']), MONTH);
      expect(marks.filter((mark) => mark.includes('AM'))).toEqual([
        'DIOP 01AM present',
        'DIOP 26AM present',
        'FALL 26AM present',
        'FALL 27AM present',
      ]);
    });
  }

  test('day 2 stays the second day where every number may be', () => {
    expect(marksOf(sourceOf(['Nom|Jour 1|Jour 2', 'DIOP|P|A']), { start: '2026-06-01', end: '2026-06-02' })).toEqual([
      'DIOP 01AM present',
      'DIOP 01PM present',
      'DIOP 02AM absent',
      'DIOP 02PM absent',
    ]);
  });

  test('bare numbers of a sheet of the month are its dates', () => {
    const marks = marksOf(sourceOf(['N°|Nom|22|23|24|25|26', '1|DIOP|P|P|A|P|P', '2|FALL|P|A|P|P|P']), WEEK);
    expect(marks.filter((mark) => mark.endsWith('absent'))).toEqual([
      'DIOP 24AM absent',
      'DIOP 24PM absent',
      'FALL 23AM absent',
      'FALL 23PM absent',
    ]);
  });

  test('bare numbers from one on are asked about', () => {
    const { plan } = planOf(sourceOf(['Nom|1|2|3', 'DIOP|P|P|A', 'FALL|P|A|P']), WEEK);
    expect(plan.questions.filter(({ code }) => code === 'session')).toHaveLength(3);
    expect(plan.marks).toEqual([]);
  });
});

describe('days of the week', () => {
  for (const [first, second] of [
    ['Mon', 'Tue'],
    ['Lun.', 'Mar.'],
    ['Seg', 'Ter'],
  ] as const) {
    test(`${first} beside ${second}`, () => {
      const marks = marksOf(sourceOf([`Nom|${first}|${second}`, 'DIOP|P|A', 'FALL|P|P']));
      expect(marks.filter((mark) => mark.includes('AM'))).toEqual([
        'DIOP 02AM present',
        'DIOP 03AM absent',
        'FALL 02AM present',
        'FALL 03AM present',
      ]);
    });
  }

  test('marks with points under a session are marks, no dates', () => {
    const lines = [
      'Surname|First name|2 Mar 2026 9.00AM All students|2 Mar 2026 2.00PM All students|P|L|E|A',
      'Diop|Awa|P (2/2)|L (1/2)|1|1|0|0',
      'Fall|Ibra|A (0/2)|E (1/2)|0|0|1|1',
    ];
    expect(marksOf(sourceOf(lines), { languages: ['en'] })).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM late',
      'FALL 02AM absent',
      'FALL 02PM excused',
    ]);
  });
});

describe('a column headed by what a tick in it says', () => {
  const forms: readonly (readonly [string, string, string])[] = [
    ['Falta', 'sim', 'não'],
    ['Absent', 'yes', 'no'],
    ['Absente', 'x', '0'],
    ['Ausente', '1', '0'],
    ['No asistió', 'true', 'false'],
  ];
  for (const [heading, yes, no] of forms) {
    test(`${heading}: ${yes} and ${no}`, () => {
      expect(marksOf(sourceOf([`Nom|Date|${heading}`, `DIOP|02/03/2026 AM|${no}`, `FALL|02/03/2026 AM|${yes}`]))).toEqual([
        'DIOP 02AM present',
        'FALL 02AM absent',
      ]);
    });
  }

  test('what a blank says there is asked', () => {
    const source = sourceOf(['Nome|Data|Falta', 'DIOP|02/03/2026 manhã|', 'FALL|02/03/2026 manhã|x']);
    const { plan } = planOf(source);
    expect(plan.questions.map(({ subject, chosen }) => `${subject} ${chosen}`)).toContain('falta - null');
    expect(marksOf(source, { options: { answers: { 'letter:falta -': 'present' } } })).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
  });

  test('ones beside noughts are ticks even where somebody wrote a word', () => {
    expect(marksOf(sourceOf(['Nom|Date|Présent', 'DIOP|02/03/2026 AM|1', 'FALL|02/03/2026 AM|0', 'TRAORE|02/03/2026 AM|oui']))).toEqual([
      'DIOP 02AM present',
      'FALL 02AM absent',
      'TRAORE 02AM present',
    ]);
  });
});

describe('lists of absences', () => {
  test('the column that says absence or lateness is the status, not the kind of lesson', () => {
    const lines = [
      'Date;Nom;Nature;Justifiée;Type',
      '02/03/2026 09:00;DIOP;absence;true;TP',
      '02/03/2026 09:00;FALL;retard;false;TD',
      '03/03/2026 09:00;FALL;absence;false;CM',
    ].map((line) => line.replaceAll(';', '|'));
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM excused', 'FALL 02AM late', 'FALL 03AM absent']);
  });

  test('beside excuses a list that says no status is asked about', () => {
    const { plan } = planOf(sourceOf(['Nombre|Fecha|Justificada', 'DIOP|02/03/2026|sí', 'FALL|02/03/2026|no']));
    expect(plan.marks).toEqual([]);
    expect(plan.rejected.map(({ code }) => code)).toEqual(['status.unknown', 'status.unknown']);
  });
});

describe('who a line is about', () => {
  test('the column that numbers the people, not the lines', () => {
    const lines = ['id|student_id|date|status', 'a-01|J-7|2026-03-02|present', 'a-02|J-9|2026-03-02|absent'];
    expect(marksOf(sourceOf(lines), { people: ['DIOP/Awa/J-7', 'FALL/Ibra/J-9'] })).toEqual([
      'DIOP 02AM present',
      'DIOP 02PM present',
      'FALL 02AM absent',
      'FALL 02PM absent',
    ]);
  });

  test('names under a heading in another language beside an address that nobody of the workshop has', () => {
    const lines = ['Email|Nama|2026-03-02', 'a7@example.org|qwero lybe|P', 'b9@example.org|draso ombi|A'];
    expect(marksOf(sourceOf(lines), { people: ['QWERO/Lybe', 'DRASO/Ombi'] }).filter((mark) => mark.includes('AM'))).toEqual([
      'DRASO 02AM absent',
      'QWERO 02AM present',
    ]);
  });

  test('lines to sign on are nobody', () => {
    const { plan } = planOf(sourceOf(['Nom|02/03 AM', 'DIOP|P', 'FALL|A', '____________|____________']));
    expect(plan.rows.at(-1)).toMatchObject({ does: 'leave', why: 'note' });
  });
});

test('who is listed beside a share of attendance did not come by that', () => {
  for (const [heading, ...shares] of [
    ['Présence (%)', '100', '50'],
    ['Asistencia', '75 %', '0 %'],
    ['Attendance', '3.5', '3.25'],
  ] as const)
    expect(() => planOf(sourceOf([`Nom|${heading}`, `DIOP Awa|${shares[0]}`, `FALL Ibra|${shares[1]}`]))).toThrow('attendance.formUnknown');
});

describe('names under one line that says who they are', () => {
  const people = ['DIOP/Awa', 'FALL/Ibra', 'TRAORE/Moussa'];
  const pasted = (text: string) => {
    const source = sourceOfText(text);
    if (!source.ok) throw new Error(source.refusal.code);
    return marksOf(source.value, { people });
  };

  test('are those who came', () => {
    expect(marksOf(sourceOf(['Présents – 2 mars matin', 'Awa Diop', 'Ibra Fall']))).toEqual(['DIOP 02AM present', 'FALL 02AM present']);
    expect(marksOf(sourceOf(['2 March, afternoon', 'Awa Diop', 'Ibra Fall']))).toEqual(['DIOP 02PM present', 'FALL 02PM present']);
    expect(pasted('Presentes el 2 de marzo por la mañana:\n1. Awa Diop\n2. Ibra Fall\n')).toEqual([
      'DIOP 02AM present',
      'FALL 02AM present',
    ]);
  });

  test('are those who did not', () => {
    expect(marksOf(sourceOf(['Absents le 2 mars', 'FALL Ibra', 'TRAORE Moussa']))).toEqual([
      'FALL 02AM absent',
      'FALL 02PM absent',
      'TRAORE 02AM absent',
      'TRAORE 02PM absent',
    ]);
    expect(pasted('Faltaram na segunda-feira 2, manhã\nIbra Fall\nMoussa Traoré\n')).toEqual(['FALL 02AM absent', 'TRAORE 02AM absent']);
  });

  test('are asked about where it does not say when, and are no attendance under any other line', () => {
    const { plan } = planOf(sourceOf(['Présents', 'Awa Diop', 'Ibra Fall']));
    expect([plan.marks, plan.questions.map(({ code, chosen }) => [code, chosen])]).toEqual([[], [['session', null]]]);
    expect(() => planOf(sourceOf(['Groupe A', 'Awa Diop', 'Ibra Fall']))).toThrow('attendance.formUnknown');
  });
});
