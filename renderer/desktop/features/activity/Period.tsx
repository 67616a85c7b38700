import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/es.js';
import 'dayjs/locale/fr.js';
import 'dayjs/locale/pt.js';
import { Group, Text } from '@mantine/core';
import { DateInput, DatesProvider } from '@mantine/dates';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, dayCount, type Day } from '../../../../shared/kernel/dates.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { readDay } from './day-text.ts';

interface Props {
  readonly start: Day;
  readonly end: Day;
  readonly change: (start: Day, end: Day) => void;
}

/** First and last day; moving the first one moves the last one with it. */
export function Period({ start, end, change }: Props) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const format = useFormats();
  const field = {
    valueFormat: (day: Day) => format.day(day.slice(0, 10)),
    dateParser: readDay,
    previousLabel: t('field.earlier'),
    nextLabel: t('field.later'),
    hideOutsideDates: true,
    // Enter takes the day that was typed and closes the calendar; it must not send off a form that is half filled in.
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      event.currentTarget.blur();
    },
    w: 240,
  };
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <Group align="flex-end" gap="md">
        <DateInput
          {...field}
          label={t('field.start')}
          value={start}
          onChange={(day) => day && change(day, addDays(day, dayCount(start, end) - 1))}
        />
        <DateInput
          {...field}
          label={t('field.end')}
          value={end}
          minDate={start}
          onChange={(day) => day && change(day < start ? day : start, day)}
        />
        <Text c="dimmed" pb={8}>
          {t('dayCount', { count: dayCount(start, end) })}
        </Text>
      </Group>
    </DatesProvider>
  );
}
