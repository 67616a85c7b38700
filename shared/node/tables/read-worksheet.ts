import { columnIndex } from '../../kernel/source.ts';
import { cellText } from './cell-text.ts';
import { walkMarkup } from './markup.ts';
import { formatOf, shownNumber, type NumberFormat } from './number-format.ts';
import type { SheetBuilder } from './sheet-builder.ts';

const PLAIN = formatOf('');
const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** The texts and formats of a workbook that its sheets refer to. */
export interface WorkbookTexts {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
  /** What becomes of a text as it is written. */
  readonly textOf: (written: string) => string;
}

/** Puts the cells of a worksheet's XML into a sheet. False where the XML is none that a program writes. */
export function readWorksheet(xml: string, sheet: SheetBuilder, texts: WorkbookTexts): boolean {
  const cells = new WorksheetCells(sheet, texts);
  return walkMarkup(xml, 'xml', cells);
}

class WorksheetCells {
  readonly #sheet: SheetBuilder;
  readonly #texts: WorkbookTexts;
  // Some writers number neither rows nor cells: the next one stands beside the last.
  #row = 0;
  #column = -1;
  #inCell = false;
  #type = 'n';
  #style = 0;
  #value = '';
  /** Within a value or a text of the cell at hand. */
  #listening = false;
  #spoken = false;

  constructor(sheet: SheetBuilder, texts: WorkbookTexts) {
    this.#sheet = sheet;
    this.#texts = texts;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#listening = this.#inCell;
    else if (name === 't') this.#listening = this.#inCell && !this.#spoken;
    else if (name === 'rPh') this.#spoken = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'col') this.#hide(attributes);
    else if (name === 'mergeCell') this.#merge(attributes['ref'] ?? '');
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#listening = false;
    else if (name === 'rPh') this.#spoken = false;
    else if (name === 'c') {
      if (this.#inCell && this.#value !== '') this.#sheet.put(this.#row, this.#column, this.#shown());
      this.#inCell = false;
    }
  }

  text(text: string): void {
    if (this.#listening) this.#value += text;
  }

  stopped(): boolean {
    return this.#sheet.tooLarge;
  }

  #openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    const row = Number(r);
    this.#row = Number.isSafeInteger(row) && row > 0 ? row : this.#row + 1;
    this.#column = -1;
    if (isTrue(hidden)) this.#sheet.hideRows(this.#row, this.#row);
  }

  #openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    const place = r === undefined ? null : placeOf(r);
    this.#column = place?.column ?? this.#column + 1;
    if (place) this.#row = place.row;
    this.#inCell = true;
    this.#type = t ?? 'n';
    this.#style = Number(s ?? 0);
    this.#value = '';
  }

  #hide({ min, max, hidden, width }: Readonly<Record<string, string>>): void {
    const [from, to] = [Number(min), Number(max)];
    if ((isTrue(hidden) || width === '0') && from >= 1 && to >= from) this.#sheet.hideColumns(from - 1, to - 1);
  }

  #merge(range: string): void {
    const [first = '', last = ''] = range.split(':');
    const [from, to] = [placeOf(first), placeOf(last)];
    if (from && to) this.#sheet.merge(from.row, from.column, to.row, to.column);
  }

  #shown(): string {
    const { strings, formats, from1904, textOf } = this.#texts;
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return strings[Number(value)] ?? '';
      case 'inlineStr':
      case 'str':
        return textOf(unescaped(value));
      case 'b':
        return isTrue(value.trim()) ? 'true' : 'false';
      case 'e':
        return '';
      case 'd': {
        const [, day, time = '00:00'] = ISO_DATE.exec(value.trim()) ?? [];
        return day === undefined ? cellText(value) : time === '00:00' ? day : `${day} ${time}`;
      }
      default: {
        const number = Number(value);
        return Number.isNaN(number) ? cellText(value) : shownNumber(number, formats[this.#style] ?? PLAIN, from1904);
      }
    }
  }
}

function placeOf(reference: string): { readonly row: number; readonly column: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  const column = letters === undefined ? null : columnIndex(letters);
  return column === null || Number(digits) < 1 ? null : { column, row: Number(digits) };
}

/** Whether an XML attribute says true: `1` or `true`. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** Returns a text with the signs that workbooks write as `_x000D_`, because XML does not allow them. */
export function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text;
}
