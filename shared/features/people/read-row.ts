import type { RejectedRow } from '../../contract/shapes.ts';
import { fold } from '../../kernel/text.ts';
import type { Sex } from '../../model/vocabularies.ts';
import { mayBeSomething, saysNothing } from '../intake/nothing-said.ts';
import type { SheetRow } from '../../kernel/source.ts';
import { isInstitution, isOrganisation } from './column-content.ts';
import { isKnownGivenName, isSurelyGivenName } from './given-names.ts';
import type { ListField, NameOrder } from './headings.ts';
import { languageOf } from './listed-language.ts';
import { professionOf } from './listed-profession.ts';
import { listedCountry } from './listed-country.ts';
import { listedEmail } from './listed-email.ts';
import type { ListedValues } from './listed-person.ts';
import { titleOf } from './name-words.ts';
import { orderVote, partName } from './name-order.ts';
import type { PeopleColumns } from './people-columns.ts';
import { hasLostLetters, isSuffix, writtenName } from './person-name.ts';
import { stateOf } from './registration-state.ts';
import type { SexLegend } from './sex-legend.ts';

/** What holds for all rows of a list. */
export interface ListHabits {
  readonly columns: PeopleColumns;
  readonly sexes: SexLegend;
  /** The column of countries writes codes. */
  readonly codes: boolean;
  /** Of whole names; null while nobody decided. */
  readonly order: NameOrder | null;
  /** People bear two family names. */
  readonly twoFamilyNames: boolean;
  /** Names are shortened to initials. */
  readonly initials: boolean;
  /** What a person said of a text that could not be read, by field and folded text. */
  readonly answers: ReadonlyMap<string, string>;
  /** The country of the section that a row stands in. */
  readonly sectionCountry: ReadonlyMap<number, string>;
}

/** What one row says; `unread`: cells that could not be read, left unrecorded. */
export interface ReadRow {
  readonly name: string;
  readonly values: ListedValues;
  readonly asks: readonly RejectedRow[];
  readonly doubts: readonly RejectedRow[];
  readonly unread: readonly { readonly field: ListField; readonly text: string }[];
  /** The names hang on the order that the column has. */
  readonly hangsOnOrder: boolean;
  /** The second address of the row, where it is another one. */
  readonly otherEmail: string;
}

/** As long as the model allows. */
const LONGEST = 500;

/** Reads what a row says of a person. */
export function readRow({ row, cells, repairs }: SheetRow, habits: ListHabits): ReadRow {
  const { columns } = habits;
  const asks: RejectedRow[] = [];
  const doubts: RejectedRow[] = repairs.map((repair) => ({ row, field: '', code: `row.${repair}` }));
  const unread: { field: ListField; text: string }[] = [];
  const cell = (field: ListField): string => {
    const place = columns.at.get(field);
    const text = place === undefined ? '' : (cells[place] ?? '');
    if (text.length > LONGEST) asks.push({ row, field, code: 'tooLong' });
    return text;
  };
  const reads = <T extends string>(field: ListField, read: (text: string) => T | null): T | undefined => {
    const text = cell(field);
    if (text === '' || (saysNothing(text) && field !== 'country' && field !== 'sex')) return undefined;
    const answer = habits.answers.size === 0 ? undefined : habits.answers.get(answerKey(field, text));
    const value = (answer as T | undefined) ?? read(text);
    // An open letter of the sex is a question of the whole column.
    if (value === null && !(field === 'sex' && habits.sexes.isOpen(text))) unread.push({ field, text });
    return value === null || value === '' ? undefined : value;
  };
  const email = emailOf(cells, columns, unread);
  const state = cell('state');
  if (state !== '' && !saysNothing(state) && stateOf(state) === null) unread.push({ field: 'state', text: state });
  const name = nameOf(row, cells, habits, cell, email.first || email.other);
  asks.push(...name.asks);
  doubts.push(...name.doubts);
  const speaks = (code: string): boolean => {
    const rest = fold(cells.join(' ')).concat(` ${email.first}`);
    return code === 'NA' ? /namibia|windhoek|\.na\b|\+?264\d/u.test(rest) : code === 'SD' ? /sudan|khartoum|\.sd\b/u.test(rest) : false;
  };
  const sex = reads('sex', habits.sexes.of) ?? civilitySex(cell('civility')) ?? name.sex ?? undefined;
  const institution = lineOf(cell('institution'));
  const values = {
    ref: lineOf(cell('ref')),
    familyName: name.familyName,
    givenName: name.givenName === '' ? undefined : name.givenName,
    sex,
    profession: reads('profession', professionOf) ?? (columns.at.has('profession') ? undefined : (professionOf(name.aside) ?? undefined)),
    country:
      reads('country', (text) => listedCountry(text, habits.codes, speaks)) ??
      (columns.at.has('country') ? undefined : habits.sectionCountry.get(row)),
    institution:
      institution ??
      (!columns.at.has('institution') && isInstitution(name.aside) && professionOf(name.aside) === null ? name.aside : undefined),
    language: reads('language', languageOf),
    email: email.first || name.email || undefined,
  };
  if (institution !== undefined && /\uFFFD/u.test(institution)) doubts.push({ row, field: 'institution', code: 'text.lettersLost' });
  const present: Record<string, unknown> = {};
  for (const field in values) if (values[field as keyof typeof values] !== undefined) present[field] = values[field as keyof typeof values];
  return {
    name: name.written,
    values: present as unknown as ListedValues,
    asks,
    doubts,
    unread,
    hangsOnOrder: name.hangsOnOrder,
    otherEmail: email.other,
  };
}

/** What an answer to a question about a text is kept under. */
export function answerKey(field: ListField, text: string): string {
  return `${field}:${fold(text)}`;
}

/** Whether text is an office, an institution or a country rather than a part of a name. */
export function isOffice(text: string): boolean {
  return professionOf(text) !== null || isInstitution(text) || OFFICE.test(fold(text));
}

const OFFICE =
  /\b(judge|juge|juez|jueza|juiz|juiza|magistrat\w*|magistrad\w+|prosecutor|procureure?|fiscal|procurador\w*|director|directeur|directrice|diretor\w*|president\w*|minister|ministre|secretary|secretaire|secretari\w+|officer|registrar|greffi\w+|counsel|advisor|adviser|conseill\w+|manager|head|chief|chef|coordinat\w+|coordinad\w+|expert|inspector|inspect\w+|commiss\w+|lawyer|avocate?|abogad\w+|advogad\w+|professor|lecturer|clerk|assistant|analyst|engineer|consultant|investigat\w+|deputy|acting|senior|member|trainer|formateur|student)\b/u;

function emailOf(cells: readonly string[], columns: PeopleColumns, unread: { field: ListField; text: string }[]) {
  const places = [columns.at.get('email'), ...columns.otherEmails].filter((place) => place !== undefined);
  const found: string[] = [];
  for (const place of places) {
    const text = cells[place] ?? '';
    const read = text === '' ? '' : listedEmail(text);
    // A telephone beside the addresses of others is no address that nobody could read.
    if (read === null && !isTelephone(text)) unread.push({ field: 'email', text });
    if (read === null) continue;
    if (read !== '' && !found.some((other) => fold(other) === fold(read))) found.push(read);
  }
  return { first: found[0] ?? '', other: found[1] ?? '' };
}

/** `77 123 45 67`, `Tel. +221 77 123 45 67 / 78 000 00 00`. */
function isTelephone(text: string): boolean {
  return !text.includes('@') && text.replace(/\D/gu, '').length >= 6 && text.replace(/[^\p{L}]/gu, '').length <= 10;
}

function civilitySex(text: string): Sex | null {
  return text === '' ? null : (titleOf(fold(text))?.sex ?? null);
}

function lineOf(text: string): string | undefined {
  const line = BROKEN.test(text)
    ? text
        .replace(/-\s*[\r\n]+\s*/gu, '-')
        .replace(/\s+/gu, ' ')
        .trim()
    : text;
  return line === '' || saysNothing(line) ? undefined : line;
}

/** White space that is no single blank between words. */
const BROKEN = /[^\S ]|^ | $| {2}/u;

interface ReadName {
  readonly written: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: Sex | null;
  readonly email: string | null;
  readonly aside: string;
  readonly asks: readonly RejectedRow[];
  readonly doubts: readonly RejectedRow[];
  readonly hangsOnOrder: boolean;
}

function nameOf(row: number, cells: readonly string[], habits: ListHabits, cell: (field: ListField) => string, email: string): ReadName {
  const { columns } = habits;
  const part = (field: ListField) => {
    const text = cell(field);
    const isNothing = text !== '' && saysNothing(text);
    return { field, text, isNothing, name: isNothing || text === '' ? null : writtenName(text, isOffice, habits.initials) };
  };
  const parts = NAME_FIELDS.filter((field) => columns.at.has(field)).map(part);
  const of = (field: ListField) => parts.find((one) => one.field === field)?.name ?? null;
  const written = parts
    .map(({ text }) => (BROKEN.test(text) ? text.replace(/\s+/gu, ' ') : text))
    .filter((text) => text !== '')
    .join(' ');
  const sexes = parts.flatMap(({ name }) => (name?.sex ? [name.sex] : []));
  const base = {
    written,
    sex: new Set(sexes).size === 1 ? sexes[0]! : null,
    email: parts.find(({ name }) => name?.email)?.name?.email ?? null,
    aside: parts.map(({ name }) => name?.aside ?? '').find((aside) => aside !== '') ?? '',
  };
  const ask = (field: ListField, code: string, familyName = '', givenName = ''): ReadName => ({
    ...base,
    familyName,
    givenName,
    asks: [{ row, field, code }],
    doubts: [],
    hangsOnOrder: false,
  });
  const take = (familyName: string, givenName: string, code = '', field: ListField = 'fullName', hangsOnOrder = false): ReadName => ({
    ...base,
    familyName,
    givenName,
    asks: [],
    doubts: code === '' ? [] : [{ row, field, code }],
    hangsOnOrder,
  });
  const main: ListField = columns.at.has('fullName') ? 'fullName' : columns.at.has('familyName') ? 'familyName' : 'givenName';
  const lost = parts.find(({ text }) => hasLostLetters(text));
  const full = of('fullName')?.text ?? '';
  const family = join(of('familyName')?.text, of('secondFamilyName')?.text);
  const given = join(of('givenName')?.text, of('secondGivenName')?.text);
  // *NA* or a first name *Na* may be somebody's; with a stroke in it, it is a sign for nothing, and nobody is called so.
  const nothing = parts.find(({ isNothing, text }) => isNothing && (mayBeSomething(text) || /\p{L}/u.test(text)));
  if (lost) return ask(lost.field, 'name.lettersLost', family || full, given);
  if (nothing && nothing.field !== 'secondFamilyName' && nothing.field !== 'secondGivenName')
    return ask(nothing.field, 'name.nothing', family || full, given);
  if (columns.at.has('fullName')) {
    if (full === '')
      return family !== '' || given !== ''
        ? take(family || given, family === '' ? '' : given, 'name.onlyOne', main)
        : ask('fullName', 'required');
    const rest = family !== '' || given !== '' ? restOf(full, family, given) : null;
    if (rest) return take(rest.familyName, rest.givenName, rest.givenName === '' ? 'name.onlyOne' : '');
    if (isNoName(full) || isOrganisation(full)) return ask('fullName', 'name.notAName');
    if (SEVERAL_PEOPLE.test(withoutSuffix(full))) return ask('fullName', 'name.several', full);
    const read = partName(full, habits.order ?? 'givenFirst', habits.twoFamilyNames);
    if (read.by === 'oneWord') return ask('fullName', 'name.oneWord', read.familyName);
    if (read.by !== 'order')
      return read.familyName === '' || read.givenName === '' ? ask('fullName', 'name.split', full) : take(read.familyName, read.givenName);
    if (habits.order === null) return { ...ask('fullName', 'name.order', read.familyName, read.givenName), hangsOnOrder: true };
    const vote = orderVote(full, email);
    const against = habits.order === 'givenFirst' ? vote <= -1 : vote >= 1;
    return take(read.familyName, read.givenName, against ? 'name.split' : '', 'fullName', true);
  }
  if (family === '' && given === '') return ask(main, 'required');
  const odd = parts.find(({ name, field }) => name && isNoName(name.text) && (field === 'familyName' || field === 'givenName'));
  if (odd) return ask(odd.field, 'name.notAName', family, given);
  if (columns.unsureNames && habits.order === null) return ask('familyName', 'name.order', family, given);
  // People who bear one name write it in either column.
  if (family === '') return take(given, '', columns.at.has('familyName') ? 'name.onlyOne' : '', 'givenName');
  if (given === '') return take(family, given, columns.at.has('givenName') ? 'name.onlyOne' : '', 'familyName');
  // Of columns that only their cells told apart, a row may be written the other way round.
  const isFoundByCells = columns.columns[columns.at.get('familyName')!]!.why === 'content';
  const isTurned = isFoundByCells && isSurelyGivenName(family.split(' ')[0]!) && !isKnownGivenName(given.split(' ')[0]!);
  return take(family, given, isTurned ? 'name.split' : '', 'familyName');
}

const NAME_FIELDS: readonly ListField[] = ['fullName', 'familyName', 'secondFamilyName', 'givenName', 'secondGivenName'];
/** `Awa Diop et Ibra Fall`, `Awa Diop / Ibra Fall`, `Awa, Ibra, Moussa`; *y* and *e* link family names too. */
const SEVERAL_PEOPLE = /\p{L}\s+(?:&|et|and|und)\s+\p{L}|\p{L}\s*\/\s*\p{L}|,[^,]*\p{L}{3}[^,]*,[^,]*\p{L}{3}/u;
/** `Ervin, Samuel J., III` is one person. */
function withoutSuffix(text: string): string {
  const [, before, last] = /^(.+),\s*(\S+)$/u.exec(text) ?? [];
  return before !== undefined && isSuffix(last!) ? before : text;
}

/** What a meeting tool shows in place of somebody who has not said a name. */
const DEVICE =
  /\b(iphone|ipad|macbook|galaxy|samsung|redmi|huawei|xiaomi|tecno|infinix|oppo|android|laptop|desktop|meeting room|salle de reunion)\b/u;
const NOT_A_NAME = /[@\d#=_{}|\\]|[?¿!]{2}|^[^\p{L}]+$|https?:/u;

function isNoName(text: string): boolean {
  return NOT_A_NAME.test(text) || DEVICE.test(fold(text));
}

function join(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join(' ');
}

/** The parts of a whole name of which another column gives one; null where that part is not in it as written, or nothing is left. */
function restOf(full: string, family: string, given: string): { readonly familyName: string; readonly givenName: string } | null {
  const known = family || given;
  const words = full
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  const parts = known.split(' ').map(fold);
  const start = words.findIndex((_, index) => parts.every((part, offset) => fold(words[index + offset] ?? '') === part));
  if (start < 0) return null;
  const rest = [...words.slice(0, start), ...words.slice(start + parts.length)];
  if (rest.length === 0) return { familyName: known, givenName: '' };
  if (family !== '') return { familyName: known, givenName: rest.join(' ') };
  const initials = rest.filter((word) => /^\p{L}\.?$/u.test(word));
  const names = rest.filter((word) => !/^\p{L}\.?$/u.test(word));
  return names.length === 0 ? null : { familyName: names.join(' '), givenName: join(known, ...initials) };
}
