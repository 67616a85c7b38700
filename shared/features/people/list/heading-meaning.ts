import { fold } from '../../../kernel/text.ts';
import {
  AMBIGUOUS_NAMES,
  CUSTOMARY_NAMES,
  HEADINGS,
  LINE_NUMBERS,
  LINKS,
  NEUTRAL_NAMES,
  QUALIFIERS,
  TECHNICAL,
  WHOLE_NAMES,
  type HeadingRank,
  type ListField,
  type NameOrder,
} from './headings.ts';
import { FURTHER_AMBIGUOUS_NAMES, FURTHER_HEADINGS, FURTHER_NEUTRAL_NAMES, FURTHER_WHOLE_NAMES } from './further-headings.ts';
import { REGISTER_HEADINGS } from './register-headings.ts';

/** The meaning of a column by the words of its heading alone. */
export interface HeadingMeaning {
  /** `ambiguousName`: the whole name or a part of it, as the other columns have it. `people`: names, if names stand there. `technical`: nothing of a person. */
  readonly field: ListField | 'ambiguousName' | 'people' | 'technical';
  readonly rank: HeadingRank;
  /** Of names, where the words tell; `sure` where they name both parts. */
  readonly order?: { readonly first: NameOrder; readonly sure: boolean };
  readonly lineNumber?: boolean;
}

/** A question may be long; what is longer is a text and no heading. */
const LONGEST_HEADING = 300;

/**
 * Returns the meaning of a heading: by its whole text, what stands outside or inside its brackets, its parts in two languages, the last step of a group's path, its words
 * without those that add nothing. Null where the words are of something else, or unknown.
 */
export function headingMeaning(written: string): HeadingMeaning | null {
  if (written === '' || written.length > LONGEST_HEADING) return null;
  // `#name`: how some files mark the line of their headings.
  const heading = written.replace(/^#\s*(?=\p{L}{2})/u, '');
  const spaced = heading
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/_+/g, ' ')
    .trim();
  const folded = fold(spaced);
  const outside = folded.replace(/\([^()]*\)|\[[^[\]]*\]|<[^<>]*>/g, ' ');
  const inside = /\(([^()]+)\)/.exec(folded)?.[1] ?? '';
  if (/^_[a-z]/.test(heading)) return { field: 'technical', rank: 0 };
  for (const text of new Set([fold(heading), folded, outside])) {
    const read = phraseMeaning(text) ?? phraseMeaning(unnumbered(text));
    if (read) return read;
  }
  return (
    partsMeaning(unnumbered(outside)) ??
    pathMeaning(heading) ??
    looseMeaning(unnumbered(outside)) ??
    (inside === '' ? null : phraseMeaning(inside)) ??
    addressBookMeaning(outside) ??
    qualifiedMeaning(unnumbered(outside))
  );
}

/** `Organization 1 - Name`: as address books number what somebody may have several of. */
function addressBookMeaning(text: string): HeadingMeaning | null {
  const unmarked = text.replace(/\s+\d{1,2}\s+-\s+/u, ' ');
  return unmarked === text ? null : phraseMeaning(unmarked);
}

/** `Nome completo, sem abreviações`, `Full name as you would like it on the certificate`: a heading, and how it is to be filled in. */
function qualifiedMeaning(text: string): HeadingMeaning | null {
  const heading = text.replace(HOW_TO_FILL, '');
  return heading === text ? null : looseMeaning(heading);
}

const HOW_TO_FILL =
  /(?:\s*[,;:.–—-])?\s+(?:sem|sin|sans|without|no abbreviations?|tal (?:y )?(?:como|cual)|tel(?:le)?s? qu|(?:exactly )?as (?:you|it|they|shown|per)|comme (?:il|elle|vous|sur)|como (?:aparec|figura|consta|debe|deve|desea|deseja|quier|quer|gostaria)).*$/u;

/** Returns the key that a heading is remembered under: the same words in other capitals, with other marks or another number are the same heading. */
export function headingKey(heading: string): string {
  return keyOf(unnumbered(fold(heading)));
}

/** `3. Votre pays`, `Q01. Nom`, `1.2) Name`, `q3_nom`. */
function unnumbered(text: string): string {
  const stripped = text.replace(/^(?:q|question|pregunta|pergunta|p|item)?\s*\d{1,3}(?:\.\d{1,2})*\s*[.):_\-–]*\s*[¿¡"“«]*(?=\p{L})/u, '');
  return stripped === '' ? text : stripped;
}

function phraseMeaning(text: string): HeadingMeaning | null {
  const key = keyOf(text);
  return key === ''
    ? null
    : (table().get(key) ??
        table().get(
          keyOf(
            wordsOf(text)
              .filter((word) => !LINKS.has(word))
              .join(' '),
          ),
        ) ??
        null);
}

/** `Nom / Prénom` is the whole name, `Nom / Family name` and `País / Country` one thing in two languages. */
function partsMeaning(text: string): HeadingMeaning | null {
  const parts = text
    .split(/\s*[/|\n;,]\s*|\s+[-–—]\s+|\s*:\s+/u)
    .filter((part) => part !== '')
    .map((part) => looseMeaning(unnumbered(part)))
    .filter((meaning) => meaning !== null);
  const [first, second] = parts;
  if (!first || !second) return null;
  if (first.field === second.field) return first;
  const fields = new Set(parts.map(({ field }) => field));
  const ambiguous = parts.find(({ field }) => field === 'ambiguousName');
  const named = (field: ListField): HeadingMeaning => ({ field, rank: 0 });
  if (ambiguous && fields.has('familyName') && !fields.has('givenName')) return named('familyName');
  if (ambiguous?.order?.first === 'givenFirst' && fields.has('givenName') && !fields.has('familyName')) return named('givenName');
  if (fields.has('givenName') && (ambiguous || fields.has('familyName'))) {
    const first_ = parts.find(({ field }) => field === 'givenName' || field === 'familyName' || field === 'ambiguousName');
    return { field: 'fullName', rank: 0, order: { first: first_!.field === 'givenName' ? 'givenFirst' : 'familyFirst', sure: true } };
  }
  if (ambiguous && fields.has('fullName')) return parts.find(({ field }) => field === 'fullName')!;
  if (fields.has('people')) return parts.find(({ field }) => field !== 'people')!;
  // *Attendee name: Given name* is what stands last; *Profession / fonction* what stands first.
  if (/:\s/.test(text)) return parts.at(-1)!;
  return parts.find(({ field }) => field !== 'technical') ?? first;
}

/** `participant/nom`, `participant-nom`, `participant.first_name`, `Apr_Nome`: what the last steps say. */
function pathMeaning(heading: string): HeadingMeaning | null {
  if (/\s/.test(heading.trim()) && !/[:/]|^\p{L}{1,4}[_-]/u.test(heading)) return null;
  const steps = heading.split(/[/.:]|(?<=\p{L}{2})-(?=\p{L}{2})/u).map((step) => step.trim());
  const last = steps.at(-1) ?? '';
  const inGroup = steps.length > 1 ? looseMeaning(spacedWords(last)) : null;
  if (inGroup) return inGroup;
  const abbreviated = /^\p{L}{1,4}[_-](.+)$/u.exec(heading)?.[1];
  return abbreviated === undefined ? null : looseMeaning(spacedWords(abbreviated));
}

/** Returns the meaning of the last step of a group's path where it and the steps before could head a column alike: `institution/pays`; null for other headings. */
export function lastStepMeaning(heading: string): HeadingMeaning | null {
  const last = /\S[/.:](\S+)$/u.exec(heading)?.[1];
  return last === undefined ? null : looseMeaning(spacedWords(last));
}

function spacedWords(text: string): string {
  return unnumbered(fold(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/_+/g, ' ')));
}

/** The words that are left when those are gone that add nothing; *Participant* alone heads names. */
function looseMeaning(text: string): HeadingMeaning | null {
  const direct = phraseMeaning(text);
  if (direct) return direct;
  const words = wordsOf(text).filter((word) => !LINKS.has(word));
  const own = words.filter((word) => !QUALIFIERS.has(word));
  if (own.length === 0) return words.length > 0 && words.length <= 3 ? { field: 'people', rank: 1 } : null;
  // *First participant* is no first name.
  if (own.length === 1 && own.length < words.length && BARE.has(own[0]!)) return null;
  const read = table().get(keyOf(own.join(' ')));
  if (read) return own.length < words.length && read.lineNumber === true ? { field: 'ref', rank: 1 } : read;
  return abbreviatedMeaning(own);
}

/** `PRENOM ADH`, `Apellido part.`: a part of the name, and whose, shortened. */
function abbreviatedMeaning(own: readonly string[]): HeadingMeaning | null {
  const [first, second] = own;
  if (own.length !== 2 || !/^\p{L}{2,4}$/u.test(second!) || RELATIVES.has(second!) || table().has(second!)) return null;
  const read = table().get(keyOf(first!));
  return read && (read.field === 'familyName' || read.field === 'givenName') && !BARE.has(first!) ? { ...read, rank: 1 } : null;
}

/** Short words for somebody else than the person. */
const RELATIVES: ReadonlySet<string> = new Set('mere pere pai mae mom dad mama papa fils hijo hija chef boss kid tio tia soeur'.split(' '));

/** Whether a heading asks for *yes* or *no* (*Are you from a court?*, *¿Inscrito en un instituto?*): a question with no word that asks for more. */
export function asksYesOrNo(heading: string): boolean {
  const words = wordsOf(fold(heading));
  return (
    /[?？]\s*\*?\s*$/u.test(heading) &&
    words.length > 1 &&
    !words.some((word) => ASKS.has(word)) &&
    looseMeaning(unnumbered(fold(heading)))?.rank !== 0
  );
}

const ASKS: ReadonlySet<string> = new Set(
  'what which where who whose how quel quelle quels quelles ou qui comment que quoi lequel laquelle cual cuales que donde quien como qual quais onde quem'.split(
    ' ',
  ),
);

/** Words that name a part of the name only where they stand alone. */
const BARE: ReadonlySet<string> = new Set([
  'first',
  'last',
  'given',
  'family',
  'middle',
  'n',
  'no',
  'rank',
  'grade',
  'state',
  'etat',
  'land',
]);

function wordsOf(text: string): string[] {
  // The *e* of *endereço de e-mail* is no *and*.
  return text
    .replace(/\be[\s-]mail/g, 'email')
    .split(/[^\p{L}\p{N}°º#№]+/u)
    .filter((word) => word !== '');
}

function keyOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}°º#№]+/gu, '');
}

let known: ReadonlyMap<string, HeadingMeaning> | undefined;

function table(): ReadonlyMap<string, HeadingMeaning> {
  if (known) return known;
  const entries = new Map<string, HeadingMeaning>();
  const add = (words: string, meaning: HeadingMeaning): void => {
    for (const phrase of words.split(',')) if (!entries.has(keyOf(phrase))) entries.set(keyOf(phrase), meaning);
  };
  for (const [first, words] of WHOLE_NAMES) add(words, { field: 'fullName', rank: 0, order: { first, sure: true } });
  add(CUSTOMARY_NAMES, { field: 'fullName', rank: 0, order: { first: 'givenFirst', sure: false } });
  for (const [first, words] of AMBIGUOUS_NAMES) add(words, { field: 'ambiguousName', rank: 0, order: { first, sure: false } });
  add(NEUTRAL_NAMES, { field: 'fullName', rank: 0 });
  for (const [field, rank, words] of HEADINGS) add(words, { field, rank });
  add(LINE_NUMBERS, { field: 'ref', rank: 1, lineNumber: true });
  add(TECHNICAL, { field: 'technical', rank: 0 });
  for (const [field, rank, words] of REGISTER_HEADINGS) add(words, { field, rank });
  for (const [first, words] of FURTHER_WHOLE_NAMES) add(words, { field: 'fullName', rank: 0, order: { first, sure: true } });
  add(FURTHER_NEUTRAL_NAMES, { field: 'fullName', rank: 0 });
  add(FURTHER_AMBIGUOUS_NAMES, { field: 'ambiguousName', rank: 0 });
  for (const [field, rank, words] of FURTHER_HEADINGS) add(words, { field, rank });
  // The folded forms are what headings are looked up by.
  known = new Map([...entries].reverse().map(([key, meaning]) => [keyOf(fold(key)), meaning]));
  return known;
}
