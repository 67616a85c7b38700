import i18next from 'i18next';
import { useMemo } from 'react';
import { calendarWords, type CalendarWords } from '../../../../shared/features/calendar/calendar-words.ts';
import { useLanguage } from '../../../ui/formats.ts';

/** The words of the calendar in the window's language. */
export function useCalendarWords(): CalendarWords {
  const language = useLanguage();
  return useMemo(() => calendarWords(language, (key, values) => i18next.t(key, { lng: language, ...values })), [language]);
}
