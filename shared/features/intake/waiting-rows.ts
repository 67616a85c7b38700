import type { RejectedRow } from '../../contract/shapes.ts';
import { placeKey } from './row-places.ts';
import type { Decision, PlannedRow, RowAsk } from './shapes.ts';

/** Whether a row holds the import up, with all that it says or a part of it. */
export function waits({ does, asks }: Pick<PlannedRow, 'does' | 'asks'>): boolean {
  return does === 'ask' || asks.length > 0;
}

/** Those of `takes` that settle something: where a cell is not understood, who the row is is no question, and nothing is decided of headings. */
export function takesOf<T extends Decision['take']>(
  row: Pick<PlannedRow, 'does' | 'asks' | 'headings'>,
  takes: readonly T[],
): readonly T[] {
  if (row.headings === true) return [];
  return waits(row) && row.asks.every(({ about }) => about === 'value') ? takes.filter((take) => take === 'leave') : takes;
}

/** Returns the ask of a row about which somebody has to decide. */
export function askOfRow({ field, code }: Pick<RejectedRow, 'field' | 'code'>): RowAsk {
  return { field, code, about: 'row', text: '', answer: null };
}

/** Returns the rows of a plan that stand for headings at fault, one for each row of headings. */
export function headingRows(faults: readonly RejectedRow[]): PlannedRow[] {
  const rows = new Map<string, RejectedRow[]>();
  for (const fault of faults) rows.set(placeKey(fault), [...(rows.get(placeKey(fault)) ?? []), fault]);
  return [...rows.values()].map((here): PlannedRow => {
    const { sheet, row, code } = here[0]!;
    return {
      ...{ sheet, row, name: here.flatMap(({ field }) => (field === '' ? [] : [field])).join(', '), does: 'ask', why: code },
      ...{ personId: null, candidates: [], changes: [], headings: true },
      asks: here.map(({ field, code: reason }) => ({ field, code: reason, about: 'value', text: '', answer: null })),
    };
  });
}
