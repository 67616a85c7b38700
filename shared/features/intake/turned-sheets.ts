import type { Result } from '../../kernel/result.ts';
import type { Sheet, SheetRow, Source } from '../../kernel/source.ts';
import type { IntakeOptions, Understood } from './shapes.ts';
import { isUnknownForm } from './unknown-columns.ts';

/** A source as it was read: as it stands, or with its sheets turned. */
export interface SourceRead<T, C extends string> {
  /** Turned, its rows are the columns of the file, and its columns the rows. */
  readonly source: Source;
  readonly turned: boolean;
  readonly read: Result<T, C>;
}

/** The way in which a kind of file is read, and what its reading shows of which way it lies. */
export interface WaysToRead<T, C extends string> {
  read(source: Source): Result<T, C>;
  understood(read: T): Pick<Understood, 'columns'>;
  /** Names that a reading found which are headings of such a file: fields, half-days. */
  misnamed(read: T): { readonly headings: number; readonly rows: number };
}

/**
 * Reads a source as it stands or, where it is no list so, as one whose sheets lie on their side: names across the top, and half-days, questions or fields down the side. A
 * list whose people are mostly called like headings is none. It is turned by itself only where two headings and more are then known by their words; `turned` says it by
 * hand.
 */
export function readEitherWay<T, C extends string>(source: Source, { turned }: IntakeOptions, ways: WaysToRead<T, C>): SourceRead<T, C> {
  const lying = turned === false ? null : turnedSource(source);
  if (turned === true && lying) return { source: lying, turned: true, read: ways.read(lying) };
  const upright: SourceRead<T, C> = { source, turned: false, read: ways.read(source) };
  if (lying === null || (upright.read.ok ? !isMisnamed(upright.read.value, ways) : !isUnknownForm(upright.read.refusal.code)))
    return upright;
  const read = ways.read(lying);
  return read.ok && isHeaded(ways.understood(read.value)) && !isMisnamed(read.value, ways)
    ? { source: lying, turned: true, read }
    : upright;
}

function isMisnamed<T>(read: T, ways: Pick<WaysToRead<T, string>, 'misnamed'>): boolean {
  const { headings, rows } = ways.misnamed(read);
  return headings > 1 && headings * 2 > rows;
}

function isHeaded({ columns }: Pick<Understood, 'columns'>): boolean {
  return columns.filter(({ field, why }) => field !== '' && (why === 'header' || why === 'both')).length > 1;
}

/** A list has no more columns than this: what has more rows does not lie on its side. */
const MOST_COLUMNS = 500;

/** The source with rows for columns; null where a sheet is longer than a list is wide. */
export function turnedSource(source: Source): Source | null {
  if (source.sheets.some(({ rows }) => (rows.at(-1)?.row ?? 0) > MOST_COLUMNS)) return null;
  return { ...source, sheets: source.sheets.map(turnedSheet) };
}

function turnedSheet(sheet: Sheet): Sheet {
  const width = Math.max(0, ...sheet.rows.map(({ cells }) => cells.length));
  const height = sheet.rows.at(-1)?.row ?? 0;
  const rows = Array.from({ length: width }, (_, place): SheetRow => {
    const cells = Array.from({ length: height }, () => '');
    const placesOf = (holds: (row: SheetRow) => boolean): number[] => sheet.rows.flatMap((row) => (holds(row) ? [row.row - 1] : []));
    for (const row of sheet.rows) cells[row.row - 1] = row.cells[place] ?? '';
    return {
      row: place + 1,
      hidden: sheet.rows.every(({ hiddenCells, cells: all }) => place >= all.length || hiddenCells.includes(place)),
      cells,
      spread: placesOf(({ spread }) => spread.includes(place)),
      hiddenCells: placesOf(({ hidden }) => hidden),
      repairs: [...new Set(sheet.rows.flatMap((row) => ((row.cells[place] ?? '') === '' ? [] : row.repairs)))],
    };
  });
  return { ...sheet, rows: rows.filter(({ cells }) => cells.some((text) => text !== '')) };
}
