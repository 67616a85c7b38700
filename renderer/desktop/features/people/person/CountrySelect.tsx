import { useTranslation } from 'react-i18next';
import { SearchSelect } from '../../../../ui/fields/SearchSelect.tsx';
import { useCountryChoices } from '../choices.ts';

interface Props {
  /** The workshop's countries, which come first. */
  readonly countries: readonly string[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly error?: string;
  readonly description?: string;
  /** Left out: *Country*. */
  readonly label?: string;
  onChange(country: string | null): void;
}

/** A country, or none. */
export function CountrySelect({ countries, ...field }: Props) {
  const { t } = useTranslation('people');
  const choices = useCountryChoices(countries);
  return (
    <SearchSelect label={t('field.country')} choices={choices} nothingFoundMessage={t('country.none')} clear={t('clear')} {...field} />
  );
}
