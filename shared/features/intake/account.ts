import type { Source } from '../../kernel/source.ts';

/** The reasons why a cell of a file is not taken. */
export type LeftOut =
  | 'title'
  | 'header'
  | 'section'
  | 'total'
  | 'note'
  | 'hiddenSheet'
  | 'hiddenRow'
  | 'hiddenColumn'
  | 'otherSheet'
  | 'repeatedList'
  | 'extraColumn'
  | 'runningNumber'
  | 'withdrawn'
  | 'nothingSaid'
  | 'rowLeft'
  | 'rowRejected';

export type CellFate = 'taken' | 'asked' | LeftOut;

/** The account of every cell of a file that holds something: what became of it. */
export interface Account {
  readonly cells: number;
  readonly taken: number;
  readonly asked: number;
  readonly left: number;
  /** Of those left out, how many for which reason. */
  readonly leftFor: readonly { readonly why: LeftOut; readonly cells: number }[];
}

/** Records what becomes of each cell; a cell about which nothing is said makes `close` throw, so that none is dropped without a word. */
export class Accounting {
  readonly #fates = new Map<string, Map<number, (CellFate | undefined)[]>>();
  /** Mostly more is said of the row that was spoken of last. */
  #sheet = '';
  #row = 0;
  #last: (CellFate | undefined)[] = [];

  /** `columns`: places from 0. What is said first stands, but `asked` replaces it. */
  say(sheet: string, row: number, columns: Iterable<number>, fate: CellFate): void {
    for (const column of columns) this.sayCell(sheet, row, column, fate);
  }

  sayCell(sheet: string, row: number, column: number, fate: CellFate): void {
    if (this.#row !== row || this.#sheet !== sheet) {
      this.#last = this.#fatesOf(sheet, row, column);
      this.#sheet = sheet;
      this.#row = row;
    }
    if (this.#last[column] === undefined || fate === 'asked') this.#last[column] = fate;
  }

  /** `column`: of which something will be said; where it is the last one the room for the row is made at once. */
  #fatesOf(sheet: string, row: number, column: number): (CellFate | undefined)[] {
    let rows = this.#fates.get(sheet);
    if (!rows) this.#fates.set(sheet, (rows = new Map()));
    let fates = rows.get(row);
    if (!fates) {
      fates = [];
      fates.length = column + 1;
      rows.set(row, fates);
    }
    return fates;
  }

  /** The account of all cells that hold something; cells that a merged one was spread over are not counted. */
  close(source: Source): Account {
    const counts = new Map<CellFate, number>();
    let cells = 0;
    for (const sheet of source.sheets) {
      const rows = this.#fates.get(sheet.name);
      for (const { row, cells: texts, spread } of sheet.rows) {
        const fates = rows?.get(row);
        const repeated = spread.length === 0 ? NOWHERE : new Set(spread);
        for (const [column, text] of texts.entries()) {
          if (text === '' || repeated.has(column)) continue;
          const fate = fates?.[column];
          if (fate === undefined) throw new Error(`nothing is said of a cell: row ${row}, column ${column + 1}`);
          cells++;
          counts.set(fate, (counts.get(fate) ?? 0) + 1);
        }
      }
    }
    const [taken, asked] = [counts.get('taken') ?? 0, counts.get('asked') ?? 0];
    const leftFor = [...counts].flatMap(([why, number]) => (why === 'taken' || why === 'asked' ? [] : [{ why, cells: number }]));
    return { cells, taken, asked, left: cells - taken - asked, leftFor };
  }
}

const NOWHERE: ReadonlySet<number> = new Set();
