import { LANGUAGES, type Language, type LocalisedText } from '../../kernel/text.ts';

/** A text of a record in one language, as its register is called: `objectives@pt`. */
export type TextKey = `${string}@${Language}`;
/** The texts of a record, each by its register; '' where one is missing. */
export type FlatTexts = Readonly<Record<TextKey, string>>;

/** Returns the texts of a record by register, in every language. */
export function flatTexts<F extends string>(record: { readonly [N in F]: LocalisedText }, fields: readonly F[]): FlatTexts {
  const entries = fields.flatMap((field) => LANGUAGES.map((language) => [`${field}@${language}`, record[field][language] ?? '']));
  return Object.fromEntries(entries) as FlatTexts;
}

/** Returns texts by field and language, as calls take them, of those that are given by register. */
export function textsByField(flat: Partial<Readonly<Record<string, unknown>>>): Record<string, Partial<Record<Language, string>>> {
  const fields: Record<string, Partial<Record<Language, string>>> = {};
  for (const [key, text] of Object.entries(flat)) {
    const [field, code] = key.split('@');
    const language = LANGUAGES.find((one) => one === code);
    if (field !== undefined && language !== undefined && typeof text === 'string') (fields[field] ??= {})[language] = text;
  }
  return fields;
}
