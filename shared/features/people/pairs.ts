import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { institutionRelation, institutionWords } from '../intake/institutions.ts';
import { indexPeople, type KnownIdentity } from '../intake/people-index.ts';
import { whoIs } from '../intake/who.ts';
import { PERSON_FIELDS, type PersonField } from './rules.ts';

/** Two people of a workshop who are perhaps one. */
export interface PerhapsOne {
  readonly ids: [Id, Id];
  /** As `whoIs` says it of one beside the other. */
  readonly why: string;
}

/** How two records compare in a field of which at least one says something. */
export interface ComparedField {
  readonly field: PersonField;
  readonly values: [string, string];
  /** `oneSays`: the other says nothing. */
  readonly relation: 'same' | 'different' | 'oneSays';
}

/** The fields of two records beside each other, in the list's order: what agrees but for case, accents and forms of an institution's name, and what differs. */
export function compareRecords(
  one: Readonly<Record<PersonField, string | null>>,
  other: Readonly<Record<PersonField, string | null>>,
): ComparedField[] {
  return PERSON_FIELDS.flatMap((field): ComparedField[] => {
    const values: [string, string] = [one[field] ?? '', other[field] ?? ''];
    if (values.every((value) => saysNothing(field, value))) return [];
    if (values.some((value) => saysNothing(field, value))) return [{ field, values, relation: 'oneSays' }];
    const agree =
      fold(values[0]) === fold(values[1]) ||
      (field === 'institution' && institutionRelation(institutionWords(values[0]), institutionWords(values[1])) === 'same');
    return [{ field, values, relation: agree ? 'same' : 'different' }];
  });
}

function saysNothing(field: PersonField, value: string): boolean {
  return value === '' || (field === 'sex' && value === 'notStated');
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

/** Somebody who is perhaps a given person, see `whoAmong`. */
export interface Likeness {
  readonly id: Id;
  /** `same`: an import would take them for one. */
  readonly is: 'same' | 'perhaps';
  readonly why: string;
}

/** Which of these records, each looked at alone, are or may be of one person, in their order: those of whom at most one thing differs. */
export function whoAmong(person: Named, others: readonly KnownIdentity[]): Likeness[] {
  return others.flatMap((other): Likeness[] => {
    // A list's own code says nothing beyond its list.
    const who = whoIs(evidenceOf({ ...person, ref: null }), indexPeople([{ ...other, ref: null }]));
    if (who.is === 'same') return [{ id: other.id, is: 'same', why: who.why }];
    const [near] = who.is === 'ask' ? who.candidates.filter(({ differs }) => differs < 2) : [];
    return near ? [{ id: other.id, is: 'perhaps', why: near.why }] : [];
  });
}

type Named = Omit<KnownIdentity, 'id'>;

function evidenceOf({ familyName, givenName, email, country, institution, ref }: Named) {
  return {
    familyName: familyName ?? '',
    givenName: givenName ?? '',
    email: email ?? '',
    country: country ?? '',
    institution: institution ?? '',
    ref: ref ?? '',
  };
}
