import type { z } from 'zod';
import { HALF_DAY_PATTERN, isDay, splitHalfDay, type HalfDay } from '../../kernel/dates.ts';
import { countryCode } from '../../kernel/countries.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { Accounting } from '../intake/account.ts';
import { findList, type FoundList } from '../intake/find-list.ts';
import type { IntakeOptions, question, understood } from '../intake/shapes.ts';
import { columnIndex, columnLetters, type Sheet, type SheetRow, type Source } from '../intake/source.ts';
import type { PersonEvidence } from '../intake/who.ts';
import { ContentReader } from '../people/column-content.ts';
import { headingKey } from '../people/heading-meaning.ts';
import {
  dateOrder,
  halfDayOfSession,
  halfDaysMeant,
  occasionOf,
  type DateOrder,
  type Occasion,
  type OccasionContext,
  type SheetCalendar,
} from './occasions.ts';
import { legendIn, legendRows } from './letter-meanings.ts';
import { PERSON_FIELDS, sheetColumns, type MarkColumn, type SheetColumns, type SheetForm, type SheetGround } from './sheet-columns.ts';
import { minutesOfText, timeOfText, type Stay } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';
import type { Mark } from '../../model/vocabularies.ts';

type Question = z.infer<typeof question>;

/** What one cell of a sheet, or one line of it, says of somebody's attendance. */
export interface SaidMark {
  /** Places of the cells that say it. */
  readonly places: readonly number[];
  /** As the heading has it, for what is said about the cell. */
  readonly field: string;
  readonly halfDays: readonly HalfDay[];
  /** Of one of several sessions of a half-day: they are taken together. */
  readonly isSession: boolean;
  /** A letter or words; null where to be listed says it. */
  readonly text: string | null;
  readonly stay: Stay | null;
  /** Why nobody knows when it was. */
  readonly fault: string | null;
}

/** A row of a sheet that names somebody. */
export interface SheetPerson {
  readonly sheet: string;
  readonly row: number;
  /** The list that it stands in: in one list nobody stands twice, but in lines. */
  readonly list: number;
  readonly form: SheetForm;
  /** As the file names the person. */
  readonly name: string;
  readonly evidence: PersonEvidence;
  /** Of a column that numbers the lines. */
  readonly number: string;
  readonly places: readonly number[];
  readonly numberPlace: number | null;
  /** The heading of what names the person. */
  readonly field: string;
  readonly marks: readonly SaidMark[];
}

/** What a file of attendance says, before it is known who is who and what letters mean. */
export interface ReadSheets {
  readonly understood: z.infer<typeof understood>;
  readonly questions: readonly Question[];
  readonly rows: readonly SheetPerson[];
  /** Rows of the list that are nobody's. */
  readonly left: readonly { readonly sheet: string; readonly row: number; readonly name: string; readonly why: string }[];
  /** Headings that name a half-day which is none of the workshop's, or one twice. */
  readonly headings: readonly { readonly row: number; readonly field: string; readonly code: string }[];
  readonly legend: ReadonlyMap<string, Mark>;
  /** The headings are Itinera's own: so are the letters. */
  readonly own: boolean;
  /** What sheets of this form have in common, for what is remembered of them. */
  readonly formKey: string;
  readonly accounting: Accounting;
}

/** What the workshop says of a file. */
export interface SheetKnowledge {
  readonly calendar: SheetCalendar;
  readonly known: SheetGround['known'];
  /** Headings of people as Itinera itself writes them, in each language. */
  readonly ownHeadings?: readonly (readonly string[])[];
}

/** Reads every visible sheet that says who was there, unless one is chosen. Refuses `attendance.formUnknown` where none does, `table.empty` where nobody stands in it. */
export function readSheets(
  source: Source,
  options: IntakeOptions,
  { calendar, known, ownHeadings = [] }: SheetKnowledge,
): Result<ReadSheets> {
  const ground: SheetGround = { calendar, known, chosen: chosenColumns(options), reader: new ContentReader() };
  const visible = source.sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  const all = visible.flatMap((sheet) => listsIn(sheet, options.headerRow, ground));
  // Where some lists have columns of marks, a list of names alone is the list of the people and no list of those who came.
  const isBare = ({ columns }: FoundSheet): boolean => columns.form === 'one' && !columns.line.has('status');
  const lists = all.some((found) => !isBare(found)) ? all.filter((found) => !isBare(found)) : all;
  if (lists.length === 0) return refuse('attendance.formUnknown');
  const reading = new Reading(source, lists, options, calendar, ownHeadings);
  const read = reading.read();
  return read.rows.length === 0 && read.headings.length === 0 ? refuse('table.empty') : ok(read);
}

interface FoundSheet {
  readonly list: FoundList<SheetColumns>;
  readonly columns: SheetColumns;
}

/** The lists of a sheet: one under the other where new headings follow. */
function listsIn(sheet: Sheet, headerRow: number | undefined, ground: SheetGround): FoundSheet[] {
  const list = findList(sheet, (headers, below) => sheetColumns(headers, below, ground), headerRow);
  if (!list) return [];
  const below = [...list.rows, ...list.others.map(({ row }) => row)].sort((a, b) => a.row - b.row);
  const again = new Set(list.others.filter(({ other }) => other.kind === 'header').map(({ row }) => row.row));
  // The same headings once more begin a list where a title stands over them; without one they are a page's.
  const next = below.find((row, at) => at > 0 && (again.has(row.row) ? isTitle(below[at - 1]!) : isHeading(row, list, ground)));
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
  const following = listsIn({ ...sheet, rows: sheet.rows.filter(({ row }) => row >= from) }, undefined, ground);
  return following.length === 0
    ? [{ list, columns: list.reading }]
    : [{ list: { ...here, sheet: list.sheet }, columns: list.reading }, ...following];
}

function isHeading(row: SheetRow, list: FoundList<SheetColumns>, ground: SheetGround): boolean {
  const filled = row.cells.filter((cell) => cell !== '');
  if (filled.length < 2) return false;
  const below = list.sheet.rows.filter(({ row: number, hidden }) => number > row.row && !hidden).slice(0, 10);
  if (below.length === 0) return false;
  const read = sheetColumns(row.cells, below, ground);
  return read !== null && read.headed >= 1.5 && (read.marks.length > 0 || read.line.size > 0);
}

function isTitle({ cells, spread }: SheetRow): boolean {
  return cells.filter((cell, place) => cell !== '' && !spread.includes(place)).length === 1;
}

class Reading {
  readonly #source: Source;
  readonly #lists: readonly FoundSheet[];
  readonly #options: IntakeOptions;
  readonly #calendar: SheetCalendar;
  readonly #ownHeadings: readonly (readonly string[])[];
  readonly #order: DateOrder | null;
  readonly #accounting = new Accounting();
  /** The half-days of the list before in a sheet: they hold until others are named. */
  readonly #aroundBefore = new Map<string, readonly HalfDay[] | null>();
  readonly #questions: Question[] = [];
  readonly #rows: SheetPerson[] = [];
  readonly #left: ReadSheets['left'][number][] = [];
  readonly #headings: ReadSheets['headings'][number][] = [];
  readonly #legend: ReadonlyMap<string, Mark>;

  constructor(
    source: Source,
    lists: readonly FoundSheet[],
    options: IntakeOptions,
    calendar: SheetCalendar,
    ownHeadings: readonly (readonly string[])[],
  ) {
    [this.#source, this.#lists, this.#options, this.#calendar, this.#ownHeadings] = [source, lists, options, calendar, ownHeadings];
    const order = dateOrder(this.#occasions());
    const answer = this.#answer('dates');
    this.#order = answer === 'dmy' || answer === 'mdy' ? answer : order === 'either' ? null : order;
    if (order === null) {
      const chosen = answer === 'dmy' || answer === 'mdy' ? answer : null;
      this.#questions.push({ key: 'dates', code: 'dates', column: '', subject: '', options: ['dmy', 'mdy'], chosen, rows: [] });
    }
    this.#legend = legendIn(
      source.sheets.flatMap((sheet) => {
        const list = lists.find((found) => found.list.sheet.name === sheet.name)?.list;
        const rows = list
          ? [...list.titles, ...list.others.map(({ row }) => row), ...list.rows.filter((row) => isLegend(row))]
          : sheet.rows;
        return [...legendRows(rows), ...rows.map(({ cells }) => cells.filter((cell) => cell !== '').join(' ; '))];
      }),
    );
  }

  read(): ReadSheets {
    for (const [at, found] of this.#lists.entries()) this.#readList(found, at);
    this.#sayRest();
    const [first] = this.#lists as readonly [FoundSheet, ...FoundSheet[]];
    const headers = first.list.headers.filter((header) => header !== '');
    return {
      understood: this.#understood(),
      questions: this.#questions,
      rows: this.#rows,
      left: this.#left,
      headings: this.#headings,
      legend: this.#legend,
      own: this.#isOwn(headers),
      formKey: [first.columns.form, ...[...first.columns.person.values()].map((place) => headingKey(first.list.headers[place] ?? ''))].join(
        '|',
      ),
      accounting: this.#accounting,
    };
  }

  /** Itinera's own sheets, and the form that it always read: its own numbers, then half-days as `2026-03-02-AM`. */
  #isOwn(headers: readonly string[]): boolean {
    if (headers[0] === 'participant_id') return headers.slice(1).some((header) => HALF_DAY_PATTERN.test(header));
    return (
      this.#ownHeadings.some((own) => own.every((heading, place) => headers[place] === heading)) &&
      this.#lists[0]!.columns.form === 'columns'
    );
  }

  #answer(key: string): string | undefined {
    return this.#options.answers?.[key];
  }

  /** All that may hold a date: headings, and the cells of a column of dates. */
  #occasions(): Occasion[] {
    return this.#lists.flatMap(({ list, columns }) => {
      const dates = [columns.line.get('when'), columns.line.get('joined')].find((place) => place !== undefined);
      const cells = dates === undefined ? [] : [...new Set(list.rows.slice(0, 2_000).map(({ cells }) => cells[dates] ?? ''))];
      return [
        ...columns.marks.flatMap(({ occasion }) => occasion ?? []),
        ...cells.flatMap((cell) => occasionOf(cell, this.#calendar) ?? []),
      ];
    });
  }

  #readList({ list, columns }: FoundSheet, at: number): void {
    const { name } = list.sheet;
    const say = (row: SheetRow, fate: Parameters<Accounting['say']>[3]): void =>
      this.#accounting.say(name, row.row, row.cells.keys(), fate);
    for (const row of list.titles) say(row, 'title');
    for (const row of list.sheet.rows) if (list.headerRows.includes(row.row)) say(row, 'header');
    for (const row of list.hidden) say(row, 'hiddenRow');
    const sections: { readonly row: number; readonly halfDays: readonly HalfDay[] }[] = [];
    const around =
      this.#around([name, ...list.titles.map(({ cells }) => [...new Set(cells.filter((cell) => cell !== ''))].join(' '))]) ??
      this.#aroundBefore.get(name) ??
      null;
    this.#aroundBefore.set(name, around);
    const context: OccasionContext = { calendar: this.#calendar, order: this.#order, around, frenchHalves: hasFrenchHalves(columns) };
    const leave = (row: SheetRow, why: string): void => {
      this.#left.push({ sheet: name, row: row.row, name: row.cells.filter((cell) => cell !== '').join(' '), why });
    };
    for (const { row, other } of list.others) {
      const section = this.#around([row.cells.filter((cell) => cell !== '').join(' ')]);
      if (section !== null && other.kind !== 'total' && columns.form !== 'columns') sections.push({ row: row.row, halfDays: section });
      say(row, other.kind);
      leave(row, other.kind);
    }
    if (this.#repeatsTimes(at)) {
      for (const row of list.rows) say(row, 'repeatedList');
      return;
    }
    const meanings = columns.form === 'columns' ? this.#columnMeanings(list, columns, context) : [];
    const asked: number[] = [];
    for (const row of list.rows) {
      const section = isTitle(row) ? this.#around([row.cells.filter((cell) => cell !== '').join(' ')]) : null;
      if (section !== null && columns.form !== 'columns') {
        sections.push({ row: row.row, halfDays: section });
        say(row, 'section');
        continue;
      }
      if (isLegend(row)) {
        say(row, 'note');
        continue;
      }
      const person = personOf(row, columns);
      if (person === null) {
        if (columns.number !== null) this.#accounting.say(name, row.row, [columns.number], 'runningNumber');
        say(row, 'nothingSaid');
        continue;
      }
      const over = sections.filter((section_) => section_.row < row.row).at(-1)?.halfDays ?? around;
      const marks =
        columns.form === 'columns'
          ? meanings.flatMap((meaning) => markOf(row, meaning))
          : this.#lineMarks(row, columns, { ...context, around: over }, list);
      if (marks.some(({ fault }) => fault === 'session.unknown')) asked.push(row.row);
      this.#rows.push({ sheet: name, row: row.row, list: at, form: columns.form, ...person, field: personField(list, columns), marks });
    }
    if (columns.form !== 'columns' && asked.length > 0) this.#ask(this.#sessionKey(at), '', list.sheet.name, asked);
  }

  #sessionKey(at: number): string {
    return this.#lists.length > 1 ? `session:${this.#lists[at]!.list.sheet.name}` : 'session';
  }

  #ask(key: string, column: string, subject: string, rows: readonly number[]): void {
    const { halfDays } = this.#calendar;
    const days = [...new Set(halfDays.map((halfDay) => splitHalfDay(halfDay).day))];
    const chosen = this.#halfDaysOf(this.#answer(key)) === null ? null : this.#answer(key)!;
    this.#questions.push({
      key,
      code: 'session',
      column,
      subject,
      options: [...halfDays, ...days, ...(column === '' ? [] : [''])],
      chosen,
      rows: [...rows],
    });
  }

  /** The half-days that an answer names: a half-day, a day, '' for none. */
  #halfDaysOf(answer: string | undefined): readonly HalfDay[] | null {
    if (answer === undefined) return null;
    if (answer === '') return [];
    const named = this.#calendar.halfDays.filter(
      (halfDay) => halfDay === answer || (isDay(answer) && splitHalfDay(halfDay).day === answer),
    );
    return named.length > 0 ? named : null;
  }

  /** The half-days that the texts around a list name, where they name those of one day. */
  #around(texts: readonly string[]): readonly HalfDay[] | null {
    const occasions = texts.flatMap((text) => occasionOf(text, this.#calendar) ?? []);
    const context: OccasionContext = { calendar: this.#calendar, order: this.#order, around: null, frenchHalves: false };
    const half = occasions.find((one) => one.halfWord.length > 1)?.half ?? null;
    const named = new Map<string, readonly HalfDay[]>();
    for (const one of occasions) {
      if (!one.dated && one.dayNumber === null && one.halfDayNumber === null) continue;
      const meant = halfDaysMeant(one.halfWord === '' ? { ...one, half: null } : one, context);
      if ('halfDays' in meant) named.set(splitHalfDay(meant.halfDays[0]!).day, meant.halfDays);
    }
    if (named.size !== 1) return null;
    const [found] = named.values();
    const ofHalf = half === null ? found! : found!.filter((halfDay) => splitHalfDay(halfDay).half === half);
    return ofHalf.length > 0 ? ofHalf : found!;
  }

  #columnMeanings(list: FoundList<SheetColumns>, columns: SheetColumns, context: OccasionContext): ColumnMeaning[] {
    const headerRow = list.headerRows.at(-1) ?? 0;
    const taken = new Map<HalfDay, MarkColumn>();
    const hidden = new Set(list.sheet.rows.find(({ row }) => row === headerRow)?.hiddenCells ?? []);
    return columns.marks.flatMap((column): ColumnMeaning[] => {
      const { place, header, occasion } = column;
      const sayColumn = (fate: Parameters<Accounting['say']>[3]): void => {
        for (const { row, cells } of list.rows) if ((cells[place] ?? '') !== '') this.#accounting.say(list.sheet.name, row, [place], fate);
      };
      if (hidden.has(place)) {
        sayColumn('hiddenColumn');
        return [];
      }
      const key = `session:${columnLetters(place)}`;
      const answered = this.#halfDaysOf(this.#answer(key));
      const meant = column.halfDays
        ? { halfDays: column.halfDays }
        : answered
          ? { halfDays: answered }
          : occasion
            ? halfDaysMeant(occasion, context)
            : { fault: 'session.unknown' as const };
      const filled = list.rows.filter(({ cells }) => (cells[place] ?? '') !== '').map(({ row }) => row);
      if (!('halfDays' in meant)) {
        if (meant.fault === 'halfDay.unknown') {
          this.#headings.push({ row: headerRow, field: header, code: meant.fault });
          sayColumn('rowRejected');
          return [];
        }
        if (meant.fault === 'session.unknown') this.#ask(key, columnLetters(place), header, filled);
        return [{ place, header, halfDays: [], isSession: column.isSession, fault: meant.fault }];
      }
      if (answered !== null) this.#ask(key, columnLetters(place), header, filled);
      const before = meant.halfDays.map((halfDay) => taken.get(halfDay)).find((other) => other !== undefined);
      if (before && !(before.isSession && column.isSession)) {
        this.#headings.push({ row: headerRow, field: header, code: 'halfDay.repeated' });
        sayColumn('rowRejected');
        return [];
      }
      for (const halfDay of meant.halfDays) taken.set(halfDay, column);
      return [{ place, header, halfDays: meant.halfDays, isSession: column.isSession, fault: null }];
    });
  }

  #lineMarks(row: SheetRow, columns: SheetColumns, context: OccasionContext, list: FoundList<SheetColumns>): SaidMark[] {
    const cell = (field: Parameters<typeof columns.line.get>[0]): string => {
      const place = columns.line.get(field);
      return place === undefined ? '' : (row.cells[place] ?? '');
    };
    const places = [...columns.line.values()].filter((place) => (row.cells[place] ?? '') !== '');
    const status = columns.line.has('status') ? cell('status') : null;
    const joined = cell('joined') || (status === null ? '' : cell('when'));
    const stay =
      columns.form === 'times'
        ? stayOf(cell('joined'), cell('left'), cell('minutes'), list.headers[columns.line.get('minutes') ?? -1] ?? '')
        : null;
    const meant = this.#occasionOfLine([cell('when'), cell('half'), cell('session')], joined, stay !== null, context);
    const answered = this.#halfDaysOf(this.#answer(this.#sessionKey(this.#lists.findIndex((found) => found.list === list))));
    const halfDays = 'halfDays' in meant ? meant.halfDays : meant.fault === 'session.unknown' ? (answered ?? []) : [];
    const fault = 'halfDays' in meant || (halfDays.length > 0 && answered !== null) ? null : meant.fault;
    const field = list.headers[columns.line.get('status') ?? columns.line.get('when') ?? columns.line.get('joined') ?? -1] ?? '';
    return [
      {
        places,
        field,
        halfDays,
        isSession: columns.form === 'lines' && columns.line.has('session'),
        text: stay ? null : status,
        stay,
        fault,
      },
    ];
  }

  #occasionOfLine(
    [when, half, session]: readonly [string, string, string],
    joined: string,
    isStay: boolean,
    context: OccasionContext,
  ): ReturnType<typeof halfDaysMeant> {
    const titled = session === '' ? null : halfDayOfSession(session, this.#calendar);
    const day = occasionOf(when, this.#calendar) ?? occasionOf(joined, this.#calendar);
    const part = occasionOf(half, this.#calendar) ?? this.#bareHalf(half);
    const named = occasionOf(session, this.#calendar);
    if (titled !== null && (day === null || !day.dated || day.dates.some((date) => date.day === splitHalfDay(titled).day)))
      return { halfDays: [titled] };
    const merged = [day, part, named].filter((one) => one !== null);
    if (merged.length === 0) return context.around ? { halfDays: context.around } : halfDaysMeant(NOTHING_SAID, context);
    const dated = merged.find((one) => one.dated || one.dayNumber !== null) ?? merged[0]!;
    // The word that names the half weighs more than the hour at which a line was written.
    const halved =
      [part, named, day].find((one) => one !== null && one.halfWord !== '') ??
      (isStay ? undefined : [part, named, day].find((one) => one?.half));
    return halfDaysMeant({ ...dated, half: halved?.half ?? null, halfWord: halved?.halfWord ?? '' }, context);
  }

  #bareHalf(text: string): Occasion | null {
    return text === '' ? null : occasionOf(`(${text})`, this.#calendar);
  }

  /** A meeting's further list that tells the same people's joining once more. */
  #repeatsTimes(at: number): boolean {
    const { list, columns } = this.#lists[at]!;
    return (
      columns.form === 'times' &&
      this.#lists.slice(0, at).some((other) => other.list.sheet.name === list.sheet.name && other.columns.form === 'times')
    );
  }

  #sayRest(): void {
    const used = new Map(this.#lists.map(({ list, columns }) => [list.sheet.name, columns]));
    for (const sheet of this.#source.sheets) {
      if (used.has(sheet.name)) continue;
      for (const { row, cells } of sheet.rows)
        this.#accounting.say(sheet.name, row, cells.keys(), sheet.hidden ? 'hiddenSheet' : 'otherSheet');
    }
  }

  #understood(): ReadSheets['understood'] {
    const [{ list, columns }] = this.#lists as readonly [FoundSheet, ...FoundSheet[]];
    const used = new Set(this.#lists.map((found) => found.list.sheet.name));
    const fields = new Map<number, string>();
    for (const [field, place] of columns.person) fields.set(place, field);
    for (const [field, place] of columns.line) fields.set(place, field);
    const context: OccasionContext = { calendar: this.#calendar, order: this.#order, around: null, frenchHalves: hasFrenchHalves(columns) };
    for (const column of columns.marks) {
      const meant = column.halfDays ? { halfDays: column.halfDays } : column.occasion ? halfDaysMeant(column.occasion, context) : null;
      fields.set(
        column.place,
        meant && 'halfDays' in meant ? (meant.halfDays.length > 1 ? splitHalfDay(meant.halfDays[0]!).day : meant.halfDays[0]!) : 'session',
      );
    }
    const width = Math.max(list.headers.length, ...list.rows.slice(0, 50).map(({ cells }) => cells.length));
    return {
      format: this.#source.format,
      encoding: this.#source.encoding?.name ?? null,
      encodings: (this.#source.encoding?.candidates ?? []).map(({ name, sample }) => ({ name, sample: [...sample] })),
      sheet: list.sheet.name,
      sheets: this.#source.sheets.map(({ name, hidden, rows }) => ({ name, hidden, used: used.has(name), rows: rows.length })),
      headerRow: list.headerRows.at(-1) ?? 0,
      columns: Array.from({ length: width }, (_, place) => ({
        column: columnLetters(place),
        header: list.headers[place] ?? '',
        field: fields.get(place) ?? '',
        why: columns.chosen.has(place) ? 'chosen' : fields.has(place) ? 'header' : 'none',
        sample: list.rows
          .map(({ cells }) => cells[place] ?? '')
          .filter((text) => text !== '')
          .slice(0, 3),
      })),
    };
  }
}

const NOTHING_SAID: Occasion = {
  dates: [],
  dated: false,
  dayNumber: null,
  half: null,
  halfWord: '',
  halfDayNumber: null,
  sessionNumber: null,
  time: null,
  rest: '',
};

interface ColumnMeaning {
  readonly place: number;
  readonly header: string;
  readonly halfDays: readonly HalfDay[];
  readonly isSession: boolean;
  readonly fault: string | null;
}

function markOf({ cells }: SheetRow, { place, header, halfDays, isSession, fault }: ColumnMeaning): SaidMark[] {
  const text = cells[place] ?? '';
  if (text === '' || (fault === null && halfDays.length === 0)) return [];
  const time = timeOfText(text);
  const stay = time === null || statusOfWord(text) !== undefined ? null : { from: time, to: null, minutes: null };
  return [
    { places: [place], field: halfDays.length === 1 ? halfDays[0]! : header, halfDays, isSession, text: stay ? null : text, stay, fault },
  ];
}

function stayOf(joined: string, left: string, minutes: string, heading: string): Stay {
  return { from: timeOfText(joined), to: timeOfText(left), minutes: minutes === '' ? null : minutesOfText(minutes, heading) };
}

/** Who a row names; null where it names nobody. */
function personOf(
  { cells }: SheetRow,
  columns: SheetColumns,
): Pick<SheetPerson, 'name' | 'evidence' | 'number' | 'places' | 'numberPlace'> | null {
  const cell = (place: number | null | undefined): string => (place === undefined || place === null ? '' : (cells[place] ?? ''));
  const of = (field: (typeof PERSON_FIELDS)[number]): string => cell(columns.person.get(field));
  const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');
  const family = together(of('familyName'), of('secondFamilyName'));
  const given = together(of('givenName'), of('secondGivenName'));
  const [whole, email, ref, number] = [of('fullName'), of('email'), of('ref'), cell(columns.number)];
  if ([family, given, whole, email, ref].every((text) => text === '') && (number === '' || hasNames(columns))) return null;
  const names =
    family !== '' && given !== '' ? { familyName: family, givenName: given } : { wholeName: withoutExtras(whole || family || given) };
  const places = PERSON_FIELDS.flatMap((field) => columns.person.get(field) ?? []).filter((place) => cell(place) !== '');
  const evidence: PersonEvidence = {
    ...names,
    email: /\S+@\S+/u.exec(email)?.[0],
    country: countryCode(of('country')) ?? undefined,
    institution: of('institution'),
    ref,
  };
  return {
    name: whole || together(family, given) || email || ref || number,
    evidence,
    number: number.replace(/[.)°º]+$/u, ''),
    places,
    numberPlace: columns.number,
  };
}

function hasNames({ person }: SheetColumns): boolean {
  return ['fullName', 'familyName', 'givenName', 'email', 'ref'].some((field) => person.has(field as (typeof PERSON_FIELDS)[number]));
}

/** `DIOP Awa (Guest)`, `DIOP Awa - Dakar`: what meeting tools and people put behind a name; `DIOP, Awa` is one name. */
function withoutExtras(name: string): string {
  return name
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .replace(/\s[-–—|]\s.*$/u, '')
    .replaceAll(',', ' ')
    .replace(/^\s*(?:mr|mrs|ms|mme|mlle|dr|m|sr|sra|dra|d|dna|mle)\.\s+/iu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function personField({ headers }: FoundList<SheetColumns>, { person, number }: SheetColumns): string {
  const place = PERSON_FIELDS.flatMap((field) => person.get(field) ?? [])[0] ?? number ?? 0;
  return headers[place] || columnLetters(place);
}

/** `M` and `AM` beside each other, and no `PM`: *matin* and *après-midi*. */
function hasFrenchHalves({ marks }: SheetColumns): boolean {
  const words = new Set(marks.flatMap(({ occasion }) => (occasion?.halfWord ? [occasion.halfWord] : [])));
  return words.has('am') && words.has('m') && !words.has('pm') && !words.has('t');
}

function isLegend({ cells }: SheetRow): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return (
    filled.length <= 12 &&
    filled.every(
      (cell) =>
        legendIn([cell]).size > 0 ||
        /^(legende|legend|leyenda|legenda|key|cle|codes?)\W*$/iu.test(cell.normalize('NFD').replace(/\p{M}/gu, '')),
    ) &&
    legendIn(filled).size > 0
  );
}

function chosenColumns({ columns = {} }: IntakeOptions): ReadonlyMap<number, string> {
  return new Map(Object.entries(columns).map(([letters, field]) => [columnIndex(letters)!, field]));
}
