import { Radio, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SYNC_TIMES, type SyncTime } from '../../../../shared/features/sync/data-budget.ts';
import { useFormats } from '../../../ui/formats.ts';
import { useWrite, type Answer } from '../../app/engine.ts';
import classes from './Sync.module.css';

const MEGABYTE = 1_000_000;
const CAPS = [1, 5, 20, 50, 100, 500];
const NONE = 'none';

/** When this laptop syncs and how much: one choice of four, and what a day may cost whichever is chosen. */
export function Schedule({ schedule }: { readonly schedule: Answer<'sync.status'>['schedule'] }) {
  const { t } = useTranslation('sync');
  const format = useFormats();
  const write = useWrite('sync.setSchedule');
  const { when, metered, dailyCap, usedToday, spent } = schedule;
  const offered = new Set([...CAPS.map((cap) => cap * MEGABYTE), ...(dailyCap === null ? [] : [dailyCap])]);
  const caps = [...offered].toSorted((a, b) => a - b);
  const about = (time: SyncTime) =>
    time === 'tomorrow' && metered ? t('schedule.about.tomorrowRecords') : t(`schedule.about.${time}`, { now: t('now') });
  return (
    <>
      <Radio.Group
        data-spot="schedule"
        aria-labelledby="sync-when"
        value={when}
        onChange={(value) => write.mutate({ when: SYNC_TIMES.find((time) => time === value) ?? when })}
        className={classes.times}
      >
        {SYNC_TIMES.map((time) => (
          <Radio key={time} value={time} label={t(`schedule.${time}`)} description={about(time)} />
        ))}
      </Radio.Group>
      <Select
        data-spot="cap"
        label={t('schedule.cap')}
        description={t(spent ? 'schedule.spent' : 'schedule.used', { size: format.bytes(usedToday) })}
        data={[{ value: NONE, label: t('schedule.noCap') }, ...caps.map((cap) => ({ value: String(cap), label: format.bytes(cap) }))]}
        value={dailyCap === null ? NONE : String(dailyCap)}
        onChange={(value) => write.mutate({ dailyCap: value === null || value === NONE ? null : Number(value) })}
        allowDeselect={false}
        className={classes.cap}
      />
    </>
  );
}
