import { fold } from '../../../kernel/text.ts';
import { isKnownFamilyName, isKnownGivenName, isSurelyGivenName } from './given-names.ts';
import type { NameOrder } from '../list/headings.ts';
import { isParticle } from './name-words.ts';
import { patronymicAt } from './patronymics.ts';
import { isSuffix } from '../person-name.ts';

/** A whole name parted in two. */
export interface NameParts {
  readonly familyName: string;
  readonly givenName: string;
  /** What told where the family name is; `order`: only the order that the column is said to have; `script`: letters of a people that writes the family name first; `names`: a given and a
   *  family name that many bear. */
  readonly by: 'comma' | 'capitals' | 'script' | 'names' | 'order' | 'oneWord';
}

/**
 * Parts a whole name: at a comma (`TRAORE, Moussa`), else words in capitals are the family name (`Moussa TRAORE`), particles before them included, else by
 * `columnOrder`. `twoFamilyNames`: people of the list bear two, as in Spain and Latin America.
 */
export function partName(text: string, columnOrder: NameOrder, twoFamilyNames = false): NameParts {
  const comma = text.indexOf(',');
  if (
    comma > 0 &&
    !text
      .slice(comma + 1)
      .trim()
      .split(' ')
      .every(isSuffix)
  ) {
    const [family, given] = [text.slice(0, comma).trim(), text.slice(comma + 1).trim()];
    // *Ervin, Samuel J., III*
    const [, before, suffix] = /^(.+),\s*(\S+)$/u.exec(given) ?? [];
    if (before !== undefined && isSuffix(suffix!)) return { familyName: `${family} ${suffix!}`, givenName: before, by: 'comma' };
    return { familyName: family, givenName: given, by: 'comma' };
  }
  const all = text
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  const suffixes = all.length > 2 && isSuffix(all.at(-1)!) ? all.slice(-1) : [];
  const words = all.slice(0, all.length - suffixes.length);
  if (words.length < 2) return { familyName: words.join(' '), givenName: '', by: 'oneWord' };
  const family = (chosen: readonly string[]): string => [...chosen, ...suffixes].join(' ');
  const capital = capitals(words);
  if (capital) {
    return {
      familyName: family(words.filter((_, index) => capital[index])),
      givenName: words.filter((_, index) => !capital[index]).join(' '),
      by: 'capitals',
    };
  }
  const father = patronymicAt(words);
  if (father) {
    // *Коваль Ірина Петрівна* and *Ірина Петрівна Коваль*: the father's name follows the given name.
    const given = words.slice(father.start - 1, father.end);
    const rest = [...words.slice(0, father.start - 1), ...words.slice(father.end)];
    return { familyName: family(rest), givenName: given.join(' '), by: 'names' };
  }
  if (FAMILY_FIRST_SCRIPTS.test(text)) return { familyName: words[0]!, givenName: words.slice(1).join(' '), by: 'script' };
  // *Diallo Aminata*, *Chen Xiaojie* among names written the other way round: the words themselves say more than the column.
  const order = isSurelyTurned(words, columnOrder) ? (columnOrder === 'givenFirst' ? 'familyFirst' : 'givenFirst') : columnOrder;
  const cut = order === 'familyFirst' ? familyEnd(words, twoFamilyNames) : familyStart(words, twoFamilyNames);
  const [start, end] = [words.slice(0, cut), words.slice(cut)];
  const [familyWords, givenWords] = order === 'familyFirst' ? [start, end] : [end, start];
  const isKnown = order !== columnOrder && isKnownGivenName(givenWords[0]!);
  return { familyName: family(familyWords), givenName: givenWords.join(' '), by: isKnown ? 'names' : 'order' };
}

/**
 * A family name that many bear stands where the column has given names, and none where it has family names. Of three words and more one where the given names
 * would be must be known: *Anderson Lopes Ferraz* and *Mena Tzel Raúl Román* are not turned.
 */
function isSurelyTurned(words: readonly string[], order: NameOrder): boolean {
  const [first, last] = order === 'givenFirst' ? [words[0]!, words.at(-1)!] : [words.at(-1)!, words[0]!];
  if (!isKnownFamilyName(first) || isKnownGivenName(first) || isKnownFamilyName(last)) return false;
  if (words.length < 3) return true;
  // *Acevedo Ramos Dorisaida*: two family names and what is none.
  if (order === 'givenFirst' && words.length === 3 && isKnownFamilyName(words[1]!) && !isKnownGivenName(words[1]!)) return true;
  const givenIfTurned = order === 'givenFirst' ? words.slice(-2) : words.slice(0, 1);
  return givenIfTurned.some(isKnownGivenName);
}

/** Chinese, Japanese and Korean names put the family name first. */
const FAMILY_FIRST_SCRIPTS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** How the words of a name point, from `familyFirst` (below 0) to `givenFirst` (above 0); 0 where they say nothing. */
export function orderVote(text: string, email = ''): number {
  if (text.includes(',')) return 0;
  if (FAMILY_FIRST_SCRIPTS.test(text)) return -1;
  const words = text.split(' ').filter((word) => word !== '');
  const last = words.length - 1;
  if (last < 1) return 0;
  const capital = capitals(words);
  if (capital) return capital[0] === capital[last] ? 0 : capital[0] === true ? -1 : 1;
  if (isSuffix(words[last]!)) return 1;
  const father = patronymicAt(words);
  if (father) return father.end === words.length ? -1 : 1;
  const known = words.map(isSurelyGivenName);
  // *Diop A.* and *Awa D.* are written alike: the whole word tells which.
  if (isInitial(words[last]!)) return known[0] ? 1 : isKnownFamilyName(words[0]!) ? -1 : 0;
  if (words.slice(0, last).some(isInitial)) return 1;
  const family = words.map((word, index) => !known[index] && isKnownFamilyName(word));
  if (known[0] !== known[last]) return known[0] ? 1 : -1;
  if (family[0] !== family[last]) return family[last] ? 1 : -1;
  const address = addressVote(words[0]!, words[last]!, email);
  if (address !== 0) return address;
  // *Ben* and *Al* begin a name as given names too.
  const particle = words.findIndex((word) => isParticle(word) && word === word.toLowerCase());
  return particle === 0 ? -1 : particle > 0 && particle < last ? 1 : 0;
}

/** Returns the order that the names of a column stand in, `mixed` where more than a quarter say otherwise; null where they say nothing, or as much of either. */
export function columnOrder(
  names: readonly { readonly text: string; readonly email: string }[],
): { readonly order: NameOrder; readonly sure: boolean; readonly mixed: boolean } | null {
  let [given, family] = [0, 0];
  for (const { text, email } of names) {
    const vote = orderVote(text, email);
    if (vote > 0) given += vote;
    else family -= vote;
  }
  const total = given + family;
  if (total < Math.max(1, names.length * 0.05) || Math.max(given, family) < total * 0.6) return null;
  const mixed = Math.max(given, family) < total * 0.75;
  return { order: given >= family ? 'givenFirst' : 'familyFirst', sure: total >= 2 && !mixed, mixed };
}

/** `a.mendy@`, `amendy@`: the word behind one letter is the family name; of two words the first is mostly the given name. */
function addressVote(first: string, last: string, email: string): number {
  const local = fold(email.split('@')[0] ?? '').replace(/\d+$/, '');
  if (local === '') return 0;
  const [start, end] = [first, last].map((word) => fold(word).replace(/[^\p{L}]/gu, ''));
  if (!start || !end) return 0;
  const parts = local.split(/[._-]+/);
  const joined = parts.join('');
  if (joined === start[0]! + end) return 1;
  if (joined === end[0]! + start) return -1;
  if (parts.length < 2) return 0;
  if (parts[0] === start && parts.at(-1) === end) return 0.5;
  return parts[0] === end && parts.at(-1) === start ? -0.5 : 0;
}

/** Which words are the family name by their capitals; null where all are written alike. */
function capitals(words: readonly string[]): boolean[] | null {
  const capital = words.map(isCapital);
  if (!capital.includes(true)) return null;
  const isPlain = (word: string, index: number): boolean => !capital[index] && !isInitial(word) && !isParticle(word) && !isSuffix(word);
  if (!words.some(isPlain)) return null;
  return words.map((word, index) => {
    if (capital[index]) return true;
    let next = index;
    while (next < words.length && isParticle(words[next]!)) next++;
    return next > index && capital[next] === true;
  });
}

function isCapital(word: string): boolean {
  if (word !== word.toUpperCase() || word === word.toLowerCase()) return false;
  return word.replace(/[^\p{L}]/gu, '').length >= 2 && !isInitial(word) && !isSuffix(word);
}

/** Whether a word is an initial: `N.`, `N`, `J.P.`, `J.-P.`: one letter, or letters each with a point. */
export function isInitial(word: string): boolean {
  return /^(?:\p{Lu}|(?:\p{Lu}\.-?)+|\p{Lu}\p{L}\.)$/u.test(word) && !isSuffix(word);
}

/** Within a name particles may have capitals: *Isabel De Sousa*, *GABRIELA DE JESUS*. */
function isLink(word: string): boolean {
  return isParticle(word) || CAPITAL_LINKS.has(word.toLowerCase());
}

const CAPITAL_LINKS: ReadonlySet<string> = new Set(
  'de da do dos das del du des van von der den la le el al los las les san santa di dal dalla dalle dallo della delle dello degli dei bin ould abdel abdul abd abou abu'.split(
    ' ',
  ),
);

/** Where the family name begins in `Jan van der Berg`, `Mohamed Ould Ahmed`, `Juan Carlos García López`. */
function familyStart(words: readonly string[], two: boolean): number {
  const withLinks = (from: number): number => {
    let start = from;
    while (start > 1 && isLink(words[start - 1]!)) start--;
    // *Lima e Silva*, *Ortega y Gasset*: the name before it belongs to it.
    return start > 1 && /^[ey]$/i.test(words[start]!) ? withLinks(start - 1) : start;
  };
  const start = withLinks(words.length - 1);
  if (!two || start < 2) return Math.max(start, 1);
  const before = words[start - 1]!;
  // *García y López*, *Ladrón de Guevara*: what links two family names has one before it.
  const isLinked = isTie(words[start - 1]!) && start > 2;
  if (isLinked) return Math.max(withLinks(start - 2), 1);
  const isSurname = !isKnownGivenName(before) && !isInitial(before) && !isParticle(before);
  return isSurname ? Math.max(withLinks(start - 1), 1) : start;
}

/** `García y López`, in capitals as well. */
function isTie(word: string): boolean {
  return /^y$/iu.test(word);
}

/** Where it ends in `van der Berg Jan`, `Ould Ahmed Mohamed`, `García López Juan Carlos`. */
function familyEnd(words: readonly string[], two: boolean): number {
  let end = 0;
  const pass = (): void => {
    while (end < words.length - 2 && isParticle(words[end]!)) end++;
    end++;
    // *Ahmed Ould Said Mohamed*: a particle after the first name goes on with the family name.
    while (end < words.length - 2 && (isLink(words[end]!) || (two && isTie(words[end]!)))) {
      while (end < words.length - 2 && isLink(words[end]!)) end++;
      end += isTie(words[end]!) ? 2 : 1;
    }
  };
  pass();
  // *Díaz de la Cruz* are two already.
  const isDouble = /\S (de la|de los|de las|del) \S/iu.test(words.slice(0, end).join(' '));
  // *Díaz Vera Alexis Iván*: of four words the second is a given name only where it is hardly a family name.
  const isGiven = words.length > 3 ? isSurelyGivenName : isKnownGivenName;
  if (two && !isDouble && end < words.length - 1 && !isGiven(words[end]!)) pass();
  return Math.min(end, words.length - 1);
}
