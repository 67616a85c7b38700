import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/es.js';
import 'dayjs/locale/fr.js';
import 'dayjs/locale/pt.js';
import { Group, Text } from '@mantine/core';
import { DateInput, DatesProvider } from '@mantine/dates';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, dayCount, isDay, type Day } from '../../../../shared/kernel/dates.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';

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

/** Reads a day as people type it, day first: 12/7/2021, 12.7.21, 12-07-2021; or 2021-07-12. Null when it is none. */
function readDay(text: string): Day | null {
  if (isDay(text.trim())) return text.trim();
  const parts = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})\s*$/.exec(text);
  if (!parts) return null;
  const [, day, month, year] = parts;
  const whole = `${year!.length === 2 ? `20${year}` : year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isDay(whole) ? whole : null;
}
