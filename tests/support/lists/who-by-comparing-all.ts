import { institutionRelation, institutionWords, type Relation } from '../../../shared/features/intake/institutions.ts';
import { comparedName, nameRelation, type NameRelation } from '../../../shared/features/intake/names.ts';
import {
  nearKeys,
  storedKeys,
  type KnownIdentity,
  type PeopleIndex,
  type PersonEvidence,
} from '../../../shared/features/intake/people-index.ts';
import { judge, type Judgement, type Who, type WhoOptions, type WhySame } from '../../../shared/features/intake/who.ts';
import { fold } from '../../../shared/kernel/text.ts';

type Judged = Judgement & { readonly id: string };

const LEVEL: Readonly<Record<NameRelation, number>> = { equal: 5, turned: 3, close: 3, initials: 2, similar: 1, part: 0, other: 0 };

/** Who a row is about, said plainly: every person of the list is held against every key and compared anew. The answer that the index must give. `index`: whose addresses are shared, and how many stand under a key. */
export function whoByComparingAll(
  evidence: PersonEvidence,
  people: readonly KnownIdentity[],
  index: PeopleIndex,
  { expected = false, except }: WhoOptions,
): Who {
  const name = comparedName(evidence);
  if (name !== null && people.length === 0) return { is: 'new', near: [], why: 'person.nobody' };
  const keysOf = ({ familyName, givenName, email, ref }: KnownIdentity): string[] => {
    const known = comparedName({ familyName: familyName ?? '', givenName: givenName ?? '' });
    return [...(known ? storedKeys(known) : []), ...(ref ? [`#${fold(ref)}`] : []), ...(email ? [`@${fold(email)}`] : [])];
  };
  const under = (keys: readonly string[]): KnownIdentity[] => [
    ...new Set(keys.flatMap((key) => people.filter((one) => !except?.has(one.id) && keysOf(one).includes(key)))),
  ];
  const isShared = (email: string): boolean => index.sharedMailboxes.has(fold(email));
  const { email = '', ref = '', country = '', institution = '' } = evidence;
  const contacts = [...(ref ? [`#${fold(ref)}`] : []), ...(email && !isShared(email) ? [`@${fold(email)}`] : [])];
  const sure = under([...(name?.equalKeys ?? []), ...contacts]);
  const compare = (other: KnownIdentity) => ({
    email: isShared(email) || isShared(other.email ?? '') ? ('unknown' as const) : relation(fold(email), fold(other.email ?? '')),
    ref: refRelation(fold(ref), fold(other.ref ?? '')),
    institution: institutionRelation(institutionWords(institution), institutionWords(other.institution ?? '')),
    country: relation(country, other.country ?? ''),
  });
  if (name === null) {
    const all = sure.map((one) => ({ id: one.id, ...compare(one) }));
    const byEmail = all.filter((one) => one.email === 'same' && one.ref !== 'different');
    if (byEmail.length === 1) return { is: 'same', id: byEmail[0]!.id, why: 'email', names: null, support: 1 };
    const byRef = all.filter((one) => one.ref === 'same' && one.email !== 'different');
    if (byRef.length === 1) return { is: 'same', id: byRef[0]!.id, why: 'ref', names: null, support: 1 };
    const numbered = sure.filter((one) => ref !== '' && fold(one.ref ?? '') === fold(ref));
    if (numbered.length === 0) return { is: 'new', near: [], why: 'person.unnamed' };
    return { is: 'ask', why: 'ref.alone', candidates: numbered.map(({ id }) => ({ id, why: 'ref.alone', differs: 0 })) };
  }
  const judged = (one: KnownIdentity): Judged => {
    const known = comparedName({ familyName: one.familyName ?? '', givenName: one.givenName ?? '' });
    return { id: one.id, ...judge(known === null ? 'other' : nameRelation(name, known), compare(one), expected) };
  };
  const answer = choose(sure.map(judged));
  if (answer.is !== 'new') return answer;
  const near = under(nearKeys(name, index)).filter((one) => !sure.includes(one));
  return near.length === 0 ? answer : choose([...sure, ...near].map(judged));
}

function choose(judged: readonly Judged[]): Who {
  const of = (verdict: Judgement['verdict']): Judged[] => judged.filter((one) => one.verdict === verdict);
  const ask = (why: Judgement['why'], some: readonly Judged[]): Who => ({
    is: 'ask',
    why: why as (Who & { is: 'ask' })['why'],
    candidates: some.map((one) => ({ id: one.id, why: one.why, differs: one.differs })),
  });
  const sure = of('sure');
  const numbered = judged.filter(({ why }) => why === 'ref.otherPerson');
  if (numbered.length > 0) return ask('ref.otherPerson', [...sure, ...numbered]);
  const [best, ...others] = sure.filter((one) => sure.every((other) => other === one || beats(one, other)));
  if (best && others.length === 0) return { is: 'same', id: best.id, why: best.why as WhySame, names: best.names, support: best.support };
  if (sure.length > 1) return ask('person.homonyms', sure);
  const possible = of('possible').sort((a, b) => rank(b) - rank(a));
  if (possible.length > 0) return ask(possible[0]!.why, possible);
  const near = of('near');
  const why = near.some(({ names }) => names === 'equal') ? 'person.homonym' : near.length > 0 ? 'person.similar' : 'person.nobody';
  return { is: 'new', near: near.map(({ id }) => id), why };
}

function beats(one: Judged, other: Judged): boolean {
  const [names, support] = [LEVEL[one.names] - LEVEL[other.names], one.support - other.support];
  return names >= 0 && support >= 0 && names + support > 0;
}

const rank = ({ names, support }: Judged): number => LEVEL[names] + support;

function relation(one: string, other: string): Relation {
  if (one === '' || other === '') return 'unknown';
  return one === other ? 'same' : 'different';
}

function refRelation(one: string, other: string): Relation {
  const says = (ref: string): boolean => ref !== '' && !/^\d{1,3}\.?$/.test(ref);
  const form = (ref: string): string => ref.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9');
  if (!says(one) || !says(other)) return 'unknown';
  if (one === other) return 'same';
  return form(one) === form(other) ? 'different' : 'unknown';
}
