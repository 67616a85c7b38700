import { formats, type Formats } from '../../kernel/formats.ts';
import type { Language } from '../../kernel/text.ts';

/** The words of papers in one language, which need not be the screen's. */
export interface PaperWords {
  readonly language: Language;
  readonly format: Formats;
  /** A key of `locales/<language>/paper.json`; plurals by `count`. */
  say(key: string, values?: Readonly<Record<string, unknown>>): string;
}

/** Where the words of every language are asked for, under `namespace:key`. */
interface Translator {
  translate(language: Language, key: string, values?: Readonly<Record<string, unknown>>): string;
}

/** The words of papers in `language`. */
export function paperWords({ translate }: Translator, language: Language): PaperWords {
  const say: PaperWords['say'] = (key, values) => translate(language, `paper:${key}`, values);
  return { language, format: formats(language, translate(language, 'app:notReadable')), say };
}

/** A text on a paper: once in one language, or twice in two, the second beside or under the first. */
export type PaperText = readonly [string] | readonly [string, string];

/** A sentence in the language of each of `words`; where both are the same it stands once. */
export function paperText(words: readonly [PaperWords, ...PaperWords[]], sentence: (words: PaperWords) => string): PaperText {
  const [first, second] = words.map(sentence);
  return second === undefined || second === first ? [first!] : [first!, second];
}

/** The region by whose rules a language is set: its quotation marks, the names of its parts. */
export const REGIONS: Readonly<Record<Language, string>> = { en: 'GB', fr: 'FR', es: 'ES', pt: 'PT' };

/** The parts that every template has around its content. `n` and `of` are filled in by the page they stand on. */
export interface Frame {
  readonly language: Language;
  readonly region: string;
  readonly page: string;
}

export function frameIn({ language, say }: PaperWords): Frame {
  return { language, region: REGIONS[language], page: say('page', { n: '{n}', of: '{of}' }) };
}

/** Returns the name of a document's file, without its ending. `start`: the first day of the workshop, '' where there is none. */
export function fileName({ say }: Pick<PaperWords, 'say'>, kind: string, start: string): string {
  return say('fileName', { name: say(`${kind}.name`), start }).trim();
}
