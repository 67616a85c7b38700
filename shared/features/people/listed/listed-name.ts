import { fold } from '../../../kernel/text.ts';
import type { Sex } from '../../../model/vocabularies.ts';
import { mayBeSomething, saysNothing } from '../../intake/nothing-said.ts';
import type { RowRemark } from '../../intake/row-places.ts';
import { isInstitution, isOrganisation } from '../list/column-content.ts';
import { isKnownGivenName, isSurelyGivenName } from './given-names.ts';
import type { ListField } from '../list/headings.ts';
import { professionOf } from './listed-profession.ts';
import { orderVote, partName } from './name-order.ts';
import { hasLostLetters, isOneName, isSuffix } from '../person-name.ts';
import type { ListHabits } from '../list/read-row.ts';

/** The longest cell of a name in characters, as long as the model allows. */
export const LONGEST_CELL = 500;

/** The name in the columns of a row. */
export interface ListedName {
  readonly written: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: Sex | null;
  readonly email: string | null;
  readonly aside: string;
  readonly asks: readonly RowRemark[];
  readonly doubts: readonly RowRemark[];
  readonly hangsOnOrder: boolean;
}

/** Reads the name of a row, whatever its columns are; what cannot be taken so is asked or doubted. `cell`: what stands under a field. */
export function listedName(habits: ListHabits, cell: (field: ListField) => string, email: string): ListedName {
  const { columns } = habits;
  const part = (field: ListField) => {
    const text = cell(field);
    const isNothing = text !== '' && saysNothing(text);
    return { field, text, isNothing, name: isNothing || text === '' ? null : habits.nameIn(text) };
  };
  const parts = NAME_FIELDS.filter((field) => columns.at.has(field)).map(part);
  const of = (field: ListField) => parts.find((one) => one.field === field)?.name ?? null;
  const written = parts
    .map(({ text }) => (isBroken(text) ? text.replace(/\s+/gu, ' ') : text))
    .filter((text) => text !== '')
    .join(' ');
  const sexes = parts.flatMap(({ name }) => (name?.sex ? [name.sex] : []));
  const base = {
    written,
    sex: new Set(sexes).size === 1 ? sexes[0]! : null,
    email: parts.find(({ name }) => name?.email)?.name?.email ?? null,
    aside: parts.map(({ name }) => name?.aside ?? '').find((aside) => aside !== '') ?? '',
  };
  const ask = (field: ListField, code: string, familyName = '', givenName = ''): ListedName => ({
    ...base,
    familyName,
    givenName,
    asks: [{ field, code }],
    doubts: [],
    hangsOnOrder: false,
  });
  const take = (familyName: string, givenName: string, code = '', field: ListField = 'fullName', hangsOnOrder = false): ListedName => ({
    ...base,
    familyName,
    givenName,
    asks: [],
    doubts: code === '' ? [] : [{ field, code }],
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

/** Whether text is an office, an institution or a country rather than a part of a name. */
export function isOffice(text: string): boolean {
  return professionOf(text) !== null || isInstitution(text) || OFFICE.test(fold(text));
}

const OFFICE =
  /\b(judge|juge|juez|jueza|juiz|juiza|magistrat\w*|magistrad\w+|prosecutor|procureure?|fiscal|procurador\w*|director|directeur|directrice|diretor\w*|president\w*|minister|ministre|secretary|secretaire|secretari\w+|officer|registrar|greffi\w+|counsel|advisor|adviser|conseill\w+|manager|head|chief|chef|coordinat\w+|coordinad\w+|expert|inspector|inspect\w+|commiss\w+|lawyer|avocate?|abogad\w+|advogad\w+|professor|lecturer|clerk|assistant|analyst|engineer|consultant|investigat\w+|deputy|acting|senior|member|trainer|formateur|student)\b/u;

/** A name in two columns that hold one word each and nothing to take off or to ask; null for any other. Most rows of a list are so. */
export function plainName(cells: readonly string[], { columns, order }: ListHabits): ListedName | null {
  const { at, unsureNames } = columns;
  if (at.has('fullName') || at.has('secondFamilyName') || at.has('secondGivenName') || (unsureNames && order === null)) return null;
  const family = at.get('familyName');
  const given = at.get('givenName');
  if (family === undefined || given === undefined || columns.columns[family]!.why === 'content') return null;
  const familyName = cells[family] ?? '';
  const givenName = cells[given] ?? '';
  if (!isPlainPart(familyName) || !isPlainPart(givenName)) return null;
  const written = `${familyName} ${givenName}`;
  return { written, familyName, givenName, sex: null, email: null, aside: '', asks: NOTHING, doubts: NOTHING, hangsOnOrder: false };
}

function isPlainPart(text: string): boolean {
  return isOneName(text) && text.length <= LONGEST_CELL && !saysNothing(text) && !hasLostLetters(text) && !isNoName(text);
}

const NOTHING: readonly RowRemark[] = [];

/** Whether there is white space that is no single blank between words. */
export function isBroken(text: string): boolean {
  return /[^\S ]|^ | $| {2}/u.test(text);
}

const NAME_FIELDS: readonly ListField[] = ['fullName', 'familyName', 'secondFamilyName', 'givenName', 'secondGivenName'];
/** `Awa Diop et Ibra Fall`, `Awa Diop / Ibra Fall`, `Awa, Ibra, Moussa`; *y* and *e* link family names too. */
const SEVERAL_PEOPLE = /\p{L}\s+(?:&|et|and|und)\s+\p{L}|\p{L}\s*\/\s*\p{L}|,[^,]*\p{L}{3}[^,]*,[^,]*\p{L}{3}/u;
/** `Ervin, Samuel J., III` is one person. */
function withoutSuffix(text: string): string {
  const [, before, last] = /^(.+),\s*(\S+)$/u.exec(text) ?? [];
  return before !== undefined && isSuffix(last!) ? before : text;
}

/** The texts that a meeting tool shows in place of somebody who has not said a name. */
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
  // *Pedro Henrique Saraiva Muniz* beside *Pedro*: what follows the first given name and is one too. *Henrique* alone is the family name.
  const isGiven = (word: string, at: number): boolean =>
    at + 1 < names.length && (isSurelyGivenName(word) || (isKnownGivenName(word) && at + 2 < names.length));
  const more = start > 0 ? 0 : names.findIndex((word, at) => !isGiven(word, at));
  return names.length === 0
    ? null
    : { familyName: names.slice(more).join(' '), givenName: join(known, ...names.slice(0, more), ...initials) };
}
