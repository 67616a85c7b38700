import type { RejectedRow, RowPlace } from '../../contract/shapes.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Decision } from './shapes.ts';

/** A remark on a row or on one of its cells, by whoever knows where the row stands. */
export type RowRemark = Pick<RejectedRow, 'field' | 'code'>;

/** The key of a row of a file: two sheets of one have rows of the same number. */
export function placeKey({ sheet, row }: RowPlace): string {
  return `${sheet}\n${row}`;
}

/** Returns a remark on a row with the place of the row. */
export function rejectedAt({ sheet, row }: RowPlace, { field, code }: RowRemark): RejectedRow {
  return { sheet, row, field, code };
}

/** Returns the places of rows, each once, in the order in which they first come. */
export function placesOf(rows: Iterable<RowPlace>): RowPlace[] {
  const places = new Map<string, RowPlace>();
  for (const one of rows) if (!places.has(placeKey(one))) places.set(placeKey(one), { sheet: one.sheet, row: one.row });
  return [...places.values()];
}

/** Returns rows in the order of their file, of which `sheets` are the names. */
export function inFileOrder<R extends RowPlace>(rows: Iterable<R>, sheets: readonly string[]): R[] {
  const order = new Map(sheets.map((name, at) => [name, at]));
  return [...rows].sort((a, b) => (order.get(a.sheet) ?? 0) - (order.get(b.sheet) ?? 0) || a.row - b.row);
}

/**
 * Returns the decisions by `placeKey` of the row that each is about. Refuses `intake.rowUnknown` for one about no row, and for one that names no sheet where several
 * have a row of that number: which is meant, nobody can tell.
 */
export function decisionsByPlace(
  rows: Iterable<RowPlace>,
  decisions: readonly Decision[] = [],
): Result<ReadonlyMap<string, Decision>, 'intake.rowUnknown'> {
  const decided = new Map<string, Decision>();
  if (decisions.length === 0) return ok(decided);
  const byNumber = new Map<number, Set<string>>();
  for (const { sheet, row } of rows) byNumber.set(row, (byNumber.get(row) ?? new Set()).add(sheet));
  for (const decision of decisions) {
    const sheets = [...(byNumber.get(decision.row) ?? [])].filter((name) => decision.sheet === undefined || decision.sheet === name);
    if (sheets.length !== 1) return refuse('intake.rowUnknown', { row: decision.row });
    decided.set(placeKey({ sheet: sheets[0]!, row: decision.row }), decision);
  }
  return ok(decided);
}
