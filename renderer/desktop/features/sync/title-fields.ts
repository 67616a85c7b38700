import { LANGUAGES } from '../../../../shared/kernel/text.ts';

/** Every register that a title may be kept in: writing one form of it blanks the other. */
export const TITLE_REGISTERS: readonly string[] = ['name', ...LANGUAGES.map((language) => `title@${language}`)];

/** The registers of a title as it was given: its one name, or one for each language that it has. */
export function titleFields(title: string | Readonly<Record<string, string | undefined>>): string[] {
  if (typeof title === 'string') return ['name'];
  return LANGUAGES.filter((language) => title[language] !== undefined).map((language) => `title@${language}`);
}
