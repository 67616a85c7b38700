import { fold } from '../../../kernel/text.ts';
import { isEmail } from '../../../model/values.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import { type ColumnContent, type ContentReader } from './column-content.ts';
import { asksYesOrNo, headingMeaning, lastStepMeaning, type HeadingMeaning } from './heading-meaning.ts';
import { isListField, type ListField } from './headings.ts';
import { settleNames } from './name-columns.ts';

/** The reading of a column while the columns are weighed against each other. */
export interface ColumnReading {
  readonly field: HeadingMeaning['field'] | 'running';
  readonly rank: number;
  readonly why: ColumnWhy;
  readonly order?: HeadingMeaning['order'];
  /** Found by what stands there, and as likely otherwise: a person is asked. */
  readonly unsure?: boolean;
}

export type ColumnWhy = 'header' | 'content' | 'both' | 'chosen' | 'none';

/** The columns of a list of people, by what they hold. */
export interface PeopleColumns {
  /** How well headings and cells fit a list of people. */
  readonly score: number;
  /** By place; '' = left out. */
  readonly columns: readonly { readonly field: ListField | ''; readonly why: ColumnWhy }[];
  readonly at: ReadonlyMap<ListField, number>;
  /** Further columns of addresses, in their order. */
  readonly otherEmails: readonly number[];
  /** The column that only numbers the lines. */
  readonly numbering: number | null;
  /** What the heading of whole names says of their order. */
  readonly order: HeadingMeaning['order'];
  /** Which of two columns holds the family names is as likely the other way. */
  readonly unsureNames: boolean;
}

/** The meanings of columns that a person has chosen. */
export interface ColumnsByHand {
  /** By place. */
  readonly chosen: ReadonlyMap<number, ListField | ''>;
  /** Places of columns that the file hides: left out unless chosen. */
  readonly hidden?: ReadonlySet<number>;
}

/**
 * Weighs headings and the cells under them; `headers` is empty where the list has none. Null where they are no list of people: no names, or a row that is
 * itself one of the list.
 */
export function peopleColumns(
  headers: readonly string[],
  rows: readonly SheetRow[],
  hand: ColumnsByHand,
  reader: ContentReader,
  most?: number,
): PeopleColumns | null {
  if (headers.some((header) => isEmail(header))) return null;
  const meanings = headers.map((header) => headingMeaning(header));
  if (headers.length > 0 && !meanings.some((meaning) => meaning !== null) && hand.chosen.size === 0)
    return unknownHeadings(headers, rows, hand, reader, most);
  return weigh(headers, meanings, rows, hand, reader, most);
}

/** Headings in other languages or words: taken where the cells leave no doubt of what they are, and the headings are not like these. */
function unknownHeadings(
  headers: readonly string[],
  rows: readonly SheetRow[],
  hand: ColumnsByHand,
  reader: ContentReader,
  most?: number,
): PeopleColumns | null {
  const filled = headers.filter((header) => header !== '');
  if (filled.length < 2 || rows.length < 2 || filled.some((header) => /\d/.test(header))) return null;
  const read = weigh(
    headers,
    headers.map(() => null),
    rows,
    hand,
    reader,
    most,
  );
  const [own] = [reader.contents([{ row: 0, hidden: false, cells: headers, spread: [], hiddenCells: [], repairs: [] }], headers.length)];
  const below = reader.contents(rows, headers.length, most);
  const isUnlike = below.some(
    (content, place) =>
      content.filled > 1 &&
      own[place]!.filled > 0 &&
      (['email', 'country', 'number', 'code', 'capitals', 'sex', 'date', 'commaName'] as const).some(
        (kind) => content[kind] >= 0.9 && own[place]![kind] === 0,
      ),
  );
  return read && isUnlike && !own.some(({ givenName }) => givenName > 0) ? { ...read, score: Math.min(read.score, 0.5) } : null;
}

function weigh(
  headers: readonly string[],
  meanings: readonly (HeadingMeaning | null)[],
  rows: readonly SheetRow[],
  hand: ColumnsByHand,
  reader: ContentReader,
  most?: number,
): PeopleColumns | null {
  const width = Math.max(headers.length, ...rows.slice(0, 50).map(({ cells }) => cells.length));
  const contents = reader.contents(rows, width, most);
  const isHeaded = headers.length > 0;
  const readings = contents.map((content, place) => {
    const header = headers[place] ?? '';
    return byHand(place, hand) ?? fitting(meanings[place] ?? null, content, header) ?? fitting(lastStepMeaning(header), content, header);
  });
  keepCodedNames(readings, meanings, contents);
  dropRegions(readings, headers, contents);
  settleNames(readings as (ColumnReading | null)[], contents, rows);
  claimByContent(readings, contents, meanings, headers);
  const at = claims(readings, contents);
  if (!['familyName', 'givenName', 'fullName'].some((field) => at.has(field as ListField))) return null;
  if (!isHeaded && hand.chosen.size === 0 && !looksLikePeople(at, contents, rows)) return null;
  const score = scoreOf(readings, at);
  if (score === null && isHeaded && meanings.some((meaning) => meaning !== null)) return null;
  const numbering = readings.findIndex((reading) => reading?.field === 'running');
  const full = at.get('fullName');
  return {
    score: score ?? 0.2,
    columns: readings.map((reading, place) => {
      const field = reading && at.get(reading.field as ListField) === place ? (reading.field as ListField) : '';
      const isOther = reading?.field === 'email' && field === '';
      return {
        field: isOther ? 'email' : field,
        why: field === '' && !isOther ? (reading?.why === 'chosen' ? reading.why : 'none') : reading!.why,
      };
    }),
    at,
    otherEmails: readings.flatMap((reading, place) => (reading?.field === 'email' && at.get('email') !== place ? [place] : [])),
    numbering: numbering < 0 ? null : numbering,
    order: full === undefined ? undefined : readings[full]!.order,
    unsureNames: readings.some((reading) => reading?.unsure === true),
  };
}

function byHand(place: number, { chosen, hidden }: ColumnsByHand): ColumnReading | null {
  const said = chosen.get(place);
  if (said !== undefined) return { field: said === '' ? 'technical' : said, rank: -2, why: 'chosen' };
  return hidden?.has(place) ? { field: 'technical', rank: -1, why: 'none' } : null;
}

/** Returns the meaning of a heading, unless the cells under it are plainly something else. */
function fitting(meaning: HeadingMeaning | null, content: ColumnContent, header: string): ColumnReading | null {
  if (meaning === null) return null;
  const as = (field: ColumnReading['field'], why: ColumnWhy = 'header', rank: number = meaning.rank): ColumnReading => ({
    field,
    rank,
    why,
    ...(meaning.order ? { order: meaning.order } : {}),
  });
  if (content.filled === 0) return as(meaning.field);
  const figures = content.date + content.number + content.phone + content.email;
  switch (meaning.field) {
    case 'ref':
      return numbersRead(meaning, content, as);
    case 'email':
      return content.email === 0 && content.filled > 1 ? null : as('email', content.email > 0.5 ? 'both' : 'header');
    case 'familyName':
    case 'givenName':
    case 'secondFamilyName':
    case 'secondGivenName':
    case 'fullName':
    case 'ambiguousName':
      return content.filled > 1 &&
        content.name < 0.3 &&
        Math.max(figures, content.country - content.countryCode, content.sex, content.code) >= 0.6
        ? null
        : as(meaning.field, content.name > 0.5 ? 'both' : 'header');
    case 'sex':
      return content.sex + content.civility >= 0.3 || content.number >= 0.9 || content.filled === 1
        ? as('sex', content.sex > 0.5 ? 'both' : 'header')
        : null;
    case 'civility':
      if (content.civility >= 0.3) return as('civility', 'both');
      if (content.sex >= 0.5) return as('sex', 'both', 1);
      return content.profession > 0.1 ? as('profession', 'both', 2) : null;
    case 'country':
      if (figures + content.code >= 0.5) return null;
      if (meaning.rank > 0 && content.place < 0.4 && content.countryCode < 0.8) return null;
      return as('country', content.country > 0.5 ? 'both' : 'header', content.place < 0.3 ? meaning.rank + 0.5 : meaning.rank);
    case 'state':
      // Where some are out, a word that is not known among them is asked about, and the column not passed over.
      return content.state >= 0.8 || (content.state >= 0.5 && content.out > 0) ? as('state', 'both') : null;
    case 'language':
      return figures >= 0.5 || content.name >= 0.6 ? null : as('language', content.language > 0.5 ? 'both' : 'header');
    case 'institution':
      return figures >= 0.5 ||
        content.country >= 0.8 ||
        isAnswered(content, header) ||
        (meaning.rank > 0 && content.code + content.letter >= 0.5)
        ? null
        : as('institution', content.institution > 0.3 ? 'both' : 'header', content.institution > 0.3 ? meaning.rank : meaning.rank + 0.5);
    case 'profession':
      return figures >= 0.5 || content.partInEvent >= 0.8 || isAnswered(content, header)
        ? null
        : as('profession', content.profession > 0.3 ? 'both' : 'header', content.profession > 0.2 ? meaning.rank : meaning.rank + 0.5);
    default:
      return as(meaning.field);
  }
}

/** *Yes*, *no*, or whatever stands under a question that asks for it: what the heading speaks of does not stand here. */
function isAnswered(content: ColumnContent, header: string): boolean {
  return content.filled > 0 && (content.yesNo >= 0.5 || (asksYesOrNo(header) && content.institution < 0.3 && content.profession < 0.3));
}

/** *Person_1*, *P07* under *Name*, where address, country or office stand beside it and nothing else is a name: people who were made nameless, each to be asked about. */
function keepCodedNames(
  readings: (ColumnReading | null)[],
  meanings: readonly (HeadingMeaning | null)[],
  contents: readonly ColumnContent[],
): void {
  const isName = (field: string | undefined): boolean => field !== undefined && NAMES.has(field);
  if (readings.some((reading) => isName(reading?.field) || reading?.field === 'people')) return;
  const place = meanings.findIndex((meaning, at) => isName(meaning?.field) && readings[at] === null && (contents[at]?.code ?? 0) >= 0.6);
  const beside = readings.filter((reading) => reading !== null && BESIDE_NAMES.has(reading.field)).length;
  if (place < 0 || beside < 2) return;
  readings[place] = { field: 'fullName', rank: 1, why: 'header' };
}

/** *Departamento*, *Département* beside *Municipio* or *Commune*, and no office in it: a part of a country. */
function dropRegions(readings: (ColumnReading | null)[], headers: readonly string[], contents: readonly ColumnContent[]): void {
  for (const [place, reading] of readings.entries())
    if (
      reading?.field === 'institution' &&
      SECTION.test(fold(headers[place] ?? '')) &&
      contents[place]!.filled > 0 &&
      contents[place]!.phrase < 0.3
    )
      readings[place] = null;
  if (!headers.some((header) => PLACES.test(fold(header)))) return;
  for (const [place, reading] of readings.entries())
    if (
      reading?.field === 'institution' &&
      reading.why === 'header' &&
      REGION.test(fold(headers[place] ?? '')) &&
      contents[place]!.institution < 0.3
    )
      readings[place] = null;
}

/** A part of something, unless it is named in words: *Section* | *Nord*, *Division* | *Section anticorruption*. */
const SECTION = /^(sections?|seccion(es)?|secao|secoes|divisions?|division(es)?|divisao)$/u;
const REGION = /\b(departamento|departement|department|division|section|sector)s?\b/u;
const PLACES =
  /\b(municipio|municipalidad|barrio|ciudad|localidad|provincia|distrito|region|canton|comuna|commune|quartier|ville|province|district|village|arrondissement|cidade|concelho|distrito|bairro|freguesia|city|town|county)s?\b/u;

const NAMES: ReadonlySet<string> = new Set(['fullName', 'ambiguousName', 'familyName', 'givenName']);
const BESIDE_NAMES: ReadonlySet<string> = new Set(['email', 'country', 'institution', 'profession', 'sex']);

/** A number that several share, a telephone, an address or a date is nobody's number; one that counts the lines identifies nobody. */
function numbersRead(
  meaning: HeadingMeaning,
  content: ColumnContent,
  as: (field: ColumnReading['field'], why?: ColumnWhy) => ColumnReading,
): ColumnReading | null {
  if (content.email + content.date >= 0.5 || content.name >= 0.6 || content.country >= 0.9) return null;
  if (content.phone >= 0.5 && (meaning.lineNumber === true || content.number < 0.5)) return null;
  if (content.numbering === 'running' || content.numbering === 'small') return as('running');
  if (content.numbering === 'padded') return as(meaning.lineNumber === true ? 'running' : 'ref');
  // A person may stand in a list twice; a number that many share is of a course, a room or a group.
  if (content.filled > 1 && content.distinct < 0.9) return null;
  return as('ref', 'both');
}

/** Columns under no heading, or one that says nothing, whose cells leave no doubt; what a heading says that its cells deny stays left out. */
function claimByContent(
  readings: (ColumnReading | null)[],
  contents: readonly ColumnContent[],
  meanings: readonly (HeadingMeaning | null)[],
  headers: readonly string[],
): void {
  const claimed = new Set(readings.map((reading) => reading?.field));
  const claim = (field: ListField, share: (content: ColumnContent) => boolean): void => {
    if (claimed.has(field)) return;
    const place = contents.findIndex(
      (content, index) => readings[index] === null && (meanings[index] ?? null) === null && content.filled > 0 && share(content),
    );
    if (place >= 0) readings[place] = { field, rank: 2, why: 'content' };
  };
  for (const [place, content] of contents.entries()) {
    if (readings[place] === null && content.numbering === 'running' && content.filled > 1 && (headers[place] ?? '') === '')
      readings[place] = { field: 'running', rank: 2, why: 'content' };
  }
  claim('email', ({ email }) => email >= 0.6);
  // *Contact*: addresses among telephones.
  const contact = contents.findIndex(({ email }, index) => readings[index] === null && email >= 0.3);
  if (!claimed.has('email') && !readings.some((reading) => reading?.field === 'email') && contact >= 0)
    readings[contact] = { field: 'email', rank: 2, why: 'content' };
  claim(
    'country',
    ({ country, words, name, filled, distinct }) =>
      country >= 0.8 && words >= 0.8 && name < 0.5 && filled > 1 && (filled < 10 || distinct * filled >= 2),
  );
  claim('state', ({ state, out }) => state === 1 && out > 0);
  claim('civility', ({ civility, filled }) => civility >= 0.9 && filled > 1);
  // Words of both sexes are of nothing else, whatever the question was.
  claim('sex', ({ sex, letter, filled, distinct }) => sex >= 0.8 && letter === 0 && filled > 2 && distinct * filled >= 2);
  if (headers.length === 0) {
    claim('ref', ({ code, distinct }) => code >= 0.8 && distinct === 1);
    claim('sex', ({ sex, filled }) => sex >= 0.9 && filled > 1);
    claim('profession', ({ profession }) => profession >= 0.6);
    claim('institution', ({ institution }) => institution >= 0.6);
  }
}

/** Without headings, names alone are not enough: an address, a number, capitals or names that many bear must say that these are people. */
function looksLikePeople(at: ReadonlyMap<ListField, number>, contents: readonly ColumnContent[], rows: readonly SheetRow[]): boolean {
  const places = (['familyName', 'givenName', 'fullName'] as const).flatMap((field) => at.get(field) ?? []);
  const names = places.map((place) => contents[place]!);
  const email = at.get('email');
  // Mostly a part of the name stands in the address.
  const seen =
    email === undefined
      ? []
      : rows.slice(0, 50).map(({ cells }) => ({
          words: places.flatMap((place) => fold(cells[place] ?? '').split(/[^\p{L}]+/u)),
          address: fold(cells[email] ?? ''),
        }));
  const matching = seen.filter(({ words, address }) => words.some((word) => word.length > 2 && address.includes(word)));
  // *F* | *DIOP* | *Awa*, *Mme* | *Awa Diop*.
  const isSexed = (['sex', 'civility'] as const).some((field) => at.has(field));
  return (
    matching.length >= Math.max(1, seen.length * 0.3) ||
    names.some(({ givenName, filled }) => givenName >= 0.3 && filled > 1) ||
    names.some(({ commaName, place, filled }) => commaName >= 0.8 && place < 0.2 && filled > 2) ||
    // Names of the whole world, of whom few bear one of those that many bear, beside their countries.
    (at.has('country') &&
      names.some(
        ({ givenName, wholeName, distinct, filled }) => givenName >= 0.15 && Math.min(wholeName, distinct) >= 0.9 && filled > 9,
      )) ||
    (isSexed && names.every(({ name, distinct, filled }) => name >= 0.8 && distinct >= 0.5 && filled > 2)) ||
    (at.has('ref') && names.some(({ capitals }) => capitals >= 0.8))
  );
}

/** Each field's column: the surest; of equals that which is filled more, then the first. */
function claims(readings: readonly (ColumnReading | null)[], contents: readonly ColumnContent[]): Map<ListField, number> {
  const at = new Map<ListField, number>();
  for (const [place, reading] of readings.entries()) {
    if (!reading || !isListField(reading.field)) continue;
    const field = reading.field as ListField;
    const claimed = at.get(field);
    const isSurer = claimed === undefined || readings[claimed]!.rank > reading.rank;
    const isFuller =
      claimed !== undefined && readings[claimed]!.rank === reading.rank && contents[claimed]!.filled * 2 < contents[place]!.filled;
    const isReadable =
      claimed !== undefined &&
      field === 'fullName' &&
      readings[claimed]!.rank === reading.rank &&
      contents[claimed]!.latin < 0.5 &&
      contents[place]!.latin >= 0.5;
    if (isSurer || isFuller || isReadable) at.set(field, place);
  }
  return at;
}

/** Names under a heading weigh most; null where too little of the headings is known to call the row one: addresses under theirs are enough. */
function scoreOf(readings: readonly (ColumnReading | null)[], at: ReadonlyMap<ListField, number>): number | null {
  let [score, headed] = [0, 0];
  let [named, isAddressed] = [false, false];
  for (const reading of readings) {
    if (!reading || reading.why === 'none') continue;
    const isName = ['familyName', 'givenName', 'fullName'].includes(reading.field);
    const byHeading = reading.why !== 'content';
    if (reading.field === 'email' && reading.why === 'both') isAddressed = true;
    // Times, dates and codes head many tables that are no lists of people.
    if (byHeading && reading.field !== 'running' && reading.field !== 'technical') headed++;
    named ||= isName && byHeading;
    score += byHeading
      ? isName
        ? 3
        : reading.field === 'technical' || reading.field === 'running'
          ? 0.4
          : 1 - 0.3 * Math.max(0, reading.rank)
      : 0.2;
  }
  const hasNames = at.has('familyName') || at.has('fullName') || at.has('givenName');
  return hasNames && (named || headed >= 2 || isAddressed) ? score : null;
}
