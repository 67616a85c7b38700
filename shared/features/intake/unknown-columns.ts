import type { z } from 'zod';
import type { RejectedRow } from '../../contract/shapes.ts';
import type { Refusal } from '../../kernel/result.ts';
import { fold } from '../../kernel/text.ts';
import { columnIndex, columnLetters, type Sheet, type SheetRow, type Source } from '../../kernel/source.ts';
import { Accounting } from './account.ts';
import type { account, IntakeOptions, PlannedRow, question, understood } from './shapes.ts';
import { encodingQuestion } from './unsure-encoding.ts';

/** Refusals of files that a person can read where the program knows none of their columns. */
const UNKNOWN: readonly string[] = ['people.headerUnknown', 'attendance.formUnknown', 'evaluation.notThisForm'];

/** Whether a refusal says that a file is no list of the kind that is read. */
export function isUnknownForm(code: string): boolean {
  return UNKNOWN.includes(code);
}

/** The answer of a look at a file of which the columns are not known: they are shown with what stands in them, and nothing is taken. */
export interface UnknownColumnsPlan {
  readonly understood: z.infer<typeof understood>;
  readonly questions: z.infer<typeof question>[];
  readonly rows: PlannedRow[];
  readonly account: z.infer<typeof account>;
  readonly importId: null;
  readonly rejected: RejectedRow[];
  readonly doubtful: RejectedRow[];
  /** The refusal that taking the file would meet. */
  readonly columnsUnknown: { readonly code: string; readonly details: Record<string, unknown> };
}

/** The plan of a file whose columns nobody knows, for a person to say what they hold, `turned` or as it stands; null where the refusal is of another kind, or nothing can be shown. */
export function planUnknownColumns(source: Source, options: IntakeOptions, refusal: Refusal, turned: boolean): UnknownColumnsPlan | null {
  if (!isUnknownForm(refusal.code)) return null;
  const [sheet] = longestFirst(
    source.sheets.filter(({ name, hidden }) => (options.sheet === undefined ? !hidden : name === options.sheet)),
  );
  if (!sheet) return null;
  const headerRow = options.headerRow ?? likelyHeaderRow(sheet);
  const visible = sheet.rows.filter(({ hidden }) => !hidden);
  const header = visible.find(({ row }) => row === headerRow)?.cells ?? [];
  const below = visible.filter(({ row }) => row > headerRow);
  const { leftFor, ...figures } = accountOf(source, sheet, headerRow);
  return {
    understood: {
      format: source.format,
      encoding: source.encoding?.name ?? null,
      encodings: (source.encoding?.candidates ?? []).map(({ name, sample }) => ({ name, sample: [...sample] })),
      sheet: sheet.name,
      sheets: source.sheets.map(({ name, hidden, rows }) => ({ name, hidden, used: name === sheet.name, rows: rows.length })),
      ...(turned && { turned }),
      headerRow,
      columns: columnsOf(header, below, options.columns ?? {}),
    },
    questions: encodingQuestion(source, []),
    rows: [],
    account: { ...figures, leftFor: [...leftFor] },
    importId: null,
    rejected: [{ sheet: sheet.name, row: headerRow, field: '', code: refusal.code }],
    doubtful: [],
    columnsUnknown: { code: refusal.code, details: { ...refusal.details } },
  };
}

/** Rows looked at for headings, and for how wide a list is. */
const ROWS_TRIED = 30;

/** A sheet that is read, with what a person chose that holds for it. */
export interface SheetToRead {
  readonly sheet: Sheet;
  /** The row with its headings, where that is chosen. */
  readonly headerRow: number | undefined;
  readonly columns: NonNullable<IntakeOptions['columns']>;
}

/** The headings that a reader finds in a sheet. */
interface FoundHeadings {
  readonly headerRows: readonly number[];
  readonly headers: readonly string[];
}

/**
 * The sheets that are read where a person chose what columns hold: those that are lists without the choices, each with its own headings, else the one that was shown; so
 * that a choice moves no headings and makes no list of a cover page. What was chosen of the first one's columns holds in another where the same heading stands. All
 * sheets where nothing was chosen. `find`: what a reader finds without choices.
 */
export function sheetsByHand(
  sheets: readonly Sheet[],
  { headerRow, columns = {} }: IntakeOptions,
  find: () => ReadonlyMap<Sheet, FoundHeadings>,
): SheetToRead[] {
  if (Object.keys(columns).length === 0) return sheets.map((sheet) => ({ sheet, headerRow, columns }));
  const found = [...find()];
  const [sheet] = longestFirst(sheets);
  if (found.length === 0) return sheet ? [{ sheet, headerRow: headerRow ?? likelyHeaderRow(sheet), columns }] : [];
  const shown = found[0]![1].headers;
  return found.map(([each, { headerRows, headers }]) => ({
    sheet: each,
    headerRow: headerRow ?? headerRows.at(-1) ?? 0,
    columns: Object.fromEntries(
      Object.entries(columns).filter(([letters]) => {
        const place = columnIndex(letters) ?? -1;
        return fold(headers[place] ?? '') === fold(shown[place] ?? '');
      }),
    ),
  }));
}

/** The first row as wide as the list whose cells are words while those below hold figures and addresses, or words as it does; 0 where the list seems to begin without one. */
function likelyHeaderRow(sheet: Sheet): number {
  const visible = sheet.rows.filter(({ hidden }) => !hidden).slice(0, ROWS_TRIED);
  const width = Math.max(0, ...visible.map((row) => own(row).length));
  const at = visible.findIndex((row) => own(row).length >= Math.max(1, width * 0.6));
  const first = visible[at];
  if (!first) return 0;
  const below = visible.slice(at + 1);
  const mean = below.reduce((sum, row) => sum + figures(row), 0) / Math.max(1, below.length);
  return figures(first) === 0 || figures(first) < mean / 2 ? first.row : 0;
}

function own({ cells, spread }: SheetRow): string[] {
  return cells.filter((cell, place) => cell !== '' && !spread.includes(place));
}

/** The share of cells that are a number, a date or an address. */
function figures(row: SheetRow): number {
  const filled = own(row);
  return filled.filter((cell) => /@/.test(cell) || !/\p{L}/u.test(cell)).length / Math.max(1, filled.length);
}

function longestFirst(sheets: readonly Sheet[]): Sheet[] {
  return sheets.filter(({ rows }) => rows.length > 0).sort((a, b) => b.rows.length - a.rows.length);
}

function columnsOf(header: readonly string[], below: readonly SheetRow[], chosen: NonNullable<IntakeOptions['columns']>) {
  const width = Math.max(
    header.length,
    ...below.slice(0, 50).map(({ cells }) => cells.length),
    ...Object.keys(chosen).map((letters) => (columnIndex(letters) ?? -1) + 1),
  );
  return Array.from({ length: width }, (_, place) => {
    const column = columnLetters(place);
    const said = chosen[column];
    return {
      column,
      header: header[place] ?? '',
      field: said ?? '',
      why: said === undefined ? 'none' : 'chosen',
      sample: below.flatMap(({ cells }) => cells[place] || []).slice(0, 3),
    };
  });
}

/** All that stands under the headings is asked about. */
function accountOf(source: Source, sheet: Sheet, headerRow: number) {
  const accounting = new Accounting();
  for (const { name, hidden: isHidden, rows } of source.sheets)
    for (const { row, hidden, cells } of rows) {
      const fate =
        name !== sheet.name
          ? isHidden
            ? ('hiddenSheet' as const)
            : ('otherSheet' as const)
          : hidden
            ? ('hiddenRow' as const)
            : row > headerRow
              ? ('asked' as const)
              : row === headerRow
                ? ('header' as const)
                : ('title' as const);
      accounting.say(name, row, cells.keys(), fate);
    }
  return accounting.close(source);
}
