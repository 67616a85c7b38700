import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import { cellKey } from './cell-key.ts';
import type { SheetCommand } from '../../../app/keyboard/key-table.ts';
import { KeyedListeners } from './keyed-listeners.ts';

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** The cursor, and where a selection by Shift began (the cursor itself while there is none). */
export interface Selection {
  readonly cursor: CellPlace;
  readonly anchor: CellPlace;
  /** Every row is selected, wherever between them the cursor stands. */
  readonly everyRow?: boolean;
}

/** The selection after a move or a jump, kept within `rows` x `columns`. */
export function moved(selection: Selection, command: SheetCommand, rows: number, columns: number): Selection {
  const { cursor, anchor } = selection;
  const last = { row: Math.max(0, rows - 1), column: Math.max(0, columns - 1) };
  let to: CellPlace;
  if (command.type === 'move') to = { row: cursor.row + command.rows, column: cursor.column + command.columns };
  else if (command.type === 'jump') {
    const row = command.to === 'gridStart' ? 0 : command.to === 'gridEnd' ? last.row : cursor.row;
    to = { row, column: command.to === 'rowStart' || command.to === 'gridStart' ? 0 : last.column };
  } else return selection;
  const next = { row: clamp(to.row, last.row), column: clamp(to.column, last.column) };
  return { cursor: next, anchor: command.extend ? anchor : next };
}

/** First and last row and column of a selection in a grid of `rows`. */
export function bounds({ cursor, anchor, everyRow }: Selection, rows: number): { readonly from: CellPlace; readonly to: CellPlace } {
  const [first, last] = everyRow ? [0, Math.max(0, rows - 1)] : [Math.min(cursor.row, anchor.row), Math.max(cursor.row, anchor.row)];
  return {
    from: { row: first, column: Math.min(cursor.column, anchor.column) },
    to: { row: last, column: Math.max(cursor.column, anchor.column) },
  };
}

/** The selection of one place alone. */
export function placeAlone(place: CellPlace): Selection {
  return { cursor: place, anchor: place };
}

export type CellFocus = 'none' | 'selected' | 'active';

/** The grid's cursor, outside React: a move wakes the cells it leaves and the cells it enters, and no others. */
export class GridCursor {
  readonly #cells = new KeyedListeners();
  readonly #anyone = new Set<() => void>();
  #rows: readonly Id[] = [];
  #columns: readonly HalfDay[] = [];
  #rowOf = new Map<Id, number>();
  #columnOf = new Map<HalfDay, number>();
  #selection: Selection = { cursor: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };

  get selection(): Selection {
    return this.#selection;
  }

  get rows(): readonly Id[] {
    return this.#rows;
  }

  get columns(): readonly HalfDay[] {
    return this.#columns;
  }

  /** The people and half-days on screen, in order. The cursor stays on its person and half-day while they are there. */
  show(rows: readonly Id[], columns: readonly HalfDay[]): void {
    if (sameList(rows, this.#rows) && sameList(columns, this.#columns)) return;
    const personId = this.#rows[this.#selection.cursor.row];
    const halfDay = this.#columns[this.#selection.cursor.column];
    const woken = new Set(this.#selectedKeys());
    this.#rows = rows;
    this.#columns = columns;
    this.#rowOf = new Map(rows.map((id, index) => [id, index]));
    this.#columnOf = new Map(columns.map((halfDay, index) => [halfDay, index]));
    const place = {
      row: (personId === undefined ? undefined : this.#rowOf.get(personId)) ?? 0,
      column: (halfDay === undefined ? undefined : this.#columnOf.get(halfDay)) ?? 0,
    };
    this.#selection = placeAlone(place);
    for (const key of this.#selectedKeys()) woken.add(key);
    this.#cells.wake(woken);
    this.#wakeAnyone();
  }

  select(selection: Selection): void {
    const before = this.#selection;
    if (sameSelection(before, selection)) return;
    const woken = new Set(this.#selectedKeys());
    this.#selection = selection;
    for (const key of this.#selectedKeys()) {
      // A cell that stays selected wakes only when it stops or starts being the active one.
      if (woken.has(key) && key !== this.#keyAt(before.cursor) && key !== this.#keyAt(selection.cursor)) woken.delete(key);
      else woken.add(key);
    }
    this.#cells.wake(woken);
    this.#wakeAnyone();
  }

  /** Puts the cursor on a person and a half-day, where both are on screen. */
  place(personId: Id, halfDay: HalfDay): void {
    const row = this.#rowOf.get(personId);
    const column = this.#columnOf.get(halfDay);
    if (row === undefined || column === undefined) return;
    this.select(placeAlone({ row, column }));
  }

  /** Takes the focus that has come to a cell: the selection stays where that is its cursor, else it is that cell alone. */
  enter(personId: Id, halfDay: HalfDay): void {
    if (this.focusOf(personId, halfDay) !== 'active') this.place(personId, halfDay);
  }

  /** Puts the cursor into another half-day, on the person where it stands. */
  turnTo(halfDay: HalfDay): void {
    const column = this.#columnOf.get(halfDay);
    if (column !== undefined) this.select(placeAlone({ row: this.#selection.cursor.row, column }));
  }

  /** Selects everybody on screen in a half-day; the cursor stays on its person. */
  selectEverybody(halfDay: HalfDay): void {
    const column = this.#columnOf.get(halfDay);
    if (column === undefined) return;
    const place = { row: this.#selection.cursor.row, column };
    this.select({ ...placeAlone(place), everyRow: true });
  }

  /** Leaves the cursor's cell selected alone. */
  collapse(): void {
    this.select(placeAlone(this.#selection.cursor));
  }

  /** How many cells are selected. */
  selectedCount(): number {
    return this.selected().reduce((sum, { people }) => sum + people.length, 0);
  }

  /** Runs a move or a jump. */
  run(command: SheetCommand): void {
    this.select(moved(this.#selection, command, this.#rows.length, this.#columns.length));
  }

  /** The person and half-day under the cursor; undefined in an empty grid. */
  active(): { readonly personId: Id; readonly halfDay: HalfDay } | undefined {
    const personId = this.#rows[this.#selection.cursor.row];
    const halfDay = this.#columns[this.#selection.cursor.column];
    return personId !== undefined && halfDay !== undefined ? { personId, halfDay } : undefined;
  }

  /** People selected, by half-day, in the grid's order. */
  selected(): { readonly halfDay: HalfDay; readonly people: readonly Id[] }[] {
    const { from, to } = bounds(this.#selection, this.#rows.length);
    const people = this.#rows.slice(from.row, to.row + 1);
    return this.#columns.slice(from.column, to.column + 1).map((halfDay) => ({ halfDay, people }));
  }

  focusOf(personId: Id, halfDay: HalfDay): CellFocus {
    const row = this.#rowOf.get(personId);
    const column = this.#columnOf.get(halfDay);
    if (row === undefined || column === undefined) return 'none';
    const { cursor } = this.#selection;
    if (row === cursor.row && column === cursor.column) return 'active';
    const { from, to } = bounds(this.#selection, this.#rows.length);
    return row >= from.row && row <= to.row && column >= from.column && column <= to.column ? 'selected' : 'none';
  }

  subscribeCell(personId: Id, halfDay: HalfDay, listener: () => void): () => void {
    return this.#cells.subscribe(cellKey(personId, halfDay), listener);
  }

  /** Calls `listener` after every move. */
  subscribe(listener: () => void): () => void {
    this.#anyone.add(listener);
    return () => this.#anyone.delete(listener);
  }

  #keyAt(place: CellPlace): string {
    return cellKey(this.#rows[place.row] ?? '', this.#columns[place.column] ?? '');
  }

  #selectedKeys(): string[] {
    return this.selected().flatMap(({ halfDay, people }) => people.map((personId) => cellKey(personId, halfDay)));
  }

  #wakeAnyone(): void {
    for (const listener of [...this.#anyone]) listener();
  }
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(0, value), last);
}

function samePlace(a: CellPlace, b: CellPlace): boolean {
  return a.row === b.row && a.column === b.column;
}

function sameSelection(a: Selection, b: Selection): boolean {
  return samePlace(a.cursor, b.cursor) && samePlace(a.anchor, b.anchor) && Boolean(a.everyRow) === Boolean(b.everyRow);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
