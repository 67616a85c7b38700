import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { institutionRelation, institutionWords, type Relation } from './institutions.ts';
import { comparedName, nameRelation, soundKey, type ComparedName, type NameParts, type NameRelation } from './names.ts';

/** What a row says of who somebody is. */
export interface PersonEvidence extends NameParts {
  readonly email?: string | undefined;
  /** ISO 3166. */
  readonly country?: string | undefined;
  readonly institution?: string | undefined;
  /** The list's own number; a running number is none and is left out by the reader. */
  readonly ref?: string | undefined;
}

/** What is known of a person of the workshop; null or '': never recorded. */
export interface KnownIdentity {
  readonly id: Id;
  readonly ref: string | null;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly institution: string | null;
}

export type WhySame =
  | 'names'
  | 'names.email'
  | 'names.ref'
  | 'names.institution'
  | 'names.country'
  /** The row names nobody; the address or the list's own code does. */
  | 'email'
  | 'ref';

export type WhyAsk =
  | 'person.homonyms'
  | 'person.countryDiffers'
  | 'person.institutionDiffers'
  | 'person.emailDiffers'
  | 'person.refDiffers'
  | 'person.nameClose'
  | 'person.nameTurned'
  | 'person.nameInitials'
  | 'person.nameSimilar'
  | 'person.nameDiffers'
  | 'ref.otherPerson'
  | 'ref.alone';

/** `person.homonym`: somebody bears the same name and all that is known differs. `person.similar`: a name that is near belongs, as it seems, to somebody else. */
export type WhyNew = 'person.nobody' | 'person.homonym' | 'person.similar' | 'person.unnamed';

export interface Candidate {
  readonly id: Id;
  readonly why: WhySame | WhyAsk;
  /** How many of country, institution, address and the list's own code are known of both and differ. */
  readonly differs: number;
}

/**
 * Who a row is about. `names`: how the names go together (null: the row has none), `support`: how many of address, institution and the list's own code are the same.
 * `near`: people who might be confounded with somebody new.
 */
export type Who =
  | { readonly is: 'same'; readonly id: Id; readonly why: WhySame; readonly names: NameRelation | null; readonly support: number }
  | { readonly is: 'ask'; readonly candidates: readonly Candidate[]; readonly why: WhyAsk }
  | { readonly is: 'new'; readonly near: readonly Id[]; readonly why: WhyNew };

export interface WhoOptions {
  /**
   * Everybody that the file names is expected to be among the people (a sheet of a workshop, no list of newcomers): a name that is near to one alone is then that
   * person's.
   */
  readonly expected?: boolean;
  /** People who are out of the question: other rows of the file are they. */
  readonly except?: Pick<ReadonlySet<Id>, 'has'>;
}

/** People of a workshop, to be found by what rows say; made once for a file (`indexPeople`). */
export interface PeopleIndex {
  readonly known: ReadonlyMap<Id, Indexed>;
  readonly byKey: ReadonlyMap<string, readonly Id[]>;
  /** Addresses, folded, that identify nobody: several people have them. */
  readonly sharedMailboxes: ReadonlySet<string>;
}

interface Indexed {
  readonly person: KnownIdentity;
  readonly name: ComparedName | null;
  readonly said: Said;
}

/** What is said of somebody beside the name, ready for comparing: in lists many bear one name. */
interface Said {
  readonly email: string;
  readonly ref: string;
  readonly institution: readonly string[];
  readonly country: string;
}

function saidOf({ email, ref, institution, country }: Pick<PersonEvidence, 'email' | 'ref' | 'institution' | 'country'>): Said {
  return { email: fold(email ?? ''), ref: fold(ref ?? ''), institution: institutionWords(institution ?? ''), country: country ?? '' };
}

/** `rows`: what the file says; an address that it or the workshop gives to people of different names is shared and identifies nobody. */
export function indexPeople(people: readonly KnownIdentity[], rows: Iterable<PersonEvidence> = []): PeopleIndex {
  const byKey = new Map<string, Id[]>();
  const known = new Map<Id, Indexed>();
  for (const person of people) {
    const name = comparedName(namesOf(person));
    known.set(person.id, {
      person,
      name,
      said: saidOf({
        ...person,
        email: person.email ?? undefined,
        ref: person.ref ?? undefined,
        institution: person.institution ?? undefined,
        country: person.country ?? undefined,
      }),
    });
    const keys = new Set(name === null ? [] : storedKeys(name));
    if (person.email) keys.add(`@${fold(person.email)}`);
    if (person.ref) keys.add(`#${fold(person.ref)}`);
    for (const key of keys) {
      const found = byKey.get(key);
      if (found) found.push(person.id);
      else byKey.set(key, [person.id]);
    }
  }
  const stored = people.map((person) => ({ ...namesOf(person), email: person.email ?? '' }));
  return { known, byKey, sharedMailboxes: new Set([...sharedAmong(stored), ...sharedAmong(rows)]) };
}

function namesOf({ familyName, givenName }: KnownIdentity): NameParts {
  return { familyName: familyName ?? '', givenName: givenName ?? '' };
}

/**
 * Says whether a row is about somebody who is known, with the reason. Names decide first; address, institution, country and the list's own code support or contradict
 * them. A code alone, against the name in the row, identifies nobody; where the evidence does not choose one of several, it is asked.
 */
export function whoIs(evidence: PersonEvidence, index: PeopleIndex, { expected = false, except }: WhoOptions = {}): Who {
  const name = nameOf(evidence);
  if (name !== null && index.known.size === 0) return { is: 'new', near: [], why: 'person.nobody' };
  const found = (keys: readonly string[]): readonly Indexed[] =>
    [...new Set(keys.flatMap((key) => index.byKey.get(key) ?? []))]
      .filter((id) => except?.has(id) !== true)
      .map((id) => index.known.get(id)!);
  const sure = found([...(name === null ? [] : name.equalKeys), ...otherKeys(evidence, index)]);
  if (name === null) return unnamed(evidence, sure, index);
  const said = saidOf(evidence);
  const ground = { index, expected };
  const judged = sure.map((candidate) => judge(name, said, candidate, ground));
  const answer = choose(judged);
  if (answer.is !== 'new') return answer;
  // Only where nobody bears the name are names looked at that are near.
  const already = new Set(sure.map(({ person }) => person.id));
  const near = found(nearKeys(name, index)).filter(({ person }) => !already.has(person.id));
  return near.length === 0 ? answer : choose([...judged, ...near.map((candidate) => judge(name, said, candidate, ground))]);
}

// A row is asked about several times, over those who are here, who were removed, and who come with it.
const names = new WeakMap<PersonEvidence, ComparedName | null>();

function nameOf(evidence: PersonEvidence): ComparedName | null {
  const known = names.get(evidence);
  if (known !== undefined) return known;
  const name = comparedName(evidence);
  names.set(evidence, name);
  return name;
}

function choose(judged: readonly Judged[]): Who {
  const sure = judged.filter(({ verdict }) => verdict === 'sure');
  const best = sure.filter((one) => sure.every((other) => other === one || beats(one, other)));
  const numbered = judged.filter(({ why }) => why === 'ref.otherPerson');
  if (numbered.length > 0) return ask('ref.otherPerson', [...sure, ...numbered]);
  if (best.length === 1) return same(best[0]!);
  if (sure.length > 1) return ask('person.homonyms', sure);
  const possible = judged.filter(({ verdict }) => verdict === 'possible').sort((a, b) => rank(b) - rank(a));
  if (possible.length > 0) return ask(possible[0]!.why as WhyAsk, possible);
  const near = judged.filter(({ verdict }) => verdict === 'near');
  const why = near.some(({ names }) => names === 'equal') ? 'person.homonym' : near.length > 0 ? 'person.similar' : 'person.nobody';
  return { is: 'new', near: near.map(({ id }) => id), why };
}

interface Judged {
  readonly id: Id;
  readonly names: NameRelation;
  /** How many of address, institution and the list's own code are the same. */
  readonly support: number;
  readonly differs: number;
  readonly verdict: 'sure' | 'possible' | 'near' | 'no';
  readonly why: WhySame | WhyAsk;
}

interface Ground {
  readonly index: PeopleIndex;
  readonly expected: boolean;
}

function judge(name: ComparedName, said: Said, { person, name: known, said: theirs }: Indexed, ground: Ground): Judged {
  const names = known === null ? 'other' : nameRelation(name, known);
  const compared = compare(said, theirs, ground.index);
  const { email, ref, institution, country } = compared;
  const support = [email, ref, institution].filter((relation) => relation === 'same').length;
  const differs = [email, ref, institution, country].filter((relation) => relation === 'different').length;
  const judged = (verdict: Judged['verdict'], why: Judged['why']): Judged => ({ id: person.id, names, support, differs, verdict, why });
  const contradiction = contradictionOf(compared);
  const same = sameBecause(compared);
  if (names === 'equal') {
    if (compared.email === 'same' || compared.ref === 'same') return judged('sure', same);
    if (contradiction === null) return judged('sure', same);
    if (ground.expected && compared.country !== 'different' && compared.email !== 'different') return judged('sure', same);
    // Another country and another institution: a homonym, who stays apart.
    return differs > 1 && support === 0 && compared.country === 'different'
      ? judged('near', contradiction)
      : judged('possible', contradiction);
  }
  if (names === 'turned' || names === 'close' || names === 'initials') {
    if (compared.email === 'same' || compared.ref === 'same') return judged('sure', same);
    if (contradiction !== null) {
      if (ground.expected)
        return judged(compared.country === 'different' ? 'possible' : 'sure', compared.country === 'different' ? contradiction : same);
      return judged(support > 0 ? 'possible' : 'near', support > 0 ? contradiction : ASK_NAME[names]);
    }
    if (support > 0 || ground.expected) return judged('sure', same);
    return judged('possible', ASK_NAME[names]);
  }
  return apart(names, compared, ground.expected, judged);
}

/** The names do not go together: what else is the same must carry it, and a code never does alone. */
function apart(
  names: NameRelation,
  { email, ref, institution, country }: Compared,
  expected: boolean,
  judged: (verdict: Judged['verdict'], why: Judged['why']) => Judged,
): Judged {
  const agrees = (email === 'same' ? 1 : 0) + (ref === 'same' ? 1 : 0) + (institution === 'same' && country !== 'different' ? 1 : 0);
  if (names === 'similar') {
    if (email === 'same' || ref === 'same') return judged('sure', email === 'same' ? 'names.email' : 'names.ref');
    const against = [email, institution, country].includes('different');
    return judged((institution === 'same' || expected) && !against ? 'possible' : 'near', 'person.nameSimilar');
  }
  if (names === 'part' && (email === 'same' || ref === 'same')) {
    if (agrees > 1) return judged('sure', email === 'same' ? 'names.email' : 'names.ref');
    return judged('possible', ref === 'same' ? 'ref.otherPerson' : 'person.nameDiffers');
  }
  if (ref === 'same') return judged('possible', 'ref.otherPerson');
  return judged(email === 'same' ? 'near' : 'no', 'person.nameDiffers');
}

const ASK_NAME = { turned: 'person.nameTurned', close: 'person.nameClose', initials: 'person.nameInitials' } as const;

interface Compared {
  readonly email: Relation;
  readonly ref: Relation;
  readonly institution: Relation;
  readonly country: Relation;
}

function compare(one: Said, other: Said, { sharedMailboxes }: PeopleIndex): Compared {
  return {
    email: sharedMailboxes.has(one.email) || sharedMailboxes.has(other.email) ? 'unknown' : relationOf(one.email, other.email),
    ref: refRelation(one.ref, other.ref),
    institution: institutionRelation(one.institution, other.institution),
    country: relationOf(one.country, other.country),
  };
}

function relationOf(one: string, other: string): Relation {
  if (one === '' || other === '') return 'unknown';
  return one === other ? 'same' : 'different';
}

/** Up to three digits may be a running number of some version of the list: such a number says nothing. Codes of one form that differ are two people's. */
function refRelation(one: string, other: string): Relation {
  if (one === '' || other === '' || RUNNING.test(one) || RUNNING.test(other)) return 'unknown';
  if (one === other) return 'same';
  return shapeOf(one) === shapeOf(other) ? 'different' : 'unknown';
}

const RUNNING = /^\d{1,3}\.?$/;

function shapeOf(ref: string): string {
  return ref.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9');
}

function contradictionOf({ country, institution, email, ref }: Compared): WhyAsk | null {
  if (country === 'different') return 'person.countryDiffers';
  if (institution === 'different') return 'person.institutionDiffers';
  if (email === 'different') return 'person.emailDiffers';
  return ref === 'different' ? 'person.refDiffers' : null;
}

function sameBecause({ email, ref, institution, country }: Compared): WhySame {
  if (email === 'same') return 'names.email';
  if (ref === 'same') return 'names.ref';
  if (institution === 'same') return 'names.institution';
  return country === 'same' ? 'names.country' : 'names';
}

const LEVEL: Readonly<Record<NameRelation, number>> = { equal: 5, turned: 3, close: 3, initials: 2, similar: 1, part: 0, other: 0 };

function beats(one: Judged, other: Judged): boolean {
  const [names, support] = [LEVEL[one.names] - LEVEL[other.names], one.support - other.support];
  return names >= 0 && support >= 0 && names + support > 0;
}

function rank({ names, support }: Judged): number {
  return LEVEL[names] + support;
}

function ask(why: WhyAsk, judged: readonly Judged[]): Who {
  return { is: 'ask', why, candidates: judged.map(({ id, why: because, differs }) => ({ id, why: because, differs })) };
}

function same({ id, why, names, support }: Judged): Who {
  return { is: 'same', id, why: why as WhySame, names, support };
}

/** A row without a name: an address that one person has, or a code that is no running number. */
function unnamed(evidence: PersonEvidence, considered: readonly Indexed[], index: PeopleIndex): Who {
  const said = saidOf(evidence);
  const compared = considered.map(({ person, said: theirs }) => ({ id: person.id, ...compare(said, theirs, index) }));
  const byEmail = compared.filter(({ email, ref }) => email === 'same' && ref !== 'different');
  if (byEmail.length === 1) return { is: 'same', id: byEmail[0]!.id, why: 'email', names: null, support: 1 };
  const byRef = compared.filter(({ ref, email }) => ref === 'same' && email !== 'different');
  if (byRef.length === 1) return { is: 'same', id: byRef[0]!.id, why: 'ref', names: null, support: 1 };
  const ref = fold(evidence.ref ?? '');
  const numbered = considered.filter(({ person }) => ref !== '' && fold(person.ref ?? '') === ref);
  if (numbered.length === 0) return { is: 'new', near: [], why: 'person.unnamed' };
  return { is: 'ask', why: 'ref.alone', candidates: numbered.map(({ person }) => ({ id: person.id, why: 'ref.alone', differs: 0 })) };
}

function otherKeys({ email, ref }: PersonEvidence, index: PeopleIndex): string[] {
  const keys = ref ? [`#${fold(ref)}`] : [];
  if (email && !index.sharedMailboxes.has(fold(email))) keys.push(`@${fold(email)}`);
  return keys;
}

/** What a name is found by: as a whole, by its sound, by each two of its words (one of them as an initial), and by a part alone. */
function storedKeys(name: ComparedName): string[] {
  const words = [...new Set(name.words)];
  const keys = [...name.equalKeys, `?${soundKey(name)}`];
  if (name.given.length > 0) keys.push(`1${name.family.join('')}`, `1${name.given.join('')}`);
  for (const one of words) for (const other of words) if (one !== other) keys.push(`2${one}|${other}`, `3${one}|${other[0]}`);
  return keys;
}

/**
 * Keys under which names stand that may be near: longer ones that hold every word, by the two words that fewest share; shorter ones by what is left when words are
 * taken away; others by their sound. The effort grows with the number of those that are near and not with the length of the list.
 */
function nearKeys(name: ComparedName, index: PeopleIndex): string[] {
  const words = [...new Set(name.words)];
  const keys = [`?${soundKey(name)}`, ...shortened(words)];
  if (words.length === 1) return [...keys, `1${words[0]}`];
  // A longer name holds every word: two whole ones find it. A letter finds all whose name begins so, and each N’GUESSAN has one.
  const whole = words.filter((word) => word.length > 1);
  const [first, second] = whole.length > 1 ? [whole, whole] : [whole.length > 0 ? whole : words, words];
  const pairs = first.flatMap((one) => second.flatMap((other) => (one === other ? [] : [pairKey(one, other)])));
  const shared = (key: string): number => index.byKey.get(key)?.length ?? 0;
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
    const name = holder.email ? comparedName(holder) : null;
    if (name === null) continue;
    const box = fold(holder.email!);
    const before = first.get(box);
    if (before === undefined) first.set(box, name);
    else if (['part', 'other'].includes(nameRelation(before, name))) shared.add(box);
  }
  return shared;
}
