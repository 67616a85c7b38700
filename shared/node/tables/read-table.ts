import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import type { Table } from '../../kernel/table.ts';
import { readSource } from './read-source.ts';

/** Reads the first visible sheet of a file that holds something, its first row as the header. Refuses what `readSource` refuses. */
export async function readTable(path: string): Promise<Result<Table>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const sheet = source.value.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0);
  const [header, ...others] = sheet?.rows ?? [];
  if (!header) return refuse('table.empty');
  return ok({ header: header.cells, headerRow: header.row, rows: others.map(({ row, cells }) => ({ row, cells })) });
}
