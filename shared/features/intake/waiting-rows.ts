import type { RejectedRow } from '../../contract/shapes.ts';
import { placeKey } from './row-places.ts';
import { LONGEST_ANSWER_KEY, type Decision, type PlannedRow, type RowAsk } from './shapes.ts';

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

/** Returns a question where an answer can be kept under its key, else null: cut short the key would stand for other texts as well. */
export function keptWhole(asked: NonNullable<RowAsk['answer']>): RowAsk['answer'] {
  return asked.key.length > LONGEST_ANSWER_KEY ? null : asked;
}

/** Parts what holds a row up into what is asked at the row, each question once, and what waits for an answer to one of the file's questions, which are asked over all rows. */
export function asksAtRow(
  asks: readonly RowAsk[],
  questions: ReadonlySet<string>,
): { readonly here: readonly RowAsk[]; readonly above: boolean } {
  const keys = new Set<string>();
  const here = asks.filter(({ answer }) => {
    if (answer === null || questions.has(answer.key) || keys.has(answer.key)) return false;
    keys.add(answer.key);
    return true;
  });
  return { here, above: asks.some(({ answer }) => answer !== null && questions.has(answer.key)) };
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
