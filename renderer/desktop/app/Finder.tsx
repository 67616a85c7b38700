import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold, textIn } from '../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../ui/formats.ts';
import { useFocusReturn } from '../../ui/return-focus.ts';
import { LibraryIcon, PlusIcon, SearchIcon, SlidesIcon, WorkshopsIcon } from '../../ui/icons.tsx';
import { openMaterial } from '../features/material/open.ts';
import { useRead } from './engine.ts';
import { PLACES } from './keys.ts';
import { useView } from './view.ts';
import classes from './Finder.module.css';

const SHOWN = 8;
const [store, finder] = createSpotlight();

/** Finds and opens anything: places, workshops, courses, materials. */
export function Finder({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('app');
  useEffect(() => finder.open(), []);
  useFocusReturn();
  const language = useLanguage();
  const format = useFormats();
  const readableTitle = useReadableTitle();
  const go = useView((state) => state.go);
  const [query, setQuery] = useState('');
  const workshops = useRead('activity.list', {}).data ?? [];
  const courses = useRead('course.list', {}).data ?? [];
  const materials = useRead('material.search', { text: query }, { enabled: query.trim().length > 1, keep: true }).data ?? [];
  const wanted = fold(query);
  const matches = (text: string) => fold(text).includes(wanted);
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('find.workshops'),
      actions: workshops
        .map((workshop) => ({ workshop, label: readableTitle(workshop, textIn(workshop.title, language)) }))
        .filter(({ workshop, label }) => matches(`${label} ${workshop.projects.join(' ')} ${workshop.place}`))
        .slice(0, SHOWN)
        .map(({ workshop, label }) => ({
          id: workshop.id,
          label,
          description: format.days(workshop.start, workshop.end),
          leftSection: <WorkshopsIcon />,
          onClick: () => go({ page: 'workshop', id: workshop.id, tab: 'agenda' }),
        })),
    },
    {
      group: t('find.courses'),
      actions: courses
        .map((course) => ({ course, label: readableTitle(course, textIn(course.title, language)) }))
        .filter(({ course, label }) => matches(`${label} ${course.code}`))
        .slice(0, SHOWN)
        .map(({ course, label }) => ({
          id: course.id,
          label,
          leftSection: <LibraryIcon />,
          onClick: () => go({ page: 'course', id: course.id }),
        })),
    },
    {
      group: t('find.materials'),
      actions: (wanted ? materials : []).slice(0, SHOWN).map((material) => ({
        id: material.id,
        label: readableTitle(material, textIn(material.title, language)),
        leftSection: <SlidesIcon />,
        onClick: () => void openMaterial(material.id, language),
      })),
    },
    {
      group: t('find.places'),
      actions: [
        ...PLACES.map((place) => ({ id: place, label: t(`place.${place}`), leftSection: undefined, onClick: () => go({ page: place }) })),
        { id: 'bin', label: t('place.bin'), leftSection: undefined, onClick: () => go({ page: 'bin' }) },
        {
          id: 'create',
          label: t('find.newWorkshop'),
          leftSection: <PlusIcon />,
          onClick: () => go({ page: 'workshops', create: true }),
        },
      ].filter((action) => matches(action.label)),
    },
  ];
  return (
    <Spotlight
      store={store}
      onSpotlightClose={close}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      filter={(_query, actions) => actions}
      actions={groups.filter((group) => group.actions.length > 0)}
      nothingFound={t('find.nothing')}
      searchProps={{ leftSection: <SearchIcon />, placeholder: t('find.placeholder'), 'aria-label': t('find.open') }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      classNames={{ actionsGroup: classes.group!, search: classes.search!, action: classes.action! }}
      transitionProps={{ duration: 120 }}
      size={680}
      attributes={{ content: { 'aria-label': t('find.open') } }}
      scrollable
      maxHeight={440}
    />
  );
}
