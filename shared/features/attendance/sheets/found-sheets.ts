import type { z } from 'zod';
import { splitHalfDay } from '../../../kernel/dates.ts';
import { findList, type FoundList, type ListSaid } from '../../intake/find-list.ts';
import type { IntakeOptions, understood } from '../../intake/shapes.ts';
import { columnIndex, columnLetters, firstTexts, type Sheet, type SheetRow, type Source } from '../../../kernel/source.ts';
import { areDaysOfMonth, halfDaysMeant, isWeekday, occasionOf, type OccasionContext, type SheetCalendar } from './occasions.ts';
import { sheetColumns, type SheetColumns, type SheetContext } from './sheet-columns.ts';
import { lineFields } from './sheet-headings.ts';
import { hasFrenchHalves } from './sheet-rows.ts';

/** A list of a sheet that says who was there. */
export interface FoundSheet {
  readonly list: FoundList<SheetColumns>;
  readonly columns: SheetColumns;
}

/** The lists of a sheet: one under the other where new headings follow. */
export function listsIn(sheet: Sheet, said: ListSaid, context: SheetContext): FoundSheet[] {
  const belongs = (upper: SheetRow, lower: SheetRow): boolean =>
    tellHalves(upper, lower, context.calendar) ||
    tellHalves(lower, upper, context.calendar) ||
    tellDays(upper, lower) ||
    tellDays(lower, upper);
  const list = findList(sheet, (headers, below) => sheetColumns(headers, below, context), { ...said, belongs });
  if (!list) return [];
  const below = [...list.rows, ...list.others.map(({ row }) => row)].sort((a, b) => a.row - b.row);
  const again = new Set(list.others.filter(({ other }) => other.kind === 'header').map(({ row }) => row.row));
  // The same headings once more begin a list where a title stands over them; without one they are a page's.
  const next = below.find((row, at) => at > 0 && (again.has(row.row) ? isTitle(below[at - 1]!) : isHeading(row, list, context)));
  if (!next) return [{ list, columns: list.reading }];
  const before = sheet.rows.filter(({ row, cells }) => row < next.row && cells.some((cell) => cell !== '')).at(-1);
  // What stands over new headings belongs to them: a title of one cell.
  const from = before && isTitle(before) && before.row > (list.headerRows.at(-1) ?? 0) + 1 ? before.row : next.row;
  const here = {
    ...list,
    rows: list.rows.filter(({ row }) => row < from),
    others: list.others.filter(({ row }) => row.row < from),
    hidden: list.hidden.filter(({ row }) => row < from),
  };
  const following = listsIn({ ...sheet, rows: sheet.rows.filter(({ row }) => row >= from) }, { taken: said.taken }, context);
  return following.length === 0
    ? [{ list, columns: list.reading }]
    : [{ list: { ...here, sheet: list.sheet }, columns: list.reading }, ...following];
}

/** Whether one row names days and the other the half of each, in words, under a heading that says so or under none: apart, either would mark whole days. */
function tellHalves(days: SheetRow, halves: SheetRow, calendar: SheetCalendar): boolean {
  const places = halves.cells.flatMap((text, place) => (text === '' ? [] : [place]));
  const [told, labels] = [
    places.filter((place) => isHalfAlone(halves.cells[place]!)),
    places.filter((place) => !isHalfAlone(halves.cells[place]!)),
  ];
  const isLabelled = labels.every((place) => lineFields(halves.cells[place]!).some((field) => field === 'half' || field === 'session'));
  const isDay = (place: number): boolean => {
    const occasion = occasionOf(days.cells[place] ?? '', calendar);
    return occasion !== null && occasion.half === null && (occasion.dated || occasion.dayNumber !== null);
  };
  // A merged day stands over its halves once.
  return (
    told.length > 0 &&
    labels.length < 2 &&
    isLabelled &&
    isDay(told[0]!) &&
    told.every((place) => (days.cells[place] ?? '') === '' || isDay(place))
  );

  function isHalfAlone(text: string): boolean {
    const occasion = occasionOf(text, calendar);
    return occasion !== null && occasion.halfWord.length > 1 && !occasion.dated && occasion.dayNumber === null && occasion.rest === '';
  }
}

/** Whether one row numbers days of a month and the other says their days of the week, each over or under the other; beside them both head the same columns, or one alone does. */
function tellDays(numbers: SheetRow, weekdays: SheetRow): boolean {
  const places = numbers.cells.flatMap((text, place) => (/^0?\d{1,2}$/u.test(text) ? [place] : []));
  const others = weekdays.cells.flatMap((text, place) => (text === '' || places.includes(place) ? [] : [place]));
  return (
    places.length > 2 &&
    places.every((place) => isWeekday(weekdays.cells[place] ?? '')) &&
    others.every((place) => ['', weekdays.cells[place]].includes(numbers.cells[place] ?? ''))
  );
}

function isHeading(row: SheetRow, list: FoundList<SheetColumns>, context: SheetContext): boolean {
  const filled = row.cells.filter((cell) => cell !== '');
  if (filled.length < 2) return false;
  const below = list.sheet.rows.filter(({ row: number, hidden }) => number > row.row && !hidden).slice(0, 10);
  if (below.length === 0) return false;
  const read = sheetColumns(row.cells, below, context);
  return read !== null && read.headed >= 1.5 && (read.marks.length > 0 || read.line.size > 0);
}

/** Whether a row has one cell of its own, as titles and sections have. */
export function isTitle({ cells, spread }: SheetRow): boolean {
  return cells.filter((cell, place) => cell !== '' && !spread.includes(place)).length === 1;
}

/** Returns how a file was read: its sheets, and the columns of its first list. */
export function understoodSheets(
  source: Source,
  lists: readonly FoundSheet[],
  { calendar, order }: Pick<OccasionContext, 'calendar' | 'order'>,
): z.infer<typeof understood> {
  const [{ list, columns }] = lists as readonly [FoundSheet, ...FoundSheet[]];
  const used = new Set(lists.map((found) => found.list.sheet.name));
  const fields = new Map<number, string>();
  for (const [field, place] of columns.person) fields.set(place, field);
  for (const [field, place] of columns.line) fields.set(place, field);
  const context: OccasionContext = {
    calendar: calendar,
    order,
    around: null,
    frenchHalves: hasFrenchHalves(list, columns, calendar),
    daysOfMonth: areDaysOfMonth(
      columns.marks.map(({ occasion }) => occasion),
      calendar,
    ),
  };
  for (const column of columns.marks) {
    const meant = column.halfDays ? { halfDays: column.halfDays } : column.occasion ? halfDaysMeant(column.occasion, context) : null;
    const field =
      meant && 'halfDays' in meant ? (meant.halfDays.length > 1 ? splitHalfDay(meant.halfDays[0]!).day : meant.halfDays[0]!) : 'session';
    for (const place of [column.place, ...(column.leaves === undefined ? [] : [column.leaves])]) fields.set(place, field);
  }
  const width = Math.max(list.headers.length, ...list.rows.slice(0, 50).map(({ cells }) => cells.length));
  return {
    format: source.format,
    encoding: source.encoding?.name ?? null,
    encodings: (source.encoding?.candidates ?? []).map(({ name, sample }) => ({ name, sample: [...sample] })),
    sheet: list.sheet.name,
    sheets: source.sheets.map(({ name, hidden, rows }) => ({ name, hidden, used: used.has(name), rows: rows.length })),
    headerRow: list.headerRows.at(-1) ?? 0,
    columns: Array.from({ length: width }, (_, place) => ({
      column: columnLetters(place),
      header: list.headers[place] ?? '',
      field: fields.get(place) ?? '',
      why: columns.chosen.has(place) ? 'chosen' : fields.has(place) ? 'header' : 'none',
      sample: firstTexts(list.rows, place),
    })),
  };
}

/** The meaning of columns that a person chose, by place. */
export function chosenColumns({ columns = {} }: IntakeOptions): ReadonlyMap<number, string> {
  return new Map(Object.entries(columns).map(([letters, field]) => [columnIndex(letters)!, field]));
}
