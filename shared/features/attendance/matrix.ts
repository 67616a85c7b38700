import type { Half, HalfDay } from '../../kernel/dates.ts';
import { isDay } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import type { Table } from '../../kernel/table.ts';
import type { RejectedRow } from '../../contract/shapes.ts';
import { personColumn, personFinder } from './person-column.ts';
import type { CellMark, ListedPerson } from './rules.ts';
import { statusOfWord } from './status-words.ts';

export interface Matrix {
  readonly marks: readonly CellMark[];
  readonly rejected: readonly RejectedRow[];
}

const HALVES: Readonly<Record<string, Half>> = {
  am: 'AM',
  pm: 'PM',
  morning: 'AM',
  afternoon: 'PM',
  matin: 'AM',
  'apres-midi': 'PM',
  manana: 'AM',
  tarde: 'PM',
  manha: 'AM',
};

/**
 * Reads a sheet: people down (by the list's own id), half-days across, a letter or a word in each cell; a blank says
 * nothing. Columns that are no half-day (names, countries) are left out; a half-day that is not the workshop's is rejected
 * as row 1, and its cells with it. Every cell that cannot be read is listed with its row, its column's header and why.
 */
export function readMatrix(table: Table, people: readonly ListedPerson[], halfDays: readonly HalfDay[]): Matrix {
  const rejected: RejectedRow[] = [];
  const marks: CellMark[] = [];
  const columns = halfDayColumns(table, new Set(halfDays), rejected);
  const named = personColumn(table.header);
  const person = named >= 0 ? named : halfDayOfHeader(table.header[0] ?? '') === null ? 0 : -1;
  if (person < 0) return { marks, rejected: [...rejected, { row: table.headerRow, field: 'participant_id', code: 'column.missing' }] };
  if (columns.length === 0 && rejected.length === 0) rejected.push({ row: table.headerRow, field: 'halfDay', code: 'column.missing' });
  const find = personFinder(people);
  const seen = new Set<string>();
  const personField = table.header[person]!.trim() || 'participant_id';
  for (const { row, cells } of table.rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const found = find(cells[person] ?? '');
    if ('fault' in found) {
      rejected.push({ row, field: personField, code: found.fault });
      continue;
    }
    if (seen.has(found.id)) {
      rejected.push({ row, field: personField, code: 'person.repeated' });
      continue;
    }
    seen.add(found.id);
    for (const { index, halfDay } of columns) {
      const status = statusOfWord(cells[index] ?? '');
      if (status === undefined) rejected.push({ row, field: halfDay, code: 'status.unknown' });
      else if (status !== 'notTaken') marks.push({ personId: found.id, halfDay, status });
    }
  }
  return { marks, rejected };
}

/** The half-day a header names: `2021-07-12-AM`, `2021-07-12 PM`, `12/07/2021 matin`; null when it begins like none, and '' when it begins like one and is none. */
export function halfDayOfHeader(header: string): HalfDay | null {
  const text = fold(header);
  const iso = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text);
  const local = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(.*)$/.exec(text);
  if (!iso && !local) return null;
  const day = iso ? iso[1]! : `${local![3]}-${local![2]!.padStart(2, '0')}-${local![1]!.padStart(2, '0')}`;
  const half = HALVES[(iso ? iso[2]! : local![4]!).replace(/^[\s_:,-]+/, '')];
  return half && isDay(day) ? `${day}-${half}` : '';
}

function halfDayColumns(table: Table, ours: ReadonlySet<HalfDay>, rejected: RejectedRow[]): { index: number; halfDay: HalfDay }[] {
  const columns: { index: number; halfDay: HalfDay }[] = [];
  for (const [index, text] of table.header.entries()) {
    const halfDay = halfDayOfHeader(text);
    if (halfDay === null) continue;
    if (!ours.has(halfDay)) rejected.push({ row: table.headerRow, field: text.trim(), code: 'halfDay.unknown' });
    else if (columns.some((column) => column.halfDay === halfDay))
      rejected.push({ row: table.headerRow, field: text.trim(), code: 'halfDay.repeated' });
    else columns.push({ index, halfDay });
  }
  return columns;
}
