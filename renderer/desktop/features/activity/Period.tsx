import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayCount, type Day } from '../../../../shared/kernel/dates.ts';
import { endOfMovedPeriod } from '../../../../shared/kernel/weekends.ts';
import { DateField } from '../../../ui/fields/DateField.tsx';

interface Props {
  readonly start: Day;
  readonly end: Day;
  /** Days of the week that do not count when the period is moved. */
  readonly free?: readonly number[];
  readonly change: (start: Day, end: Day) => void;
}

/** First and last day; moving the first one moves the last one with it. */
export function Period({ start, end, free = [], change }: Props) {
  const { t } = useTranslation('activity');
  return (
    <Group align="flex-start" gap="md">
      <DateField label={t('field.start')} value={start} onChange={(day) => change(day, endOfMovedPeriod(start, end, day, free))} />
      <DateField label={t('field.end')} value={end} first={start} onChange={(day) => change(start, day)} />
      <Text c="dimmed" pt={36}>
        {t('dayCount', { count: dayCount(start, end) })}
      </Text>
    </Group>
  );
}
