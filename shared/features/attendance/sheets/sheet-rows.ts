import { countryCode } from '../../../kernel/countries.ts';
import type { HalfDay } from '../../../kernel/dates.ts';
import { fold } from '../../../kernel/text.ts';
import type { FoundList } from '../../intake/find-list.ts';
import { columnLetters, type SheetRow } from '../../../kernel/source.ts';
import type { PersonEvidence } from '../../intake/people-index.ts';
import type { Mark } from '../../../model/vocabularies.ts';
import { legendIn } from './letter-meanings.ts';
import { occasionOf, type SheetCalendar } from './occasions.ts';
import { IDENTIFYING_FIELDS } from '../../people/list/headings.ts';
import type { SheetColumns, SheetForm } from './sheet-columns.ts';
import { minutesOfText, timeOfText, type Stay } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

/** The status that one cell of a sheet, or one line of it, gives somebody. */
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
  /** From when to when: of which half-days the mark is, also where words say the status. */
  readonly times: Stay | null;
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

/** The half-days and kind of the marks of a column. */
export interface ColumnMeaning {
  readonly place: number;
  readonly header: string;
  readonly halfDays: readonly HalfDay[];
  readonly isSession: boolean;
  readonly says: Mark | null;
  /** The column beside it in which stands when somebody left; null where there is none. */
  readonly leaves: number | null;
  readonly fault: string | null;
}

/** Returns the marks in a cell of a column of marks; none where it is blank. */
export function markOf({ cells }: SheetRow, { place, header, halfDays, isSession, says, leaves, fault }: ColumnMeaning): SaidMark[] {
  const text = cells[place] ?? '';
  const left = leaves === null ? '' : (cells[leaves] ?? '');
  if ((text === '' && left === '') || (fault === null && halfDays.length === 0)) return [];
  const time = timeOfText(text);
  const stay = time === null || statusOfWord(text) !== undefined ? null : { from: time, to: timeOfText(left), minutes: null };
  return [
    {
      places: [...(text === '' ? [] : [place]), ...(left === '' ? [] : [leaves!])],
      field: halfDays.length === 1 ? halfDays[0]! : header,
      halfDays,
      isSession,
      text: stay ? null : (says ?? text),
      stay,
      times: stay,
      fault: text === '' ? 'stay.arrivalMissing' : fault,
    },
  ];
}

/** Parses the joining and leaving times of a line into a stay. */
export function stayOf(joined: string, left: string, minutes: string, heading: string): Stay {
  const [from, to, stayed] = [timeOfText(joined), timeOfText(left), minutes === '' ? null : minutesOfText(minutes, heading)];
  // Where only the length is told the end is known by it.
  return { from, to: to ?? (from === null || stayed === null || left !== '' ? null : Math.round(from + stayed)), minutes: stayed };
}

/** Who a row names; null where it names nobody. */
export function personOf(
  { cells }: SheetRow,
  columns: SheetColumns,
): Pick<SheetPerson, 'name' | 'evidence' | 'number' | 'places' | 'numberPlace'> | null {
  const cell = (place: number | null | undefined): string => (place === undefined || place === null ? '' : (cells[place] ?? ''));
  const of = (field: (typeof IDENTIFYING_FIELDS)[number]): string => cell(columns.person.get(field));
  const together = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');
  const family = together(of('familyName'), of('secondFamilyName'));
  const given = together(of('givenName'), of('secondGivenName'));
  const [whole, email, ref, number] = [of('fullName'), of('email'), of('ref'), cell(columns.number)];
  if ([family, given, whole, email, ref].every((text) => text === '') && (number === '' || hasNames(columns))) return null;
  const names =
    family !== '' && given !== '' ? { familyName: family, givenName: given } : { wholeName: withoutExtras(whole || family || given) };
  const places = IDENTIFYING_FIELDS.flatMap((field) => columns.person.get(field) ?? []).filter((place) => cell(place) !== '');
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
  return ['fullName', 'familyName', 'givenName', 'email', 'ref'].some((field) => person.has(field as (typeof IDENTIFYING_FIELDS)[number]));
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

/** Returns the heading of the column that names people, or the column's letters where it has none. */
export function personField({ headers }: FoundList<SheetColumns>, { person, number }: SheetColumns): string {
  const place = IDENTIFYING_FIELDS.flatMap((field) => person.get(field) ?? [])[0] ?? number ?? 0;
  return headers[place] || columnLetters(place);
}

/** `M` and `AM` beside each other, and no `PM`: *matin* and *après-midi*. */
export function hasFrenchHalves({ rows }: FoundList<SheetColumns>, { marks, line }: SheetColumns, calendar: SheetCalendar): boolean {
  const place = line.get('half');
  const cells = place === undefined ? [] : [...new Set(rows.map(({ cells }) => cells[place] ?? ''))];
  const occasions = [...marks.map(({ occasion }) => occasion), ...cells.map((cell) => occasionOf(`(${cell})`, calendar))];
  const halved = occasions.filter((occasion) => occasion !== null && occasion.halfWord !== '');
  const isIn = (words: ReadonlySet<string>): boolean => halved.some((occasion) => words.has(occasion!.halfWord));
  return isIn(AM) && isIn(FRENCH_MORNINGS) && !halved.some((occasion) => occasion!.half === 'PM');
}

const AM: ReadonlySet<string> = new Set(['am']);
const FRENCH_MORNINGS: ReadonlySet<string> = new Set(['m', 'mat', 'matin', 'matins', 'matinee', 'matinees']);

/** Whether a row of the list is its legend. */
export function isLegend({ cells }: SheetRow): boolean {
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

/** The one line that heads a list of names, as a title does; none where columns have headings of their own. */
export function loneHeading(headers: readonly string[]): readonly string[] {
  const filled = headers.filter((header) => header !== '');
  return filled.length === 1 ? filled : [];
}

/** Whether the words around a list of people say that these are those who were not there: *Liste des absents*; null where they say both. */
export function listsAbsent(texts: readonly string[]): boolean | null {
  const words = texts.map(fold).join(' ');
  const absent =
    /\b(absents?|absentes?|ausentes?|absences?|ausencias?|inasistencias?|no[ -]shows?|faltaram|faltaron|no asistieron|nao compareceram|did not (?:attend|come)|n'ont pas participe|manquants?)\b/u.test(
      words,
    );
  return absent && /\b(presents?|presentes?|presences?|presencas?|asistencias?|attendance|attendees)\b/u.test(words) ? null : absent;
}
