import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { takenByHand } from '../../intake/find-list.ts';
import type { IntakeOptions } from '../../intake/shapes.ts';
import type { WaysToRead } from '../../intake/turned-sheets.ts';
import { sheetsByHand } from '../../intake/unknown-columns.ts';
import type { Sheet, Source } from '../../../kernel/source.ts';
import { ContentReader } from '../../people/list/column-content.ts';
import { occasionOf, type SheetCalendar } from './occasions.ts';
import { chosenColumns, listsIn, type FoundSheet } from './found-sheets.ts';
import type { SheetContext } from './sheet-columns.ts';
import { SheetsReading, type OwnHeadings, type ReadSheets } from './sheets-reading.ts';

/** The facts of a workshop by which a file is read. */
export interface SheetKnowledge {
  readonly calendar: SheetCalendar;
  readonly known: SheetContext['known'];
  /** Headings of people as Itinera itself writes them, in each language. */
  readonly ownHeadings?: readonly OwnHeadings[];
}

/** Reads every visible sheet that says who was there, unless one is chosen. Refuses `attendance.formUnknown` where none does, `table.empty` where nobody stands in it. */
export function readSheets(
  source: Source,
  options: IntakeOptions,
  { calendar, known: people, ownHeadings = [] }: SheetKnowledge,
): Result<ReadSheets, 'attendance.formUnknown' | 'table.empty'> {
  const context = { calendar, known: people, reader: new ContentReader() };
  const visible = source.sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  const listsOf = (sheet: Sheet, chosen: SheetContext['chosen'], headerRow?: number) =>
    listsIn(sheet, { headerRow, taken: takenByHand(options, sheet.name) }, { ...context, chosen });
  const known = () =>
    new Map(visible.flatMap((sheet) => listsOf(sheet, new Map()).flatMap(({ list }, at) => (at === 0 ? [[sheet, list] as const] : []))));
  const all = sheetsByHand(visible, options, known).flatMap(({ sheet, headerRow, columns }) =>
    listsOf(sheet, chosenColumns({ columns }), headerRow),
  );
  // Where some lists have columns of marks, a list of names alone is the list of the people and no list of those who came.
  const isBare = ({ columns }: FoundSheet): boolean => columns.form === 'one' && !columns.line.has('status');
  const lists = all.some((found) => !isBare(found)) ? all.filter((found) => !isBare(found)) : all;
  if (lists.length === 0) return refuse('attendance.formUnknown');
  const reading = new SheetsReading(source, lists, options, calendar, ownHeadings);
  const read = reading.read();
  return read.rows.length === 0 && read.headings.length === 0 ? refuse('table.empty') : ok(read);
}

/** Returns how attendance is read whichever way its sheets lie; nobody is called *2 March, morning*. */
export function waysToReadSheets(
  options: IntakeOptions,
  knowledge: SheetKnowledge,
): WaysToRead<ReadSheets, 'attendance.formUnknown' | 'table.empty'> {
  return {
    read: (source) => readSheets(source, options, knowledge),
    understood: ({ understood: found }) => found,
    misnamed: ({ rows }) => ({
      rows: rows.length,
      headings: rows.filter(({ name }) => occasionOf(name, knowledge.calendar) !== null).length,
    }),
  };
}
