/** The words of dates in inventories, folded (`fold`), in English, French, Spanish and Portuguese; a name may be shortened to its first letters. */

const MONTH_NAMES: readonly (readonly string[])[] = [
  ['january', 'janvier', 'enero', 'janeiro'],
  ['february', 'fevrier', 'febrero', 'fevereiro'],
  ['march', 'mars', 'marzo', 'marco'],
  ['april', 'avril', 'abril'],
  ['may', 'mai', 'mayo', 'maio'],
  ['june', 'juin', 'junio', 'junho'],
  ['july', 'juillet', 'julio', 'julho'],
  ['august', 'aout', 'agosto'],
  ['september', 'septembre', 'septiembre', 'setiembre', 'setembro'],
  ['october', 'octobre', 'octubre', 'outubro'],
  ['november', 'novembre', 'noviembre', 'novembro'],
  ['december', 'decembre', 'diciembre', 'dezembro'],
];

const SHORT_MONTHS: Readonly<Record<string, number>> = {
  ...{ jan: 1, janv: 1, ene: 1, feb: 2, febr: 2, fev: 2, fevr: 2, mar: 3, apr: 4, avr: 4, abr: 4, mai: 5, jun: 6, jul: 7, juil: 7 },
  ...{ aug: 8, ago: 8, sep: 9, sept: 9, set: 9, oct: 10, out: 10, nov: 11, dec: 12, dic: 12, dez: 12 },
};

/** The months, 1 to 12, by their folded names. */
export const MONTHS: ReadonlyMap<string, number> = new Map([
  ...MONTH_NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
  ...Object.entries(SHORT_MONTHS),
]);

/** The folded names in full, for words that are nearly one of them. */
export const FULL_MONTHS: readonly string[] = MONTH_NAMES.flat();

const WEEKDAY_NAMES: readonly (readonly string[])[] = [
  ['monday', 'mon', 'lundi', 'lunes', 'segunda-feira', 'segunda'],
  ['tuesday', 'tue', 'tues', 'mardi', 'martes', 'terca-feira'],
  ['wednesday', 'wed', 'mercredi', 'miercoles', 'quarta-feira'],
  ['thursday', 'thu', 'thur', 'thurs', 'jeudi', 'jueves', 'quinta-feira'],
  ['friday', 'fri', 'vendredi', 'viernes', 'sexta-feira'],
  ['saturday', 'sat', 'samedi', 'sabado'],
  ['sunday', 'sun', 'dimanche', 'domingo'],
];

/** The days of the week, Monday 1 to Sunday 7, by their folded names. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  WEEKDAY_NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** Words between two ends. */
export const RANGE_WORDS: ReadonlySet<string> = new Set(['-', 'to', 'till', 'until', 'through', 'au', 'al', 'a', 'ate', 'hasta']);
/** Words between entries of a list of days. */
export const LIST_WORDS: ReadonlySet<string> = new Set([',', ';', '&', '+', 'and', 'et', 'y', 'e']);
/** Words that say nothing of when. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...['of', 'the', 'on', 'in', 'from', 'between', 'during', 'de', 'd', 'du', 'des', 'del', 'la', 'le', 'les', 'los', 'las', 'el', 'en'],
  ...['da', 'do', 'das', 'dos', 'em', 'no', 'entre', 'o', 'os', 'as', 'l', 'date', 'dates', 'fecha', 'data', 'mois', 'mes', 'month'],
]);

/** Ordinals, 1 to 4; -1: the last one. */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...[
    'first',
    '1st',
    'premier',
    'premiere',
    '1er',
    '1ere',
    '1re',
    'primer',
    'primera',
    'primeiro',
    'primeira',
    '1o',
    '1a',
    '1.o',
    '1.a',
    'i',
  ].map((said) => [said, 1] as const),
  ...['second', '2nd', 'deuxieme', 'seconde', '2e', '2eme', 'segundo', 'segunda', '2o', '2a', '2.o', '2.a', 'ii'].map(
    (said) => [said, 2] as const,
  ),
  ...['third', '3rd', 'troisieme', '3e', '3eme', 'tercer', 'tercera', 'terceiro', 'terceira', '3o', '3a', '3.o', '3.a', 'iii'].map(
    (said) => [said, 3] as const,
  ),
  ...['fourth', '4th', 'quatrieme', '4e', '4eme', 'cuarto', 'cuarta', 'quarto', 'quarta', '4o', '4a', '4.o', '4.a', 'iv'].map(
    (said) => [said, 4] as const,
  ),
  ...['last', 'derniere', 'dernier', 'ultima', 'ultimo'].map((said) => [said, -1] as const),
]);

export const WEEK_WORDS: ReadonlySet<string> = new Set(['week', 'weeks', 'semaine', 'semaines', 'semana', 'semanas']);
export const QUARTER_WORDS: ReadonlySet<string> = new Set(['quarter', 'trimestre', 'trim']);
export const HALF_YEAR_WORDS: ReadonlySet<string> = new Set(['semester', 'semestre', 'half-year']);
/** Words for a part of a month, whose days nobody knows. */
export const PART_WORDS: ReadonlySet<string> = new Set([
  ...[
    'mid',
    'middle',
    'early',
    'late',
    'beginning',
    'start',
    'end',
    'half',
    'mi',
    'milieu',
    'debut',
    'fin',
    'courant',
    'moitie',
    'quinzaine',
  ],
  ...['mediados', 'principios', 'inicios', 'inicio', 'fines', 'finales', 'mitad', 'quincena', 'meados', 'principio', 'fim', 'finais'],
  ...['metade', 'quinzena'],
]);

/** The words that say that a date is still to be confirmed, over a folded text; the word *date* before it is part of it. */
export const TO_BE_CONFIRMED = new RegExp(
  `(?:\\b(?:dates?|fechas?|datas?)\\s*[:-]?\\s*)?(?:${[
    '\\bt\\.?\\s?b\\.?\\s?[cdas]\\b\\.?',
    '\\bto be (?:confirmed|determined|defined|decided|announced|agreed|fixed|set)\\b',
    '\\bnot (?:yet )?(?:confirmed|fixed)\\b',
    '\\b(?:a|non|encore a) (?:confirmer|determiner|definir|fixer|confirmee?s?)\\b',
    '\\bpor (?:confirmar|determinar|definir|fijar)\\b',
    '\\ba (?:confirmar|determinar|definir|fijar|designar)\\b',
  ].join('|')})`,
  'u',
);
