import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { institutionWords } from './institutions.ts';
import { comparedName, nameRelation, soundKey, type ComparedName, type NameParts } from './names.ts';

/** The evidence in a row of who somebody is. */
export interface PersonEvidence extends NameParts {
  readonly email?: string | undefined;
  /** ISO 3166. */
  readonly country?: string | undefined;
  readonly institution?: string | undefined;
  /** The list's own number; a running number is none and is left out by the reader. */
  readonly ref?: string | undefined;
}

/** The identity of a person of the workshop, as far as it is known; null or '': never recorded. */
export interface KnownIdentity {
  readonly id: Id;
  readonly ref: string | null;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly institution: string | null;
}

/** Finds people of a workshop by what rows say; made once for a file (`indexPeople`). */
export interface PeopleIndex {
  readonly size: number;
  readonly byName: ReadonlyMap<string, UnderKey>;
  /** By address and by the list's own code. */
  readonly byContact: ReadonlyMap<string, readonly IndexedPerson[]>;
  /** Addresses, folded, that identify nobody: several people have them. */
  readonly sharedMailboxes: ReadonlySet<string>;
}

/** The people of one name, written the same but for case, marks and particles: in lists many bear one, and what a name says of them is asked once. */
export interface Namesakes {
  readonly name: ComparedName;
  /** In the order of the list. */
  readonly people: readonly IndexedPerson[];
}

interface UnderKey {
  readonly names: readonly Namesakes[];
  /** How many people bear them. */
  readonly people: number;
}

export interface IndexedPerson {
  readonly person: KnownIdentity;
  readonly place: number;
  /** null: without a name. */
  readonly namesakes: Namesakes | null;
  readonly said: Particulars;
}

/** The particulars of somebody beside the name, ready for comparing; '': nothing that identifies. */
export interface Particulars {
  readonly email: string;
  readonly ref: string;
  /** Codes of one form that differ are two people's. */
  readonly refForm: string;
  readonly institution: readonly string[];
  /** Its words as one text. */
  readonly institutionKey: string;
  readonly country: string;
}

/**
 * Returns the index of a workshop's people. `rows`: what the file says; an address that it or the workshop gives to people of different names is shared and
 * identifies nobody.
 */
export function indexPeople(people: readonly KnownIdentity[], rows: Iterable<PersonEvidence> = []): PeopleIndex {
  const byName = new Map<string, { names: Namesakes[]; people: number }>();
  const byContact = new Map<string, IndexedPerson[]>();
  const named = new Map<string, { readonly name: ComparedName; readonly people: IndexedPerson[]; readonly under: { people: number }[] }>();
  const stored = people.map((person) => ({ ...namesOf(person), email: person.email ?? '' }));
  const sharedMailboxes = new Set([...sharedAmong(stored), ...sharedAmong(rows)]);
  for (const [place, person] of people.entries()) {
    const name = nameOf(stored[place]!);
    const written = name === null ? '' : [name.undivided, name.family.join(' '), name.given.join(' ')].join('\n');
    let namesakes = named.get(written);
    if (name !== null && !namesakes) {
      namesakes = { name, people: [], under: [] };
      named.set(written, namesakes);
      for (const key of new Set(storedKeys(name))) {
        const under = byName.get(key) ?? { names: [], people: 0 };
        under.names.push(namesakes);
        byName.set(key, under);
        namesakes.under.push(under);
      }
    }
    const indexed = { person, place, namesakes: namesakes ?? null, said: saidOf(person, sharedMailboxes) };
    namesakes?.people.push(indexed);
    for (const under of namesakes?.under ?? []) under.people++;
    for (const key of new Set(contactKeys(person))) {
      const found = byContact.get(key);
      if (found) found.push(indexed);
      else byContact.set(key, [indexed]);
    }
  }
  return { size: people.length, byName, byContact, sharedMailboxes };
}

function namesOf({ familyName, givenName }: KnownIdentity): NameParts {
  return { familyName: familyName ?? '', givenName: givenName ?? '' };
}

/** Returns the evidence beside the name, ready for comparing. */
export function saidOf(
  { email, ref, institution, country }: { readonly [K in 'email' | 'ref' | 'institution' | 'country']?: string | null | undefined },
  sharedMailboxes: ReadonlySet<string>,
): Particulars {
  const [box, code] = [fold(email ?? ''), fold(ref ?? '')];
  // Up to three digits may be a running number of some version of the list: such a number says nothing.
  const number = RUNNING.test(code) ? '' : code;
  const words = institutionWords(institution ?? '');
  return {
    email: sharedMailboxes.has(box) ? '' : box,
    ref: number,
    refForm: number.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9'),
    institution: words,
    institutionKey: words.join(' '),
    country: country ?? '',
  };
}

const RUNNING = /^\d{1,3}\.?$/;

// A row is asked about several times, over those who are here, who were removed, and who come with it.
const compared = new WeakMap<NameParts, ComparedName | null>();

/** The name of a row, ready for comparing; null where it has none. */
export function nameOf(parts: NameParts): ComparedName | null {
  const known = compared.get(parts);
  if (known !== undefined) return known;
  const name = comparedName(parts);
  compared.set(parts, name);
  return name;
}

/** Returns the index keys of somebody beside the name: the list's own id and address. */
export function contactKeys({ email, ref }: Pick<PersonEvidence, 'email' | 'ref'> | Pick<KnownIdentity, 'email' | 'ref'>): string[] {
  return [...(ref ? [`#${fold(ref)}`] : []), ...(email ? [`@${fold(email)}`] : [])];
}

/** Returns the index keys of a name: as a whole, by its sound, by each two of its words (one of them as an initial), and by a part alone. */
export function storedKeys(name: ComparedName): string[] {
  const words = [...new Set(name.words)];
  const keys = [...name.equalKeys, `?${soundKey(name)}`];
  if (name.given.length > 0) keys.push(`1${name.family.join('')}`, `1${name.given.join('')}`);
  for (const one of words) for (const other of words) if (one !== other) keys.push(`2${one}|${other}`, `3${one}|${other[0]}`);
  return keys;
}

/**
 * Returns the index keys under which names stand that may be near: longer ones that hold every word, by the two words that fewest share; shorter ones by what
 * is left when words are taken away; others by their sound. The effort grows with the number of those that are near and not with the length of the list.
 */
export function nearKeys(name: ComparedName, index: PeopleIndex): string[] {
  const words = [...new Set(name.words)];
  const keys = [`?${soundKey(name)}`, ...shortened(words)];
  if (words.length === 1) return [...keys, `1${words[0]}`];
  // A longer name holds every word: two whole ones find it. A letter finds all whose name begins so, and each N’GUESSAN has one.
  const whole = words.filter((word) => word.length > 1);
  const [first, second] = whole.length > 1 ? [whole, whole] : [whole.length > 0 ? whole : words, words];
  const pairs = first.flatMap((one) => second.flatMap((other) => (one === other ? [] : [pairKey(one, other)])));
  const shared = (key: string): number => index.byName.get(key)?.people ?? 0;
  const rarest = pairs.reduce<string | null>((best, key) => (best === null || shared(key) < shared(best) ? key : best), null);
  const written = words.flatMap((one) => words.flatMap((other) => (one === other || other.length === 1 ? [] : [`2${one}|${other[0]}`])));
  return [...keys, ...(rarest === null ? [] : [rarest]), ...written];
}

/** With a letter for the other word: everybody whose name begins so. */
function pairKey(one: string, other: string): string {
  return other.length === 1 ? `3${one}|${other}` : `2${one}|${other}`;
}

const MOST_LEFT_OUT = 3;

/** The keys of names that are left when one to three words are taken away; one of two words is a part alone. */
function shortened(words: readonly string[]): string[] {
  const keys = new Set<string>();
  const leaveOut = (left: readonly string[], from: number, times: number): void => {
    for (let at = from; at < left.length && left.length > 1; at++) {
      const rest = left.filter((_, place) => place !== at);
      keys.add(`~${[...rest].sort().join(' ')}`);
      if (times > 1) leaveOut(rest, at, times - 1);
    }
  };
  leaveOut(words, 0, MOST_LEFT_OUT);
  return [...keys];
}

/** Addresses of people whose names do not go together. */
function sharedAmong(holders: Iterable<PersonEvidence>): Set<string> {
  const first = new Map<string, ComparedName>();
  const shared = new Set<string>();
  for (const holder of holders) {
    const name = holder.email ? nameOf(holder) : null;
    if (name === null) continue;
    const box = fold(holder.email!);
    const before = first.get(box);
    if (before === undefined) first.set(box, name);
    else if (before !== name && ['part', 'other'].includes(nameRelation(before, name))) shared.add(box);
  }
  return shared;
}
