import Papa from 'papaparse';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';

const DELIMITERS = [';', '\t', ','] as const;

/**
 * The records of a text with `;`, tab or `,` between cells (whichever cuts the first records most evenly). A quoted cell
 * may hold line ends; a blank line is an empty record, as a spreadsheet shows it. Refuses `table.quotes` {row} where
 * quotation marks do not close: what follows would end up in one cell.
 */
export function readDelimited(text: string): Result<string[][]> {
  // Lists pieced together on several machines mix their line ends.
  const { body, delimiter } = stated(text.replace(/\r\n?/g, '\n'));
  const parsed = Papa.parse<string[]>(body, {
    delimiter: delimiter ?? likeliestDelimiter(body),
    newline: '\n',
    skipEmptyLines: false,
    preview: TABLE_LIMITS.rows + 2,
  });
  const quotes = parsed.errors.find((error) => error.type === 'Quotes');
  if (quotes) return refuse('table.quotes', { row: (quotes.row ?? 0) + 1 });
  return ok(parsed.data);
}

/** Excel's own first line `sep=;` names the delimiter and is no row. */
function stated(text: string): { readonly body: string; readonly delimiter: string | null } {
  const line = /^sep=([;,\t|])\n/i.exec(text.slice(0, 8));
  return line ? { body: text.slice(line[0].length), delimiter: line[1]! } : { body: text, delimiter: null };
}

function likeliestDelimiter(text: string): string {
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const sample = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 50, skipEmptyLines: 'greedy' }).data;
    const score = evenness(sample.map((record) => record.length));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** How evenly records are cut: the share of records as long as most of them; a little more for more cells; 0 when nothing is cut. */
function evenness(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [commonest, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return commonest < 2 ? 0 : count / lengths.length + Math.min(commonest, 50) / 100;
}
