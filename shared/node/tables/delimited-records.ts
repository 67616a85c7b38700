import { TABLE_LIMITS } from '../../kernel/table.ts';

/** A record of a delimited text as it is written, blanks and all. */
export interface DelimitedRecord {
  /** The first record of a text is 1; blank ones count. */
  readonly row: number;
  readonly cells: readonly string[];
  /** The lines that it stands on, from 0. */
  readonly lines: { readonly from: number; readonly to: number };
  /** Places of cells that stood in quotation marks. */
  readonly quoted: readonly number[];
  /** Its quotation marks did not close, or stood in the middle. */
  readonly mended: boolean;
}

interface TakenRecord extends Omit<DelimitedRecord, 'row' | 'lines'> {
  /** Where the record's line ends. */
  readonly end: number;
}

/** Lines that one cell may have: what goes on for longer is a mark that was never closed. */
const LONGEST_CELL = 100;

/**
 * The records of a text, blank ones left out, until there are `most`. A quoted cell may hold line ends. A mark that does not close, or that would swallow the rows below it, is taken for a
 * stray sign and its line for a record, so that one slip costs one row.
 */
export function readRecords(text: string, delimiter: string, most: number): DelimitedRecord[] {
  const width = usualWidth(text, delimiter);
  const records: DelimitedRecord[] = [];
  let row = 0;
  let line = 0;
  for (let at = 0; at < text.length && records.length < most; line++) {
    const lineEnd = endOfLine(text, at);
    row++;
    if (lineEnd > at) {
      const { cells, quoted, mended, end } = recordAt(text, at, lineEnd, delimiter, width);
      const from = line;
      for (let next = lineEnd; next < end; next = endOfLine(text, next + 1)) line++;
      records.push({ row, lines: { from, to: line }, cells, quoted, mended });
      at = end + 1;
    } else at++;
  }
  return records;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function recordAt(text: string, at: number, lineEnd: number, delimiter: string, width: number): TakenRecord {
  const line = text.slice(at, lineEnd);
  if (!line.includes('"')) return { cells: line.split(delimiter), quoted: NONE, mended: false, end: lineEnd };
  const strict = strictly(text, at, delimiter);
  if (strict && (strict.end === lineEnd || !swallows(text.slice(at, strict.end), strict.cells.length, delimiter, width))) return strict;
  return { ...leniently(line, delimiter), end: lineEnd };
}

const NONE: readonly number[] = [];

/** The record that begins here as the rules of CSV have it; null where they are broken. */
function strictly(text: string, start: number, delimiter: string): TakenRecord | null {
  const cells: string[] = [];
  const quoted: number[] = [];
  let at = start;
  let mended = false;
  for (;;) {
    const mark = markAt(text, at);
    let end: number;
    if (mark < 0) {
      end = endOfCell(text, at, delimiter);
      const cell = text.slice(at, end);
      if (hasOddMarks(cell)) mended = true;
      cells.push(mended ? withoutStray(cell) : cell);
    } else {
      const close = closingMark(text, mark);
      if (close < 0) return null;
      end = close + 1;
      while (text[end] === ' ') end++;
      if (end < text.length && text[end] !== delimiter && text[end] !== '\n') return null;
      quoted.push(cells.length);
      cells.push(text.slice(mark + 1, close).replaceAll('""', '"'));
    }
    if (end >= text.length || text[end] === '\n') return { cells, quoted, mended, end };
    at = end + 1;
  }
}

/** Where a cell's opening mark is: at its start, or after blanks that hands put there; -1 where it has none. */
function markAt(text: string, at: number): number {
  let mark = at;
  while (text[mark] === ' ') mark++;
  return text[mark] === '"' ? mark : -1;
}

function endOfCell(text: string, at: number, delimiter: string): number {
  let end = at;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
  return end;
}

/** The mark that closes a cell; -1 where none does before the cell is longer than any. */
function closingMark(text: string, open: number): number {
  let lines = 0;
  for (let at = open + 1; at < text.length && at - open <= TABLE_LIMITS.cell * 2; at++) {
    const sign = text[at];
    if (sign === '\n' && ++lines >= LONGEST_CELL) return -1;
    if (sign !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

function hasOddMarks(cell: string): boolean {
  return cell.split('"').length % 2 === 0;
}

function withoutStray(cell: string): string {
  if (!hasOddMarks(cell)) return cell;
  return cell.replace(/"\s*$/, '').replace(/^\s*"/, '');
}

/**
 * Whether a record over several lines has eaten others: its first line alone is as long as rows are, and the whole is not, or lines within it are rows
 * themselves.
 */
function swallows(raw: string, cells: number, delimiter: string, width: number): boolean {
  const lines = raw.split('\n');
  const isRow = (line: string): boolean => leniently(line, delimiter).cells.length === width;
  if (width < 2 || !isRow(lines[0]!)) return false;
  return cells !== width || lines.slice(1).some((line) => isRow(line) && !isProse(line, delimiter));
}

/** Whether a delimiter is a sign of the sentence: a blank follows it. */
function isProse(line: string, delimiter: string): boolean {
  const [, ...rest] = line.split(delimiter);
  return rest.length > 0 && rest.every((piece) => /^\s/.test(piece));
}

/** A line as one record, whatever its marks do: one that a delimiter follows closes a cell, any other is a sign like others, or left out where it stands alone. */
function leniently(line: string, delimiter: string): Omit<TakenRecord, 'end'> {
  const cells: string[] = [];
  const quoted: number[] = [];
  for (let at = 0; at <= line.length;) {
    const mark = markAt(line, at);
    const close = mark < 0 ? -1 : closingBefore(line, mark, delimiter);
    if (close >= 0) {
      quoted.push(cells.length);
      cells.push(line.slice(mark + 1, close).replaceAll('""', '"'));
      at = endOfCell(line, close + 1, delimiter) + 1;
    } else {
      const end = endOfCell(line, at, delimiter);
      cells.push(withoutStray(line.slice(at, end)));
      at = end + 1;
    }
  }
  return { cells, quoted, mended: true };
}

function closingBefore(line: string, open: number, delimiter: string): number {
  for (let at = line.indexOf('"', open + 1); at >= 0; at = line.indexOf('"', at + 1)) {
    let next = at + 1;
    while (line[next] === ' ') next++;
    if (next >= line.length || line[next] === delimiter) return at;
  }
  return -1;
}

/** How many cells most records have, each taken as the rules of CSV have it where they hold; 0 where there is none. */
function usualWidth(text: string, delimiter: string): number {
  const counts = new Map<number, number>();
  for (let at = 0, seen = 0; at < text.length && seen < 1_000; seen++) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    const marked = line.includes('"') ? (strictly(text, at, delimiter) ?? { ...leniently(line, delimiter), end: lineEnd }) : null;
    const width = marked ? marked.cells.length : line.split(delimiter).length;
    if (line.trim() !== '') counts.set(width, (counts.get(width) ?? 0) + 1);
    at = (marked?.end ?? lineEnd) + 1;
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}
