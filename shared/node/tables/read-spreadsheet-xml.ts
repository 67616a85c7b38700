import type { Sheet } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { cellText } from './cell-text.ts';
import { attributeOf, walkMarkup } from './markup.ts';
import { formatOf, shownNumber, type NumberFormat } from './number-format.ts';
import { isTrue } from './read-worksheet.ts';
import { SheetBuilder } from './sheet-builder.ts';

type Attributes = Readonly<Record<string, string>>;

/** Formats that this kind of file calls by a word. */
const NAMED: Readonly<Record<string, string>> = {
  Percent: '0.00%',
  'Short Date': 'yyyy-mm-dd',
  'Long Date': 'yyyy-mm-dd',
  'Short Time': 'h:mm',
};
const PLAIN = formatOf('');

/** The sheets of a workbook in the XML of Excel 2003. Refuses `table.unreadable` and `table.tooLarge`. */
export function readSpreadsheetXml(xml: string): Result<Sheet[], 'table.tooLarge' | 'table.unreadable'> {
  const book = new SpreadsheetBook();
  if (!walkMarkup(xml, 'xml', book)) return refuse('table.unreadable');
  const sheets: Sheet[] = [];
  for (const builder of book.sheets) {
    const sheet = builder.build();
    if (!sheet.ok) return sheet;
    sheets.push(sheet.value);
  }
  return ok(sheets);
}

class SpreadsheetBook {
  readonly sheets: SheetBuilder[] = [];
  readonly #formats = new Map<string, NumberFormat>();
  #style = '';
  #sheet: SheetBuilder | null = null;
  #row = 0;
  #rowsOn = 1;
  #column = -1;
  #columnsDefined = 0;
  #across = 0;
  #type = '';
  #format = PLAIN;
  #text: string | null = null;
  #visible: string | null = null;
  #inComment = false;

  open(name: string, attributes: Attributes): void {
    if (name === 'Worksheet') this.#openSheet(attributeOf(attributes, 'Name') ?? '');
    else if (name === 'Style') this.#style = attributeOf(attributes, 'ID') ?? '';
    else if (name === 'NumberFormat') this.#name(attributeOf(attributes, 'Format') ?? '');
    else if (name === 'Visible') this.#visible = '';
    else if (name === 'Column') this.#openColumn(attributes);
    else if (name === 'Row') this.#openRow(attributes);
    else if (name === 'Cell') this.#openCell(attributes);
    else if (name === 'Comment') this.#inComment = true;
    else if (name === 'Data' && !this.#inComment) {
      this.#type = attributeOf(attributes, 'Type') ?? 'String';
      this.#text = '';
    }
  }

  close(name: string): void {
    if (name === 'Data' && this.#text !== null) {
      this.#sheet?.put(this.#row, this.#column, this.#shown(this.#text));
      this.#text = null;
    } else if (name === 'Cell') this.#column += this.#across;
    else if (name === 'Comment') this.#inComment = false;
    else if (name === 'Visible') {
      if (this.#sheet && /hidden/i.test(this.#visible ?? '')) this.#sheet.hidden = true;
      this.#visible = null;
    }
  }

  text(text: string): void {
    if (this.#text !== null) this.#text += text;
    else if (this.#visible !== null) this.#visible += text;
  }

  stopped(): boolean {
    return this.#sheet?.tooLarge ?? false;
  }

  #openSheet(name: string): void {
    this.#sheet = new SheetBuilder(name, false);
    this.sheets.push(this.#sheet);
    [this.#row, this.#rowsOn, this.#columnsDefined] = [0, 1, 0];
  }

  #name(format: string): void {
    this.#formats.set(this.#style, formatOf(NAMED[format] ?? (/date/i.test(format) ? 'yyyy-mm-dd' : format)));
  }

  #openColumn(attributes: Attributes): void {
    const from = numberOf(attributes, 'Index') ?? this.#columnsDefined + 1;
    const to = from + (numberOf(attributes, 'Span') ?? 0);
    if (isTrue(attributeOf(attributes, 'Hidden'))) this.#sheet?.hideColumns(from - 1, to - 1);
    this.#columnsDefined = to;
  }

  #openRow(attributes: Attributes): void {
    this.#row = numberOf(attributes, 'Index') ?? this.#row + this.#rowsOn;
    // A row may stand for several that are as blank.
    this.#rowsOn = 1 + (numberOf(attributes, 'Span') ?? 0);
    this.#column = -1;
    if (isTrue(attributeOf(attributes, 'Hidden'))) this.#sheet?.hideRows(this.#row, this.#row + this.#rowsOn - 1);
  }

  #openCell(attributes: Attributes): void {
    this.#column = (numberOf(attributes, 'Index') ?? this.#column + 2) - 1;
    this.#across = numberOf(attributes, 'MergeAcross') ?? 0;
    this.#sheet?.merge(this.#row, this.#column, this.#row + (numberOf(attributes, 'MergeDown') ?? 0), this.#column + this.#across);
    this.#format = this.#formats.get(attributeOf(attributes, 'StyleID') ?? '') ?? PLAIN;
  }

  #shown(text: string): string {
    switch (this.#type) {
      case 'Number':
        return Number.isNaN(Number(text)) ? cellText(text) : shownNumber(Number(text), this.#format);
      case 'Boolean':
        return isTrue(text.trim()) ? 'true' : 'false';
      case 'Error':
        return '';
      case 'DateTime': {
        const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text.trim()) ?? [];
        // A time of day stands on the day before the first.
        if (day === '1899-12-31') return time ?? '';
        return day === undefined ? cellText(text) : time === '00:00' ? day : `${day} ${time}`;
      }
      default:
        return cellText(text);
    }
  }
}

/** A whole number from 0; null where there is none. */
function numberOf(attributes: Attributes, name: string): number | null {
  const value = Number(attributeOf(attributes, name) ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}
