import type { Result } from '../../kernel/result.ts';
import { ok } from '../../kernel/result.ts';
import { withoutGuard } from '../../kernel/csv.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import type { RowRepair, Sheet, SheetRow } from '../../kernel/source.ts';
import { cellText } from './cell-text.ts';
import { joinTexts } from './delimited-joins.ts';
import { readRecords, type DelimitedRecord } from './delimited-records.ts';
import { tooLarge } from './sheet-builder.ts';

const DELIMITERS = ['\t', ';', '|', ','] as const;
const NONE: readonly number[] = [];

/** No line of a text was mended. */
const WHOLE: ReadonlySet<number> = new Set();

/**
 * The rows of a text with `;`, tab, `|` or `,` between cells (whichever cuts the first records most evenly), as one sheet without a name. `repaired`: lines, from 0,
 * whose bytes were mended. Refuses `table.tooLarge`.
 */
export function readDelimited(text: string, repaired: ReadonlySet<number> = WHOLE): Result<Sheet, 'table.tooLarge'> {
  // Lists pieced together on several machines mix their line ends.
  const { body, delimiter: named, skipped } = stated(text.replace(/\r\n?/g, '\n'));
  let delimiter = named ?? likeliestDelimiter(body);
  let records = readRecords(body, delimiter, Infinity);
  const unwrapped = withoutWrapping(records);
  if (unwrapped) ({ records, delimiter } = unwrapped);
  const rows: SheetRow[] = [];
  for (const [index, { cells, joined }] of joinTexts(records, delimiter).entries()) {
    const { row, lines, mended } = records[index]!;
    const texts = cells.map((cell) => cellText(withoutGuard(cell)));
    // A list of nothing but `;;;` has no row that tells its delimiter.
    if (texts.every((cell) => ONLY_DELIMITERS.test(cell))) continue;
    if (rows.length > TABLE_LIMITS.rows || isTooLarge(texts)) return tooLarge();
    const repairs: RowRepair[] = [...(mended ? (['quotes'] as const) : []), ...(joined ? (['joined'] as const) : [])];
    if (repaired.size > 0 && isAnyIn(repaired, lines.from + skipped, lines.to + skipped)) repairs.push('bytes');
    rows.push({ row, hidden: false, cells: texts, spread: NONE, hiddenCells: NONE, repairs });
  }
  return ok({ name: '', hidden: false, rows });
}

/** The records of a text each line of which somebody put in quotation marks as a whole; null where that is not so. */
function withoutWrapping(records: readonly DelimitedRecord[]): { readonly records: DelimitedRecord[]; readonly delimiter: string } | null {
  if (!records.every(({ cells, quoted }) => cells.length === 1 && quoted.length === 1)) return null;
  const lines = records.map(({ cells }) => cells[0]!.replaceAll('\n', ' '));
  const delimiter = likeliestDelimiter(lines.join('\n'));
  const cut = lines.map((line) => readRecords(line, delimiter, 1)[0]);
  if (!cut.some((record) => record && record.cells.length > 1)) return null;
  return {
    delimiter,
    records: records.map((record, index) => ({ ...record, ...cut[index], row: record.row, lines: record.lines, mended: true })),
  };
}

function isAnyIn(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let line = from; line <= to; line++) if (lines.has(line)) return true;
  return false;
}

const ONLY_DELIMITERS = /^[;,|\t]*$/;

function isTooLarge(cells: readonly string[]): boolean {
  return cells.length > TABLE_LIMITS.columns || cells.some((cell) => cell.length > TABLE_LIMITS.cell);
}

/** Excel's own first line `sep=;` names the delimiter and is no row. */
function stated(text: string): { readonly body: string; readonly delimiter: string | null; readonly skipped: number } {
  const line = /^"?sep=([;,\t|])"?[;,\t|]*\n/i.exec(text.slice(0, 100));
  return line ? { body: text.slice(line[0].length), delimiter: line[1]!, skipped: 1 } : { body: text, delimiter: null, skipped: 0 };
}

/** Signs that texts and numbers hold seldom count for more than the comma, which both are full of. */
const SELDOM_IN_TEXT = 0.2;

function likeliestDelimiter(text: string): string {
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const lengths = readRecords(text, delimiter, 50).map(({ cells }) => cells.length);
    const score = evenness(lengths) * (delimiter === ',' ? 1 : 1 + SELDOM_IN_TEXT);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best === ',' && isProse(text) ? NOWHERE : best;
}

/** A sign that stands in no text of lines. */
const NOWHERE = '\u0000';

/** Whether the commas of a text are those of sentences: in fewer than half of its lines, one in each, and a blank behind. */
function isProse(text: string): boolean {
  const lines = text.split('\n', 50).filter((line) => line.trim() !== '');
  const cut = lines.filter((line) => line.includes(','));
  return cut.length > 0 && cut.length * 2 < lines.length && cut.every((line) => /^[^,]*[\p{L}\d], [^,]*$/u.test(line));
}

/** How evenly records are cut: the share of records as long as most of those that are cut; a little more for more cells; 0 when nothing is cut. */
function evenness(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  // Titles and lines that part the sections of a report have one cell.
  for (const length of lengths) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [commonest, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return commonest === 0 ? 0 : count / lengths.length + Math.min(commonest, 50) / 100;
}
