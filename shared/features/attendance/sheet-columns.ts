import type { HalfDay } from '../../kernel/dates.ts';
import { isDay, splitHalfDay } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import type { SheetRow } from '../../kernel/source.ts';
import type { ContentReader } from '../people/column-content.ts';
import { headingMeaning } from '../people/heading-meaning.ts';
import { PERSON_FIELDS, LIST_FIELDS, type ListField, type PersonField } from '../people/headings.ts';
import { peopleColumns } from '../people/people-columns.ts';
import type { Mark } from '../../model/vocabularies.ts';
import { letterOf } from './letter-meanings.ts';
import { halfDayOfSession, occasionOf, type Occasion, type SheetCalendar } from './occasions.ts';
import { lineFields, LINE_FIELDS, type LineField } from './sheet-headings.ts';
import { minutesOfText, timeOfText } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

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
}

/** Which columns of an attendance sheet hold what. */
export interface SheetColumns {
  readonly score: number;
  /** How much the headings say of people; under 1 only the cells do. */
  readonly headed: number;
  readonly form: SheetForm;
  readonly person: ReadonlyMap<PersonField, number>;
  /** The column that numbers the lines. */
  readonly number: number | null;
  readonly marks: readonly MarkColumn[];
  readonly line: ReadonlyMap<LineField, number>;
  /** Places that a person gave a meaning. */
  readonly chosen: ReadonlySet<number>;
}

/** What the workshop knows beside the sheet. */
export interface SheetGround {
  readonly calendar: SheetCalendar;
  /** Folded: the numbers, addresses and words of names of the workshop's people. */
  readonly known: { readonly refs: ReadonlySet<string>; readonly emails: ReadonlySet<string>; readonly names: ReadonlySet<string> };
  /** Meaning of columns by place: a field of a person or of a line, a half-day, a day, or '' to leave it out. */
  readonly chosen: ReadonlyMap<number, string>;
  readonly reader: ContentReader;
}

const ROWS_TRIED = 40;

/** What the columns of a sheet hold; null where they are no attendance of anybody. */
export function sheetColumns(headers: readonly string[], below: readonly SheetRow[], ground: SheetGround): SheetColumns | null {
  if (headers.length === 0 && ground.chosen.size === 0) return null;
  const rows = below.slice(0, ROWS_TRIED);
  const width = Math.max(headers.length, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, place) => rows.map(({ cells }) => cells[place] ?? '').filter((cell) => cell !== ''));
  const marks: MarkColumn[] = [];
  const line = new Map<LineField, number>();
  for (const [place, cells] of columns.entries()) {
    const header = headers[place] ?? '';
    const chosen = ground.chosen.get(place);
    if (chosen !== undefined) {
      const halfDays = ground.calendar.halfDays.filter(
        (halfDay) => halfDay === chosen || (isDay(chosen) && splitHalfDay(halfDay).day === chosen),
      );
      if (halfDays.length > 0) marks.push({ place, header, halfDays, occasion: null, says: null, isSession: false });
      if (LINE_FIELDS.includes(chosen as LineField)) line.set(chosen as LineField, place);
      continue;
    }
    const column = markColumn(place, header, cells, ground.calendar);
    if (column) marks.push(column);
    else
      for (const field of lineFields(header))
        if (!line.has(field) && holds(field, cells, ground.calendar)) {
          line.set(field, place);
          break;
        }
  }
  // Beside columns of marks there are no lines: such headings are then of something else, as *Code* of a person's number.
  if (marks.length > 0) line.clear();
  const ticked = columns.flatMap((cells, place) => {
    const says = markOfWords(headers[place] ?? '');
    return says !== null && !ground.chosen.has(place) && cells.every((cell) => isTick(cell)) ? [{ place, says }] : [];
  });
  if (marks.length === 0 && ticked.length > 1 && !line.has('when') && !line.has('joined')) {
    line.clear();
    for (const { place, says } of ticked)
      marks.push({ place, header: headers[place] ?? '', halfDays: null, occasion: null, says, isSession: false });
  }
  const used = new Set([...marks.map(({ place }) => place), ...line.values()]);
  const people = personColumns(headers, rows, columns, used, ground);
  if (marks.length === 0) {
    const isHeld = (place: number): boolean => used.has(place) || people.number === place || [...people.person.values()].includes(place);
    const others = columns.flatMap((cells, place) => (isHeld(place) || ground.chosen.has(place) || !areMarks(cells, true) ? [] : [place]));
    // Marks under headings that say nothing of when: one is the session's status, several are asked about.
    if (!line.has('status') && others.length === 1) line.set('status', others[0]!);
    else if (!line.has('status') && others.length > 1 && !line.has('when'))
      for (const place of others)
        marks.push({ place, header: headers[place] ?? '', halfDays: null, occasion: null, says: null, isSession: false });
  }
  return assembled(marks, line, people, ground);
}

function assembled(marks: MarkColumn[], line: Map<LineField, number>, people: People, { chosen }: SheetGround): SheetColumns | null {
  if (people.person.size === 0 && people.number === null) return null;
  const hasNames = NAMES.some((field) => people.person.has(field));
  const form: SheetForm =
    marks.length > 0
      ? 'columns'
      : line.has('joined') || line.has('minutes')
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
  const score = people.headed + settled.length + (marks.length - settled.length) * 0.5 + (marks.length === 0 ? line.size * 1.5 : 0);
  return {
    score,
    headed: people.headed,
    form,
    person: people.person,
    number: people.number,
    marks,
    line,
    chosen: new Set(chosen.keys()),
  };
}

function markColumn(place: number, header: string, cells: readonly string[], calendar: SheetCalendar): MarkColumn | null {
  if (header === '') return null;
  const marks = areMarks(cells, false);
  const session = halfDayOfSession(header, calendar);
  const occasion = occasionOf(header, calendar);
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
  const says = cells.every((cell) => isTick(cell)) ? markOfWords(occasion.rest) : null;
  if (!isWhen || (says === null && !['', 'people'].includes(occasion.rest === '' ? '' : (headingMeaning(occasion.rest)?.field ?? ''))))
    return null;
  return { place, header, halfDays: null, occasion, says, isSession: occasion.sessionNumber !== null || occasion.time !== null };
}

function isTick(cell: string): boolean {
  return /^(x|1|✓|✔|☑|✅|√|×|\*|\+|oui|yes|si|sí|sim)$/iu.test(cell);
}

function markOfWords(text: string): Mark | null {
  const status = text.length > 1 ? statusOfWord(text) : undefined;
  return status === undefined || status === 'notTaken' ? null : status;
}

/** Whether cells are marks: words and signs of attendance, letters, times of arrival. `sure`: more than letters that could be anything. */
function areMarks(cells: readonly string[], sure: boolean): boolean {
  if (cells.length === 0) return !sure;
  const marks = cells.filter(
    (cell) =>
      statusOfWord(cell) !== undefined ||
      (/^[^\d]{1,3}$|^[01]$/u.test(letterOf(cell)) && !sure) ||
      /^[PARLEFJTX01]$/.test(letterOf(cell)) ||
      timeOfText(cell) !== null,
  );
  return marks.length >= cells.length * (sure ? 0.8 : 0.5) && (!sure || !cells.every((cell) => timeOfText(cell) !== null));
}

function holds(field: LineField, cells: readonly string[], calendar: SheetCalendar): boolean {
  if (cells.length === 0) return field !== 'session' && field !== 'status';
  const share = (fits: (cell: string) => boolean): boolean => cells.filter(fits).length >= cells.length * 0.6;
  switch (field) {
    case 'when':
      return share((cell) => {
        const read = occasionOf(cell, calendar);
        return read !== null && (read.dated || read.dayNumber !== null);
      });
    case 'half':
      return share((cell) => (occasionOf(cell, calendar)?.half ?? null) !== null);
    case 'status':
      return areMarks(cells, false) && !cells.every((cell) => timeOfText(cell) !== null);
    case 'joined':
    case 'left':
      return share((cell) => timeOfText(cell) !== null);
    case 'minutes':
      return share((cell) => minutesOfText(cell, '') !== null);
    case 'session':
      return share((cell) => statusOfWord(cell) === undefined && /\p{L}/u.test(cell));
  }
}

interface People {
  readonly person: Map<PersonField, number>;
  readonly number: number | null;
  /** How much the headings say of people. */
  readonly headed: number;
}

function personColumns(
  headers: readonly string[],
  rows: readonly SheetRow[],
  columns: readonly (readonly string[])[],
  used: ReadonlySet<number>,
  ground: SheetGround,
): People {
  const masked = (cells: readonly string[]): string[] =>
    cells.map((cell, place) => (used.has(place) || ground.chosen.get(place) === '' ? '' : cell));
  const chosen = new Map<number, ListField | ''>();
  for (const [place, field] of ground.chosen)
    if (field === '' || LIST_FIELDS.includes(field as ListField)) chosen.set(place, field as ListField | '');
  const shown = masked(headers);
  const read = peopleColumns(
    shown,
    rows.map((row) => ({ ...row, cells: masked(row.cells) })),
    { chosen, remembered: {} },
    ground.reader,
    ROWS_TRIED,
  );
  const person = new Map<PersonField, number>();
  for (const field of PERSON_FIELDS) if (read?.at.has(field)) person.set(field, read.at.get(field)!);
  let number = read?.numbering ?? null;
  for (const [place, field] of chosen) if (PERSON_FIELDS.includes(field as PersonField)) person.set(field as PersonField, place);
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
  if (!IDENTIFYING.some((field) => person.has(field)) || (read === null && number === null))
    headed = Math.max(headed, byKnownPeople(columns, used, person, number, ground));
  return { person, number, headed };
}

const NAMES: readonly PersonField[] = ['familyName', 'givenName', 'fullName'];
const IDENTIFYING: readonly PersonField[] = ['ref', 'familyName', 'givenName', 'fullName', 'email'];

/** Columns whose cells are the workshop's own people, whatever heads them. Adds to `person`. */
function byKnownPeople(
  columns: readonly (readonly string[])[],
  used: ReadonlySet<number>,
  person: Map<PersonField, number>,
  number: number | null,
  { known }: SheetGround,
): number {
  let found = 0;
  for (const [field, names] of [
    ['ref', known.refs],
    ['email', known.emails],
    ['fullName', known.names],
  ] as const) {
    if (person.has(field)) continue;
    const place = columns.findIndex((cells, index) => {
      if (used.has(index) || index === number || cells.length === 0 || [...person.values()].includes(index)) return false;
      const ours = cells.filter((cell) =>
        field === 'fullName'
          ? fold(cell)
              .split(/[\s,]+/)
              .some((word) => word.length > 2 && names.has(word))
          : names.has(fold(cell)),
      );
      return ours.length * 2 >= cells.length;
    });
    if (place < 0) continue;
    person.set(field, place);
    found = 0.5;
  }
  return found;
}
