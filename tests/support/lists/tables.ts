import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { readSource } from '../../../shared/node/tables/read-source.ts';

/** The first visible sheet of a file that holds something, its first row apart. */
export interface Table {
  readonly header: readonly string[];
  readonly headerRow: number;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** Reads a file as one table. Refuses what `readSource` refuses, and `table.empty`. */
export async function readTable(path: string): Promise<Result<Table>> {
  const source = await readSource(path);
  if (!source.ok) return source;
  const sheet = source.value.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0);
  const [header, ...others] = sheet?.rows ?? [];
  if (!header) return refuse('table.empty');
  return ok({ header: header.cells, headerRow: header.row, rows: others.map(({ row, cells }) => ({ row, cells })) });
}
