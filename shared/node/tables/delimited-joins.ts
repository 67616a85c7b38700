import type { DelimitedRecord } from './delimited-records.ts';

/** The kinds of the cells of a column, by the rows that fit. */
interface Column {
  /** The kind of nearly all of them, where it is one that is told at sight. */
  readonly kind: Kind | null;
  readonly values: ReadonlySet<string>;
}

type Kind = 'address' | 'number' | 'date' | 'letter';

/** More delimiters than this in one text are a row that broke in another way. */
const MOST_EXTRA = 4;
/** By so much the best way to join must be better than the next. */
const CLEAR = 2;

/** The row that a row with delimiters in its texts became: joined where one way fits clearly, else as it is. */
export interface Joined {
  readonly cells: readonly string[];
  readonly joined: boolean;
}

/**
 * Joins the cells of rows that have more than the list has columns, because a text with a delimiter in it was not quoted. What columns hold elsewhere, and
 * blanks that follow a delimiter only within a text, say which cells belong together; a row in which two ways are as good stays as it is, for somebody to see.
 */
export function joinTexts(records: readonly DelimitedRecord[], delimiter: string): Joined[] {
  const width = widthOf(records);
  const plain = (record: DelimitedRecord): Joined => ({ cells: record.cells, joined: false });
  // A tab stands in no text.
  if (delimiter === '\t' || width < 2) return records.map(plain);
  const isWide = ({ cells }: DelimitedRecord): boolean => filled(cells) > width;
  if (!records.some(isWide)) return records.map(plain);
  const fitting = records.filter(({ cells }) => cells.length === width);
  const columns = Array.from({ length: width }, (_, place) => columnOf(fitting.map(({ cells }) => cells[place]!.trim())));
  const spaced = fitting.filter(({ cells }) => cells.some((cell, i) => i > 0 && isLed(cell))).length > fitting.length / 10;
  return records.map((record) =>
    isWide(record) ? { cells: joinedCells(record, columns, delimiter, spaced), joined: true } : plain(record),
  );
}

/**
 * How many cells rows have: most of them, or the first that has several where it has more, as it heads the others. Where it has fewer, and in each of the others
 * as many cells begin with a blank, those are the rest of texts.
 */
function widthOf(records: readonly DelimitedRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const length = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
  const usual = records.filter(({ cells }) => cells.length === length);
  const width = usual.reduce((most, { cells }) => Math.max(most, filled(cells)), 0);
  const first = records.map(({ cells }) => filled(cells)).find((cells) => cells > 1) ?? 0;
  const missing = width - first;
  const isRest = ({ cells }: DelimitedRecord): boolean => cells.filter(isLed).length === missing;
  return first > width || (first > 1 && missing > 0 && usual.every(isRest)) ? first : width;
}

/** Whether a blank stands before what a cell holds. */
function isLed(cell: string): boolean {
  return /^\s+\S/.test(cell);
}

/** Up to the last cell that holds something. */
function filled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function columnOf(cells: readonly string[]): Column {
  const held = cells.filter((cell) => cell !== '');
  const kinds = new Map<Kind, number>();
  for (const cell of held) {
    const kind = kindOf(cell);
    if (kind) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  // The heading is of no kind.
  const common = [...kinds].find(([, count]) => count >= Math.max(1, (held.length - 1) * 0.8));
  return { kind: common?.[0] ?? null, values: new Set(held) };
}

function kindOf(cell: string): Kind | null {
  if (/^[^\s,;|]+@[^\s,;|]+\.[^\s,;|]+$/.test(cell)) return 'address';
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(cell)) return 'date';
  if (/^[+\d][\d .()/-]*$/.test(cell)) return 'number';
  return /^\p{L}$/u.test(cell) ? 'letter' : null;
}

interface Joining {
  readonly score: number;
  /** How many cells each column takes. */
  readonly taken: readonly number[];
}

function joinedCells(
  { cells, quoted }: DelimitedRecord,
  columns: readonly Column[],
  delimiter: string,
  spaced: boolean,
): readonly string[] {
  const extra = filled(cells) - columns.length;
  if (extra > MOST_EXTRA) return cells;
  const piece = (from: number, count: number): string => cells.slice(from, from + count).join(delimiter);
  // By column: the two best ways to give it and those before it so many cells more than one each.
  let ways: (readonly Joining[])[] = [[{ score: 0, taken: [] }]];
  for (const [place, column] of columns.entries()) {
    ways = Array.from({ length: extra + 1 }, (_, more) => {
      const here: Joining[] = [];
      for (let own = 0; own <= more; own++) {
        const from = place + more - own;
        const score = fit(column, piece(from, own + 1)) + joints(cells, quoted, from, own, spaced);
        for (const before of ways[more - own] ?? []) here.push({ score: before.score + score, taken: [...before.taken, own + 1] });
      }
      return here.toSorted((a, b) => b.score - a.score).slice(0, 2);
    });
  }
  const [best, next] = ways[extra]!;
  if (!best || best.score < 0 || (next && best.score - next.score < CLEAR)) return cells;
  let from = 0;
  return best.taken.map((count) => {
    const text = piece(from, count);
    from += count;
    return text;
  });
}

/** How well a text stands in a column. */
function fit({ kind, values }: Column, written: string): number {
  const text = written.trim();
  if (text === '') return 0;
  if (values.has(text)) return 3;
  const own = kindOf(text);
  if (kind !== null) return own === kind ? 2 : -3;
  return own === 'address' ? -3 : 0;
}

/** How likely the delimiters within a text are signs of it: a blank follows them, which follows none between cells; a mark stands at none. */
function joints(cells: readonly string[], quoted: readonly number[], from: number, own: number, spaced: boolean): number {
  let score = 0;
  const follows = (at: number): boolean => !spaced && isLed(cells[at] ?? '');
  if (from > 0 && follows(from)) score -= 2;
  for (let at = from + 1; at <= from + own; at++) {
    if (follows(at)) score += 2;
    if (quoted.includes(at) || quoted.includes(at - 1)) score -= 10;
  }
  return score;
}
