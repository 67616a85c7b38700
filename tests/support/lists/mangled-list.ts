import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { countryName } from '../../../shared/kernel/countries.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import type { Profession, Sex } from '../../../shared/model/vocabularies.ts';
import { CIVIL, COUNTRIES, EXTRAS, HEADINGS, INSTITUTIONS, NAMES, PROFESSIONS, SEXES, SIGNED, TITLES, TOTALS } from './mangled-words.ts';

/** Somebody whom a school invites. */
export interface Invited {
  readonly family: string;
  readonly given: string;
  readonly sex: Sex;
  readonly profession: Profession;
  readonly country: string;
  readonly institution: string;
  readonly email: string;
}

/** A list as a school sends it, and where in it everybody stands. */
export interface MangledList {
  readonly bytes: Buffer;
  readonly name: string;
  /** What was done to it, for a message. */
  readonly how: readonly string[];
  readonly people: readonly { readonly row: number; readonly person: Invited }[];
}

/** A list of invented people, mangled as the seed says. */
export async function mangledList(seed: number): Promise<MangledList> {
  const random = randomOf(seed);
  const language = random.of(['fr', 'fr', 'en', 'es', 'pt'] as const);
  const people = random.shuffled(invited(random, language)).slice(0, 6 + random.upTo(20));
  const style = styleOf(random, language);
  const columns = columnsOf(random, style);
  // Sorted by country, a spreadsheet merges the cells of each.
  const country = columns.findIndex(({ field }) => field === 'country');
  const merges = country >= 0 && random.chance(0.2);
  if (merges) people.sort((a, b) => (a.country < b.country ? -1 : a.country > b.country ? 1 : 0));
  const lines: string[][] = [];
  const places: { row: number; person: Invited }[] = [];
  for (const title of titlesOf(random, language)) lines.push(title);
  lines.push(columns.map(({ heading }) => heading));
  const half = !merges && random.chance(0.15) ? Math.ceil(people.length / 2) : people.length;
  for (const [index, person] of people.entries()) {
    if (index === half && half < people.length) lines.push(columns.map(({ heading }) => heading));
    lines.push(columns.map(({ cell }) => cell(person, index)));
    places.push({ row: lines.length, person });
  }
  for (const note of notesOf(random, language, people.length)) lines.push(note);
  const merged = merges ? { column: country, first: places[0]!.row - 1, last: places.at(-1)!.row - 1 } : null;
  const file = await fileOf(random, lines, merged);
  return { ...file, how: [language, file.how, ...style.how, ...columns.map(({ heading }) => heading)], people: places };
}

interface Style {
  readonly language: Language;
  readonly capitals: boolean;
  readonly titles: boolean;
  readonly wholeName: 'none' | 'familyFirst' | 'givenFirst' | 'comma';
  readonly how: readonly string[];
}

interface Column {
  readonly heading: string;
  readonly field?: 'country';
  readonly cell: (person: Invited, index: number) => string;
}

function styleOf(random: Random, language: Language): Style {
  const wholeName = random.of(['none', 'none', 'none', 'familyFirst', 'givenFirst', 'comma'] as const);
  // Whole names that nothing parts are another matter: they are asked about.
  const capitals = wholeName === 'familyFirst' || wholeName === 'givenFirst' || random.chance(0.5);
  const titles = random.chance(0.25);
  return {
    language,
    capitals,
    titles,
    wholeName,
    how: [wholeName, ...(capitals ? ['capitals'] : []), ...(titles ? ['civil titles'] : [])],
  };
}

function columnsOf(random: Random, style: Style): Column[] {
  const { language } = style;
  const heading = (field: keyof typeof HEADINGS): string => dressed(random, random.of(HEADINGS[field]![language]));
  const family = (person: Invited): string => (style.capitals ? person.family.toUpperCase() : person.family);
  const title = (person: Invited): string =>
    style.titles && person.sex !== 'notStated' ? `${CIVIL[language][person.sex === 'female' ? 0 : 1]} ` : '';
  const whole: Record<Exclude<Style['wholeName'], 'none'>, (person: Invited) => string> = {
    familyFirst: (person) => `${title(person)}${family(person)} ${person.given}`,
    givenFirst: (person) => `${title(person)}${person.given} ${family(person)}`,
    comma: (person) => `${family(person)}, ${person.given}`,
  };
  const names: Column[] =
    style.wholeName === 'none'
      ? random.shuffled([
          { heading: heading('family'), cell: (person) => `${title(person)}${family(person)}` },
          { heading: heading('given'), cell: (person) => person.given },
        ])
      : [{ heading: heading(style.wholeName === 'givenFirst' ? 'wholeGivenFirst' : 'whole'), cell: whole[style.wholeName] }];
  const origin = random.of(ORIGINS);
  const sexes = random.of(SEXES[language]);
  const decorated = random.of(ADDRESSES);
  const others: Column[] = [
    { heading: heading('country'), field: 'country', cell: ({ country }) => origin(country, language) },
    { heading: heading('institution'), cell: ({ institution }) => institution },
    { heading: heading('email'), cell: ({ email }) => decorated(email) },
    { heading: dressed(random, sexes.heading), cell: ({ sex }) => (sex === 'notStated' ? '' : sexes.of[sex === 'female' ? 0 : 1]) },
    { heading: heading('profession'), cell: ({ profession }) => PROFESSIONS[language][profession as 'judge']! },
    { heading: random.of(EXTRAS[language]), cell: (_, index) => (index % 3 === 0 ? random.of(['RAS', 'OK', '—', '']) : '') },
  ];
  const chosen = random.shuffled(others).slice(0, 2 + random.upTo(others.length - 2));
  const numbered: Column[] = random.chance(0.5)
    ? [{ heading: random.of(['N°', 'No', '#', 'Nº']), cell: (_, index) => String(index + 1) }]
    : [];
  return [...numbered, ...(random.chance(0.8) ? [...names, ...chosen] : random.shuffled([...names, ...chosen]))];
}

/** How a column writes countries: by name, in capitals, by code, by people, behind a town. */
const ORIGINS: readonly ((country: string, language: Language) => string)[] = [
  countryName,
  countryName,
  (country, language) => countryName(country, language).toUpperCase(),
  (country) => country,
  (country, language) => placeOf(country, language).people,
  (country, language) => `${placeOf(country, language).capital}, ${countryName(country, language)}`,
];

function placeOf(country: string, language: Language): { readonly people: string; readonly capital: string } {
  return COUNTRIES[language].find(({ code }) => code === country)!;
}

/** How a column writes addresses. */
const ADDRESSES: readonly ((email: string) => string)[] = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => `mailto:${email}`,
  (email) => `${email}.`,
  (email) => `<${email}>`,
];

/** A heading as tools and people dress it. */
function dressed(random: Random, heading: string): string {
  return random.of([
    (text: string) => text,
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => `${text} *`,
    (text: string) => `${text} :`,
    (text: string) => ` ${text} `,
  ])(heading);
}

function titlesOf(random: Random, language: Language): string[][] {
  if (!random.chance(0.4)) return [];
  return [[TITLES[language]], ...(random.chance(0.5) ? [['12-15/03/2026']] : []), ...(random.chance(0.5) ? [['']] : [])];
}

function notesOf(random: Random, language: Language, count: number): string[][] {
  return [
    ...(random.chance(0.3)
      ? [[`Total : ${count}`]]
      : random.chance(0.3)
        ? [['Total', String(count)]]
        : random.chance(0.3)
          ? [[TOTALS[language](count)]]
          : []),
    ...(random.chance(0.2) ? [[SIGNED[language]]] : []),
    ...(random.chance(0.1) ? [['Page 1 / 1']] : []),
  ];
}

interface MergedColumn {
  readonly column: number;
  /** Places of its first and last lines. */
  readonly first: number;
  readonly last: number;
}

/** How many lines from here on say the same in the merged column; 0 for one that an earlier cell covers. */
function spanOf(lines: readonly (readonly string[])[], at: number, { column, first, last }: MergedColumn): number {
  if (at < first || at > last) return 1;
  const text = lines[at]![column];
  if (at > first && lines[at - 1]![column] === text) return 0;
  let span = 1;
  while (at + span <= last && lines[at + span]![column] === text) span++;
  return span;
}

async function fileOf(random: Random, lines: readonly (readonly string[])[], merged: MergedColumn | null) {
  const kind = merged ? random.of(['xlsx', 'html'] as const) : random.of(['csv', 'csv', 'csv', 'csv', 'xlsx', 'html'] as const);
  if (kind === 'xlsx') {
    const width = Math.max(...lines.map((line) => line.length));
    const data = lines.map((line, row) =>
      Array.from({ length: width }, (_, at) => {
        const rowSpan = merged?.column === at ? spanOf(lines, row, merged) : 1;
        return rowSpan > 0 && line[at] ? { value: line[at], type: String, ...(rowSpan > 1 && { rowSpan }) } : null;
      }),
    );
    const bytes = await writeXlsxFile([{ data, sheet: random.of(['Feuil1', 'Liste', 'Sheet1']) }] as never).toBuffer();
    return { bytes, name: 'list.xlsx', how: merged ? 'XLSX merged' : 'XLSX' };
  }
  if (kind === 'html') {
    const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const cellOf = (cell: string, row: number, at: number): string => {
      const span = merged?.column === at ? spanOf(lines, row, merged) : 1;
      return span === 0 ? '' : `<td${span > 1 ? ` rowspan="${span}"` : ''}>${escaped(cell)}</td>`;
    };
    const rows = lines.map((line, row) => `<tr>${line.map((cell, at) => cellOf(cell, row, at)).join('')}</tr>`).join('\n');
    return {
      bytes: Buffer.from(`<html><head><meta charset="utf-8"></head><body><table>${rows}</table></body></html>`),
      name: 'list.xls',
      how: merged ? 'HTML merged' : 'HTML',
    };
  }
  const separator = random.of([';', ',', '\t', '|']);
  const quoted = (cell: string): string =>
    cell.includes(separator) || cell.includes('"') || cell.startsWith(' ') ? `"${cell.replaceAll('"', '""')}"` : cell;
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const isPadded = random.chance(0.5);
  const text = lines
    .map((line) => [...line, ...(isPadded ? Array<string>(width - line.length).fill('') : [])].map(quoted).join(separator))
    .join(random.of(['\n', '\r\n']));
  const encoding = random.of(['utf8', 'utf8', 'utf8', 'utf8bom', 'win1252', 'win1252', 'macroman', 'cp850', 'utf16le'] as const);
  const bytes =
    encoding === 'utf8bom'
      ? Buffer.from(`\ufeff${text}`)
      : encoding === 'utf16le'
        ? Buffer.from(`\ufeff${text}`, 'utf16le')
        : iconv.encode(encoding === 'cp850' ? text.replaceAll('’', "'") : text, encoding);
  return { bytes, name: 'list.csv', how: `CSV ${JSON.stringify(separator)} ${encoding}` };
}

/** Forty people with distinct names, two of them homonyms whom their institutions and addresses tell apart. */
function invited(random: Random, language: Language): Invited[] {
  const { families, female, male } = NAMES[language];
  const people: Invited[] = random.shuffled(families).map((family, index) => {
    const isWoman = random.chance(0.5);
    const given = isWoman ? female[index % female.length]! : male[index % male.length]!;
    return personOf(random, language, { family, given, sex: isWoman ? 'female' : 'male' }, index);
  });
  return people;
}

function personOf(random: Random, language: Language, name: Pick<Invited, 'family' | 'given' | 'sex'>, index: number): Invited {
  const plain = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  return {
    ...name,
    profession: random.of(['judge', 'prosecutor', 'lawyer'] as const),
    country: random.of(COUNTRIES[language]).code,
    institution: random.of(INSTITUTIONS[language]),
    email: `${plain(name.given)}.${plain(name.family)}${index}@example.org`,
  };
}

interface Random {
  upTo(most: number): number;
  chance(share: number): boolean;
  of<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** Mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return {
    upTo,
    chance: (share) => next() < share,
    of: (list) => list[upTo(list.length - 1)]!,
    shuffled: (list) => {
      const order = [...list];
      for (let at = order.length - 1; at > 0; at--) {
        const other = upTo(at);
        [order[at], order[other]] = [order[other]!, order[at]!];
      }
      return order;
    },
  };
}
