import { fold } from '../../../kernel/text.ts';
import type { Sex } from '../../../model/vocabularies.ts';
import { titleOf } from '../listed/name-words.ts';

/** The way in which the cells of a column state the sex. */
export interface SexLegend {
  /** Null for a cell that cannot be read. */
  readonly of: (text: string) => Sex | null;
  /** Letters or figures that may mean either, as the list writes them. */
  readonly open: readonly string[];
  readonly isOpen: (text: string) => boolean;
}

/** The sex that a word states in one of the four languages, a civil title or a letter that means the same in all of them; null otherwise. */
export function sexOf(text: string): Sex | null {
  const key = keyOf(text);
  return WORDS.get(key) ?? LETTERS.get(key) ?? titleOf(fold(text))?.sex ?? null;
}

/**
 * Reads a column of the sex by the legend that it has: beside `H` a bare `M` is a woman in Spanish and Portuguese (*hombre, mujer*), with `F` it is a man. `heading`
 * and `texts`, which of them how often, tell; where nothing does (figures, an `M` alone under a Spanish heading) the letter is open. `answers`: what a person said, by letter.
 */
export function sexLegend(heading: string, texts: ReadonlyMap<string, number>, answers: ReadonlyMap<string, Sex> = new Map()): SexLegend {
  const counts = new Map<string, number>();
  const words = new Set<string>();
  let cells = 0;
  for (const [text, times] of texts) {
    const key = keyOf(text);
    words.add(key);
    cells += times;
    if (key.length === 1) counts.set(key, (counts.get(key) ?? 0) + times);
  }
  const said = new Set(counts.keys());
  const legend = new Set(lettersOf(heading));
  const letters = new Map<string, Sex>([
    ['f', 'female'],
    ['w', 'female'],
    ['h', 'male'],
    ['v', 'male'],
    ['x', 'other'],
  ]);
  const count = (...keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + (counts.get(key) ?? 0) + (legend.has(key) ? cells : 0), 0);
  const [men, women] = [count('h', 'v'), count('f', 'w')];
  const open: string[] = [];
  if (men > 0 && count('d') > 0) letters.set('d', 'female');
  if (said.has('m')) {
    const namesWomen = WOMEN.some((word) => words.has(word));
    // A few slips of the other pair do not change what the letters of a column mean.
    const isMan = (women > 10 * men && women > 0) || (men === 0 && (namesWomen || ENGLISH_OR_FRENCH.test(fold(heading))));
    const isWoman = men > 10 * women && men > 0;
    if (isMan !== isWoman) letters.set('m', isMan ? 'male' : 'female');
    else open.push('M');
  }
  const figures = [...said].filter((key) => /\d/.test(key)).sort();
  const named = figuresOf(heading);
  for (const figure of figures) {
    const known = named.get(figure);
    if (known) letters.set(figure, known);
    else if (figures.length <= 3) open.push(figure);
  }
  for (const [letter, sex] of answers) letters.set(keyOf(letter), sex);
  if (answers.size > 0) {
    // Of two letters one answer settles the other.
    const rest = open.filter((letter) => !letters.has(keyOf(letter)));
    const [only] = [...answers.values()];
    if (open.length === 2 && rest.length === 1 && (only === 'male' || only === 'female'))
      letters.set(keyOf(rest[0]!), only === 'male' ? 'female' : 'male');
  }
  const isLetter = (key: string): boolean => key.length === 1;
  return {
    of: (text) => {
      const key = keyOf(text);
      return isLetter(key) ? (letters.get(key) ?? null) : sexOf(text);
    },
    open,
    isOpen: (text) => open.some((letter) => keyOf(letter) === keyOf(text)),
  };
}

/** Letters of a heading that are a legend: `(H/M)`, `F - M`, *Sexe: M=masculin, F=féminin*. */
function lettersOf(heading: string): string[] {
  const folded = fold(heading);
  const pair = /(?:^|[^\p{L}])([hfmvw])\s*[/|,;o-]\s*([hfmvw])(?:$|[^\p{L}])/u.exec(folded);
  const equal = [...folded.matchAll(/(?:^|[^\p{L}])([hfmvw])\s*[=:]/gu)].map((match) => match[1]!);
  return pair ? [pair[1]!, pair[2]!] : equal;
}

/** `1 = homme, 2 = femme` in a heading. */
function figuresOf(heading: string): ReadonlyMap<string, Sex> {
  const found = [...fold(heading).matchAll(/(\d)\s*[=:.)-]\s*(\p{L}+)/gu)].map((match) => [match[1]!, sexOf(match[2]!)] as const);
  return new Map(found.filter((entry): entry is [string, Sex] => entry[1] !== null));
}

/** Words beside which a bare `M` is *monsieur*, *mister* or *male*. */
const WOMEN: readonly string[] = ['mme', 'mrs', 'mlle', 'sra', 'femme', 'female', 'ms'];

const ENGLISH_OR_FRENCH = /\b(sex|gender|sexe|genre|civilite)\b/u;

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The sex that one letter means where no legend is at hand; `M` and `H` together are the column's matter. */
const LETTERS: ReadonlyMap<string, Sex> = new Map([
  ['f', 'female'],
  ['m', 'male'],
  ['h', 'male'],
  ['x', 'other'],
]);

const WORDS: ReadonlyMap<string, Sex> = new Map(
  (
    [
      [
        'female',
        'female, femme, féminin, féminine, feminine, femenino, femenina, feminino, feminina, mujer, mulher, woman, women, fem, fille, girl, dame, dama, lady, femmes, donna, weiblich, mlle, dona, feme',
      ],
      [
        'male',
        'male, homme, masculin, masculine, masculino, hombre, homem, man, men, masc, garçon, boy, varón, varao, uomo, männlich, hommes, caballero, cavalheiro, gentleman, masculina',
      ],
      [
        'other',
        'other, autre, otro, otra, outro, outra, non-binary, non binaire, no binario, não binário, divers, nb, diverse, third gender',
      ],
      [
        'notStated',
        'not stated, non précisé, non renseigné, non indiqué, no indicado, no consta, sin indicar, no declarado, não indicado, n/a, na, ns, prefer not to say, prefer not to answer, prefiero no decirlo, prefiero no responder, ' +
          'prefiro não dizer, prefiro não responder, je préfère ne pas répondre, ne souhaite pas répondre, préfère ne pas dire, prefer not to disclose, not disclosed',
      ],
    ] as const
  ).flatMap(([sex, words]) => words.split(',').map((word): [string, Sex] => [keyOf(word), sex])),
);
