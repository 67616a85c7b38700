import { describe, expect, test } from 'vitest';
import { marksOf, planOf } from '../../support/lists/attendance-sheets.ts';
import { sourceOf } from '../../support/lists/lists.ts';

const ONE_MORNING = { halfDays: ['2026-03-02-AM' as const] };

describe('lines of coming and going become stays', () => {
  // Somebody is there throughout, somebody comes late and somebody for a few minutes.
  const log = (heads: string, [came, went]: readonly [string, string], stamp: (time: string) => string): string[] => [
    heads,
    `DIOP Awa|${came}|${stamp('9:00:00')}`,
    `FALL Ibra|${came}|${stamp('9:35:10')}`,
    `TRAORE Moussa|${came}|${stamp('9:02:00')}`,
    `TRAORE Moussa|${went}|${stamp('9:12:41')}`,
    `DIOP Awa|${went}|${stamp('10:00:03')}`,
    `DIOP Awa|${came}|${stamp('10:04:00')}`,
    `FALL Ibra|${went}|${stamp('12:00:00')}`,
    `DIOP Awa|${went}|${stamp('12:01:00')}`,
  ];
  const forms: readonly (readonly [string, readonly [string, string], (time: string) => string])[] = [
    [
      'Full Name|User Action|Timestamp',
      ['Joined', 'Left'],
      (time) => `3/2/2026, ${time} AM`.replace('12:00:00 AM', '12:00:00 PM').replace('12:01:00 AM', '12:01:00 PM'),
    ],
    ['Nome Completo|Atividade|Data e hora', ['Entrou', 'Saiu'], (time) => `02/03/2026 ${time}`],
    ['Nom complet|Activité|Horodatage', ['A rejoint', 'A quitté'], (time) => `02/03/2026, ${time}`],
    ['Nombre completo|Acción|Marca de tiempo', ['Se unió', 'Abandonó la reunión'], (time) => `2/3/2026 ${time}`],
    ['Nombre|Estado|Tiempo', ['Entrada', 'Salida'], (time) => `02/03/2026 ${time}`],
    ['Nom|Type|Horodatage', ['Entrée', 'Sortie'], (time) => `2026-03-02 ${time.padStart(8, '0')}`],
    ['Nome|Direção|Data', ['Entrada', 'Saída'], (time) => `2026-03-02T${time.padStart(8, '0')}`],
    ['Name|In/Out|Date/Time', ['IN', 'OUT'], (time) => `02-03-2026 ${time}`],
    ['Name|Event|Scan time', ['Checked in', 'Checked out'], (time) => `2 March 2026 ${time}`],
    ['Nom|Sens|Date', ['E', 'S'], (time) => `02/03/2026 ${time}`],
    ['Employee|State|Time', ['C/In', 'C/Out'], (time) => `2026-03-02 ${time}`],
  ];
  for (const [heads, words, stamp] of forms) {
    test(`${heads}: ${words.join(', ')}`, () => {
      expect(marksOf(sourceOf(log(heads, words, stamp)), ONE_MORNING)).toEqual([
        'DIOP 02AM present',
        'FALL 02AM late',
        'TRAORE 02AM absent',
      ]);
    });
  }

  test('the rule by which they become marks is shown and can be changed', () => {
    const source = sourceOf(log('Name|Event|Date', ['Joined', 'Left'], (time) => `2026-03-02 ${time}`));
    const { plan } = planOf(source, ONE_MORNING);
    expect(plan.questions).toEqual([expect.objectContaining({ code: 'stay', chosen: '50', subject: '15' })]);
    expect(marksOf(source, { ...ONE_MORNING, options: { answers: { stay: '0' } } })).toContain('TRAORE 02AM leftEarly');
  });

  test('the day and the hour in columns of their own, the newest line first', () => {
    const lines = [
      'Nom|Mouvement|Heure|Date',
      'FALL Ibra|Sortie|12h00|02/03/2026',
      'DIOP Awa|Sortie|09h40|02/03/2026',
      'FALL Ibra|Entrée|09h05|02/03/2026',
      'DIOP Awa|Entrée|09h00|02/03/2026',
    ];
    expect(marksOf(sourceOf(lines), ONE_MORNING)).toEqual(['DIOP 02AM absent', 'FALL 02AM present']);
  });

  test('each day is a stay of its own, and the first of several comings counts', () => {
    const lines = [
      'Nombre|Evento|Fecha y hora',
      'DIOP Awa|Entrada|02/03/2026 08:30',
      'DIOP Awa|Entrada|02/03/2026 08:31',
      'DIOP Awa|Salida|02/03/2026 17:00',
      'DIOP Awa|Entrada|03/03/2026 13:58',
      'DIOP Awa|Salida|03/03/2026 17:00',
    ];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'DIOP 02PM present', 'DIOP 03PM present']);
  });

  test('whoever goes without having come is asked about', () => {
    const lines = ['Name|Action|Time', 'DIOP Awa|In|2026-03-02 09:00', 'FALL Ibra|Out|2026-03-02 12:00', 'DIOP Awa|Out|2026-03-02 12:00'];
    const { plan } = planOf(sourceOf(lines), ONE_MORNING);
    expect(plan.rejected).toEqual([{ sheet: '', row: 3, field: 'Action', code: 'stay.arrivalMissing' }]);
    expect(plan.marks).toHaveLength(1);
  });

  test('columns of something else in which words of attendance stand are none', () => {
    const lines = [
      'Número|Nombre|Tiempo|Estado|Dispositivo|Registro',
      '1|DIOP Awa|02/03/2026 09:00|Entrada|Asistencia|0',
      '1|DIOP Awa|02/03/2026 12:00|Salida|Asistencia|0',
    ];
    expect(marksOf(sourceOf(lines), ONE_MORNING)).toEqual(['DIOP 02AM present']);
  });

  test('words that are a status as well stay one where nobody goes', () => {
    const lines = ['Name|Status|Date', 'DIOP Awa|Checked in|2026-03-02 09:00', 'FALL Ibra|Checked in|2026-03-02 11:50'];
    expect(marksOf(sourceOf(lines), ONE_MORNING)).toEqual(['DIOP 02AM present', 'FALL 02AM present']);
  });
});

describe('when a half-day began and ended without an agenda', () => {
  test('who opens a meeting long before it does not make everybody late', () => {
    const names = ['DIOP', 'FALL', 'TRAORE', 'NDIAYE', 'SOW', 'BA'];
    const lines = ['Name|Join time|Leave time', 'DIOP|2026-03-02 08:20|2026-03-02 12:40'];
    for (const name of names.slice(1, 5)) lines.push(`${name}|2026-03-02 09:00|2026-03-02 12:00`);
    lines.push('BA|2026-03-02 09:40|2026-03-02 12:00');
    const marks = marksOf(sourceOf(lines), { people: names, ...ONE_MORNING });
    expect(marks.map((mark) => mark.split(' ')[2])).toEqual(['late', 'present', 'present', 'present', 'present', 'present']);
  });

  test('nor does one who forgot to leave make everybody absent', () => {
    const names = ['DIOP', 'FALL', 'TRAORE', 'NDIAYE', 'SOW'];
    const lines = ['Nom|Durée (min)', 'DIOP|400', 'FALL|90', 'TRAORE|88', 'NDIAYE|91', 'SOW|20'];
    const marks = marksOf(sourceOf(lines), { people: names, ...ONE_MORNING });
    expect(marks.filter((mark) => mark.endsWith('absent'))).toEqual(['SOW 02AM absent']);
  });
});

describe('the time at which a line was written says which half-day it is of', () => {
  const forms: readonly string[][] = [
    ['Name|Time', 'DIOP Awa|2026-03-02 09:12:44', 'FALL Ibra|2026-03-02 14:30:00'],
    ['Nombre|Fecha|Hora', 'DIOP Awa|2026-03-02|09:12:44', 'FALL Ibra|2026-03-02|14:30'],
    ['Nom|Prénom|Date|Heure', 'DIOP|Awa|02/03/2026|9h12', 'FALL|Ibra|02/03/2026|14h30'],
    ['Nome|Dispositivo|Registo do leitor', 'DIOP Awa|K-7|02/03/2026 09:12', 'FALL Ibra|K-7|02/03/2026 14:30'],
  ];
  for (const lines of forms) {
    test(lines[0]!, () => {
      expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02PM present']);
    });
  }

  test('minutes of a tool that counts days too, and those that somebody came late', () => {
    expect(
      marksOf(sourceOf(['Name|Time_in_class', 'DIOP Awa|0 days 01:55:00.000000', 'FALL Ibra|0 days 00:12:09.000000']), ONE_MORNING),
    ).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
    const late = ['Nom|Date|Heure_Arrivee|Retard_min', 'DIOP|02/03/2026|09:10|10', 'FALL|02/03/2026|09:50|50'];
    expect(marksOf(sourceOf(late))).toEqual(['DIOP 02AM present', 'FALL 02AM late']);
    const alone = ['Nombre|Fecha|Minutos de retraso', 'DIOP|02/03/2026 09:30|30'];
    expect(marksOf(sourceOf(alone))).toEqual(['DIOP 02AM late']);
  });
});

describe('lists without headings', () => {
  const forms: readonly string[][] = [
    ['DIOP Awa|present|2026-03-02 09:12:44', 'FALL Ibra|absent|2026-03-02 09:13:00', 'DIOP Awa|present|2026-03-02 14:01:00'],
    ['1|DIOP Awa|3B|2026-03-02 09:00|1', '2|FALL Ibra|3B|2026-03-02 09:00|0', '1|DIOP Awa|3B|2026-03-02 14:00|1'],
    ['DIOP Awa|02/03/2026|09:12|présente', 'FALL Ibra|02/03/2026|09:15|absent', 'DIOP Awa|02/03/2026|14:12|présente'],
  ];
  for (const lines of forms) {
    test(lines[0]!, () => {
      expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'DIOP 02PM present', 'FALL 02AM absent']);
    });
  }

  test('times of joining and leaving', () => {
    const lines = ['DIOP Awa|2026-03-02|09:00|12:00|0', 'FALL Ibra|2026-03-02|09:00|09:20|0'];
    expect(marksOf(sourceOf(lines), ONE_MORNING)).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
  });

  test('nobody of the workshop in it, and it is none', () => {
    expect(() => planOf(sourceOf(['Vis 4 mm|2026-03-02|12', 'Vis 6 mm|2026-03-02|30']))).toThrow('attendance.formUnknown');
  });

  test('decimals under a date are no dates that the heading would be one of', () => {
    const lines = ['Nom|2026.03.02|2026.03.03', 'DIOP|1.0|1.0', 'FALL|1.0|'];
    expect(planOf(sourceOf(lines)).read.understood.headerRow).toBe(1);
  });
});

describe('times beside a status', () => {
  test('the words say the mark, the times of which half-day, and nobody is marked where nobody was', () => {
    const lines = [
      'Student name|Date|Status|Time In|Time Out',
      'DIOP Awa|2026-03-02|Present|09:00|12:00',
      'FALL Ibra|2026-03-02|Late|09:05|12:00',
      'TRAORE Moussa|2026-03-02|Absent||',
    ];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02AM late', 'TRAORE 02AM absent']);
  });

  test('whoever is listed without times was away while others were there', () => {
    const lines = ['Nom|Date|Arrivée|Départ', 'DIOP|02/03/2026|09:00|12:00', 'FALL|02/03/2026||'];
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
  });
});

describe('a column of coming and one of going under each day', () => {
  const rows = ['DIOP Awa|09:00|12:00|09:00|12:00', 'FALL Ibra|09:40|12:00||', 'TRAORE Moussa|09:00|09:20|09:01|12:00'];
  const marks = ['DIOP 02AM present', 'DIOP 03AM present', 'FALL 02AM late', 'TRAORE 02AM absent', 'TRAORE 03AM present'];
  for (const [came, went] of [
    ['Entrada', 'Salida'],
    ['Entrée', 'Sortie'],
    ['Entrada', 'Saída'],
    ['In', 'Out'],
    ['Arrivée', 'Départ'],
  ] as const) {
    test(`${came} and ${went}`, () => {
      const heads = ['02/03/2026', '03/03/2026'].flatMap((day) => [`${day} ${came}`, `${day} ${went}`]).join('|');
      expect(marksOf(sourceOf([`Nom|${heads}`, ...rows]))).toEqual(marks);
      expect(marksOf(sourceOf(['Nom|02/03/2026||03/03/2026|', `|${came}|${went}|${came}|${went}`, ...rows]))).toEqual(marks);
    });
  }

  test('whoever has a time of going alone is asked about', () => {
    const { plan, read } = planOf(sourceOf(['Nom|02/03 Entrée|02/03 Sortie', 'DIOP|09:00|12:00', 'FALL||12:00']));
    expect(plan.rejected).toEqual([{ sheet: '', row: 3, field: '02/03 Entrée', code: 'stay.arrivalMissing' }]);
    expect(read.understood.columns.map(({ field }) => field)).toEqual(['fullName', '2026-03-02', '2026-03-02']);
  });
});
