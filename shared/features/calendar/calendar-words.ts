import { isDay } from '../../kernel/dates.ts';
import { formats, type Formats } from '../../kernel/formats.ts';
import { textIn, type Language } from '../../kernel/text.ts';
import type { Title } from '../../model/title.ts';
import type { ActivityKind, ActivityMode, Precision } from '../../model/vocabularies.ts';
import type { Placed } from './calendar-entries.ts';

/** An activity as a calendar tells it to others. */
export interface ToldActivity extends Placed {
  readonly title: Title;
  readonly projects: readonly string[];
  readonly partners: readonly string[];
  readonly countries: readonly string[];
  readonly place: string;
  readonly mode: ActivityMode;
  readonly kind: ActivityKind;
  readonly precision: Precision;
  readonly dateTbc: boolean;
  readonly dateWording: string;
  readonly wording: string;
}

/** The words of a calendar in its own language, which need not be the screen's. */
export interface CalendarWords {
  readonly language: Language;
  readonly format: Formats;
  /** A key of any file of words, `activity:field.title`; plurals by `count`. */
  say(key: string, values?: Readonly<Record<string, unknown>>): string;
  title(activity: Pick<ToldActivity, 'title'>): string;
  /** When it is, as exactly as it is known: days, the week, months, the month under which it is listed. */
  when(activity: Pick<ToldActivity, 'start' | 'end' | 'precision' | 'listedUnder'>): string;
}

/** Returns the words of a calendar. `translate`: a key of `locales/<language>`. */
export function calendarWords(
  language: Language,
  translate: (key: string, values?: Readonly<Record<string, unknown>>) => string,
): CalendarWords {
  const format = formats(language, translate('app:notReadable'));
  return {
    language,
    format,
    say: translate,
    title: ({ title }) => textIn(title, language),
    when: ({ start, end, precision, listedUnder }) => {
      if (!isDay(start))
        return listedUnder === null
          ? translate('calendar:noDate')
          : translate('calendar:noDateIn', { month: format.month(`${listedUnder}-01`) });
      const last = isDay(end) ? end : start;
      if (precision !== 'month') return format.days(start, last);
      const [first, second] = [format.month(start), format.month(last)];
      return first === second ? first : translate('calendar:months', { first, last: second });
    },
  };
}
