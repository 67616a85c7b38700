/** Cells that a spreadsheet would run as a formula; a plain number or date with a sign is none. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/**
 * Rows as CSV text for Excel: a byte order mark, CRLF, `delimiter` (`;` where the language writes decimals with a comma),
 * cells quoted where needed. A text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvText(rows: readonly (readonly (string | number)[])[], delimiter: ',' | ';'): string {
  return `\uFEFF${rows.map((row) => row.map((cell) => csvCell(cell, delimiter)).join(delimiter)).join('\r\n')}\r\n`;
}

function csvCell(cell: string | number, delimiter: string): string {
  const text = typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : String(cell);
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
