import { fold } from '../../../kernel/text.ts';
import { PROFESSIONS } from '../../../model/vocabularies.ts';
import type { RowRemark } from '../../intake/row-places.ts';
import { LONGEST_ANSWER_KEY } from '../../intake/shapes.ts';
import type { ListQuestion } from './list-habits.ts';
import { columnLetters } from '../../../kernel/source.ts';
import type { ListField } from './headings.ts';
import type { PeopleColumns } from './people-columns.ts';
import type { ReadRow } from './read-row.ts';

/** As many questions about texts of one column are put; the rest of it is one. */
const MOST_TEXTS = 12;
/** Fewer rows than this are told one by one. */
const FEW_ROWS = 3;

/**
 * Returns the doubts and questions about cells that nobody could read, and whose value is left unrecorded: a doubt for each row where they are few; where they
 * are many, one question for each text that comes back, and one for all the others of the column.
 */
export function settleUnread(
  read: readonly Pick<ReadRow, 'row' | 'unread'>[],
  columns: PeopleColumns,
  sheet: string,
  answers: Readonly<Record<string, string>>,
): {
  readonly doubts: ReadonlyMap<number, readonly RowRemark[]>;
  readonly questions: readonly ListQuestion[];
} {
  const doubts = new Map<number, RowRemark[]>();
  const questions: ListQuestion[] = [];
  const byField = new Map<ListField, { readonly row: number; readonly text: string }[]>();
  for (const { row, unread } of read) {
    if (unread.length === 0) continue;
    for (const { field, text } of unread) {
      const cells = byField.get(field);
      if (cells) cells.push({ row, text });
      else byField.set(field, [{ row, text }]);
    }
  }
  for (const [field, cells] of byField) {
    const few = Math.max(FEW_ROWS, Math.floor(read.length / 20));
    const column = columnLetters(columns.at.get(field) ?? 0);
    if (cells.length <= few) {
      for (const { row } of cells) doubts.set(row, [...(doubts.get(row) ?? []), { field, code: codeOf(field) }]);
      continue;
    }
    const keyOf = (subject: string): string =>
      [field, column, subject === '' ? 'unread' : fold(subject), sheet].filter((part) => part !== '').join(':');
    const ask = (code: string, subject: string, options: readonly string[], rows: readonly number[]): void => {
      const key = keyOf(subject);
      const answer = answers[key];
      questions.push({
        key,
        code,
        column,
        subject,
        options: [...options],
        chosen: answer !== undefined && options.includes(answer) ? answer : '',
        rows: [...rows],
      });
    };
    const byText = new Map<string, { readonly text: string; readonly rows: number[] }>();
    for (const { row, text } of cells) {
      const group = byText.get(fold(text));
      if (group) group.rows.push(row);
      else byText.set(fold(text), { text, rows: [row] });
    }
    const repeated =
      field === 'profession'
        ? [...byText.values()]
            .filter(({ text, rows }) => rows.length > 1 && keyOf(text).length <= LONGEST_ANSWER_KEY)
            .sort((a, b) => b.rows.length - a.rows.length)
            .slice(0, MOST_TEXTS)
        : [];
    for (const { text, rows } of repeated) ask('profession.text', text, [...PROFESSIONS, ''], rows);
    const asked = new Set(repeated.flatMap(({ rows }) => rows));
    const rest = cells.filter(({ row }) => !asked.has(row)).map(({ row }) => row);
    if (rest.length > 0) ask('column.unread', '', [''], rest);
  }
  return { doubts, questions };
}

function codeOf(field: ListField): string {
  return field === 'email' ? 'email.invalid' : field === 'phone' ? 'phone.invalid' : `${field}.unknown`;
}
