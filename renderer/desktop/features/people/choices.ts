import type { ComboboxParsedItem, OptionsFilter } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRY_CODES, countryName } from '../../../../shared/kernel/countries.ts';
import { fold, LANGUAGES } from '../../../../shared/kernel/text.ts';
import { PROFESSIONS, SEXES } from '../../../../shared/model/vocabularies.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Every country by its name in the window's language; those of the workshop stand first, under their own heading. */
export function useCountryChoices(workshop: readonly string[]): (Choice | { group: string; items: Choice[] })[] {
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

/** Finds *Côte d'Ivoire* by *cote d ivoire*, within groups too. */
export const foldedFilter: OptionsFilter = ({ options, search }) => {
  const wanted = plain(search);
  const fits = (choice: { readonly label: string }) => plain(choice.label).includes(wanted);
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('items' in option)) return fits(option) ? [option] : [];
    const items = option.items.filter(fits);
    return items.length > 0 ? [{ ...option, items }] : [];
  });
};

/** The one country that a typed text means: the one of that name, else the only one in whose name it stands; null where it may mean several, or none. */
export function countryTyped(choices: readonly (Choice | { readonly items: readonly Choice[] })[], typed: string): string | null {
  const wanted = plain(typed).trim();
  if (wanted === '') return null;
  const all = choices.flatMap((choice): readonly Choice[] => ('items' in choice ? choice.items : [choice]));
  const named = all.filter(({ label }) => plain(label) === wanted);
  const fitting = named.length > 0 ? named : all.filter(({ label }) => plain(label).includes(wanted));
  return fitting.length === 1 ? fitting[0]!.value : null;
}

function plain(text: string): string {
  return fold(text).replaceAll(/['-]/g, ' ');
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
