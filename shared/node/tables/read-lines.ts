import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { SourceRefusal } from '../../kernel/source.ts';
import { readBytes, isZip } from './read-source-file.ts';
import { readSource } from './read-source.ts';
import { decodeBytes } from './text-encoding.ts';

/** The largest file that is read as lines of text, in bytes. */
const LARGEST = 2 * 1024 * 1024;

/**
 * The lines of a text file; of a workbook its visible rows, with tabs between the cells. A row keeps its number as the number of its line. Refuses as `readSource`.
 */
export async function readLines(path: string): Promise<Result<string, SourceRefusal>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return refuse('table.empty');
  if (!isZip(bytes.value)) {
    if (bytes.value.length > LARGEST) return refuse('table.tooLarge');
    const decoded = decodeBytes(bytes.value, {});
    return decoded === null ? refuse('table.unreadable') : ok(decoded.text);
  }
  const source = await readSource(path);
  if (!source.ok) return source;
  const sheet = source.value.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0);
  if (!sheet) return refuse('table.empty');
  const lines: string[] = [];
  for (const { row, hidden, cells } of sheet.rows)
    if (!hidden)
      lines[row - 1] = cells
        .map((cell) => cell.replace(/\s+/gu, ' '))
        .join('\t')
        .trimEnd();
  return ok(Array.from(lines, (line) => line ?? '').join('\n'));
}
