import { fold } from '../../../kernel/text.ts';
import { participant } from '../../../model/people.ts';
import type { Sex } from '../../../model/vocabularies.ts';
import { saysNothing } from '../../intake/nothing-said.ts';
import type { RowRemark } from '../../intake/row-places.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import { isInstitution } from './column-content.ts';
import type { ListField, NameOrder } from './headings.ts';
import { languageOf } from '../listed/listed-language.ts';
import { isBroken, listedName, LONGEST_CELL, plainName, type ListedName } from '../listed/listed-name.ts';
import { professionOf } from '../listed/listed-profession.ts';
import { listedCountry } from '../listed/listed-country.ts';
import { listedEmail } from '../listed/listed-email.ts';
import { listedPhone } from '../listed/listed-phone.ts';
import type { ListedValues } from '../listed/listed-person.ts';
import { titleOf } from '../listed/name-words.ts';
import type { PeopleColumns } from './people-columns.ts';
import type { WrittenName } from '../person-name.ts';
import { LISTED_FIELDS, type ListedPersonField } from '../rules.ts';
import { stateOf } from './registration-state.ts';
import type { SexLegend } from './sex-legend.ts';

/** Fields of which a list says in one cell what stands there; a name, a number and an institution hang on more. */
type WrittenField = {
  [F in ListedPersonField]: (typeof participant)['fields'][F]['input'] extends 'line' | 'text' | 'phone' ? F : never;
}[Exclude<ListedPersonField, OwnField>];
type OwnField = (typeof OWN_FIELDS)[number];
const OWN_FIELDS = ['ref', 'familyName', 'givenName', 'institution'] as const satisfies readonly ListedPersonField[];
const WRITTEN_FIELDS = LISTED_FIELDS.filter(
  (field): field is WrittenField =>
    ['line', 'text', 'phone'].includes(participant.fields[field].input) && !OWN_FIELDS.some((own) => own === field),
);

/** The habits that hold for all rows of a list. */
export interface ListHabits {
  readonly columns: PeopleColumns;
  readonly sexes: SexLegend;
  /** The column of countries writes codes. */
  readonly codes: boolean;
  /** Of whole names; null while nobody decided. */
  readonly order: NameOrder | null;
  /** People bear two family names. */
  readonly twoFamilyNames: boolean;
  /** Takes a name out of its cell. */
  readonly nameIn: (cell: string) => WrittenName;
  /** What a person said of a text that could not be read, by field and folded text. */
  readonly answers: ReadonlyMap<string, string>;
  /** The country of the section that a row stands in. */
  readonly sectionCountry: ReadonlyMap<number, string>;
}

/** The values of one row; `unread`: cells that could not be read, left unrecorded. */
export interface ReadRow {
  readonly row: number;
  readonly name: string;
  readonly values: ListedValues;
  readonly asks: readonly RowRemark[];
  readonly doubts: readonly RowRemark[];
  readonly unread: readonly { readonly field: ListField; readonly text: string }[];
  /** The names hang on the order that the column has. */
  readonly hangsOnOrder: boolean;
  /** The second address of the row, where it is another one. */
  readonly otherEmail: string;
}

/** Reads what rows of one list say of people; what a text of a column says is found once. */
export class RowReader {
  readonly #habits: ListHabits;
  readonly #emails: readonly number[];
  readonly #said = new Map<ListField, Map<string, SaidText>>();
  readonly #countryOf: (text: string) => string | null;

  constructor(habits: ListHabits) {
    this.#habits = habits;
    this.#countryOf = (text) => listedCountry(text, habits.codes);
    const { at, otherEmails } = habits.columns;
    this.#emails = [at.get('email'), ...otherEmails].filter((place) => place !== undefined);
  }

  read({ row, cells, repairs }: SheetRow): ReadRow {
    const { columns, sexes, sectionCountry } = this.#habits;
    const told: RowFindings = { cells, asks: [], doubts: [], unread: [] };
    for (const repair of repairs) told.doubts.push({ field: '', code: `row.${repair}` });
    const email = emailOf(cells, this.#emails, told.unread);
    const state = this.#cell(told, 'state');
    if (state !== '' && !saysNothing(state) && stateOf(state) === null) told.unread.push({ field: 'state', text: state });
    const name = plainName(cells, this.#habits) ?? this.#nameOf(told, email.first || email.other);
    const sex = this.#read(told, 'sex', sexes.of) ?? civilitySex(this.#cell(told, 'civility')) ?? name.sex ?? undefined;
    const institution = lineOf(this.#cell(told, 'institution'));
    if (institution?.includes('\uFFFD') === true) told.doubts.push({ field: 'institution', code: 'text.lettersLost' });
    const values = present({
      ...this.#asWritten(told),
      ref: lineOf(this.#cell(told, 'ref')),
      familyName: name.familyName,
      givenName: name.givenName === '' ? undefined : name.givenName,
      sex,
      profession:
        this.#read(told, 'profession', professionOf) ??
        (columns.at.has('profession') ? undefined : (professionOf(name.aside) ?? undefined)),
      country: columns.at.has('country') ? this.#country(told, email.first) : sectionCountry.get(row),
      institution:
        institution ??
        (!columns.at.has('institution') && isInstitution(name.aside) && professionOf(name.aside) === null ? name.aside : undefined),
      language: this.#read(told, 'language', languageOf),
      email: email.first || name.email || undefined,
    });
    const { asks, doubts, unread } = told;
    return { row, name: name.written, values, asks, doubts, unread, hangsOnOrder: name.hangsOnOrder, otherEmail: email.other };
  }

  /** The fields whose cells say what is recorded by themselves. */
  #asWritten(told: RowFindings): { [F in WrittenField]: string | undefined } {
    const said = WRITTEN_FIELDS.map((field) => {
      const { input } = participant.fields[field];
      if (input === 'phone') return [field, this.#read(told, field, listedPhone)];
      const text = this.#cell(told, field);
      return [field, input === 'text' ? notesOf(text) : lineOf(text)];
    });
    return Object.fromEntries(said) as { [F in WrittenField]: string | undefined };
  }

  #cell({ cells, asks }: RowFindings, field: ListField): string {
    const place = this.#habits.columns.at.get(field);
    const text = place === undefined ? '' : (cells[place] ?? '');
    if (text.length > LONGEST_CELL) asks.push({ field, code: 'tooLong' });
    return text;
  }

  #nameOf(told: RowFindings, email: string): ListedName {
    const name = listedName(this.#habits, (field) => this.#cell(told, field), email);
    told.asks.push(...name.asks);
    told.doubts.push(...name.doubts);
    return name;
  }

  #read<T extends string>(told: RowFindings, field: ListField, read: (text: string) => T | null): T | undefined {
    const text = this.#cell(told, field);
    if (text === '') return undefined;
    let texts = this.#said.get(field);
    if (!texts) this.#said.set(field, (texts = new Map()));
    let said = texts.get(text);
    if (!said) texts.set(text, (said = this.#find(field, text, read)));
    if (said.isUnread) told.unread.push({ field, text });
    return said.value as T | undefined;
  }

  /** A sign for nothing may be a code, as the rest of its row tells. */
  #country(told: RowFindings, email: string): string | undefined {
    const { columns, codes } = this.#habits;
    const written = told.cells[columns.at.get('country')!] ?? '';
    if (!saysNothing(written)) return this.#read(told, 'country', this.#countryOf);
    const text = this.#cell(told, 'country');
    if (text === '') return undefined;
    const said = this.#find('country', text, () => listedCountry(text, codes, (code) => speaksOf(code, told.cells, email)));
    if (said.isUnread) told.unread.push({ field: 'country', text });
    return said.value;
  }

  #find(field: ListField, text: string, read: (text: string) => string | null): SaidText {
    if (saysNothing(text) && field !== 'country' && field !== 'sex') return { value: undefined, isUnread: false };
    const { answers, sexes } = this.#habits;
    const value = (answers.size === 0 ? undefined : answers.get(answerKey(field, text))) ?? read(text);
    // An open letter of the sex is a question of the whole column.
    const isUnread = value === null && !(field === 'sex' && sexes.isOpen(text));
    return { value: value === null || value === '' ? undefined : value, isUnread };
  }
}

/** A row and what is gathered of it. */
interface RowFindings {
  readonly cells: readonly string[];
  readonly asks: RowRemark[];
  readonly doubts: RowRemark[];
  readonly unread: { field: ListField; text: string }[];
}

/** Whether the rest of a row speaks of Namibia or the Sudan, whose codes say nothing elsewhere. */
function speaksOf(code: string, cells: readonly string[], email: string): boolean {
  const rest = fold(cells.join(' ')).concat(` ${email}`);
  return code === 'NA' ? /namibia|windhoek|\.na\b|\+?264\d/u.test(rest) : code === 'SD' ? /sudan|khartoum|\.sd\b/u.test(rest) : false;
}

interface SaidText {
  readonly value: string | undefined;
  readonly isUnread: boolean;
}

/** The values that a row gives, without those that it leaves blank. */
function present(said: { readonly [Field in keyof ListedValues]-?: ListedValues[Field] | undefined }): ListedValues {
  const values: Record<string, string> = {};
  for (const field in said) {
    const value = said[field as keyof ListedValues];
    if (value !== undefined) values[field] = value;
  }
  return values as unknown as ListedValues;
}

/** Returns the key under which an answer to a question about a text is kept. */
export function answerKey(field: ListField, text: string): string {
  return `${field}:${fold(text)}`;
}

/** The first address of a row, and the next one that is another. */
function emailOf(cells: readonly string[], places: readonly number[], unread: { field: ListField; text: string }[]) {
  let first = '';
  let other = '';
  for (const place of places) {
    const text = cells[place] ?? '';
    const read = text === '' ? '' : listedEmail(text);
    // A telephone beside the addresses of others is no address that nobody could read.
    if (read === null && !isTelephone(text)) unread.push({ field: 'email', text });
    if (read === null || read === '') continue;
    if (first === '') first = read;
    else if (other === '' && fold(first) !== fold(read)) other = read;
  }
  return { first, other };
}

/** `77 123 45 67`, `Tel. +221 77 123 45 67 / 78 000 00 00`. */
function isTelephone(text: string): boolean {
  return !text.includes('@') && text.replace(/\D/gu, '').length >= 6 && text.replace(/[^\p{L}]/gu, '').length <= 10;
}

function civilitySex(text: string): Sex | null {
  return text === '' ? null : (titleOf(fold(text))?.sex ?? null);
}

function notesOf(text: string): string | undefined {
  const said = text.trim();
  return said === '' || saysNothing(said) ? undefined : said;
}

function lineOf(text: string): string | undefined {
  const line = isBroken(text)
    ? text
        .replace(/-\s*[\r\n]+\s*/gu, '-')
        .replace(/\s+/gu, ' ')
        .trim()
    : text;
  return line === '' || saysNothing(line) ? undefined : line;
}
