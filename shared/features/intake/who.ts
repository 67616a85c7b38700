import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { institutionRelation, type Relation } from './institutions.ts';
import { nameRelation, type ComparedName, type NameRelation } from './names.ts';
import {
  contactKeys,
  nameOf,
  nearKeys,
  saidOf,
  type IndexedPerson,
  type Namesakes,
  type PeopleIndex,
  type PersonEvidence,
  type Particulars,
} from './people-index.ts';

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
 * The person whom a row is about, with the evidence. `names`: how the names go together (null: the row has none), `support`: how many of address, institution
 * and the list's own code are the same. `near`: people who might be confounded with somebody new.
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

/**
 * Decides whether a row is about somebody who is known, with the reason. Names decide first; address, institution, country and the list's own code support or
 * contradict them. A code alone, against the name in the row, identifies nobody; where the evidence does not choose one of several, it is asked.
 */
export function whoIs(evidence: PersonEvidence, index: PeopleIndex, { expected = false, except }: WhoOptions = {}): Who {
  const name = nameOf(evidence);
  if (name !== null && index.size === 0) return { is: 'new', near: [], why: 'person.nobody' };
  const look = looking(index, except);
  const contacts = contactKeys(evidence).filter((key) => key.startsWith('#') || !index.sharedMailboxes.has(key.slice(1)));
  const sure = [...(name === null ? [] : look.byName(name.equalKeys)), ...look.byContact(contacts)];
  if (name === null) return unnamed(evidence, sure, index);
  const judge = judging(name, saidOf(evidence, index.sharedMailboxes), expected);
  const answer = choose(sure, judge);
  if (answer.is !== 'new') return answer;
  // Only where nobody bears the name are names looked at that are near.
  const near = look.byName(nearKeys(name, index));
  return near.length === 0 ? answer : choose([...sure, ...near], judge);
}

/** Looks for people by keys, each found once: in the order of the keys, then of the list. */
function looking(index: PeopleIndex, except: WhoOptions['except']) {
  const names = new Set<Namesakes>();
  const people = new Set<IndexedPerson>();
  const take = (one: IndexedPerson): boolean => except?.has(one.person.id) !== true && (people.size === 0 || !people.has(one));
  return {
    byName(keys: readonly string[]): IndexedPerson[] {
      return keys.flatMap((key) => {
        const further = (index.byName.get(key)?.names ?? []).filter((one) => !names.has(one));
        for (const one of further) names.add(one);
        const found = further.flatMap((one) => one.people.filter(take));
        return further.length > 1 ? found.sort((a, b) => a.place - b.place) : found;
      });
    },
    byContact(keys: readonly string[]): IndexedPerson[] {
      const found = keys.flatMap((key) => (index.byContact.get(key) ?? []).filter((one) => !names.has(one.namesakes!) && take(one)));
      for (const one of found) people.add(one);
      return [...new Set(found)];
    },
  };
}

function choose(considered: readonly IndexedPerson[], { judge, contradicts }: Judge): Who {
  const judged = (is: (judgement: Judgement) => boolean, among = considered): Judged[] => {
    const found: Judged[] = [];
    for (const one of among) {
      const judgement = judge(one);
      if (is(judgement)) found.push({ id: one.person.id, judgement });
    }
    return found;
  };
  const open = considered.filter((one) => !contradicts(one));
  const sure = judged(({ verdict }) => verdict === 'sure', open);
  const numbered = judged(({ why }) => why === 'ref.otherPerson', open);
  if (numbered.length > 0) return ask('ref.otherPerson', [...sure, ...numbered]);
  const best = bestOf(sure);
  if (best !== null) return same(best);
  if (sure.length > 1) return ask('person.homonyms', sure);
  const possible = judged(({ verdict }) => verdict === 'possible').sort((a, b) => rank(b.judgement) - rank(a.judgement));
  if (possible.length > 0) return ask(possible[0]!.judgement.why as WhyAsk, possible);
  const near = judged(({ verdict }) => verdict === 'near');
  const isHomonym = near.some(({ judgement }) => judgement.names === 'equal');
  const why = isHomonym ? 'person.homonym' : near.length > 0 ? 'person.similar' : 'person.nobody';
  return { is: 'new', near: near.map(({ id }) => id), why };
}

/** The one whose name and whose other evidence are nearer than, or as near as, each of the others', and not both as near; null: there is none. */
function bestOf(sure: readonly Judged[]): Judged | null {
  let [names, support] = [-1, -1];
  for (const { judgement } of sure) {
    names = Math.max(names, LEVEL[judgement.names]);
    support = Math.max(support, judgement.support);
  }
  const nearest = sure.filter(({ judgement }) => LEVEL[judgement.names] === names && judgement.support === support);
  return nearest.length === 1 ? nearest[0]! : null;
}

interface Judged {
  readonly id: Id;
  readonly judgement: Judgement;
}

/** The result of comparing a row's evidence with one person. */
export interface Judgement {
  readonly names: NameRelation;
  /** How many of address, institution and the list's own code are the same. */
  readonly support: number;
  readonly differs: number;
  readonly verdict: 'sure' | 'possible' | 'near' | 'no';
  readonly why: WhySame | WhyAsk;
}

/** The result of comparing two people beside their names. */
export interface Compared {
  readonly email: Relation;
  readonly ref: Relation;
  readonly institution: Relation;
  readonly country: Relation;
}

/** Judges people beside one row. */
interface Judge {
  judge(one: IndexedPerson): Judgement;
  /** Whether what is compared soonest leaves somebody neither sure nor a number's other holder: in lists in which many bear one name that is nearly everybody. */
  contradicts(one: IndexedPerson): boolean;
}

/** Returns a judge of people, for which a name or an institution is asked once for all who have it, and what follows from all of it once for every row. */
function judging(name: ComparedName, said: Particulars, expected: boolean): Judge {
  const names = new Map<Namesakes, NameRelation>();
  const institutions = new Map<string, Relation>();
  const relationTo = (namesakes: Namesakes): NameRelation => {
    const known = names.get(namesakes) ?? nameRelation(name, namesakes.name);
    names.set(namesakes, known);
    return known;
  };
  const institutionOf = (theirs: Particulars): Relation => {
    const known = institutions.get(theirs.institutionKey) ?? institutionRelation(said.institution, theirs.institution);
    institutions.set(theirs.institutionKey, known);
    return known;
  };
  const judgeOne = ({ namesakes, said: theirs }: IndexedPerson): Judgement => {
    const relation = namesakes === null ? 'other' : relationTo(namesakes);
    const email = relationOf(said.email, theirs.email);
    const ref = refRelation(said, theirs);
    const institution = institutionOf(theirs);
    const country = relationOf(said.country, theirs.country);
    const beside = ((RELATIONS[email] * 3 + RELATIONS[ref]) * 3 + RELATIONS[institution]) * 3 + RELATIONS[country];
    const place = (NAMES[relation] * 2 + (expected ? 1 : 0)) * 81 + beside;
    return (judgements[place] ??= judge(relation, { email, ref, institution, country }, expected));
  };
  return {
    judge: judgeOne,
    contradicts({ said: theirs }) {
      if (expected) return false;
      const [email, ref] = [relationOf(said.email, theirs.email), refRelation(said, theirs)];
      if (email === 'same' || ref === 'same') return false;
      return email === 'different' || ref === 'different' || relationOf(said.country, theirs.country) === 'different';
    },
  };
}

const RELATIONS: Readonly<Record<Relation, number>> = { same: 0, different: 1, unknown: 2 };
const NAMES: Readonly<Record<NameRelation, number>> = { equal: 0, turned: 1, close: 2, initials: 3, similar: 4, part: 5, other: 6 };
/** Judgements by how names and evidence compare, whoever is compared. */
const judgements: Judgement[] = [];

/** Decides what follows from how the names and the other evidence of two people compare. */
export function judge(names: NameRelation, compared: Compared, expected: boolean): Judgement {
  const { email, ref, institution, country } = compared;
  const support = [email, ref, institution].filter((relation) => relation === 'same').length;
  const differs = [email, ref, institution, country].filter((relation) => relation === 'different').length;
  const judged = (verdict: Judgement['verdict'], why: Judgement['why']): Judgement => ({ names, support, differs, verdict, why });
  const contradiction = contradictionOf(compared);
  const same = sameBecause(compared);
  if (names === 'equal') {
    if (email === 'same' || ref === 'same') return judged('sure', same);
    if (contradiction === null) return judged('sure', same);
    if (expected && country !== 'different' && email !== 'different') return judged('sure', same);
    // Another country and another institution: a homonym, who stays apart.
    return differs > 1 && support === 0 && country === 'different' ? judged('near', contradiction) : judged('possible', contradiction);
  }
  if (names === 'turned' || names === 'close' || names === 'initials') {
    if (email === 'same' || ref === 'same') return judged('sure', same);
    if (contradiction !== null) {
      if (expected) return judged(country === 'different' ? 'possible' : 'sure', country === 'different' ? contradiction : same);
      return judged(support > 0 ? 'possible' : 'near', support > 0 ? contradiction : ASK_NAME[names]);
    }
    if (support > 0 || expected) return judged('sure', same);
    return judged('possible', ASK_NAME[names]);
  }
  return apart(names, compared, expected, judged);
}

/** The names do not go together: what else is the same must carry it, and a code never does alone. */
function apart(
  names: NameRelation,
  { email, ref, institution, country }: Compared,
  expected: boolean,
  judged: (verdict: Judgement['verdict'], why: Judgement['why']) => Judgement,
): Judgement {
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

function relationOf(one: string, other: string): Relation {
  if (one === '' || other === '') return 'unknown';
  return one === other ? 'same' : 'different';
}

/** Codes of one form that differ are two people's. */
function refRelation(one: Particulars, other: Particulars): Relation {
  if (one.ref === '' || other.ref === '') return 'unknown';
  if (one.ref === other.ref) return 'same';
  return one.refForm === other.refForm ? 'different' : 'unknown';
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

function rank({ names, support }: Judgement): number {
  return LEVEL[names] + support;
}

function ask(why: WhyAsk, judged: readonly Judged[]): Who {
  return { is: 'ask', why, candidates: judged.map(({ id, judgement }) => ({ id, why: judgement.why, differs: judgement.differs })) };
}

function same({ id, judgement: { why, names, support } }: Judged): Who {
  return { is: 'same', id, why: why as WhySame, names, support };
}

/** A row without a name: an address that one person has, or a code that is no running number. */
function unnamed(evidence: PersonEvidence, considered: readonly IndexedPerson[], { sharedMailboxes }: PeopleIndex): Who {
  const said = saidOf(evidence, sharedMailboxes);
  const compared = considered.map(({ person, said: theirs }) => ({
    id: person.id,
    email: relationOf(said.email, theirs.email),
    ref: refRelation(said, theirs),
  }));
  const byEmail = compared.filter(({ email, ref }) => email === 'same' && ref !== 'different');
  if (byEmail.length === 1) return { is: 'same', id: byEmail[0]!.id, why: 'email', names: null, support: 1 };
  const byRef = compared.filter(({ ref, email }) => ref === 'same' && email !== 'different');
  if (byRef.length === 1) return { is: 'same', id: byRef[0]!.id, why: 'ref', names: null, support: 1 };
  const ref = fold(evidence.ref ?? '');
  const numbered = considered.filter(({ person }) => ref !== '' && fold(person.ref ?? '') === ref);
  if (numbered.length === 0) return { is: 'new', near: [], why: 'person.unnamed' };
  return { is: 'ask', why: 'ref.alone', candidates: numbered.map(({ person }) => ({ id: person.id, why: 'ref.alone', differs: 0 })) };
}
