/** The four languages of the interface, the documents and the content; `pt` is European Portuguese. */
export const LANGUAGES = ['en', 'fr', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in some of the four languages. */
export type LocalisedText = { readonly [L in Language]?: string | undefined };

/** The text in `language`, else in the first language that has one (in the order of LANGUAGES), else ''. */
export function textIn(text: LocalisedText | string | null, language: Language): string {
  if (typeof text === 'string') return text;
  // What stands in a record may be of another shape than its type says: a text is then missing, and nothing fails.
  return [language, ...LANGUAGES].map((one): unknown => text?.[one]).find((said) => typeof said === 'string') ?? '';
}

/** The language in which `textIn` gives a text; of one that says none the first of those in which it may be written; null where nothing tells, and for no text. */
export function languageOf(text: LocalisedText | string | null, language: Language, writtenIn: readonly Language[]): Language | null {
  if (typeof text === 'string') return text === '' ? null : (writtenIn[0] ?? null);
  return [language, ...LANGUAGES].find((one) => typeof (text?.[one] as unknown) === 'string') ?? null;
}

/**
 * Folds a text for comparing and searching: lower case, no accents, apostrophes and hyphens alike,
 * and what NFD leaves whole (đ ø ß æ œ ł) spelt out; white space collapsed.
 */
export function fold(text: string): string {
  // Most texts of a list are plain and need no tables of Unicode; of the others most come again.
  if (PLAIN.test(text)) {
    const lower = text.toLowerCase();
    return (lower.includes('  ') ? lower.replace(/ {2,}/g, ' ') : lower).trim();
  }
  const known = folds.get(text);
  if (known !== undefined) return known;
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[đøßæœłıðþ]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/[\u2018\u2019\u02BC\u02B9\u0060\u00B4']/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim();
  if (folds.size >= MOST_FOLDS) folds.clear();
  if (text.length <= LONGEST_KEPT) folds.set(text, folded);
  return folded;
}

/** Whether a text has every word of another by its beginning, without accents. */
export function hasWords(text: string, wanted: string): boolean {
  const words = wordsIn(text);
  return wordsIn(wanted).every((beginning) => words.some((word) => word.startsWith(beginning)));
}

/** The words of a text, folded. */
export function wordsIn(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const folds = new Map<string, string>();
const MOST_FOLDS = 4_096;
const LONGEST_KEPT = 100;
const PLAIN = /^[ !-_a-~]*$/;
const FOLDED: Readonly<Record<string, string>> = { đ: 'd', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', ł: 'l', ı: 'i', ð: 'd', þ: 'th' };
