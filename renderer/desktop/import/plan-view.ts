import type { z } from 'zod';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import type * as shapes from '../../../shared/features/intake/shapes.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { columnLetters } from '../../../shared/kernel/source.ts';

export type Understood = z.infer<typeof shapes.understood>;
export type Question = z.infer<typeof shapes.question>;
export type PlannedRow = z.infer<typeof shapes.plannedRow>;
export type Account = z.infer<typeof shapes.account>;
export type Options = shapes.IntakeOptions;
export type Decision = NonNullable<Options['decisions']>[number];
export type Take = Decision['take'];

/** What an import was understood as and would do; kinds of import that have no plan yet answer none of it. */
export interface Plan {
  readonly understood: Understood;
  readonly questions: readonly Question[];
  readonly rows: readonly PlannedRow[];
  readonly account: Account;
  /** Why nothing can be taken while nobody says what the columns hold. */
  readonly columnsUnknown: z.infer<typeof shapes.columnsUnknown>;
}

/** What every import answers; with a plan, where its kind makes one. */
export interface ImportAnswer extends Partial<Plan> {
  readonly applied: boolean;
  readonly rejected: readonly RejectedRow[];
  /** Taken, but worth a look. */
  readonly doubtful?: readonly RejectedRow[];
}

export const FILTERS = ['all', 'ask', 'new', 'change', 'same', 'leave', 'doubtful'] as const;
export type Filter = (typeof FILTERS)[number];

/** A row as it is shown: what the answer says of it, and what was decided by hand since. */
export interface ShownRow {
  readonly key: string;
  /** Where the file has it: the number of a row, the letters of a column where its sheets were turned. */
  readonly place: string;
  readonly planned: PlannedRow;
  readonly decision: Decision | undefined;
  readonly does: PlannedRow['does'];
  /** Reasons why it is worth a look, where it is taken all the same. */
  readonly doubts: readonly RejectedRow[];
}

export const keyOf = ({ sheet = '', row }: { readonly sheet?: string | undefined; readonly row: number }): string => `${sheet}\n${row}`;

/** The rows as the answer has them, before anything is decided by hand; `turned`: they are columns of the file. */
export function shownRows(rows: readonly PlannedRow[], doubtful: readonly RejectedRow[], turned = false): ShownRow[] {
  const doubts = new Map<number, RejectedRow[]>();
  for (const doubt of doubtful) {
    const others = doubts.get(doubt.row);
    if (others) others.push(doubt);
    else doubts.set(doubt.row, [doubt]);
  }
  return rows.map((planned) => ({
    key: keyOf(planned),
    place: turned ? columnLetters(planned.row - 1) : String(planned.row),
    planned,
    decision: undefined,
    does: planned.does,
    doubts: doubts.get(planned.row) ?? NO_DOUBTS,
  }));
}

const NO_DOUBTS: readonly RejectedRow[] = [];

/** The same with what was decided by hand, which stands before the answer that follows from it; the other rows stay the objects they are, so that they are not drawn anew. */
export function withDecisions(rows: readonly ShownRow[], decisions: ReadonlyMap<string, Decision>): readonly ShownRow[] {
  if (decisions.size === 0) return rows;
  return rows.map((row) => {
    const decision = decisions.get(row.key);
    return decision === undefined ? row : { ...row, decision, does: afterDecision(row.planned, decision) };
  });
}

function afterDecision({ does, personId }: PlannedRow, { take, personId: chosen }: Decision): PlannedRow['does'] {
  if (take !== 'same') return take;
  return does === 'change' && chosen === personId ? 'change' : 'same';
}

/** Whether a filter shows a row. What was decided stays among what is to decide, so that nothing moves away under the hand. */
export function passes({ does, decision, doubts }: ShownRow, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'doubtful') return doubts.length > 0;
  return does === filter || (filter === 'ask' && decision !== undefined);
}

/** How many rows there are of each kind. */
export function countsOf(rows: readonly ShownRow[]): Readonly<Record<Filter, number>> {
  const counts = { all: rows.length, ask: 0, new: 0, change: 0, same: 0, leave: 0, doubtful: 0 };
  for (const { does, doubts } of rows) {
    counts[does]++;
    if (doubts.length > 0) counts.doubtful++;
  }
  return counts;
}

/** The decision about a row, as the call takes it. */
export function decide({ sheet, row }: PlannedRow, take: Take, personId?: Id): Decision {
  return { row, take, ...(sheet !== '' && { sheet }), ...(personId !== undefined && { personId }) };
}

/** The questions that nobody has answered and on which rows hang. */
export const openQuestions = (questions: readonly Question[]): Question[] => questions.filter(({ chosen }) => chosen === null);
