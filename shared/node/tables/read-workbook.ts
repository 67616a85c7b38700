import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import { unzipCapped, zipStored } from './zip-entries.ts';

const UNPACKED = { entries: 2_000, bytes: 100 * 1024 * 1024 };

/**
 * The rows of an XLSX workbook's first sheet that holds something; blank rows in between are kept, dates come as
 * `YYYY-MM-DD` (with ` HH:MM` where they have a time), a formula as the value last computed. Refuses `table.unreadable`
 * (no workbook, damaged, encrypted, a bomb) and `table.tooLarge`.
 */
export async function readWorkbook(bytes: Buffer): Promise<Result<string[][]>> {
  const parts = unzipCapped(bytes, (name) => /\.xml(\.rels)?$/i.test(name), UNPACKED);
  if (!parts?.some((entry) => entry.name.startsWith('xl/worksheets/'))) return refuse('table.unreadable');
  // No program writes such tags, and the library takes the square of their length.
  if (parts.some((part) => hasLongTag(part.bytes))) return refuse('table.unreadable');
  // The library fills gaps between cells, so that one cell at XFD1048576 would cost gigabytes: look before it does.
  for (const sheet of parts) {
    if (sheet.name.startsWith('xl/worksheets/') && farthestCellIsTooFar(Buffer.from(sheet.bytes).toString('latin1'))) {
      return refuse('table.tooLarge', { rows: TABLE_LIMITS.rows, columns: TABLE_LIMITS.columns });
    }
  }
  const { default: readXlsxFile } = await import('read-excel-file/universal');
  try {
    // The library would unpack everything, pictures too, once more: it is given only what was judged, and plain.
    const read = await readXlsxFile(zipStored(parts), { trim: false });
    const filled = read.find((sheet) => sheet.data.some((row) => row.some((cell) => cell !== null)));
    return ok((filled?.data ?? []).map((row) => row.map(cellText)));
  } catch {
    return refuse('table.unreadable');
  }
}

const LONGEST_TAG = 64 * 1024;

function hasLongTag(xml: Uint8Array): boolean {
  for (let open = xml.indexOf(LESS); open >= 0;) {
    const close = xml.indexOf(GREATER, open);
    if ((close < 0 ? xml.length : close) - open > LONGEST_TAG) return !isText(xml, open);
    if (close < 0) return false;
    open = xml.indexOf(LESS, close);
  }
  return false;
}

const [LESS, GREATER] = [0x3c, 0x3e];

/** What may be long between such signs: a comment, or text that is passed over as it is. */
function isText(xml: Uint8Array, open: number): boolean {
  return xml[open + 1] === 0x21;
}

function farthestCellIsTooFar(xml: string): boolean {
  for (const match of xml.matchAll(/<(?:\w+:)?(c|row)\b[^<>]*?\br="([A-Z]{0,3})(\d{1,7})"/g)) {
    const column = columnNumber(match[2]!);
    // An empty row far below is only formatting; a cell there is content.
    if (column > TABLE_LIMITS.columns || (match[1] === 'c' && Number(match[3]) > TABLE_LIMITS.rows + 1)) return true;
  }
  return false;
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = 26 * number + letters.charCodeAt(i) - 64;
  return number;
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) {
    // A spreadsheet's time is a fraction of a day: to the nearest minute, or 09:30 reads as 09:29.
    const iso = new Date(Math.round(cell.getTime() / 60_000) * 60_000).toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
  }
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
