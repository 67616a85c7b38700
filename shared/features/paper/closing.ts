import type { HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { AWARD_KINDS, type AwardKind } from '../../model/vocabularies.ts';
import type { DocumentKind } from './contract.ts';

/** A file among all papers of a workshop. */
export interface ClosingPaper {
  readonly kind: DocumentKind;
  readonly format: 'pdf' | 'docx' | 'xlsx' | 'csv';
  /** Which certificates. */
  readonly certificate?: AwardKind;
}

/** The papers that every workshop is closed with, in the order in which they are made. */
const ALWAYS: readonly ClosingPaper[] = [
  { kind: 'agenda', format: 'pdf' },
  { kind: 'participants', format: 'pdf' },
  { kind: 'attendanceSheet', format: 'pdf' },
  { kind: 'activityReport', format: 'pdf' },
  { kind: 'activityReport', format: 'docx' },
  { kind: 'activityReport', format: 'xlsx' },
  { kind: 'activityReport', format: 'csv' },
];

/** Returns the papers that a workshop is closed with, in the order in which they are made; `standing`: the kinds of certificates of which one stands. */
export function closingPapers(standing: ReadonlySet<AwardKind>): readonly ClosingPaper[] {
  const kinds = AWARD_KINDS.filter((kind) => standing.has(kind));
  return [...ALWAYS, ...kinds.map((certificate): ClosingPaper => ({ kind: 'certificates', format: 'pdf', certificate }))];
}

/** The facts from which the list of what is missing is worked out. */
export interface ClosingState {
  readonly people: readonly { readonly id: Id; readonly complete: boolean }[];
  /** The half-days on which one expects something to be held. */
  readonly halfDays: readonly HalfDay[];
  /** Marks taken, once each. */
  readonly marks: readonly { readonly personId: Id; readonly halfDay: HalfDay }[];
  /** The questionnaires of which something is in: how many sheets, of a test those before and those after. */
  readonly forms: readonly { readonly id: Id; readonly title: string; readonly sheets: readonly number[] }[];
}

export interface Missing {
  /** People whose marks are missing, by half-day; a half-day of which none is missing is left out. */
  readonly marks: { readonly halfDay: HalfDay; readonly count: number }[];
  readonly sheets: { readonly formId: Id; readonly title: string; readonly count: number }[];
  /** How many people are to be completed. */
  readonly people: number;
}

/** Returns what is missing before a workshop is closed. Of a questionnaire of which nothing is in nothing is expected. */
export function missingIn({ people, halfDays, marks, forms }: ClosingState): Missing {
  const listed = new Set(people.map(({ id }) => id));
  const taken = new Set(marks.filter(({ personId }) => listed.has(personId)).map(({ personId, halfDay }) => `${personId} ${halfDay}`));
  const lacking = (halfDay: HalfDay): number => people.filter(({ id }) => !taken.has(`${id} ${halfDay}`)).length;
  return {
    marks: halfDays.map((halfDay) => ({ halfDay, count: lacking(halfDay) })).filter(({ count }) => count > 0),
    sheets: forms
      .map(({ id, title, sheets }) => ({
        formId: id,
        title,
        count: sheets.reduce((sum, some) => sum + Math.max(0, people.length - some), 0),
      }))
      .filter(({ count }) => count > 0),
    people: people.filter(({ complete }) => !complete).length,
  };
}
