import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../shared/kernel/dates.ts';
import { formats, halfDayParts, type Formats } from '../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';

/** The window's language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return LANGUAGES.find((language) => language === i18n.language) ?? 'en';
}

/** Dates, numbers and sizes in the window's language. */
export function useFormats(): Formats {
  return formatsIn(useLanguage());
}

const made = new Map<string, Formats>();

/** The same for code that has no hook, or for a document in another language than the window's. Every row of a list asks: one for all, as long as the laptop's hours stay the same. */
export function formatsIn(language: Language): Formats {
  const notReadable = i18next.t('app:notReadable', { lng: language });
  const key = `${language} ${new Date().getTimezoneOffset()} ${notReadable}`;
  const known = made.get(key) ?? formats(language, notReadable);
  made.set(key, known);
  return known;
}

/** A record as the calls give it, with the fields that cannot be read. */
export interface Readable {
  readonly unreadable: readonly string[];
}

/** Says of a field of a record that it is not readable; else gives its words. */
export function useReadable(): <W>(record: Readable, field: string, words: W) => W | string {
  const { t } = useTranslation('app');
  return (record, field, words) => (record.unreadable.includes(field) ? t('notReadable') : words);
}

/** The same for a title, in whichever field it lies. */
export function useReadableTitle(): (record: Readable, title: string) => string {
  const { t } = useTranslation('app');
  return (record, title) => (title === '' && TITLES.some((field) => record.unreadable.includes(field)) ? t('notReadable') : title);
}

const TITLES = ['name', 'title'] as const;

/** Returns the sentence that a form says under a field of a record whose value cannot be read; undefined for others. The value stands until another is written. */
export function useFieldFaults(record: Readable | undefined): (field: string) => string | undefined {
  const { t } = useTranslation('app');
  return (field) => {
    const registers: readonly string[] = field === 'title' ? TITLES : [field];
    return record && registers.some((one) => record.unreadable.includes(one)) ? t('notReadable') : undefined;
  };
}

/** Day, half and words of a half-day: {day: 'Mon 12 July', half: 'morning'}. */
export function useHalfDay(): (halfDay: HalfDay) => { readonly day: string; readonly half: string } {
  const { t } = useTranslation('app');
  const format = useFormats();
  return useCallback(
    (halfDay) => {
      const { day, half } = halfDayParts(halfDay, format);
      return { day, half: half === null ? '' : t(`half.${half}`) };
    },
    [t, format],
  );
}
