import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Day, HalfDay } from '../../shared/kernel/dates.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { INTL_LOCALE } from './i18n.ts';

/** The window's language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return LANGUAGES.find((language) => language === i18n.language) ?? 'en';
}

export interface Formats {
  /** 12 July 2021 */
  day(day: Day): string;
  /** Monday 12 July 2021 */
  longDay(day: Day): string;
  /** Mon 12 July */
  weekday(day: Day): string;
  /** 12-15 July 2021 */
  days(start: Day, end: Day): string;
  /** July 2021 */
  month(day: Day): string;
  /** 12 July 2021, 14:25 */
  instant(iso: string): string;
  /** 14:25 */
  time(iso: string): string;
  /** 3 minutes ago */
  ago(iso: string, now: number): string;
  number(value: number, digits?: number): string;
  /** `share` of 1 as a percentage; say beside it what it is of. */
  percent(share: number, digits?: number): string;
  /** 40 seconds, 3 minutes: as long as a person would say. */
  span(milliseconds: number): string;
  /** 4 kB, 2.5 MB (French: 4 ko, 2,5 Mo) */
  bytes(count: number): string;
  /** a, b and c */
  list(items: readonly string[]): string;
  compare(a: string, b: string): number;
}

/** Dates, numbers and sizes in the window's language. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formats(language), [language]);
}

const BYTE_UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const;
const AGO_UNITS = [
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 30],
] as const;

/** The same for code that has no hook. A workshop's day has no time zone: it is formatted as UTC noon. */
export function formats(language: Language): Formats {
  const locale = INTL_LOCALE[language];
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const noon = (day: Day) => new Date(`${day}T12:00:00Z`);
  const dayFormat = date({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const longDayFormat = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const weekdayFormat = date({ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const monthFormat = date({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const instantFormat = date({ dateStyle: 'long', timeStyle: 'short' });
  const timeFormat = date({ hour: '2-digit', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true });
  return {
    day: (day) => dayFormat.format(noon(day)),
    longDay: (day) => longDayFormat.format(noon(day)),
    weekday: (day) => weekdayFormat.format(noon(day)),
    days: (start, end) => (start === end ? dayFormat.format(noon(start)) : dayFormat.formatRange(noon(start), noon(end))),
    month: (day) => monthFormat.format(noon(day)),
    instant: (iso) => instantFormat.format(new Date(iso)),
    time: (iso) => timeFormat.format(new Date(iso)),
    ago(iso, now) {
      const past = now - Date.parse(iso);
      for (const [unit, size, limit] of AGO_UNITS) {
        const count = Math.round(past / size);
        if (count < limit) return relative.format(-count, unit);
      }
      return instantFormat.format(new Date(iso));
    },
    number: (value, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    percent: (share, digits = 0) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share),
    span(milliseconds) {
      const seconds = Math.max(1, Math.round(milliseconds / 1000));
      // Nobody counts the seconds of a minute that is guessed.
      const [value, unit] =
        seconds < 55
          ? [Math.ceil(seconds / 5) * 5, 'second']
          : seconds < 3_300
            ? [Math.round(seconds / 60), 'minute']
            : [Math.round(seconds / 3600), 'hour'];
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
    },
    bytes(count) {
      // Nobody thinks in single bytes: what is less than a kilobyte counts as one.
      let value = count === 0 ? 0 : Math.max(1, count / 1000);
      let unit = 0;
      while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
        value /= 1000;
        unit += 1;
      }
      const digits = unit > 0 && value < 100 ? 1 : 0;
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: BYTE_UNITS[unit]!,
        unitDisplay: 'short',
        maximumFractionDigits: digits,
      }).format(value);
    },
    list: (items) => listFormat.format(items),
    compare: (a, b) => collator.compare(a, b),
  };
}

/** Day, half and words of a half-day: {day: 'Mon 12 July', half: 'morning'}. */
export function useHalfDay(): (halfDay: HalfDay) => { readonly day: string; readonly half: string } {
  const { t } = useTranslation('app');
  const format = useFormats();
  return (halfDay) => ({
    day: format.weekday(halfDay.slice(0, 10)),
    half: halfDay.endsWith('AM') ? t('half.AM') : t('half.PM'),
  });
}
