import { ok, refuse, type Refused, type Result } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import type { Sheet, SheetRow } from '../../kernel/source.ts';
import { cellText } from './cell-text.ts';

interface Span {
  readonly from: number;
  to: number;
}

interface Merge {
  readonly rows: Span;
  readonly columns: Span;
}

/** Cells that merged ones may be looked at to cover; overlapping ones, which no program writes, would cost without end. */
const MOST_COVERED = 20_000_000;

/**
 * Gathers the cells of one sheet in whatever order they come. Rows count from 1, columns from 0. Only what holds something counts: formatting that reaches to
 * the end of the sheet costs nothing.
 */
export class SheetBuilder {
  readonly #rows = new Map<number, string[]>();
  readonly #hiddenRows: Span[] = [];
  readonly #hiddenColumns: Span[] = [];
  readonly #merges: Merge[] = [];
  #tooLarge = false;

  name: string;
  hidden: boolean;

  constructor(name: string, hidden: boolean) {
    this.name = name;
    this.hidden = hidden;
  }

  /** Whether the sheet holds more than a list may; what is put from then on is lost. */
  get tooLarge(): boolean {
    return this.#tooLarge;
  }

  /** Sets a cell; `text` is as `cellText` makes it. */
  put(row: number, column: number, text: string): void {
    if (text === '' || this.#tooLarge) return;
    let cells = this.#rows.get(row);
    if (column >= TABLE_LIMITS.columns || text.length > TABLE_LIMITS.cell || (!cells && this.#rows.size > TABLE_LIMITS.rows)) {
      this.#tooLarge = true;
      return;
    }
    if (!cells) this.#rows.set(row, (cells = []));
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  /** Sets a run of equal cells. */
  putMany(row: number, column: number, count: number, text: string): void {
    for (let i = 0; i < count && text !== '' && !this.#tooLarge; i++) this.put(row, column + i, text);
  }

  hideRows(from: number, to: number): void {
    extend(this.#hiddenRows, from, to);
  }

  hideColumns(from: number, to: number): void {
    extend(this.#hiddenColumns, from, to);
  }

  /** Notes that the cell in the corner covers the others, down to `lastRow` and across to `lastColumn`. */
  merge(row: number, column: number, lastRow: number, lastColumn: number): void {
    if (lastRow > row || lastColumn > column)
      this.#merges.push({ rows: { from: row, to: lastRow }, columns: { from: column, to: lastColumn } });
  }

  /** The sheet, merged cells spread over the rows that hold something else. Refuses `table.tooLarge`. */
  build(): Result<Sheet, 'table.tooLarge'> {
    const numbers = [...this.#rows.keys()].sort((a, b) => a - b);
    const spread = this.#spread(numbers);
    if (!spread || this.#tooLarge) return tooLarge();
    const isHiddenRow = within(this.#hiddenRows);
    const isHiddenColumn = within(this.#hiddenColumns);
    const rows = numbers.map((row): SheetRow => {
      const cells = this.#rows.get(row)!;
      const hiddenCells = this.#hiddenColumns.length === 0 ? NONE : [...cells.keys()].filter(isHiddenColumn);
      return { row, hidden: isHiddenRow(row), cells, spread: spread.get(row) ?? NONE, hiddenCells, repairs: [] };
    });
    return ok({ name: cellText(this.name), hidden: this.hidden, rows });
  }

  #spread(numbers: readonly number[]): Map<number, number[]> | null {
    const spread = new Map<number, number[]>();
    const width = [...this.#rows.values()].reduce((most, cells) => Math.max(most, cells.length), 0);
    let covered = 0;
    for (const { rows, columns } of this.#merges) {
      const text = this.#rows.get(rows.from)?.[columns.from] ?? '';
      if (text === '') continue;
      const last = Math.min(columns.to, width - 1);
      for (let i = firstFrom(numbers, rows.from); i < numbers.length && numbers[i]! <= rows.to; i++) {
        const row = numbers[i]!;
        if ((covered += last - columns.from + 1) > MOST_COVERED) return null;
        this.#cover(row, columns.from, last, text, spread);
      }
    }
    for (const places of spread.values()) places.sort((a, b) => a - b);
    return spread;
  }

  #cover(row: number, from: number, to: number, text: string, spread: Map<number, number[]>): void {
    const cells = this.#rows.get(row)!;
    for (let column = from; column <= to; column++) {
      while (cells.length <= column) cells.push('');
      if (cells[column] !== '') continue;
      cells[column] = text;
      const places = spread.get(row);
      if (places) places.push(column);
      else spread.set(row, [column]);
    }
  }
}

const NONE: readonly number[] = [];

/** The refusal of what is larger than a list may be. */
export function tooLarge(): Refused<'table.tooLarge'> {
  return refuse('table.tooLarge', { rows: TABLE_LIMITS.rows, columns: TABLE_LIMITS.columns });
}

/** Returns sheets under different names, as they are told apart by them: a second *Sheet* becomes *Sheet (2)*. */
export function namedApart(sheets: readonly Sheet[]): Sheet[] {
  const names = new Set<string>();
  return sheets.map((sheet) => {
    let name = sheet.name;
    for (let number = 2; names.has(name); number++) name = `${sheet.name} (${number})`;
    names.add(name);
    return name === sheet.name ? sheet : { ...sheet, name };
  });
}

function extend(spans: Span[], from: number, to: number): void {
  const last = spans.at(-1);
  if (last && from === last.to + 1) last.to = to;
  else spans.push({ from, to });
}

/** Whether a number lies in one of the spans; asked in rising order it costs a step each. */
function within(spans: readonly Span[]): (number: number) => boolean {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  let [at, reach, before] = [0, -1, -1];
  return (number) => {
    if (number < before) [at, reach] = [0, -1];
    before = number;
    for (; at < sorted.length && sorted[at]!.from <= number; at++) reach = Math.max(reach, sorted[at]!.to);
    return number <= reach;
  };
}

/** The place of the first number that is at least `least` in a rising list. */
function firstFrom(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
