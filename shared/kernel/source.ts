/** The format of a file, by its bytes and never by its name. */
export type SourceFormat = 'xlsx' | 'ods' | 'csv' | 'html' | 'spreadsheetXml' | 'paste';

/** A file of tables as it was read, before anything in it has a meaning. */
export interface Source {
  readonly format: SourceFormat;
  /** How its bytes became text; null where the format says it (XLSX, ODS). */
  readonly encoding: SourceEncoding | null;
  /** In the file's order, hidden ones too; a text is one sheet with the name ''. */
  readonly sheets: readonly Sheet[];
}

export interface SourceEncoding {
  readonly name: string;
  /** False where other encodings read the bytes as well, and a person should look at the names. */
  readonly sure: boolean;
  /** The readings that are possible, likeliest first, each with lines in which they differ; `name` is the first unless it was chosen by hand. */
  readonly candidates: readonly { readonly name: string; readonly sample: readonly string[] }[];
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The rows that hold something, in the file's order. */
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** As a spreadsheet numbers it: the file's first row is 1, blank rows count. */
  readonly row: number;
  /** Hidden by hand or by a filter. */
  readonly hidden: boolean;
  /** Trimmed, in Unicode's composed form, without signs that nobody sees; '' for a cell that holds nothing. */
  readonly cells: readonly string[];
  /** Places (from 0) of cells that are blank in the file and hold the text of the merged cell that covers them. */
  readonly spread: readonly number[];
  /** Places of cells in columns that are hidden. */
  readonly hiddenCells: readonly number[];
  /** What had to be mended to read the row. */
  readonly repairs: readonly RowRepair[];
}

/**
 * The kinds of repair of a row. `quotes`: quotation marks that did not close or stood in the middle; `joined`: a delimiter inside a text that nobody quoted, so
 * that the row had a cell too many; `bytes`: bytes that are no text in the file's encoding and were read in another.
 */
export type RowRepair = 'quotes' | 'joined' | 'bytes';

/** The name of a column as a spreadsheet shows it: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** The place of a column by its letters; null for what is none. */
export function columnIndex(letters: string): number | null {
  if (!/^[A-Z]{1,3}$/.test(letters)) return null;
  let number = 0;
  for (const letter of letters) number = 26 * number + letter.charCodeAt(0) - 64;
  return number - 1;
}

/** Returns the first three texts of a column, which show what it holds. */
export function firstTexts(rows: readonly SheetRow[], place: number): string[] {
  const found: string[] = [];
  for (const { cells } of rows) {
    if ((cells[place] ?? '') !== '') found.push(cells[place]!);
    if (found.length === 3) break;
  }
  return found;
}

/** The codes with which a file or a text is not read as tables. */
export const SOURCE_REFUSALS = [
  'file.missing',
  'file.unreadable',
  'table.empty',
  'table.encodingUnknown',
  'table.tooCostly',
  'table.tooLarge',
  'table.unreadable',
] as const;
export type SourceRefusal = (typeof SOURCE_REFUSALS)[number];
