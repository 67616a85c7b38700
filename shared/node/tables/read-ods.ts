import type { Sheet } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { cellText } from './cell-text.ts';
import { walkMarkup } from './markup.ts';
import { formatOf, shownNumber } from './number-format.ts';
import { SheetBuilder, tooLarge } from './sheet-builder.ts';

type Attributes = Readonly<Record<string, string>>;

const PLAIN = formatOf('');
const ASIDE = new Set(['annotation', 'frame', 'shapes', 'custom-shape', 'tracked-changes', 'dde-links']);
/** A sheet ends there whatever repeats. */
const LAST_ROW = 1_048_576;

/** The sheets of an OpenDocument spreadsheet by its content. Refuses `table.unreadable` and `table.tooLarge`. */
export function readOds(content: string): Result<Sheet[], 'table.tooLarge' | 'table.unreadable'> {
  const book = new OpenDocument();
  if (!walkMarkup(content, 'xml', book)) return refuse('table.unreadable');
  if (book.tooLarge) return tooLarge();
  const sheets: Sheet[] = [];
  for (const builder of book.sheets) {
    const sheet = builder.build();
    if (!sheet.ok) return sheet;
    sheets.push(sheet.value);
  }
  return ok(sheets);
}

class OpenDocument {
  readonly sheets: SheetBuilder[] = [];
  tooLarge = false;
  /** Styles of tables that are not shown. */
  readonly #hiding = new Set<string>();
  #style = '';
  #sheet: SheetBuilder | null = null;
  /** Tables within cells, drawings and remarks: what is in them is no cell of the sheet. */
  #aside = 0;
  #row = 1;
  #rowTimes = 1;
  #column = 0;
  #columnsDefined = 0;
  /** Cells of the row at hand that hold something, as the row may stand for several. */
  #cells: { readonly column: number; readonly times: number; readonly text: string }[] = [];
  #merges: { readonly column: number; readonly across: number; readonly down: number }[] = [];
  #attributes: Attributes | null = null;
  #lines: string[] = [];
  #inLine = 0;

  open(name: string, attributes: Attributes): void {
    if (this.#aside > 0 || ASIDE.has(name) || (name === 'table' && this.#attributes)) this.#aside++;
    else if (name === 'style') this.#style = attributes['style:name'] ?? '';
    else if (name === 'table-properties') {
      if (attributes['table:display'] === 'false') this.#hiding.add(this.#style);
    } else if (name === 'table') this.#openSheet(attributes);
    else if (this.#sheet) this.#openWithin(name, attributes);
  }

  close(name: string): void {
    if (this.#aside > 0) this.#aside--;
    else if (name === 'table') this.#sheet = null;
    else if (name === 'table-row') this.#closeRow();
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell();
    else if (name === 'p' || name === 'h') this.#inLine = 0;
  }

  text(text: string): void {
    if (this.#aside === 0 && this.#inLine > 0) this.#lines[this.#lines.length - 1] += text;
  }

  stopped(): boolean {
    return this.tooLarge || (this.#sheet?.tooLarge ?? false);
  }

  #openSheet(attributes: Attributes): void {
    this.#sheet = new SheetBuilder(attributes['table:name'] ?? '', this.#hiding.has(attributes['table:style-name'] ?? ''));
    this.sheets.push(this.#sheet);
    [this.#row, this.#columnsDefined] = [1, 0];
  }

  #openWithin(name: string, attributes: Attributes): void {
    const hidden = /^(collapse|filter)$/.test(attributes['table:visibility'] ?? '');
    if (name === 'table-column') {
      const columns = timesOf(attributes['table:number-columns-repeated']);
      if (hidden) this.#sheet!.hideColumns(this.#columnsDefined, this.#columnsDefined + columns - 1);
      this.#columnsDefined += columns;
    } else if (name === 'table-row') {
      this.#rowTimes = timesOf(attributes['table:number-rows-repeated']);
      [this.#column, this.#cells, this.#merges] = [0, [], []];
      if (hidden) this.#sheet!.hideRows(this.#row, this.#row + this.#rowTimes - 1);
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      this.#attributes = attributes;
      this.#lines = [];
    } else if (name === 'p' || name === 'h') {
      this.#lines.push('');
      this.#inLine = this.#attributes ? 1 : 0;
    } else if (name === 's') this.text(' ');
    else if (name === 'tab') this.text(' ');
    else if (name === 'line-break') this.text('\n');
  }

  #closeCell(): void {
    const attributes = this.#attributes ?? {};
    this.#attributes = null;
    const times = timesOf(attributes['table:number-columns-repeated']);
    const text = cellText(shownValue(attributes, this.#lines.join('\n')));
    if (text !== '') this.#cells.push({ column: this.#column, times, text });
    const [across, down] = [timesOf(attributes['table:number-columns-spanned']), timesOf(attributes['table:number-rows-spanned'])];
    if (across > 1 || down > 1) this.#merges.push({ column: this.#column, across, down });
    this.#column += times;
  }

  #closeRow(): void {
    const sheet = this.#sheet;
    if (!sheet) return;
    if (this.#cells.length > 0 && this.#row > LAST_ROW) this.tooLarge = true;
    for (let row = this.#row; this.#cells.length > 0 && row < this.#row + this.#rowTimes && !this.stopped(); row++) {
      for (const { column, times, text } of this.#cells) sheet.putMany(row, column, times, text);
    }
    for (const { column, across, down } of this.#merges) sheet.merge(this.#row, column, this.#row + down - 1, column + across - 1);
    this.#row += this.#rowTimes;
  }
}

function timesOf(value: string | undefined): number {
  const times = Number(value ?? 1);
  return Number.isSafeInteger(times) && times >= 1 ? times : 1;
}

/** Returns the text of a cell: dates and times by their value, shares and numbers with leading zeros as they are shown, other numbers by their value. */
function shownValue(attributes: Attributes, shown: string): string {
  if (attributes['calcext:value-type'] === 'error') return '';
  const value = attributes['office:value'];
  switch (attributes['office:value-type']) {
    case 'date': {
      const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?/.exec(attributes['office:date-value'] ?? '') ?? [];
      return day === undefined ? shown : time === undefined || time === '00:00' ? day : `${day} ${time}`;
    }
    case 'time': {
      const [, hours, minutes, seconds] = /^PT(\d+)H(\d+)M(\d+)/.exec(attributes['office:time-value'] ?? '') ?? [];
      if (hours === undefined) return shown;
      return [hours, minutes!, ...(Number(seconds) === 0 ? [] : [seconds!])].map((part) => part.padStart(2, '0')).join(':');
    }
    case 'boolean':
      return attributes['office:boolean-value'] === 'true' ? 'true' : 'false';
    case 'percentage':
      return shown === '' ? `${shownNumber(Number(value) * 100, PLAIN)}%` : shown.replace(/\s+%/, '%').replace(',', '.');
    case 'float':
    case 'currency':
      if (
        value === undefined ||
        /^0\d+$/.test(shown) ||
        (/^[0+(]/.test(shown) && shown.replace(/\D/g, '').length > String(Number(value)).length)
      )
        return shown;
      return shownNumber(Number(value), PLAIN);
    default:
      return shown === '' ? (attributes['office:string-value'] ?? '') : shown;
  }
}
