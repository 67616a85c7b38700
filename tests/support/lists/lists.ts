import type { RowPlace } from '../../../shared/contract/shapes.ts';
import { readPeople, sayRow, type ReadList, type ReadPerson } from '../../../shared/features/people/list/read-list.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import type { Sheet, SheetRow, Source } from '../../../shared/kernel/source.ts';
import type { Language } from '../../../shared/kernel/text.ts';

/** A sheet of lines, the cells of each parted by `|`. */
export function sheetOf(
  lines: readonly string[],
  name = '',
  more: Partial<Sheet> & { readonly hiddenRows?: readonly number[] } = {},
): Sheet {
  const { hiddenRows = [], ...rest } = more;
  const rows: SheetRow[] = lines.map((line, index) => ({
    row: index + 1,
    hidden: hiddenRows.includes(index + 1),
    cells: line.split('|'),
    spread: [],
    hiddenCells: [],
    repairs: [],
  }));
  return { name, hidden: false, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')), ...rest };
}

export function sourceOf(...sheets: readonly (Sheet | readonly string[])[]): Source {
  return { format: 'csv', encoding: null, sheets: sheets.map((sheet) => ('rows' in sheet ? sheet : sheetOf(sheet))) };
}

export interface ListSaid {
  readonly options?: IntakeOptions;
  readonly languages?: readonly Language[];
}

/** The list that a source holds; its account must add up, whatever it is. */
export function listOf(source: Source, { options = {}, languages = ['fr'] }: ListSaid = {}): ReadList {
  const read = readPeople(source, options, { languages });
  if (!read.ok) throw new Error(read.refusal.code);
  for (const person of read.value.rows) sayRow(read.value.accounting, person, person.asks.length > 0 ? 'asked' : 'taken');
  read.value.accounting.close(source);
  return read.value;
}

export function peopleOf(lines: readonly string[], said?: ListSaid): readonly ReadPerson[] {
  return listOf(sourceOf(lines), said).rows;
}

/** Which field each column was read as. */
export function fieldsOf(lines: readonly string[], said?: ListSaid): string[] {
  return listOf(sourceOf(lines), said).understood.columns.map(({ field }) => field);
}

/** `FAMILY/Given`, with `?` where it is asked and `~` where it is doubtful. */
export function namesOf(lines: readonly string[], said?: ListSaid): string[] {
  return peopleOf(lines, said).map(
    ({ values, asks, doubts }) =>
      `${values.familyName}/${values.givenName ?? ''}${asks.length > 0 ? '?' : ''}${doubts.length > 0 ? '~' : ''}`,
  );
}

/** Places of rows, by their numbers, in the sheet of a file that has one. */
export function rowsAt(...rows: readonly number[]): RowPlace[] {
  return rows.map((row) => ({ sheet: '', row }));
}
