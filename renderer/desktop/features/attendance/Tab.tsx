import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyGrid } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded, Waiting } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { RemovedWorkshop } from '../activity/workshop/RemovedWorkshop.tsx';
import { AttendanceSheet } from './AttendanceSheet.tsx';
import { GoneMarks } from './GoneMarks.tsx';
import { Orphans } from './Orphans.tsx';
import { isClosed, MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { useAttendanceGrid } from './grid/use-attendance-grid.ts';

/** Attendance of a workshop: what waits for a decision, then who was there, half-day by half-day. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const rights = useRights(activityId);
  const workshop = useRead('activity.get', { id: activityId }).data;
  if (isClosed(rights, 'attendance')) return <MayNot rights={rights} task="attendance" />;
  return (
    <>
      <MayNot rights={rights} task="attendance" />
      <Sheet activityId={activityId} mayMark={offers(rights, 'attendance')}>
        {workshop && <RemovedWorkshop workshop={workshop} />}
        <Orphans activityId={activityId} rights={rights} />
      </Sheet>
    </>
  );
}

interface SheetProps {
  readonly activityId: Id;
  readonly mayMark: boolean;
  /** What waits for a decision. */
  readonly children: ReactNode;
}

function Sheet({ activityId, mayMark, children }: SheetProps) {
  const { t } = useTranslation('attendance');
  const people = useRead('people.list', { activityId });
  const { marks, halfDays, gone, refusal, reload } = useAttendanceGrid(activityId);
  if (refusal && !halfDays) {
    return (
      <Refusal error={refusal}>
        <Button variant="default" onClick={reload}>
          {t('retry')}
        </Button>
      </Refusal>
    );
  }
  if (!halfDays) return <Waiting />;
  const notices = (
    <>
      {children}
      <GoneMarks activityId={activityId} count={gone} mayMark={mayMark} />
    </>
  );
  return (
    <Loaded query={people}>
      {(everybody) => {
        if (everybody.length === 0) {
          return (
            <>
              {notices}
              <EmptyState drawing={<EmptyGrid />} title={t('empty.title')} text={t('empty.text')}>
                <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('empty.toPeople')}</Button>
              </EmptyState>
            </>
          );
        }
        if (halfDays.length === 0) {
          return (
            <>
              {notices}
              <EmptyState drawing={<EmptyGrid />} title={t('noHalfDays.title')} text={t('noHalfDays.text')}>
                <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'agenda' })}>{t('noHalfDays.toAgenda')}</Button>
              </EmptyState>
            </>
          );
        }
        return (
          <AttendanceSheet
            key={activityId}
            activityId={activityId}
            mayMark={mayMark}
            marks={marks}
            halfDays={halfDays}
            everybody={everybody}
          >
            {notices}
          </AttendanceSheet>
        );
      }}
    </Loaded>
  );
}
