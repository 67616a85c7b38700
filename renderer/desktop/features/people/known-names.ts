import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFormats } from '../../../ui/formats.ts';
import { useRead } from '../../app/engine.ts';

/** The people of a workshop by name, with institution and country, for *the same as*: homonyms are told apart by these. */
export function useKnownNames(activityId: Id): readonly { readonly id: Id; readonly name: string }[] {
  const { t } = useTranslation('intake');
  const format = useFormats();
  const people = useRead('people.list', { activityId }).data;
  return useMemo(
    () =>
      (people ?? []).map(({ id, familyName, givenName, institution, country }) => {
        const name = [familyName, givenName].filter((part) => part !== '').join(' ');
        const place = country === null ? '' : format.country(country);
        if (institution !== '' && place !== '') return { id, name: t('known.both', { name, institution, country: place }) };
        return { id, name: institution === '' && place === '' ? name : t('known.one', { name, about: institution || place }) };
      }),
    [people, t, format],
  );
}
