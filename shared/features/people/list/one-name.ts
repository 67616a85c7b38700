import type { RowRemark } from '../../intake/row-places.ts';
import type { ListQuestion } from './list-habits.ts';
import { columnLetters } from '../../../kernel/source.ts';
import type { PeopleColumns } from './people-columns.ts';

/** A row with what is asked and doubted of it. */
interface JudgedRow {
  readonly row: number;
  readonly asks: readonly RowRemark[];
  readonly doubts: readonly RowRemark[];
}

/** Fewer rows than this are told one by one. */
const FEW_ROWS = 3;
const TAKE = 'take';

/** The codes that are asked about once for a column where many rows have them, and told of each row where few have. */
export const ONE_NAME_CODES = ['name.oneWord', 'name.onlyOne'] as const;

/**
 * Returns the questions about people with one name where they are many, as in lists of given names, of family names, or of a country where people bear one: a
 * word alone in a column of whole names is asked about once for the column; a part of the name that is empty is supposed to be right. `settles`: whether an ask
 * or a doubt of a row is settled by that.
 */
export function settleOneName(
  rows: readonly JudgedRow[],
  columns: PeopleColumns,
  sheet: string,
  answers: Readonly<Record<string, string>>,
): { readonly settles: (told: RowRemark) => boolean; readonly questions: readonly ListQuestion[] } {
  const few = Math.max(FEW_ROWS, Math.floor(rows.length / 20));
  const place = columns.at.get('fullName') ?? columns.at.get('familyName') ?? columns.at.get('givenName') ?? 0;
  const questions: ListQuestion[] = [];
  const settled = new Set<string>();
  const ask = (code: (typeof ONE_NAME_CODES)[number], supposed: typeof TAKE | null, told: 'asks' | 'doubts'): void => {
    const hanging: number[] = [];
    for (const row of rows) if (row[told].length > 0 && row[told].some((one) => one.code === code)) hanging.push(row.row);
    if (hanging.length <= few) return;
    const key = [code, columnLetters(place), sheet].filter((part) => part !== '').join(':');
    const chosen = answers[key] === TAKE ? TAKE : supposed;
    if (chosen === TAKE) settled.add(code);
    questions.push({ key, code, column: columnLetters(place), subject: '', options: [TAKE], chosen, rows: hanging });
  };
  ask('name.oneWord', null, 'asks');
  ask('name.onlyOne', TAKE, 'doubts');
  return { settles: ({ code }) => settled.has(code), questions };
}
