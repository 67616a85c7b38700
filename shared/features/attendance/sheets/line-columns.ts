import { fold } from '../../../kernel/text.ts';
import { headingMeaning } from '../../people/list/heading-meaning.ts';
import { arePassages } from './event-stays.ts';
import { areMarks, areSaidMarks, isTick } from './mark-cells.ts';
import { occasionOf, type SheetCalendar } from './occasions.ts';
import { lineFields, type LineField } from './sheet-headings.ts';
import { minutesOfText, timeOfText } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

/** The kinds of time that a cell holds. */
export type CellTime = 'stamp' | 'date' | 'time';

/** `1.0` and `12-14` are none. */
const WRITTEN_DATE = /\d[-/.\s]\d{1,2}[-/.\s]\d|(?<!\d)\d{8}(?!\d)|^\d{1,2}\/\d{1,2}$|\p{L}{3}/u;

/** Whether a cell is a date, a time of day, or both; null for anything else. */
export function cellTime(cell: string, calendar: SheetCalendar): CellTime | null {
  if (!/\d/.test(cell) || cell.length > 40) return null;
  const time = timeOfText(cell);
  // A bare time is none of a date: most cells are either.
  const isBare = time !== null && /^\s*\d{1,2}\s?[:hH]\s?\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\.?)?\s*$/iu.test(cell);
  if (isBare) return 'time';
  const isDated = WRITTEN_DATE.test(cell) && occasionOf(cell, calendar)?.dated === true;
  return isDated ? (time === null ? 'date' : 'stamp') : null;
}

/** Headings that could be of many things: a status only where the cells say so in words or letters of attendance. */
const WEAK_STATUS =
  /^(?:type|tipo|nature|code|codigo|result|resultat|resultado|action|accion|acao|mark|marque|marca|direction|direccion|direcao|event type|here|state|etat|estado)$/u;

/** Whether a heading is of marks that are made by hand: *Signature*, *Present*. */
export function isToBeSigned(header: string): boolean {
  return lineFields(header)[0] === 'status' && !WEAK_STATUS.test(header.trim().toLowerCase());
}

/** The columns of a sheet that has a line for each person and session, by headings and cells. `taken`: places of something else. */
export function lineColumns(
  headers: readonly string[],
  columns: readonly (readonly string[])[],
  calendar: SheetCalendar,
  taken: ReadonlySet<number>,
): Map<LineField, number> {
  const line = new Map<LineField, number>();
  const used = (place: number): boolean => taken.has(place) || [...line.values()].includes(place);
  const events = columns.flatMap((cells, place) => (!taken.has(place) && arePassages(cells) ? [place] : []));
  for (const [place, cells] of columns.entries()) {
    if (taken.has(place) || events.includes(place)) continue;
    for (const field of lineFields(headers[place] ?? '')) {
      const isKnown = line.has(field) || !holds(field, cells, calendar, headers[place] ?? '');
      if (isKnown && !(field === 'status' && surerStatus(place, line, columns))) continue;
      line.set(field, place);
      break;
    }
  }
  const hour = line.get('hour');
  if (hour !== undefined && mostly(columns[hour]!, (cell) => isDated(cell, calendar))) {
    line.delete('hour');
    if (!line.has('when')) line.set('when', hour);
  }
  preferSessionDate(line, headers, columns, calendar, used);
  if (!line.has('when') && !line.has('joined')) {
    const stamped = columns.findIndex((cells, place) => !used(place) && isLogged(headers[place] ?? '', cells, calendar));
    if (stamped >= 0) line.set('when', stamped);
  }
  // Beside the times of leaving those of coming stand, whatever heads them.
  const when = line.get('when');
  const isStamped = (place: number): boolean => mostly(columns[place]!, (cell) => cellTime(cell, calendar) === 'stamp');
  if (when !== undefined && line.has('left') && !line.has('joined') && !line.has('hour') && isStamped(when)) {
    line.delete('when');
    line.set('joined', when);
  }
  const isTimed = line.has('hour') || mostly(columns[line.get('when') ?? -1] ?? [], (cell) => cellTime(cell, calendar) === 'stamp');
  if (events.length > 0 && isTimed && !line.has('joined')) line.set('event', events[0]!);
  return line;
}

/** The columns of lines without headings: what their cells say beyond doubt. */
export function unheadedLineColumns(columns: readonly (readonly string[])[], calendar: SheetCalendar): Map<LineField, number> {
  const line = new Map<LineField, number>();
  const kinds = columns.map((cells) => {
    const times = cells.slice(0, 12).map((cell) => cellTime(cell, calendar));
    return (
      (['stamp', 'date', 'time'] as const).find((kind) => times.length > 0 && times.every((one) => one === kind || one === 'stamp')) ?? null
    );
  });
  const dated = kinds.findIndex((kind) => kind === 'stamp' || kind === 'date');
  if (dated < 0) return line;
  line.set('when', dated);
  const times = kinds.flatMap((kind, place) => (kind === 'time' ? [place] : []));
  if (times.length === 1) line.set('hour', times[0]!);
  else if (times.length > 1) {
    line.set('joined', times[0]!);
    line.set('left', times[1]!);
  }
  const event = columns.findIndex((cells) => arePassages(cells));
  if (event >= 0 && (line.has('hour') || kinds[dated] === 'stamp')) line.set('event', event);
  // The first columns number and name people: a mark stands behind them.
  const status = columns.findLastIndex((cells, place) => place > 0 && place !== event && kinds[place] === null && areSaidMarks(cells));
  if (status >= 0 && event < 0 && !line.has('joined')) line.set('status', status);
  return line;
}

/** Whether a row that should head columns is itself one of their rows: what stands in it is a date or a time of the same kind as what stands under it. */
export function isOwnRow(headers: readonly string[], columns: readonly (readonly string[])[], calendar: SheetCalendar): boolean {
  return headers.some((header, place) => {
    const kind = cellTime(header, calendar);
    const cells = (columns[place] ?? []).slice(0, 8);
    return kind !== null && cells.length > 0 && mostly(cells, (cell) => cellTime(cell, calendar) === kind);
  });
}

function mostly(cells: readonly string[], fits: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(fits).length >= cells.length * 0.6;
}

function isDated(cell: string, calendar: SheetCalendar): boolean {
  const kind = cellTime(cell, calendar);
  return kind === 'date' || kind === 'stamp';
}

/** Dates with times under a heading that says nothing else: those at which the lines were written, where they are of the workshop's days. */
function isLogged(header: string, cells: readonly string[], calendar: SheetCalendar): boolean {
  if (headingMeaning(header) !== null || !mostly(cells, (cell) => cellTime(cell, calendar) === 'stamp')) return false;
  return mostly(cells, (cell) => (occasionOf(cell, calendar)?.dates ?? []).length > 0);
}

/** Of a form that asks when the session was, that date and no longer the one at which the form was sent, which tells the hour. Changes `line`. */
function preferSessionDate(
  line: Map<LineField, number>,
  headers: readonly string[],
  columns: readonly (readonly string[])[],
  calendar: SheetCalendar,
  used: (place: number) => boolean,
): void {
  const sent = line.get('when');
  if (sent === undefined || line.has('hour') || line.has('joined') || !isSentAt(sent)) return;
  const held = columns.findIndex(
    (cells, place) =>
      place !== sent &&
      !used(place) &&
      DATE_ASKED.test(fold(headers[place] ?? '')) &&
      mostly(cells, (cell) => cellTime(cell, calendar) === 'date' && (occasionOf(cell, calendar)?.dates ?? []).length > 0),
  );
  if (held < 0) return;
  line.set('when', held);
  line.set('hour', sent);

  function isSentAt(place: number): boolean {
    return mostly(columns[place]!, (cell) => cellTime(cell, calendar) === 'stamp');
  }
}

const DATE_ASKED = /\b(date|dates|day|jour|fecha|dia|data)\b/u;

/** Of two columns that may be the status that which says so in words. */
function surerStatus(place: number, line: ReadonlyMap<LineField, number>, columns: readonly (readonly string[])[]): boolean {
  const before = line.get('status');
  if (before === undefined) return false;
  const says = (cells: readonly string[]): boolean => mostly(cells, (cell) => (statusOfWord(cell) ?? 'notTaken') !== 'notTaken');
  if (says(columns[place]!) && !says(columns[before]!)) return true;
  // *Present*, and beside it *On time* or *Late*: the one that tells more.
  const kinds = (cells: readonly string[]): Set<string | undefined> => new Set(cells.map((cell) => statusOfWord(cell)));
  const [here, there] = [kinds(columns[place]!), kinds(columns[before]!)];
  return (
    [...there].every((kind) => kind === 'present') && here.size > 1 && [...here].every((kind) => kind === 'present' || kind === 'late')
  );
}

function holds(field: LineField, cells: readonly string[], calendar: SheetCalendar, header: string): boolean {
  if (cells.length === 0) return field !== 'session' && field !== 'status' && field !== 'event';
  const share = (fits: (cell: string) => boolean): boolean => mostly(cells, fits);
  switch (field) {
    case 'when':
      return share((cell) => {
        const read = occasionOf(cell, calendar);
        return read !== null && (read.dated || read.dayNumber !== null);
      });
    case 'hour':
      return share((cell) => timeOfText(cell) !== null || isDated(cell, calendar));
    case 'half':
      return share((cell) => (occasionOf(cell, calendar)?.half ?? null) !== null);
    case 'status':
      if (cells.every((cell) => timeOfText(cell) !== null)) return false;
      return WEAK_STATUS.test(header.trim().toLowerCase()) ? areSaidMarks(cells) : areMarks(cells);
    case 'event':
      return arePassages(cells);
    case 'joined':
    case 'left':
      return share((cell) => timeOfText(cell) !== null);
    case 'minutes':
      return share((cell) => minutesOfText(cell, '') !== null);
    case 'lateBy':
      return share((cell) => minutesOfText(cell, '') !== null);
    case 'justified':
      return share((cell) => isTick(cell) || ['present', 'absent', 'excused'].includes(statusOfWord(cell) ?? '') || cell === '0');
    case 'session':
      return share((cell) => statusOfWord(cell) === undefined && /\p{L}/u.test(cell));
  }
}
