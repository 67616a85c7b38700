import type { Sheet, SheetRow } from '../../kernel/source.ts';
import { isEmail } from '../../model/values.ts';
import { cellText } from './cell-text.ts';

/**
 * The people of a mail as one sheet: names with what is said of them, addresses, and apart from both the lines that are neither. Addressees (`Awa Diop <awa@example.org>; "FALL, Moussa"
 * <fall@example.org>`) or a list with a sign or a number before each line. Null where the text is neither, as a table is.
 */
export function readMail(text: string): Sheet | null {
  if (text.includes('\t')) return null;
  const lines = text.split(/\r\n?|\n/);
  const read = addresseesIn(lines) ?? listedIn(lines);
  if (read === null) return null;
  const rows = read.map(({ row, cells }): SheetRow => ({
    row,
    hidden: false,
    cells: cells.map(cellText),
    spread: [],
    hiddenCells: [],
    repairs: [],
  }));
  return { name: '', hidden: false, rows };
}

interface MailLine {
  /** The number of the line; addressees of one line are counted on. */
  readonly row: number;
  /** Name, address, neither. */
  readonly cells: readonly [string, string, string];
}

/** A name before an address in angle brackets, or an address alone. */
const ADDRESSEE = /^\s*(?:"([^"]*)"|'([^']*)'|([^<>@"]*?))\s*<\s*([^<>\s]+@[^<>\s]+)\s*>\s*$/;

/** Null unless the lines hold addressees, two or more, nearly all of them with names, and nothing else. */
function addresseesIn(lines: readonly string[]): MailLine[] | null {
  const found: MailLine[] = [];
  let named = 0;
  for (const line of lines) {
    const head = /^\s*(?:to|cc|bcc|from|à|de|para|copie|copia|cci|cco)\s*:\s*(?=\S)/iu.exec(line)?.[0] ?? '';
    for (const piece of piecesOf(line.slice(head.length))) {
      const match = ADDRESSEE.exec(piece);
      const [, quoted, single, bare, address] = match ?? [];
      const alone = piece.trim();
      if (address !== undefined && isEmail(address)) {
        const name = quoted ?? single ?? bare ?? '';
        if (name !== '') named++;
        found.push({ row: found.length + 1, cells: [name, address, ''] });
      } else if (isEmail(alone)) found.push({ row: found.length + 1, cells: ['', alone, ''] });
      else return null;
    }
  }
  return found.length >= 2 && named >= found.length * 0.6 ? found : null;
}

/** Cut at `;`, or at `,` where there is none; not inside quotation marks or brackets. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let [piece, inside] = ['', ''];
  const separator = line.replace(/"[^"]*"/g, '').includes(';') ? ';' : ',';
  for (const sign of line) {
    if (inside === '' && sign === separator) {
      pieces.push(piece);
      piece = '';
      continue;
    }
    if (inside === '' && (sign === '"' || sign === '<')) inside = sign === '"' ? '"' : '>';
    else if (sign === inside) inside = '';
    piece += sign;
  }
  return [...pieces, piece].filter((one) => one.trim() !== '');
}

const LISTED = /^\s*(?:[-–—•·*▪◦►]|\(?\d{1,3}\s?[.)°–-])\s+(?=\p{L})/u;

/** Null unless most lines are of a list that has a sign or a number before each, and no line is cut by the delimiters of a table. */
function listedIn(lines: readonly string[]): MailLine[] | null {
  const filled = lines.map((line, index) => ({ line, row: index + 1 })).filter(({ line }) => line.trim() !== '');
  const listed = filled.filter(({ line }) => LISTED.test(line));
  if (listed.length < 2 || listed.length * 2 < filled.length) return null;
  if (listed.every(({ line }) => /[;|]/.test(line))) return null;
  return filled.map(({ line, row }): MailLine => {
    if (!LISTED.test(line)) return { row, cells: ['', '', line.trim()] };
    const words = line.replace(LISTED, '').trim();
    const address = words.split(/[\s<>()[\],;]+/u).find((word) => isEmail(word.replace(/^mailto:/iu, '')));
    if (address === undefined) return { row, cells: [words, '', ''] };
    const name = words
      .replace(address, ' ')
      .replace(/[<([]\s*[>)\]]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .replace(/\s+([,;:])/gu, '$1')
      .replace(/[\s,;:–—-]+$/u, '')
      .trim();
    return { row, cells: [name, address.replace(/^mailto:/iu, ''), ''] };
  });
}
