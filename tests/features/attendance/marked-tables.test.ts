import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceFiles } from '../../support/sources.ts';
import { zip } from '../../support/lists/zip.ts';

const { read, codeOf, close } = sourceFiles();
afterAll(close);

const sheetsOf = async (bytes: Uint8Array | string) =>
  (await read(bytes)).sheets.map(({ name, hidden, rows }) => ({
    name,
    hidden,
    rows: rows.map(({ row, cells, spread, hidden: rowHidden, hiddenCells }) => [
      row,
      cells,
      spread,
      ...(rowHidden ? ['hidden'] : []),
      ...(hiddenCells.length > 0 ? [hiddenCells] : []),
    ]),
  }));

describe('a page that calls itself .xls', () => {
  it('is a sheet by its table, with what its cells span', async () => {
    const page = `<html><head><meta charset="utf-8"><style>td { color: red }</style></head><body><h1>Liste</h1>
      <table border=1><tr><th colspan=2>Participants</th><th>Pays</th>
      <tr><td>DIOP<td>Awa &amp; Marie<td rowspan=3>S&eacute;n&eacute;gal
      <tr><td>FALL</td><td>Ibra<br>Moussa</td></tr>
      <tr style="display:none"><td>SY</td><td><p>Ami<b>na</b></p><p>B</p><script>x()</script></td></tr></table></body></html>`;
    expect(await read(page)).toMatchObject({ format: 'html', encoding: { name: 'UTF-8', sure: true } });
    expect(await sheetsOf(page)).toEqual([
      {
        name: '',
        hidden: false,
        rows: [
          [1, ['Participants', 'Participants', 'Pays'], [1]],
          [2, ['DIOP', 'Awa & Marie', 'Sénégal'], []],
          [3, ['FALL', 'Ibra Moussa', 'Sénégal'], [2]],
          [4, ['SY', 'Amina B', 'Sénégal'], [2], 'hidden'],
        ],
      },
    ]);
  });

  it('has a sheet for each table that holds something, by its caption or its number', async () => {
    const page =
      '<table><tr><td><table><caption>Jour 1</caption><tr><td>a</td></tr></table></td></tr></table><table><tr><td>b</td></tr></table>' +
      '<table style="display: none"><colgroup><col hidden><col></colgroup><tr><td>c</td><td>d</td></tr></table>';
    expect(await sheetsOf(page)).toEqual([
      { name: 'Jour 1', hidden: false, rows: [[1, ['a'], []]] },
      { name: '2', hidden: false, rows: [[1, ['b'], []]] },
      { name: '3', hidden: true, rows: [[1, ['c', 'd'], [], [0]]] },
    ]);
  });

  it('is in the encoding that it says, if its bytes read so', async () => {
    const page = (charset: string, name: string): string =>
      `<html><meta http-equiv="Content-Type" content="text/html; charset=${charset}"><table><tr><td>${name}</td></tr></table>`;
    expect((await sheetsOf(iconv.encode(page('windows-1250', 'Kučera'), 'win1250')))[0]!.rows).toEqual([[1, ['Kučera'], []]]);
    expect((await sheetsOf(iconv.encode(page('utf-8', 'Hélène KONÉ Aïssata'), 'win1252')))[0]!.rows).toEqual([
      [1, ['Hélène KONÉ Aïssata'], []],
    ]);
  });

  it('that was made to cost much is refused, or costs little', async () => {
    expect(await codeOf(`<table>${'<div>'.repeat(100_000)}`)).toBe('table.unreadable');
    expect(await codeOf('<table><tr><td>x</td></tr>'.repeat(100_000))).toBe('table.unreadable');
    const spanning = '<td colspan="1000000000" rowspan="1000000000">x</td>';
    expect((await sheetsOf(`<table><tr>${spanning}</tr></table>`))[0]!.rows).toEqual([[1, ['x'], []]]);
    expect(await codeOf(`<table><tr>${spanning}</tr><tr><td>y</td></tr></table>`)).toBe('table.tooLarge');
    expect(await codeOf(`<table><tr>${'<td colspan=900>x'.repeat(2)}</table>`)).toBe('ok');
    expect(await codeOf(`<table>${'<tr><td>x'.repeat(20_002)}</table>`)).toBe('table.tooLarge');
    expect(await codeOf(`<table><tr>${'<td>x'.repeat(1_001)}</table>`)).toBe('table.tooLarge');
    expect(await codeOf('<table><tr><td>x</table>'.repeat(1_001))).toBe('table.tooLarge');
    expect(await codeOf('<html><body>Session expired</body></html>')).toBe('table.unreadable');
    expect(await codeOf('MIME-Version: 1.0\nContent-Type: multipart/related\n')).toBe('table.unreadable');
  });
});

describe('a workbook in the XML of Excel 2003', () => {
  const book = (sheets: string): string =>
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Styles><Style ss:ID="s1"><NumberFormat ss:Format="000"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Percent"/></Style></Styles>${sheets}</Workbook>`;
  const data = (type: string, value: string): string => `<Data ss:Type="${type}">${value}</Data>`;

  it('is read with its sheets, spans, indexes, formats and what is hidden', async () => {
    const xml = book(
      `<Worksheet ss:Name="Aide"><Table><Row><Cell>${data('String', 'x')}</Cell></Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
      <Worksheet ss:Name="Liste"><Table><Column/><Column ss:Hidden="1" ss:Span="1"/>
      <Row><Cell ss:MergeAcross="1">${data('String', 'Participants')}</Cell><Cell>${data('String', 'Pays')}</Cell></Row>
      <Row ss:Index="3"><Cell ss:StyleID="s1">${data('Number', '7')}<Comment><Data>remarque</Data></Comment></Cell><Cell ss:Index="3" ss:MergeDown="1">${data('String', 'Mali')}</Cell></Row>
      <Row ss:Hidden="1"><Cell>${data('DateTime', '2026-03-02T09:30:00.000')}</Cell><Cell ss:StyleID="s2">${data('Number', '0.85')}</Cell></Row>
      <Row><Cell>${data('DateTime', '2026-03-02T00:00:00.000')}</Cell><Cell>${data('Error', '#N/A')}</Cell><Cell>${data('Boolean', '1')}</Cell><Cell>${data('DateTime', '1899-12-31T08:15:00.000')}</Cell></Row>
      </Table></Worksheet>`,
    );
    expect(await read(xml)).toMatchObject({ format: 'spreadsheetXml' });
    expect(await sheetsOf(xml)).toEqual([
      { name: 'Aide', hidden: true, rows: [[1, ['x'], []]] },
      {
        name: 'Liste',
        hidden: false,
        rows: [
          [1, ['Participants', 'Participants', 'Pays'], [1], [1, 2]],
          [3, ['007', '', 'Mali'], [], [1, 2]],
          [4, ['2026-03-02 09:30', '85%', 'Mali'], [2], 'hidden', [1, 2]],
          [5, ['2026-03-02', '', 'true', '08:15'], [], [1, 2]],
        ],
      },
    ]);
  });

  it('that was made to cost much is refused, or costs little', async () => {
    const cell = `<Cell ss:Index="1000000000">${data('String', 'x')}</Cell>`;
    expect(await codeOf(book(`<Worksheet ss:Name="A"><Table><Row>${cell}</Row></Table></Worksheet>`))).toBe('table.tooLarge');
    const wide = `<Row ss:Index="900000" ss:Span="1000000000"><Cell ss:MergeAcross="1000000000" ss:MergeDown="1000000000">${data('String', 'x')}</Cell></Row>`;
    expect((await sheetsOf(book(`<Worksheet ss:Name="A"><Table>${wide}</Table></Worksheet>`)))[0]!.rows).toEqual([[900_000, ['x'], []]]);
  });
});

describe('an OpenDocument spreadsheet', () => {
  const content = (tables: string): string =>
    `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>
    <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;
  const ods = (tables: string): Buffer =>
    zip([
      ['mimetype', Buffer.from('application/vnd.oasis.opendocument.spreadsheet')],
      ['content.xml', Buffer.from(content(tables))],
    ]);
  const p = (text: string): string => `<text:p>${text}</text:p>`;
  const cell = (text: string, attributes = ''): string => `<table:table-cell${attributes}>${p(text)}</table:table-cell>`;
  const row = (cells: string, attributes = ''): string => `<table:table-row${attributes}>${cells}</table:table-row>`;
  const table = (rows: string): string => `<table:table table:name="A">${rows}</table:table>`;
  const blank = '<table:table-cell table:number-columns-repeated="16380"/>';

  it('is read with its sheets, spans, repeats and what is hidden', async () => {
    const list = `<table:table table:name="Liste"><table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>
      <table:table-header-rows>${row(cell('Participants', ' table:number-columns-spanned="2"') + '<table:covered-table-cell/>' + cell('Pays') + blank)}</table:table-header-rows>
      ${row(blank, ' table:number-rows-repeated="2"')}
      ${row(cell('DIOP') + cell('P', ' table:number-columns-repeated="2"') + cell('Mali', ' table:number-rows-spanned="2"'))}
      ${row(cell('FALL<text:s text:c="3"/>Awa<office:annotation><text:p>remarque</text:p></office:annotation>'), ' table:visibility="filter"')}
      ${row(cell('x'), ' table:number-rows-repeated="2"')}${row(blank, ' table:number-rows-repeated="1048569"')}</table:table>`;
    const file = ods(`<table:table table:name="Aide" table:style-name="ta2">${row(cell('x'))}</table:table>${list}`);
    expect(await read(file)).toMatchObject({ format: 'ods', encoding: null });
    expect(await sheetsOf(file)).toEqual([
      { name: 'Aide', hidden: true, rows: [[1, ['x'], []]] },
      {
        name: 'Liste',
        hidden: false,
        rows: [
          [1, ['Participants', 'Participants', 'Pays'], [1], [1, 2]],
          [4, ['DIOP', 'P', 'P', 'Mali'], [], [1, 2]],
          [5, ['FALL Awa', '', '', 'Mali'], [3], 'hidden', [1, 2]],
          [6, ['x'], []],
          [7, ['x'], []],
        ],
      },
    ]);
  });

  it('has dates and times by their value, and numbers as they are meant', async () => {
    const typed = (type: string, value: string, text: string): string =>
      cell(text, ` office:value-type="${type}" office:${type === 'float' || type === 'percentage' ? '' : `${type}-`}value="${value}"`);
    const cells = [
      typed('date', '2026-03-02', '02/03/26'),
      typed('date', '2026-03-02T09:30:00', '02/03/26 09:30'),
      typed('time', 'PT09H05M00S', '09:05'),
      typed('time', 'PT00H45M12S', '00:45:12'),
      typed('float', '7', '007'),
      typed('float', '1234.5', '1 234,5'),
      typed('percentage', '0.85', '85,0 %'),
      typed('boolean', 'true', 'VRAI'),
      cell('#N/D', ' office:value-type="string" calcext:value-type="error"'),
      cell('Cour<text:line-break/>d’appel', ' office:value-type="string"'),
      `<table:table-cell>${p('a')}${p('b')}</table:table-cell>`,
    ];
    expect((await sheetsOf(ods(table(row(cells.join(''))))))[0]!.rows).toEqual([
      [1, ['2026-03-02', '2026-03-02 09:30', '09:05', '00:45:12', '007', '1234.5', '85.0%', 'true', '', 'Cour d’appel', 'a b'], []],
    ]);
  });

  it('in one XML file is the same', async () => {
    const flat = content(table(row(cell('DIOP')))).replaceAll('document-content', 'document');
    expect(await read(flat)).toMatchObject({ format: 'ods', sheets: [{ name: 'A', rows: [{ cells: ['DIOP'] }] }] });
  });

  it('that was made to cost much is refused, or costs little', async () => {
    expect(await codeOf(ods(table(row(cell('x'), ' table:number-rows-repeated="1000000000"'))))).toBe('table.tooLarge');
    expect(await codeOf(ods(table(row(cell('x', ' table:number-columns-repeated="1000000000"')))))).toBe('table.tooLarge');
    expect(await codeOf(ods(table(row(cell('x'), ' table:number-rows-repeated="15000"').repeat(2))))).toBe('table.tooLarge');
    const far = row('<table:table-cell table:number-columns-repeated="1000000000"/>', ' table:number-rows-repeated="1000000000"');
    expect(
      await codeOf(ods(table(row(cell('x', ' table:number-rows-spanned="1000000000" table:number-columns-spanned="1000000000"')) + far))),
    ).toBe('ok');
    expect(await codeOf(ods(table(far + row(cell('x')))))).toBe('table.tooLarge');
    expect(await codeOf(ods('<a>'.repeat(300)))).toBe('table.unreadable');
    expect(await codeOf(zip([['content.xml', Buffer.from('encrypted')]]))).toBe('table.empty');
  });
});
