import { fold } from '../../../kernel/text.ts';
import type { IdentifyingField } from '../../people/list/headings.ts';
import { occasionOf } from './occasions.ts';
import type { SheetContext } from './sheet-columns.ts';

/** Whether the heading of a lone column of the workshop's names is its title and says that they came or did not, or when: *Présents, 2 mars matin*. */
export function isTitleOverNames(
  headers: readonly string[],
  columns: readonly (readonly string[])[],
  { calendar, known, chosen }: SheetContext,
): boolean {
  const [title, ...others] = headers.filter((header) => header !== '');
  if (title === undefined || others.length > 0 || chosen.size > 0) return false;
  if (!WHO_CAME.test(fold(title)) && occasionOf(title, calendar)?.dated !== true) return false;
  const filled = columns.filter((cells) => cells.length > 0);
  return filled.length === 1 && filled[0]!.filter((cell) => namesKnown(cell, known.names)).length * 2 > filled[0]!.length;
}

function namesKnown(cell: string, names: ReadonlySet<string>): boolean {
  return fold(cell)
    .split(/[\s,]+/)
    .some((word) => word.length > 2 && names.has(word));
}

const WHO_CAME =
  /\b(presents?|presentes?|absents?|absentes?|ausentes?|attended|attendees|asistentes|asistieron|compareceram|faltaram|faltaron|ont participe|etaient la|participaron|participaram|did not come|manquants?)\b/u;

/** Chooses, of several columns of numbers, the one that numbers the workshop's people: *student_id* beside an *id* of the line. Changes `person`. */
export function preferKnownRef(
  columns: readonly (readonly string[])[],
  used: ReadonlySet<number>,
  person: Map<IdentifyingField, number>,
  { known, chosen }: SheetContext,
): void {
  const before = person.get('ref');
  if (before === undefined || chosen.has(before)) return;
  const ours = (place: number): boolean => {
    const cells = columns[place]!;
    return cells.length > 0 && cells.filter((cell) => known.refs.has(fold(cell))).length * 2 >= cells.length;
  };
  if (ours(before)) return;
  const better = columns.findIndex((_, place) => !used.has(place) && ![...person.values()].includes(place) && ours(place));
  if (better >= 0) person.set('ref', better);
}

/** Finds the columns whose cells are the workshop's own people, whatever heads them. Adds to `person`. */
export function byKnownPeople(
  headers: readonly string[],
  columns: readonly (readonly string[])[],
  used: ReadonlySet<number>,
  person: Map<IdentifyingField, number>,
  number: number | null,
  { known }: SheetContext,
): number {
  let found = 0;
  for (const [field, names] of [
    ['ref', known.refs],
    ['email', known.emails],
    ['fullName', known.names],
  ] as const) {
    if (person.has(field)) continue;
    const isOurs = (cell: string): boolean => (field === 'fullName' ? namesKnown(cell, names) : names.has(fold(cell)));
    const place = columns.findIndex((cells, index) => {
      if (used.has(index) || index === number || cells.length === 0 || [...person.values()].includes(index)) return false;
      // What heads the column is one of them too: these are no headings but the first of the list.
      return !isOurs(headers[index] ?? '') && cells.filter(isOurs).length * 2 >= cells.length;
    });
    if (place < 0) continue;
    person.set(field, place);
    found = 0.5;
  }
  return found;
}
