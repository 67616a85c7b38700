import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../../shared/model/vocabularies.ts';
import type { GridCursor } from './grid-cursor.ts';
import type { SheetCommand } from '../../../app/keyboard/key-table.ts';
import type { SelectedPeople } from './grid-model.ts';
import type { Change, MarkStore } from '../mark-store.ts';

/** The changes that give everybody selected a status. */
export function changesOf(selected: readonly SelectedPeople[], status: Status): Change[] {
  return selected.flatMap(({ halfDay, people }) => people.map((personId) => ({ personId, halfDay, status })));
}

/** Gives a status to everybody who has no mark in a half-day. Returns how many that were. */
export function markRemaining(marks: MarkStore, people: readonly Id[], halfDay: HalfDay, status: Status): number {
  const remaining = people.filter((personId) => marks.cell(personId, halfDay).status === 'notTaken');
  return marks.set(changesOf([{ halfDay, people: remaining }], status));
}

/**
 * Runs a move with Shift: the selection grows, and where it began on a mark, the cells it now holds that have none take that
 * mark. A mark that somebody has already is never filled over.
 */
export function extend(marks: MarkStore, cursor: GridCursor, command: SheetCommand): void {
  const { anchor } = cursor.selection;
  const personId = cursor.rows[anchor.row];
  const halfDay = cursor.columns[anchor.column];
  cursor.run(command);
  if (personId === undefined || halfDay === undefined) return;
  const { status } = marks.cell(personId, halfDay);
  if (status === 'notTaken') return;
  const empty = cursor
    .selected()
    .filter((column) => column.halfDay === halfDay)
    .map((column) => ({ ...column, people: column.people.filter((id) => marks.cell(id, halfDay).status === 'notTaken') }));
  marks.set(changesOf(empty, status));
}
