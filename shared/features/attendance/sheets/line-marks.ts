import { splitHalfDay, type HalfDay } from '../../../kernel/dates.ts';
import { fold } from '../../../kernel/text.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import type { Mark } from '../../../model/vocabularies.ts';
import type { FoundList } from '../../intake/find-list.ts';
import { passageLetters, passageOf, staysOfPassages, type LoggedPassage } from './event-stays.ts';
import { isDenied, isTick } from './mark-cells.ts';
import { halfDayOfSession, halfDaysMeant, NOTHING_SAID, occasionOf, type OccasionContext } from './occasions.ts';
import type { SheetColumns } from './sheet-columns.ts';
import type { LineField } from './sheet-headings.ts';
import { listsAbsent, loneHeading, personOf, stayOf, type SaidMark } from './sheet-rows.ts';
import { minutesOfText, secondOfText, STAY_RULE, type Stay } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

/** The effect of a log's line on the stays of its person: see `staysOfPassages`. */
export type LoggedStay = Stay | 'told' | 'alone';

/** The context in which the marks of a list of lines are read. */
export interface LineContext {
  readonly list: FoundList<SheetColumns>;
  readonly columns: SheetColumns;
  readonly context: OccasionContext;
  /** The half-days that a person said the list is of; null where nobody did. */
  readonly answered: readonly HalfDay[] | null;
  /** Of a log of comings and goings, by row. */
  readonly stays: ReadonlyMap<number, LoggedStay>;
}

/** Returns the marks that a line says of somebody. */
export function lineMarks(row: SheetRow, line: LineContext): SaidMark[] {
  const { list, columns, context, answered } = line;
  const cell = (field: LineField): string => cellOf(row, columns, field);
  const places = [...columns.line.values()].filter((place) => (row.cells[place] ?? '') !== '');
  const texts = [list.sheet.name, ...loneHeading(list.headers), ...list.titles.flatMap(({ cells }) => cells)];
  const isBare = !columns.line.has('status') && !columns.line.has('lateBy') && (columns.form === 'one' || columns.form === 'lines');
  // Beside excuses the lines are of absences, unless something says otherwise.
  const absent = !isBare ? false : listsAbsent(texts) === true ? true : columns.line.has('justified') ? null : listsAbsent(texts);
  const logged = line.stays.get(row.row);
  const times = columns.form !== 'times' ? null : logged === undefined ? stayOfLine(row, line) : typeof logged === 'string' ? null : logged;
  // What the file says in words weighs more than its times, which then say of which half-day.
  const stay = cell('status') === '' ? times : null;
  const text = stay || logged !== undefined ? null : statusText(row, line, absent === true);
  const joined = cell('joined') || cell('hour') || (columns.line.has('status') || absent ? cell('when') : '');
  const meant = isSentOnAnotherDay(cell('when'), cell('hour'), context)
    ? ({ fault: 'halfDay.ambiguous' } as const)
    : occasionOfLine([cell('when'), cell('half'), cell('session')], joined, times !== null, context);
  const halfDays = 'halfDays' in meant ? meant.halfDays : meant.fault === 'session.unknown' ? (answered ?? []) : [];
  const isKnown = 'halfDays' in meant || (halfDays.length > 0 && answered !== null);
  const fault = absent === null ? 'status.unknown' : logged === 'alone' ? 'stay.arrivalMissing' : isKnown ? null : meant.fault;
  const field =
    (['status', 'event', 'when', 'joined'] as const).map((one) => columns.line.get(one)).find((place) => place !== undefined) ?? -1;
  return [
    {
      places,
      field: list.headers[field] ?? '',
      // What an arrival tells already is not told twice.
      halfDays: logged === 'told' ? [] : halfDays,
      isSession: columns.form === 'lines' && columns.line.has('session'),
      text,
      stay,
      times,
      fault,
    },
  ];
}

/** Whether a line was written on another day than that which it is of: its hour then tells no half of that day. */
function isSentOnAnotherDay(when: string, hour: string, { calendar, order }: OccasionContext): boolean {
  const daysOf = (text: string): readonly string[] =>
    (text === '' ? [] : (occasionOf(text, calendar)?.dates ?? []))
      .filter((date) => order === null || date.order === null || date.order === order)
      .map(({ day }) => day);
  const [held, sent] = [daysOf(when), daysOf(hour)];
  return held.length > 0 && hour !== '' && occasionOf(hour, calendar)?.dated === true && !sent.some((day) => held.includes(day));
}

function cellOf(row: SheetRow, { line }: SheetColumns, field: LineField): string {
  const place = line.get(field);
  return place === undefined ? '' : (row.cells[place] ?? '');
}

function stayOfLine(row: SheetRow, { list, columns }: LineContext): Stay {
  const cell = (field: LineField): string => cellOf(row, columns, field);
  const heading = (field: LineField): string => list.headers[columns.line.get(field) ?? -1] ?? '';
  const stay = stayOf(cell('joined'), cell('left'), cell('minutes'), heading('minutes'));
  const lateBy = cell('lateBy') === '' ? null : minutesOfText(cell('lateBy'), heading('lateBy'));
  return lateBy === null ? stay : { ...stay, late: lateBy > STAY_RULE.grace };
}

/** The letter or words by which a line says its mark; null where to be listed says it. */
function statusText(row: SheetRow, { columns, list }: LineContext, absent: boolean): string | null {
  const { line, says } = columns;
  if (!line.has('status')) {
    const late = cellOf(row, columns, 'lateBy');
    return absent ? 'absent' : late !== '' && (minutesOfText(late, '') ?? 0) > 0 ? 'late' : null;
  }
  const text = cellOf(row, columns, 'status');
  if (columns.isUnsigned === true) return `${list.headers[line.get('status')!]!} -`;
  if (says !== null) return saidByTick(text, says, list.headers[line.get('status')!]!);
  const isJustified = isTick(cellOf(row, columns, 'justified')) || statusOfWord(cellOf(row, columns, 'justified')) === 'excused';
  return isJustified && statusOfWord(text) === 'absent' ? 'excused' : text;
}

/** Under *Absent* a tick says absent and a *no* present. What a blank there says is asked. */
function saidByTick(text: string, says: Mark, heading: string): string {
  if (isTick(text)) return says;
  if (isDenied(text)) return says === 'present' ? 'absent' : says === 'absent' ? 'present' : '';
  return text === '' && says !== 'present' ? `${heading} -` : text;
}

function occasionOfLine(
  [when, half, session]: readonly [string, string, string],
  joined: string,
  isStay: boolean,
  context: OccasionContext,
): ReturnType<typeof halfDaysMeant> {
  const { calendar } = context;
  const titled = session === '' ? null : halfDayOfSession(session, calendar);
  const hour = joined === '' ? null : occasionOf(joined, calendar);
  const day = occasionOf(when, calendar) ?? hour;
  const part = half === '' ? null : (occasionOf(half, calendar) ?? occasionOf(`(${half})`, calendar));
  const named = occasionOf(session, calendar);
  if (titled !== null && (day === null || !day.dated || day.dates.some((date) => date.day === splitHalfDay(titled).day)))
    return { halfDays: [titled] };
  const merged = [day, part, named].filter((one) => one !== null);
  if (merged.length === 0) return context.around ? { halfDays: context.around } : halfDaysMeant(NOTHING_SAID, context);
  const dated = merged.find((one) => one.dated || one.dayNumber !== null) ?? merged[0]!;
  // The word that names the half weighs more than the hour at which a line was written.
  const halved =
    [part, named, day].find((one) => one !== null && one.halfWord !== '') ??
    (isStay ? undefined : [part, named, day, hour].find((one) => one?.half));
  return halfDaysMeant({ ...dated, half: halved?.half ?? null, halfWord: halved?.halfWord ?? '' }, context);
}

/** The stays that a log of comings and goings makes, by row; empty where the list is none. */
export function loggedStays(list: FoundList<SheetColumns>, columns: SheetColumns): ReadonlyMap<number, LoggedStay> {
  const place = columns.line.get('event');
  if (place === undefined) return new Map();
  const letters = passageLetters(list.rows.map(({ cells }) => cells[place] ?? '').filter((cell) => cell !== ''));
  const rows: number[] = [];
  const log: LoggedPassage[] = [];
  for (const row of list.rows) {
    const person = personOf(row, columns);
    const passage = passageOf(row.cells[place] ?? '', letters);
    const hour = cellOf(row, columns, 'hour') || cellOf(row, columns, 'when');
    const second = secondOfText(hour);
    if (person === null || passage === undefined || second === null) continue;
    const day = cellOf(row, columns, 'when')
      .replace(/[\sT,]*\d{1,2}\s?[:hH]\s?\d{2}.*$/u, '')
      .trim();
    rows.push(row.row);
    log.push({ key: [fold(person.name), person.evidence.email ?? '', person.evidence.ref ?? '', fold(day)].join('\n'), passage, second });
  }
  return new Map(staysOfPassages(log).map((made, at) => [rows[at]!, made]));
}
