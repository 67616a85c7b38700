import type { z } from 'zod';
import type { Accounting, LeftOut } from '../../intake/account.ts';
import type { RowRemark } from '../../intake/row-places.ts';
import type { question, understood } from '../../intake/shapes.ts';
import type { ListField } from '../list/headings.ts';
import type { WithoutName } from '../list/no-name.ts';
import type { ListedPersonField, ParticipantRow } from '../rules.ts';

/** The values that a row states of a person; a field it leaves blank is not there. */
export type ListedValues = { readonly [F in ListedPersonField]?: NonNullable<ParticipantRow[F]> } & {
  /** '' only where an ask says so. */
  readonly familyName: string;
};

/** A row of a list that names a person, or should. */
export interface ReadPerson {
  readonly sheet: string;
  readonly row: number;
  /** As the file writes it. */
  readonly name: string;
  readonly values: ListedValues;
  /** The list numbers its lines; `values.ref` is then absent. */
  readonly runningNumber: boolean;
  /** Taken, worth a look. */
  readonly doubts: readonly RowRemark[];
  /** Cannot be taken until somebody decided. */
  readonly asks: readonly RowRemark[];
  /** What was answered of rows without a name, where this is one. */
  readonly withoutName: WithoutName | null;
  /** Places of the cells that the row's values come from. */
  readonly columns: ReadonlyMap<ListField, number>;
}

/** A row that names somebody and is left out for a reason that it gives itself. */
export interface LeftPerson {
  readonly sheet: string;
  readonly row: number;
  readonly name: string;
  readonly why: Extract<LeftOut, 'title' | 'withdrawn' | 'total' | 'section' | 'note' | 'header' | 'hiddenRow'>;
}

/** The people of a file, before it is compared with anybody. */
export interface ReadList {
  readonly understood: z.infer<typeof understood>;
  readonly questions: readonly z.infer<typeof question>[];
  readonly rows: readonly ReadPerson[];
  /** Rows under the headings that are nobody's, or whose state says that the person does not come. */
  readonly left: readonly LeftPerson[];
  /** Everything but the cells of `rows`, of which `sayRow` says what became. */
  readonly accounting: Accounting;
}

/** Records the fate of the cells of a person's row; those that nobody could read stay `asked`. */
export function sayRow(accounting: Accounting, person: ReadPerson, fate: 'taken' | 'asked' | 'rowLeft' | 'rowRejected'): void {
  accounting.say(person.sheet, person.row, person.columns.values(), fate);
}
