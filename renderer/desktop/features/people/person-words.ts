import type { Person } from './find-people.ts';

/** A name as people of the list write it: family name as given, then the given name. */
export function fullName(person: Pick<Person, 'familyName' | 'givenName'>): string {
  return `${person.familyName} ${person.givenName}`.trim();
}

/** How many a list holds, how many are still to complete, how many share a name with another. */
export function listFigures(people: readonly Person[]): { readonly count: number; readonly toComplete: number; readonly homonyms: number } {
  return {
    count: people.length,
    toComplete: people.filter(({ complete }) => !complete).length,
    homonyms: people.filter(({ homonym }) => homonym).length,
  };
}
