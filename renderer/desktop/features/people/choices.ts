import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRY_CODES, countryName } from '../../../../shared/kernel/countries.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import type { Choice, Choices } from '../../../../shared/kernel/typed-choice.ts';
import { PROFESSIONS, SEXES } from '../../../../shared/model/vocabularies.ts';
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

export function useProfessionChoices(): Choice[] {
  const { t } = useTranslation('people');
  return useMemo(() => PROFESSIONS.map((value) => ({ value, label: t(`profession.${value}`) })), [t]);
}

export function useSexChoices(): Choice[] {
  const { t } = useTranslation('people');
  return useMemo(() => SEXES.map((value) => ({ value, label: t(`sex.${value}`) })), [t]);
}

export const LANGUAGE_CHOICES: Choice[] = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));
