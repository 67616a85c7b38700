import { countryName } from './countries.ts';
import { HALF_DAY_PATTERN, isDay, splitHalfDay, type Day, type Half, type HalfDay } from './dates.ts';
import { LANGUAGES, type Language } from './text.ts';

/** The names of locales for Intl, by language: `pt` is European Portuguese, `en` writes dates day first. */
export const INTL_LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', pt: 'pt-PT' };

/** The name of each language in that language. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', es: 'Español', pt: 'Português' };

/** The words for less than a minute ago; Intl says *cette minute-ci*, which nobody does. */
const JUST_NOW: Readonly<Record<Language, string>> = { en: 'just now', fr: 'à l’instant', es: 'ahora mismo', pt: 'agora mesmo' };

/**
 * Writes values as people of a language write them. No function throws, whatever the value is: records come from other laptops and
 * from newer programs, and one date that is no date must not take a page away. What is not the kind of value that a function is
 * for is written as the words for *not readable*.
 */
export interface Formats {
  /** 12 July 2021; in French the first of a month is *1er juillet 2021*, here and wherever the month is in words. */
  day(day: Day): string;
  /** Monday 12 July 2021 */
  longDay(day: Day): string;
  /** Mon 12 July */
  weekday(day: Day): string;
  /** Mon */
  weekdayName(day: Day): string;
  /** 12/07 */
  shortDay(day: Day): string;
  /** 12/07/2021 */
  numericDay(day: Day): string;
  /** 12-15 July 2021 */
  days(start: Day, end: Day): string;
  /** July 2021 */
  month(day: Day): string;
  /** 12 July 2021, 14:25; where the machine is. */
  instant(iso: string): string;
  /** The same in universal time: a document reads alike on every machine. */
  universalInstant(iso: string): string;
  /** 14:25, of an instant; where the machine is. */
  time(iso: string): string;
  /** 14:25, of a time of day that stands in a programme (`HH:MM`). */
  hour(hour: string): string;
  /** 3 minutes ago */
  ago(iso: string, now: number): string;
  /** With at most so many decimals. */
  number(value: number, digits?: number): string;
  /** `share` of 1 as a percentage; say beside it what it is of. */
  percent(share: number, digits?: number): string;
  /** What stands behind a number of percent, with the space before it where there is one. */
  readonly percentSign: string;
  /** A counted share, given in percent, as each page and document writes it: with exactly one decimal. The same figure reads alike wherever it stands, and none looks exact that is not. */
  rate(percent: number): string;
  /** A mean, likewise: with exactly two; what people gained on average is one. */
  mean(value: number): string;
  /** 40 seconds, 3 minutes: as long as a person would say. */
  span(milliseconds: number): string;
  /** 4 kB, 2.5 MB (French: 4 ko, 2,5 Mo) */
  bytes(count: number): string;
  /** a, b and c */
  list(items: readonly string[]): string;
  /** a, b, c: figures side by side */
  unitList(items: readonly string[]): string;
  /** How a language calls itself; a newer program's language by its code. */
  language(code: string): string;
  /** The name of a country; a newer program's country by its code. */
  country(code: string): string;
  /** A text of somebody's as it is. */
  text(value: unknown): string;
  /** By the order of the language's dictionary; numbers in a text by their value. What is no text comes first. */
  compare(a: string, b: string): number;
  /** The words for what is none of this. */
  readonly notReadable: string;
}

/** The day of a half-day in words and its half; a half of null: the half-day is none. */
export interface HalfDayParts {
  readonly day: string;
  readonly half: Half | null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const LANGUAGE_CODE = /^[a-z]{2,3}$/;
const COUNTRY_CODE = /^[A-Z]{2}$/;
const BYTE_UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const;
const AGO_UNITS = [
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, 30],
] as const;

/**
 * The formats of a language; `notReadable` are its words for a value that is none (`app:notReadable`). A workshop's day has no time
 * zone: it is formatted as UTC noon.
 */
export function formats(language: Language, notReadable: string): Formats {
  const locale = INTL_LOCALE[language];
  // Made when they are first needed: a dozen of Intl's formats take a millisecond or two.
  const date = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(locale, options));
  const dayFormat = date({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const longDayFormat = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const weekdayFormat = date({ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const weekdayNameFormat = date({ weekday: 'short', timeZone: 'UTC' });
  const numericFormat = date({ day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  const monthFormat = date({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const instantFormat = date({ dateStyle: 'long', timeStyle: 'short' });
  const universalFormat = date({ dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const timeFormat = date({ hour: '2-digit', minute: '2-digit' });
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const listFormat = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const unitListFormat = once(() => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }));
  const compare = once(() => comparing(language));
  const numbers = new Map<string, Intl.NumberFormat>();
  const spans = new Map<string, string>();

  const noon = (day: Day) => new Date(`${day}T12:00:00Z`);
  const written = (parts: readonly Intl.DateTimeFormatPart[]) => joined(language === 'fr' ? withFrenchFirst(parts) : parts);
  const ofDay = (format: () => Intl.DateTimeFormat) => (day: Day) =>
    isDayValue(day) ? written(format().formatToParts(noon(day))) : notReadable;
  const ofInstant = (format: () => Intl.DateTimeFormat) => (iso: string) => {
    const time = instantOf(iso);
    return time === null ? notReadable : written(format().formatToParts(time));
  };
  const ofNumber = (value: number, options: Intl.NumberFormatOptions) =>
    Number.isFinite(value)
      ? kept(numbers, JSON.stringify(options), () => new Intl.NumberFormat(locale, options)).format(value)
      : notReadable;
  const ofSpan = (start: Day, end: Day) => written(dayFormat().formatRangeToParts(noon(start), noon(end)));
  const text = (value: unknown) => (typeof value === 'string' ? value : notReadable);
  const ofList = (format: () => Intl.ListFormat) => (items: readonly string[]) =>
    Array.isArray(items) ? format().format(items.map(text)) : notReadable;
  const instant = ofInstant(instantFormat);

  return {
    notReadable,
    text,
    day: ofDay(dayFormat),
    longDay: ofDay(longDayFormat),
    weekday: ofDay(weekdayFormat),
    weekdayName: ofDay(weekdayNameFormat),
    // The four languages write it alike; of Intl, Spanish alone drops the zeros.
    shortDay: (day) => (isDayValue(day) ? `${day.slice(8)}/${day.slice(5, 7)}` : notReadable),
    numericDay: ofDay(numericFormat),
    month: ofDay(monthFormat),
    days(start, end) {
      if (!isDayValue(start) || !isDayValue(end)) return notReadable;
      return start === end ? written(dayFormat().formatToParts(noon(start))) : kept(spans, `${start} ${end}`, () => ofSpan(start, end));
    },
    instant,
    universalInstant: ofInstant(universalFormat),
    time: ofInstant(timeFormat),
    hour: (hour) => (typeof hour === 'string' && HOUR.test(hour) ? hour : notReadable),
    ago(iso, now) {
      const past = (Number.isFinite(now) ? now : NaN) - (instantOf(iso) ?? NaN);
      for (const [unit, size, limit] of AGO_UNITS) {
        const count = Math.round(past / size);
        if (count === 0) return JUST_NOW[language];
        if (Math.abs(count) < limit) return relative().format(-count, unit);
      }
      return instant(iso);
    },
    number: (value, digits = 0) => ofNumber(value, { maximumFractionDigits: digits }),
    percent: (share, digits = 0) => ofNumber(share, { style: 'percent', maximumFractionDigits: digits }),
    percentSign: ofNumber(0, { style: 'percent' }).slice(1),
    rate: (percent) => ofNumber(Number.isFinite(percent) ? percent / 100 : NaN, { style: 'percent', ...exactly(1) }),
    mean: (value) => ofNumber(value, exactly(2)),
    span(milliseconds) {
      const seconds = Math.max(1, Math.round(Number.isFinite(milliseconds) ? milliseconds / 1000 : NaN));
      // Nobody counts the seconds of a minute that is guessed.
      const [value, unit] =
        seconds < 55
          ? [Math.ceil(seconds / 5) * 5, 'second']
          : seconds < 3_300
            ? [Math.round(seconds / 60), 'minute']
            : [Math.round(seconds / 3600), 'hour'];
      return ofNumber(value, { style: 'unit', unit, unitDisplay: 'long' });
    },
    bytes(count) {
      if (!Number.isFinite(count) || count < 0) return notReadable;
      // Nobody thinks in single bytes: what is less than a kilobyte counts as one.
      let value = count === 0 ? 0 : Math.max(1, count / 1000);
      let unit = 0;
      while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
        value /= 1000;
        unit += 1;
      }
      const digits = unit > 0 && value < 100 ? 1 : 0;
      return ofNumber(value, { style: 'unit', unit: BYTE_UNITS[unit]!, unitDisplay: 'short', maximumFractionDigits: digits });
    },
    list: ofList(listFormat),
    unitList: ofList(unitListFormat),
    language(code) {
      const name = Object.entries(LANGUAGE_NAMES).find(([known]) => known === code)?.[1];
      return name ?? (typeof code === 'string' && LANGUAGE_CODE.test(code) ? code : notReadable);
    },
    country: (code) => (typeof code === 'string' && COUNTRY_CODE.test(code) ? countryName(code, language) : notReadable),
    compare: (a, b) => compare()(a, b),
  };
}

/**
 * The i18next module that writes each number of a sentence (`{{count}}`) as the sentence's language writes numbers: *2 996*, *10,000*. Any other value stays as
 * it is. It is asked for every value, for i18next is to format always.
 */
export const SENTENCE_VALUES = {
  type: 'formatter' as const,
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format(value: unknown, _format: string | undefined, code: string | undefined): string {
    const language = LANGUAGES.find((known) => known === code);
    // i18next takes what is no text as well, and makes a text of it itself.
    return typeof value === 'number' && language ? numberFormat(language).format(value) : (value as string);
  },
};

/** The part of i18next's plural rules that is asked here. */
interface PluralRules {
  getRule(code: string, options?: object): Intl.PluralRules;
}

/** Lets i18next count `pt` as in Portugal, where zero is plural (*0 pessoas*); by itself it counts as Brazil does, where it is singular (*0 pessoa*). */
export function countAsInPortugal({ pluralResolver }: { readonly pluralResolver: unknown }): void {
  const resolver = pluralResolver as PluralRules;
  const rule = resolver.getRule.bind(resolver);
  resolver.getRule = (code, options) => rule(code === 'pt' ? INTL_LOCALE.pt : code, options);
}

const numberFormats = new Map<Language, Intl.NumberFormat>();

function numberFormat(language: Language): Intl.NumberFormat {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(INTL_LOCALE[language]);
  numberFormats.set(language, format);
  return format;
}

/** Returns a comparison of texts by the order of the language's dictionary, numbers in them by their value; what is no text comes first. */
export function comparing(language: Language): (a: string, b: string) => number {
  const collator = new Intl.Collator(INTL_LOCALE[language], { numeric: true });
  return (a, b) => collator.compare(typeof a === 'string' ? a : '', typeof b === 'string' ? b : '');
}

/** Day and half of a half-day, for the sentence that puts them together. */
export function halfDayParts(halfDay: HalfDay, format: Pick<Formats, 'weekday' | 'notReadable'>): HalfDayParts {
  if (typeof halfDay !== 'string' || !HALF_DAY_PATTERN.test(halfDay)) return { day: format.notReadable, half: null };
  const { day, half } = splitHalfDay(halfDay);
  return { day: format.weekday(day), half };
}

/** With so many decimals, no fewer and no more. */
function exactly(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** Gives what `make` makes, once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** More than the spans of a long list. */
const LARGEST_KEPT = 2_000;

/** Returns the value that a map holds, or the one that is made and held there from now on. */
function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value !== undefined) return value;
  value = make();
  if (map.size >= LARGEST_KEPT) map.clear();
  map.set(key, value);
  return value;
}

const joined = (parts: readonly Intl.DateTimeFormatPart[]) => parts.map(({ value }) => value).join('');

/** 12 July 2021, as `formats` writes a day, alone: for a page that has no room for the names of countries. */
export function writtenDay(day: Day, language: Language): string {
  const format = new Intl.DateTimeFormat(INTL_LOCALE[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const parts = format.formatToParts(new Date(`${day}T12:00:00Z`));
  return joined(language === 'fr' ? withFrenchFirst(parts) : parts);
}

/** The parts of a French date with its first day written *1er* where the month is in words. */
function withFrenchFirst(parts: readonly Intl.DateTimeFormatPart[]): readonly Intl.DateTimeFormatPart[] {
  const inWords = parts.some(({ type, value }) => type === 'month' && /\p{L}/u.test(value));
  return inWords ? parts.map((part) => (part.type === 'day' && part.value === '1' ? { ...part, value: '1er' } : part)) : parts;
}

function isDayValue(day: unknown): day is Day {
  return typeof day === 'string' && isDay(day);
}

/** Milliseconds since 1970, or null where the text is no instant of ISO 8601. */
function instantOf(iso: unknown): number | null {
  if (typeof iso !== 'string' || !INSTANT.test(iso)) return null;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? null : time;
}
