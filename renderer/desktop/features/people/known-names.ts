import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFormats } from '../../../ui/formats.ts';
import { useRead } from '../../app/engine.ts';
import type { Person } from './find-people.ts';
import { fullName } from './person/person-words.ts';

type Named = Pick<Person, 'familyName' | 'givenName' | 'institution' | 'country'>;

/** Says somebody's name with institution and country: homonyms are told apart by these. */
export function useRecordName(): (person: Named) => string {
  const { t } = useTranslation('intake');
  const format = useFormats();
  return useMemo(() => {
    // The words of thousands of people: each sentence is asked for once, with signs that no sentence holds where its values go.
    const marks = { name: '\uE001', institution: '\uE002', about: '\uE002', country: '\uE003' };
    const sentences = { both: t('known.both', marks), one: t('known.one', marks) };
    const say = (sentence: keyof typeof sentences, values: readonly string[]): string =>
      sentences[sentence].replace(/[\uE001-\uE003]/g, (mark) => values[mark.charCodeAt(0) - 0xe001] ?? '');
    return (person: Named) => {
      const [name, { institution, country }] = [fullName(person), person];
      const place = country === null ? '' : format.country(country);
      if (institution !== '' && place !== '') return say('both', [name, institution, place]);
      return institution === '' && place === '' ? name : say('one', [name, institution || place]);
    };
  }, [t, format]);
}

/** The people of a workshop by name, with institution and country, for *the same as*. */
export function useKnownNames(activityId: Id): readonly { readonly id: Id; readonly name: string }[] {
  const nameOf = useRecordName();
  const people = useRead('people.list', { activityId }).data;
  return useMemo(() => (people ?? []).map((person) => ({ id: person.id, name: nameOf(person) })), [people, nameOf]);
}
