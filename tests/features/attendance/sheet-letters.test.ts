import { describe, expect, test } from 'vitest';
import { letterMeanings, letterOf, legendIn } from '../../../shared/features/attendance/sheets/letter-meanings.ts';
import { statusOfWord } from '../../../shared/features/attendance/sheets/status-words.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { marksOf, planOf } from '../../support/lists/attendance-sheets.ts';
import { sheetOf, sourceOf, rowsAt } from '../../support/lists/lists.ts';

/** What letters mean on a sheet in one language without a legend: `?` where it is asked. */
function meant(language: Language, letters: string, more: Partial<Parameters<typeof letterMeanings>[1]> = {}): string {
  const uses = [...letters].map((letter) => ({ letter, cells: 1 }));
  const meanings = letterMeanings(uses, { languages: [language], legend: new Map(), said: {}, own: null, workshop: null, ...more });
  return uses.map(({ letter }) => meanings.get(letter)!.status ?? '?').join(' ');
}

/** A workshop's own: N for those who did not come, T for those who came late, S who left early. */
const CHOSEN = { present: 'P', late: 'T', leftEarly: 'S', excused: 'J', absent: 'N', remote: 'R' };

describe('letters that a workshop chose', () => {
  test('mean that where nothing else is usual, and settle what could be several things', () => {
    expect(meant('fr', 'PTN', { workshop: CHOSEN })).toBe('present late absent');
    expect(meant('es', 'RA', { workshop: { ...CHOSEN, absent: 'A', remote: 'X', late: 'R' } })).toBe('late absent');
    expect(meant('fr', 'PZ', { workshop: { ...CHOSEN, late: 'Z' } })).toBe('present late');
  });

  test('are asked about where people of the language mean something else by them', () => {
    expect(meant('fr', 'PR', { workshop: CHOSEN })).toBe('present ?');
    expect(meant('es', 'PS', { workshop: CHOSEN })).toBe('present ?');
  });

  test('give way to the legend, to what was said, and are asked about in a sheet from before they were chosen', () => {
    expect(meant('fr', 'PR', { workshop: CHOSEN, legend: legendIn(['R = retard']) })).toBe('present late');
    expect(meant('fr', 'PR', { workshop: CHOSEN, said: { R: 'late' } })).toBe('present late');
    expect(meant('fr', 'PRTA', { workshop: CHOSEN, own: 'fr' })).toBe('present ? late absent');
  });
});

describe('letters without a legend', () => {
  const cases: readonly (readonly [Language, string, string])[] = [
    ['en', 'PALE', 'present absent late excused'],
    ['en', 'PTA', 'present late absent'],
    ['fr', 'PAE', 'present absent excused'],
    ['fr', 'PR', 'present ?'],
    ['fr', 'PD', 'present ?'],
    ['es', 'A', '?'],
    ['es', 'AF', '? absent'],
    ['es', 'PA', 'present absent'],
    ['es', 'AFR', '? absent ?'],
    ['es', 'PFJ', 'present absent excused'],
    ['pt', 'PFJ', 'present absent excused'],
    ['pt', 'PA', 'present ?'],
    ['pt', 'PFA', 'present absent ?'],
    ['fr', 'AX', 'absent present'],
    ['en', 'X', 'present'],
    ['en', 'XP', '? present'],
    ['en', '10', 'present absent'],
    ['en', '1', 'present'],
    ['en', 'XA-', 'present absent notTaken'],
    ['en', 'X-', 'present ?'],
    ['en', 'PZ', 'present ?'],
    ['fr', 'PF', 'present ?'],
  ];
  for (const [language, letters, expected] of cases)
    test(`${letters} in ${language}`, () => expect(meant(language, letters)).toBe(expected));

  test('mean what somebody said, the legend, or Itinera itself say', () => {
    expect(meant('fr', 'PR', { said: { R: 'late' } })).toBe('present late');
    expect(meant('fr', 'PR', { said: { R: '' } })).toBe('present notTaken');
    expect(meant('fr', 'PR', { legend: legendIn(['R = à distance']) })).toBe('present remote');
    expect(meant('fr', 'PRDX', { own: 'fr' })).toBe('present late leftEarly remote');
    expect(meant('fr', 'PRDX', { own: 'en' })).toBe('present remote leftEarly ?');
    expect(meant('es', 'PRSJFX', { own: 'es' })).toBe('present late leftEarly excused absent remote');
    expect(meant('pt', 'PTSJFX', { own: 'pt' })).toBe('present late leftEarly excused absent remote');
    expect(meant('es', 'A', { languages: [] })).toBe('?');
    expect(meant('en', 'PR', { languages: ['en', 'fr'] })).toBe('present ?');
  });
});

test('words of four languages are understood, and nothing is guessed', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['Présent(e)', 'present'],
    ['signé', 'present'],
    ['sí', 'present'],
    ['✔', 'present'],
    ['TRUE', 'present'],
    ['Late (10 min)', 'late'],
    ['en retard 15 min', 'late'],
    ['Con retraso', 'late'],
    ['atrasado(a)', 'late'],
    ['excusé(e)', 'excused'],
    ['Falta justificada', 'excused'],
    ['Falta', 'absent'],
    ['Não', 'absent'],
    ['à distância', 'remote'],
    ['saiu mais cedo', 'leftEarly'],
    ['', 'notTaken'],
    ['malade', undefined],
    ['constructor', undefined],
  ];
  for (const [word, status] of cases) expect(statusOfWord(word), word).toBe(status);
  expect(['p', ' P ', 'P (2/2)', 'x', '?'].map(letterOf)).toEqual(['P', 'P', 'P', 'X', '?']);
});

describe('a sheet', () => {
  const lines = ['Nom|02/03 AM|02/03 PM', 'DIOP Awa|R|P', 'FALL Ibra|P|R'];

  test('has each letter that may mean several things asked about once, with the rows that hang on it', () => {
    const asked = lines.map((line) => line.replace('|R', '|D'));
    const { plan } = planOf(sourceOf(asked));
    const [question] = plan.questions.filter(({ subject }) => subject === 'D');
    expect(question).toMatchObject({ key: 'letter:D', code: 'letter', chosen: null, rows: rowsAt(2, 3) });
    expect(question!.options.slice(0, 2)).toEqual(['leftEarly', 'excused']);
    expect(plan.rejected.map(({ row, code }) => [row, code])).toEqual([
      [2, 'status.unknown'],
      [3, 'status.unknown'],
    ]);
    expect(marksOf(sourceOf(asked))).toEqual(['DIOP 02PM present', 'FALL 02AM present']);
    const answered = { options: { answers: { 'letter:D': 'late' } } };
    expect(marksOf(sourceOf(asked), answered)).toEqual(['DIOP 02AM late', 'DIOP 02PM present', 'FALL 02AM present', 'FALL 02PM late']);
    expect(marksOf(sourceOf(asked), { letters: { D: 'leftEarly' } })).toContain('FALL 02PM leftEarly');
  });

  test('has its legend in a title, a note, a table beside it or on another sheet', () => {
    const read = ['DIOP 02AM late', 'DIOP 02PM present', 'FALL 02AM present', 'FALL 02PM late'];
    expect(marksOf(sourceOf(['P : présent – R : retard – A : absent||', ...lines]))).toEqual(read);
    expect(marksOf(sourceOf([...lines, 'Légende : P = présent, R = retard||']))).toEqual(read);
    expect(marksOf(sourceOf(lines, sheetOf(['Lettre|Signification', 'P|présent(e)', 'R|en retard'], 'Lettres')))).toEqual(read);
  });

  test('asks about what no list knows, and leaves remarks alone', () => {
    const { plan } = planOf(
      sourceOf(['Nom|02/03 AM|02/03 PM', 'DIOP Awa|P|mission', 'FALL Ibra|P|est venu puis reparti chercher sa fille']),
    );
    expect(plan.questions.filter(({ chosen }) => chosen === null).map(({ key }) => key)).toEqual(['letter:mission']);
    expect(plan.rejected.map(({ row }) => row)).toEqual([2, 3]);
  });
});
