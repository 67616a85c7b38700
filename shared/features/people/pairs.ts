import type { Id } from '../../kernel/ids.ts';
import { indexPeople, whoIs, type KnownIdentity } from '../intake/who.ts';

/** Two people of a workshop who are perhaps one. */
export interface PerhapsOne {
  readonly ids: [Id, Id];
  /** As `whoIs` says it of one beside the other. */
  readonly why: string;
}

/**
 * People who are perhaps one person, each two once, in the order of the list: what two lists or a list and a walk-in bring where they say different things. Homonyms of
 * whom more than one thing differs are two people.
 */
export function pairsOf(people: readonly KnownIdentity[]): PerhapsOne[] {
  const index = indexPeople(people);
  const pairs = new Map<string, PerhapsOne>();
  for (const person of people) {
    const who = whoIs(evidenceOf(person), index, { except: { has: (id) => id === person.id } });
    const others = who.is === 'same' ? [who] : who.is === 'ask' ? who.candidates.filter(({ differs }) => differs < 2) : [];
    for (const { id, why } of others) {
      const key = [person.id, id].sort().join(' ');
      if (!pairs.has(key)) pairs.set(key, { ids: [person.id, id], why });
    }
  }
  return [...pairs.values()];
}

function evidenceOf({ familyName, givenName, email, country, institution, ref }: KnownIdentity) {
  return {
    familyName: familyName ?? '',
    givenName: givenName ?? '',
    email: email ?? '',
    country: country ?? '',
    institution: institution ?? '',
    ref: ref ?? '',
  };
}
