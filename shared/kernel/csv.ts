import type { Language } from './text.ts';

/** The value of a cell: a number is written in the language's own way, a text is guarded; null is an empty cell. */
export type CsvCell = string | number | null;

/** The delimiter of a list for Excel in this language: `;` where the comma is the decimal sign. */
export function delimiterOf(language: Language): ',' | ';' {
  return language === 'en' ? ',' : ';';
}

/**
 * A CSV file for Excel, as text: byte order mark, the language's delimiter and decimal sign, CR LF. Text that a spreadsheet
 * would run as a formula (it begins with = + - @ tab or CR) gets an apostrophe before it, which `withoutGuard` takes off.
 */
export function csvOf(rows: readonly (readonly CsvCell[])[], language: Language): string {
  const delimiter = delimiterOf(language);
  const lines = rows.map((row) => row.map((cell) => quoted(textOf(cell, delimiter), delimiter)).join(delimiter));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function textOf(cell: CsvCell, delimiter: ',' | ';'): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return delimiter === ';' ? String(cell).replace('.', ',') : String(cell);
  return GUARDED.test(cell) ? `'${cell}` : cell;
}

/** Matches texts to be guarded; what already begins with apostrophes before such a sign is guarded as well, so that every text comes back as it was. */
const GUARDED = /^'*[=+\-@\t\r]/;

/** A cell of a list without the apostrophe that keeps it from being run as a formula; other programs guard their lists by it too. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell;
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
