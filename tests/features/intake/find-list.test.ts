import { describe, expect, it } from 'vitest';
import { Accounting } from '../../../shared/features/intake/account.ts';
import { findList } from '../../../shared/features/intake/find-list.ts';
import { columnIndex, columnLetters, type Sheet } from '../../../shared/kernel/source.ts';

function sheetOf(lines: readonly string[], hidden: readonly number[] = []): Sheet {
  const rows = lines.map((line, index) => ({
    row: index + 1,
    hidden: hidden.includes(index + 1),
    cells: line.split('|'),
    spread: [],
    hiddenCells: [],
    repairs: [],
  }));
  return { name: '', hidden: false, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) };
}

/** Counts headings that are known words. */
const WORDS = new Set(['nom', 'prenom', 'pays', '2 mars matin', '2 mars soir']);
const read = (headers: readonly string[]) => {
  const score = headers.filter((header) => WORDS.has(header)).length;
  return score > 0 ? { score } : null;
};

describe('the list in a sheet', () => {
  it('stands under its headings, wherever these are', () => {
    const found = findList(sheetOf(['Atelier de Dakar', '', 'nom|prenom|pays', 'DIOP|Awa|SN', 'FALL|Ibra|SN']), read)!;
    expect(found.headerRows).toEqual([3]);
    expect(found.titles.map(({ row }) => row)).toEqual([1]);
    expect(found.rows.map(({ row }) => row)).toEqual([4, 5]);
  });

  it('may have headings of two rows, and the text above goes on to the right', () => {
    const found = findList(sheetOf(['nom|2 mars|', '|matin|soir', 'DIOP|P|A']), read)!;
    expect(found.headerRows).toEqual([1, 2]);
    expect(found.headers).toEqual(['nom', '2 mars matin', '2 mars soir']);
    expect(found.rows.map(({ row }) => row)).toEqual([3]);
  });

  it('obeys whoever says where the headings are', () => {
    const sheet = sheetOf(['nom|prenom|pays', 'nom|prenom|x', 'DIOP|Awa|SN']);
    expect(findList(sheet, read, { headerRow: 2 })!.headerRows).toEqual([2]);
    expect(findList(sheet, read)!.headerRows).toEqual([1]);
  });

  it('is none where no heading is read', () => {
    expect(findList(sheetOf(['a|b', 'c|d']), read)).toBeNull();
  });

  it('leaves hidden rows apart', () => {
    const found = findList(sheetOf(['nom|prenom', 'DIOP|Awa', 'FALL|Ibra'], [3]), read)!;
    expect([found.rows.map(({ row }) => row), found.hidden.map(({ row }) => row)]).toEqual([[2], [3]]);
  });

  it.each([
    ['nom|prenom|pays', 'header'],
    ['Total|2|', 'total'],
    ['Sous-total :||', 'total'],
    ['Promedio|4,5|', 'total'],
    ['Nombre total de participants||', 'total'],
    ['25 participants||', 'total'],
    ['SÉNÉGAL||', 'section'],
    ['Grupo 2||', 'section'],
    ['Procureurs||', 'section'],
    ['Page 2 / 3||', 'note'],
    ['Signature du formateur||', 'note'],
    ['Fait à Dakar, le 3 mars 2026||', 'note'],
    ['* sous réserve de confirmation||', 'note'],
  ])('tells %j from people', (line, kind) => {
    const found = findList(sheetOf(['nom|prenom|pays', 'DIOP|Awa|SN', 'FALL|Ibra|SN', line, 'SOW|Ada|ML']), read)!;
    expect(found.others.map(({ other }) => other.kind)).toEqual([kind]);
    expect(found.rows).toHaveLength(3);
  });

  it('begins under the first of headings that come once more', () => {
    const found = findList(sheetOf(['nom|prenom', 'DIOP|Awa', 'nom|prenom', 'FALL|Ibra', 'SOW|Ada']), read)!;
    expect([found.headerRows, found.rows.map(({ row }) => row)]).toEqual([[1], [2, 4, 5]]);
  });

  it('tells a text over all columns from a person beside a cell that was merged over several', () => {
    const sheet = sheetOf(['nom|prenom|pays', 'DIOP||Sénégal', 'FALL||Sénégal', 'Equipe|Equipe|Equipe', 'SOW|Ada|Mali']);
    const spread: Readonly<Record<number, readonly number[]>> = { 3: [2], 4: [1, 2] };
    const rows = sheet.rows.map((row) => ({ ...row, spread: spread[row.row] ?? [] }));
    const found = findList({ ...sheet, rows }, read)!;
    expect(found.rows.map(({ row }) => row)).toEqual([2, 3, 5]);
    expect(found.others.map(({ other }) => other.kind)).toEqual(['section']);
  });

  it.each(['SOMA|Issouf|BF', 'SOMA||', 'PAGE|Jimmy|GB', 'TOTAL|Jean|FR', 'NOTA|Maria|PT', 'Sukarno||', 'MEDIA|Ana|ES'])(
    'takes %j for a person, or for somebody to ask about',
    (line) => {
      const found = findList(sheetOf(['nom|prenom|pays', 'DIOP|Awa|SN', line, 'SOW|Ada|ML']), read)!;
      expect(found.others).toEqual([]);
    },
  );
});

describe('the account of a file', () => {
  const source = { format: 'csv', encoding: null, sheets: [sheetOf(['nom|prenom', 'DIOP|Awa', 'Total|1'])] } as const;

  it('adds up', () => {
    const accounting = new Accounting();
    accounting.say('', 1, [0, 1], 'header');
    accounting.say('', 2, [0, 1], 'taken');
    accounting.say('', 2, [1], 'asked');
    accounting.say('', 3, [0, 1], 'total');
    expect(accounting.close(source)).toEqual({
      cells: 6,
      taken: 1,
      asked: 1,
      left: 4,
      leftFor: [
        { why: 'header', cells: 2 },
        { why: 'total', cells: 2 },
      ],
    });
  });

  it('is not closed while nothing is said of a cell', () => {
    const accounting = new Accounting();
    accounting.say('', 1, [0, 1], 'header');
    expect(() => accounting.close(source)).toThrow(/row 2/);
  });
});

it('names columns as spreadsheets do', () => {
  for (const [index, letters] of [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ] as const) {
    expect(columnLetters(index)).toBe(letters);
    expect(columnIndex(letters)).toBe(index);
  }
  expect(columnIndex('a1')).toBeNull();
});
