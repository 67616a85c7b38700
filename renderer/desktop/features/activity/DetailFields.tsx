import { Checkbox, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRY_CODES, countryFootnote, countryName } from '../../../../shared/kernel/countries.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { SearchMultiSelect, TagsField } from '../../../ui/fields/SearchSelect.tsx';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { useRead } from '../../app/engine.ts';
import type { DetailField } from '../../../../shared/features/activity/form-fields.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { labelKey } from '../../../../shared/model/entity.ts';
import { filledAs, type FilledOf } from '../../../../shared/model/records.ts';
import { ACTIVITY_MODES } from '../../../../shared/model/vocabularies.ts';

export type Details = Pick<FilledOf<typeof activity>, DetailField> & { readonly title: string };

/** Fields that are drawn alike, in the order of the form. */
const LABELS = filledAs(activity, 'labels');
const LINES = filledAs(activity, 'line');
type LabelField = (typeof LABELS)[number];
type LineField = (typeof LINES)[number];

/** Projects that everybody meets; those used in other workshops are offered too. */
const KNOWN: { readonly [F in LabelField]?: readonly string[] } = {
  projects: ['GLACY+', 'GLACY-e', 'Octopus', 'CyberSouth', 'CyberEast', 'iPROCEEDS-2'],
};

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

/** The facts of a workshop to be filled in: its title, and whatever else of it is filled in. */
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
  const label = (field: keyof typeof activity.fields) => t(labelKey(activity, field));
  const used = (field: LabelField) => [...new Set([...(KNOWN[field] ?? []), ...workshops.flatMap((workshop) => workshop[field])])];
  const footnotes = details.countries.map((code) => countryFootnote(code, language)).filter((note) => note !== null);
  // A field that is drawn in no other way is missing here, and does not compile.
  const drawn: Record<Exclude<DetailField, LabelField | LineField>, ReactNode> = {
    languages: (
      <Checkbox.Group
        label={label('languages')}
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
    ),
    countries: (
      <SearchMultiSelect
        label={label('countries')}
        placeholder={details.countries.length === 0 ? t('field.countriesHint') : undefined}
        choices={countries}
        value={details.countries}
        onChange={(values) => set('countries', values)}
        error={faultOf('countries')}
        description={footnotes.length > 0 ? footnotes.join(' ') : undefined}
        nothingFoundMessage={t('field.countryNone')}
        clear={t('field.clear')}
      />
    ),
    mode: (
      <Select
        label={label('mode')}
        data={ACTIVITY_MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        value={details.mode}
        onChange={(value) => set('mode', ACTIVITY_MODES.find((mode) => mode === value) ?? 'inPerson')}
        error={faultOf('mode')}
        allowDeselect={false}
      />
    ),
  };
  return (
    <>
      <TextInput
        label={label('title')}
        value={details.title}
        onChange={(event) => set('title', event.currentTarget.value)}
        error={tried && !details.title.trim() ? t('field.titleMissing') : faultOf('title')}
        maxLength={500}
        required
        data-autofocus
      />
      {between}
      {drawn.languages}
      {drawn.countries}
      <SimpleGrid cols={2}>
        {LABELS.map((field) => (
          <TagsField
            key={field}
            label={label(field)}
            known={used(field)}
            value={details[field]}
            onChange={(values) => set(field, values)}
            error={faultOf(field)}
          />
        ))}
        {drawn.mode}
        {LINES.map((field) => (
          <TextInput
            key={field}
            label={label(field)}
            value={details[field]}
            onChange={(event) => set(field, event.currentTarget.value)}
            error={faultOf(field)}
            maxLength={500}
          />
        ))}
      </SimpleGrid>
    </>
  );
}

/** The first language stays the first: it is the documents' language. */
function keepOrder(before: readonly Language[], values: readonly string[]): Language[] {
  const chosen = LANGUAGES.filter((code) => values.includes(code));
  return [...before.filter((code) => chosen.includes(code)), ...chosen.filter((code) => !before.includes(code))];
}
