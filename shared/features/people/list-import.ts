import type { RejectedRow } from '../../contract/shapes.ts';
import type { Id } from '../../kernel/ids.ts';
import { keysAfter } from '../../kernel/order.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { refuse, ok, type Result } from '../../kernel/result.ts';
import type { Table } from '../../kernel/table.ts';
import { fold } from '../../kernel/text.ts';
import { listedPersonId } from '../../model/derivations.ts';
import { listColumns, type ListColumns } from './list-columns.ts';
import { readRows, type ListedRow, type ListedValues } from './list-rows.ts';
import { homonymGroups, type ParticipantRow } from './rules.ts';

/** A participant that the store knows, removed ones too. */
export interface KnownPerson extends ParticipantRow {
  readonly live: boolean;
}

export interface ImportPlan {
  readonly columns: ListColumns['columns'];
  /** Rows that hold a person or are rejected. */
  readonly rows: number;
  /** `restore`: was removed from the workshop; the list says the person is in it. */
  readonly additions: readonly {
    readonly id: Id;
    readonly restore: boolean;
    readonly values: ListedValues & { readonly position: string };
  }[];
  /** Only the fields that differ. */
  readonly updates: readonly { readonly id: Id; readonly values: Partial<ListedValues> }[];
  readonly unchanged: number;
  readonly homonyms: readonly (readonly Id[])[];
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
}

/**
 * What importing a list does to a workshop (journey 2). A person is found again by the list's own id, else by e-mail, else by
 * names, country and institution together; ids are derived from the roster's key and these, so that two laptops that import
 * one list apart make the same people. A blank cell changes nothing. Refuses `people.headerUnknown` and `table.empty`.
 */
export function planImport(
  table: Table,
  known: readonly KnownPerson[],
  roster: { readonly key: string },
  hasher: Hasher,
): Result<ImportPlan> {
  const columns = listColumns(table);
  if (!columns) return refuse('people.headerUnknown');
  const read = readRows(table, columns);
  if (read.rows.length === 0 && read.rejected.length === 0) return refuse('table.empty');
  const rejected: RejectedRow[] = [...read.rejected];
  const identify = identifier(read.rows, known, (...parts) => listedPersonId(hasher, roster.key, ...parts), columns.lineNumbers);
  const taken = new Map<Id, ListedRow>();
  for (const row of read.rows) {
    const found = identify(row);
    if ('code' in found) rejected.push({ row: row.row, ...found });
    else if (taken.has(found.id)) rejected.push({ row: row.row, ...repeated(row, taken.get(found.id)!) });
    else taken.set(found.id, row);
  }
  const byId = new Map(known.map((person) => [person.id, person]));
  const added = [...taken].filter(([id]) => byId.get(id)?.live !== true);
  const last = known.reduce<string | null>(
    (most, { position }) => (position !== null && (most === null || position > most) ? position : most),
    null,
  );
  const positions = keysAfter(last, added.length);
  const updates = [...taken].flatMap(([id, { values }]) => {
    const before = byId.get(id);
    const changed = before?.live === true ? changes(before, values) : {};
    return Object.keys(changed).length === 0 ? [] : [{ id, values: changed }];
  });
  return ok({
    columns: columns.columns,
    rows: new Set([...read.rows.map(({ row }) => row), ...read.rejected.map(({ row }) => row)]).size,
    additions: added.map(([id, { values }], index) => ({ id, restore: byId.has(id), values: { ...values, position: positions[index]! } })),
    updates,
    unchanged: taken.size - added.length - updates.length,
    homonyms: homonymsAfter(known, taken),
    rejected: rejected.sort((a, b) => a.row - b.row),
    doubtful: read.doubtful,
  });
}

type Identified = { readonly id: Id } | { readonly field: string; readonly code: string };

function identifier(
  rows: readonly ListedRow[],
  known: readonly KnownPerson[],
  derive: (...parts: string[]) => Id,
  lineNumbers: boolean,
): (row: ListedRow) => Identified {
  const byId = new Map(known.map((person) => [person.id, person]));
  const byRef = uniquely(known, (person) => fold(person.ref ?? ''));
  const byEmail = uniquely(known, (person) => fold(person.email ?? ''));
  const byAll = uniquely(known, (person) => everything(person));
  // A mailbox that several people of the list share identifies none of them.
  const boxes = new Map<string, number>();
  for (const { values } of rows) if (values.email) boxes.set(fold(values.email), (boxes.get(fold(values.email)) ?? 0) + 1);

  const withoutRef = (values: ListedValues): Id => {
    const email = values.email && boxes.get(fold(values.email)) === 1 ? fold(values.email) : '';
    const sameBox = email === '' ? undefined : byEmail.get(email);
    if (sameBox && sharesAName(sameBox, values)) return sameBox.id;
    const sameAll = byAll.get(everything(values));
    if (sameAll && !(values.email && sameAll.email && fold(values.email) !== fold(sameAll.email))) return sameAll.id;
    return email !== '' && !sameBox ? derive('email', email) : derive('name', everything(values));
  };

  return ({ values }) => {
    if (values.ref === undefined) return { id: withoutRef(values) };
    const id = derive('ref', fold(values.ref));
    const holder = byId.get(id) ?? byRef.get(fold(values.ref));
    if (holder && samePerson(holder, values)) return { id: holder.id };
    if (lineNumbers) {
      // A running number moves from person to person when a list is sorted anew; the marks must not move with it.
      const other = withoutRef(values);
      return holder || byId.has(other) ? { id: other } : { id };
    }
    if (holder) return { field: 'ref', code: 'ref.otherPerson' };
    const unnumbered = withoutRef(values);
    return { id: byId.has(unnumbered) && !byId.get(unnumbered)!.ref ? unnumbered : id };
  };
}

/** One of the two names, or the mailbox, is the same: a correction, not someone else. */
function samePerson(person: KnownPerson, values: ListedValues): boolean {
  return sharesAName(person, values) || (values.email !== undefined && fold(values.email) === fold(person.email ?? ''));
}

function sharesAName(person: KnownPerson, values: ListedValues): boolean {
  const [family, given] = [fold(values.familyName), fold(values.givenName ?? '')];
  return family === fold(person.familyName ?? '') || (given !== '' && given === fold(person.givenName ?? ''));
}

function everything(values: Partial<Record<'familyName' | 'givenName' | 'country' | 'institution', string | null>>): string {
  return [values.familyName, values.givenName, values.country, values.institution].map((part) => fold(part ?? '')).join('\n');
}

/** Live people first; where two share the key, it identifies neither. */
function uniquely(known: readonly KnownPerson[], key: (person: KnownPerson) => string): ReadonlyMap<string, KnownPerson> {
  const found = new Map<string, KnownPerson | null>();
  for (const live of [true, false]) {
    const here = new Map<string, KnownPerson | null>();
    for (const person of known) {
      const text = key(person);
      if (person.live === live && text.trim() !== '') here.set(text, here.has(text) ? null : person);
    }
    for (const [text, person] of here) if (!found.has(text)) found.set(text, person);
  }
  return new Map([...found].filter((entry): entry is [string, KnownPerson] => entry[1] !== null));
}

function repeated(row: ListedRow, first: ListedRow): { readonly field: string; readonly code: string } {
  const sameRef = row.values.ref !== undefined && fold(row.values.ref) === fold(first.values.ref ?? '');
  return sameRef ? { field: 'ref', code: 'ref.duplicate' } : { field: 'familyName', code: 'row.duplicate' };
}

function changes(before: KnownPerson, values: ListedValues): Partial<ListedValues> {
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => before[field as keyof ListedValues] !== value));
}

function homonymsAfter(known: readonly KnownPerson[], taken: ReadonlyMap<Id, ListedRow>): Id[][] {
  const names = known
    .filter((person) => person.live && !taken.has(person.id))
    .map(({ id, familyName, givenName }) => ({ id, familyName, givenName }));
  const givenNames = new Map(known.map(({ id, givenName }) => [id, givenName]));
  const listed = [...taken].map(([id, { values }]) => ({
    id,
    familyName: values.familyName,
    givenName: values.givenName ?? givenNames.get(id) ?? null,
  }));
  return homonymGroups([...names, ...listed]);
}
