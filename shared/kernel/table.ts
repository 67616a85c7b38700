/**
 * The limits of a file of tables, in bytes, rows, columns and characters of a cell: a person's own file may be long, but no list of people is longer than this.
 */
export const TABLE_LIMITS = { bytes: 20 * 1024 * 1024, rows: 20_000, columns: 1_000, cell: 20_000 } as const;

/** A sheet of a file that is written: its headings (none where it is read as prose) and what stands under them. */
export interface WrittenSheet {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Columns whose cells are chosen from a list that stands in another sheet of the file. */
  readonly choices?: readonly WrittenChoice[];
  /** Columns that are there and not shown, by their places from 0. */
  readonly hidden?: readonly number[];
  /** Whether long texts are broken into lines within their cells. */
  readonly wraps?: boolean;
}

export interface WrittenChoice {
  /** Places from 0. */
  readonly column: number;
  readonly list: { readonly sheet: string; readonly column: number; readonly length: number };
  /** What is said to whoever writes something else; it may stand. */
  readonly warning: string;
}
