import { countryCode } from '../../../kernel/countries.ts';
import { keepingAnswers } from '../../../kernel/kept-answers.ts';
import { fold, type Language } from '../../../kernel/text.ts';
import { SEXES } from '../../../model/vocabularies.ts';
import type { FoundList } from '../../intake/find-list.ts';
import type { Question } from '../../intake/shapes.ts';
import { columnLetters, type SheetRow } from '../../../kernel/source.ts';
import { saysNothing } from '../../intake/nothing-said.ts';
import type { ListField, NameOrder } from './headings.ts';
import { writesCodes } from '../listed/listed-country.ts';
import { columnOrder } from '../listed/name-order.ts';
import type { PeopleColumns } from './people-columns.ts';
import { isOffice } from '../listed/listed-name.ts';
import { hasLostLetters, writtenName } from '../person-name.ts';
import type { ListHabits } from './read-row.ts';
import { sexLegend } from './sex-legend.ts';

/** A question about one list, with the numbers of the rows of its sheet that hang on it. */
export interface ListQuestion extends Omit<Question, 'rows'> {
  readonly rows: readonly number[];
}
type Answers = Readonly<Record<string, string>>;

/** A list while its habits are looked for. */
interface Asking {
  readonly headers: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly columns: PeopleColumns;
  readonly answers: Answers;
  /** The key of a question about a column. */
  readonly key: (code: string, place: number, subject?: string) => string;
  readonly textsOf: (field: ListField) => ReadonlyMap<string, number>;
  /** What nothing tells, asked so far. */
  readonly questions: ListQuestion[];
}

/** Finds what holds for all rows of a list, and asks about what nothing tells. `sheet`: its name where several are read. */
export function listHabits(
  list: FoundList<unknown>,
  rows: readonly SheetRow[],
  columns: PeopleColumns,
  answers: Answers,
  languages: readonly Language[],
  sheet: string,
): {
  readonly habits: Omit<ListHabits, 'sectionCountry'>;
  readonly questions: readonly ListQuestion[];
} {
  const textsOf = (field: ListField): ReadonlyMap<string, number> => textsIn(rows, columns.at.get(field));
  const key = (code: string, place: number, subject = ''): string =>
    [code, columnLetters(place), subject, sheet].filter((part) => part !== '').join(':');
  const asking: Asking = { headers: list.headers, rows, columns, answers, key, textsOf, questions: [] };
  const names = textsOf('fullName');
  const initials = [...names.keys()].some((name) => /^(?!M)\p{Lu}\.\s/u.test(name));
  // Looked at for the order of the column, and for each row.
  const nameIn = keepingAnswers((cell) => writtenName(cell, isOffice, initials), Infinity);
  const countries = textsOf('country');
  const order = nameOrder(asking, names, nameIn);
  const sexes = sexesOf(asking);
  askForEmails(asking);
  const said = Object.entries(answers).flatMap(([question, answer]) => {
    const match = /^(profession|country|language):[A-Z]{1,3}:(.+)$/u.exec(question);
    return match ? [[`${match[1]!}:${match[2]!}`, answer] as const] : [];
  });
  const habits = {
    columns,
    sexes,
    codes: writesCodes(countries),
    order,
    twoFamilyNames: bearTwo(list.headers, languages, countries, names),
    nameIn,
    answers: new Map(said),
  };
  return { habits, questions: asking.questions };
}

/** Which part of a name comes first; null: nothing tells. */
function nameOrder(asking: Asking, names: ReadonlyMap<string, number>, nameIn: ListHabits['nameIn']): NameOrder | null {
  const { rows, columns, answers, key, questions } = asking;
  const place = columns.at.get('fullName');
  if (place === undefined) return partsOrder(asking);
  const mail = columns.at.get('email');
  const written = rows.map(({ cells }) => {
    const name = nameIn(cells[place] ?? '');
    return { text: name.text, email: name.email ?? (mail === undefined ? '' : (cells[mail] ?? '')) };
  });
  const told = columnOrder(written.filter(({ text }) => text.includes(' ') && !hasLostLetters(text)));
  const { order } = columns;
  // Both parts named in the heading weigh more than a few names that point the other way; *Nom* over whole names says nothing of their order, *Name* does by custom.
  const customary = order?.first === 'givenFirst' ? order.first : null;
  // Names that contradict each other leave it to a person, unless the heading sides with most of them.
  const supposed = told && (!told.mixed || told.order === customary) ? told.order : told ? null : customary;
  const proposed = told?.sure ? told.order : order?.sure ? order.first : supposed;
  const name = key('nameOrder', place);
  const answer = answers[name];
  const chosen = answer === 'familyFirst' || answer === 'givenFirst' ? answer : proposed;
  questions.push({
    key: name,
    code: 'nameOrder',
    column: columnLetters(place),
    subject: names.keys().next().value ?? '',
    options: ['familyFirst', 'givenFirst'],
    chosen,
    rows: [],
  });
  return chosen;
}

/** Two columns of names, and nothing tells which holds the family names. */
function partsOrder({ headers, rows, columns, answers, key, questions }: Asking): NameOrder | null {
  const [family, given] = [columns.at.get('familyName'), columns.at.get('givenName')];
  if (!columns.unsureNames || family === undefined || given === undefined) return 'familyFirst';
  const name = key('nameColumns', family);
  const answer = answers[name];
  const chosen = answer === 'familyFirst' || answer === 'givenFirst' ? answer : null;
  questions.push({
    key: name,
    code: 'nameColumns',
    column: columnLetters(family),
    subject: headers[family] ?? '',
    options: ['familyFirst', 'givenFirst'],
    chosen,
    rows: rows.map(({ row }) => row),
  });
  return chosen;
}

function sexesOf({ headers, rows, columns, answers, key, textsOf, questions }: Asking): ListHabits['sexes'] {
  const place = columns.at.get('sex');
  if (place === undefined) return sexLegend('', new Map());
  const heading = headers[place] ?? '';
  const texts = textsOf('sex');
  const open = sexLegend(heading, texts).open;
  const chosen = new Map(
    open.flatMap((letter) => {
      const answer = answers[key('sex', place, letter)];
      const sex = SEXES.find((one) => one === answer);
      return sex ? [[letter, sex] as const] : [];
    }),
  );
  const legend = sexLegend(heading, texts, chosen);
  for (const letter of open) {
    const hanging = rows
      .filter(({ cells: row }) => fold(row[place] ?? '').replace(/[^\p{L}\p{N}]+/gu, '') === fold(letter))
      .map(({ row }) => row);
    questions.push({
      key: key('sex', place, letter),
      code: 'sex.letter',
      column: columnLetters(place),
      subject: letter,
      options: [...SEXES],
      chosen: chosen.get(letter) ?? legend.of(letter),
      rows: hanging,
    });
  }
  return legend;
}

/** Two different addresses in many rows: one answer for all. */
function askForEmails({ headers, columns, answers, key, questions }: Asking): void {
  const [first, other] = [columns.at.get('email'), columns.otherEmails[0]];
  if (first === undefined || other === undefined) return;
  const options = [first, other].map(columnLetters);
  const name = key('email', first);
  questions.push({
    key: name,
    code: 'email.two',
    column: options[0]!,
    subject: headers[first] ?? '',
    options,
    chosen: options.includes(answers[name] ?? '') ? answers[name]! : options[0]!,
    rows: [],
  });
}

/** Spanish lists, and those of countries where people bear two family names. */
function bearTwo(
  headers: readonly string[],
  languages: readonly Language[],
  countries: ReadonlyMap<string, number>,
  names: ReadonlyMap<string, number>,
): boolean {
  if (languages.includes('es') && languages.length === 1) return true;
  let [named, spanish] = [0, 0];
  for (const [text, times] of countries) {
    if (saysNothing(text)) continue;
    named += times;
    if (TWO_FAMILY_NAMES.has(countryCode(text) ?? '')) spanish += times;
  }
  if (named > 0) return spanish * 2 > named;
  return headers.some((header) => SPANISH.test(spacedHeading(header))) || bearSpanishNames(names);
}

/** The texts of a column in the order in which they first come, and how often each comes. */
function textsIn(rows: readonly SheetRow[], place: number | undefined): ReadonlyMap<string, number> {
  const texts = new Map<string, number>();
  if (place === undefined) return texts;
  for (const { cells } of rows) {
    const text = cells[place] ?? '';
    if (text !== '') texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  return texts;
}

/** *Quesada Gómez*, *Pérez Urbina*: where no heading and no country says so, every fourth name of three words has a Spanish family name among its last two. */
function bearSpanishNames(names: ReadonlyMap<string, number>): boolean {
  let [long, spanish] = [0, 0];
  for (const [name, times] of names) {
    const words = name.trim().split(/\s+/u);
    if (words.length < 3) continue;
    long += times;
    if (words.slice(-2).some((word) => /\p{L}{2}[ée]z$/iu.test(word))) spanish += times;
  }
  return long > 3 && spanish * 4 >= long;
}

/** Words of headings that are Spanish and of no other language. */
const SPANISH = /\b(apellidos?|nombres?|correo|pais|sexo y|institucion)\b/u;

/** `Nombre_Completo`, `NombreCompleto`. */
function spacedHeading(header: string): string {
  return fold(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' '));
}

const TWO_FAMILY_NAMES: ReadonlySet<string> = new Set('AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE'.split(' '));
