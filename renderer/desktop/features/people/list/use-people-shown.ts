import { useDeferredValue, useMemo, useState } from 'react';
import { recordedValue } from '../../../../../shared/features/people/field-words.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useFormats } from '../../../../ui/formats.ts';
import { useFoundPeople, type Person } from '../find-people.ts';
import { fullName, useFieldWords } from '../person/person-words.ts';
import { inOrderOf, narrowedTo, type Narrowing, type Order, type OrderWords, type Sorting } from './list-order.ts';

interface PeopleShown {
  readonly typed: string;
  setTyped(text: string): void;
  /** False: the list is that of an earlier text. */
  readonly isCurrent: boolean;
  readonly narrowings: ReadonlySet<Narrowing>;
  setNarrowings(next: ReadonlySet<Narrowing>): void;
  /** By what the list is in order; null: as the engine has it. */
  readonly sorted: Sorting | null;
  setSorting(next: Sorting | null): void;
  readonly found: readonly Person[];
  /** Those who can be selected, in the list's order. */
  readonly order: readonly Id[];
}

/** Who is in the list and in which order: what is looked for, what it is narrowed to, and the column that it is sorted by. */
export function usePeopleShown(people: readonly Person[], columns: readonly Order[]): PeopleShown {
  const format = useFormats();
  const valueWords = useFieldWords();
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  // By a column that is not shown nothing is in order.
  const sorted = sorting !== null && (sorting.by === 'name' || columns.includes(sorting.by)) ? sorting : null;
  const [narrowings, setNarrowings] = useState<ReadonlySet<Narrowing>>(new Set());
  // A key is on screen before the list that it leads to.
  const sought = useDeferredValue(typed);
  const named = useFoundPeople(people, sought);
  const found = useMemo(() => {
    const words: OrderWords = (person, by) => {
      if (by === 'name') return fullName(person);
      const value = recordedValue(by, person[by]);
      return value === null ? '' : valueWords(by, value);
    };
    return inOrderOf(narrowedTo(named, narrowings), sorted, words, format.compare);
  }, [named, narrowings, sorted, format, valueWords]);
  const order = useMemo(() => found.flatMap(({ id, erased }) => (erased ? [] : [id])), [found]);
  return { typed, setTyped, isCurrent: sought === typed, narrowings, setNarrowings, sorted, setSorting, found, order };
}
