import type { HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { WrittenSheet } from '../../kernel/table.ts';
import { MARKS, type Status } from '../../model/vocabularies.ts';
import { personFinder } from './sheets/person-column.ts';
import type { ListedPerson } from './rules.ts';

/** The words of a sheet of attendance in its own language. */
export interface MatrixWords {
  sheet(name: 'attendance' | 'letters'): string;
  heading(column: 'ref' | 'familyName' | 'givenName' | 'toDecide' | 'letter' | 'meaning'): string;
  /** As sheets are read: `12/07/2021 matin`. */
  halfDay(halfDay: HalfDay): string;
  status(status: Status): string;
  /** The letter of a status; empty for what is not yet taken. */
  letter(status: Status): string;
  /** What a cell without a letter is told of: which marks stand side by side there. */
  apart(halfDay: HalfDay, statuses: readonly Status[]): string;
  /** The same where the mark is none that this program knows. */
  notReadable(halfDay: HalfDay): string;
}

export interface MatrixPerson extends ListedPerson {
  readonly familyName: string;
  readonly givenName: string;
}

/** A cell: the marks that stand in it, more than one where people disagree, none where it is not taken. */
export interface MatrixCell {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly statuses: readonly Status[];
  readonly unreadable: boolean;
}

/**
 * A workshop's attendance as a sheet that `readSheets` reads: people down, half-days across, a letter in each cell. Where people disagree, or the mark cannot be read
 * here, the cell has no letter, which changes nothing when the file is read back in; a last column says what stands there.
 */
export function matrixSheets(
  people: readonly MatrixPerson[],
  halfDays: readonly HalfDay[],
  cells: readonly MatrixCell[],
  words: MatrixWords,
): WrittenSheet[] {
  const nameOf = listNames(people);
  const at = new Map(cells.map((cell) => [`${cell.personId} ${cell.halfDay}`, cell]));
  const notes = new Map(
    people.map(({ id }) => [id, halfDays.flatMap((halfDay) => noteOf(at.get(`${id} ${halfDay}`), words)).join(NOTES_APART)]),
  );
  const hasNotes = [...notes.values()].some((note) => note !== '');
  return [
    {
      name: words.sheet('attendance'),
      headings: [
        words.heading('ref'),
        words.heading('familyName'),
        words.heading('givenName'),
        ...halfDays.map((halfDay) => words.halfDay(halfDay)),
        ...(hasNotes ? [words.heading('toDecide')] : []),
      ],
      rows: people.map((person) => [
        nameOf(person),
        person.familyName,
        person.givenName,
        ...halfDays.map((halfDay) => letterOf(at.get(`${person.id} ${halfDay}`), words)),
        ...(hasNotes ? [notes.get(person.id)!] : []),
      ]),
    },
    {
      name: words.sheet('letters'),
      headings: [words.heading('letter'), words.heading('meaning')],
      rows: MARKS.map((status) => [words.letter(status), words.status(status)]),
    },
  ];
}

const NOTES_APART = ' · ';

/** How the sheet names a person so that `personFinder` finds that one: by the list's own id, by their id here where it has none or two share it. */
function listNames(people: readonly ListedPerson[]): (person: ListedPerson) => string {
  const find = personFinder(people);
  return ({ id, ref }) => {
    const found = ref === '' ? null : find(ref);
    return found && 'id' in found && found.id === id ? ref : id;
  };
}

function letterOf(cell: MatrixCell | undefined, words: MatrixWords): string | null {
  if (!cell || cell.unreadable || cell.statuses.length !== 1) return null;
  return words.letter(cell.statuses[0]!) || null;
}

function noteOf(cell: MatrixCell | undefined, words: MatrixWords): string[] {
  if (!cell) return [];
  if (cell.unreadable) return [words.notReadable(cell.halfDay)];
  return cell.statuses.length > 1 ? [words.apart(cell.halfDay, cell.statuses)] : [];
}
