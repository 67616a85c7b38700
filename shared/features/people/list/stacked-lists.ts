import type { SheetRow } from '../../../kernel/source.ts';
import type { FoundList } from '../../intake/find-list.ts';
import type { ContentReader } from './column-content.ts';
import { headingMeaning } from './heading-meaning.ts';
import type { PeopleColumns } from './people-columns.ts';

/** Returns the number of the row where another list begins below: its headings, or the one line over them. */
export function newHeadings(list: FoundList<unknown>): number | null {
  if (list.headerRows.length === 0) return null;
  const others = list.others.filter(({ other }) => other.kind !== 'header').map(({ row }) => row);
  const below = others.length === 0 ? list.rows : [...list.rows, ...others].sort((a, b) => a.row - b.row);
  for (const [index, row] of below.entries()) {
    // Rows of people mostly have a figure or an address, or nothing in front that could be a heading.
    if (row.cells.some(holdsFigure)) continue;
    const filled = row.cells.filter((cell) => cell !== '');
    if (filled.length < 2 || filled.slice(0, 3).every((cell) => headingMeaning(cell) === null)) continue;
    const meanings = filled.map((cell) => headingMeaning(cell)).filter((meaning) => meaning !== null);
    const names = meanings.some(({ field }) => ['ambiguousName', 'familyName', 'givenName', 'fullName'].includes(field));
    if (!names || meanings.length < 2 || meanings.length < filled.length * 0.6) continue;
    // A court or a profession may head a column; what stands in its column again is what the column holds.
    if (row.cells.some((text, place) => text !== '' && below.some((other) => other !== row && other.cells[place] === text))) continue;
    const before = below[index - 1];
    return before && before.cells.filter((cell) => cell !== '').length === 1 ? before.row : row.row;
  }
  return null;
}

function holdsFigure(cell: string): boolean {
  return /[\d@]/.test(cell);
}

export function upTo(list: FoundList<PeopleColumns>, end: number): FoundList<PeopleColumns> {
  return {
    ...list,
    rows: list.rows.filter(({ row }) => row < end),
    others: list.others.filter(({ row }) => row.row < end),
    hidden: list.hidden.filter(({ row }) => row < end),
  };
}

/** Fewer rows are titles. */
const FEWEST_ROWS = 3;

/**
 * Parts the rows over the headings that fill the same columns with names: a list that stands over this one under headings which say less (*Rank* | *Name HN*), in
 * the same columns. Null where there is none.
 */
export function rowsAbove(
  list: FoundList<PeopleColumns>,
  columns: PeopleColumns,
  reader: ContentReader,
): { readonly list: FoundList<PeopleColumns>; readonly above: FoundList<PeopleColumns> } | null {
  if (list.titles.length < FEWEST_ROWS) return null;
  const shapes = new Set(list.rows.map(shapeOf));
  const alike = list.titles.filter((row) => row.spread.length === 0 && shapeOf(row).includes(',') && shapes.has(shapeOf(row)));
  const [first] = alike;
  const isHeaded = first?.cells.some((cell) => headingMeaning(cell) !== null) === true;
  const rows = isHeaded ? alike.slice(1) : alike;
  if (rows.length < FEWEST_ROWS) return null;
  const places = (['fullName', 'familyName', 'givenName'] as const).flatMap((field) => columns.at.get(field) ?? []);
  const names = places.map((place) => reader.contents(rows, place + 1)[place]!);
  if (!names.every(({ name }) => name >= 0.8) || !names.some(({ givenName, wholeName }) => givenName >= 0.3 || wholeName >= 0.8))
    return null;
  const isAbove = new Set(alike);
  return {
    list: { ...list, titles: list.titles.filter((row) => !isAbove.has(row)) },
    above: { ...list, headerRows: isHeaded ? [first!.row] : [], rows, titles: [], others: [], hidden: [] },
  };
}

/** Which columns a row fills. */
function shapeOf({ cells }: SheetRow): string {
  return cells.flatMap((text, place) => (text === '' ? [] : [place])).join();
}
