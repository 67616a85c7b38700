import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRY_CODES, countryFootnote, countryName } from '../../../../shared/kernel/countries.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { SearchMultiSelect, TagsField } from '../../../ui/fields/SearchSelect.tsx';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { useRead } from '../../app/engine.ts';
import { MODES, type Mode } from '../../../../shared/model/vocabularies.ts';

export interface Details {
  readonly title: string;
  readonly languages: Language[];
  readonly countries: string[];
  readonly projects: string[];
  readonly partners: string[];
  readonly mode: Mode;
  readonly place: string;
}

/** Projects that everybody meets; those used in other workshops are offered too. */
const KNOWN_PROJECTS = ['GLACY+', 'GLACY-e', 'Octopus', 'CyberSouth', 'CyberEast', 'iPROCEEDS-2'];

interface Props {
  readonly details: Details;
  readonly change: (details: Details) => void;
  /** What is said under a field whose value cannot be read; left out: of a new workshop all can. */
  readonly faultOf?: (field: keyof Details) => string | undefined;
  /** Shows what is missing. */
  readonly tried: boolean;
  /** What stands between the title and the rest. */
  readonly between?: ReactNode;
}

/** What a workshop is: title, languages, countries, project, partners, mode, place. */
export function DetailFields({ details, change, faultOf = () => undefined, tried, between }: Props) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const format = useFormats();
  const workshops = useRead('activity.list', {}).data ?? [];
  const countries = useMemo(
    () =>
      COUNTRY_CODES.map((code) => ({ value: code, label: countryName(code, language) })).sort((a, b) => format.compare(a.label, b.label)),
    [language, format],
  );
  const set = <K extends keyof Details>(key: K, value: Details[K]) => change({ ...details, [key]: value });
  const used = (key: 'projects' | 'partners', known: readonly string[]) => [
    ...new Set([...known, ...workshops.flatMap((workshop) => workshop[key])]),
  ];
  const footnotes = details.countries.map((code) => countryFootnote(code, language)).filter((note) => note !== null);
  return (
    <>
      <TextInput
        label={t('field.title')}
        value={details.title}
        onChange={(event) => set('title', event.currentTarget.value)}
        error={tried && !details.title.trim() ? t('field.titleMissing') : faultOf('title')}
        maxLength={500}
        required
        data-autofocus
      />
      {between}
      <Checkbox.Group
        label={t('field.languages')}
        description={t('field.languagesHint')}
        value={details.languages}
        onChange={(values) => set('languages', keepOrder(details.languages, values))}
        error={tried && details.languages.length === 0 ? t('field.languagesMissing') : faultOf('languages')}
        size="md"
      >
        <Group mt="xs" gap="lg">
          {LANGUAGES.map((code) => (
            <Checkbox key={code} value={code} label={LANGUAGE_NAMES[code]} />
          ))}
        </Group>
      </Checkbox.Group>
      <SearchMultiSelect
        label={t('field.countries')}
        placeholder={details.countries.length === 0 ? t('field.countriesHint') : undefined}
        choices={countries}
        value={details.countries}
        onChange={(values) => set('countries', values)}
        error={faultOf('countries')}
        description={footnotes.length > 0 ? footnotes.join(' ') : undefined}
        nothingFoundMessage={t('field.countryNone')}
        clear={t('field.clear')}
      />
      <Group grow align="flex-start">
        <TagsField
          label={t('field.projects')}
          known={used('projects', KNOWN_PROJECTS)}
          value={details.projects}
          onChange={(values) => set('projects', values)}
          error={faultOf('projects')}
        />
        <TagsField
          label={t('field.partners')}
          known={used('partners', [])}
          value={details.partners}
          onChange={(values) => set('partners', values)}
          error={faultOf('partners')}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('field.mode')}
          data={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          value={details.mode}
          onChange={(value) => set('mode', MODES.find((mode) => mode === value) ?? 'inPerson')}
          error={faultOf('mode')}
          allowDeselect={false}
        />
        <TextInput
          label={t('field.place')}
          value={details.place}
          onChange={(event) => set('place', event.currentTarget.value)}
          error={faultOf('place')}
          maxLength={500}
        />
      </Group>
    </>
  );
}

/** The first language stays the first: it is the documents' language. */
function keepOrder(before: readonly Language[], values: readonly string[]): Language[] {
  const chosen = LANGUAGES.filter((code) => values.includes(code));
  return [...before.filter((code) => chosen.includes(code)), ...chosen.filter((code) => !before.includes(code))];
}
