import type { z } from 'zod';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import type * as shapes from '../../../shared/features/intake/shapes.ts';
import { placeKey } from '../../../shared/features/intake/row-places.ts';
import { waits } from '../../../shared/features/intake/waiting-rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { columnLetters } from '../../../shared/kernel/source.ts';

export type Understood = z.infer<typeof shapes.understood>;
export type Question = z.infer<typeof shapes.question>;
export type PlannedRow = shapes.PlannedRow;
export type Account = z.infer<typeof shapes.account>;
export type Options = shapes.IntakeOptions;
export type Decision = NonNullable<Options['decisions']>[number];
export type Take = Decision['take'];

/** The answer of every import: what its file was understood as and would do. */
export interface ImportAnswer {
  readonly applied: boolean;
  readonly understood: Understood;
  readonly questions: readonly Question[];
  readonly rows: readonly PlannedRow[];
  readonly account: Account;
  /** Why nothing can be taken while nobody says what the columns hold. */
  readonly columnsUnknown: z.infer<typeof shapes.columnsUnknown>;
  /** Taken, but worth a look. */
  readonly doubtful: readonly RejectedRow[];
  /** People of one name, group by group, as they are after a list of people. */
  readonly homonyms?: readonly (readonly Id[])[];
}

export const FILTERS = ['all', 'ask', 'new', 'change', 'same', 'leave', 'namesake', 'doubtful'] as const;
export type Filter = (typeof FILTERS)[number];

/** A row as it is shown: what the answer says of it, and what was decided by hand since. */
export interface ShownRow {
  readonly key: string;
  /** Where the file has it: the number of a row, the letters of a column where its sheets were turned. */
  readonly place: string;
  readonly planned: PlannedRow;
  readonly decision: Decision | undefined;
  readonly does: PlannedRow['does'];
  /** It holds the import up, with all that it says or a part of it. */
  readonly waits: boolean;
  /** Somebody else of the workshop bears the person's name. */
  readonly namesake: boolean;
  /** Reasons why it is worth a look, where it is taken all the same. */
  readonly doubts: readonly RejectedRow[];
}

/** The part of an answer about its rows as a whole. */
interface AboutRows {
  readonly doubtful?: readonly RejectedRow[];
  readonly homonyms?: ImportAnswer['homonyms'] | undefined;
  /** They are columns of the file. */
  readonly turned?: boolean;
}

/** The rows as the answer has them, before anything is decided by hand. */
export function shownRows(
  rows: readonly PlannedRow[],
  { doubtful = NO_DOUBTS, homonyms = [], turned = false }: AboutRows = {},
): ShownRow[] {
  const namesakes = new Set(homonyms.flat());
  const doubts = new Map<string, RejectedRow[]>();
  for (const doubt of doubtful) {
    const others = doubts.get(placeKey(doubt));
    if (others) others.push(doubt);
    else doubts.set(placeKey(doubt), [doubt]);
  }
  return rows.map((planned) => ({
    key: placeKey(planned),
    place: planned.row === 0 ? '' : turned ? columnLetters(planned.row - 1) : String(planned.row),
    planned,
    decision: undefined,
    does: planned.does,
    waits: waits(planned),
    namesake: planned.personId !== null && namesakes.has(planned.personId),
    doubts: doubts.get(placeKey(planned)) ?? NO_DOUBTS,
  }));
}

/** Returns the doubts that belong to none of the rows: those about the headings of a list, each once. */
export function doubtsOfHeadings(rows: readonly PlannedRow[], doubtful: readonly RejectedRow[]): RejectedRow[] {
  const planned = new Set(rows.map(placeKey));
  const found = doubtful.filter((doubt) => !planned.has(placeKey(doubt)));
  return [...new Map(found.map((doubt) => [`${placeKey(doubt)}\n${doubt.field}\n${doubt.code}`, doubt])).values()];
}

const NO_DOUBTS: readonly RejectedRow[] = [];

/**
 * The same with what was decided by hand, which stands before the answer that follows from it; the other rows stay the objects they are, so that they are not drawn anew.
 * `answered`: the decisions that the answer knows, of which it says itself what became.
 */
export function withDecisions(
  rows: readonly ShownRow[],
  decisions: ReadonlyMap<string, Decision>,
  answered: ReadonlyMap<string, Decision> = UNANSWERED,
): readonly ShownRow[] {
  if (decisions.size === 0) return rows;
  return rows.map((row) => {
    const decision = decisions.get(row.key);
    if (decision === undefined) return row;
    if (answered.get(row.key) === decision) return { ...row, decision };
    return { ...row, decision, does: afterDecision(row.planned, decision), waits: false };
  });
}

const UNANSWERED: ReadonlyMap<string, Decision> = new Map();

function afterDecision({ does, personId }: PlannedRow, { take, personId: chosen }: Decision): PlannedRow['does'] {
  if (take !== 'same') return take;
  return does === 'change' && chosen === personId ? 'change' : 'same';
}

/** Whether a row is of a kind. A row of which a part waits is to be decided, and is what becomes of the rest. */
export function passes(row: ShownRow, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'ask':
      return row.waits;
    case 'namesake':
      return row.namesake;
    case 'doubtful':
      return row.doubts.length > 0;
    default:
      return row.does === filter;
  }
}

export type RowCounts = Readonly<Record<Filter, number>>;

/** How many rows there are of each kind: what every sentence and button about them says. */
export function countsOf(rows: readonly ShownRow[]): RowCounts {
  const counts = { all: 0, ask: 0, new: 0, change: 0, same: 0, leave: 0, namesake: 0, doubtful: 0 };
  for (const row of rows) for (const filter of FILTERS) if (passes(row, filter)) counts[filter]++;
  return counts;
}

/** The decision about a row, as the call takes it. */
export function decide({ sheet, row }: PlannedRow, take: Take, personId?: Id): Decision {
  return { row, take, ...(sheet !== '' && { sheet }), ...(personId !== undefined && { personId }) };
}

/** The questions that nobody has answered and on which rows hang. */
export const openQuestions = (questions: readonly Question[]): Question[] => questions.filter(({ chosen }) => chosen === null);
