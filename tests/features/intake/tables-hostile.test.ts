import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSource, sourceReader, type SourceReader } from '../../../shared/node/tables/read-source.ts';
import { unzipCapped, zipStored } from '../../../shared/node/tables/zip-entries.ts';
import { zip } from '../../support/lists/zip.ts';

/** Files that were made to cost much: each ends in a refusal, and whoever asked goes on answering in the meantime. */
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-hostile-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
async function codeOf(bytes: Buffer, read: SourceReader = readSource): Promise<string> {
  const file = path.join(folder, `${files++}.xlsx`);
  writeFileSync(file, bytes);
  const source = await read(file);
  return source.ok ? `${source.value.sheets[0]!.rows.length - 1} rows` : source.refusal.code;
}

const text = (content: string): Buffer => Buffer.from(content);
const cell = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const sheetOf = (rows: string): string =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SHEET = 'xl/worksheets/sheet1.xml';
const good = sheetOf(`<row r="1">${cell('A1', 'Nom')}</row><row r="2">${cell('A2', 'DIOP')}</row>`);

function bookOf(sheet: string, ...more: readonly (readonly [string, Buffer])[]): (readonly [string, Buffer])[] {
  return [
    [
      '[Content_Types].xml',
      text(
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
    ],
    [
      'xl/workbook.xml',
      text(
        `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      text(
        `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
    ],
    [SHEET, text(sheet)],
    ...more,
  ];
}

describe('an archive', () => {
  it('is read with its pictures, which are not unpacked', async () => {
    expect(await codeOf(zip(bookOf(good, ['xl/media/image1.png', Buffer.alloc(1 << 20)])))).toBe('1 rows');
    const parts = unzipCapped(zip(bookOf(good, ['xl/media/image1.png', text('x')])), (name) => name === SHEET, {
      entries: 9,
      bytes: 9_999,
    });
    expect(parts?.map(({ name }) => name)).toEqual([SHEET]);
    const again = unzipCapped(Buffer.from(zipStored(parts!)), () => true, { entries: 1, bytes: 9_999 });
    expect(again?.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([[SHEET, good]]);
  });

  it('is judged by all its parts before any is unpacked, whatever they are called', async () => {
    // Neither is too large by itself.
    const half = Buffer.alloc(51 << 20);
    expect(await codeOf(zip(bookOf(good, ['xl/media/image1.png', half], ['xl/sharedStrings.xml', half])))).toBe('table.unreadable');
    const asked: string[] = [];
    const wanted = (name: string): boolean => (asked.push(name), true);
    expect(
      unzipCapped(
        zip([
          ['a', text('x')],
          ['b', half],
        ]),
        wanted,
        { entries: 9, bytes: 51 << 20 },
      ),
    ).toBe(null);
    expect(asked).toEqual([]);
  });

  it('unpacks to what it says or not at all, names a part once, and has so many parts at most', () => {
    const caps = { entries: 3, bytes: 1 << 20 };
    expect(unzipCapped(zip([['a', Buffer.alloc(5_000)]], 4_999), () => true, caps)).toBe(null);
    expect(unzipCapped(zip([['a', Buffer.alloc(5_000)]], 5_001), () => true, caps)).toBe(null);
    expect(unzipCapped(zip([['a', Buffer.alloc(0)]]), () => true, caps)).toHaveLength(1);
    expect(
      unzipCapped(
        zip([
          [SHEET, text(good)],
          [SHEET.toUpperCase(), text('x')],
        ]),
        () => true,
        caps,
      ),
    ).toBe(null);
    expect(unzipCapped(zip(['a', 'b', 'c', 'd'].map((name) => [name, text('x')] as const)), () => true, caps)).toBe(null);
  });
});

describe('a sheet', () => {
  it('with a tag of millions of attributes, closed or not, is refused before it is parsed', async () => {
    const attributes = 'a="b" '.repeat(3_000_000);
    for (const rows of [`<row r="1"><c ${attributes}`, `<row r="1"><c ${attributes}/></row>`]) {
      expect(await codeOf(zip(bookOf(sheetOf(rows))))).toBe('table.unreadable');
    }
    const note = `<!-- ${'long '.repeat(50_000)} -->`;
    expect(await codeOf(zip(bookOf(good.replace('<sheetData>', `${note}<sheetData>`))))).toBe('1 rows');
  });

  it('with a million cells, or entities within entities, holds nobody up', { timeout: 120_000 }, async () => {
    let turns = 0;
    const beat = setInterval(() => turns++, 5);
    const many = `<row>${'<c><v>1</v></c>'.repeat(60)}</row>`.repeat(20_000);
    expect(await codeOf(zip(bookOf(sheetOf(many))))).toBe('19999 rows');
    clearInterval(beat);
    expect(turns).toBeGreaterThan(20);
    const names = 'abcdefgh';
    const entities = [...names].map((name, i) => `<!ENTITY ${name} "${i === 0 ? 'A'.repeat(1_000) : `&${names[i - 1]};`.repeat(20)}">`);
    const laughs = good.replace('?>', `?><!DOCTYPE x [${entities.join('')}]>`).replace('DIOP', '&h;');
    expect(await codeOf(zip(bookOf(laughs)))).toMatch(/^(1 rows|table\.(tooLarge|tooCostly|unreadable))$/);
    expect(await codeOf(zip(bookOf(good)))).toBe('1 rows');
  });

  it('that takes longer than a list may is refused (memory: tests/sync/pushes/push-decoding)', async () => {
    // Each takes a hundred times as long.
    const impatient = sourceReader({ time: 1, memory: {} });
    const book = sheetOf(`<row>${'<c><v>1</v></c>'.repeat(20)}</row>`.repeat(20_000));
    expect(await codeOf(zip(bookOf(book)), impatient)).toBe('table.tooCostly');
    // A text that was pasted is read there, too.
    const pasted = `Nom\tPays\n${'DIOP\tMali\n'.repeat(200_000)}`;
    expect(await impatient({ text: pasted })).toMatchObject({ refusal: { code: 'table.tooCostly' } });
  });
});
