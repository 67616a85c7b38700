import type { RejectedRow } from '../../contract/shapes.ts';
import { countryCode } from '../../kernel/countries.ts';
import type { Table, TableRow } from '../../kernel/table.ts';
import type { Language } from '../../kernel/text.ts';
import type { ListColumns } from './list-columns.ts';
import type { ListField } from './list-headers.ts';
import { isEmail } from '../../model/values.ts';
import type { Profession, Sex } from '../../model/vocabularies.ts';
import { languageOf, professionOf, sexOf, splitName } from './list-values.ts';

/** What a row says of a person; a field it leaves blank is not there. */
export interface ListedValues {
  readonly ref?: string;
  readonly familyName: string;
  readonly givenName?: string;
  readonly sex?: Sex;
  readonly profession?: Profession;
  readonly country?: string;
  readonly institution?: string;
  readonly language?: Language;
  readonly email?: string;
}

export interface ListedRow {
  readonly row: number;
  readonly values: ListedValues;
}

export interface ReadRows {
  readonly rows: readonly ListedRow[];
  /** Cells that cannot be taken; their row is not among `rows`. */
  readonly rejected: readonly RejectedRow[];
  /** Taken, but a person should look: a profession left as not recorded, a name parted by guess. */
  readonly doubtful: readonly RejectedRow[];
}

/** As long as the model allows. */
const LONGEST = 500;
/** A cell that says *nothing* with a sign. */
const BLANK = /^[-–—.…/_?\s]*$/u;

/** Reads what each row under the headers says; every cell that cannot be read is listed with its row, field and code. */
export function readRows(table: Table, columns: ListColumns): ReadRows {
  const rows: ListedRow[] = [];
  const rejected: RejectedRow[] = [];
  const doubtful: RejectedRow[] = [];
  for (const row of table.rows) {
    if (row.row <= columns.headerRow || isBlank(row, columns)) continue;
    const reading = readRow(row, columns);
    if (reading.rejected.length > 0) rejected.push(...reading.rejected);
    else rows.push({ row: row.row, values: reading.values });
    doubtful.push(...reading.doubtful);
  }
  return { rows, rejected, doubtful };
}

/** Nothing in the columns that count, or only a running number: an empty line of the form. */
function isBlank(row: TableRow, columns: ListColumns): boolean {
  return [...columns.at].every(([field, index]) => (field === 'ref' && columns.lineNumbers) || BLANK.test(row.cells[index] ?? ''));
}

function readRow({ row, cells }: TableRow, columns: ListColumns) {
  const rejected: RejectedRow[] = [];
  const doubtful: RejectedRow[] = [];
  const text = (field: ListField): string => {
    const index = columns.at.get(field);
    const cell = index === undefined ? '' : (cells[index] ?? '');
    if (BLANK.test(cell)) return '';
    if (cell.length > LONGEST) rejected.push({ row, field, code: 'tooLong' });
    return cell;
  };
  const reads = <T>(field: ListField, read: (cell: string) => T | null, code: string, list: RejectedRow[] = rejected): T | undefined => {
    const cell = text(field);
    if (cell === '') return undefined;
    const value = read(cell);
    if (value === null) list.push({ row, field, code });
    return value ?? undefined;
  };
  const name = nameOf(columns, text);
  if (name.familyName === '') rejected.push({ row, field: columns.at.has('familyName') ? 'familyName' : 'fullName', code: 'required' });
  if (name.guessed) doubtful.push({ row, field: 'fullName', code: 'name.split' });
  const values = {
    ref: text('ref') || undefined,
    familyName: name.familyName,
    givenName: name.givenName || undefined,
    sex: reads('sex', sexOf, 'sex.unknown'),
    profession: reads('profession', professionOf, 'profession.unknown', doubtful),
    country: reads('country', countryCode, 'country.unknown'),
    institution: text('institution') || undefined,
    language: reads('language', languageOf, 'language.unknown'),
    email: reads('email', (cell) => (isEmail(cell) ? cell : null), 'email.invalid'),
  };
  return { values: present(values), rejected, doubtful };
}

function nameOf(columns: ListColumns, text: (field: ListField) => string) {
  if (!columns.at.has('familyName')) return splitName(text('fullName'), columns.nameOrder);
  const familyName = [text('familyName'), text('secondFamilyName')].filter((part) => part !== '').join(' ');
  return { familyName, givenName: text('givenName'), guessed: false };
}

function present(values: { readonly [K in keyof ListedValues]: ListedValues[K] | undefined }): ListedValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as unknown as ListedValues;
}
