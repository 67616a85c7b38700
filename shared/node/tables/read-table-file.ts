import { readFile, stat } from 'node:fs/promises';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import type { Table } from '../../kernel/table.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import { readDelimited } from './read-delimited.ts';
import { readWorkbook } from './read-workbook.ts';
import { decodeText } from './text-encoding.ts';

/**
 * Reads a list as people have it: CSV with `;` `,` or tab, in UTF-8, UTF-16 or Windows-1252, or XLSX. What it is shows in
 * its bytes, never in its name. It is read in this thread, whatever it costs: see `readTable`. Refuses `file.missing`, `file.unreadable`, `table.unreadable`,
 * `table.quotes` {row}, `table.empty` and `table.tooLarge`.
 */
export async function readTableFile(path: string): Promise<Result<Table>> {
  const read = await readBytes(path);
  if (!read.ok) return read;
  const bytes = read.value;
  if (bytes.length === 0) return refuse('table.empty');
  const records = isZip(bytes) ? await readWorkbook(bytes) : readText(bytes);
  if (!records.ok) return records;
  const rows = records.value
    .map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => cell.normalize('NFC').trim()) }))
    .filter(({ cells }) => cells.some((cell) => !ONLY_DELIMITERS.test(cell)));
  const [header, ...others] = rows;
  if (!header) return refuse('table.empty');
  const tooLarge =
    records.value.length > TABLE_LIMITS.rows + 1 ||
    rows.some(({ cells }) => cells.length > TABLE_LIMITS.columns || cells.some((cell) => cell.length > TABLE_LIMITS.cell));
  return tooLarge
    ? refuse('table.tooLarge', { rows: TABLE_LIMITS.rows, columns: TABLE_LIMITS.columns })
    : ok({ header: header.cells, headerRow: header.row, rows: others });
}

// A list of nothing but `;;;` has no row that tells its delimiter.
const ONLY_DELIMITERS = /^[;,\t]*$/;

async function readBytes(path: string): Promise<Result<Buffer>> {
  try {
    const file = await stat(path);
    if (!file.isFile()) return refuse('file.unreadable');
    if (file.size > TABLE_LIMITS.bytes) return refuse('table.tooLarge', { rows: TABLE_LIMITS.rows, columns: TABLE_LIMITS.columns });
    return ok(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
}

function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function readText(bytes: Buffer): Result<string[][]> {
  const text = decodeText(bytes);
  return text === null ? refuse('table.unreadable') : readDelimited(text);
}
