import { Button, Group } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inCalendar } from '../../../../shared/features/calendar/calendar-entries.ts';
import { wantedIn } from '../../../../shared/features/calendar/calendar-views.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyRoom } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DownloadIcon, UploadIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { CalendarBar } from './CalendarBar.tsx';
import { useCalendarPlace } from './calendar-place.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { ImportInventory } from './ImportInventory.tsx';
import { ListView } from './ListView.tsx';
import { MonthView } from './MonthView.tsx';
import { PeriodReport } from './PeriodReport.tsx';
import { QuarterView } from './QuarterView.tsx';
import { SaveCalendar } from './SaveCalendar.tsx';
import { YearView } from './YearView.tsx';
import classes from './Calendar.module.css';

export type Activity = Answer<'activity.list'>[number];

const VIEWS = { list: ListView, month: MonthView, quarter: QuarterView, year: YearView } as const;

/** Everything that is planned, workshops and what is none: as a list, by the month, the quarter or the year. */
export function CalendarPage() {
  const { t } = useTranslation('calendar');
  const query = useRead('activity.list', {});
  const rights = useRights();
  const mayImport = offers(rights, 'calendar');
  const [dialog, setDialog] = useState<'import' | 'save' | 'report' | null>(null);
  const [open, setOpen] = useState<Id | null>(null);
  const activities = useMemo(() => inCalendar(query.data ?? []), [query.data]);
  const entry = activities.find(({ id }) => id === open);
  const show = (activity: Activity) =>
    activity.inCalendar ? setOpen(activity.id) : go({ page: 'workshop', id: activity.id, tab: 'agenda' });
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('title')}
        action={
          activities.length > 0 && (
            <Group gap="sm">
              <Button variant="default" onClick={() => setDialog('report')}>
                {t('report.open')}
              </Button>
              <Button variant="default" leftSection={<DownloadIcon />} onClick={() => setDialog('save')}>
                {t('save.open')}
              </Button>
              {mayImport && (
                <Button leftSection={<UploadIcon />} onClick={() => setDialog('import')}>
                  {t('import.open')}
                </Button>
              )}
            </Group>
          )
        }
      />
      <MayNot rights={rights} task="calendar" />
      <Loaded query={query}>
        {() =>
          activities.length === 0 ? (
            <EmptyState drawing={<EmptyRoom />} title={t('emptyTitle')} text={t('emptyText')}>
              {mayImport && <Button onClick={() => setDialog('import')}>{t('import.open')}</Button>}
              <Button variant="default" onClick={() => go({ page: 'workshops', create: true })}>
                {t('activity:create.open')}
              </Button>
            </EmptyState>
          ) : (
            <Shown activities={activities} show={show} />
          )
        }
      </Loaded>
      {dialog === 'import' && <ImportInventory close={() => setDialog(null)} />}
      {dialog === 'report' && <PeriodReport close={() => setDialog(null)} />}
      {dialog === 'save' && <SaveCalendar close={() => setDialog(null)} />}
      {entry && <EntryPanel key={entry.id} entry={entry} mayChange={mayImport} close={() => setOpen(null)} />}
    </div>
  );
}

function Shown({ activities, show }: { readonly activities: readonly Activity[]; show(activity: Activity): void }) {
  const { view, day, choice } = useCalendarPlace();
  // What is typed stands at once; the calendar follows as soon as it can.
  const wanted = useDeferredValue(choice);
  const found = useMemo(() => wantedIn(activities, wanted), [activities, wanted]);
  const View = VIEWS[view];
  return (
    <>
      <CalendarBar activities={activities} found={found} />
      <View activities={found} day={day} show={show} />
    </>
  );
}

/** The props of each view: the activities that are wanted, in the order of the calendar. */
export interface ViewProps {
  readonly activities: readonly Activity[];
  readonly day: string;
  show(activity: Activity): void;
}
