import type { z } from 'zod';
import { countryCode } from '../../../kernel/countries.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { fold, type Language } from '../../../kernel/text.ts';
import { Accounting } from '../../intake/account.ts';
import { findList, takenByHand, type FoundList } from '../../intake/find-list.ts';
import type { RowRemark } from '../../intake/row-places.ts';
import type { IntakeOptions, Question, understood } from '../../intake/shapes.ts';
import type { WaysToRead } from '../../intake/turned-sheets.ts';
import { sheetsByHand } from '../../intake/unknown-columns.ts';
import { unsureEncoding, type UnsureEncoding } from '../../intake/unsure-encoding.ts';
import { columnIndex, columnLetters, firstTexts, type Sheet, type SheetRow, type Source } from '../../../kernel/source.ts';
import { ContentReader } from './column-content.ts';
import { headingMeaning } from './heading-meaning.ts';
import { isListField, type ListField } from './headings.ts';
import { listHabits, type ListQuestion } from './list-habits.ts';
import type { LeftPerson, ReadList, ReadPerson } from '../listed/listed-person.ts';
import { isNameless, settleNoName } from './no-name.ts';
import { settleOneName } from './one-name.ts';
import { peopleColumns, type ColumnsByHand, type PeopleColumns } from './people-columns.ts';
import { RowReader, type ReadRow } from './read-row.ts';
import { stateOf } from './registration-state.ts';
import { FilledCells, sayExtra } from './row-cells.ts';
import { newHeadings, rowsAbove, upTo } from './stacked-lists.ts';
import { settleUnread } from './unread-cells.ts';

export { sayRow, type LeftPerson, type ListedValues, type ReadList, type ReadPerson } from '../listed/listed-person.ts';
export type { ListField } from './headings.ts';

/** The facts of the workshop by which a list is read. */
export interface ListKnowledge {
  readonly languages: readonly Language[];
}

/**
 * Reads the people of every visible sheet that lists some, one after the other, unless one sheet is chosen. Refuses `people.headerUnknown` where nothing is a list
 * of people, `table.empty` where nobody stands under the headings.
 */
export function readPeople(
  source: Source,
  options: IntakeOptions,
  about: ListKnowledge,
): Result<ReadList, 'people.headerUnknown' | 'table.empty'> {
  const reader = new ContentReader();
  const visible = source.sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  const known = (headless: boolean) =>
    visible.flatMap((sheet) => {
      const [first] = listsIn(sheet, undefined, { hand: { chosen: new Map() }, reader, headless, options });
      // Names tell a list without headings; a first row with a word that heads columns is one all the same.
      const isHeaded = headless && first?.list.rows[0]?.cells.some((cell) => headingMeaning(cell) !== null);
      return first && !isHeaded ? [[sheet, first.list] as const] : [];
    });
  const sheets = sheetsByHand(visible, options, () => {
    const headed = known(false);
    return new Map(headed.length > 0 ? headed : known(true));
  });
  const found = (headless: boolean): FoundPeople[] =>
    sheets.flatMap(({ sheet, headerRow, columns }) =>
      listsIn(sheet, headerRow, { hand: { chosen: chosenColumns({ columns }) }, reader, headless, options }),
    );
  let lists: readonly FoundPeople[] = found(false);
  if (lists.length === 0) lists = alike(found(true));
  if (lists.length === 0) return refuse('people.headerUnknown');
  lists = withoutRepetitions(withoutCatalogues(lists, reader));
  const accounting = new Accounting();
  const unsure = unsureEncoding(source);
  const parts = lists.map((list) => readFound(list, { options, about, accounting, unsure, isOneOfSeveral: lists.length > 1 }));
  sayRest(source, lists, accounting);
  const rows = parts.flatMap((part) => part.rows);
  const left = parts.flatMap((part) => part.left);
  if (rows.length === 0 && left.every(({ why }) => why !== 'withdrawn')) return refuse('table.empty');
  return ok({
    understood: understoodOf(source, lists),
    questions: [...unsure.questions(), ...parts.flatMap((part) => part.questions)],
    rows,
    left,
    accounting,
  });
}

/** Returns how lists of people are read whichever way their sheets lie; nobody is called *First name* or *Country*. */
export function waysToReadPeople(
  options: IntakeOptions,
  about: ListKnowledge,
): WaysToRead<ReadList, 'people.headerUnknown' | 'table.empty'> {
  return {
    read: (source) => readPeople(source, options, about),
    understood: ({ understood: found }) => found,
    misnamed: ({ rows }) => ({ rows: rows.length, headings: rows.filter(({ name }) => headingMeaning(name) !== null).length }),
  };
}

/** Of lists without headings the first, and on other sheets those whose columns hold the same: one workbook, a sheet for each group. */
function alike(lists: readonly FoundPeople[]): readonly FoundPeople[] {
  const fieldsOf = ({ columns }: FoundPeople): string => [...columns.at].map(([field, place]) => `${field}${place}`).join();
  const [first] = lists;
  if (!first) return [];
  const sheets = new Set<string>();
  return lists.filter((found) => {
    if (sheets.has(found.list.sheet.name) || fieldsOf(found) !== fieldsOf(first)) return false;
    sheets.add(found.list.sheet.name);
    return true;
  });
}

interface FoundPeople {
  readonly list: FoundList<PeopleColumns>;
  readonly columns: PeopleColumns;
  /** The same people once more: it is left out. */
  readonly repeats: boolean;
}

interface Search {
  readonly hand: ColumnsByHand;
  readonly reader: ContentReader;
  /** Lists without headings count as well. */
  readonly headless: boolean;
  /** Of these the decisions. */
  readonly options: IntakeOptions;
}

/** Enough rows to see what stands in a column while headings are looked for. */
const ROWS_TRIED = 40;

/** The lists of a sheet: one under the other where new headings follow. */
function listsIn(sheet: Sheet, headerRow: number | undefined, search: Search): FoundPeople[] {
  const { reader, headless } = search;
  const taken = takenByHand(search.options, sheet.name);
  const hand = { ...search.hand, hidden: hiddenColumns(sheet) };
  const list = findList(
    sheet,
    (headers, below) =>
      headers.length === 0 && !headless && headerRow !== 0 ? null : peopleColumns(headers, below, hand, reader, ROWS_TRIED),
    { headerRow, taken, seen: ROWS_TRIED },
  );
  if (!list) return [];
  const after = newHeadings(list);
  const rest = after === null ? [] : sheet.rows.filter(({ row }) => row >= after);
  const here = after === null ? list : upTo(list, after);
  const columns = peopleColumns(list.headers, here.rows, hand, reader) ?? list.reading;
  const following = rest.length === 0 ? [] : listsIn({ ...sheet, rows: rest }, undefined, { ...search, headless: false });
  const own = following.length === 0 ? list : here;
  const over = headerRow === undefined ? rowsAbove(own, columns, reader) : null;
  if (over) return [{ list: over.list, columns, repeats: false }, { list: over.above, columns, repeats: false }, ...following];
  return [{ list: own, columns, repeats: false }, ...following];
}

/** Places that are hidden in every row that has a cell there. */
function hiddenColumns(sheet: Sheet): ReadonlySet<number> {
  const [first] = sheet.rows;
  return new Set(
    (first?.hiddenCells ?? []).filter((place) =>
      sheet.rows.every(({ hiddenCells, cells }) => place >= cells.length || hiddenCells.includes(place)),
    ),
  );
}

/** Lists of universities, of courses, of places beside the list of people: *Name* heads them too, but nobody there bears a name that many bear, and nothing else says of anybody. */
function withoutCatalogues(lists: readonly FoundPeople[], reader: ContentReader): readonly FoundPeople[] {
  const named = lists.map(({ list, columns }) => {
    const place = columns.at.get('fullName') ?? columns.at.get('givenName') ?? columns.at.get('familyName')!;
    return reader.contents(list.rows, place + 1)[place]!;
  });
  const isOfPeople = lists.map(({ columns }, index) => columns.at.size > 1 && named[index]!.givenName >= 0.3);
  if (!isOfPeople.includes(true)) return lists;
  const kept = lists.filter(({ columns }, index) => {
    const says = [...columns.at.keys()].filter((field) => field !== 'ref');
    return says.length > 1 || named[index]!.givenName > 0.05 || named[index]!.filled < 4;
  });
  const sheets = new Set(kept.map(({ list }) => list.sheet.name));
  return lists.filter(({ list }) => sheets.has(list.sheet.name));
}

/** A further list of a sheet that names nobody new is the same people told otherwise, as the joining times of a meeting. */
function withoutRepetitions(lists: readonly FoundPeople[]): readonly FoundPeople[] {
  if (lists.length < 2) return lists;
  const namesOf = ({ list, columns }: FoundPeople): Set<string> => {
    const places = (['fullName', 'familyName', 'givenName'] as const).flatMap((field) => columns.at.get(field) ?? []);
    return new Set(
      list.rows
        .map(({ cells }) =>
          places
            .map((place) => fold(cells[place] ?? ''))
            .join(' ')
            .split(' ')
            .sort()
            .join(' '),
        )
        .filter((name) => name.trim() !== ''),
    );
  };
  return lists.map((found, index) => {
    const earlier = lists.slice(0, index).filter(({ list }) => list.sheet.name === found.list.sheet.name);
    const names = namesOf(found);
    const known = new Set(earlier.flatMap((each) => [...namesOf(each)]));
    return names.size > 0 && [...names].every((name) => known.has(name)) ? { ...found, repeats: true } : found;
  });
}

interface ReadPart {
  readonly rows: readonly ReadPerson[];
  readonly left: readonly LeftPerson[];
  readonly questions: readonly Question[];
}

interface Reading {
  readonly options: IntakeOptions;
  readonly about: ListKnowledge;
  readonly accounting: Accounting;
  readonly unsure: UnsureEncoding;
  readonly isOneOfSeveral: boolean;
}

function readFound({ list, columns, repeats }: FoundPeople, { options, about, accounting, unsure, isOneOfSeveral }: Reading): ReadPart {
  const sheet = list.sheet.name;
  const left: LeftPerson[] = [];
  const say = ({ row, cells }: SheetRow, fate: Parameters<Accounting['say']>[3]): void => accounting.say(sheet, row, cells.keys(), fate);
  for (const row of list.titles) say(row, 'title');
  for (const number of list.headerRows) for (const row of list.sheet.rows) if (row.row === number) say(row, 'header');
  for (const row of list.hidden) say(row, 'hiddenRow');
  const leave = (row: SheetRow, why: LeftPerson['why']): void => {
    if (!repeats) left.push({ sheet, row: row.row, name: row.cells.filter((cell) => cell !== '').join(' '), why });
  };
  for (const row of list.titles) leave(row, 'title');
  for (const row of list.hidden) leave(row, 'hiddenRow');
  for (const { row, other } of list.others) {
    say(row, other.kind);
    leave(row, other.kind);
  }
  if (repeats) {
    for (const row of list.rows) say(row, 'repeatedList');
    return { rows: [], left: [], questions: [] };
  }
  const taken = takenByHand(options, sheet);
  const places = [...columns.at.values()];
  const people: SheetRow[] = [];
  for (const row of list.rows) {
    if (isEmpty(row, places) && !taken.has(row.row)) sayEmpty(row, columns, sheet, accounting);
    else if (leaves(row, columns) && !taken.has(row.row)) {
      say(row, 'withdrawn');
      left.push({ sheet, row: row.row, name: nameText(row, columns), why: 'withdrawn' });
    } else people.push(row);
  }
  const { habits, questions } = listHabits(list, people, columns, options.answers ?? {}, about.languages, isOneOfSeveral ? sheet : '');
  const reader = new RowReader({ ...habits, sectionCountry: sectionCountries(list) });
  const read = people.map((row) => reader.read(row));
  const answers = options.answers ?? {};
  const subject = isOneOfSeveral ? sheet : '';
  const unread = settleUnread(read, columns, subject, answers);
  const hanging = questionsOfRows(questions, read);
  const oneName = settleOneName(read, columns, subject, answers);
  const noName = settleNoName(read, columns, subject, answers);
  const cells = new FilledCells(columns);
  const rows = read.map((one, at): ReadPerson => {
    const row = people[at]!;
    const { values } = one;
    const filled = cells.of(row, values.email !== undefined || one.unread.some(({ field }) => field === 'email'));
    for (const { field } of one.unread) accounting.say(sheet, row.row, placesOf(field, columns), 'asked');
    sayExtra(row, columns, sheet, accounting, filled.fields);
    const odd = unsure.judge({ sheet, row: row.row }, values);
    const doubts = unsettled(one.doubts, oneName.settles);
    const withoutName = isNameless(one) ? noName.answer : null;
    const asks = withoutName === null ? unsettled(one.asks, oneName.settles) : [];
    return {
      sheet,
      row: row.row,
      name: one.name,
      values,
      runningNumber: columns.numbering !== null && (row.cells[columns.numbering] ?? '') !== '',
      doubts: allTold(doubts, unread.doubts.get(row.row) ?? [], odd.doubts),
      asks: allTold(asks, [], odd.asks),
      withoutName,
      columns: filled.at,
    };
  });
  const asked = [...hanging, ...noName.questions, ...oneName.questions, ...unread.questions];
  return { rows, left, questions: asked.map((one) => ({ ...one, rows: one.rows.map((number) => ({ sheet, row: number })) })) };
}

function unsettled(told: readonly RowRemark[], settles: (told: RowRemark) => boolean): readonly RowRemark[] {
  return told.length === 0 ? told : told.filter((one) => !settles(one));
}

/** Returns all remarks on a row; of most rows nothing is. */
function allTold(own: readonly RowRemark[], column: readonly RowRemark[], odd: readonly RowRemark[]): readonly RowRemark[] {
  return column.length + odd.length === 0 ? own : [...own, ...column, ...odd];
}

function placesOf(field: ListField, columns: PeopleColumns): number[] {
  const place = columns.at.get(field);
  return [...(place === undefined ? [] : [place]), ...(field === 'email' ? columns.otherEmails : [])];
}

/** The questions that hang on rows, with these; one that no row hangs on is not asked. */
function questionsOfRows(questions: readonly ListQuestion[], read: readonly ReadRow[]): ListQuestion[] {
  return questions.flatMap((one) => {
    if (one.code === 'nameOrder') {
      const rows = read.filter(({ hangsOnOrder }) => hangsOnOrder).map(({ row }) => row);
      return rows.length === 0 ? [] : [{ ...one, rows }];
    }
    if (one.code === 'email.two') {
      const rows = read.filter(({ otherEmail }) => otherEmail !== '').map(({ row }) => row);
      return rows.length === 0 ? [] : [{ ...one, rows }];
    }
    return [one];
  });
}

/** Nothing but a number of the line: an empty line of the form. */
function isEmpty({ cells }: SheetRow, places: readonly number[]): boolean {
  for (const place of places) {
    const text = cells[place] ?? '';
    if (text !== '' && !/^[-–—.…/_?\s]*$/u.test(text)) return false;
  }
  return true;
}

function sayEmpty(row: SheetRow, columns: PeopleColumns, sheet: string, accounting: Accounting): void {
  if (columns.numbering !== null) accounting.say(sheet, row.row, [columns.numbering], 'runningNumber');
  accounting.say(sheet, row.row, columns.at.values(), 'nothingSaid');
  accounting.say(sheet, row.row, row.cells.keys(), 'extraColumn');
}

function leaves({ cells }: SheetRow, columns: PeopleColumns): boolean {
  const place = columns.at.get('state');
  return place !== undefined && stateOf(cells[place] ?? '') === 'out';
}

function nameText({ cells }: SheetRow, columns: PeopleColumns): string {
  const fields: readonly ListField[] = columns.at.has('fullName')
    ? ['fullName']
    : ['familyName', 'secondFamilyName', 'givenName', 'secondGivenName'];
  return fields
    .flatMap((field) => (columns.at.has(field) ? [cells[columns.at.get(field)!] ?? ''] : []))
    .filter((text) => text !== '')
    .join(' ');
}

/** `SÉNÉGAL` over the rows that follow, where the list has no column of countries. */
function sectionCountries(list: FoundList<PeopleColumns>): ReadonlyMap<number, string> {
  const sections = list.others
    .filter(({ other }) => other.kind === 'section')
    .map(({ row, other }) => ({ row: row.row, code: countryCode(other.text) }));
  if (sections.every(({ code }) => code === null)) return new Map();
  return new Map(
    list.rows.flatMap(({ row }) => {
      const over = sections.filter((section) => section.row < row).at(-1);
      return over?.code ? [[row, over.code] as const] : [];
    }),
  );
}

/** Sheets that are hidden, not chosen, or hold no list. */
function sayRest(source: Source, lists: readonly FoundPeople[], accounting: Accounting): void {
  const used = new Set(lists.map(({ list }) => list.sheet.name));
  for (const sheet of source.sheets) {
    if (used.has(sheet.name)) continue;
    for (const { row, cells } of sheet.rows) accounting.say(sheet.name, row, cells.keys(), sheet.hidden ? 'hiddenSheet' : 'otherSheet');
  }
}

function chosenColumns(options: IntakeOptions): ColumnsByHand['chosen'] {
  const chosen = new Map<number, ListField | ''>();
  for (const [letters, field] of Object.entries(options.columns ?? {})) {
    const place = columnIndex(letters);
    if (place !== null && (field === '' || isListField(field))) chosen.set(place, field);
  }
  return chosen;
}

function understoodOf(source: Source, lists: readonly FoundPeople[]): z.infer<typeof understood> {
  const [first] = lists as readonly [FoundPeople, ...FoundPeople[]];
  const used = new Map(lists.map(({ list }) => [list.sheet.name, list]));
  return {
    format: source.format,
    encoding: source.encoding?.name ?? null,
    encodings: (source.encoding?.candidates ?? []).map(({ name, sample }) => ({ name, sample: [...sample] })),
    sheet: first.list.sheet.name,
    sheets: source.sheets.map(({ name, hidden, rows }) => ({ name, hidden, used: used.has(name), rows: rows.length })),
    headerRow: first.list.headerRows.at(-1) ?? 0,
    columns: first.columns.columns.map(({ field, why }, place) => ({
      column: columnLetters(place),
      header: first.list.headers[place] ?? '',
      field,
      why,
      sample: firstTexts(first.list.rows, place),
    })),
  };
}
