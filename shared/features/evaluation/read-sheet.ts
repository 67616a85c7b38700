import type { RejectedRow } from '../../contract/shapes.ts';
import type { Wave } from '../../model/vocabularies.ts';
import type { Accounting } from '../intake/account.ts';
import type { FoundList } from '../intake/find-list.ts';
import type { Question, RowAsk } from '../intake/shapes.ts';
import { rejectedAt } from '../intake/row-places.ts';
import type { PersonEvidence } from '../intake/people-index.ts';
import type { AnswerColumns } from './answer-columns.ts';
import type { Answers } from './answers.ts';
import type { Points } from './sheets.ts';

/** A sheet as a row of a file brings it; a row with both tests brings two. */
export interface ReadSheet {
  readonly sheet: string;
  readonly row: number;
  /** The part of the file, between headings of sections, within which a number stands once. */
  readonly part: string;
  /** Heading of the column that says whose it is. */
  readonly field: string;
  /** What the row says of who handed it in; null in an anonymous form. */
  readonly person: PersonEvidence | null;
  /** The person as the file names them, or the number of the sheet; it is shown and not kept. */
  readonly name: string;
  readonly wave: Wave | null;
  /** The number or token of an anonymous sheet; '' where it has none. */
  readonly number: string;
  /** What tools wrote beside an anonymous sheet: it tells one batch from another and is not kept. */
  readonly stamp: string;
  readonly answers: Answers;
  readonly points: Points | null;
}

/** A row that could not be read. */
export interface UnreadRow {
  readonly sheet: string;
  readonly row: number;
  readonly name: string;
  readonly why: string;
  /** What is wrong, cell by cell; none where its headings hold it up. */
  readonly asks: readonly RowAsk[];
}

/** The answers to a form that a file holds. */
export interface ReadAnswers {
  readonly lists: readonly FoundList<AnswerColumns>[];
  readonly sheets: readonly ReadSheet[];
  /** Numbers of anonymous sheets are tokens: each is one sheet for ever, in whatever file. */
  readonly tokens: boolean;
  readonly questions: readonly Question[];
  /** What holds the file up, in its headings and in its rows. */
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
  /** Headings that hold their list up. */
  readonly headings: readonly RejectedRow[];
  /** Rows that say something of a sheet and could not be read, with what is wrong. */
  readonly unread: readonly UnreadRow[];
  /** Rows that are no sheets. */
  readonly left: readonly { readonly sheet: string; readonly row: number; readonly name: string; readonly why: string }[];
  readonly accounting: Accounting;
  /** Says in the account what became of a row. */
  sayRow(sheet: Pick<ReadSheet, 'sheet' | 'row'>, fate: 'taken' | 'asked' | 'rowLeft'): void;
}

/** Returns what headings and rows that could not be read hold up. */
export function rejectedIn(headings: readonly RejectedRow[], unread: readonly UnreadRow[]): RejectedRow[] {
  return [...headings, ...unread.flatMap((row) => row.asks.map((ask) => rejectedAt(row, ask)))];
}
