import { afterAll, describe, expect, it } from 'vitest';
import { formatOf, shownNumber } from '../../../shared/node/tables/number-format.ts';
import { cellsOf, sourceFiles } from '../../support/sources.ts';
import { textRow, workbookOf, workbookParts } from '../../support/lists/workbook.ts';
import { zip } from '../../support/lists/zip.ts';

const { read, cells, codeOf, close } = sourceFiles();
afterAll(close);

const list = textRow(1, ['Nom', 'Pays']) + textRow(2, ['DIOP', 'Sénégal']);

describe('the sheets of a workbook', () => {
  it('are all read, in order, with their names and what is hidden', async () => {
    const source = await read(
      workbookOf({
        sheets: [
          { name: 'Modèle', state: 'hidden', rows: textRow(1, ['Nom']) },
          { name: 'Listes', state: 'veryHidden', rows: textRow(1, ['Bénin']) },
          { name: 'Jour 1 &amp; 2', rows: list },
          { name: 'Jour 3', rows: list },
          { name: 'vide', rows: '' },
        ],
      }),
    );
    expect(source).toMatchObject({ format: 'xlsx', encoding: null });
    expect(source.sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
      ['Modèle', true, 1],
      ['Listes', true, 1],
      ['Jour 1 & 2', false, 2],
      ['Jour 3', false, 2],
      ['vide', false, 0],
    ]);
  });

  it('say which rows and columns are hidden, by hand or by a filter', async () => {
    const source = await read(
      workbookOf({
        sheets: [
          {
            name: 'A',
            before:
              '<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1" width="0"/><col min="5" max="16384" hidden="true"/></cols>',
            rows:
              textRow(1, ['Nom', 'Âge', 'Sexe', 'Pays']) +
              textRow(2, ['DIOP', '', 'F', 'SN'], ' hidden="1"') +
              textRow(3, ['FALL', '41', '', 'SN', 'x']) +
              textRow(5, ['SY', '', '', ''], ' hidden="true"'),
            after: '<autoFilter ref="A1:D5"/>',
          },
        ],
      }),
    );
    expect(source.sheets[0]!.rows.map(({ row, hidden, hiddenCells }) => [row, hidden, hiddenCells])).toEqual([
      [1, false, [1, 2]],
      [2, true, [1, 2]],
      [3, false, [1, 2, 4]],
      [5, true, []],
    ]);
  });

  it('spread merged cells over what they cover, and say where', async () => {
    const source = await read(
      workbookOf({
        sheets: [
          {
            name: 'A',
            rows:
              textRow(1, ['Atelier de Lomé']) +
              textRow(2, ['Pays', 'Nom', 'Matin']) +
              textRow(3, ['Bénin', 'ADJOVI', 'P']) +
              textRow(4, ['', 'DOSSOU']) +
              textRow(6, ['', 'HOUNKPE', 'A']),
            after: '<mergeCells count="3"><mergeCell ref="A1:XFD1"/><mergeCell ref="A3:A9"/><mergeCell ref="C3:C4"/></mergeCells>',
          },
        ],
      }),
    );
    expect(source.sheets[0]!.rows.map(({ row, cells: texts, spread }) => [row, texts, spread])).toEqual([
      [1, ['Atelier de Lomé', 'Atelier de Lomé', 'Atelier de Lomé'], [1, 2]],
      [2, ['Pays', 'Nom', 'Matin'], []],
      [3, ['Bénin', 'ADJOVI', 'P'], []],
      [4, ['Bénin', 'DOSSOU', 'P'], [0, 2]],
      [6, ['Bénin', 'HOUNKPE', 'A'], [0]],
    ]);
  });

  it('that are formatted to the end hold no more than what is written in them', async () => {
    const rows =
      list.replace('</row>', '<c r="XFD1" s="0"/></row>') +
      '<row r="1048576" s="1" customFormat="1"><c r="A1048576" s="0"/><c r="XFD1048576" t="s"/></row>';
    expect((await read(workbookOf({ sheets: [{ name: 'A', rows }] }))).sheets[0]!.rows).toHaveLength(2);
    const blanks = rows.replace('t="s"/>', 't="inlineStr"><is><t xml:space="preserve">  </t></is></c>');
    expect((await read(workbookOf({ sheets: [{ name: 'A', rows: blanks }] }))).sheets[0]!.rows).toHaveLength(2);
  });

  it('of charts hold no cells; one that is missing spoils the file', async () => {
    const parts = workbookParts({
      sheets: [
        { name: 'Graphique', rows: '' },
        { name: 'A', rows: list },
      ],
    });
    const asChart = parts.map(([name, bytes]): [string, Buffer] =>
      name.endsWith('workbook.xml.rels') ? [name, Buffer.from(bytes.toString().replace('/worksheet"', '/chartsheet"'))] : [name, bytes],
    );
    expect((await read(zip(asChart))).sheets.map(({ name }) => name)).toEqual(['A']);
    expect(await codeOf(zip(parts.filter(([name]) => name !== 'xl/worksheets/sheet2.xml')))).toBe('table.unreadable');
  });

  it('of the strict standard, with prefixes, with paths of other writers, and without numbers on cells are read alike', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>Nom</t></is></c><c t="inlineStr"><is><t>Pays</t></is></c></row><row><c t="inlineStr"><is><t>DIOP</t></is></c></row>';
    const wanted = [['Nom', 'Pays'], ['DIOP']];
    expect(await cells(workbookOf({ sheets: [{ name: 'A', rows }], strict: true }))).toEqual(wanted);
    const parts = workbookParts({ sheets: [{ name: 'A', rows }] });
    const prefixed = parts.map(([name, bytes]): [string, Buffer] => [
      name,
      name.startsWith('xl/worksheets')
        ? Buffer.from(
            bytes
              .toString()
              .replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:')
              .replace('xmlns=', 'xmlns:x='),
          )
        : bytes,
    ]);
    expect(await cells(zip(prefixed))).toEqual(wanted);
    const other = parts.map(([name, bytes]): [string, Buffer] => [
      name.replaceAll('/', '\\').replace('sheet1', 'Sheet1'),
      name.endsWith('workbook.xml.rels') ? Buffer.from(bytes.toString().replace('"worksheets/', '"/xl/worksheets/')) : bytes,
    ]);
    expect(await cells(zip(other))).toEqual(wanted);
  });
});

describe('a cell of a workbook', () => {
  const one = async (cell: string, more: object = {}) =>
    (await cells(workbookOf({ sheets: [{ name: 'A', rows: `<row r="1">${cell}</row>` }], ...more })))[0]![0];

  it('holds the text of its runs, and not how they are pronounced', async () => {
    const strings =
      '<si><r><rPr><b/></rPr><t xml:space="preserve">KONÉ </t></r><r><t>Aïssata</t></r></si>' +
      '<si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si><si><t>a_x000D_\nb_x00e9_</t></si>';
    expect(await one('<c r="A1" t="s"><v>0</v></c>', { strings })).toBe('KONÉ Aïssata');
    expect(await one('<c r="A1" t="s"><v>1</v></c>', { strings })).toBe('山田');
    expect(await one('<c r="A1" t="s"><v>2</v></c>', { strings })).toBe('a bé');
    expect(await one('<c r="A1" t="inlineStr"><is><r><t>KO</t></r><r><t>NÉ</t></r><rPh><t>x</t></rPh></is></c>')).toBe('KONÉ');
  });

  it('is what its formula last gave; an error says nothing', async () => {
    expect(await one('<c r="A1" t="str"><f>A2&amp;" x"</f><v>DIOP x</v></c>')).toBe('DIOP x');
    expect(await one('<c r="A1"><f>1+1</f><v>2</v></c>')).toBe('2');
    expect(await one('<c r="A1" t="b"><v>1</v></c>')).toBe('true');
    const error = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="str"><v>x</v></c></row>';
    expect(await cells(workbookOf({ sheets: [{ name: 'A', rows: error }] }))).toEqual([['', 'x']]);
  });

  it('shows dates, times, shares and numbers with leading zeros as a spreadsheet does', async () => {
    const formats = [
      'dd/mm/yyyy',
      'd mmm yyyy h:mm',
      'h:mm AM/PM',
      14,
      '000',
      '0.0%',
      '"TG-"000',
      '00 00 00 00 00',
      '[h]:mm:ss',
      '#,##0.00',
      'yyyy-mm-dd hh:mm:ss',
      '[$-40C]d mmmm;@',
      '0.00E+00',
    ];
    const shown: [number, number, string][] = [
      [1, 46083, '2026-03-02'],
      [1, 46083.75, '2026-03-02'],
      [2, 46083.3958333333, '2026-03-02 09:30'],
      [3, 0.3958333333, '09:30'],
      [3, 0, '00:00'],
      [4, 46083, '2026-03-02'],
      [5, 1, '001'],
      [5, 1234, '1234'],
      [5, 1.5, '1.5'],
      [6, 0.8525, '85.3%'],
      [7, 7, 'TG-007'],
      [8, 612345678, '06 12 34 56 78'],
      [9, 1.25, '30:00'],
      [9, 0.0001, '00:00:09'],
      [10, 1234.5, '1234.5'],
      [11, 46083.00002, '2026-03-02 00:00:02'],
      [12, 46083, '2026-03-02'],
      [13, 1e21, '1e+21'],
      [0, 0.30000000000000004, '0.3'],
      [0, 221771234567, '221771234567'],
      [1, 59, '1900-02-28'],
      [1, 61, '1900-03-01'],
      [1, -1, '-1'],
    ];
    for (const [style, value, wanted] of shown) {
      expect(await one(`<c r="A1" s="${style}"><v>${value}</v></c>`, { formats }), `${style} ${value}`).toBe(wanted);
    }
    expect(await one('<c r="A1" s="1"><v>44621</v></c>', { formats, from1904: true })).toBe('2026-03-02');
    expect(await one('<c r="A1" t="d"><v>2026-03-02T09:30:00</v></c>')).toBe('2026-03-02 09:30');
    expect(await one('<c r="A1" t="d"><v>2026-03-02</v></c>')).toBe('2026-03-02');
  });

  it('has a format only where its code says one', () => {
    for (const code of ['General', 'Standard', '@', '', '0', '#', '0.00', '# ##0', '_-* #,##0_-', '[Red]0'])
      expect(formatOf(code), code).toEqual({ kind: 'plain' });
    for (const code of ['mm:ss', 'jj/mm/aaaa', 'TT.MM.JJJJ', 'mmm yy', '[$-F800]dddd, mmmm dd, yyyy'])
      expect(formatOf(code).kind, code).toBe('time');
    expect(shownNumber(Number.NaN, formatOf('0'))).toBe('');
  });
});

describe('a workbook that is none', () => {
  it('is refused', async () => {
    expect(await codeOf(zip([['xl/worksheets/sheet1.xml', Buffer.from('<worksheet/>')]]))).toBe('table.unreadable');
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: '<row r="1"/>' }] }))).toBe('table.empty');
    const deep = '<a>'.repeat(1_000);
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: deep }] }))).toBe('table.unreadable');
  });

  it('is too large where it holds more than a list may, wherever that stands', async () => {
    const far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: far }] }))).toBe('table.tooLarge');
    const many = Array.from({ length: 20_002 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c></row>`);
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: many.join('') }] }))).toBe('table.tooLarge');
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: many.slice(1).join('') }] }))).toBe('ok');
    const overlapping = `<mergeCells>${'<mergeCell ref="A2:B1048576"/>'.repeat(2_000)}</mergeCells>`;
    expect(await codeOf(workbookOf({ sheets: [{ name: 'A', rows: many.slice(1).join(''), after: overlapping }] }))).toBe('table.tooLarge');
  });

  it('has names that tell its sheets apart', async () => {
    const source = await read(workbookOf({ sheets: ['A', 'A', 'A (2)'].map((name) => ({ name, rows: list })) }));
    expect(source.sheets.map(({ name }) => name)).toEqual(['A', 'A (2)', 'A (2) (2)']);
    expect(cellsOf(source.sheets[2]!)).toEqual(cellsOf(source.sheets[0]!));
  });
});
