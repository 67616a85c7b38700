/** A list as read from a CSV or XLSX file: the rows that hold something, cells trimmed and in Unicode's composed form. */
export interface Table {
  /** The first row that holds something. */
  readonly header: readonly string[];
  readonly headerRow: number;
  /** The rows after it. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** The row's number as a spreadsheet shows it; blank rows count, the file's first row is 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A person's own file may be long, but no list of people is longer than this. */
export const TABLE_LIMITS = { bytes: 20 * 1024 * 1024, rows: 20_000, columns: 1_000, cell: 20_000 } as const;
