import { PROFESSIONS, SEXES } from '../../model/vocabularies.ts';

/** A participant as a report counts one. */
export interface CountedPerson {
  readonly sex: string;
  readonly profession: string | null;
  readonly country: string | null;
}

export interface Count {
  readonly key: string;
  readonly count: number;
}

/** The key of what nobody recorded; it is said, and never 0 of something. */
export const NOT_RECORDED = 'notRecorded';

const SEX_ORDER: readonly string[] = [...SEXES, NOT_RECORDED];
const PROFESSION_ORDER: readonly string[] = [...PROFESSIONS, NOT_RECORDED];

/** Heads by sex; only what occurs. */
export function bySex(people: readonly CountedPerson[]): Count[] {
  return counted(people.map(sexOf), (key) => rank(SEX_ORDER, key));
}

/** Heads by profession, in the vocabulary's order; only what occurs. */
export function byProfession(people: readonly CountedPerson[]): Count[] {
  return counted(people.map(professionOf), (key) => rank(PROFESSION_ORDER, key));
}

/** Heads by profession and sex, keys `judge/female`. */
export function byProfessionSex(people: readonly CountedPerson[]): Count[] {
  return counted(
    people.map((person) => `${professionOf(person)}/${sexOf(person)}`),
    (key) => {
      const [profession, sex] = key.split('/');
      return rank(PROFESSION_ORDER, profession!) * 100 + rank(SEX_ORDER, sex!);
    },
  );
}

/** Heads by country, in no order that means anything: the caller sorts by the names in its language. */
export function byCountry(people: readonly CountedPerson[]): Count[] {
  return counted(
    people.map((person) => person.country ?? NOT_RECORDED),
    (key) => (key === NOT_RECORDED ? 1 : 0),
  );
}

/** How many countries people come from; *not recorded* is none. */
export function countries(people: readonly CountedPerson[]): number {
  return new Set(people.flatMap((person) => person.country ?? [])).size;
}

function sexOf(person: CountedPerson): string {
  return person.sex === '' ? NOT_RECORDED : person.sex;
}

function professionOf(person: CountedPerson): string {
  return person.profession ?? NOT_RECORDED;
}

function counted(keys: readonly string[], order: (key: string) => number): Count[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).toSorted((a, b) => order(a.key) - order(b.key) || (a.key < b.key ? -1 : 1));
}

function rank(order: readonly string[], key: string): number {
  const place = order.indexOf(key);
  return place < 0 ? order.length : place;
}
