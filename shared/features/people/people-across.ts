import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { institutionRelation, institutionWords } from '../intake/institutions.ts';

/** The values of a record that tell who it is in another workshop. */
export interface AcrossRecord {
  readonly id: Id;
  readonly activityId: Id;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly country: string;
  readonly institution: string;
}

type Pair = readonly [Id, Id];

/** The word of people on records of any workshops, two at a time. */
export interface SaidOfRecords {
  readonly same: readonly Pair[];
  readonly apart: readonly Pair[];
}

/** Who is who over several workshops. */
export interface PeopleAcross {
  /** Who a record is by what is certain: the first of its records. */
  readonly certain: (id: Id) => Id;
  /** Who a record is if everybody is one person who may be. */
  readonly atLeast: (id: Id) => Id;
}

/**
 * Tells who is who over all workshops. Certain is what somebody said, and that two lists have the same name with the same address, or with the same country and institution. Where name and country
 * are the same, or one of the lists says no country, and nothing contradicts it, two records *may* be one person: nobody is joined for that, but at least so many people there are as if they were.
 * What two people of one workshop share tells nobody apart; two records of one workshop are two people until somebody says that they are one.
 */
export function peopleAcross(records: readonly AcrossRecord[], said: SaidOfRecords): PeopleAcross {
  const certain = joining(records, said);
  for (const [a, b] of said.same) certain.join(a, b);
  // Folding a name takes long: once for each.
  const nameOf = new Map(records.map((record) => [record.id, nameKeys(record)]));
  for (const those of sharing(records, (record) => certainKeys(record, nameOf.get(record.id)!))) {
    if (!isUnambiguous(those, certain.rootOf)) continue;
    for (const { id } of those.slice(1)) if (!certain.areApart(those[0]!.id, id)) certain.join(those[0]!.id, id);
  }
  const perhaps = joining(records, said);
  for (const { id } of records) perhaps.join(certain.rootOf(id), id);
  for (const those of sharing(records, ({ id }) => nameOf.get(id)!)) joinWhoMayBeOne(those, certain, perhaps);
  return { certain: certain.rootOf, atLeast: perhaps.rootOf };
}

/** Returns the pairs that are to be asked about among these records: as many as there are people more if none of them is one. */
export function doublesAmong(ids: readonly Id[], { certain, atLeast }: PeopleAcross): [Id, Id][] {
  const first = new Map<Id, Id>();
  const asked = new Set<Id>();
  return ids.flatMap((id): [Id, Id][] => {
    const person = certain(id);
    if (asked.has(person)) return [];
    asked.add(person);
    const known = first.get(atLeast(id));
    if (known === undefined) first.set(atLeast(id), id);
    return known === undefined ? [] : [[known, id]];
  });
}

/** Records on their way to be joined into people. */
interface Joining {
  rootOf(id: Id): Id;
  join(a: Id, b: Id): void;
  /** Whether somebody said of any of their records that they are two people. */
  areApart(a: Id, b: Id): boolean;
}

function joining(records: readonly AcrossRecord[], { apart }: SaidOfRecords): Joining {
  const parents = new Map<Id, Id>();
  const members = new Map<Id, Id[]>(records.map(({ id }) => [id, [id]]));
  const others = new Map<Id, Id[]>();
  for (const [a, b] of apart)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      others.set(one, [...(others.get(one) ?? []), other]);
  const rootOf = (id: Id): Id => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // Ways are kept short: thousands of records lead to one.
    for (let at = id; at !== root;) {
      const next = parents.get(at)!;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  return {
    rootOf,
    join(a, b) {
      const [one, other] = [rootOf(a), rootOf(b)];
      if (one === other) return;
      const [first, second] = one < other ? [one, other] : [other, one];
      parents.set(second, first);
      const joined = members.get(first) ?? [first];
      for (const id of members.get(second) ?? [second]) joined.push(id);
      members.set(first, joined);
    },
    areApart(a, b) {
      if (others.size === 0) return false;
      const root = rootOf(b);
      return (members.get(rootOf(a)) ?? [a]).some((id) => others.get(id)?.some((other) => rootOf(other) === root));
    },
  };
}

/** Records that share a key, of each key that several have. */
function sharing(records: readonly AcrossRecord[], keysOf: (record: AcrossRecord) => readonly string[]): AcrossRecord[][] {
  const found = new Map<string, AcrossRecord[]>();
  for (const record of records)
    for (const key of keysOf(record)) {
      const those = found.get(key);
      if (those) those.push(record);
      else found.set(key, [record]);
    }
  return [...found.values()].filter(({ length }) => length > 1);
}

/** Whether no workshop has two people among these records. */
function isUnambiguous(records: readonly AcrossRecord[], personOf: (id: Id) => Id): boolean {
  const people = new Map<Id, Id>();
  return records.every(({ id, activityId }) => {
    const before = people.get(activityId);
    people.set(activityId, personOf(id));
    return before === undefined || before === personOf(id);
  });
}

function nameKeys({ familyName, givenName }: AcrossRecord): string[] {
  return familyName + givenName === '' ? [] : [`${fold(familyName)}, ${fold(givenName)}`];
}

/** By what a record is certainly known again in another workshop; an address tells nothing without a full name. */
function certainKeys({ familyName, givenName, email, country, institution }: AcrossRecord, names: readonly string[]): string[] {
  return names.flatMap((name) => [
    ...(email === '' || familyName === '' || givenName === '' ? [] : [`e ${fold(email)} ${name}`]),
    ...(country === '' || institution === '' ? [] : [`n ${name} ${country} ${fold(institution)}`]),
  ]);
}

/** The people of one name who may be one person, and what is known of all their records. */
interface PerhapsOnePerson {
  readonly first: Id;
  readonly workshops: Set<Id>;
  readonly countries: Set<string>;
  readonly institutions: Set<string>;
  readonly emails: Set<string>;
}

/** Joins people of one name, each with the first whom nothing contradicts. */
function joinWhoMayBeOne(namesakes: readonly AcrossRecord[], certain: Joining, perhaps: Joining): void {
  const people = new Map<Id, PerhapsOnePerson>();
  for (const record of namesakes) {
    const root = certain.rootOf(record.id);
    const known: PerhapsOnePerson = people.get(root) ?? {
      ...{ first: record.id, workshops: new Set(), countries: new Set(), institutions: new Set(), emails: new Set() },
    };
    people.set(root, known);
    known.workshops.add(record.activityId);
    if (record.country !== '') known.countries.add(record.country);
    if (record.institution !== '') known.institutions.add(record.institution);
    if (record.email !== '') known.emails.add(fold(record.email));
  }
  const found: PerhapsOnePerson[] = [];
  for (const person of people.values()) {
    const same = found.find((other) => mayBeOne(person, other) && !perhaps.areApart(person.first, other.first));
    if (!same) {
      found.push(person);
      continue;
    }
    perhaps.join(same.first, person.first);
    for (const part of ['workshops', 'countries', 'institutions', 'emails'] as const)
      for (const value of person[part]) same[part].add(value);
  }
}

function mayBeOne(one: PerhapsOnePerson, other: PerhapsOnePerson): boolean {
  if ([...one.workshops].some((workshop) => other.workshops.has(workshop))) return false;
  const contradicts = (a: ReadonlySet<string>, b: ReadonlySet<string>, differ: (x: string, y: string) => boolean): boolean =>
    a.size > 0 && b.size > 0 && [...a].every((x) => [...b].every((y) => differ(x, y)));
  const unequal = (a: string, b: string): boolean => a !== b;
  return (
    !contradicts(one.countries, other.countries, unequal) &&
    !contradicts(one.emails, other.emails, unequal) &&
    !contradicts(
      one.institutions,
      other.institutions,
      (a, b) => institutionRelation(institutionWords(a), institutionWords(b)) === 'different',
    )
  );
}
