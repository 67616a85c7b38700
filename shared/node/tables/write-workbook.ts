import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import writeXlsxFile, { type Cell, type Feature, type Sheet } from 'write-excel-file/node';
import {
  getOpeningTagMarkup,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
} from 'write-excel-file/utility';
import { columnLetters } from '../../kernel/source.ts';
import type { WrittenChoice, WrittenSheet } from '../../kernel/table.ts';

type FileContent = Stream | Buffer | Blob;

/** Widths in characters: no column is drawn narrower or wider, however long its cells are. */
const WIDTHS = { narrowest: 6, widest: 48, prose: 110 } as const;
/** Rows under the headings whose cells offer their choices. */
const ROWS_WITH_CHOICES = 1_000;

/**
 * The bytes of an XLSX workbook. A text stays a text, whatever it looks like: no number, no date, no formula is made of it. The row of headings stays in sight; a
 * sheet without headings is prose.
 */
export async function writeWorkbook(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  return writeXlsxFile(sheets.map(sheetOf), { features: [choiceLists(sheets), hiddenColumns(sheets)] }).toBuffer();
}

function sheetOf({ name, headings, rows, wraps = false }: WrittenSheet): Sheet<FileContent> {
  const isProse = headings.length === 0;
  const head = isProse ? [] : [headings.map((value): Cell => ({ value, type: String, format: '@', fontWeight: 'bold', wrap: true }))];
  const width = (column: number): number =>
    Math.max(...[headings, ...rows].map((row) => String(row[column] ?? '').length), WIDTHS.narrowest) + 2;
  return {
    sheet: name,
    data: [...head, ...rows.map((row) => row.map((value) => cellOf(value, isProse || wraps)))],
    columns: isProse ? [{ width: WIDTHS.prose }] : headings.map((_, column) => ({ width: Math.min(width(column), WIDTHS.widest) })),
    ...(!isProse && { stickyRowsCount: 1 }),
  };
}

function cellOf(value: string | number | null, wrap: boolean): Cell {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: escaped(value), type: String, format: '@', ...(wrap && { wrap, alignVertical: 'top' }) };
}

/** Workbooks write some signs as `_x000D_`: a text that looks so is no such sign. */
function escaped(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
}

const SHEET = 'xl/worksheets/sheet{id}.xml';

/** Writes the lists of choices (data validation), for which the library has no option of its own. */
function choiceLists(sheets: readonly WrittenSheet[]): Feature<FileContent> {
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml, _options, { sheetIndex }) => {
            const choices = sheets[sheetIndex]?.choices ?? [];
            if (choices.length === 0) return xml;
            const validations = choices.map(validation).join('');
            const markup = `<dataValidations count="${choices.length}">${validations}</dataValidations>`;
            return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, getOrderOfSiblings(SHEET, 'worksheet') ?? [], 'worksheet');
          },
        },
      },
    },
  };
}

/** Takes columns out of sight; what stands in them is read back all the same. */
function hiddenColumns(sheets: readonly WrittenSheet[]): Feature<FileContent> {
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml, _options, { sheetIndex }) =>
            (sheets[sheetIndex]?.hidden ?? []).reduce(
              (text, column) => text.replace(`<col min="${column + 1}"`, (opening) => `${opening} hidden="1"`),
              xml,
            ),
        },
      },
    },
  };
}

function validation({ column, list, warning }: WrittenChoice): string {
  const letters = columnLetters(column);
  const from = columnLetters(list.column);
  const formula = `'${list.sheet.replaceAll("'", "''")}'!$${from}$2:$${from}$${list.length + 1}`;
  const opening = getOpeningTagMarkup('dataValidation', {
    type: 'list',
    errorStyle: 'warning',
    allowBlank: 1,
    showErrorMessage: 1,
    error: warning,
    sqref: `${letters}2:${letters}${ROWS_WITH_CHOICES + 1}`,
  });
  return `${opening}<formula1>${sanitizeTextContent(formula)}</formula1></dataValidation>`;
}
