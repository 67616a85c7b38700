import { fold } from '../../kernel/text.ts';
import { isEmail } from '../../model/values.ts';
import type { Sex } from '../../model/vocabularies.ts';
import { beginsTitle, isParticle, titleOf } from './listed/name-words.ts';

/** A name as a cell writes it, without what stands around it. */
export interface WrittenName {
  /** Titles, addresses, notes, former names and offices are gone; blanks in place of line breaks. */
  readonly text: string;
  /** What its titles say. */
  readonly sex: Sex | null;
  readonly email: string | null;
  /** What stands behind a comma or in brackets and is no name: an office, a degree, an institution. */
  readonly aside: string;
}

/** Takes a name out of its cell: `Mme Awa DIOP`, `Awa Diop <awa@example.org>`, `Jane DOE, Judge`, `DIOP née FALL Awa`. `initials`: the column shortens names, so that `M.` is one. */
export function writtenName(cell: string, isOffice: (text: string) => boolean, initials = false): WrittenName {
  // Most cells of a column of names hold one name and nothing else.
  if (isOneName(cell)) return { text: cell, sex: null, email: null, aside: '' };
  if (PLAIN_NAMES.test(cell) && !NICKNAME.test(cell)) return { ...withoutTitlesOrFormerName(cell, initials), email: null, aside: '' };
  let text = cell
    .replace(/-\s*[\r\n]+\s*/gu, '-')
    .replace(/[\s\u00A0\u202F]+/gu, ' ')
    .replace(/^\s*(?:\(?\d{1,4}[.)-]\s+|[•·*–—-]\s*)/u, '')
    .trim();
  const address = addressIn(text);
  if (address && address.rest !== '') text = address.rest;
  const asides: string[] = [];
  text = text.replace(NICKNAME, (_, before: string, nickname: string) => {
    asides.push(nickname.trim());
    return before;
  });
  text = text.replace(QUOTED, (_, nickname: string) => {
    asides.push(nickname);
    return '';
  });
  // *Kwame Mensah - Police Service*: an office behind a stroke.
  const office = /^(.*\S)\s+[-–—]\s+(\S.*)$/u.exec(text);
  if (office && isOffice(office[2]!)) {
    asides.push(office[2]!);
    text = office[1]!;
  }
  text = text.replace(/\s*[([]([^()[\]]*)[)\]]\s*/gu, (_, inside: string) => {
    asides.push(inside.trim());
    return ' ';
  });
  const parts = text.split(/\s*[,;]\s*/u).filter((part) => part !== '');
  const kept: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0 && !SUFFIX.test(fold(part)) && (isOffice(part) || isDegree(part))) asides.push(part);
    else kept.push(part);
  }
  const named = withoutTitlesOrFormerName(kept.join(', '), initials);
  const sexes = [named.sex, ...asides.map((aside) => titleOf(fold(aside))?.sex ?? null)].filter((sex) => sex !== null);
  return {
    text: named.text,
    sex: new Set(sexes).size === 1 ? sexes[0]! : null,
    email: address?.email ?? null,
    aside: asides.filter((aside) => (titleOf(fold(aside))?.sex ?? null) === null).join(', '),
  };
}

function withoutTitlesOrFormerName(text: string, initials: boolean): Pick<WrittenName, 'text' | 'sex'> {
  const named = withoutTitles(text, initials);
  const own = withoutFormerName(withoutDegrees(named.text));
  if (!/[,;.\s]$/u.test(own)) return { text: own, sex: named.sex };
  const isInitial = /(?:^|[\s.])\p{L}{1,2}\.$/u.test(named.text);
  return { text: own.replace(/[,;.\s]+$/u, (end) => (end.trim() === '.' && isInitial ? '.' : '')), sex: named.sex };
}

/** `Kofi Mensah Esq.`, `Ama Owusu PhD`: degrees behind a name without a comma, as they are written and after two words at least; *Mba* is a family name. */
function withoutDegrees(text: string): string {
  const bare = text.replace(DEGREES, '');
  return bare.includes(' ') ? bare : text;
}

const DEGREES = /(?:\s+(?:Esq(?:uire)?|Ph\.?\s?D|M\.?Sc|B\.?Sc|LL\.?[BMD]|MPhil|DPhil)\.?)+$/u;

/** `Awa Diop dite Wawa`, `José "Pepe" Rojas`, `John Doe alias JD`. */
const NICKNAME =
  /^(\S+\s+\S.*?)\s+(?:dit|dite|alias|a\.?k\.?a\.?|vulgo|llamad[oa]|apodad[oa]|conocid[oa] (?:como|por)|conhecid[oa] (?:como|por)|known as)\s+(\S.*)$/iu;
const QUOTED = /\s+["“«]\s*([^"”»]+?)\s*["”»]/gu;

/** Words of a name with one blank between them, which may end in a point. */
const PLAIN_NAMES = /^\p{L}[\p{L}\p{M}'’-]*\.?(?: \p{L}[\p{L}\p{M}'’-]*\.?)*$/u;
const ONE_NAME = /^\p{L}[\p{L}\p{M}'’-]*$/u;

/** Whether a cell holds one word of a name and nothing around it. */
export function isOneName(text: string): boolean {
  return ONE_NAME.test(text);
}

const SUFFIX = /^(jr|sr|junior|senior|filho|neto|sobrinho|hijo|fils|ii|iii|iv|2nd|3rd)\.?$/u;

/** Whether a word goes with the family name before it: `Jr.`, `III`, *Filho*. */
export function isSuffix(word: string): boolean {
  return SUFFIX.test(fold(word));
}

function isDegree(text: string): boolean {
  return /^(ph\.?\s?d|m\.?\s?d|ll\.?\s?[bmd]|esq(?:uire)?|m\.?\s?sc|b\.?\s?sc|mba|m\.?\s?a|b\.?\s?a|k\.?c|q\.?c|s\.?c|sc\.?d|j\.?d|cpa|d\.?phil|mph|dr|docteur|rtd|ret(?:d|ired)?)\.?$/iu.test(
    text.trim(),
  );
}

/** `Awa Diop <awa@example.org>`, `Awa Diop (awa@example.org)`, `Awa Diop awa@example.org`. */
function addressIn(text: string): { readonly email: string; readonly rest: string } | null {
  if (!text.includes('@')) return null;
  for (const word of text.split(/[\s<>()[\],;]+/u)) {
    const bare = word.replace(/^mailto:/iu, '').replace(/[.:]+$/u, '');
    if (!isEmail(bare)) continue;
    const rest = text
      .replace(word, ' ')
      .replace(/[<([]\s*[>)\]]/gu, ' ')
      .replace(/[<>]/gu, ' ')
      .replace(/\s*[-–,;:]*\s*$/u, '');
    return { email: bare, rest: rest.replace(/\s+/gu, ' ').trim() };
  }
  return null;
}

function withoutTitles(text: string, initials: boolean): { readonly text: string; readonly sex: Sex | null } {
  let words = text.split(' ');
  if (!text.includes(',') && !beginsTitle(words[0]!)) return { text, sex: null };
  let sex: Sex | null = null;
  // Several may follow each other: *Hon. Justice Dr*, *S.E. M.*; the last word is never one, and one that may be a name needs two words after it.
  for (let left = 4; left > 0; left--) {
    const size = words.length > 2 && titleOf(fold(words.slice(0, 2).join(' '))) ? 2 : 1;
    const title = titleOf(fold(words.slice(0, size).join(' ')));
    const isSure = title !== null && title.asWritten === undefined && !(initials && /^\p{L}\.$/u.test(words[0]!));
    if (!title || words.length - size < (isSure ? 1 : 2) || (title.asWritten && !title.asWritten.test(words[0]!))) break;
    if (!isSure && title.asWritten === undefined) break;
    sex ??= title.sex;
    words = words.slice(size);
  }
  // `Diop, Mme Awa` and `DIOP Awa, Mme`.
  const parts = words.join(' ').split(', ');
  const kept = parts.map((part, index) => {
    const inner = part.split(' ');
    for (let title = titleOf(fold(inner[0]!)); index > 0 && title && !title.asWritten; title = inner[0] ? titleOf(fold(inner[0])) : null) {
      sex ??= title.sex;
      inner.shift();
    }
    return inner.join(' ');
  });
  return { text: kept.filter((part) => part !== '').join(', '), sex };
}

const FORMERLY: ReadonlySet<string> = new Set('nee,ne,epouse,epse,ep,eps,vve,veuve,nacida,nascida,born,geb,viuda,viuva,casada'.split(','));

/** `DIOP née FALL Awa` is Awa DIOP: the word and the one name after it go, with the particles before that. */
function withoutFormerName(text: string): string {
  const words = text.split(' ');
  const at = words.findIndex((word) => FORMERLY.has(fold(word).replace(/\.$/, '')));
  if (at < 1 || at === words.length - 1 || (/^(ne|ep|born)$/u.test(fold(words[at]!)) && !/^(né|ép|born)/u.test(words[at]!))) return text;
  let end = at + 1;
  while (end < words.length - 1 && isParticle(words[end]!)) end++;
  const capital = (word: string): boolean => word.length > 1 && word === word.toUpperCase();
  // Several words in capitals are one former name: *née BA SY*.
  if (capital(words[end]!))
    while (end + 1 < words.length && capital(words[end + 1]!) && words.slice(end + 2).some((word) => !capital(word))) end++;
  return [...words.slice(0, at), ...words.slice(end + 1)].join(' ');
}

/** Whether a text seems to have lost letters before it came here: `TRAOR\uFFFD`, `KON?`, `KONÃ‰`. */
export function hasLostLetters(text: string): boolean {
  return /\uFFFD|\p{L}\?|\?\p{L}|[ÃÂ][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u2013-\u203A\u20AC\u2122]/u.test(text);
}
