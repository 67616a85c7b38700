import { Select } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { countryTyped, foldedFilter, useCountryChoices } from './choices.ts';

interface Props {
  /** The workshop's countries, which come first. */
  readonly countries: readonly string[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly error?: string;
  onChange(country: string | null): void;
}

/** A country: what was typed and fits one alone is taken when the field is left, or on Enter. */
export function CountrySelect({ countries, value, placeholder, error, onChange }: Props) {
  const { t } = useTranslation('people');
  const choices = useCountryChoices(countries);
  const [typed, setTyped] = useState('');
  /** Whether another country was meant than the one that is chosen. */
  const take = (): boolean => {
    const meant = countryTyped(choices, typed);
    if (meant === null || meant === value) return false;
    onChange(meant);
    return true;
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    // With an option at hand, by the arrows, Enter takes that one.
    if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return;
    if (take()) event.preventDefault();
  };
  return (
    <Select
      label={t('field.country')}
      placeholder={placeholder}
      data={choices}
      filter={foldedFilter}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      onBlur={take}
      onKeyDown={press}
      nothingFoundMessage={t('country.none')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      maxDropdownHeight={280}
      {...(error !== undefined && { error })}
    />
  );
}
