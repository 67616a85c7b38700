import type { Id } from '../../../kernel/ids.ts';
import { fold } from '../../../kernel/text.ts';
import { comparedName, nameRelation } from '../../intake/names.ts';
import { indexPeople, type KnownIdentity, type PeopleIndex, type PersonEvidence } from '../../intake/people-index.ts';
import { whoIs, type Candidate } from '../../intake/who.ts';
import type { SheetPerson } from './sheet-rows.ts';

/** The person that a row of a sheet names. `unknown`: nobody of the workshop; `ask`: one of several, or against the name in the row. */
export type RowPerson =
  | { readonly is: 'same'; readonly id: Id; readonly why: string }
  | { readonly is: 'ask'; readonly why: string; readonly candidates: readonly Pick<Candidate, 'id' | 'why'>[] }
  | { readonly is: 'unknown'; readonly why: string; readonly candidates: readonly Pick<Candidate, 'id' | 'why'>[] };

/** The evidence by which the people of a workshop are found. */
export interface SheetPeopleContext {
  /** In the list's order. */
  readonly people: readonly KnownIdentity[];
  /** A number that nobody bears is a place in the list. */
  readonly byPlace: boolean;
}

/**
 * Finds the people whom rows name: by names and addresses as everywhere (`whoIs`); a row that has nothing but a number by the number of the workshop's list, with
 * or without its leading zeros, or, where that list numbers nobody, by its place in the list. A number with somebody else's name is asked about.
 */
export class SheetPeople {
  readonly #index: PeopleIndex;
  readonly #people: readonly KnownIdentity[];
  readonly #byPlace: boolean;
  readonly #byRef = new Map<string, Id | null>();
  readonly #byBareRef = new Map<string, Id | null>();
  readonly #ids: ReadonlySet<Id>;

  constructor({ people, byPlace }: SheetPeopleContext, rows: readonly SheetPerson[]) {
    this.#index = indexPeople(
      people,
      rows.map(({ evidence }) => evidence),
    );
    this.#people = people;
    this.#byPlace = byPlace;
    this.#ids = new Set(people.map(({ id }) => id));
    for (const { id, ref } of people) {
      if (!ref) continue;
      once(this.#byRef, fold(ref), id);
      once(this.#byBareRef, bare(ref), id);
    }
  }

  find({ evidence, number }: SheetPerson): RowPerson {
    const ref = this.#writtenRef(evidence.ref ?? '');
    const isNamed = [evidence.familyName, evidence.givenName, evidence.wholeName, evidence.email].some(
      (text) => text !== undefined && text !== '',
    );
    if (!isNamed) return this.#numbered(ref || number);
    const own = this.#people.find(({ id }) => id === evidence.ref);
    if (own) return this.#named(own, evidence);
    const who = whoIs({ ...evidence, ref }, this.#index, { expected: true });
    if (who.is === 'same') return { is: 'same', id: who.id, why: who.why };
    if (who.is === 'ask' && who.why === 'person.homonyms') {
      // Of people of one name the number decides that one of them bears.
      const numbered = who.candidates.filter(({ id }) => this.#byRef.get(fold(ref || number)) === id);
      if (numbered.length === 1) return { is: 'same', id: numbered[0]!.id, why: 'names.ref' };
    }
    if (who.is === 'ask') return { is: 'ask', why: who.why, candidates: who.candidates };
    return { is: 'unknown', why: 'person.unknown', candidates: who.near.map((id) => ({ id, why: 'person.nameSimilar' as const })) };
  }

  /** A row with somebody's id, as Itinera writes it where the list has no number. */
  #named(person: KnownIdentity, evidence: PersonEvidence): RowPerson {
    const [written, known] = [
      comparedName(evidence),
      comparedName({ familyName: person.familyName ?? '', givenName: person.givenName ?? '' }),
    ];
    const isOther = written !== null && known !== null && nameRelation(written, known) === 'other';
    return isOther
      ? { is: 'ask', why: 'ref.otherPerson', candidates: [{ id: person.id, why: 'ref.otherPerson' }] }
      : { is: 'same', id: person.id, why: 'names.ref' };
  }

  /** The number as the workshop's list writes it: `1` for `001` where that is the only reading. */
  #writtenRef(ref: string): string {
    if (ref === '' || this.#byRef.has(fold(ref))) return ref;
    const id = this.#byBareRef.get(bare(ref));
    return id ? (this.#people.find((person) => person.id === id)?.ref ?? ref) : ref;
  }

  #numbered(text: string): RowPerson {
    if (this.#ids.has(text as Id)) return { is: 'same', id: text as Id, why: 'ref' };
    const ref = this.#byRef.get(fold(text)) ?? (this.#byRef.has(fold(text)) ? null : this.#byBareRef.get(bare(text)));
    if (ref) return { is: 'same', id: ref, why: 'ref' };
    if (ref === null) {
      const candidates = this.#people
        .filter((person) => bare(person.ref ?? '') === bare(text))
        .map(({ id }) => ({ id, why: 'ref.alone' as const }));
      return { is: 'ask', why: 'person.ambiguous', candidates };
    }
    const place = /^\d{1,5}$/.test(text) ? this.#people[Number(text) - 1] : undefined;
    if (!place) return { is: 'unknown', why: 'person.unknown', candidates: [] };
    return this.#byPlace
      ? { is: 'same', id: place.id, why: 'person.place' }
      : { is: 'ask', why: 'person.place', candidates: [{ id: place.id, why: 'ref.alone' }] };
  }
}

/** Whether rows name people by nothing but numbers which nobody of the workshop bears, each of them a place in its list. */
export function areListPlaces(rows: readonly SheetPerson[], people: readonly KnownIdentity[]): boolean {
  const numbers = rows.filter(({ evidence }) =>
    [evidence.familyName, evidence.givenName, evidence.wholeName, evidence.email].every((text) => text === undefined || text === ''),
  );
  const refs = new Set(people.flatMap(({ ref }) => (ref ? [bare(ref)] : [])));
  const said = numbers.map(({ evidence, number }) => evidence.ref || number);
  return (
    said.length > 0 &&
    said.every((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= people.length) &&
    said.every((text) => !refs.has(bare(text)))
  );
}

function once(found: Map<string, Id | null>, key: string, id: Id): void {
  found.set(key, found.has(key) ? null : id);
}

function bare(ref: string): string {
  return fold(ref)
    .replace(/^0+(?=\d)/, '')
    .replace(/[.)°º]+$/u, '');
}
