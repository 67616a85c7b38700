import { csvOf } from '../../../shared/kernel/csv.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import type { WrittenSheet } from '../../../shared/kernel/table.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { writeChosen } from './written-file.ts';

export interface WrittenTable {
  readonly path: string;
  readonly rows: number;
}

/**
 * Writes a table as XLSX, or its first sheet as CSV (the other sheets explain it). Refuses `file.notWritable`. `rows`: those under the headings of the first sheet.
 */
export async function writeTable(
  path: string,
  format: 'xlsx' | 'csv',
  language: Language,
  sheets: readonly [WrittenSheet, ...WrittenSheet[]],
): Promise<Result<WrittenTable, 'file.notWritable'>> {
  const [{ headings, rows }] = sheets;
  const bytes = format === 'xlsx' ? await workbookOf(sheets) : new TextEncoder().encode(csvOf([headings, ...rows], language));
  const written = await writeChosen(path, bytes);
  return written.ok ? ok({ path: written.value.path, rows: rows.length }) : written;
}

async function workbookOf(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const { writeWorkbook } = await import('../../../shared/node/tables/write-workbook.ts');
  return writeWorkbook(sheets);
}
