import type { RowRemark } from '../../intake/row-places.ts';
import type { ListQuestion } from './list-habits.ts';
import { columnLetters } from '../../../kernel/source.ts';
import type { ListedValues } from '../listed/listed-person.ts';
import type { PeopleColumns } from './people-columns.ts';

/**
 * The answers for rows without a name: they are left out, or those that say the address or the number of somebody of the workshop are that person's and the
 * others are left out.
 */
export type WithoutName = 'leave' | 'known';

interface JudgedRow {
  readonly row: number;
  readonly values: ListedValues;
  readonly asks: readonly RowRemark[];
}

/** Returns what was answered for all rows that say something and name nobody, and the question about them; a single one is told by itself. */
export function settleNoName(
  rows: readonly JudgedRow[],
  columns: PeopleColumns,
  sheet: string,
  answers: Readonly<Record<string, string>>,
): { readonly answer: WithoutName | null; readonly questions: readonly ListQuestion[] } {
  const nameless = rows.filter(isNameless);
  if (nameless.length < 2) return { answer: null, questions: [] };
  const column = columnLetters(columns.at.get('fullName') ?? columns.at.get('familyName') ?? columns.at.get('givenName') ?? 0);
  const key = ['name.missing', column, sheet].filter((part) => part !== '').join(':');
  const isFindable = nameless.some(({ values }) => values.email !== undefined || values.ref !== undefined);
  const options: WithoutName[] = isFindable ? ['leave', 'known'] : ['leave'];
  const answer = options.find((option) => option === answers[key]) ?? null;
  const asked = { key, code: 'name.missing', column, subject: '', options, chosen: answer };
  return { answer, questions: [{ ...asked, rows: nameless.map(({ row }) => row) }] };
}

/** Whether a row is asked about only because it has no name. */
export function isNameless({ values, asks }: Pick<JudgedRow, 'values' | 'asks'>): boolean {
  return values.familyName === '' && asks.length > 0 && asks.every(({ code }) => code === 'required');
}
