import type { HalfDay } from '../../../kernel/dates.ts';
import { isDay, splitHalfDay } from '../../../kernel/dates.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import type { ContentReader } from '../../people/list/column-content.ts';
import { headingMeaning } from '../../people/list/heading-meaning.ts';
import { isListField, IDENTIFYING_FIELDS, type ListField, type IdentifyingField } from '../../people/list/headings.ts';
import { peopleColumns } from '../../people/list/people-columns.ts';
import type { Mark } from '../../../model/vocabularies.ts';
import { passageOf, type Passage } from './event-stays.ts';
import { byKnownPeople, isTitleOverNames, preferKnownRef } from './known-people.ts';
import { isOwnRow, isToBeSigned, lineColumns, unheadedLineColumns } from './line-columns.ts';
import { areMarks, areSaidMarks, isDenied, isTick, markOfHeading } from './mark-cells.ts';
import { areWeekdays, halfDayOfSession, occasionOf, type Occasion, type SheetCalendar } from './occasions.ts';
import { isLineField, lineFields, type LineField } from './sheet-headings.ts';
import { timeOfText } from './stay-times.ts';
import { hoursOfWeekdays } from './weekday-hours.ts';

/**
 * How a sheet writes attendance. `columns`: a column for each half-day, day or session; `lines`: a line for each person and session; `times`: lines with joining
 * and leaving times; `one`: one session, with a status or with those alone who came.
 */
export type SheetForm = 'columns' | 'lines' | 'times' | 'one';

/** A column of marks. */
export interface MarkColumn {
  readonly place: number;
  readonly header: string;
  /** Chosen by a person, or the session's of the agenda; null where the occasion tells. */
  readonly halfDays: readonly HalfDay[] | null;
  /** null where the heading says nothing of when. */
  readonly occasion: Occasion | null;
  /** Of several columns in which one is ticked, the status that the heading names: *Present* beside *Absent*. */
  readonly says: Mark | null;
  /** A session of the agenda by its title or number: several may lie in one half-day. */
  readonly isSession: boolean;
  /** Times of coming or of going of a half-day or day: *2 March, Entrée* beside *2 March, Sortie*. */
  readonly passage?: Passage;
  /** The place of the column in which stands when those left who came at the times of this one. */
  readonly leaves?: number;
}

/** The columns of an attendance sheet, by what they hold. */
export interface SheetColumns {
  readonly score: number;
  /** How much the headings say of people; under 1 only the cells do. */
  readonly headed: number;
  readonly form: SheetForm;
  readonly person: ReadonlyMap<IdentifyingField, number>;
  /** The column that numbers the lines. */
  readonly number: number | null;
  readonly marks: readonly MarkColumn[];
  readonly line: ReadonlyMap<LineField, number>;
  /** What a tick in the column of statuses says, where its heading names one: *Absent*; null where its cells say it themselves. */
  readonly says: Mark | null;
  /** Nothing stands in the column of statuses. */
  readonly isUnsigned?: boolean;
  /** Places that a person gave a meaning. */
  readonly chosen: ReadonlySet<number>;
}

/** The context of a sheet: what the workshop knows beside it. */
export interface SheetContext {
  readonly calendar: SheetCalendar;
  /** Folded: the numbers, addresses and words of names of the workshop's people. */
  readonly known: { readonly refs: ReadonlySet<string>; readonly emails: ReadonlySet<string>; readonly names: ReadonlySet<string> };
  /** Meaning of columns by place: a field of a person or of a line, a half-day, a day, or '' to leave it out. */
  readonly chosen: ReadonlyMap<number, string>;
  readonly reader: ContentReader;
}

const ROWS_TRIED = 40;

/** Returns the meanings of a sheet's columns; null where they are no attendance of anybody, or where a row of the list was to head them. `headers`: none where the cells must speak for themselves. */
export function sheetColumns(headers: readonly string[], below: readonly SheetRow[], context: SheetContext): SheetColumns | null {
  const rows = below.filter((row) => !isBanner(row)).slice(0, ROWS_TRIED);
  const width = Math.max(headers.length, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, place) => rows.map(({ cells }) => cells[place] ?? '').filter((cell) => cell !== ''));
  if (headers.length === 0 && context.chosen.size === 0) return unheaded(columns, rows, context);
  if (context.chosen.size === 0 && isOwnRow(headers, columns, context.calendar)) return null;
  const chosen = columnsByHand(headers, context);
  const line = lineColumns(headers, columns, context.calendar, new Set(context.chosen.keys()));
  for (const [field, place] of chosen.line) line.set(field, place);
  const marks = line.has('event') ? [] : [...chosen.marks];
  if (!line.has('event')) {
    const isWeek = areWeekdays(headers);
    const isTitled = isTitleOverNames(headers, columns, context);
    const hours = hoursOfWeekdays(headers);
    for (const [place, cells] of columns.entries()) {
      if (hours.has(place) && !isTitled && !context.chosen.has(place) && areMarks(cells)) {
        marks.push({ place, header: headers[place]!, halfDays: null, occasion: null, says: null, isSession: true });
        continue;
      }
      const column =
        isTitled || context.chosen.has(place) ? null : markColumn({ place, header: headers[place] ?? '', cells, isWeek }, context.calendar);
      if (column) marks.push(column);
    }
    marks.push(...numberedDays(headers, columns, marks, context));
    marks.sort((a, b) => a.place - b.place);
    marks.splice(0, marks.length, ...withLeaving(marks));
  }
  // Beside columns of marks there are no lines: such headings are then of something else, as *Code* of a person's number.
  if (marks.length > 0) line.clear();
  const ticked = columns.flatMap((cells, place) => {
    const says = markOfHeading(headers[place] ?? '');
    return says !== null && !context.chosen.has(place) && cells.every((cell) => isTick(cell)) ? [{ place, says }] : [];
  });
  if (marks.length === 0 && ticked.length > 1 && !line.has('when') && !line.has('joined')) {
    line.clear();
    for (const { place, says } of ticked)
      marks.push({ place, header: headers[place] ?? '', halfDays: null, occasion: null, says, isSession: false });
  }
  const leaving = marks.flatMap(({ leaves }) => leaves ?? []);
  const used = new Set([...marks.map(({ place }) => place), ...leaving, ...line.values()]);
  const people = personColumns(headers, rows, columns, used, context);
  // Beside times a word under a heading that says nothing of attendance is of something else: a guest, a consent.
  if (marks.length === 0 && !['event', 'joined', 'minutes'].some((field) => line.has(field as LineField))) {
    const isHeld = (place: number): boolean => used.has(place) || people.number === place || [...people.person.values()].includes(place);
    const isOther = (place: number): boolean => isHeld(place) || context.chosen.has(place) || lineFields(headers[place] ?? '').length > 0;
    const others = columns.flatMap((cells, place) => (isOther(place) || !areSaidMarks(cells) ? [] : [place]));
    // Marks under headings that say nothing of when: one is the session's status, several are asked about.
    if (!line.has('status') && others.length === 1) line.set('status', others[0]!);
    else if (!line.has('status') && others.length > 1 && !line.has('when'))
      for (const place of others)
        marks.push({ place, header: headers[place] ?? '', halfDays: null, occasion: null, says: null, isSession: false });
  }
  // *Présence (%)* over figures: who came stands there, in a way that is not read, and to be listed says nothing.
  const isUnread = (header: string, place: number): boolean =>
    lineFields(header)[0] === 'status' && !used.has(place) && !context.chosen.has(place) && areFigures(columns[place]!);
  if (marks.length === 0 && line.size === 0 && headers.some(isUnread)) return null;
  // Signatures stand on the paper, or nobody signed yet: what to be listed says is asked.
  const unsigned = headers.findIndex((header, place) => isToBeSigned(header) && columns[place]!.length === 0 && !context.chosen.has(place));
  const isUnsigned = marks.length === 0 && line.size === 0 && unsigned >= 0;
  if (isUnsigned) line.set('status', unsigned);
  const status = line.get('status');
  const says = status === undefined ? null : tickedStatus(headers[status] ?? '', columns[status]!);
  const read = assembled(marks, line, people, context, says);
  return read && { ...read, isUnsigned };
}

/** A note in one merged cell over the width of the sheet says nothing of the columns that it covers. */
function isBanner({ cells, spread }: SheetRow): boolean {
  return spread.length > 1 && cells.filter((cell, place) => cell !== '' && !spread.includes(place)).length === 1;
}

function areFigures(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => /^[\d.,\s]+(?:%|h|min)?$/u.test(cell));
}

/** Without headings the cells must say who it is and when, or what the mark is. */
function unheaded(columns: readonly (readonly string[])[], rows: readonly SheetRow[], context: SheetContext): SheetColumns | null {
  const line = unheadedLineColumns(columns, context.calendar);
  if (!line.has('when')) return null;
  const people = personColumns([], rows, columns, new Set(line.values()), context);
  return assembled([], line, people, context, null);
}

/** Columns of coming with the columns of going that follow them under the same day. */
function withLeaving(marks: readonly MarkColumn[]): MarkColumn[] {
  const when = ({ occasion }: MarkColumn): string => JSON.stringify({ ...occasion, rest: '' });
  const taken = new Set<number>();
  return marks.flatMap((column, at) => {
    if (taken.has(column.place)) return [];
    const next = marks[at + 1];
    if (column.passage !== 'in' || next?.passage !== 'out' || when(column) !== when(next)) return [column];
    taken.add(next.place);
    return [{ ...column, leaves: next.place }];
  });
}

function columnsByHand(
  headers: readonly string[],
  { chosen, calendar }: SheetContext,
): { readonly marks: readonly MarkColumn[]; readonly line: ReadonlyMap<LineField, number> } {
  const marks: MarkColumn[] = [];
  const line = new Map<LineField, number>();
  for (const [place, said] of chosen) {
    const halfDays = calendar.halfDays.filter((halfDay) => halfDay === said || (isDay(said) && splitHalfDay(halfDay).day === said));
    if (halfDays.length > 0) marks.push({ place, header: headers[place] ?? '', halfDays, occasion: null, says: null, isSession: false });
    if (isLineField(said)) line.set(said, place);
  }
  return { marks, line };
}

/** Columns of marks headed by bare numbers that are days of the month, as on sheets of a month: three and more, and more than the days could number. */
function numberedDays(
  headers: readonly string[],
  columns: readonly (readonly string[])[],
  marks: readonly MarkColumn[],
  { calendar, chosen }: SheetContext,
): MarkColumn[] {
  const taken = new Set(marks.map(({ place }) => place));
  const days = [...new Set(calendar.halfDays.map((halfDay) => splitHalfDay(halfDay).day))];
  const found = columns.flatMap((cells, place) => {
    const number = /^0?(\d{1,2})$/.exec(headers[place]?.trim() ?? '')?.[1];
    return number === undefined || taken.has(place) || chosen.has(place) || !areMarks(cells) ? [] : [{ place, number: Number(number) }];
  });
  const dayOf = (number: number): readonly string[] => days.filter((day) => Number(day.slice(8)) === number);
  const areDates =
    found.length > 2 && found.every(({ number }) => dayOf(number).length === 1) && found.some(({ number }) => number > days.length);
  if (!areDates) return [];
  return found.map(({ place, number }) => {
    const halfDays = calendar.halfDays.filter((halfDay) => splitHalfDay(halfDay).day === dayOf(number)[0]);
    return { place, header: headers[place]!, halfDays, occasion: null, says: null, isSession: false };
  });
}

/** Returns the status that a tick stands for in a column of nothing but ticks and their contrary. */
function tickedStatus(header: string, cells: readonly string[]): Mark | null {
  return cells.length > 0 && cells.every((cell) => isTick(cell) || isDenied(cell)) ? markOfHeading(header) : null;
}

function assembled(
  marks: MarkColumn[],
  line: Map<LineField, number>,
  people: People,
  { chosen }: SheetContext,
  says: Mark | null,
): SheetColumns | null {
  if (people.person.size === 0 && people.number === null) return null;
  const hasNames = NAMES.some((field) => people.person.has(field));
  const form: SheetForm =
    marks.length > 0
      ? 'columns'
      : line.has('joined') || line.has('minutes') || line.has('event')
        ? 'times'
        : line.has('when') || line.has('session')
          ? 'lines'
          : 'one';
  if (form === 'one' && !line.has('status') && !hasNames && !people.person.has('email') && !people.person.has('ref')) return null;
  // A list of those who came must say by its headings that it lists people.
  if (people.headed < 2 && form === 'one' && !line.has('status')) return null;
  const settled = marks.filter(
    ({ occasion, halfDays }) =>
      halfDays !== null || (occasion !== null && (occasion.dated || occasion.dayNumber !== null || occasion.halfDayNumber !== null)),
  );
  const leaving = marks.filter(({ leaves }) => leaves !== undefined).length;
  const score =
    people.headed + settled.length + leaving + (marks.length - settled.length) * 0.5 + (marks.length === 0 ? line.size * 1.5 : 0);
  return {
    score,
    headed: people.headed,
    form,
    person: people.person,
    number: people.number,
    marks,
    line,
    says,
    chosen: new Set(chosen.keys()),
  };
}

interface HeadedColumn {
  readonly place: number;
  readonly header: string;
  readonly cells: readonly string[];
  /** Days of the week head columns beside it. */
  readonly isWeek: boolean;
}

function markColumn({ place, header, cells, isWeek }: HeadedColumn, calendar: SheetCalendar): MarkColumn | null {
  if (header === '') return null;
  const marks = areMarks(cells);
  const session = halfDayOfSession(header, calendar);
  const occasion = occasionOf(header, calendar, isWeek);
  if (session !== null && marks && !occasion?.dated) return { place, header, halfDays: [session], occasion, says: null, isSession: true };
  if (occasion === null || (lineFields(header).length > 0 && occasion.sessionNumber === null && occasion.halfWord === '')) return null;
  const isWhen =
    occasion.dated ||
    occasion.dayNumber !== null ||
    occasion.halfDayNumber !== null ||
    occasion.sessionNumber !== null ||
    occasion.halfWord !== '' ||
    occasion.time !== null;
  // Under a half-day’s heading words that nobody knows are asked about; dates and figures are something else.
  const isNamed =
    (occasion.dated || occasion.dayNumber !== null) &&
    occasion.rest === '' &&
    cells.every((cell) => /^\D+$/.test(cell) && occasionOf(cell, calendar) === null);
  if (!marks && !isNamed) return null;
  const says = cells.every((cell) => isTick(cell)) ? markOfHeading(occasion.rest) : null;
  if (!isWhen || (says === null && !['', 'people'].includes(occasion.rest === '' ? '' : (headingMeaning(occasion.rest)?.field ?? ''))))
    return null;
  const passage = cells.every((cell) => timeOfText(cell) !== null)
    ? (passageOf(occasion.rest) ?? passageOf(header.split(/\s+/).at(-1)!))
    : undefined;
  return {
    ...{ place, header, halfDays: null, occasion, says },
    isSession: occasion.sessionNumber !== null || occasion.time !== null,
    ...(passage && { passage }),
  };
}

interface People {
  readonly person: Map<IdentifyingField, number>;
  readonly number: number | null;
  /** How much the headings say of people. */
  readonly headed: number;
}

function personColumns(
  headers: readonly string[],
  rows: readonly SheetRow[],
  columns: readonly (readonly string[])[],
  used: ReadonlySet<number>,
  context: SheetContext,
): People {
  const masked = (cells: readonly string[]): string[] =>
    cells.map((cell, place) => (used.has(place) || context.chosen.get(place) === '' ? '' : cell));
  const chosen = new Map<number, ListField | ''>();
  for (const [place, field] of context.chosen) if (field === '' || isListField(field)) chosen.set(place, field);
  const shown = masked(headers);
  const read = peopleColumns(
    shown,
    rows.map((row) => ({ ...row, cells: masked(row.cells) })),
    { chosen },
    context.reader,
    ROWS_TRIED,
  );
  const person = new Map<IdentifyingField, number>();
  for (const field of IDENTIFYING_FIELDS) if (read?.at.has(field)) person.set(field, read.at.get(field)!);
  let number = read?.numbering ?? null;
  for (const [place, field] of chosen)
    if (IDENTIFYING_FIELDS.includes(field as IdentifyingField)) person.set(field as IdentifyingField, place);
  const byHeading = (place: number): boolean => !['content', 'none'].includes(read?.columns[place]?.why ?? 'none');
  let headed = read === null ? 0 : NAMES.some((field) => person.has(field) && byHeading(person.get(field)!)) ? 3 : 0.5;
  for (const [place, header] of shown.entries()) {
    if (header === '' || chosen.has(place) || place === number || [...person.values()].includes(place)) continue;
    const meaning = headingMeaning(header);
    if (meaning === null || (columns[place] ?? []).length === 0) continue;
    if (meaning.field === 'ref' && number === null && !person.has('ref')) {
      if (columns[place]!.every((cell) => /^0*\d{1,5}[.)°º]?$/u.test(cell))) number = place;
      else if (meaning.lineNumber === true && !columns[place]!.some((cell) => /\d/.test(cell))) continue;
      else person.set('ref', place);
      headed = Math.max(headed, 2);
    } else if (
      (meaning.field === 'email' || meaning.field === 'country' || meaning.field === 'institution') &&
      !person.has(meaning.field)
    ) {
      person.set(meaning.field, place);
      if (meaning.field === 'email') headed = Math.max(headed, 1.5);
    }
  }
  preferKnownRef(columns, used, person, context);
  const isNamed = NAMES.some((field) => person.has(field)) || person.has('ref');
  if (!isNamed || (read === null && number === null))
    headed = Math.max(headed, byKnownPeople(headers, columns, used, person, number, context));
  if (person.has('fullName') && isTitleOverNames(headers, columns, context)) headed = Math.max(headed, 2);
  return { person, number, headed };
}

const NAMES: readonly IdentifyingField[] = ['familyName', 'givenName', 'fullName'];
