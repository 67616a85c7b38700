import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyGrid } from '../../../ui/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded, Waiting } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { AttendanceSheet } from './AttendanceSheet.tsx';
import { Orphans } from './Orphans.tsx';
import { useAttendanceGrid } from './use-attendance-grid.ts';

/** Attendance of a workshop: what waits for a decision, then who was there, half-day by half-day. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  return (
    <>
      <Orphans activityId={activityId} />
      <Sheet activityId={activityId} />
    </>
  );
}

function Sheet({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('attendance');
  const people = useRead('people.list', { activityId });
  const { marks, halfDays, refusal, reload } = useAttendanceGrid(activityId);
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
  return (
    <Loaded query={people}>
      {(everybody) => {
        if (everybody.length === 0) {
          return (
            <EmptyState drawing={<EmptyGrid />} title={t('empty.title')} text={t('empty.text')}>
              <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('empty.toPeople')}</Button>
            </EmptyState>
          );
        }
        if (halfDays.length === 0) {
          return (
            <EmptyState drawing={<EmptyGrid />} title={t('noHalfDays.title')} text={t('noHalfDays.text')}>
              <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'agenda' })}>{t('noHalfDays.toAgenda')}</Button>
            </EmptyState>
          );
        }
        return <AttendanceSheet key={activityId} activityId={activityId} marks={marks} halfDays={halfDays} everybody={everybody} />;
      }}
    </Loaded>
  );
}
