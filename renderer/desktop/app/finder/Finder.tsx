import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inList, planDay } from '../../../../shared/features/activity/day-plan.ts';
import { fold, textIn } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { useFocusReturn } from '../../../ui/dialog/return-focus.ts';
import { LibraryIcon, PeopleIcon, SearchIcon, WorkshopsIcon } from '../../../ui/theme/icons.tsx';
import { useOwnerName } from '../../features/course/course-name.ts';
import { useNameShown } from '../../features/people/person/person-words.ts';
import { offers, useRights } from '../../features/sync/MayNot.tsx';
import { today } from '../clock.ts';
import { useRead } from '../engine.ts';
import { SHOWN, useCommandsFound, useHelpFound, useMaterialsFound, useSessionsFound, useSettingsFound } from './finder-groups.tsx';
import { useSelectedResult } from './finder-selection.ts';
import { PLACE_ICONS } from '../frame/place-icons.ts';
import { PLACES } from '../keyboard/keys.ts';
import { useView } from '../view.ts';
import classes from './Finder.module.css';

const [store, finder] = createSpotlight();

interface FinderProps {
  close(): void;
  guide(): void;
  shortcuts(): void;
  fold(): void;
  /** What was typed before the field was there. */
  typedBefore(): string;
}

/** Finds and opens anything: workshops, people and sessions of every workshop, courses, materials, settings, commands, pages of the help, places. */
export function Finder({ close, typedBefore, ...actions }: FinderProps) {
  const { t } = useTranslation(['app', 'activity']);
  useEffect(() => finder.open(), []);
  useFocusReturn();
  const language = useLanguage();
  const format = useFormats();
  const readableTitle = useReadableTitle();
  const ownerName = useOwnerName();
  const go = useView((state) => state.go);
  const [query, setQuery] = useState('');
  const workshops = useRead('activity.list', { inCalendar: false }).data ?? [];
  // Those of these days first: the oldest are seldom meant.
  const plan = planDay(inList(workshops), today());
  // Put away is not gone: they stand behind the others.
  const archived = workshops.filter((workshop) => workshop.archived).toReversed();
  const courses = useRead('course.list', {}).data ?? [];
  const isTyped = query.trim().length > 1;
  const people = useRead('people.find', { text: query, limit: SHOWN }, { enabled: isTyped, keep: true }).data ?? [];
  const nameShown = useNameShown();
  const mayCreate = offers(useRights(), 'plan');
  const sessions = useSessionsFound(query);
  const materials = useMaterialsFound(query, workshops);
  const settings = useSettingsFound(query);
  const commands = useCommandsFound(query, actions, mayCreate);
  const help = useHelpFound(query);
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
    sessions,
    {
      group: t('find.courses'),
      actions: courses
        .map((course) => ({ course, label: readableTitle(course, textIn(course.title, language)) }))
        .filter(({ course, label }) => matches(`${label} ${course.code} ${course.institution?.name ?? ''}`))
        .slice(0, SHOWN)
        .map(({ course, label }) => ({
          id: course.id,
          label,
          description: [t('place.library'), ...(course.institution === null ? [] : [ownerName(course.institution)])].join(' · '),
          leftSection: <LibraryIcon />,
          onClick: () => go({ page: 'course', id: course.id }),
        })),
    },
    materials,
    {
      group: t('find.places'),
      actions: ([...PLACES, 'bin'] as const)
        .map((place) => {
          const Icon = PLACE_ICONS[place];
          return { id: place, label: t(`place.${place}`), leftSection: <Icon />, onClick: () => go({ page: place }) };
        })
        .filter((action) => matches(action.label)),
    },
    settings,
    commands,
    help,
  ];
  const found = groups.filter((group) => group.actions.length > 0);
  const selection = useSelectedResult(store, found.flatMap(({ actions: some }) => some.map(({ id }) => id)).join(' '));
  return (
    <Spotlight
      store={store}
      onSpotlightClose={close}
      query={query}
      onQueryChange={(text) => {
        selection.onQuery();
        setQuery(text);
      }}
      shortcut={null}
      filter={(_query, actions) => actions}
      actions={found}
      nothingFound={t('find.nothing')}
      searchProps={{
        onKeyDown: selection.onKeyDown,
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
