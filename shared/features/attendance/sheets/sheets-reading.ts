import type { RejectedRow } from '../../../contract/shapes.ts';
import type { Language } from '../../../kernel/text.ts';
import type { z } from 'zod';
import { HALF_DAY_PATTERN, isDay, splitHalfDay, type HalfDay } from '../../../kernel/dates.ts';
import { Accounting } from '../../intake/account.ts';
import { takenByHand, type FoundList } from '../../intake/find-list.ts';
import type { IntakeOptions, question, understood } from '../../intake/shapes.ts';
import { columnLetters, type SheetRow, type Source } from '../../../kernel/source.ts';
import { headingKey } from '../../people/list/heading-meaning.ts';
import {
  areDaysOfMonth,
  dateOrder,
  halfDaysMeant,
  NOTHING_SAID,
  occasionOf,
  type DateOrder,
  type Occasion,
  type OccasionContext,
  type SheetCalendar,
} from './occasions.ts';
import { isTitle, understoodSheets, type FoundSheet } from './found-sheets.ts';
import { legendIn, legendRows } from './letter-meanings.ts';
import { lineMarks, loggedStays } from './line-marks.ts';
import type { MarkColumn, SheetColumns } from './sheet-columns.ts';
import {
  hasFrenchHalves,
  isLegend,
  loneHeading,
  markOf,
  personField,
  personOf,
  type ColumnMeaning,
  type SheetPerson,
} from './sheet-rows.ts';
import type { Mark } from '../../../model/vocabularies.ts';

type Question = z.infer<typeof question>;

/** The marks of a file of attendance, before it is known who is who and what letters mean. */
export interface ReadSheets {
  readonly understood: z.infer<typeof understood>;
  readonly questions: readonly Question[];
  readonly rows: readonly SheetPerson[];
  /** Rows of the list that are nobody's. */
  readonly left: readonly { readonly sheet: string; readonly row: number; readonly name: string; readonly why: string }[];
  /** Headings that name a half-day which is none of the workshop's, or one twice. */
  readonly headings: readonly RejectedRow[];
  readonly legend: ReadonlyMap<string, Mark>;
  /** The headings are Itinera's own in this language: so are the letters; null where they are not. */
  readonly own: Language | null;
  /** What sheets of this form have in common, for what is remembered of them. */
  readonly formKey: string;
  readonly accounting: Accounting;
}

/** The headings of people as Itinera itself writes them in a language. */
export interface OwnHeadings {
  readonly language: Language;
  readonly headings: readonly string[];
}

/** Reads the lists that were found in a file, one after the other; what holds for all of them is known before the first. */
export class SheetsReading {
  readonly #source: Source;
  readonly #lists: readonly FoundSheet[];
  readonly #options: IntakeOptions;
  readonly #calendar: SheetCalendar;
  readonly #ownHeadings: readonly OwnHeadings[];
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
    ownHeadings: readonly OwnHeadings[],
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
      understood: understoodSheets(this.#source, this.#lists, { calendar: this.#calendar, order: this.#order }),
      questions: this.#questions,
      rows: this.#rows,
      left: this.#left,
      headings: this.#headings,
      legend: this.#legend,
      own: this.#ownLanguage(headers),
      formKey: [first.columns.form, ...[...first.columns.person.values()].map((place) => headingKey(first.list.headers[place] ?? ''))].join(
        '|',
      ),
      accounting: this.#accounting,
    };
  }

  /** The language of Itinera's own sheets, and of the form that it always read: its own numbers, then half-days as `2026-03-02-AM`. */
  #ownLanguage(headers: readonly string[]): Language | null {
    if (headers[0] === 'participant_id') return headers.slice(1).some((header) => HALF_DAY_PATTERN.test(header)) ? 'en' : null;
    if (this.#lists[0]!.columns.form !== 'columns') return null;
    return this.#ownHeadings.find(({ headings }) => headings.every((heading, place) => headers[place] === heading))?.language ?? null;
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
      this.#around([
        name,
        ...loneHeading(list.headers),
        ...list.titles.map(({ cells }) => [...new Set(cells.filter((cell) => cell !== ''))].join(' ')),
      ]) ??
      this.#aroundBefore.get(name) ??
      null;
    this.#aroundBefore.set(name, around);
    const context: OccasionContext = {
      calendar: this.#calendar,
      order: this.#order,
      around,
      frenchHalves: hasFrenchHalves(list, columns, this.#calendar),
      daysOfMonth: areDaysOfMonth(
        columns.marks.map(({ occasion }) => occasion),
        this.#calendar,
      ),
    };
    const leave = (row: SheetRow, why: string): void => {
      this.#left.push({ sheet: name, row: row.row, name: row.cells.filter((cell) => cell !== '').join(' '), why });
    };
    for (const row of list.titles) leave(row, 'title');
    for (const row of list.hidden) leave(row, 'hiddenRow');
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
    const meanings = columns.form === 'columns' ? this.#columnMeanings(list, columns, context, this.#sessionKey(at)) : [];
    const answered = this.#halfDaysOf(this.#answer(this.#sessionKey(at)));
    const stays = loggedStays(list, columns);
    const asked: number[] = [];
    const taken = takenByHand(this.#options, name);
    for (const row of list.rows) {
      const section = isTitle(row) && !taken.has(row.row) ? this.#around([row.cells.filter((cell) => cell !== '').join(' ')]) : null;
      if (section !== null && columns.form !== 'columns') {
        sections.push({ row: row.row, halfDays: section });
        say(row, 'section');
        leave(row, 'section');
        continue;
      }
      if (isLegend(row) && !taken.has(row.row)) {
        say(row, 'note');
        leave(row, 'note');
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
          : lineMarks(row, { list, columns, context: { ...context, around: over }, answered, stays });
      if (marks.some(({ fault }) => fault === 'session.unknown')) asked.push(row.row);
      this.#rows.push({ sheet: name, row: row.row, list: at, form: columns.form, ...person, field: personField(list, columns), marks });
    }
    if (columns.form !== 'columns' && asked.length > 0)
      this.#ask({ key: this.#sessionKey(at), column: '', subject: name, sheet: name }, asked);
  }

  #sessionKey(at: number): string {
    return this.#lists.length > 1 ? `session:${this.#lists[at]!.list.sheet.name}` : 'session';
  }

  /** Of a column that says nothing of when: another sheet may have another one there. */
  #columnKey(sheet: string, place: number): string {
    return [`session:${columnLetters(place)}`, ...(this.#lists.length > 1 ? [sheet] : [])].join(':');
  }

  /** `rows`: numbers of rows of the sheet. */
  #ask({ key, column, subject, sheet }: Record<'key' | 'column' | 'subject' | 'sheet', string>, rows: readonly number[]): void {
    if (this.#questions.some((question) => question.key === key)) return;
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
      rows: rows.map((row) => ({ sheet, row })),
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

  #columnMeanings(list: FoundList<SheetColumns>, columns: SheetColumns, context: OccasionContext, sessionKey: string): ColumnMeaning[] {
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
      const isWhole = column.says !== null && occasion === null;
      const key = isWhole ? sessionKey : this.#columnKey(list.sheet.name, place);
      const asking = { key, column: isWhole ? '' : columnLetters(place), subject: header, sheet: list.sheet.name };
      const answered = this.#halfDaysOf(this.#answer(key));
      const meant = column.halfDays
        ? { halfDays: column.halfDays }
        : answered
          ? { halfDays: answered }
          : occasion
            ? halfDaysMeant(occasion, context)
            : isWhole
              ? halfDaysMeant(NOTHING_SAID, context)
              : { fault: 'session.unknown' as const };
      const filled = list.rows.filter(({ cells }) => (cells[place] ?? '') !== '').map(({ row }) => row);
      if (!('halfDays' in meant)) {
        if (meant.fault === 'halfDay.unknown') {
          this.#headings.push({ sheet: list.sheet.name, row: headerRow, field: header, code: meant.fault });
          sayColumn('rowRejected');
          return [];
        }
        if (meant.fault === 'session.unknown') this.#ask(asking, filled);
        return [
          {
            place,
            header,
            halfDays: [],
            isSession: column.isSession,
            says: column.says,
            leaves: column.leaves ?? null,
            fault: meant.fault,
          },
        ];
      }
      if (answered !== null) this.#ask(asking, filled);
      const before = meant.halfDays.map((halfDay) => taken.get(halfDay)).find((other) => other !== undefined);
      const isTickedBeside = column.says !== null && before !== undefined && before.says !== null && before.says !== column.says;
      if (before && !isTickedBeside && !(before.isSession && column.isSession)) {
        this.#headings.push({ sheet: list.sheet.name, row: headerRow, field: header, code: 'halfDay.repeated' });
        sayColumn('rowRejected');
        return [];
      }
      for (const halfDay of meant.halfDays) taken.set(halfDay, column);
      return [
        {
          place,
          header,
          halfDays: meant.halfDays,
          isSession: column.isSession,
          says: column.says,
          leaves: column.leaves ?? null,
          fault: null,
        },
      ];
    });
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
}
