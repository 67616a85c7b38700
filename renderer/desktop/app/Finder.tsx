import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inList, planDay } from '../../../shared/features/activity/day-plan.ts';
import { fold, textIn } from '../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../ui/formats.ts';
import { useFocusReturn } from '../../ui/return-focus.ts';
import { LibraryIcon, PeopleIcon, PlusIcon, SearchIcon, SlidesIcon, WorkshopsIcon } from '../../ui/icons.tsx';
import { openMaterial } from '../features/material/open.ts';
import { useNameShown } from '../features/people/person-words.ts';
import { today } from './clock.ts';
import { useRead } from './engine.ts';
import { PLACES } from './keys.ts';
import { useView } from './view.ts';
import classes from './Finder.module.css';

const SHOWN = 8;
const [store, finder] = createSpotlight();

interface FinderProps {
  close(): void;
  /** What was typed before the field was there. */
  typedBefore(): string;
}

/** Finds and opens anything: workshops, people of every workshop, courses, materials, places. */
export function Finder({ close, typedBefore }: FinderProps) {
  const { t } = useTranslation(['app', 'activity']);
  useEffect(() => finder.open(), []);
  useFocusReturn();
  const language = useLanguage();
  const format = useFormats();
  const readableTitle = useReadableTitle();
  const go = useView((state) => state.go);
  const [query, setQuery] = useState('');
  const workshops = useRead('activity.list', {}).data ?? [];
  // Those of these days first: the oldest are seldom meant.
  const plan = planDay(inList(workshops), today());
  // Put away is not gone: they stand behind the others.
  const archived = workshops.filter((workshop) => workshop.archived).toReversed();
  const courses = useRead('course.list', {}).data ?? [];
  const isTyped = query.trim().length > 1;
  const materials = useRead('material.search', { text: query }, { enabled: isTyped, keep: true }).data ?? [];
  const people = useRead('people.find', { text: query, limit: SHOWN }, { enabled: isTyped, keep: true }).data ?? [];
  const nameShown = useNameShown();
  const wanted = fold(query);
  const matches = (text: string) => fold(text).includes(wanted);
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('find.workshops'),
      actions: [...plan.underWay, ...plan.upcoming, ...plan.recent, ...archived]
        .map((workshop) => ({ workshop, label: readableTitle(workshop, textIn(workshop.title, language)) }))
        .filter(({ workshop, label }) => matches(`${label} ${workshop.projects.join(' ')} ${workshop.place}`))
        .slice(0, SHOWN)
        .map(({ workshop, label }) => ({
          id: workshop.id,
          label,
          description: [format.days(workshop.start, workshop.end), ...(workshop.archived ? [t('activity:archive.flag')] : [])].join(' · '),
          leftSection: <WorkshopsIcon />,
          onClick: () => go({ page: 'workshop', id: workshop.id, tab: 'agenda' }),
        })),
    },
    {
      group: t('find.people'),
      actions: (isTyped ? people : []).map((person) => ({
        id: person.id,
        label: nameShown(person),
        description: [textIn(person.workshop, language), format.days(person.start, person.end), person.institution]
          .filter((part) => part !== '')
          .join(' · '),
        leftSection: <PeopleIcon />,
        onClick: () => go({ page: 'person', id: person.id }),
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
      searchProps={{
        onFocus: () => setQuery((before) => before + typedBefore()),
        leftSection: <SearchIcon />,
        placeholder: t('find.placeholder'),
        'aria-label': t('find.open'),
      }}
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
