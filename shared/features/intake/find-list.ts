import { fold } from '../../kernel/text.ts';
import { isWide, otherRow, type OtherRow } from './row-kinds.ts';
import type { IntakeOptions } from './shapes.ts';
import type { Sheet, SheetRow } from '../../kernel/source.ts';

/** A list in a sheet: its headings, its rows, and what the others are. */
export interface FoundList<R> {
  readonly sheet: Sheet;
  /** Numbers of the rows with the headings; two where they stand over each other, none where the list has none. */
  readonly headerRows: readonly number[];
  /** By place; of two rows both texts, joined by a blank. */
  readonly headers: readonly string[];
  /** What the headings and the cells under them were read as. */
  readonly reading: R;
  /** Visible rows that say something of their own. */
  readonly rows: readonly SheetRow[];
  /** Rows over the headings. */
  readonly titles: readonly SheetRow[];
  readonly others: readonly { readonly row: SheetRow; readonly other: OtherRow }[];
  readonly hidden: readonly SheetRow[];
}

/**
 * The function that reads headings with the rows that stand under them; `headers` is empty where the columns must speak for themselves. Null where they are no
 * list of this kind; of several readings that with the highest score holds, of equals the one that comes first.
 */
export type ReadHeadings<R extends { readonly score: number }> = (headers: readonly string[], below: readonly SheetRow[]) => R | null;

/** Titles, dates, logos and instructions seldom take more. */
const ROWS_SEARCHED = 30;

/** The choices about a sheet that were made before it is read. */
export interface ListSaid {
  /** The row with the headings; 0 for a list without. */
  readonly headerRow?: number | undefined;
  /** Numbers of rows that are of the list whatever they look like, over the headings and hidden ones too. */
  readonly taken?: ReadonlySet<number> | undefined;
  /** How many of the rows under headings are shown to the reader of headings; all of them where nothing is said. */
  readonly seen?: number;
  /** Whether a row certainly says the rest of the headings over it: neither is one without the other. */
  readonly belongs?: (upper: SheetRow, lower: SheetRow) => boolean;
}

/** Returns the numbers of the rows that a decision makes somebody's, whatever they look like. */
export function takenByHand({ decisions = [] }: IntakeOptions, sheet: string): ReadonlySet<number> {
  const here = decisions.filter((decision) => decision.take !== 'leave' && (decision.sheet ?? sheet) === sheet);
  return new Set(here.map(({ row }) => row));
}

/**
 * Finds the list of a sheet, wherever its headings stand among the first rows that hold something, in one row or in two. Null where nothing is
 * a list of this kind.
 */
export function findList<R extends { readonly score: number }>(
  sheet: Sheet,
  read: ReadHeadings<R>,
  { headerRow, taken = NONE, seen, belongs = () => false }: ListSaid = {},
): FoundList<R> | null {
  const visible = sheet.rows.filter(({ hidden, row }) => !hidden || taken.has(row));
  let best: Candidate<R> | null = null;
  const under = (at: number): SheetRow[] => visible.slice(at, seen === undefined ? undefined : at + seen);
  const consider = (at: number, height: 0 | 1 | 2, headers: readonly string[], over = 0): number => {
    const below = under(at + height);
    // Over nothing there is no list, unless a person says so.
    const reading = below.length === 0 && headerRow === undefined && at > 0 ? null : read(headers, below);
    if (reading && reading.score > over && reading.score > (best?.reading.score ?? 0)) best = { at, height, headers, reading };
    return reading?.score ?? 0;
  };
  const alone = new Map<number, number>();
  const scoreOf = (at: number): number => {
    const known = alone.get(at) ?? read(visible[at]!.cells, under(at + 1))?.score ?? 0;
    alone.set(at, known);
    return known;
  };
  const tried = new Set<string>();
  for (const [at, row] of visible.slice(0, ROWS_SEARCHED).entries()) {
    if (taken.has(row.row) && headerRow !== row.row) continue;
    // Headings that come once more on a new page are not where the list begins, however well the rest reads.
    const key = row.cells.map(fold).join('\n');
    if (headerRow === undefined && tried.has(key)) continue;
    tried.add(key);
    const next = visible[at + 1];
    if (headerRow === undefined && isOneOfMany(visible, at)) continue;
    const isOne = next !== undefined && !taken.has(next.row) && belongs(row, next);
    if (!isOne && (headerRow === undefined || headerRow === row.row)) alone.set(at, consider(at, 1, row.cells));
    // Of two rows of headings the lower one is that which was chosen; together they must say more than either does.
    const isPair =
      next !== undefined &&
      !taken.has(next.row) &&
      (isOne || completes(row, next)) &&
      next.row - row.row <= 2 &&
      (headerRow === undefined || headerRow === next.row || (isOne && headerRow === row.row));
    if (!isPair) continue;
    const [joined, over] = [joinedHeadings(row, next), isOne ? 0 : Math.max(scoreOf(at), scoreOf(at + 1))];
    consider(at, 2, joined, over);
    // *Date* over *Name*: the upper one heads what stands beside it, the lower one what stands below.
    const [first = -1, ...others] = filledPlaces(row);
    if (others.length > 1 && (next.cells[first] ?? '') !== '') consider(at, 2, joined.with(first, next.cells[first]!), over);
  }
  if (headerRow === 0 || (best === null && headerRow === undefined)) consider(0, 0, []);
  return best === null ? null : assemble(sheet, visible, best, taken);
}

const NONE: ReadonlySet<number> = new Set();

/** As many rows of one shape over a row are a list, and no titles. */
const ROWS_OF_A_LIST = 3;

/** Whether a row stands among others that fill the same columns, three or more, or comes at once again: it is one of the list, whatever a word in it could head. */
function isOneOfMany(visible: readonly SheetRow[], at: number): boolean {
  const { cells, spread } = visible[at]!;
  const filled = filledPlaces(visible[at]!);
  const next = visible[at + 1];
  if (next && spread.length === 0 && next.spread.length === 0 && filled.length > 1 && cells.join('\n') === next.cells.join('\n'))
    return true;
  if (filled.length < 3) return false;
  const key = filled.join();
  const over = visible.slice(0, at).filter((row) => row.spread.length === 0 && filledPlaces(row).join() === key);
  return over.length >= ROWS_OF_A_LIST;
}

function filledPlaces({ cells }: SheetRow): number[] {
  return cells.flatMap((text, place) => (text === '' ? [] : [place]));
}

interface Candidate<R> {
  readonly at: number;
  /** Rows of headings. */
  readonly height: 0 | 1 | 2;
  readonly headers: readonly string[];
  readonly reading: R;
}

function assemble<R>(
  sheet: Sheet,
  visible: readonly SheetRow[],
  { at, height, headers, reading }: Candidate<R>,
  taken: ReadonlySet<number>,
): FoundList<R> {
  const titles = visible.slice(0, at);
  const below = visible.slice(at + height);
  const shape = { header: height === 0 ? [] : (visible[at + height - 1]?.cells ?? []), wide: isWide(below) };
  const rows = titles.filter(({ row }) => taken.has(row));
  const others: { row: SheetRow; other: OtherRow }[] = [];
  for (const row of below) {
    const other = taken.has(row.row) ? null : otherRow(row, shape);
    if (other) others.push({ row, other });
    else rows.push(row);
  }
  return {
    sheet,
    headerRows: visible.slice(at, at + height).map(({ row }) => row),
    headers,
    reading,
    rows,
    titles: titles.filter(({ row }) => !taken.has(row)),
    others,
    hidden: sheet.rows.filter(({ hidden, row }) => hidden && !taken.has(row)),
  };
}

/** Whether rows complete each other, as two of headings do; where both say something in most columns, what names the lines apart, each says it alone. */
function completes(upper: SheetRow, lower: SheetRow): boolean {
  const places = Array.from({ length: Math.max(upper.cells.length, lower.cells.length) }, (_, place) => place);
  const own = ({ cells, spread }: SheetRow, place: number): boolean => (cells[place] ?? '') !== '' && !spread.includes(place);
  const either = places.filter((place) => own(upper, place) || own(lower, place)).length;
  return places.filter((place) => own(upper, place) && own(lower, place)).length * 2 <= either + 1;
}

/** Joins two rows of headings: each cell of the lower takes the text that stands over it, or last before it, as `2 mars` over `matin` and `après-midi`. */
export function joinedHeadings(upper: SheetRow, lower: SheetRow): string[] {
  const width = Math.max(upper.cells.length, lower.cells.length);
  let over = '';
  return Array.from({ length: width }, (_, place) => {
    const [above, below] = [upper.cells[place] ?? '', lower.cells[place] ?? ''];
    over = above !== '' ? above : below === '' ? '' : over;
    return [over, below].filter((text, index) => text !== '' && !(index === 1 && text === over)).join(' ');
  });
}
