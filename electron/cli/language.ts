import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';

/** The terminal's language from `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set; English where it is none of ours. */
export function environmentLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const stated = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return LANGUAGES.find((language) => stated.toLowerCase().startsWith(language)) ?? 'en';
}
