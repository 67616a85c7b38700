import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../../shared/model/vocabularies.ts';
import type { Person } from '../../people/find-people.ts';
import type { GridCursor } from './grid-cursor.ts';
import type { Cell, MarkStore } from '../mark-store.ts';

/** The texts that a cell says aloud, in the window's language. */
export interface GridWords {
  name(person: Person): string;
  status(status: Status): string;
  cell(name: string, halfDay: HalfDay, cell: Pick<Cell, 'status' | 'conflict' | 'unreadable'>): string;
  details(name: string): string;
}

export interface SelectedPeople {
  readonly halfDay: HalfDay;
  readonly people: readonly Id[];
}

/** The model that rows and cells take: where the marks and the cursor are, and what a tap does. The same object until the language changes. */
export interface GridModel {
  readonly marks: MarkStore;
  readonly cursor: GridCursor;
  readonly words: GridWords;
  /** False: it is shown, and nothing can be marked. */
  readonly mayMark: boolean;
  /** Whether the keyboard is in the grid, so that a cell that becomes active takes the focus. */
  holdsFocus(): boolean;
  mark(selected: readonly SelectedPeople[], status: Status): void;
  openDetails(personId: Id, halfDay: HalfDay): void;
}
