import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldWords, type FieldWords } from '../../../../../shared/features/people/field-words.ts';
import { useFormats } from '../../../../ui/formats.ts';
import type { Person } from '../find-people.ts';

/** A name as people of the list write it: family name as given, then the given name. */
export function fullName(person: Pick<Person, 'familyName' | 'givenName'>): string {
  return `${person.familyName} ${person.givenName}`.trim();
}

/** The same, or `notReadable` where somebody has a name that cannot be read. */
export function nameShown(person: Pick<Person, 'familyName' | 'givenName' | 'unreadable'>, notReadable: string): string {
  const name = fullName(person);
  return name === '' && person.unreadable.some((field) => field === 'familyName' || field === 'givenName') ? notReadable : name;
}

/** Gives somebody's name as it is shown in the window's language. */
export function useNameShown(): (person: Pick<Person, 'familyName' | 'givenName' | 'unreadable'>) => string {
  const { t } = useTranslation('app');
  return (person) => nameShown(person, t('notReadable'));
}

/** How many a list holds, how many are still to complete, how many share a name with another, of how many the records differ. */
export function listFigures(people: readonly Person[]): Readonly<Record<'count' | 'toComplete' | 'homonyms' | 'differ', number>> {
  return {
    count: people.length,
    toComplete: people.filter(({ complete }) => !complete).length,
    homonyms: people.filter(({ homonym }) => homonym).length,
    differ: people.filter(({ apart }) => apart.length > 0).length,
  };
}

/** Says the values of a person's fields in the window's language. */
export function useFieldWords(): FieldWords {
  const { t } = useTranslation('people');
  const format = useFormats();
  return useMemo(() => fieldWords((key, values) => t(key as 'sex.female', { ...values }), format), [t, format]);
}
