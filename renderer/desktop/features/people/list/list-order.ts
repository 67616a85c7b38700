import { LIST_COLUMNS } from '../../../../../shared/features/people/list-columns.ts';
import type { Person } from '../find-people.ts';

/** The columns that a list of people can be put in the order of. */
export const ORDERS = ['name', ...LIST_COLUMNS] as const;
export type Order = (typeof ORDERS)[number];

/** A column and its direction; null: the list's own order. */
export interface Sorting {
  readonly by: Order;
  readonly down: boolean;
}

/** Returns the order after the next press on a column's heading: up, down, and the list's own order again. */
export function nextSorting(before: Sorting | null, by: Order): Sorting | null {
  if (before?.by !== by) return { by, down: false };
  return before.down ? null : { by, down: true };
}

/** The words by which people are put in order; '' where nothing is recorded. */
export type OrderWords = (person: Person, by: Order) => string;

/** People in the order of a column, by the words shown; those of whom it says nothing stand last, either way, and equals in the list's own order. */
export function inOrderOf(
  people: readonly Person[],
  sorting: Sorting | null,
  words: OrderWords,
  compare: (a: string, b: string) => number,
): readonly Person[] {
  if (!sorting) return people;
  const worded = people.map((person) => ({ person, text: words(person, sorting.by) }));
  return worded
    .toSorted((a, b) => {
      if ((a.text === '') !== (b.text === '')) return a.text === '' ? 1 : -1;
      return sorting.down ? compare(b.text, a.text) : compare(a.text, b.text);
    })
    .map(({ person }) => person);
}

/** The groups that a list can be narrowed to, beside a search. */
export const NARROWINGS = ['toComplete', 'homonyms', 'differ'] as const;
export type Narrowing = (typeof NARROWINGS)[number];

const ASKED: Readonly<Record<Narrowing, (person: Person) => boolean>> = {
  toComplete: ({ complete }) => !complete,
  homonyms: ({ homonym }) => homonym,
  differ: ({ apart }) => apart.length > 0,
};

/** The people of whom all of these hold. */
export function narrowedTo(people: readonly Person[], narrowings: ReadonlySet<Narrowing>): readonly Person[] {
  return narrowings.size === 0 ? people : people.filter((person) => [...narrowings].every((one) => ASKED[one](person)));
}
