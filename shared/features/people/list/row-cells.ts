import type { SheetRow } from '../../../kernel/source.ts';
import type { Accounting } from '../../intake/account.ts';
import { saysNothing } from '../../intake/nothing-said.ts';
import type { ListField } from './headings.ts';
import type { PeopleColumns } from './people-columns.ts';

/** The cells of a row that a person's values come from, by field and by place. */
interface RowCells {
  readonly at: ReadonlyMap<ListField, number>;
  readonly fields: readonly (ListField | undefined)[];
}

/** Finds which columns rows fill; rows that fill the same ones share what is found. */
export class FilledCells {
  readonly #at: readonly (readonly [ListField, number])[];
  readonly #places: readonly number[];
  readonly #otherEmails: readonly number[];
  readonly #known = new Map<number, RowCells>();

  constructor({ at, otherEmails }: PeopleColumns) {
    this.#at = [...at];
    this.#places = [...at.values()];
    this.#otherEmails = otherEmails;
  }

  /** `saysEmail`: there is an address, or one that nobody could read. */
  of({ cells }: SheetRow, saysEmail: boolean): RowCells {
    const otherEmail = this.#otherEmails.find((place) => (cells[place] ?? '') !== '');
    // A figure for each of what tells rows apart: there are fewer fields than a number has bits.
    let key = 2 * (otherEmail ?? -1) + (saysEmail ? 3 : 2);
    for (const place of this.#places) key = 2 * key + ((cells[place] ?? '') === '' ? 0 : 1);
    const known = this.#known.get(key);
    if (known) return known;
    const filled = new Map(this.#at.filter(([, place]) => (cells[place] ?? '') !== ''));
    if (!filled.has('email') && otherEmail !== undefined) filled.set('email', otherEmail);
    if (!saysEmail) filled.delete('email');
    const fields: (ListField | undefined)[] = [];
    for (const [field, place] of filled) fields[place] ??= field;
    const found = { at: filled, fields };
    this.#known.set(key, found);
    return found;
  }
}

/** Records the fate of cells that no field takes: the number of the line, signs for nothing, columns that are none of a person's. */
export function sayExtra(
  { row, cells, hiddenCells }: SheetRow,
  columns: PeopleColumns,
  sheet: string,
  accounting: Accounting,
  fields: RowCells['fields'],
): void {
  for (let place = cells.length - 1; place >= 0; place--) {
    const text = cells[place]!;
    if (text === '') continue;
    const field = fields[place];
    if (place === columns.numbering) accounting.sayCell(sheet, row, place, 'runningNumber');
    else if (field === undefined) accounting.sayCell(sheet, row, place, hiddenCells.includes(place) ? 'hiddenColumn' : 'extraColumn');
    else if (!NAMES.has(field) && saysNothing(text)) accounting.sayCell(sheet, row, place, 'nothingSaid');
  }
}

const NAMES: ReadonlySet<ListField> = new Set(['fullName', 'familyName', 'secondFamilyName', 'givenName', 'secondGivenName']);
