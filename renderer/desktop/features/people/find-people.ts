import { useMemo } from 'react';
import type { Language } from '../../../../shared/kernel/text.ts';
import { FORM_FIELDS } from '../../../../shared/features/people/rules.ts';
import type { Input } from '../../../../shared/model/entity.ts';
import { participant } from '../../../../shared/model/people.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { countryName } from '../../../../shared/kernel/countries.ts';
import { useLanguage } from '../../../ui/formats.ts';
import type { Answer } from '../../app/engine.ts';

export type Person = Answer<'people.list'>[number];

/** Returns the text that a person is found by: names in either order, the country in the window's language, and whatever else is written of them; what is chosen from a list finds too many. */
export function searchText(person: Person, language: Language): string {
  const said = FORM_FIELDS.filter((field) => !CHOSEN.has(participant.fields[field].input)).map((field) => {
    const value = person[field] ?? '';
    return field === 'country' && value !== '' ? countryName(value, language) : value;
  });
  return fold([...said, person.familyName].join(' '));
}

const CHOSEN: ReadonlySet<Input> = new Set(['choice', 'language', 'consent']);

/** Tells whether every word typed occurs in a person's search text; nothing typed finds everybody. */
export function finder(typed: string): (text: string) => boolean {
  const words = fold(typed).split(' ');
  return (text) => words.every((word) => text.includes(word));
}

/** Whom Enter goes to among those found: the first of whose names one begins with what was typed, else the first. */
export function firstMeant<P extends Pick<Person, 'familyName' | 'givenName'>>(found: readonly P[], typed: string): P | undefined {
  const text = fold(typed);
  return found.find(({ familyName, givenName }) => [familyName, givenName].some((name) => fold(name).startsWith(text))) ?? found[0];
}

/** The people that a search finds, in the list's order; never of an earlier text, for Enter goes to one of them (`firstMeant`). */
export function useFoundPeople(people: readonly Person[], typed: string): readonly Person[] {
  const language = useLanguage();
  const texts = useMemo(() => people.map((person) => searchText(person, language)), [people, language]);
  return useMemo(() => {
    if (typed.trim() === '') return people;
    const isFound = finder(typed);
    return people.filter((_, index) => isFound(texts[index] ?? ''));
  }, [people, texts, typed]);
}
