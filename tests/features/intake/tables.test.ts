import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { encoded, ENCODINGS } from '../../support/lists/encodings.ts';
import { readTable, type Table } from '../../support/lists/tables.ts';
import { zip } from '../../support/lists/zip.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileOf(bytes: Uint8Array | string, name = 'list.csv'): string {
  const file = path.join(folder, `${files++}-${name}`);
  writeFileSync(file, bytes);
  return file;
}

async function read(bytes: Uint8Array | string): Promise<Table> {
  const table = await readTable(fileOf(bytes));
  if (!table.ok) throw new Error(table.refusal.code);
  return table.value;
}

async function codeOf(bytes: Uint8Array | string, name?: string): Promise<string> {
  const table = await readTable(fileOf(bytes, name));
  return table.ok ? 'ok' : table.refusal.code;
}

describe('delimited text', () => {
  const records = [
    ['Nom', 'Prénom', 'Institution'],
    ['N’GUESSAN', 'Aïssata', 'Cour d’appel, Abidjan; chambre 2'],
    ['MAÏGA', 'Œdipe', 'Pôle "cyber"\nNiamey'],
    ['', '', ''],
    ['KONÉ', 'Zoë', ''],
  ];
  for (const encoding of ENCODINGS) {
    for (const delimiter of [';', ',', '\t']) {
      for (const lineEnd of ['\n', '\r\n']) {
        it(`${encoding}, ${JSON.stringify(delimiter)}, ${JSON.stringify(lineEnd)}`, async () => {
          const quoted = (cell: string) => (/["\n;,\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
          const text = records.map((cells) => cells.map(quoted).join(delimiter)).join(lineEnd) + lineEnd;
          const table = await read(encoded(text, encoding));
          expect(table.header).toEqual(records[0]);
          expect(table.headerRow).toBe(1);
          // The quoted line end is part of row 3; the blank row counts.
          expect(table.rows).toEqual([
            { row: 2, cells: records[1] },
            { row: 3, cells: ['MAÏGA', 'Œdipe', 'Pôle "cyber" Niamey'] },
            { row: 5, cells: records[4] },
          ]);
        });
      }
    }
  }

  it('takes Excel’s own first line for what it is', async () => {
    const table = await read('sep=;\r\na,b;c\r\n1,5;2\r\n');
    expect(table).toEqual({ header: ['a,b', 'c'], headerRow: 1, rows: [{ row: 2, cells: ['1,5', '2'] }] });
  });

  it('is not misled by commas inside cells of a semicolon list', async () => {
    const table = await read('Nom;Institution\nDIOP;Parquet, Dakar, Plateau\nFALL;Tribunal, Thiès, Nord\nBA;Cour, Saint-Louis, Sud\n');
    expect(table.header).toEqual(['Nom', 'Institution']);
  });

  it('reads a list of one column, and a last line without an end', async () => {
    expect((await read('Nom\nDIOP\nFALL')).rows.map(({ cells }) => cells)).toEqual([['DIOP'], ['FALL']]);
  });

  it('reads a list whose lines end in several ways', async () => {
    expect((await read('a,b\r\n1,2\n3,4\r5,6\r\n')).rows.map(({ cells }) => cells.join(''))).toEqual(['12', '34', '56']);
  });

  it('composes decomposed accents and trims blanks that cannot be seen', async () => {
    expect((await read('Nom\n\u00a0KONE\u0301 \n')).rows[0]!.cells).toEqual(['KON\u00c9']);
  });
});

describe('workbooks', () => {
  it('reads text, numbers, dates, truth values and blank rows of the first sheet that holds something', async () => {
    const file = path.join(folder, 'book.xlsx');
    const written = writeXlsxFile(
      [
        { data: [[null]], sheet: 'Page de garde' },
        {
          sheet: 'Liste',
          data: [
            [{ value: 'Nom' }, { value: 'Nº' }, { value: 'Né le' }, { value: 'Vu à' }],
            [null, null, null, null],
            [
              { value: 'N’GUESSAN\nAkissi' },
              { value: 7, type: Number },
              { value: new Date('1980-02-29T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
              { value: new Date('2021-07-12T09:30:00Z'), type: Date, format: 'dd/mm/yyyy hh:mm' },
            ],
            [{ value: '=1+1' }, { value: 0.5, type: Number }, { value: true, type: Boolean }, null],
          ],
        },
      ],
      {},
    );
    await written.toFile(file);
    const table = await readTable(file);
    expect(table).toEqual({
      ok: true,
      value: {
        header: ['Nom', 'Nº', 'Né le', 'Vu à'],
        headerRow: 1,
        rows: [
          { row: 3, cells: ['N’GUESSAN Akissi', '7', '1980-02-29', '2021-07-12 09:30'] },
          { row: 4, cells: ['=1+1', '0.5', 'true'] },
        ],
      },
    });
  });

  it('refuses a bomb, whatever size it states', async () => {
    const bomb = Buffer.alloc(150 * 1024 * 1024, 0x20);
    expect(await codeOf(zip([['xl/worksheets/sheet1.xml', bomb]], 100))).toBe('table.unreadable');
  });

  it('refuses an archive that is no workbook, a cut one, and an old binary workbook', async () => {
    const archive = zip([['readme.txt', Buffer.from('hello')]]);
    expect(await codeOf(archive)).toBe('table.unreadable');
    expect(await codeOf(archive.subarray(0, archive.length - 10))).toBe('table.unreadable');
    expect(await codeOf(Buffer.from('d0cf11e0a1b11ae10000000000000000', 'hex'), 'list.xls')).toBe('table.unreadable');
  });
});

describe('what cannot be read', () => {
  it('is refused by a code', async () => {
    expect(await codeOf('')).toBe('table.empty');
    expect(await codeOf('\ufeff\r\n;;\r\n \r\n')).toBe('table.empty');
    expect(await codeOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'picture.csv')).toBe('table.unreadable');
    expect(await codeOf('%PDF-1.7\n\u0001\u0002')).toBe('table.unreadable');
    expect((await readTable(path.join(folder, 'nothing.csv'))).ok).toBe(false);
    expect(await readTable(path.join(folder, 'nothing.csv'))).toMatchObject({ refusal: { code: 'file.missing' } });
    expect(await readTable(folder)).toMatchObject({ refusal: { code: 'file.unreadable' } });
  });

  it('has caps on rows, columns, cells and bytes', async () => {
    expect(await codeOf(`Nom\n${'x\n'.repeat(20_001)}`)).toBe('table.tooLarge');
    expect(await codeOf(`Nom\n${'x\n'.repeat(19_999)}`)).toBe('ok');
    expect(await codeOf(`${'a,'.repeat(1_000)}b\n`)).toBe('table.tooLarge');
    expect(await codeOf(`Nom\n${'x'.repeat(20_001)}\n`)).toBe('table.tooLarge');
    expect(await codeOf(Buffer.alloc(21 * 1024 * 1024, 0x61))).toBe('table.tooLarge');
  });
});
