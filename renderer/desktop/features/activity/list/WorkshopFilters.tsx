import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { memo, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { isNarrowed, UNNARROWED, WORKSHOP_STATES, yearsIn } from '../../../../../shared/features/activity/workshop-list.ts';
import { ACTIVITY_MODES } from '../../../../../shared/model/vocabularies.ts';
import { useFormats } from '../../../../ui/formats.ts';
import { SearchIcon } from '../../../../ui/theme/icons.tsx';
import { SearchSelect } from '../../../../ui/fields/SearchSelect.tsx';
import type { Answer } from '../../../app/engine.ts';
import { SingleKey } from '../../../app/keyboard/single-keys.tsx';
import { useListChoice } from './list-choice.ts';
import classes from './WorkshopsPage.module.css';

interface Props {
  readonly workshops: readonly Answer<'activity.list'>[number][];
  /** How many of them are shown. */
  readonly found: number;
  /** How many more would be, were they not put away. */
  readonly archived: number;
  /** Goes to the first one that is shown. */
  onDown(): void;
}

/** The filters of the list of workshops, and to how many it is. */
export function WorkshopFilters({ workshops, found, archived, onDown }: Props) {
  const { t } = useTranslation('activity');
  const { choice, change } = useListChoice();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') change({ text: '' });
    else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      onDown();
    }
  };
  return (
    <div role="search">
      <div className={classes.filters}>
        <TextInput
          type="search"
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          leftSection={<SearchIcon size={18} />}
          rightSection={
            choice.text === '' ? (
              <SingleKey>/</SingleKey>
            ) : (
              <CloseButton aria-label={t('field.clear')} onClick={() => change({ text: '' })} />
            )
          }
          value={choice.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
          onKeyDown={press}
          className={classes.search}
        />
        <Choices workshops={workshops} />
      </div>
      <div className={classes.figures}>
        <span role="status">
          {isNarrowed(choice) ? t('list.found', { count: found, of: workshops.length }) : t('list.all', { count: found })}
        </span>
        {isNarrowed(choice) && (
          <Button variant="subtle" size="compact-md" onClick={() => change(UNNARROWED)}>
            {t('list.showAll')}
          </Button>
        )}
        {archived > 0 && (
          <Button variant="subtle" size="compact-md" onClick={() => change({ state: 'archived' })}>
            {t('list.alsoArchived', { count: archived })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** All but the search: not drawn anew with every key that is typed in it. */
const Choices = memo(function Choices({ workshops }: Pick<Props, 'workshops'>) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const change = useListChoice((kept) => kept.change);
  const { state, year, country, project, mode } = useListChoice(useShallow(({ choice: { text: _typed, ...others } }) => others));
  const projects = [...new Set(workshops.flatMap((workshop) => workshop.projects))].sort(format.compare);
  const countries = [...new Set(workshops.flatMap((workshop) => workshop.countries))]
    .map((code) => ({ value: code, label: format.country(code) }))
    .sort((a, b) => format.compare(a.label, b.label));
  return (
    <>
      <Select
        aria-label={t('list.state')}
        placeholder={t('list.state')}
        data={WORKSHOP_STATES.map((value) => ({ value, label: t(`list.states.${value}`) }))}
        value={state}
        onChange={(value) => change({ state: WORKSHOP_STATES.find((known) => known === value) ?? null })}
        clearable
      />
      <Select
        aria-label={t('list.year')}
        placeholder={t('list.year')}
        data={yearsIn(workshops)}
        value={year}
        onChange={(year) => change({ year })}
        clearable
      />
      <SearchSelect
        aria-label={t('list.country')}
        placeholder={t('list.country')}
        choices={countries}
        value={country}
        onChange={(country) => change({ country })}
        nothingFoundMessage={t('field.countryNone')}
        clear={t('field.clear')}
      />
      <Select
        aria-label={t('list.project')}
        placeholder={t('list.project')}
        data={projects}
        value={project}
        onChange={(project) => change({ project })}
        clearable
      />
      <Select
        aria-label={t('field.mode')}
        placeholder={t('field.mode')}
        data={ACTIVITY_MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
        value={mode}
        onChange={(mode) => change({ mode })}
        clearable
      />
    </>
  );
});
