import { describe, expect, it } from 'vitest';
import { waysToReadSheets } from '../../../shared/features/attendance/sheets/read-sheets.ts';
import { readEitherWay } from '../../../shared/features/intake/turned-sheets.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import { sayRow, waysToReadPeople } from '../../../shared/features/people/list/read-list.ts';
import { halfDaysBetween } from '../../../shared/kernel/dates.ts';
import type { Source } from '../../../shared/kernel/source.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';

const HALF_DAYS = halfDaysBetween('2026-03-02', '2026-03-03');
const calendar = { halfDays: HALF_DAYS, expected: HALF_DAYS, sessions: [] };
const known = { refs: new Set<string>(), emails: new Set<string>(), names: new Set(['diop', 'awa', 'fall', 'ibra']) };

/** Marks as `name: half-day letter, …`, and which way the sheet was read. */
function marksOf(source: Source, options: IntakeOptions = {}) {
  const { turned, read } = readEitherWay(source, options, waysToReadSheets(options, { calendar, known }));
  if (!read.ok) return { turned, refused: read.refusal.code };
  const said = read.value.rows.map(
    ({ row, name, marks }) =>
      `${row} ${name}: ${marks.map(({ halfDays, text }) => `${halfDays.map((halfDay) => halfDay.slice(8)).join('+')} ${text}`).join(', ')}`,
  );
  return { turned, said };
}

function peopleOf(source: Source, options: IntakeOptions = {}) {
  const { turned, source: used, read } = readEitherWay(source, options, waysToReadPeople(options, { languages: ['fr'] }));
  if (!read.ok) return { turned, refused: read.refusal.code };
  const { rows, accounting } = read.value;
  for (const row of rows) sayRow(accounting, row, row.asks.length > 0 ? 'asked' : 'taken');
  const { cells, taken, left, asked } = accounting.close(used);
  return { turned, said: rows.map(({ row, values }) => ({ row, ...values })), cells, sum: taken + left + asked };
}

describe('a sheet that lies on its side', () => {
  it('says attendance with names across the top', () => {
    const lying = sourceOf(['|DIOP Awa|FALL Ibra', '2 mars matin|P|A', '2 mars après-midi|P|R', '3 mars matin||P']);
    expect(marksOf(lying)).toEqual({
      turned: true,
      said: ['2 DIOP Awa: 02-AM P, 02-PM P', '3 FALL Ibra: 02-AM A, 02-PM R, 03-AM P'],
    });
  });

  it('says attendance under a title, with the names in two rows and a line of totals', () => {
    const lying = sourceOf([
      'Atelier de Dakar||',
      '||',
      'Nom|DIOP|FALL',
      'Prénom|Awa|Ibra',
      'Lundi matin|x|x',
      'Lundi après-midi|x|',
      'Total|2|1',
    ]);
    expect(marksOf(lying)).toEqual({ turned: true, said: ['2 DIOP Awa: 02-AM x, 02-PM x', '3 FALL Ibra: 02-AM x'] });
  });

  it('says the day beside its halves, which stand under each other', () => {
    const lying = sourceOf([
      'Date|Séance|DIOP Awa|FALL Ibra',
      '2 mars|matin|P|A',
      '|après-midi|P|P',
      '3 mars|matin|A|P',
      '|après-midi|P|P',
    ]);
    expect(marksOf(lying)).toEqual({
      turned: true,
      said: ['3 DIOP Awa: 02-AM P, 02-PM P, 03-AM A, 03-PM P', '4 FALL Ibra: 02-AM A, 02-PM P, 03-AM P, 03-PM P'],
    });
  });

  it('says people with fields down its side', () => {
    const lying = sourceOf(['Nom|DIOP|FALL', 'Prénom|Awa|Ibra', 'Pays|Sénégal|Mali', 'Courriel|awa@example.org|ibra@example.org']);
    expect(peopleOf(lying)).toEqual({
      turned: true,
      said: [
        { row: 2, familyName: 'DIOP', givenName: 'Awa', country: 'SN', email: 'awa@example.org' },
        { row: 3, familyName: 'FALL', givenName: 'Ibra', country: 'ML', email: 'ibra@example.org' },
      ],
      cells: 12,
      sum: 12,
    });
  });

  it('is the form of one person', () => {
    expect(peopleOf(sourceOf(['Nom|DIOP', 'Prénom|Awa', 'Sexe|F', 'Fonction|Juge', 'Courriel|awa@example.org'])).said).toEqual([
      { row: 2, familyName: 'DIOP', givenName: 'Awa', sex: 'female', profession: 'judge', email: 'awa@example.org' },
    ]);
  });

  it('is read as it stands where somebody says so, and turned where somebody says so', () => {
    const lying = sourceOf(['|DIOP Awa|FALL Ibra', '2 mars matin|P|A', '2 mars après-midi|P|R']);
    expect(marksOf(lying, { turned: false })).toEqual({ turned: false, refused: 'attendance.formUnknown' });
    expect(peopleOf(sourceOf(['Nom|Prénom', 'DIOP|Awa']), { turned: true }).turned).toBe(true);
  });

  it('keeps what is hidden or merged, the other way round', () => {
    const rows = sheetOf(['Nom|DIOP|FALL|SOW', 'Prénom|Awa|Ibra|Fatou', 'Pays|Mali|Mali|Mali', 'Secret|a|b|c'], '', {
      hiddenRows: [4],
    }).rows;
    const hiddenColumn = rows.map((row) => ({ ...row, hiddenCells: [3], spread: row.row === 3 ? [2, 3] : [] }));
    const { said, cells, sum } = peopleOf({ ...sourceOf(['']), sheets: [{ name: '', hidden: false, rows: hiddenColumn }] });
    expect(said).toEqual([
      { row: 2, familyName: 'DIOP', givenName: 'Awa', country: 'ML' },
      { row: 3, familyName: 'FALL', givenName: 'Ibra', country: 'ML' },
    ]);
    expect([cells, sum]).toEqual([14, 14]);
  });
});

describe('a sheet that stands', () => {
  it.each([
    ['a list', ['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Mali']],
    ['a list of one', ['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal']],
    ['a list headed by a profession', ['Judge|Country', 'Awa Diop|Senegal', 'Ibra Fall|Mali']],
    ['people with names that are headings elsewhere', ['Nom|Prénom', 'PAYS|Awa', 'NOMBRE|Ibra', 'SOW|Fatou']],
  ])('is not turned: %s', (_, lines) => {
    expect(peopleOf(sourceOf(lines)).turned).toBe(false);
  });

  it('has a row of days over that of the names and the halves', () => {
    const upright = sourceOf(['Date|2 mars||3 mars|', 'Nom|matin|après-midi|matin|après-midi', 'DIOP Awa|P|P|A|P', 'FALL Ibra|P|R|P|P']);
    expect(marksOf(upright)).toEqual({
      turned: false,
      said: ['3 DIOP Awa: 02-AM P, 02-PM P, 03-AM A, 03-PM P', '4 FALL Ibra: 02-AM P, 02-PM R, 03-AM P, 03-PM P'],
    });
  });

  it('is none where it is longer than a list is wide', () => {
    const long = Array.from({ length: 600 }, (_, index) => `${index}|${index}`);
    expect(peopleOf(sourceOf(long), { turned: true }).turned).toBe(false);
  });
});

describe('a day with one of its halves', () => {
  const EXPECTED = ['3 DIOP Awa: 02-AM P, 03-PM A', '4 FALL Ibra: 02-AM A, 03-PM P'];

  it.each([
    ['beside its half, on its side', true, ['Date|Séance|DIOP Awa|FALL Ibra', '2 mars|matin|P|A', '3 mars|après-midi|A|P']],
    ['behind its half, on its side', true, ['Demi-journée|Date|DIOP Awa|FALL Ibra', 'matin|2 mars|P|A', 'après-midi|3 mars|A|P']],
    ['over its half', false, ['Date|2 mars|3 mars', 'Séance|matin|après-midi', 'DIOP Awa|P|A', 'FALL Ibra|A|P']],
    ['over its half, which has no heading', false, ['Nom|2 mars|3 mars', '|matin|après-midi', 'DIOP Awa|P|A', 'FALL Ibra|A|P']],
  ])('is that half alone: %s', (_, turned, lines) => {
    expect(marksOf(sourceOf(lines))).toEqual({ turned, said: EXPECTED });
  });

  it('is told by headings, never by what stands in a person’s row', () => {
    const said = ['2 DIOP Awa: 02-AM+02-PM matin, 03-AM+03-PM après-midi', '3 FALL Ibra: 02-AM+02-PM A, 03-AM+03-PM P'];
    expect(marksOf(sourceOf(['Nom|2 mars|3 mars', 'DIOP Awa|matin|après-midi', 'FALL Ibra|A|P']))).toEqual({ turned: false, said });
  });
});
