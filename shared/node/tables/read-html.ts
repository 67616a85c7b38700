import type { Sheet } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import { cellText } from './cell-text.ts';
import { walkMarkup } from './markup.ts';
import { SheetBuilder, tooLarge } from './sheet-builder.ts';

/** The most that cells span, as the standard of HTML caps it; no page that is a list has so many tables. */
const MOST = { columns: 1_000, rows: 65_534, tables: 1_000 };
const LINES = new Set(['br', 'p', 'div', 'li', 'h1', 'h2', 'h3', 'h4']);
const NO_TEXT = new Set(['script', 'style', 'noscript', 'template', 'title']);

/**
 * The tables of a page, each a sheet by its caption or its number; a table within a cell is a sheet of its own. Refuses `table.unreadable` and `table.tooLarge`.
 */
export function readHtml(html: string): Result<Sheet[], 'table.tooLarge' | 'table.unreadable'> {
  const page = new PageTables();
  if (!walkMarkup(html, 'html', page)) return refuse('table.unreadable');
  if (page.tables.length > MOST.tables) return tooLarge();
  const sheets: Sheet[] = [];
  for (const table of page.tables) {
    const sheet = table.sheet.build();
    if (!sheet.ok) return sheet;
    if (sheet.value.rows.length > 0) sheets.push(sheet.value);
  }
  const single = sheets.length === 1;
  return ok(sheets.map((sheet, index) => ({ ...sheet, name: sheet.name === '' && !single ? String(index + 1) : sheet.name })));
}

class PageTables {
  /** In the order in which they begin. */
  readonly tables: PageTable[] = [];
  readonly #open: PageTable[] = [];
  #silent = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (NO_TEXT.has(name)) this.#silent++;
    else if (name === 'table') {
      const table = new PageTable(isHidden(attributes));
      this.tables.push(table);
      this.#open.push(table);
    } else this.#open.at(-1)?.open(name, attributes);
  }

  close(name: string): void {
    if (NO_TEXT.has(name)) this.#silent--;
    else if (name === 'table') this.#open.pop()?.endCell();
    else this.#open.at(-1)?.close(name);
  }

  text(text: string): void {
    if (this.#silent === 0) this.#open.at(-1)?.text(text);
  }

  stopped(): boolean {
    return this.tables.length > MOST.tables || this.tables.some(({ sheet }) => sheet.tooLarge);
  }
}

class PageTable {
  readonly sheet: SheetBuilder;
  #row = 0;
  #column = 0;
  #columns = 0;
  /** By column: the last row that a cell from above reaches. */
  readonly #taken: number[] = [];
  #text: string | null = null;
  #caption: string | null = null;
  #across = 1;
  #down = 1;

  constructor(hidden: boolean) {
    this.sheet = new SheetBuilder('', hidden);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'tr') this.#openRow(attributes);
    else if (name === 'td' || name === 'th') this.#openCell(attributes);
    else if (name === 'col') this.#openColumn(attributes);
    else if (name === 'caption') this.#caption = '';
    else if (LINES.has(name)) this.text('\n');
  }

  close(name: string): void {
    if (name === 'td' || name === 'th') this.endCell();
    else if (name === 'caption') {
      if (this.sheet.name === '') this.sheet.name = cellText(this.#caption ?? '').slice(0, 200);
      this.#caption = null;
    } else if (LINES.has(name) && name !== 'br') this.text('\n');
  }

  /** Line ends in the source of a page are blanks. */
  text(text: string): void {
    const plain = text === '\n' ? text : text.replace(/\s+/g, ' ');
    if (this.#text !== null) this.#text += plain;
    else if (this.#caption !== null) this.#caption += plain;
  }

  endCell(): void {
    if (this.#text === null) return;
    const text = cellText(this.#text);
    this.#text = null;
    this.sheet.put(this.#row, this.#column, text);
    const last = this.#column + this.#across - 1;
    this.sheet.merge(this.#row, this.#column, this.#row + this.#down - 1, last);
    for (let column = this.#column; column <= last && column < TABLE_LIMITS.columns; column++)
      this.#taken[column] = this.#row + this.#down - 1;
    this.#column = last + 1;
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    this.endCell();
    this.#row++;
    this.#column = 0;
    if (isHidden(attributes)) this.sheet.hideRows(this.#row, this.#row);
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    this.endCell();
    if (this.#row === 0) this.#row = 1;
    while ((this.#taken[this.#column] ?? 0) >= this.#row) this.#column++;
    this.#across = spanOf(attributes['colspan'], MOST.columns);
    this.#down = spanOf(attributes['rowspan'], MOST.rows);
    this.#text = '';
  }

  #openColumn(attributes: Readonly<Record<string, string>>): void {
    const columns = spanOf(attributes['span'], MOST.columns);
    if (isHidden(attributes)) this.sheet.hideColumns(this.#columns, this.#columns + columns - 1);
    this.#columns += columns;
  }
}

function isHidden({ hidden, style, width }: Readonly<Record<string, string>>): boolean {
  return hidden !== undefined || width === '0' || /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)/i.test(style ?? '');
}

function spanOf(value: string | undefined, most: number): number {
  const span = Number.parseInt(value ?? '1', 10);
  return span >= 1 ? Math.min(span, most) : 1;
}
