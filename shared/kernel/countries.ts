import { COUNTRY_ALIASES } from './country-aliases.ts';
import { COUNTRY_NAMES } from './country-names.ts';
import { keepingAnswers } from './kept-answers.ts';
import { fold, type Language } from './text.ts';

const COLUMN: Readonly<Record<Language, 2 | 3 | 4 | 5>> = { en: 2, fr: 3, es: 4, pt: 5 };
const ROWS = new Map(COUNTRY_NAMES.map((row) => [row[0], row]));

/** Every ISO 3166-1 alpha-2 code, and XK, in alphabetical order. */
export const COUNTRY_CODES: readonly string[] = COUNTRY_NAMES.map(([alpha2]) => alpha2);

/**
 * The note that must stand under a text or a table that names Kosovo*: the wording of the United Nations and the Council of Europe.
 */
const KOSOVO_NOTE: Readonly<Record<Language, string>> = {
  en: '* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo Declaration of Independence.',
  fr: '* Cette désignation est sans préjudice des positions sur le statut et est conforme à la Résolution 1244/1999 du Conseil de sécurité des Nations Unies et à l’avis de la Cour internationale de justice sur la déclaration d’indépendance du Kosovo.',
  es: '* Esta denominación se entiende sin perjuicio de las posiciones sobre su estatuto y está en consonancia con la Resolución 1244/1999 del Consejo de Seguridad de las Naciones Unidas y con la opinión consultiva de la Corte Internacional de Justicia sobre la declaración de independencia de Kosovo.',
  pt: '* Esta designação não prejudica as posições relativas ao estatuto e está em conformidade com a Resolução 1244/1999 do Conselho de Segurança das Nações Unidas e com o parecer do Tribunal Internacional de Justiça sobre a declaração de independência do Kosovo.',
};

/** The name of a country as it is shown in `language`; the code itself when it is none of ours. */
export function countryName(code: string, language: Language): string {
  return ROWS.get(code)?.[COLUMN[language]] ?? code;
}

/** The footnote that the name of a country calls for (its name then ends in an asterisk), or null. */
export function countryFootnote(code: string, language: Language): string | null {
  return code === 'XK' ? KOSOVO_NOTE[language] : null;
}

/**
 * The alpha-2 code of a country written as a list has it: its name in one of the four languages, another name, alpha-2 or
 * alpha-3, in any case, with or without accents, with any apostrophe. Null when unknown or when two countries bear the
 * name (*Congo*, *Korea*, *Virgin Islands*): a list is then asked about, never guessed at.
 */
export const countryCode: (text: string) => string | null = keepingAnswers((text) => {
  if (text.length > LONGEST_NAME) return null;
  const folded = fold(text);
  const other = turned(folded);
  const found = lookUp(folded) ?? (other === '' ? undefined : lookUp(other));
  return found === undefined || found === AMBIGUOUS ? null : found;
});

const LONGEST_NAME = 120;
const AMBIGUOUS = '';
/** Names of two countries each. */
const SHARED_NAMES = [
  'Congo',
  'Le Congo',
  'Korea',
  'Corée',
  'Corea',
  'Coreia',
  'Virgin Islands',
  'Îles Vierges',
  'Islas Vírgenes',
  'Ilhas Virgens',
];

/** Forms of state that stand before a name and tell nothing; what would mislead (*Republic of China*) is an alias, looked up first. */
const FORMS_OF_STATE = [
  'federal democratic republic of',
  'democratic socialist republic of',
  'federative republic of',
  'cooperative republic of',
  'co-operative republic of',
  'independent state of',
  'commonwealth of',
  'islamic republic of',
  'federal republic of',
  'democratic republic of',
  'republic of',
  'rep. of',
  'kingdom of',
  'state of',
  'sultanate of',
  'principality of',
  'union of',
  'republique federale democratique',
  'republique federale',
  'republique islamique',
  'republique democratique',
  'republique',
  'rep.',
  'royaume',
  'etat',
  'principaute',
  'union',
  'republica federal democratica',
  'republica federativa',
  'republica federal',
  'republica islamica',
  'republica bolivariana',
  'republica democratica',
  'republica',
  'reino',
  'estado',
  'principado',
] as const;

const FORMS_BEFORE_NAMES: readonly string[] = FORMS_OF_STATE.map((words) => `${words} `);

const LINKS = ["de l'", "d'", 'de la ', 'de las ', 'de los ', 'des ', 'del ', 'du ', 'dos ', 'das ', 'de ', 'do ', 'da ', 'the '];
const ARTICLES = ['the ', "l'", 'les ', 'le ', 'la ', 'los ', 'las ', 'el ', 'os ', 'as ', 'o ', 'a '];
const LINKING_WORDS = new Set(['and', 'et', 'y', 'e']);

let byKey: ReadonlyMap<string, string> | undefined;

function lookUp(folded: string): string | undefined {
  const table = (byKey ??= keyTable());
  const bare = without(folded, ARTICLES);
  const direct = table.get(key(folded)) ?? (bare === folded ? undefined : table.get(key(bare)));
  if (direct !== undefined) return direct;
  const form = FORMS_BEFORE_NAMES.find((words) => bare.startsWith(words));
  return form && table.get(key(without(without(bare.slice(form.length), LINKS), ARTICLES)));
}

/** *Korea, Republic of* and *Iran (Islamic Republic of)* with what follows put in front; '' when there is nothing to turn. */
function turned(folded: string): string {
  const at = folded.search(/[,(]/);
  if (at < 1) return '';
  const name = folded.slice(0, at).trim();
  const rest = folded
    .slice(at + 1)
    .replace(')', '')
    .trim();
  return ARTICLES.some((article) => article.trim() === rest) ? name : `${rest}${rest.endsWith("'") ? '' : ' '}${name}`;
}

/** Returns the text that two spellings of one name have in common: letters and digits, *St* spelt out, without *and*. */
function key(folded: string): string {
  const words = folded
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  const kept = words.length > 2 ? words.filter((word) => !LINKING_WORDS.has(word)) : words;
  return kept.map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word)).join('');
}

function without(folded: string, beginnings: readonly string[]): string {
  const found = beginnings.find((beginning) => folded.startsWith(beginning));
  return found === undefined ? folded : folded.slice(found.length);
}

function keyTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  const add = (name: string, code: string): void => {
    const nameKey = key(fold(name));
    const other = table.get(nameKey);
    table.set(nameKey, other === undefined || other === code ? code : AMBIGUOUS);
  };
  for (const [alpha2, alpha3, ...names] of COUNTRY_NAMES) for (const name of [alpha2, alpha3, ...names]) add(name, alpha2);
  for (const [code, aliases] of Object.entries(COUNTRY_ALIASES)) for (const alias of aliases) add(alias, code);
  for (const name of SHARED_NAMES) table.set(key(fold(name)), AMBIGUOUS);
  return table;
}
