import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addDays, dayCount, type Day } from '../../../../shared/kernel/dates.ts';
import { DateField } from '../../../ui/DateField.tsx';

interface Props {
  readonly start: Day;
  readonly end: Day;
  readonly change: (start: Day, end: Day) => void;
}

/** First and last day; moving the first one moves the last one with it. */
export function Period({ start, end, change }: Props) {
  const { t } = useTranslation('activity');
  return (
    <Group align="flex-start" gap="md">
      <DateField label={t('field.start')} value={start} onChange={(day) => change(day, addDays(day, dayCount(start, end) - 1))} />
      <DateField label={t('field.end')} value={end} first={start} onChange={(day) => change(start, day)} />
      <Text c="dimmed" pt={36}>
        {t('dayCount', { count: dayCount(start, end) })}
      </Text>
    </Group>
  );
}
