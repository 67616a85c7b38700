import { fold } from '../../kernel/text.ts';
import type { Table } from '../../kernel/table.ts';
import { AMBIGUOUS_NAMES, FULL_NAMES, HEADERS, LINE_NUMBERS, type ListField, type NameOrder } from './list-headers.ts';

/** Which column of a list holds what. */
export interface ListColumns {
  /** The row that the headers stand in; rows above it are a title. */
  readonly headerRow: number;
  /** Every column with its header as given; '' = an extra column, left out. */
  readonly columns: readonly { readonly header: string; readonly field: ListField | '' }[];
  /** Place of a field's column. */
  readonly at: ReadonlyMap<ListField, number>;
  /** How a single column of names writes them, where capitals and commas do not tell. */
  readonly nameOrder: NameOrder;
  /** The list's own id is only a running number: it identifies nobody in another version of the list. */
  readonly lineNumbers: boolean;
}

// A title and a few lines of explanation often stand above the headers.
const ROWS_SEARCHED = 10;

/**
 * Finds the headers of a list of people, in four languages and any order, in the row among the first ones that has most
 * of them. Null when no column of names is recognised: nothing is then guessed.
 */
export function listColumns(table: Table): ListColumns | null {
  let best: ListColumns | null = null;
  for (const { row, cells } of [{ row: table.headerRow, cells: table.header }, ...table.rows.slice(0, ROWS_SEARCHED - 1)]) {
    const read = columnsOf(row, cells);
    if (read && read.at.size > (best?.at.size ?? 0)) best = read;
  }
  return best;
}

interface Reading {
  readonly field: ListField | 'ambiguousName';
  /** Lower wins where two columns claim one field. */
  readonly rank: number;
  readonly order?: NameOrder;
  readonly lineNumber?: boolean;
}

function columnsOf(headerRow: number, headers: readonly string[]): ListColumns | null {
  const readings = headers.map(readingOf);
  const has = (field: Reading['field']): boolean => readings.some((reading) => reading?.field === field);
  const settled = readings.map((reading): Reading | null => {
    if (reading?.field !== 'ambiguousName') return reading;
    // *Nom* beside *Prénom* is the family name; *Nombre* beside *Apellidos*, *Name* beside *Surname* the given name.
    if (has('familyName')) return { ...reading, field: has('givenName') ? 'fullName' : 'givenName' };
    return { ...reading, field: has('givenName') ? 'familyName' : 'fullName' };
  });
  const at = new Map<ListField, number>();
  for (const [index, reading] of settled.entries()) {
    if (!reading) continue;
    const field = reading.field as ListField;
    const claimed = at.get(field);
    if (claimed === undefined || settled[claimed]!.rank > reading.rank) at.set(field, index);
  }
  if (at.has('familyName')) at.delete('fullName');
  if (!at.has('familyName') && !at.has('fullName')) return null;
  const full = at.get('fullName');
  const ref = at.get('ref');
  const columns = headers.map((header, index) => {
    const field = settled[index]?.field as ListField | undefined;
    return { header, field: field !== undefined && at.get(field) === index ? field : ('' as const) };
  });
  return {
    headerRow,
    columns,
    at,
    nameOrder: (full === undefined ? undefined : settled[full]!.order) ?? 'givenFirst',
    lineNumbers: ref !== undefined && settled[ref]!.lineNumber === true,
  };
}

/** What a header says, by its whole text, by what stands outside its brackets, or by its parts (`Nom / Family name`). */
function readingOf(header: string): Reading | null {
  if (header.length > 200) return null;
  const folded = fold(header);
  const outside = folded.replace(/\([^()]*\)/g, ' ');
  const inside = /\(([^()]*)\)/.exec(folded)?.[1] ?? '';
  const whole = wordsRead(folded) ?? wordsRead(outside);
  if (whole) return whole;
  const parts = outside
    .split(/[/|]| - /)
    .map(wordsRead)
    .filter((reading) => reading !== null);
  const [first, second] = parts;
  if (first && second && first.field !== second.field) return namesOfParts(first, second);
  return first ?? wordsRead(inside);
}

/** `Nom / Prénom` is the whole name, `Nom / Family name` and `Nombre / Given name` one part of it in two languages. */
function namesOfParts(first: Reading, second: Reading): Reading | null {
  const fields = new Set([first.field, second.field]);
  const ambiguous = [first, second].find((reading) => reading.field === 'ambiguousName');
  if (ambiguous && fields.has('familyName')) return { field: 'familyName', rank: 0 };
  if (ambiguous?.order === 'givenFirst' && fields.has('givenName')) return { field: 'givenName', rank: 0 };
  if (!fields.has('givenName') || !(ambiguous || fields.has('familyName'))) return null;
  return { field: 'fullName', rank: 0, order: first.field === 'givenName' ? 'givenFirst' : 'familyFirst' };
}

function wordsRead(text: string): Reading | null {
  const key = text.replace(/[^\p{L}\p{N}°#]+/gu, '');
  if (key === '') return null;
  const order = FULL_NAMES.get(key);
  if (order) return { field: 'fullName', rank: 0, order };
  const ambiguous = AMBIGUOUS_NAMES.get(key);
  if (ambiguous) return { field: 'ambiguousName', rank: 0, order: ambiguous };
  if (LINE_NUMBERS.has(key)) return { field: 'ref', rank: 1, lineNumber: true };
  return HEADERS.get(key) ?? null;
}
