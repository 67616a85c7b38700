import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { touching } from '../../../../shared/features/calendar/calendar-entries.ts';
import { CALENDAR_VIEWS, movedBy, periodOf, projectsOf, type CalendarView } from '../../../../shared/features/calendar/calendar-views.ts';
import { ACTIVITY_KINDS } from '../../../../shared/model/vocabularies.ts';
import { useFormats } from '../../../ui/formats.ts';
import { BackIcon, NextIcon, SearchIcon } from '../../../ui/theme/icons.tsx';
import { today } from '../../app/clock.ts';
import { SingleKey } from '../../app/keyboard/single-keys.tsx';
import type { Activity } from './CalendarPage.tsx';
import { useCalendarPlace } from './calendar-place.ts';
import classes from './Calendar.module.css';

interface Props {
  readonly activities: readonly Activity[];
  /** Those that are wanted. */
  readonly found: readonly Activity[];
}

/** How the calendar is looked at, of when, and to what it is narrowed. */
export function CalendarBar({ activities, found }: Props) {
  const { t } = useTranslation(['calendar', 'activity']);
  const format = useFormats();
  const { view, day, choice, look, narrow } = useCalendarPlace();
  const { from, to } = periodOf(view, day);
  const projects = projectsOf(activities)
    .map(({ project }) => project)
    .sort(format.compare);
  const period =
    view === 'month'
      ? format.month(from)
      : view === 'quarter'
        ? t('quarter', { number: quarterOf(from), year: from.slice(0, 4) })
        : from.slice(0, 4);
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('view.label')}
          data={CALENDAR_VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
          value={view}
          onChange={(value) => look(value as CalendarView)}
        />
        <div className={classes.period}>
          <ActionIcon variant="default" size={40} aria-label={t('earlier')} onClick={() => look(view, movedBy(view, day, -1))}>
            <BackIcon />
          </ActionIcon>
          <h2 className={classes.periodName} aria-live="polite">
            {period}
          </h2>
          <ActionIcon variant="default" size={40} aria-label={t('later')} onClick={() => look(view, movedBy(view, day, 1))}>
            <NextIcon />
          </ActionIcon>
          <Button variant="subtle" onClick={() => look(view, today())}>
            {t('today')}
          </Button>
        </div>
        <span className={classes.count} role="status">
          {t('count', { count: touching(found, from, to).length })}
        </span>
      </div>
      <div className={classes.filters} role="search">
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<SearchIcon size={18} />}
          rightSection={choice.text === '' ? <SingleKey>/</SingleKey> : undefined}
          value={choice.text}
          onChange={(event) => narrow({ text: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Escape' && narrow({ text: '' })}
        />
        <Select
          aria-label={t('activity:list.project')}
          placeholder={t('activity:list.project')}
          data={projects}
          value={choice.project}
          onChange={(project) => narrow({ project })}
          clearable
        />
        <Select
          aria-label={t('activity:field.kind')}
          placeholder={t('activity:field.kind')}
          data={ACTIVITY_KINDS.map((kind) => ({ value: kind, label: t(`activity:kind.${kind}`) }))}
          value={choice.kind}
          onChange={(kind) => narrow({ kind })}
          clearable
        />
      </div>
    </>
  );
}

function quarterOf(day: string): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3);
}
