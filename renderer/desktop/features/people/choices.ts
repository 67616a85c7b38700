import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRY_CODES, countryName } from '../../../../shared/kernel/countries.ts';
import type { PersonField } from '../../../../shared/features/people/rules.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { Choice, Choices } from '../../../../shared/kernel/typed-choice.ts';
import { participant } from '../../../../shared/model/people.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';

/** Every country by its name in the window's language; those of the workshop stand first, under their own heading. */
export function useCountryChoices(workshop: readonly string[]): Choices {
  const { t } = useTranslation('people');
  const language = useLanguage();
  const format = useFormats();
  return useMemo(() => {
    const choice = (code: string): Choice => ({ value: code, label: countryName(code, language) });
    const sorted = (codes: readonly string[]) => codes.map(choice).sort((a, b) => format.compare(a.label, b.label));
    const others = sorted(COUNTRY_CODES.filter((code) => !workshop.includes(code)));
    return workshop.length === 0
      ? others
      : [
          { group: t('country.workshop'), items: sorted(workshop) },
          { group: t('country.others'), items: others },
        ];
  }, [workshop, t, language, format]);
}

/** The words of which a field of a person holds one, in the window's language; none where it holds no word of a list. */
export function useWordChoices(field: PersonField): Choice[] {
  const { t } = useTranslation('people');
  return useMemo(() => {
    const { input, words } = participant.fields[field];
    const label = (word: string): string =>
      input === 'language' ? LANGUAGE_NAMES[word as Language] : t(`${field}.${word}` as 'sex.female');
    return (words ?? []).map((value) => ({ value, label: label(value) }));
  }, [field, t]);
}
